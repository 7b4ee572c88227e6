"""An execution under way goes on with the specs of another program: all that waits goes on waiting.

Nothing ahead is in a state (`specs`), so that what the other program draws ahead is what comes. What is looked at is
what lives: each unfinished task must find its spec, of the same kind, with the same events beside it; and each join
that it leads to must still be able to get what it waits for. A finished task only hands on what it knows: where its
spec is gone, it stands as the start of its process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.execution.gateways import Parallel, arrivals, ways_in
from engine.execution.loops import Again, Many
from engine.execution.program import Program
from engine.execution.scopes import Inner
from engine.execution.specs import UNFINISHED
from engine.execution.state import dump, load
from engine.execution.values import copied

Why = Literal["gone", "changed", "starved"]


@dataclass(frozen=True, slots=True)
class Stuck:
    """What waits and cannot go on. `gone`: its element is not drawn any more; `changed`: it is something else, or has
    other events beside it; `starved`: the join `element` would wait for a branch that nobody is on.
    """

    element: str
    why: Why


@dataclass(frozen=True, slots=True)
class Rebound:
    state: bytes  #: empty where something is stuck
    stuck: tuple[Stuck, ...]


def rebind(
    before: Program, after: Program, process: str, state: bytes, variables: Mapping[str, Any]
) -> Rebound:  # fmt: skip
    """`state`, which `before` wrote, as one of `after`. `variables`: of what its expressions read
    and the state lacks; what is not given is null.
    """
    if process not in after.specs:
        return Rebound(b"", (Stuck(process, "gone"),))
    workflow = load(state, before, process)
    stuck: list[Stuck] = []
    trees = workflow.trees()
    specs = {id(workflow): after.specs[process]}
    for tree in trees:
        caller = workflow.caller(tree)
        if caller is not None:
            specs[id(tree)] = _body(caller, specs[id(caller.workflow)], after)
        stuck += _tree(tree, specs[id(tree)])
    if stuck:
        return Rebound(b"", tuple(dict.fromkeys(stuck)))
    unset = {name: variables.get(name) for name in after.reads - before.reads}
    for tree in trees:
        _move(tree, specs[id(tree)])
    workflow.program = after
    workflow.tell(workflow.task_tree, copied(unset))
    return Rebound(dump(workflow), ())


def elements(program: Program, process: str, state: bytes) -> tuple[tuple[str, str], ...]:
    """Where a token stands: (process, element), those that called others too; outermost first."""
    workflow = load(state, program, process)
    return tuple(
        (str(tree.spec.name), str(task.task_spec.bpmn_id))
        for tree in workflow.trees()
        for task in tree.tasks.values()
        if task._state & UNFINISHED and task.task_spec.bpmn_id
    )


def _body(caller: Any, specs: Any, after: Program) -> Any:
    """The specs of what `caller` called; None where they are not known any more."""
    spec = specs.task_specs.get(caller.task_spec.name) if specs is not None else None
    if not isinstance(spec, Inner):
        return None
    expressed = getattr(spec, "expression", "")
    return after.specs.get(caller.task_spec.called(caller) if expressed else spec.body)


def _tree(tree: Any, specs: Any) -> Iterator[Stuck]:
    if specs is None:
        return  # the caller is stuck
    named = specs.task_specs
    living = [task for task in tree.tasks.values() if task._state & UNFINISHED]
    if sorted(tree.spec.start.listeners) != sorted(specs.start.listeners):
        yield Stuck(str(specs.name), "changed")
    for task in living:
        found = named.get(_renamed(task.task_spec.name, tree.spec, specs))
        if found is None:
            yield Stuck(_element(task), "gone")
        elif not _alike(task, found):
            yield Stuck(_element(task), "changed")
    if all(_renamed(task.task_spec.name, tree.spec, specs) in named for task in living):
        yield from _starved(living, tree.spec, specs)


def _element(task: Any) -> str:
    return str(task.task_spec.bpmn_id or task.task_spec.name)


def _renamed(name: str, before: Any, after: Any) -> str:
    """The one spec that is named after its process: that of its end."""
    return str(after.end.name) if name == before.end.name else name


def _alike(task: Any, found: Any) -> bool:
    mine = task.task_spec
    return type(mine) is type(found) and _kind(mine) == _kind(found) and _beside(task) == _beside_in(found)


def _kind(spec: Any) -> tuple[Any, ...]:
    many = (spec.said, spec.in_turn) if isinstance(spec, Many) else ()
    again = (spec.most, spec.before) if isinstance(spec, Again) else ()
    return (
        spec.kind, spec.manual, spec.events, spec.instance_of, getattr(spec, "place", ""),
        getattr(spec, "interrupts", None), many, again,
    )  # fmt: skip


def _beside(task: Any) -> frozenset[str]:
    """The specs that began together with it: the activity and what stands on its border, or what races."""
    above = task.parent.task_spec if task.parent is not None else None
    return frozenset(above._outputs) if above is not None and (above.splits or above.races) else frozenset()


def _beside_in(spec: Any) -> frozenset[str]:
    named = spec._wf_spec.task_specs
    above = [named[name] for name in spec._inputs if named[name].splits or named[name].races]
    return frozenset(name for each in above for name in each._outputs)


def _starved(living: Iterable[Any], before: Any, specs: Any) -> Iterator[Stuck]:
    """The joins that some branch can come to, and another cannot any more."""
    named = specs.task_specs
    tokens = [task for task in living if not any(child._state & UNFINISHED for child in task.children)]
    for join in named.values():
        if not isinstance(join, Parallel):
            continue
        leads = ways_in(join)
        here = [task for task in tokens if task.task_spec.name == join.name]
        came = {_renamed(name, before, specs) for task in here for name in arrivals(task)}
        coming = {each for task in tokens for each in leads.get(_whole(task.task_spec), ())}
        if (here or coming) and not set(join._inputs) <= came | coming:
            yield Stuck(str(join.bpmn_id), "starved")


def _whole(spec: Any) -> str:
    """An instance stands for its loop."""
    return str(spec.instance_of or spec.name)


def _move(tree: Any, specs: Any) -> None:
    named = specs.task_specs
    for task in tree.tasks.values():
        task.task_spec = named.get(_renamed(task.task_spec.name, tree.spec, specs), specs.start)
    tree.spec = specs
