"""A draft as a list, for who does not draw: its phases, steps and gates, and a page for all that one of them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

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
    Text,
    TooLarge,
    Unavailable,
)
from web import wording
from web.acting import execute, read
from web.amending import COMPARISONS, UNITS, Unclear, amount, figure
from web.forms import line, number, rows_shown
from web.language import _, language, read_in, text
from web.pages import workshop

pages = Blueprint("outline", __name__)

HERE = "/atelier/<int:draft>/plan"
#: fields of a form that say nothing of the method
OURS = ("csrf_token", "key", "form", "preview")
#: figures, as they are typed in either language
FIGURES = ("min", "max", "shortest", "longest", "fewest", "rework_max")
#: lasting: a number and its unit, together ISO 8601
LASTING = ("due", "due_min", "due_max", "second")


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
        return told(draft, element, form)
    try:
        asked = edit_of(given)
        execute(AmendMethodDraft(draft, asked))
    except Unclear as unclear:
        return again(draft, element, form, unclear.sentence, 422)
    except (Invalid, Conflict, TooLarge, Unavailable) as refusal:
        return again(draft, element, form, refusal.text(language()), refusal.status)
    do, about = asked.get("do", ""), asked.get("element", "")
    named_so = line(asked.get("fr", "")) if form.endswith("-new") or do.startswith("add_") else ""
    if do == "adopt":
        flash(_("Ce dessin est une méthode : complétez-la ici, ou dans le dessin."), "done")
    elif do == "undo":
        flash(_("Le dernier changement est annulé. Pour le retrouver, annulez encore."), "done")
    else:
        flash(
            _("« %(name)s » est dans le brouillon.", name=named_so) if named_so else _("C’est dans le brouillon."),
            "done",
        )
    if do == "identify":
        element = asked["id"].strip()
    gone = do in ("remove_step", "remove_phase", "remove_gate") or (do == "undo" and not is_there(draft, element))
    if element and form.endswith("-new"):  # at what was added, not at the form that is empty again
        return redirect(url_for("outline.one", draft=draft, element=element, ajout=form, _anchor="added"), 303)
    if element and not gone:
        return redirect(f"{url_for('outline.one', draft=draft, element=element)}#{form}", 303)
    return redirect(url_for("outline.page", draft=draft) + ("" if gone or not about else f"#at-{about}"), 303)


def is_there(draft: int, element: str) -> bool:
    seen: MethodOutline = read(MethodOutlineOf(draft))
    return any(element in known for known in elements(seen).values())


def again(draft: int, element: str, form: str, sentence: str, status: int) -> ResponseReturnValue:
    """The page with the sentence, and what was typed; of a draft that somebody closed meanwhile, its own page."""
    if not read(MethodDraftOf(draft)).line.live:
        return workshop.shown(draft, sentence, status)
    if element and is_there(draft, element):
        return told(draft, element, form, sentence, status)
    return listed(draft, sentence, line(request.form.get("element", "")), status)


# --- the two kinds of page -----------------------------------------------------------------------------------


def listed(draft: int, refused: str = "", element: str = "", status: int = 200) -> ResponseReturnValue:
    seen: MethodOutline = read(MethodOutlineOf(draft))
    if not seen.draft.line.live:
        return redirect(url_for("workshop.page", draft=draft), 303)
    wrong = {"words": refused, "element": element} if refused else {}
    shown = render_template(
        "workshop/outline.html",
        page=seen,
        say=wording,
        roles=roles_of(seen),
        wrong=wrong,
        blank=Text(""),
        places=places(seen),
        foreign=all(each.kind != "method" for each in seen.draft.processes),
    )
    return shown, status


def told(draft: int, element: str, form: str = "", refused: str = "", status: int = 200) -> ResponseReturnValue:
    """`form`: the one that was posted, kept as typed."""
    seen: MethodOutline = read(MethodOutlineOf(draft, element))
    if not seen.draft.line.live:
        return redirect(url_for("workshop.page", draft=draft), 303)
    if seen.method is None:
        return redirect(url_for("outline.page", draft=draft), 303)
    kind, found = named(seen, element)
    previews = {each: preview(found.form, each) for each in LANGUAGES} if kind == "task" and found.form else {}
    shown = render_template(
        "workshop/element.html", page=seen, id=element, kind=kind, it=found, say=wording, roles=roles_of(seen),
        form_kept=form, refused=refused, kept=typed_of(request.form) if form else {}, previews=previews,
        amount=amount, units=units(), columns=column_types(), kinds=worded(wording.FIELDS), parts=parts, pairs=pairs,
        rules=worded(wording.RULES), holders=worded(wording.HOLDERS), share=share, blank=Text(""),
        added=request.args.get("ajout", ""), steps=landings(seen, found) if kind == "gate" else [],
    )  # fmt: skip
    return shown, status


def named(seen: MethodOutline, element: str) -> tuple[str, Any]:
    """task, gate, phase or method; and it."""
    for kind, known in elements(seen).items():
        if element in known:
            return kind, known[element]
    abort(404)


def elements(seen: MethodOutline) -> dict[str, Mapping[str, Any]]:
    method = seen.method
    if method is None:
        return {}
    phases = {each.id: each for each in method.phases}
    return {"task": method.tasks, "gate": method.gate, "phase": phases, "method": {method.id: method}}


def places(seen: MethodOutline) -> dict[str, str]:
    """Of what a finding may be of, the element whose page mends it: of a process, its phase."""
    found = {each: each for known in elements(seen).values() for each in known}
    return {each.process: each.id for each in seen.method.phases} | found if seen.method else {}


def roles_of(seen: MethodOutline) -> dict[str, str]:
    return {each.id: text(each.name) for each in seen.method.roles} if seen.method else {}


# --- what a form asks for ------------------------------------------------------------------------------------


def typed_of(given: Any) -> dict[str, str]:
    """Of a box and the empty value before it, what was ticked."""
    return {name: given.getlist(name)[-1] for name in given if name not in OURS}


def edit_of(given: Any) -> dict[str, str]:
    """What the engine understands: durations, shares and figures as it writes them. Raises `Unclear`."""
    asked = typed_of(given)
    for name in LASTING:
        if f"{name}.n" in asked:
            asked[name] = lasting(asked, name)
    for name in FIGURES:
        if name in asked:
            asked[name] = number(asked[name])
    if "quorum" in asked:
        asked["quorum"] = str(_share(asked))
    if asked.get("lock") == "conditional":
        asked["when"] = _condition(asked)
    return asked


def lasting(asked: dict[str, str], name: str) -> str:
    digits, unit = asked.pop(f"{name}.n"), asked.pop(f"{name}.unit", "D")
    if not line(digits):
        return ""
    return f"P{whole(digits, name)}{unit if unit in UNITS else 'D'}"


def whole(digits: str, name: str) -> str:
    found = number(digits)
    if not found.isdecimal():
        said = _("« %(typed)s » devait être un nombre entier. Écrivez-le en chiffres.", typed=line(digits))
        raise Unclear(name, said)
    return found


def _share(asked: dict[str, str]) -> Decimal:
    return Decimal(figure(cast("Any", asked), "quorum")) / 100


def _condition(asked: dict[str, str]) -> str:
    """Picked among earlier answers, or compared with one, or written."""
    answer, compared = asked.pop("answer", ""), asked.pop("number", "")
    sign, value = asked.pop("comparison", ""), asked.pop("value", "")
    if compared:
        return f"{compared} {sign if sign in COMPARISONS else COMPARISONS[0]} {figure(cast('Any', {'value': value}))}"
    return line(answer or asked.get("when", ""))


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
    return format((quorum * 100).normalize(), "f")
