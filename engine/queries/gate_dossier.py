"""The dossier of a decided gate: its record gathered from rows, as it was when it was decided."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from engine.confidential import open_part
from engine.dossier import FORMAT
from engine.dossier.bundle import bundle, path_of
from engine.dossier.words import NOTES
from engine.errors import NotFound, TooLarge
from engine.method import Field
from engine.queries.lines import ServiceLine
from engine.queries.reading import answer_as_read
from engine.queries.themes import carried_by
from engine.queries.view import View
from engine.store.case import Case
from engine.store.tables import ChoiceRow, DecisionRow, EventRow, FileRow, ReserveRow, ServiceRow, TaskRow
from engine.words import Language, Text, megabytes

#: bytes of all the files of one dossier
LARGEST_DOSSIER = 200_000_000

#: events of no task that belong to the story of a gate
OF_THE_PROJECT = frozenset({
    "project_started", "phase_entered", "phase_left", "project_held", "project_resumed", "role_appointed",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class GateDossier:
    """The dossier of a decision, as a zip. Who sees the gate may have it; its paper is in `language`."""

    decision: int
    language: Language = "fr"


@dataclass(frozen=True, slots=True)
class GateDossierPage:
    name: str  #: of the file
    content: bytes


def read(view: View, query: GateDossier) -> GateDossierPage:
    decision = view.session.get(DecisionRow, query.decision)
    if decision is None:
        raise NotFound
    gathered = _Gathered(view, decision, view.case(decision.task_id))
    record, history, files = gathered.record(), gathered.history(), gathered.contents()
    content = bundle(record, history, files, "en" if query.language == "en" else "fr")
    return GateDossierPage(re.sub(r"[^A-Za-z0-9_-]+", "-", f"dossier-{decision.number}") + ".zip", content)


class _Gathered:
    """What stood when the decision was taken: nothing that came later changes the dossier."""

    def __init__(self, view: View, decision: DecisionRow, case: Case) -> None:
        self.view, self.decision, self.case = view, decision, case
        self.said: dict[str, Any] = json.loads(decision.record)
        self.gate = case.gate
        self.tasks = self._tasks()
        self.files = self._files()
        self.events = self._events()
        self.of_phase = self._of_phase()
        self.reserves = self._rows(ReserveRow, ReserveRow.decision_id == decision.id)

    def _rows(self, table: type[Any], *where: Any) -> list[Any]:
        return list(self.view.session.execute(select(table).where(*where).order_by(table.id)).scalars())

    def _tasks(self) -> list[TaskRow]:
        """Of the phase, the last time that each was done before the decision."""
        done = self._rows(
            TaskRow, TaskRow.project_id == self.case.project.id, TaskRow.phase == self.gate.phase,
            TaskRow.kind == "task", TaskRow.state == "done", TaskRow.closed_at <= self.decision.at,
        )  # fmt: skip
        last = {(row.element, row.instance): row for row in done}
        return sorted(last.values(), key=lambda row: row.id)

    def _files(self) -> list[tuple[FileRow, str]]:
        """Those of the record; where it names none, those of the phase that stood at the decision."""
        query = (
            select(FileRow, TaskRow.element)
            .join(TaskRow, TaskRow.id == FileRow.task_id)
            .where(TaskRow.project_id == self.case.project.id, TaskRow.phase == self.gate.phase)
            .order_by(FileRow.id)
        )
        if "files" in self.said:
            query = query.where(FileRow.id.in_([each["file"] for each in self.said["files"]]))
        else:
            later = FileRow.withdrawn_at.is_(None) | (FileRow.withdrawn_at > self.decision.at)
            query = query.where(FileRow.at <= self.decision.at, later)
        return [(row, element) for row, element in self.view.session.execute(query)]

    def _events(self) -> list[EventRow]:
        """All of the project's history up to the end of the act that decided."""
        last = select(func.max(EventRow.number)).where(
            EventRow.stream == self.case.project.id, EventRow.at == self.decision.at
        )
        return list(
            self.view.session.execute(
                select(EventRow)
                .where(EventRow.stream == self.case.project.id, EventRow.number <= last.scalar_subquery())
                .order_by(EventRow.number)
            ).scalars()
        )

    def _of_phase(self) -> set[int]:
        """The tasks of the phase and its gate."""
        query = select(TaskRow.id).where(TaskRow.project_id == self.case.project.id, TaskRow.phase == self.gate.phase)
        return {*self.view.session.execute(query).scalars(), self.case.task.id}

    # --- decision.json ---

    def record(self) -> dict[str, Any]:
        case, decision = self.case, self.decision
        project, method = case.project, case.method
        service = self._service()
        return {
            "format": FORMAT,
            "project": {
                "number": project.id,
                "title": project.title,
                "started_at": project.started_at.isoformat(),
                "service": {"code": service.code, **both(service.name)},
                "objectives": self._choices("objective", json.loads(project.objectives)),
                "themes": self._choices("theme", carried_by(project.theme, project.themes)),
                "method": {
                    "id": method.id, "version": method.version, "digest": case.release.digest, **both(method.name),
                },
            },
            "gate": self._gate(),
            "decision": {
                "number": decision.number,
                "session": decision.session,
                "outcome": decision.outcome,
                "reason": decision.reason,
                "at": decision.at.isoformat(),
                "by": decision.actor_id,
            },
            "vote": {key: said for key, said in self.said.items() if key not in ("criteria", "files")},
            "criteria": self._criteria(),
            "reserves": [
                {"text": row.body, "owner": row.owner_id, "due": row.due_at.isoformat()} for row in self.reserves
            ],
            "deliverables": [self._work(row) for row in self.tasks],
            "files": [self._file(row, element) for row, element in self.files],
            "people": self._people(),
        }  # fmt: skip

    def _service(self) -> ServiceLine:
        code = select(ServiceRow.code).where(ServiceRow.id == self.case.project.service_id)
        return self.view.services[self.view.session.execute(code).scalar_one()]

    def _choices(self, kind: str, codes: Sequence[str]) -> list[dict[str, str]]:
        rows = self._rows(ChoiceRow, ChoiceRow.kind == kind, ChoiceRow.code.in_(codes))
        names = {row.code: both(Text(row.label_fr, row.label_en)) for row in rows}
        return [{"code": code, **names.get(code, both(Text(code)))} for code in codes]

    def _gate(self) -> dict[str, Any]:
        gate, method = self.gate, self.case.method
        phase = method.phase.get(gate.phase)
        return {
            "id": gate.id,
            **both(gate.name),
            "phase": {"id": gate.phase, **both(phase.name if phase else Text(gate.phase))},
            "rule": gate.rule,
            "quorum": str(gate.quorum),
            "outcomes": list(gate.outcomes),
            "chair": {"role": gate.chair, **both(method.role[gate.chair].name)},
            "voters": [{"role": each, **both(method.role[each].name)} for each in gate.voters],
        }

    def _criteria(self) -> list[dict[str, Any]]:
        texts = {each.key: each.text for each in self.gate.criteria}
        return [{**each, **both(texts.get(each["key"], Text(each["key"])))} for each in self.said["criteria"]]

    def _work(self, row: TaskRow) -> dict[str, Any]:
        # the project may have moved to a version that no longer draws it
        method = self.view.release_of(self.case.release, row.element, row.project_id).method
        answers = json.loads(row.answers or "{}")
        names = {id: each.name for id, each in self.view.people(_numbers(answers)).items()}
        form = method.tasks[row.element].form if row.element in method.tasks else ()
        return {
            "task": row.id,
            "code": row.element,
            "name": both(method.name_of(row.element)),
            "instance": both(self.view.instance(row.instance)),
            "by": row.closed_by,
            "at": row.closed_at.isoformat() if row.closed_at else "",
            "answers": [
                [both(field.label), both(self._answer(field, answers[field.key], names))]
                for field in form
                if field.type != "file" and answers.get(field.key) not in (None, "", [], {})
            ],
        }

    def _answer(self, field: Field, value: Any, names: dict[int, str]) -> Text:
        if field.confidential:
            return NOTES["confidential"]
        (open_field,) = open_part([field])
        return answer_as_read(open_field, value, names, self.view.services)

    def _file(self, row: FileRow, element: str) -> dict[str, Any]:
        return {
            "file": row.id,
            "name": row.name,
            "path": path_of(row.id, row.name),
            "bytes": row.size,
            "sha256": row.sha256,
            "task": {"task": row.task_id, "code": element, **both(self.case.method.name_of(element))},
            "by": row.actor_id,
            "at": row.at.isoformat(),
        }

    def _people(self) -> dict[str, dict[str, str]]:
        ballots = [id for each in self.said["ballots"] for id in (each["actor"], each.get("by"))]
        ids: list[int | None] = [
            self.decision.actor_id, self.said.get("mandate"), *ballots, *(row.owner_id for row in self.reserves),
            *(row.closed_by for row in self.tasks), *(row.actor_id for row, _ in self.files),
            *(row.actor_id for row in self.events if self._tells(row)),
        ]  # fmt: skip
        known = self.view.people(ids)
        wanted = sorted({id for id in ids if id and id in known})
        return {str(id): {"name": known[id].name, "service": known[id].service} for id in wanted}

    # --- history.json and the files ---

    def _tells(self, row: EventRow) -> bool:
        """Is it of this phase?"""
        if row.task_id is None:
            return row.kind in OF_THE_PROJECT
        return row.task_id in self.of_phase

    def history(self) -> dict[str, Any]:
        """Every event, for the chain to hold; in words, those of the phase."""
        said = self.view.said([row for row in self.events if self._tells(row)], self.case.method)
        texts = {each.number: {"text": both(each.text)} for each in said}
        last = self.events[-1]
        return {
            "format": FORMAT,
            "project": self.case.project.id,
            "head": {"number": last.number, "digest": last.digest},
            "events": [
                {
                    "number": row.number, "digest": row.digest, "at": row.at.isoformat(), "actor": row.actor_id,
                    "kind": row.kind, "task": row.task_id, "facts": row.facts, **texts.get(row.number, {}),
                }
                for row in self.events
            ],
        }  # fmt: skip

    def contents(self) -> dict[str, bytes]:
        total = sum(row.size for row, _ in self.files)
        if total > LARGEST_DOSSIER:
            raise TooLarge(name=self.decision.number, size=megabytes(total), limit=megabytes(LARGEST_DOSSIER))
        rows = self.view.session.execute(
            select(FileRow).where(FileRow.id.in_([row.id for row, _ in self.files])).options(undefer(FileRow.content))
        ).scalars()
        return {path_of(row.id, row.name): row.content for row in rows}


def both(words: Text) -> dict[str, str]:
    return {"fr": words.fr, "en": words.read("en")}


def _numbers(value: Any) -> Iterable[int]:
    """Every whole number in an answer: those of people among them."""
    match value:
        case bool():
            return
        case int():
            yield value
        case dict():
            for each in value.values():
                yield from _numbers(each)
        case list():
            for each in value:
                yield from _numbers(each)
