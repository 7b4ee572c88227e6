"""Begin to draw a method: from its last release, from files, or from a bare start."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.beside import is_scenarios
from engine.errors import MethodNameless, NotFound
from engine.release import unpack
from engine.store.act import Act
from engine.store.drafts import begin, must_be_unpublished, must_own_methods
from engine.store.releases import last_of
from engine.words import Text
from engine.workshop import brought, identity, placed, starting
from engine.workshop.outline import amended

#: characters of the name of a new method
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class OpenMethodDraft:
    """Begin to draw a method: from its last release, from files, or from a bare start."""

    method: str = ""  #: id of a published one, whose last release is taken up
    files: dict[str, bytes] = field(default_factory=dict)  #: by name: .bpmn, .dmn, .form, .scenarios.yaml, or zips
    name: str = ""  #: of a new method, in French; no published method has the id that is made of it
    name_en: str = ""
    phases: int = 3  #: that a new method begins with
    last_gate: bool = True  #: the last of several phases ends with a gate too


@dataclass(frozen=True, slots=True)
class MethodDraftOpened:
    draft: int
    method: str
    ignored: list[str]  #: names of what was sent and is no diagram


def handle(act: Act, command: OpenMethodDraft) -> MethodDraftOpened:
    must_own_methods(act.actor)
    ignored: list[str] = []
    if command.files:
        found = brought(command.files)
        files, ignored = found.files, list(found.ignored)
    elif command.method:
        last = last_of(act.session, command.method)
        if last is None:
            raise NotFound
        files = {name: each if is_scenarios(name) else placed(each) for name, each in unpack(last.files).items()}
    else:
        name = " ".join(command.name.split())[:LONGEST_NAME]
        if not name:
            raise MethodNameless
        english = " ".join(command.name_en.split())[:LONGEST_NAME] or name
        files = starting(Text(name, english), command.phases)
        must_be_unpublished(act, identity(files).method)
        if not command.last_gate and command.phases > 1:
            files = amended(files, {"do": "remove_gate", "element": f"G{len(files) - 1}"})
    row = begin(act, files)
    return MethodDraftOpened(row.id, row.method, ignored)
