"""A draft tried as if it were a project: each click is a step of a scenario, which the page holds and one may keep."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from engine import Invalid, NextStep, ScenariosUnreadable, TryMethodDraft, TryPage
from web import wording
from web.acting import read
from web.forms import line
from web.language import _, language

pages = Blueprint("trying", __name__)

HERE = "/atelier/<int:draft>/essayer"
STEPS = ("complete", "decide", "timer", "until")
ANSWER = "answer-"


@pages.get(HERE)
def page(draft: int) -> ResponseReturnValue:
    return shown(draft, TryMethodDraft(draft))


@pages.post(HERE)
def step(draft: int) -> ResponseReturnValue:
    """Nothing is written: the page is the play."""
    given = request.form
    file = given.get("file", "").replace("\r\n", "\n")
    if given.get("keep"):
        name = _("essai")
        return Response(
            file, mimetype="application/yaml",
            headers={"Content-Disposition": f'attachment; filename="{name}.scenarios.yaml"'},
        )  # fmt: skip
    if given.get("again"):
        named = tuple(each for each in line(given.get("services", "")).replace(",", " ").split())
        return shown(draft, TryMethodDraft(draft, services=named))
    return shown(draft, TryMethodDraft(draft, file, asked()), file)


def asked() -> NextStep | None:
    given = request.form
    do = line(given.get("do", ""))
    if do not in STEPS:
        return None
    answers = {
        name.removeprefix(ANSWER): line(said) for name, said in given.items() if name.startswith(ANSWER) and said
    }
    return NextStep(do, line(given.get("name", "")), line(given.get("outcome", "")), answers)


def shown(draft: int, wanted: TryMethodDraft, kept: str = "") -> ResponseReturnValue:
    """`kept`: what was typed, shown again where it cannot be read."""
    wrong = ""
    try:
        seen: TryPage = read(wanted)
    except (ScenariosUnreadable, Invalid) as refusal:
        wrong = refusal.text(language())
        seen = read(TryMethodDraft(draft))
    status = 422 if wrong or seen.refused else 200
    return render_template(
        "workshop/try.html", page=seen, wrong=wrong, typed=kept if wrong else seen.file, say=wording, ANSWER=ANSWER,
    ), status  # fmt: skip
