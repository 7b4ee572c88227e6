"""A decision as its record says: what was voted, on which evidence, and the files that it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.method import Method
from engine.queries.lines import ActorLine, BallotLine, DecisionLine, FrozenLine
from engine.store.tables import DecisionRow
from engine.words import Text


def people_in(record: Mapping[str, Any]) -> Iterator[int | None]:
    """Those whom a record names, by their number."""
    yield record.get("mandate")
    for each in record.get("ballots", ()):
        yield each["actor"]
        yield each.get("by")


def decision_line(
    row: DecisionRow, record: Mapping[str, Any], people: Mapping[int, ActorLine], method: Method
) -> DecisionLine:
    gate = method.gate.get(row.gate)
    texts = {each.key: each.text for each in gate.criteria} if gate else {}

    def name(id: int | None) -> str:
        return people[id].name if id is not None and id in people else ""

    return DecisionLine(
        id=row.id,
        number=row.number,
        gate=row.gate,
        gate_name=method.name_of(row.gate),
        outcome=row.outcome,
        reason=row.reason,
        at=row.at,
        by=people[row.actor_id],
        favourable=record["favourable"],
        unfavourable=record["unfavourable"],
        abstention=record["abstention"],
        eligible=record["eligible"],
        rule=record["rule"],
        criteria=tuple(
            (texts.get(each["key"], Text(each["key"])), each["state"], _shown(each)) for each in record["criteria"]
        ),
        task=row.task_id,
        session=row.session,
        needed=record.get("needed", 0),
        without_quorum=record.get("without_quorum", False),
        escalated=record.get("escalated", False),
        in_name_of=name(record.get("mandate")),
        ballots=tuple(
            BallotLine(name(each["actor"]), each["opinion"], each["comment"], name(each.get("by")))
            for each in record.get("ballots", ())
        ),
        files=tuple(_file(each, method) for each in record.get("files", ())),
    )


def _file(said: Mapping[str, Any], method: Method) -> FrozenLine:
    task = method.tasks.get(said["element"])
    field = task.field(said["field"]) if task and said["field"] else None
    return FrozenLine(
        file=said["file"],
        name=said["name"],
        sha256=said["sha256"],
        task_name=method.name_of(said["element"]),
        field=field.label if field else Text(said["field"]),
    )


def _shown(criterion: Mapping[str, Any]) -> Text:
    """What was written as evidence, and what it refers to."""
    evidence, shown = criterion["evidence"], criterion.get("shown_by")
    if shown is None:
        return Text(evidence)
    return Text(" · ".join(filter(None, (evidence, shown["fr"]))), " · ".join(filter(None, (evidence, shown["en"]))))
