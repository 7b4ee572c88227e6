"""What a service may change of a release, element by element, and within which bounds; and what stays as it is.

    granted(release)["G2"]      (Grant("quorum", now="0.5", least="0.5", most="1"), Grant("criterion"), …)
    kept(release)["C3"]         (Text("sa place", …), …)

The judges say what is allowed: what is offered here is what they would accept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.method import Field, Gate, Method, Option, Phase, Task
from engine.overlay import operations as op
from engine.overlay.asking import listed, quorum, threshold
from engine.overlay.difference import loom_of
from engine.overlay.figures import rule
from engine.overlay.hooks import offered
from engine.overlay.judging import judged
from engine.overlay.lattice import OFF, RULES, stronger
from engine.overlay.loom import Loom
from engine.overlay.picking import Pickable, pickable
from engine.release import Release
from engine.words import Text

#: what a judge is asked with, where any would do
ANY = Text("Un nom", "A name")
PROBE = "local_0"
NOTHING = Pickable()


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing that may be changed. A share, a threshold: as a decimal; a deadline: ISO 8601."""

    kind: str  #: of the operation, as in its text form
    now: str = ""  #: what the method says; empty: nothing
    least: str = ""  #: of what may be set; empty: no bound
    most: str = ""
    choices: tuple[Option, ...] = ()  #: what may be set, where it is one of these: rules, roles, processes, questions
    field: str = ""  #: of an item, an option: the field that gets it
    label: Text = Text("")  #: of that field
    hook: str = ""  #: where a step, or a process, is inserted
    known: Pickable = NOTHING  #: what a condition may read

    @property
    def usual(self) -> bool:
        """A name, a document, a shorter deadline: what nearly every step may have otherwise."""
        return self.kind in ("label", "template") or (self.kind == "due" and self.most == self.now)


#: by the digest of a release: asked with every page of a tailoring
_GRANTED: dict[str, dict[str, tuple[Grant, ...]]] = {}


def granted(release: Release) -> Mapping[str, tuple[Grant, ...]]:
    """By id: of a task, of a gate, of a phase, of the process of an exceptional gate."""
    if release.digest not in _GRANTED:
        if len(_GRANTED) > 64:
            _GRANTED.clear()
        _GRANTED[release.digest] = _asked(release)
    return _GRANTED[release.digest]


def _asked(release: Release) -> dict[str, tuple[Grant, ...]]:
    loom, method = loom_of(release), release.method
    found = {task.id: _of_task(task, method, loom) for task in method.tasks.values()}
    found |= {gate.id: _of_gate(gate, method, loom) for gate in method.gate.values()}
    found |= {each.id: _of_exception(each.id, loom) for each in method.exceptions}
    found |= {phase.id: _of_phase(phase, loom) for phase in method.phases}
    for hook in offered(loom):
        found[hook.rpartition(".")[0]] += _insertions(hook, method, loom)
    return {id: tuple(each) for id, each in found.items()}


def _of_task(task: Task, method: Method, loom: Loom) -> list[Grant]:
    grants = [Grant("hide")] if judged(op.Hide(task.id), loom) is None else []
    if _may_depend(task.id, loom):
        grants.append(Grant("condition", known=pickable(task.id, loom, method)))
    grants += [_item(each) for each in task.form if each.type == "checklist" and not each.source]
    if judged(op.AddField(task.id, Field(PROBE, "string", ANY)), loom) is None:
        grants.append(Grant("field"))
    grants += [Grant("option", field=each.key, label=each.label) for each in task.form if _may_grow(task, each, loom)]
    grants += [*_due(task.id, loom), *_label(task.id, loom, task.form)]
    if judged(op.SetTemplate(task.id, PROBE), loom) is None:
        grants.append(Grant("template", now=task.template))
    return grants


def _may_depend(id: str, loom: Loom) -> bool:
    """Would some condition do?"""
    verdict = judged(op.MakeConditional(id, ""), loom)
    return verdict is not None and verdict[0].id == "readable"


def _may_grow(task: Task, field: Field, loom: Loom) -> bool:
    choice = field.type in ("enum", "multiselect")
    return choice and judged(op.AddOption(task.id, field.key, PROBE, ANY), loom) is None


def _item(field: Field) -> Grant:
    return Grant("item", field=field.key, label=field.label)


def _of_gate(gate: Gate, method: Method, loom: Loom) -> list[Grant]:
    if gate.id not in loom.nodes:
        return []
    share = quorum(loom.nodes[gate.id])
    grants = [Grant("quorum", str(share), str(share), "1")] if share < 1 else []
    rules = (each for each in RULES if each != gate.rule and stronger("rule", each, gate.rule))
    stricter = tuple(Option(each, rule(each)) for each in rules)
    grants += [Grant("rule", gate.rule, choices=stricter)] if stricter else []
    voters = tuple(Option(each.id, each.name) for each in method.roles if _may_vote(gate, each.id, loom))
    grants += [Grant("voter", choices=voters)] if voters else []
    return [*grants, Grant("criterion"), *_due(gate.id, loom), *_label(gate.id, loom)]


def _may_vote(gate: Gate, role: str, loom: Loom) -> bool:
    return role not in gate.voters and judged(op.AddVoter(gate.id, role), loom) is None


def _due(id: str, loom: Loom) -> list[Grant]:
    node = loom.nodes.get(id)
    if node is None or "method.silence" in node.properties:
        return []
    now, said = node.camunda("dueDate"), node.properties
    return [Grant("due", now, said.get("method.due.min", ""), said.get("method.due.max", now))]


def _label(id: str, loom: Loom, form: Iterable[Field] = ()) -> list[Grant]:
    """Of the element itself, and of each question that it asks."""
    if judged(op.Rename(id, ANY), loom) is not None:
        return []
    return [Grant("label", choices=tuple(Option(each.key, each.label) for each in form))]


def _of_exception(id: str, loom: Loom) -> list[Grant]:
    process = loom.processes.get(id)
    base = threshold(process) if process is not None else None
    if process is None or base is None:
        return []
    off = base == OFF
    most = process.properties.get("method.threshold.max", "") if off else str(base)
    return [Grant("threshold", "" if off else str(base), most=most)]


def _of_phase(phase: Phase, loom: Loom) -> list[Grant]:
    call = loom.nodes.get(phase.id)
    named = listed(call, "method.variants") if call is not None else []
    fit = [each for each in named if judged(op.Replace(phase.id, each), loom) is None]
    grants = [Grant("replace", phase.process, choices=_processes(fit, loom))] if fit else []
    return grants + _label(phase.id, loom)


def _insertions(hook: str, method: Method, loom: Loom) -> list[Grant]:
    roles = tuple(Option(each.id, each.name) for each in method.roles)
    fragments = [id for id, each in loom.processes.items() if each.properties.get("method.kind") == "fragment"]
    fit = [each for each in fragments if judged(op.InsertProcess(hook, each), loom) is None]
    found = [Grant("insert", choices=roles, hook=hook)]
    return found + ([Grant("insert_process", choices=_processes(fit, loom), hook=hook)] if fit else [])


def _processes(ids: Iterable[str], loom: Loom) -> tuple[Option, ...]:
    return tuple(Option(each, loom.processes[each].name) for each in ids)


# --- what stays ---


def kept(release: Release) -> dict[str, tuple[Text, ...]]:
    """What no service changes of an element, in words; it is the method's owner who keeps it."""
    loom, method = loom_of(release), release.method
    found = {id: tuple(_kept_of(task, loom)) for id, task in method.tasks.items()}
    return found | {id: KEPT_OF_GATES for id in method.gate}


def _kept_of(task: Task, loom: Loom) -> Iterator[Text]:
    place = judged(op.Hide(task.id), loom)
    if place is not None:
        yield Text("sa place (elle ne se masque pas)", "its place (it is not hidden)")
    node = loom.nodes.get(task.id)
    if task.silence is not None:
        yield Text("son délai, qui est de droit", "its deadline, a clock of law")
    elif task.due and node is not None and not node.properties.get("method.due.max"):
        yield Text("son délai ne s’allonge pas", "its deadline is not lengthened")
    yield Text("son rôle et ses questions", "its role and its questions")
    if not _label(task.id, loom):
        yield Text("son nom, qui est statutaire", "its name, which is statutory")
    if judged(op.SetTemplate(task.id, PROBE), loom) is not None:
        yield Text("son modèle de document", "its document template")


#: of every gate
KEPT_OF_GATES = (
    Text("sa place", "its place"), Text("son président", "its chair"),
    Text("ses votants, ses critères et ses issues", "its voters, criteria and outcomes"),
)  # fmt: skip
