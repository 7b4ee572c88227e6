"""What Jalon does by itself: first whether all is well, then who works, what failed, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import FailureLine, Jobs, JobsPage, NotFound, RestartJob, WorkerLine
from web.acting import execute, read
from web.exports import EITHER, export
from web.language import _, ngettext, text

pages = Blueprint("jobs", __name__)

SORTS = ("when", "name")
#: the lists of the page, by their word in the address
LISTS = ("echecs", "echeances", "messages", "lots", "processus")
#: an export holds so many lines at most
MOST_LINES = 5_000


@pages.get("/jobs")
def index() -> ResponseReturnValue:
    asked, shown = wanted(), chosen()
    whole = read(Jobs())
    page = whole if asked == Jobs() else read(asked)
    narrowed = {name: request.args[name] for name in ("liste", "recherche", "tri") if request.args.get(name)}
    return render_template(
        "jobs/page.html", page=page, asked=asked, shown=shown, narrowed=narrowed, verdict=verdict(whole),
        filtered=bool(asked.text or shown), now=datetime.now(UTC), state=state, outcome=outcome, heads=heads,
    )  # fmt: skip


def wanted() -> Jobs:
    """The filters of the address. Raises a 400 for a sort that does not exist."""
    sort = request.args.get("tri") or SORTS[0]
    if sort not in SORTS:
        abort(400)
    return Jobs(text=request.args.get("recherche", "").strip(), sort=sort)  # type: ignore[arg-type]


def chosen() -> str:
    """The one list that is asked for; empty: all. Raises a 400 for one that does not exist."""
    name = request.args.get("liste", "")
    if name not in ("", *LISTS):
        abort(400)
    return name


@pages.get(f"/jobs.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    """One list: failures where none is named."""
    name = chosen() or LISTS[0]
    columns, rows = TABLES[name]
    return export(name, columns(), rows(read(replace(wanted(), size=MOST_LINES))), file)


@pages.post("/jobs/relancer")
def restart() -> ResponseReturnValue:
    try:
        execute(RestartJob(request.form.get("job", "")))
    except NotFound:
        read(Jobs())  # whoever may not see the page learns nothing of its jobs
        flash(_("Ce travail n’est plus abandonné : quelqu’un l’a relancé, ou il a abouti."), "warning")
    else:
        flash(_("Le travail est relancé. Il sera repris dans quelques secondes."), "done")
    return redirect(url_for(".index"), 303)


# --- is all well? ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence to read first, and what to do. `kind`: done, warning or problems."""

    kind: str
    said: str
    remedy: str = ""
    commands: tuple[str, ...] = ()


def verdict(page: JobsPage) -> list[Verdict]:
    """What needs someone, the gravest first; else that all is well."""
    alive = sum(each.alive for each in page.workers)
    found = [] if alive else [nobody(page)]
    if page.dead:
        found.append(dead(len(page.dead)))
    return found or [well(alive, sum(each.tries > 0 for each in page.retried))]


def nobody(page: JobsPage) -> Verdict:
    waiting = sum(count for _what, count in page.waiting)
    said = _("Aucun processus n’exécute les travaux : aucune échéance ne se déclenche, aucun message ne part.")
    if waiting:
        said += " " + ngettext("%(num)s travail attend.", "%(num)s travaux attendent.", waiting) % {"num": waiting}
    remedy = _("Rien n’est perdu : tout reprendra dès qu’un processus est lancé.")
    return Verdict("problems", said, remedy, ("jalon worker", "jalon serve"))


def dead(count: int) -> Verdict:
    said = ngettext(
        "%(num)s travail est abandonné après plusieurs essais.",
        "%(num)s travaux sont abandonnés après plusieurs essais.",
        count,
    )
    remedy = _("Lisez pourquoi ci-dessous, remédiez-y, puis relancez.")
    return Verdict("problems", said % {"num": count}, remedy)


def well(alive: int, retried: int) -> Verdict:
    said = ngettext(
        "Tout va bien : %(num)s processus travaille.", "Tout va bien : %(num)s processus travaillent.", alive
    )
    if not retried:
        return Verdict("done", said % {"num": alive}, _("Rien n’a échoué ; il n’y a rien à faire."))
    again = ngettext(
        "%(num)s travail a échoué et sera réessayé de lui-même ; il n’y a rien à faire.",
        "%(num)s travaux ont échoué et seront réessayés d’eux-mêmes ; il n’y a rien à faire.",
        retried,
    )
    return Verdict("done", said % {"num": alive}, again % {"num": retried})


def state(worker: WorkerLine) -> tuple[str, str]:
    """The badge of a process, and its words."""
    if worker.alive:
        return "running", _("au travail")
    return ("skipped", _("arrêté")) if worker.stopped_at else ("late", _("sans signe de vie"))


# --- the same as spreadsheets ------------------------------------------------------------------------------

Rows = Iterable[tuple[object, ...]]


def failures(page: JobsPage) -> Rows:
    return map(failure, (*page.dead, *page.retried))


def failure(line: FailureLine) -> tuple[object, ...]:
    said = outcome(line)[1]
    return line.job, text(line.what), line.project, line.project_title, line.tries, said, text(line.why), line.at


def outcome(line: FailureLine) -> tuple[str, str]:
    """The badge of a job that failed, and its words; one that was restarted has no try yet."""
    if line.dead:
        return "late", _("abandonné")
    return ("waiting", _("sera réessayé")) if line.tries else ("current", _("relancé"))


def timers(page: JobsPage) -> Rows:
    return ((text(each.what), each.project, each.project_title, each.due_at) for each in page.timers)


def messages(page: JobsPage) -> Rows:
    return (
        (each.id, kinds()[each.kind], each.to, each.subject, each.project, each.project_title, each.at)
        for each in page.unsent
    )


def batches(page: JobsPage) -> Rows:
    for each in page.batches:
        refused = "; ".join(f"{item}: {text(why)}" for item, why in each.refusals)
        yield (each.id, text(each.what), each.reason, each.asked_by, each.at, each.done, each.total, refused,
               each.ended_at)  # fmt: skip


def workers(page: JobsPage) -> Rows:
    return ((each.name, state(each)[1], each.started_at, each.seen_at, each.stopped_at) for each in page.workers)


def kinds() -> dict[str, str]:
    return {"mail": _("courriel"), "webhook": _("webhook")}


def heads() -> dict[str, str]:
    return {
        "echecs": _("Échecs"), "echeances": _("Échéances"), "messages": _("Messages"), "lots": _("Lots"),
        "processus": _("Processus"),
    }  # fmt: skip


TABLES: dict[str, tuple[Callable[[], tuple[str, ...]], Callable[[JobsPage], Any]]] = {
    "echecs": (
        lambda: (_("Travail"), _("Nature"), _("Numéro"), _("Projet"), _("Essais"), _("État"), _("Pourquoi"), _("Date")),
        failures,
    ),
    "echeances": (lambda: (_("Échéance"), _("Numéro"), _("Projet"), _("Date")), timers),
    "messages": (
        lambda: (_("Message"), _("Nature"), _("Pour qui"), _("Objet"), _("Numéro"), _("Projet"), _("Écrit")),
        messages,
    ),
    "lots": (
        lambda: (
            _("Lot"), _("Ce qui est demandé"), _("Motif"), _("Par"), _("Date"), _("Faits"), _("Total"), _("Refus"),
            _("Terminé"),
        ),
        batches,
    ),
    "processus": (lambda: (_("Processus"), _("État"), _("Démarré"), _("Dernier signe"), _("Arrêté")), workers),
}  # fmt: skip
