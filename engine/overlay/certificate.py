"""The proof that a method can grant what it grants: whatever services make of it is sound, and keeps its locked steps.

Each phase is a process of its own, which the main one calls: a method is sound where each of them is (one way in, one
way out), so the combinations of the method are the product of those of its phases, and each phase's are tried one by
one. Where one process grants more than `MOST` combinations, each freedom is tried alone: every one of them replaces a
block with one way in and one way out by another such block, and blocks that hold nothing of each other do not meet
(docs/explanation/tailoring.md). A step at a hook lies on a flow, and is tried at each hook alone for the same reason.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from engine import dmn
from engine.diagram import Diagram, Node, drawn_in
from engine.intent import View
from engine.overlay import edit
from engine.overlay.asking import landings, listed
from engine.overlay.contracts import unkept
from engine.overlay.hooks import anchor, lock_at, offered
from engine.overlay.loom import Loom, Origin
from engine.release import Release, meaning
from engine.review.decisions import made
from engine.review.gates import gate_problems
from engine.review.variables import expression_problems
from engine.rules import RULES
from engine.soundness import judged
from engine.words import Text

#: combinations of one process that are tried one by one
MOST = 1024
BY_METHOD = Origin("method")
#: what a freedom comes to: (id of the step, what becomes of it)
Choice = tuple[str, str]
HIDDEN, CONDITIONAL = "hidden", "conditional"


@dataclass(frozen=True, slots=True)
class Proof:
    """Of one process, or of one variant of it."""

    process: str
    freedoms: tuple[str, ...]  #: ids of the steps that may be left out, or made conditional
    combinations: int
    tried: int
    exhaustive: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    release: str  #: id@version
    digest: str
    proofs: tuple[Proof, ...]
    hooks: int  #: each tried
    hidden: int  #: combinations of the optional steps of phases, each there or hidden
    combinations: int  #: of all that is granted, hooks aside
    failures: tuple[Text, ...]
    seconds: float

    @property
    def holds(self) -> bool:
        return not self.failures

    @property
    def sentence(self) -> Text:
        """What it says in a line."""
        if not self.holds:
            return Text(
                "{count} combinaison(s) ne tiennent pas : {why}", "{count} combination(s) do not hold: {why}"
            ).format(count=len(self.failures), why=list(self.failures[:3]))
        return Text(
            "{release} : étapes facultatives présentes ou masquées {hidden}/{hidden}, tout compris {all}/{all}, "
            "{hooks} point(s) d’insertion ; prouvé en {seconds} s.",
            "{release}: optional steps there or hidden {hidden}/{hidden}, all told {all}/{all}, "
            "{hooks} hook(s); proven in {seconds} s.",
        ).format(
            release=self.release, hidden=self.hidden, all=self.combinations, hooks=self.hooks,
            seconds=f"{self.seconds:.1f}",
        )  # fmt: skip


def certify(release: Release) -> Certificate:
    began = time.perf_counter()
    decided = dmn.apart(release.files)[1]
    certifier = _Certifier(drawn_in(release.files), decided)
    found = certifier.run()
    name = f"{release.method.id}@{release.method.version}"
    return Certificate(
        name, release.digest, tuple(found), len(certifier.hooks), certifier.hidden, certifier.combinations,
        tuple(certifier.failures), time.perf_counter() - began,
    )  # fmt: skip


class _Certifier:
    def __init__(self, diagrams: list[Diagram], decided: dict[str, bytes]) -> None:
        self.diagrams, self.decided = diagrams, decided
        self.loom = Loom([each.copy() for each in diagrams], drawn=False)
        self.failures: list[Text] = []
        self.hooks = offered(self.loom)
        self.hidden = self.combinations = 1

    def run(self) -> list[Proof]:
        proofs = []
        for call in [id for id in self.loom.nodes if self.loom.kind(id) == "phase"]:
            base = self.loom.called(call)
            if base is None:
                continue
            mine = [self._proof(base, base), *(self._variant(each, base) for each in self._variants(call))]
            proofs += mine
            self.combinations *= sum(each.combinations for each in mine)
            self.hidden *= 2 ** sum(self._may(self.loom.nodes[each], "hide") for each in mine[0].freedoms)
        for process in list(self.loom.processes.values()):
            if process.properties.get("method.kind") == "recurring":
                optional = [each for each in process.nodes if self._may(each, "hide")]
                self.combinations *= 2 ** len(optional)
        for hook in self.hooks:
            self._hook(hook)
        self._answers()
        return proofs

    def _variants(self, call: str) -> list[Node]:
        names = listed(self.loom.nodes[call], "method.variants")
        for each in names:
            if each not in self.loom.processes:
                self.failures.append(Text(f"la variante « {each} » manque.", f"the variant “{each}” is missing."))
        return [self.loom.processes[each] for each in names if each in self.loom.processes]

    def _variant(self, variant: Node, base: Node) -> Proof:
        lost = unkept(base, variant, landings(self.loom))
        if lost is not None:
            self.failures.append(lost)
        return self._proof(variant, base)

    # --- one process ---

    def _may(self, node: Node, freedom: str) -> bool:
        return node.properties.get("method.lock") == "optional" and freedom in listed(node, "method.tailor")

    def _freedoms(self, process: Node) -> dict[str, list[Choice | None]]:
        found: dict[str, list[Choice | None]] = {}
        for node in process.nodes:
            choices: list[Choice | None] = [None]
            choices += [(node.id, HIDDEN)] if self._may(node, "hide") else []
            choices += [(node.id, CONDITIONAL)] if self._may(node, "condition") else []
            if len(choices) > 1:
                found[node.id] = choices
        return found

    def _proof(self, process: Node, base: Node) -> Proof:
        freedoms = self._freedoms(process)
        count = prod(map(len, freedoms.values()))
        exhaustive = count <= MOST
        every: Iterable[tuple[Choice | None, ...]] = product(*freedoms.values())
        if not exhaustive:
            every = [(), *((each,) for choices in freedoms.values() for each in choices[1:])]
        tried = 0
        for tried, chosen in enumerate(every, 1):  # noqa: B007
            self._try(process.diagram, process.id, base, [each for each in chosen if each is not None])
        return Proof(process.id, tuple(freedoms), count, tried, exhaustive)

    def _try(self, diagram: Diagram, process: str, base: Node, chosen: list[Choice], hook: str = "") -> None:
        copies = [each.copy() if each is diagram else each for each in self.loom.diagrams]
        loom = Loom(copies, drawn=False)
        for id, what in chosen:
            if what == HIDDEN:
                loom.take_out(id, BY_METHOD)
            else:
                loom.wrap(id, "true", BY_METHOD)
                edit.say(loom.nodes[id], "method.lock", "conditional")
        if hook:
            flow, lock = anchor(hook, loom), lock_at(hook, loom)
            assert isinstance(flow, str), hook
            made = loom.put_in(flow, "__local", "userTask", "", BY_METHOD)
            edit.say(made, "method.lock", lock)
        said = ", ".join(f"{id} ({what})" for id, what in chosen) or hook or process
        for why in _broken(loom.processes[process], base):
            self.failures.append(Text(f"{said} : {why.fr}", f"{said}: {why.en}"))

    def _hook(self, hook: str) -> None:
        id = hook.rpartition(".")[0]
        process = self.loom.called(id) if self.loom.kind(id) == "phase" else self.loom.holder[id]
        assert process is not None, hook
        self._try(process.diagram, process.id, process, [], hook)

    def _answers(self) -> None:
        """With all hidden that may be, is anything read that nobody answers? Then with less hidden neither."""
        loom = Loom([each.copy() for each in self.diagrams], drawn=False)
        for process in list(loom.processes.values()):
            if process.properties.get("method.kind") != "phase":
                continue
            for node in [each for each in process.nodes if self._may(each, "hide") or self._may(each, "condition")]:
                loom.take_out(node.id, BY_METHOD)
        method, _, used = meaning(loom.diagrams, self.decided)
        if method is None:
            return
        for each in [*expression_problems(method, used, made(self.decided, used)), *gate_problems(method, loom.main)]:
            rule = RULES[each.rule]
            if rule.gravity(True) == "error":
                self.failures.append(rule.sentence.format(**{"name": Text(each.place.element)} | dict(each.facts)))


def _broken(process: Node, base: Node) -> Iterator[Text]:
    """What does not hold of one process as it was tailored."""
    problems = list(judged(process))
    for each in problems:
        yield Text(f"pas sain ({each.rule}, {each.place.element})", f"not sound ({each.rule}, {each.place.element})")
    if problems:
        return
    view, before = View(process, {}), View(base, {})
    locked = [n.id for n in base.nodes if n.tag == "userTask" and n.properties.get("method.lock", "locked") == "locked"]
    for id in locked:
        if id not in view.graph.entry or view.avoids(id):
            yield Text(f"« {id} » peut être évitée", f"“{id}” can be avoided")
            return
    for a in locked:
        for b in locked:
            if a != b and before.precedes(a, b) and not view.precedes(a, b):
                yield Text(f"« {a} » ne vient plus avant « {b} »", f"“{a}” no longer comes before “{b}”")
