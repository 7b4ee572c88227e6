"""The projects: the list, one project, starting one, holding it, lifting a reserve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    EVALUATIONS,
    WEATHERS,
    Appoint,
    Compliance,
    Conflict,
    ContinueInMethod,
    HoldProject,
    Invalid,
    JalonError,
    LiftReserve,
    MarkServices,
    MethodChoice,
    ProjectLine,
    ProjectPage,
    ProjectPageOf,
    Projects,
    RegistersOf,
    ReportEvaluation,
    ReportWeather,
    ResumeProject,
    ReviewDateMissing,
    StartIncomplete,
    StartPage,
    StartPageOf,
    StartProject,
    SuccessionPageOf,
    ThemesOf,
    TooLarge,
)  # fmt: skip
from web.acting import execute, read
from web.exports import EITHER, export
from web.language import _, language, text
from web.timeline import timeline
from web.wording import OUTCOMES, STEPS

pages = Blueprint("projects", __name__)

SORTS = ("recent", "title", "late", "phase")
#: the filters of the list, as the address names them
FILTERS = ("recherche", "statut", "service", "methode", "miens", "tri")


# --- the list ----------------------------------------------------------------------------------------------


@pages.get("/projets")
def index() -> ResponseReturnValue:
    asked = wanted()
    page = read(asked)
    narrowed = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return render_template("projects/index.html", page=page, asked=asked, narrowed=narrowed)


@pages.get(f"/projets.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    columns = (
        _("Numéro"), _("Projet"), _("État"), _("Méthode"), _("Phase"), _("Prochaine porte"), _("Service"),
        _("Chef de projet"), _("Tâches ouvertes"), _("En retard"), _("Météo"), _("Démarré"), _("Dernier mouvement"),
    )  # fmt: skip
    return export(_("projets"), columns, map(exported_row, every(wanted())), file)


def wanted() -> Projects:
    """The filters of the address. Raises a 400 for a sort that does not exist."""
    given = request.args
    sort = given.get("tri") or "recent"
    if sort not in SORTS:
        abort(400)
    return Projects(
        text=given.get("recherche", "").strip(),
        status=given.get("statut", ""),
        service=given.get("service", ""),
        method=given.get("methode", ""),
        mine=bool(given.get("miens")),
        objective=given.get("objectif", ""),
        strand=given.get("volet", ""),
        sort=sort,  # type: ignore[arg-type]
        after=given.get("apres", ""),
    )


def every(asked: Projects) -> Iterator[ProjectLine]:
    """All the projects that the filters keep, page after page."""
    asked = replace(asked, after="", size=200)
    while True:
        page = read(asked)
        yield from page.projects
        if not page.after:
            return
        asked = replace(asked, after=page.after)


def exported_row(line: ProjectLine) -> tuple[object, ...]:
    lead = ", ".join(each.name for each in line.lead)
    return (
        line.id, line.title, line.status_text, line.method, line.phase, line.next_gate, line.service.name,
        lead, line.open, line.late, line.weather.text if line.weather else "", line.started_at, line.moved_at,
    )  # fmt: skip


# --- one project -------------------------------------------------------------------------------------------


@pages.get("/projets/<int:project>")
def page(project: int) -> ResponseReturnValue:
    return show(project)


def show(project: int, refusal: JalonError | None = None, form: str = "") -> ResponseReturnValue:
    """The project; with `refusal`, what was asked in `form` and why it was refused, with what was typed."""
    seen = unlinked(read(ProjectPageOf(project)))
    line = timeline(seen.phases, seen.started_at, seen.ended_at, datetime.now(UTC), language())
    shown = render_template(
        "projects/page.html", page=seen, line=line, steps=STEPS, outcomes=OUTCOMES, form_refused=form,
        weathers=WEATHERS,
        evaluations=[(code, text(words)) for code, words in EVALUATIONS.items()],
        address_of=addresses(seen), registers=read(RegistersOf(project)).tabs, added=read(ThemesOf(project)).themes,
        compliance=read(Compliance(project)),
        refused=refusal.text(language()) if refusal else "", typed=request.form if refusal else {},
    )  # fmt: skip
    return shown, refusal.status if refusal else 200


def unlinked(seen: ProjectPage) -> ProjectPage:
    """The page without links from its diagrams to tasks, for one who may not open them."""
    if "see_tasks" in seen.can:
        return seen
    bare = [{id: replace(mark, link="") for id, mark in each.marks.items()} for each in seen.drawings]
    drawings = tuple(replace(each, marks=marks) for each, marks in zip(seen.drawings, bare, strict=True))
    return replace(seen, drawings=drawings)


def addresses(seen: ProjectPage) -> Callable[[int], str]:
    """Where a task of the project is done: a gate in its room, the others on their page."""
    gates = {phase.gate.task for phase in seen.phases if phase.gate}
    return lambda task: f"/portes/{task}" if task in gates else f"/taches/{task}"


@pages.post("/projets/<int:project>/suspendre")
def hold(project: int) -> ResponseReturnValue:
    try:
        until = day(request.form.get("review_at", ""))
        execute(HoldProject(project, request.form.get("reason", "").strip(), until))
    except (Invalid, Conflict) as refusal:
        return show(project, refusal, "hold")
    flash(_("Le projet est suspendu. Ses échéances reprendront avec lui."), "done")
    return redirect(url_for(".page", project=project), 303)


@pages.post("/projets/<int:project>/reprendre")
def resume(project: int) -> ResponseReturnValue:
    try:
        execute(ResumeProject(project, request.form.get("reason", "").strip()))
    except (Invalid, Conflict) as refusal:
        return show(project, refusal, "resume")
    flash(_("Le projet a repris. Ses échéances ont été décalées de la durée de la suspension."), "done")
    return redirect(url_for(".page", project=project), 303)


@pages.post("/projets/<int:project>/meteo")
def report_weather(project: int) -> ResponseReturnValue:
    given = request.form
    try:
        execute(ReportWeather(project, given.get("weather", ""), given.get("note", "").strip()))
    except (Invalid, Conflict, TooLarge) as refusal:
        return show(project, refusal, "weather")
    flash(_("La météo du projet est à jour."), "done")
    return redirect(url_for(".page", project=project), 303)


@pages.post("/projets/<int:project>/evaluation/<int:entry>")
def evaluate(project: int, entry: int) -> ResponseReturnValue:
    given = request.form
    try:
        execute(ReportEvaluation(entry, given.get("held", ""), given.get("note", "").strip()))  # type: ignore[arg-type]
    except (Invalid, Conflict, TooLarge) as refusal:
        return show(project, refusal, "evaluation")
    flash(_("L’évaluation à froid est rendue."), "done")
    return redirect(url_for(".page", project=project, _anchor="evaluation"), 303)


@pages.get("/projets/<int:project>/passation")
def succession(project: int) -> ResponseReturnValue:
    return render_template("projects/succession.html", page=read(SuccessionPageOf(project)), outcomes=OUTCOMES)


@pages.post("/projets/<int:project>/methode")
def go_on_in(project: int) -> ResponseReturnValue:
    try:
        execute(ContinueInMethod(project, request.form.get("method", ""), request.form.get("reason", "").strip()))
    except (Invalid, Conflict) as refusal:
        return show(project, refusal, "continue")
    flash(_("Le projet continue dans cette méthode, avec ce qu’il sait déjà."), "done")
    return redirect(url_for(".page", project=project), 303)


@pages.post("/projets/<int:project>/reserves/<int:reserve>")
def lift(project: int, reserve: int) -> ResponseReturnValue:
    try:
        execute(LiftReserve(reserve, request.form.get("proof", "").strip()))
    except (Invalid, Conflict) as refusal:
        return show(project, refusal, f"reserve-{reserve}")
    flash(_("La réserve est levée."), "done")
    return redirect(url_for(".page", project=project, _anchor="reserves"), 303)


@pages.post("/projets/<int:project>/services")
def mark(project: int) -> ResponseReturnValue:
    """The place of each department that the form names."""
    said = {key.removeprefix("mark-"): value for key, value in request.form.items() if key.startswith("mark-")}
    try:
        execute(MarkServices(project, cast("Any", said)))
    except (Invalid, Conflict) as refusal:
        return show(project, refusal, "services")
    flash(_("La place de chaque service est enregistrée."), "done")
    return redirect(url_for(".page", project=project, _anchor="services"), 303)


@pages.post("/projets/<int:project>/roles/<role>")
def appoint(project: int, role: str) -> ResponseReturnValue:
    named = tuple(int(each) for each in request.form.getlist("people") if each.isdecimal())
    try:
        execute(Appoint(project, role, named))
    except (Invalid, Conflict) as refusal:
        return show(project, refusal, f"role-{role}")
    flash(_("Le rôle est attribué. Ses tâches ouvertes ont suivi."), "done")
    return redirect(url_for(".page", project=project, _anchor="people"), 303)


def day(typed: str) -> date:
    """The review date of a hold. Raises `ReviewDateMissing` for what is not a day."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise ReviewDateMissing from None


# --- starting one ------------------------------------------------------------------------------------------


@pages.get("/projets/nouveau")
def start() -> ResponseReturnValue:
    return show_start()


def show_start(refusal: JalonError | None = None) -> ResponseReturnValue:
    method = request.values.get("methode", "")
    seen = read(StartPageOf(method))
    chosen = next((each for each in seen.methods if each.id == method), None)
    if method and chosen is None:
        abort(404)
    shown = render_template(
        "projects/start.html", page=seen, chosen=chosen, choices=choices(seen), typed=typed_start(chosen),
        wrong=left_to_say(refusal, chosen),
    )  # fmt: skip
    return shown, refusal.status if refusal else 200


def left_to_say(refusal: JalonError | None, chosen: MethodChoice | None) -> dict[str, str]:
    """By field; what the refusal does not name, and the page asks for, with it: all is mended at once."""
    if not isinstance(refusal, StartIncomplete):
        return {"": refusal.text(language())} if refusal else {}
    found = {name: text(said) for name, said in refusal.fields.items()}
    for role in chosen.roles if chosen else ():
        if role.needed and not role.holders and not any(request.form.getlist(f"role-{role.role}")):
            who = text(role.name)
            found[f"role-{role.role}"] = _("%(role)s : personne n’est désigné. Choisissez quelqu’un.", role=who)
    return found


def choices(seen: StartPage) -> dict[str, list[tuple[str, str]]]:
    return {
        "objectives": [(each.value, text(each.label)) for each in seen.objectives],
        "themes": [(each.value, text(each.label)) for each in seen.themes],
        "services": [(each.code, text(each.name)) for each in seen.services],
    }


def typed_start(chosen: MethodChoice | None) -> dict[str, Any]:
    """What the form holds: for each role a row a person, one more where « Ajouter une personne » asked for it."""
    given = request.form
    people = {}
    for role in chosen.roles if chosen else ():
        named = [each for each in given.getlist(f"role-{role.role}") if each] or [""]
        people[role.role] = [*named, ""] if given.get("add") == role.role and named[-1] else named
    lists = {name: given.getlist(name) for name in ("objectives", "impacted", "themes")}
    return {**given.to_dict(), **lists, "people": people}


@pages.post("/projets/nouveau")
def start_project() -> ResponseReturnValue:
    if "add" in request.form:
        return show_start()
    try:
        started = execute(asked_start())
    except (Invalid, Conflict) as refusal:
        return show_start(refusal)
    flash(_("Le projet est démarré. Voici ce qui l’attend."), "done")
    return redirect(url_for(".page", project=started.project), 303)


def asked_start() -> StartProject:
    given = request.form
    people = {
        name.removeprefix("role-"): tuple(int(each) for each in given.getlist(name) if each.isdecimal())
        for name in given
        if name.startswith("role-")
    }
    return StartProject(
        title=given.get("title", "").strip(),
        method=given.get("methode", ""),
        service=given.get("service", ""),
        objectives=tuple(given.getlist("objectives")),
        themes=tuple(given.getlist("themes")),
        impacted=tuple(given.getlist("impacted")),
        people={role: actors for role, actors in people.items() if actors},
    )
