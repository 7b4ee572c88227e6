"""Attach a file to a task, or to one field of its form."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from sqlalchemy import select

from engine.commands.detach_file import must_not_be_frozen
from engine.errors import ChoiceUnknown, FileRefused, TooLarge
from engine.store.act import Act
from engine.store.case import Case, must
from engine.store.tables import FileRow
from engine.words import Text, megabytes

LARGEST = 20_000_000  #: bytes
#: what an office produces; the contents must be what the name says
ACCEPTED = frozenset(
    ".pdf .odt .ods .odp .docx .xlsx .pptx .doc .xls .ppt .png .jpg .jpeg .gif .webp "
    ".txt .csv .md .zip .bpmn .xml .eml .msg".split()
)
#: whose contents have no signature
PLAIN = frozenset(".txt .csv .md .bpmn .xml .eml .msg".split())


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Attach a file to a task, or to one field of its form."""

    task: int
    name: str
    content: bytes
    field: str = ""  #: key of a file field


@dataclass(frozen=True, slots=True)
class Attached:
    file: int


def handle(act: Act, command: AttachFile) -> Attached:
    case = act.case(command.task)
    must(act, case, "attach" if case.task.state == "open" and case.task.kind != "gate" else "comment")
    case.must_move()
    name = PurePath(command.name.replace("\\", "/")).name[:200] or "fichier"
    _must_be_accepted(name, command.content)
    if command.field and (case.task.kind == "gate" or case.model.field(command.field) is None):
        raise ChoiceUnknown(value=command.field, label=case.name)
    if command.field:
        _must_not_replace(act, case, command.field)
    row = FileRow(
        project_id=case.project.id, task_id=case.task.id, field=command.field, name=name, size=len(command.content),
        sha256=hashlib.sha256(command.content).hexdigest(), actor_id=act.actor.id, at=act.now, content=command.content,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    act.record(
        "file_attached", case.project, case.task,
        element=case.task.element, file=name, sha256=row.sha256, field=command.field,
    )  # fmt: skip
    return Attached(row.id)


def _must_not_replace(act: Act, case: Case, field: str) -> None:
    """Raises `FileFrozen` where the field holds what a favourable gate has frozen."""
    frozen = act.session.execute(
        select(FileRow).where(
            FileRow.task_id == case.task.id, FileRow.field == field, FileRow.withdrawn_at.is_(None),
            FileRow.frozen_by.is_not(None),
        )
    ).scalars().first()  # fmt: skip
    if frozen is not None:
        must_not_be_frozen(act, frozen)


def _must_be_accepted(name: str, content: bytes) -> None:
    suffix = PurePath(name).suffix.lower()
    if len(content) > LARGEST:
        raise TooLarge(name=name, size=megabytes(len(content)), limit=megabytes(LARGEST))
    if not content:
        raise FileRefused(name=name, why=Text("il est vide.", "it is empty."))
    if suffix not in ACCEPTED:
        why = Text("les formats acceptés sont {kinds}.", "the accepted formats are {kinds}.").format(
            kinds=" ".join(sorted(ACCEPTED))
        )
        raise FileRefused(name=name, why=why)
    if suffix not in PLAIN and not _is_what_it_says(suffix, content):
        why = Text(
            "son contenu n’est pas celui d’un fichier {suffix}.",
            "its contents are not those of a {suffix} file.",
        )
        raise FileRefused(name=name, why=why.format(suffix=suffix))


def _is_what_it_says(suffix: str, content: bytes) -> bool:
    try:
        found = {each.extension for each in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return False
    same = {".jpeg": ".jpg"}
    return same.get(suffix, suffix) in {same.get(each, each) for each in found}
