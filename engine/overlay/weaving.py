"""weave(release, packs, overlay, choices): a release, what themes add, a service's tailoring and a project's choices,
compiled to a release that is again plain BPMN.

The same inputs give the same bytes. Nothing is half applied: whatever is refused is told at once, and nothing comes
out of it. What comes out was checked (`guarantees`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine import dmn
from engine.diagram import Diagram, beside, drawn_in
from engine.errors import ApprovedByRequester, OverlayForAnotherVersion, OverlayRefused, WeaveRefused
from engine.method import Method
from engine.overlay.carrying import carry
from engine.overlay.collisions import collisions
from engine.overlay.guarantees import broken
from engine.overlay.judging import does_less, judged
from engine.overlay.loom import Loom, Origin
from engine.overlay.operations import Operation, Overlay
from engine.overlay.packing import pack_in
from engine.overlay.rules import Refusal
from engine.overlay.telling import told
from engine.packs import Pack
from engine.release import Release, digest_of, meaning
from engine.rules import RULES
from engine.words import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Departure:
    """An operation that does less than the method: an entry of the register of deviations."""

    origin: Origin
    operation: Operation
    text: Text  #: what it does, to stand after the name of what is tailored


@dataclass(frozen=True)
class Woven:
    """`digest`: of the files, as a release's. `origins`: of each element, and of each thing in it (`G2/quorum`), who
    drew it and then who changed it; what is not there is the method's.
    """

    release: Release
    origins: Mapping[str, tuple[Origin, ...]]
    hidden: Mapping[str, Origin]  #: what the method draws, and this project does not have
    departures: tuple[Departure, ...] = ()
    #: operations that a theme leaves no room for
    overruled: tuple[Refusal, ...] = ()
    base: str = field(default="", compare=False)  #: digest of the release that was tailored

    @property
    def digest(self) -> str:
        return self.release.digest

    @property
    def method(self) -> Method:
        return self.release.method

    def origin(self, element: str) -> tuple[Origin, ...]:
        """Who drew an element, and who changed it since."""
        method = Origin("method", f"{self.method.id}@{self.method.version}")
        return self.origins.get(element, (method,))


def weave(
    release: Release,
    packs: Iterable[Pack] = (),
    overlay: Overlay | None = None,
    choices: Iterable[Operation] = (),
) -> Woven:
    """Raises `OverlayForAnotherVersion`, `ApprovedByRequester`, `OverlayRefused` and `WeaveRefused`."""
    method = release.method
    if overlay is not None:
        check_bound(overlay, method)
    packs, choices = tuple(sorted(packs, key=lambda each: each.theme)), tuple(choices)
    operations = overlay.operations if overlay is not None else ()
    owner = owner_of(method)
    told = collisions(operations, choices, owner)
    if told:
        raise refused(told)
    decided = dmn.apart(release.files)[1]
    loom, departures, overruled = _woven(drawn_in(release.files), packs, overlay, choices, method)
    files = {**beside(release.files), **loom.files()}
    woven, problems, used = meaning(loom.diagrams, decided)
    if woven is None or problems:
        sentences = [RULES[each.rule].sentence.format(**each.facts) for each in problems]
        said = Text(*(" ".join(each.read(language) for each in sentences) for language in LANGUAGES))
        raise WeaveRefused(findings=said, owner=owner)
    found = broken(release, woven, used, loom, decided)
    if found:
        raise WeaveRefused(findings=Text(" ".join(e.fr for e in found), " ".join(e.en for e in found)), owner=owner)
    result = Release(0, digest_of(files), woven, files)
    noted = {element: origins for element, origins in sorted(loom.noted.items())}
    return Woven(result, noted, dict(sorted(loom.gone.items())), tuple(departures), tuple(overruled), release.digest)


def check_bound(overlay: Overlay, method: Method) -> None:
    found = f"{method.id}@{method.version}"
    if overlay.bound_to != found:
        raise OverlayForAnotherVersion(bound=overlay.bound_to, found=found)
    if overlay.approver and overlay.approver == overlay.author:
        raise ApprovedByRequester(person=overlay.author)


def owner_of(method: Method) -> Text:
    role = method.role.get(method.owner)
    return role.name if role is not None else Text("le responsable de la méthode", "the method owner")


def refused(told: Iterable[Refusal]) -> OverlayRefused:
    told = tuple(told)
    sentences = Text("\n".join(e.sentence.fr for e in told), "\n".join(e.sentence.en for e in told))
    return OverlayRefused(count=len(told), refusals=sentences, refused=told)


def _woven(
    diagrams: list[Diagram],
    packs: tuple[Pack, ...],
    overlay: Overlay | None,
    choices: tuple[Operation, ...],
    method: Method,
) -> tuple[Loom, list[Departure], list[Refusal]]:
    """The method alone says what is refused; where a theme leaves less room, the theme has it."""
    service = overlay.service if overlay is not None else ""
    tailored = tuple(_numbered(overlay.operations if overlay is not None else (), "overlay", service))
    loom = Loom([each.copy() for each in diagrams])
    wrong, departures = _carried(loom, tailored, method)
    overruled: list[Refusal] = []
    if packs and not wrong:
        loom = Loom([each.copy() for each in diagrams])
        for pack in packs:
            pack_in(pack, loom)
        overruled, departures = _carried(loom, tailored, method)
    more, chosen = _carried(loom, tuple(_numbered(choices, "project", "")), method)
    if wrong or more:
        raise refused([*wrong, *more])
    return loom, departures + chosen, overruled


def _numbered(operations: Iterable[Operation], level: str, who: str) -> Iterable[tuple[Operation, Origin]]:
    for number, each in enumerate(operations, 1):
        yield each, Origin(level, who, number, each.kind, each.reason)  # type: ignore[arg-type]


def _carried(
    loom: Loom, operations: Iterable[tuple[Operation, Origin]], method: Method
) -> tuple[list[Refusal], list[Departure]]:
    refusals: list[Refusal] = []
    departures: list[Departure] = []
    for operation, origin in operations:
        verdict = judged(operation, loom)
        if verdict is not None:
            rule, why = verdict
            called = loom.name(operation.target) if operation.target in loom.processes else Text("")
            refusals.append(Refusal(origin.number, operation.target, rule, why, owner_of(method), called))
            continue
        if does_less(operation, loom):
            departures.append(Departure(origin, operation, told(operation, method, loom)))
        carry(operation, loom, origin)
    return refusals, departures
