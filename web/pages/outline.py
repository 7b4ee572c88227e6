"""A draft as a list, for who does not draw: its phases, steps and gates, and a page for all that one of them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine import (
    LANGUAGES,
    AmendMethodDraft,
    Column,
    Conflict,
    Field,
    Invalid,
    Item,
    MethodDraftOf,
    MethodOutline,
    MethodOutlineOf,
    Option,
    OutlineRefused,
    Text,
    TooLarge,
    Unavailable,
)
from web import wording
from web.acting import execute, read
from web.amending import amount
from web.forms import line, rows_shown, typed_number
from web.language import _, language, read_in, text
from web.outline_done import added, done, elements, named_from
from web.outline_findings import address, counted, found_at
from web.outline_forms import NOTHING, Refused, languages_of, lost, read_edit, summed, typed_of
from web.pages import workshop

pages = Blueprint("outline", __name__)

HERE = "/atelier/<int:draft>/plan"


@pages.get(HERE)
def page(draft: int) -> ResponseReturnValue:
    return listed(draft)


@pages.get(f"{HERE}/<element>")
def one(draft: int, element: str) -> ResponseReturnValue:
    return told(draft, element)


@pages.post(HERE)
def amend(draft: int) -> ResponseReturnValue:
    """Change one thing, from the list."""
    return amended(draft, "")


@pages.post(f"{HERE}/<element>")
def amend_one(draft: int, element: str) -> ResponseReturnValue:
    """Change one thing, from the page of one element. `form`: which form of it."""
    return amended(draft, element)


def amended(draft: int, element: str) -> ResponseReturnValue:
    given, form = request.form, line(request.form.get("form", ""))
    if given.get("preview"):
        return told(draft, element, Refused(form))
    asked, wrong = read_edit(given)
    about = asked.get("element", "")
    if wrong:
        return again(draft, element, Refused(form, wrong, about), 422)
    before = read(MethodOutlineOf(draft)) if named_from(asked) else None
    try:
        execute(AmendMethodDraft(draft, asked))
    except OutlineRefused as refusal:
        said = {refusal.facts.get("field", ""): refusal.text(language())}
        return again(draft, element, Refused(form, said, about, "stale" in refusal.facts), refusal.status)
    except (Invalid, Conflict, TooLarge, Unavailable) as refusal:
        return again(draft, element, Refused(form, {"": refusal.text(language())}, about), refusal.status)
    made = added(before, read(MethodOutlineOf(draft))) if before else ""
    flash(done(asked, form, before), "done")
    do = asked.get("do", "")
    if do == "identify":
        element = asked["id"].strip()
    gone = do in ("remove_step", "remove_phase", "remove_gate") or (do == "undo" and not is_there(draft, element))
    if element and form.endswith("-new"):  # at what was added, not at the form that is empty again
        return redirect(url_for("outline.one", draft=draft, element=element, ajout=form, _anchor="added"), 303)
    if element and not gone:
        return redirect(f"{url_for('outline.one', draft=draft, element=element)}#{form}", 303)
    at = made or ("" if gone else about)
    return redirect(url_for("outline.page", draft=draft, _anchor=f"at-{at}" if at else None), 303)


def is_there(draft: int, element: str) -> bool:
    seen: MethodOutline = read(MethodOutlineOf(draft))
    return any(element in known for known in elements(seen).values())


def again(draft: int, element: str, refused: Refused, status: int) -> ResponseReturnValue:
    """The page with the sentences, and what was typed; of a draft that somebody closed meanwhile, its own page."""
    if not read(MethodDraftOf(draft)).line.live:
        return workshop.shown(draft, " ".join(refused.problems.values()), status)
    if element and is_there(draft, element):
        return told(draft, element, refused, status)
    return listed(draft, refused, status)


# --- the two kinds of page -----------------------------------------------------------------------------------


def listed(draft: int, refused: Refused = NOTHING, status: int = 200) -> ResponseReturnValue:
    seen: MethodOutline = read(MethodOutlineOf(draft))
    if not seen.draft.line.live:
        return redirect(url_for("workshop.page", draft=draft), 303)
    shown = page_with(
        refused, "workshop/outline.html", page=seen, say=wording, roles=roles_of(seen), blank=Text(""),
        foreign=all(each.kind != "method" for each in seen.draft.processes),
    )  # fmt: skip
    return shown, status


def told(draft: int, element: str, refused: Refused = NOTHING, status: int = 200) -> ResponseReturnValue:
    """`refused`: the form that was posted, kept as typed; or that is seen before it is kept."""
    seen: MethodOutline = read(MethodOutlineOf(draft, element))
    if not seen.draft.line.live:
        return redirect(url_for("workshop.page", draft=draft), 303)
    if seen.method is None:
        return redirect(url_for("outline.page", draft=draft), 303)
    kind, found = named(seen, element)
    previews = {each: preview(found.form, each) for each in LANGUAGES} if kind == "task" and found.form else {}
    shown = page_with(
        refused, "workshop/element.html", page=seen, id=element, kind=kind, it=found, say=wording, roles=roles_of(seen),
        previews=previews, amount=amount, units=units(), columns=column_types(), kinds=worded(wording.FIELDS),
        parts=parts, pairs=pairs, rules=worded(wording.RULES), holders=worded(wording.HOLDERS), share=share,
        blank=Text(""), added=request.args.get("ajout", ""), steps=landings(seen, found) if kind == "gate" else [],
    )  # fmt: skip
    return shown, status


def page_with(refused: Refused, template: str, **facts: Any) -> str:
    """The page with the form that was refused as it was typed; where that form is gone, with what was typed in it."""
    sentences, labels = summed(refused)
    kept = typed_of(request.form) if refused.form else {}
    facts |= {"refused": refused, "form_kept": refused.form, "kept": kept, "problems": refused.problems}
    facts |= {"sentences": sentences, "labels": labels, "languages_of": languages_of}
    facts["mended_at"] = lambda finding: address(finding, facts["page"])
    facts["counted"] = counted(facts["page"].draft.findings)
    facts["findings_at"] = lambda element: found_at(element, facts["page"])
    page = render_template(template, **facts, lost=[])
    if not refused.problems or f'id="{refused.form}"' in page:
        return page
    return render_template(template, **facts, lost=lost(refused, kept))


def named(seen: MethodOutline, element: str) -> tuple[str, Any]:
    """task, gate, phase or method; and it."""
    for kind, known in elements(seen).items():
        if element in known:
            return kind, known[element]
    abort(404)


def roles_of(seen: MethodOutline) -> dict[str, str]:
    return {each.id: text(each.name) for each in seen.method.roles} if seen.method else {}


# --- what is shown -------------------------------------------------------------------------------------------


def preview(form: tuple[Field, ...], reader: Any) -> Markup:
    """The form as the actor will see it, who reads `reader`."""
    fields = [replace(each, key=f"{reader}.{each.key}") for each in form]
    stage = SimpleNamespace(
        choices={each.key: each.options for each in fields}, people=(), items={}, lines={}, files=(), proofs=()
    )
    with read_in(reader):
        said = render_template(
            "workshop/form_preview.html", page=stage, fields=fields, rows_shown=rows_shown, reader=reader
        )
    return Markup(said)  # rendered, and escaped, by the template


def units() -> list[tuple[str, str]]:
    return [("D", _("jours ouvrés")), ("W", _("semaines")), ("M", _("mois"))]


def column_types() -> dict[str, str]:
    return {
        "text": _("texte court"), "textarea": _("texte"), "number": _("nombre"), "money": _("montant"),
        "date": _("date"), "select": _("un choix"), "user": _("une personne"), "boolean": _("oui ou non"),
    }  # fmt: skip


def landings(seen: MethodOutline, gate: Any) -> list[tuple[str, str]]:
    """The steps that a rework may return to."""
    assert seen.method is not None  # the gate is one of its own
    phase = seen.method.phase.get(gate.phase)
    return [(each.id, text(each.name)) for each in phase.tasks] if phase is not None else []


def worded(words: Mapping[str, Text]) -> list[tuple[str, str]]:
    return [(value, text(said)) for value, said in words.items()]


def parts(field: Field) -> list[tuple[str, Text, Option | Column | Item]]:
    """(key, words, it) of what a question offers."""
    found: list[tuple[str, Text, Option | Column | Item]] = [(each.value, each.label, each) for each in field.options]
    found += [(each.key, each.label, each) for each in field.columns]
    return found + [(each.key, each.text, each) for each in field.items]


def pairs(options: tuple[Option, ...]) -> str:
    return " ; ".join(f"{each.label.fr} | {each.label.en}" for each in options)


def share(quorum: Decimal) -> str:
    return typed_number(format((quorum * 100).normalize(), "f"))
