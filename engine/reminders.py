"""When a person is reminded of a task, and in which words. Days are working days of France."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.words import Text
from engine.working_time import working_days_from

#: working days from the due date to each mark, in order: a reminder before, on and after it, then the sponsor is told
MARKS = (-3, 0, 3, 7)
ESCALATED = len(MARKS)


@lru_cache(maxsize=4096)
def mark_on(due: date, day: date) -> int:
    """The last mark that a task due on `due` has passed on `day`: 0 none, then 1 to 4."""
    return sum(day >= working_days_from(due, each) for each in MARKS)


@dataclass(frozen=True, slots=True)
class Reminder:
    task: int
    name: Text
    project: str
    due: date


def letter(
    language: str, name: str, own: Sequence[Reminder], escalated: Sequence[Reminder], day: date, base: str
) -> tuple[str, str]:
    """Subject and text of the one message of the day to a person."""
    late = sum(each.due < day for each in own)
    subject = SUBJECT if not escalated else SUBJECT_ESCALATED
    lines = [HELLO.format(name=name).read(language)]
    for title, tasks in ((OWN, own), (TOLD, escalated)):
        if tasks:
            lines += ["", title.read(language), ""]
            lines += [_line(each, day, base, language) for each in tasks]
    lines += ["", FOOT.format(base=base).read(language) if base else SIGNED.read(language), ""]
    return subject.format(count=len(own) + len(escalated), late=late).read(language), "\n".join(lines)


def _line(each: Reminder, day: date, base: str, language: str) -> str:
    when = LATE if each.due < day else TODAY if each.due == day else SOON
    said = when.format(name=each.name, project=each.project, due=_spoken(each.due)).read(language)
    return f"- {said}\n  {base}/taches/{each.task}" if base else f"- {said}"


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
TOLD = Text(
    "Dans vos projets, ces tâches ont dépassé leur échéance de sept jours ouvrés :",
    "In your projects, these tasks are seven working days past their due date:",
)
LATE = Text("{name} ({project}) : échéance dépassée depuis le {due}", "{name} ({project}): was due on {due}")
TODAY = Text("{name} ({project}) : à rendre aujourd’hui", "{name} ({project}): due today")
SOON = Text("{name} ({project}) : à rendre le {due}", "{name} ({project}): due on {due}")
SIGNED = Text("Jalon", "Jalon")
FOOT = Text("Tout ce qui vous attend : {base}/", "All that waits for you: {base}/")
