"""What `method.*` attributes may be called and say, and those that are several of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from engine import feel
from engine.method import TOLERANCE, Check, Criterion, Silence
from engine.words import Text

KNOWN = re.compile(
    r"name\.en|method\.("
    r"kind|lead|sponsor|owner|role|short|lock|tailor|each|never|clock|outcome|landing|end"
    r"|silence(\.(source|after|answer\.\w+))?"
    r"|during|until|every|plan|meeting|result|when"
    r"|was|form|hooks|variants|wording|due\.(min|max)|threshold(\.max)?|template(\.lock)?"
    r"|set\.\w+|check\.\w+(\.message(\.en)?)?|role\.\w+(\.en|\.held)?"
    r"|criterion\.\w+(\.en|\.computed|\.evidence|\.lock)?"
    r"|gate\.(chair|voters|quorum|rule|outcomes|rework_max|silence|second_session|second_without_quorum)"
    r"|gate\.outgrown(\.method)?"
    r"|gate\.baseline\.(end|cost|scope|milestones|tolerances)"
    r"|gate\.tolerance\.(delay|delay_share|cost)"
    r")"
)
#: what an attribute may say, where it chooses among words
VALUES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"(method\.criterion|item)\.\w+\.evidence"), ("required",)),
    (re.compile(r"(method\.criterion|item)\.\w+\.lock"), ("locked", "optional")),
    (re.compile(r"item\.\w+\.proof"), ("person", "record", "admin")),
    (re.compile(r"method\.form"), ("extensible",)),
    (re.compile(r"method\.wording"), ("statutory",)),
    (re.compile(r"method\.template\.lock"), ("locked",)),
)
#: those that may name several of their words, commas between
LISTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"method\.tailor"), ("hide", "condition")),
    (re.compile(r"method\.hooks"), ("start", "end", "before", "after")),
)


def criteria(said: Mapping[str, str]) -> Iterable[Criterion]:
    for name, text in said.items():
        if name.startswith("method.criterion.") and name.count(".") == 2:
            yield Criterion(
                key=name.removeprefix("method.criterion."),
                text=Text(text, said.get(f"{name}.en", "")),
                computed=said.get(f"{name}.computed", ""),
                evidence=said.get(f"{name}.evidence") == "required",
                locked=said.get(f"{name}.lock", said.get("method.lock", "locked")) == "locked",
            )


def checks(said: Mapping[str, str]) -> Iterable[Check]:
    for name, rule in said.items():
        if name.startswith("method.check.") and name.count(".") == 2:
            message = Text(said.get(f"{name}.message", rule), said.get(f"{name}.message.en", ""))
            yield Check(name.removeprefix("method.check."), rule, message)


def after(said: Mapping[str, str], start: str) -> tuple[tuple[str, str], ...]:
    return tuple((name.removeprefix(start), value) for name, value in said.items() if name.startswith(start))


def names(when: str) -> frozenset[str]:
    """What an exception looks at; nothing where its text is no expression, which the review says."""
    if when in ("", TOLERANCE):
        return frozenset()
    try:
        return frozenset(feel.compile(when).names)
    except feel.FeelError:
        return frozenset()


def silence(said: Mapping[str, str]) -> Silence | None:
    if "method.silence" not in said:
        return None
    return Silence(
        effect=said["method.silence"],  # type: ignore[arg-type]
        source=said.get("method.silence.source", ""),
        after=said.get("method.silence.after", ""),
        answers=tuple((name[22:], said[name]) for name in said if name.startswith("method.silence.answer.")),
    )


def listed(value: str) -> list[str]:
    return [each.strip() for each in value.split(",") if each.strip()]
