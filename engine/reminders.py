"""When a person is reminded of a task or an action, and in which words. Days are working days of France."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from engine.words import Text
from engine.working_time import working_days_from

#: working days from the due date to each mark, in order: a reminder before, on and after it, then the sponsor is told
MARKS = (-3, 0, 3, 7)
ESCALATED = len(MARKS)
#: days after which nothing that is due has passed a mark, whatever the public holidays
FARTHEST = 30


@lru_cache(maxsize=4096)
def mark_on(due: date, day: date) -> int:
    """The last mark that a task due on `due` has passed on `day`: 0 none, then 1 to 4."""
    return sum(day >= working_days_from(due, each) for each in MARKS)


@lru_cache(maxsize=64)
def passed_by(mark: int, day: date) -> date:
    """The last due date whose mark (1 to 4) is passed on `day`."""
    due = day + timedelta(days=FARTHEST)
    while working_days_from(due, MARKS[mark - 1]) > day:
        due -= timedelta(days=1)
    return due


@dataclass(frozen=True, slots=True)
class Reminder:
    path: str  #: of its page
    name: Text
    project: str  #: title; empty: of no project
    due: date


@dataclass(frozen=True, slots=True)
class Late:
    """What is late in a project, for the weekly digest of those who steer it."""

    path: str
    project: str
    tasks: int
    actions: int
    since: date  #: the day that passed first


@dataclass(frozen=True, slots=True)
class News:
    """All that one person is told on one day."""

    own: Sequence[Reminder] = ()
    votes: Sequence[Reminder] = ()
    told: Sequence[Reminder] = ()
    late: Sequence[Late] = ()
    watch: Sequence[Reminder] = ()  #: watch entries of the themes that they follow

    def __bool__(self) -> bool:
        return bool(self.own or self.votes or self.told or self.late or self.watch)


def letter(language: str, name: str, news: News, day: date, base: str, *, guest: bool = False) -> tuple[str, str]:
    """Subject and text of the one message of the day to a person. A guest opens no page but those of their links."""
    base = "" if guest else base
    own = [*news.own, *news.votes]
    late = sum(each.due < day for each in own)
    subject = SUBJECT_ESCALATED if news.told else SUBJECT if own else SUBJECT_WEEKLY if news.late else SUBJECT_WATCH
    lines = [HELLO.format(name=name).read(language)]
    for title, tasks in ((OWN, news.own), (VOTES, news.votes), (TOLD, news.told)):
        if tasks:
            lines += ["", title.read(language), "", *(_line(each, day, base, language) for each in tasks)]
    if news.late:
        lines += ["", WEEKLY.read(language), "", *(_project(each, base, language) for each in news.late)]
    if news.watch:
        lines += ["", WATCHED.read(language), "", *(_watched(each, base, language) for each in news.watch)]
    if guest:
        lines += ["", BY_LINK.read(language)]
    lines += ["", FOOT.format(base=base).read(language) if base else SIGNED.read(language), ""]
    return subject.format(count=len(own) + len(news.told), late=late).read(language), "\n".join(lines)


def _line(each: Reminder, day: date, base: str, language: str) -> str:
    when = LATE if each.due < day else TODAY if each.due == day else SOON
    name = f"{each.name.read(language)} ({each.project})" if each.project else each.name.read(language)
    said = when.format(name=name, due=_spoken(each.due)).read(language)
    return f"- {said}\n  {base}{each.path}" if base else f"- {said}"


def _project(each: Late, base: str, language: str) -> str:
    said = IN_PROJECT.format(project=each.project, tasks=each.tasks, actions=each.actions, since=_spoken(each.since))
    return f"- {said.read(language)}\n  {base}{each.path}" if base else f"- {said.read(language)}"


def _watched(each: Reminder, base: str, language: str) -> str:
    return f"- {each.name.read(language)}\n  {base}{each.path}" if base else f"- {each.name.read(language)}"


def _spoken(day: date) -> Text:
    return Text(f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}")


SUBJECT = Text(
    "Jalon : {count} échéance(s), dont {late} dépassée(s)", "Jalon: {count} due date(s), {late} of them passed"
)
SUBJECT_ESCALATED = Text(
    "Jalon : des retards de sept jours dans vos projets", "Jalon: tasks seven days late in your projects"
)
HELLO = Text("Bonjour {name},", "Hello {name},")
OWN = Text("Ces tâches vous attendent :", "These tasks wait for you:")
VOTES = Text("Votre vote est attendu :", "Your vote is awaited:")
WEEKLY = Text("Cette semaine, en retard dans vos projets :", "This week, late in your projects:")
IN_PROJECT = Text(
    "{project} : {tasks} tâche(s) et {actions} action(s) en retard, la plus ancienne depuis le {since}",
    "{project}: {tasks} task(s) and {actions} action(s) late, the oldest since {since}",
)
SUBJECT_WATCH = Text("Jalon : de la veille sur vos thèmes", "Jalon: news of the themes that you follow")
WATCHED = Text("De la veille sur vos thèmes :", "News of the themes that you follow:")
SUBJECT_WEEKLY = Text("Jalon : ce qui est en retard dans vos projets", "Jalon: what is late in your projects")
TOLD = Text(
    "Dans vos projets, ces tâches ont dépassé leur échéance de sept jours ouvrés :",
    "In your projects, these tasks are seven working days past their due date:",
)
LATE = Text("{name} : échéance dépassée depuis le {due}", "{name}: was due on {due}")
TODAY = Text("{name} : à rendre aujourd’hui", "{name}: due today")
SOON = Text("{name} : à rendre le {due}", "{name}: due on {due}")
BY_LINK = Text(
    "Ouvrez chacune par le lien que vous avez reçu avec l’invitation.",
    "Open each by the link that you received with the invitation.",
)
SIGNED = Text("Jalon", "Jalon")
FOOT = Text("Tout ce qui vous attend : {base}/", "All that waits for you: {base}/")
