"""What shows that a criterion or an item holds: words, a link, a file, a task, an entry of a register."""

from __future__ import annotations

from typing import Literal, get_args
from urllib.parse import urlsplit

from sqlalchemy import select

from engine.method import Method
from engine.registers import REGISTERS
from engine.store.statements import Link
from engine.store.tables import EntryRow, FileRow, TaskRow
from engine.words import Text

Kind = Literal["text", "link", "file", "task", "entry"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: whose entries are nobody's evidence: what cites them would say what they hide
CONFIDENTIAL = "resistance"

UNKNOWN = Text("« {kind} » n’est pas une sorte de preuve ({known}).", "“{kind}” is no kind of evidence ({known}).")
NO_LINK = Text("le lien commence par http:// ou https://.", "a link begins with http:// or https://.")
ENTRY = Text("{one} n° {number} : {title}", "{one} no. {number}: {title}")
NOT_HERE = Text("ce qu’elle désigne n’est pas dans ce projet.", "what it refers to is not in this project.")


def why_not(link: Link, project: int, kind: str, words: str, refers_to: int | None) -> Text | None:
    """Why this is no evidence in the project; None where it is, or where nothing is given."""
    if kind not in KINDS:
        return UNKNOWN.format(kind=kind, known=KINDS)
    if kind == "text":
        return None
    if kind == "link":
        return None if is_link(words) else NO_LINK
    return None if refers_to is not None and _is_here(link, project, kind, refers_to) else NOT_HERE


def is_link(words: str) -> bool:
    """An address of the web, without blanks or a name and password in it."""
    try:
        parts = urlsplit(words.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and not words.split()[1:]


def _is_here(link: Link, project: int, kind: str, id: int) -> bool:
    if kind == "file":
        query = select(FileRow.id).where(
            FileRow.id == id, FileRow.project_id == project, FileRow.withdrawn_at.is_(None)
        )
    elif kind == "task":
        query = select(TaskRow.id).where(TaskRow.id == id, TaskRow.project_id == project)
    else:
        query = select(EntryRow.id).where(
            EntryRow.id == id, EntryRow.project_id == project, EntryRow.register != CONFIDENTIAL
        )
    return link.execute(query).first() is not None


def named(link: Link, method: Method, kind: str, id: int) -> Text:
    """What evidence refers to, as a record keeps it. A deviation, which not everybody reads, by its number alone."""
    if kind == "file":
        return Text(link.execute(select(FileRow.name).where(FileRow.id == id)).scalar_one())
    if kind == "task":
        row = link.execute(select(TaskRow.element, TaskRow.instance).where(TaskRow.id == id)).one()
        name = method.name_of(row.element)
        return Text("{name} · {of}", "{name} · {of}").format(name=name, of=row.instance) if row.instance else name
    entry = link.execute(select(EntryRow.register, EntryRow.number, EntryRow.title).where(EntryRow.id == id)).one()
    said = Text("{one} n° {number}", "{one} no. {number}") if entry.register == "deviation" else ENTRY
    return said.format(one=REGISTERS[entry.register].one, number=entry.number, title=entry.title)


def split(refers: str) -> tuple[str, int | None]:
    """`file:12` -> its kind and its number; text where it is nothing of the kind."""
    kind, _, number = refers.partition(":")
    known = kind in ("file", "task", "entry") and number.isascii() and number.isdigit() and len(number) < 19
    return (kind, int(number)) if known else ("text", None)
