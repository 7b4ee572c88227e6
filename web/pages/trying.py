"""A draft tried as if it were a project: each click is a step of a scenario, which the page holds and one may keep."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    Conflict,
    Invalid,
    KeepScenario,
    NextStep,
    ScenarioNamed,
    ScenarioNameless,
    ScenariosUnreadable,
    TooLarge,
    TryMethodDraft,
    TryPage,
)
from web import wording
from web.acting import execute, read
from web.forms import line
from web.language import _, language

pages = Blueprint("trying", __name__)

HERE = "/atelier/<int:draft>/essayer"
STEPS = ("complete", "decide", "timer", "until")
ANSWER = "answer-"
#: how long the clock may be put forward, as a scenario says it
UNITS = ("jours", "semaines", "mois")
LATER = "later"


@pages.get(HERE)
def page(draft: int) -> ResponseReturnValue:
    given = request.args
    kept, name = line(given.get("fichier", "")), line(given.get("scenario", ""))
    steps = max(given.get("pas", 0, type=int), 0) if "pas" in given else None
    return shown(draft, TryMethodDraft(draft, kept=kept, name=name, steps=steps))


@pages.post(HERE)
def step(draft: int) -> ResponseReturnValue:
    """Nothing is written until a play is kept: the page is the play."""
    given = request.form
    file = given.get("file", "").replace("\r\n", "\n")
    if given.get("download"):
        name = _("essai")
        return Response(
            file, mimetype="application/yaml",
            headers={"Content-Disposition": f'attachment; filename="{name}.scenarios.yaml"'},
        )  # fmt: skip
    if given.get("keep"):
        return keep(draft, file)
    if given.get("again"):
        named = tuple(each for each in line(given.get("services", "")).replace(",", " ").split())
        return shown(draft, TryMethodDraft(draft, services=named))
    steps = max(given.get("steps", 0, type=int), 0) if "steps" in given else None
    return shown(draft, TryMethodDraft(draft, file, asked(), steps=steps), file)


def keep(draft: int, file: str) -> ResponseReturnValue:
    given = request.form
    called = line(given.get("called", ""))
    try:
        done = execute(KeepScenario(draft, called, file, bool(given.get("instead"))))
    except (ScenarioNamed, ScenarioNameless) as refusal:
        told = {"called": refusal.text(language())}
        return shown(draft, TryMethodDraft(draft, file), file, told, refusal.status)
    except (Invalid, Conflict, TooLarge, ScenariosUnreadable) as refusal:
        return shown(draft, TryMethodDraft(draft, file), file, {"": refusal.text(language())}, refusal.status)
    flash(_("Le scénario « %(name)s » est gardé, dans le fichier %(file)s.", name=done.name, file=done.file), "done")
    return redirect(url_for("scenarios.page", draft=draft), 303)


def asked() -> NextStep | None:
    given = request.form
    do = line(given.get("do", ""))
    if do == LATER:
        amount, unit = given.get("amount", 0, type=int), line(given.get("unit", ""))
        known = amount > 0 and unit in UNITS
        return NextStep("timer", f"{amount} {unit} plus tard") if known else None
    if do not in STEPS:
        return None
    answers = {
        name.removeprefix(ANSWER): line(said) for name, said in given.items() if name.startswith(ANSWER) and said
    }
    return NextStep(do, line(given.get("name", "")), line(given.get("outcome", "")), answers)


def shown(
    draft: int, wanted: TryMethodDraft, typed: str = "", refused: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:  # fmt: skip
    """`typed`: what is shown again where it cannot be read. `refused`: why a play is not kept, by field."""
    wrong = ""
    try:
        seen: TryPage = read(wanted)
    except (ScenariosUnreadable, Invalid) as refusal:
        wrong = refusal.text(language())
        seen = read(TryMethodDraft(draft))
    if status == 200 and (wrong or (seen.refused and request.method == "POST")):
        status = 422
    return render_template(
        "workshop/try.html", page=seen, wrong=wrong, typed=typed if wrong else seen.file, say=wording, ANSWER=ANSWER,
        refused=refused or {}, units=units(), opened=opened(wanted), called=named(seen, wanted),
    ), status  # fmt: skip


def opened(wanted: TryMethodDraft) -> dict[str, Any]:
    """The scenario of the draft that is followed, as an address says it; empty where none is."""
    return {"fichier": wanted.kept, "scenario": wanted.name} if wanted.kept else {}


def named(seen: TryPage, wanted: TryMethodDraft) -> str:
    """The name under which the play would be kept: as typed, else that of the scenario that it comes from."""
    if "called" in request.form:
        return line(request.form["called"])
    return seen.name if seen.of or wanted.kept else ""


def units() -> list[tuple[str, str]]:
    return [("jours", _("jours")), ("semaines", _("semaines")), ("mois", _("mois"))]
