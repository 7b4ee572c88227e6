"""The scenarios of a draft: what comes of each on what is drawn now; where they go, on the diagrams and in a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.drawing import Mark
from engine.drawing.mark import State
from engine.errors import DiagramRefused, NotFound
from engine.method import Method
from engine.queries.drawings import plain
from engine.queries.lines import Drawing
from engine.queries.method_drafts import MethodDraftLine, MethodDraftOf, read_one
from engine.queries.view import View
from engine.release import Release
from engine.release import read_method as method_of
from engine.scenarios.kept import Ran, Run, books, kept, known, run
from engine.scenarios.taken import TakenLine
from engine.words import Text

REFUSED = Text(
    "La relecture automatique refuse ce brouillon ({count} erreur(s)) : corrigez-le dans le dessin, puis jouez les "
    "scénarios.",
    "The automatic review refuses this draft ({count} error(s)): mend the drawing, then play the scenarios.",
)


@dataclass(frozen=True, slots=True)
class ScenariosOf:
    """The scenarios that a draft keeps. For method owners."""

    draft: int
    play: bool = False  #: all of them; otherwise what is known of them without playing
    file: str = ""  #: play only this one, `name` in `file`
    name: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    file: str
    name: str
    steps: int
    ran: Ran | None  #: None: not played on what is drawn now

    @property
    def failing(self) -> bool:
        return self.ran is not None and not self.ran.verdict.passed


@dataclass(frozen=True, slots=True)
class ScenariosPage:
    draft: MethodDraftLine
    scenarios: tuple[ScenarioLine, ...]
    unread: tuple[tuple[str, Text], ...]  #: files that cannot be read, and why
    refused: Text  #: why nothing can be played; mostly empty
    played: bool
    lines: tuple[TakenLine, ...]  #: where those that were played go; empty where none was
    drawings: Mapping[str, Drawing]  #: as of a method, with that on them

    @property
    def passed(self) -> int:
        return sum(each.ran is not None and each.ran.verdict.passed for each in self.scenarios)

    @property
    def share(self) -> int:
        """Per cent of what may be passed through; 100 where nothing is left out."""
        return 100 * sum(each.taken for each in self.lines) // len(self.lines) if self.lines else 0


def read(view: View, query: ScenariosOf) -> ScenariosPage:
    """Raises `NotFound`."""
    seen = read_one(view, MethodDraftOf(query.draft))
    found, unread = books(seen.files)
    known_ones = kept(found)
    only = (query.file, query.name) if query.file else None
    if only is not None and only not in [(each.file, each.name) for each in known_ones]:
        raise NotFound
    refused = seen.unreadable
    if seen.errors:
        refused = REFUSED.format(count=len(seen.errors))
    ran: Run | None = None
    if not refused and known_ones:
        try:
            ran = run(seen.files, only) if query.play or only else known(seen.files)
        except DiagramRefused as refusal:
            refused = refusal.said
    by = {(each.file, each.name): each for each in ran.ran} if ran is not None else {}
    lines = ran.lines if ran is not None else ()
    return ScenariosPage(
        draft=seen.line,
        scenarios=tuple(ScenarioLine(e.file, e.name, e.steps, by.get((e.file, e.name))) for e in known_ones),
        unread=tuple((str(each.facts["file"]), each.said) for each in unread), refused=refused,
        played=ran is not None, lines=lines, drawings=_drawn(seen.digest, seen.files, lines),
    )  # fmt: skip


# --- on the diagrams ---


def _drawn(digest: str, files: Mapping[str, bytes], lines: Iterable[TakenLine]) -> Mapping[str, Drawing]:
    """What is taken, in part or never; a step with how many scenarios pass it, a gate and a phase with their shares."""
    by_file: dict[str, list[TakenLine]] = {}
    for each in lines:
        by_file.setdefault(each.file, []).append(each)
    method = method_of(files)[0] if by_file else None
    if method is None:
        return {}
    release = Release(0, digest, method, files)
    names = {content: name for name, content in files.items()}
    marks = {file: _marks(found) for file, found in by_file.items()}
    marks.setdefault(method.file, {}).update(_phases(method, by_file))
    return {id: replace(each, marks=marks.get(names[each.diagram], {})) for id, each in plain(release).items()}


def _marks(lines: Iterable[TakenLine]) -> dict[str, Mark]:
    marks: dict[str, Mark] = {}
    gates: dict[str, list[TakenLine]] = {}
    for each in lines:
        if each.kind == "outcome":
            gates.setdefault(each.element, []).append(each)
        else:
            badge = str(len(each.by)) if each.kind == "step" and each.taken else ""
            marks[each.element] = Mark("taken" if each.taken else "missed", badge=badge)
    return marks | {gate: _share(found) for gate, found in gates.items()}


def _phases(method: Method, by_file: Mapping[str, list[TakenLine]]) -> dict[str, Mark]:
    """Of a phase that has a file of its own: all that it draws."""
    apart = (each for each in method.phases if each.file != method.file and each.file in by_file)
    return {each.id: _share(by_file[each.file]) for each in apart}


def _share(lines: list[TakenLine]) -> Mark:
    taken = sum(each.taken for each in lines)
    state: State = "taken" if taken == len(lines) else "partly" if taken else "missed"
    return Mark(state, badge=f"{taken}/{len(lines)}")
