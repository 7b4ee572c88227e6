"""What holds of every woven release: it is sound, each locked step is unavoidable and in order, no control is lost.

By construction it could not be otherwise; it is checked all the same, each time, with what the publication checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.diagram import Diagram
from engine.intent import Plan, precedences
from engine.method import Gate, Method, Task
from engine.overlay.lattice import stronger
from engine.overlay.loom import Loom
from engine.release import Release, read_method
from engine.review.decisions import made
from engine.review.drawing import drawn
from engine.review.exceptions import exception_problems
from engine.review.gates import gate_problems
from engine.review.roles import lane_problems
from engine.review.tasks import strays, task_problems
from engine.review.variables import expression_problems
from engine.rules import RULES
from engine.soundness import judged
from engine.words import Text


def broken(
    release: Release, woven: Method, diagrams: list[Diagram], loom: Loom, decided: Mapping[str, bytes]
) -> list[Text]:
    """Each guarantee that does not hold, in words. `decided`: the decision files."""
    base = release.method
    found = [*_unsound(diagrams, loom.touched)]
    if not found:
        found += _intent(release, woven, diagrams)
    found += control_lost(base, woven)
    return found or [*_reviewed(woven, diagrams, loom, decided)]


def _unsound(diagrams: Iterable[Diagram], touched: set[str]) -> Iterator[Text]:
    for diagram in diagrams:
        for process in diagram.processes if diagram.file in touched else ():
            for each in judged(process):
                yield Text(
                    f"« {process.id} » n’est pas sain ({each.rule}, {each.place.element}).",
                    f"“{process.id}” is not sound ({each.rule}, {each.place.element}).",
                )


def _intent(release: Release, woven: Method, diagrams: list[Diagram]) -> Iterator[Text]:
    plan = Plan(woven, diagrams)
    for id in plan.avoidable():
        yield Text(f"un projet peut finir sans « {id} ».", f"a project can end without “{id}”.")
    locked, before = intent_of(release)
    for id in sorted(locked - set(plan.locked)):
        yield Text(f"« {id} », verrouillée, manque.", f"“{id}”, which is locked, is missing.")
    for a, b in sorted(before):
        if a in plan.locked and b in plan.locked and plan.relation(a, b) != "before":
            yield Text(f"« {a} » ne vient plus avant « {b} ».", f"“{a}” no longer comes before “{b}”.")


def _reviewed(woven: Method, diagrams: list[Diagram], loom: Loom, decided: Mapping[str, bytes]) -> Iterator[Text]:
    """What the publication would refuse: an answer that is read and no longer given, among others."""
    problems = [
        *(each for diagram in diagrams if diagram.file in loom.touched for each in drawn(diagram)),
        *task_problems(woven), *strays(woven, diagrams), *gate_problems(woven, loom.main),
        *exception_problems(woven, diagrams, True), *lane_problems(woven, diagrams),
        *expression_problems(woven, diagrams, made(decided, diagrams)),
    ]  # fmt: skip
    for each in problems:
        rule = RULES[each.rule]
        if rule.gravity(True) == "error":
            yield rule.sentence.format(**{"name": woven.name_of(each.place.element)} | dict(each.facts))


_Intent = tuple[frozenset[str], frozenset[tuple[str, str]]]
#: by the digest of a release: asked with every weave
_INTENTS: dict[str, _Intent] = {}


def intent_of(release: Release) -> _Intent:
    """The locked steps of a release, and which of them comes before which."""
    if release.digest not in _INTENTS:
        method, _, diagrams = read_method(release.files)
        assert method is not None, release.digest
        if len(_INTENTS) > 64:
            _INTENTS.clear()
        _INTENTS[release.digest] = (frozenset(Plan(method, diagrams).locked), precedences(method, diagrams))
    return _INTENTS[release.digest]


# --- control ---


def control_lost(base: Method, woven: Method) -> Iterator[Text]:
    """Whatever a gate or a locked step asks less than in the method."""
    for id, gate in base.gate.items():
        kept = woven.gate.get(id)
        if kept is None:
            yield Text(f"la porte « {id} » manque.", f"the gate “{id}” is missing.")
            continue
        for what in _gate_lost(gate, kept):
            yield Text(f"la porte « {id} » a perdu : {what}.", f"the gate “{id}” lost: {what}.")
    for id, task in base.tasks.items():
        kept_task = woven.tasks.get(id)
        if kept_task is not None:
            for what in _task_lost(task, kept_task):
                yield Text(f"« {id} » a perdu : {what}.", f"“{id}” lost: {what}.")


def _gate_lost(base: Gate, kept: Gate) -> Iterator[str]:
    orders = {
        "quorum": (kept.quorum, base.quorum), "rule": (kept.rule, base.rule),
        "voters": (kept.voters, base.voters), "criteria": (_asked(kept), _asked(base)),
    }  # fmt: skip
    for name, (value, least) in orders.items():
        if not stronger(name, value, least):
            yield name
    for name in ("chair", "outcomes", "rework_max", "silence", "landing", "baseline", "tolerance", "outgrown"):
        if getattr(base, name) != getattr(kept, name):
            yield name


def _asked(gate: Gate) -> frozenset[tuple[str, str, bool, bool]]:
    return frozenset((each.key, each.computed, each.evidence, each.locked) for each in gate.criteria)


def _task_lost(base: Task, kept: Task) -> Iterator[str]:
    if not stronger("lock", kept.lock, base.lock):
        yield "lock"
    if (base.role, base.never, base.each, base.silence) != (kept.role, kept.never, kept.each, kept.silence):
        yield "role"
    if not set(base.checks) <= set(kept.checks) or not set(base.sets) <= set(kept.sets):
        yield "checks"
    fields = {each.key: each for each in kept.form}
    for field in base.form:
        other = fields.get(field.key)
        if other is None or other.type != field.type or (field.required and not other.required):
            yield f"field {field.key}"
            continue
        mine, theirs = ({(i.key, i.computed, i.evidence, i.locked) for i in f.items} for f in (field, other))
        if not stronger("items", theirs, mine):
            yield f"items {field.key}"
        if not stronger("options", {o.value for o in other.options}, {o.value for o in field.options}):
            yield f"options {field.key}"
