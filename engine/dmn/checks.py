"""What is wrong in the decisions of a file, before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from engine import feel
from engine.dmn.model import Boxed, Cell, Context, Decision, Invocation, Items, Lambda, Model, Output, Problem, Table
from engine.dmn.overlaps import overlaps
from engine.dmn.problems import problem
from engine.dmn.texts import checked_kind
from engine.words import Text

MOST_OVERLAPS = 20  #: said of one table


def checked(model: Model) -> tuple[Problem, ...]:
    """Those of the reading, and those found here, in the order of the file."""
    everything = [*model.decisions.values(), *model.knowledge.values()]
    found = list(model.problems)
    for decision in everything:
        checks = (_needs(model, decision), _logic(model, decision, decision.logic, _known(model, decision)))
        found += [replace(each, decision=decision.id) for each in chain(*checks)]
    found += _circles(model, everything)
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.place.line))


def _needs(model: Model, decision: Decision) -> Iterator[Problem]:
    for id in decision.needs:
        if id in model.services:
            yield problem("decision-service", decision.place, name=decision.name, service=model.services[id])
        elif id not in model.decisions and id not in model.knowledge:
            yield problem("decision-missing", decision.place, name=decision.name, needed=id)


def _circles(model: Model, everything: list[Decision]) -> Iterator[Problem]:
    """Depth first, without recursion; a decision met again on its own way is in a circle."""
    parts = model.knowledge | model.decisions  # type: ignore[operator]
    done: set[str] = set()
    for start in everything:
        way: list[tuple[str, Iterator[str]]] = [(start.id, iter(start.needs))] if start.id not in done else []
        while way:
            for id in way[-1][1]:
                on_the_way = [each for each, _ in way]
                if id in on_the_way:
                    names = [parts[each].name for each in on_the_way[on_the_way.index(id) :]]
                    yield replace(problem("decision-circle", parts[id].place, names=names), decision=id)
                elif id in parts and id not in done:
                    way.append((id, iter(parts[id].needs)))
                    break
            else:
                done.add(way.pop()[0])


def _known(model: Model, decision: Decision) -> Mapping[str, str] | None:
    """The names that its texts may read; None where the file does not say what its inputs are called."""
    if not decision.inputs or not all(decision.inputs):
        return None
    names = dict.fromkeys(decision.inputs, "")
    for id in decision.needs:
        needed = model.decisions.get(id) or model.knowledge.get(id)
        if needed is not None:
            names[needed.variable] = ""
            names |= dict.fromkeys(_outputs(needed), "")
    return names


def _outputs(decision: Decision) -> list[str]:
    return [each.name for each in decision.logic.outputs] if isinstance(decision.logic, Table) else []


def _logic(model: Model, decision: Decision, logic: Boxed | None, known: Mapping[str, str] | None) -> Iterator[Problem]:
    if isinstance(logic, Table):
        yield from _table(model, logic, known)
    elif isinstance(logic, Cell):
        yield from _cell(model, logic, known)
    elif isinstance(logic, Lambda):
        inside = None if known is None else {**known, **dict.fromkeys(logic.parameters, "")}
        yield from _logic(model, decision, logic.body, inside)
    elif isinstance(logic, Context):
        for name, entry in logic.entries:
            yield from _logic(model, decision, entry, known)
            known = None if known is None else {**known, name: ""}
    elif isinstance(logic, Items):
        yield from chain.from_iterable(_logic(model, decision, each, known) for each in logic.items)
    elif isinstance(logic, Invocation):
        yield from chain.from_iterable(_logic(model, decision, each, known) for _, each in logic.bindings)


def _cell(model: Model, cell: Cell, known: Mapping[str, str] | None, tested: str = "") -> Iterator[Problem]:
    """`tested`: the kind of the values of its column. The process may give a name that the file does not link."""
    if cell.feel is None:
        return
    names = cell.feel.names | {each.variable for each in model.knowledge.values()} | set(model.services.values())
    for complaint in feel.check(cell.feel.text, known, unary=cell.feel.unary, kinds={"?": tested}, names=names):
        why = Text(complaint.message.fr, complaint.message.en)
        if complaint.rule == "unknown-name":
            yield problem("decision-name", cell.place, text=cell.text[:80], why=why)
        else:
            yield problem("decision-expression", cell.place, text=cell.text[:80], why=why)


def _table(model: Model, table: Table, known: Mapping[str, str] | None) -> Iterator[Problem]:
    yield from _columns(table)
    yield from _hit_policy(table)
    for column in table.inputs:
        yield from _cell(model, column.expression, known)
    for row in table.rows:
        for column, cell in zip(table.inputs, row.tests, strict=False):
            yield from _cell(model, cell, known, checked_kind(column.type, dict(model.types)))
        for output, cell in zip(table.outputs, row.outputs, strict=False):
            yield from _cell(model, cell, known)
            yield from _output_value(output, cell)
    if table.hit == "UNIQUE" and all(len(row.tests) == len(table.inputs) for row in table.rows):
        found = overlaps(table, dict(model.types))
        for _, each in zip(range(MOST_OVERLAPS), found, strict=False):
            facts = {"one": each.one.number, "other": each.other.number}
            yield problem("decision-overlap", each.other.place, witness=each.witness or "—", **facts)


def _columns(table: Table) -> Iterator[Problem]:
    inputs, outputs = Text("entrée(s)", "input(s)"), Text("sortie(s)", "output(s)")
    for row in table.rows:
        for what, cells, columns in ((inputs, row.tests, table.inputs), (outputs, row.outputs, table.outputs)):
            if len(cells) != len(columns):
                facts = {"row": row.number, "found": len(cells), "wanted": len(columns), "what": what}
                yield problem("decision-column-missing", row.place, **facts)


def _hit_policy(table: Table) -> Iterator[Problem]:
    if table.aggregation and (table.hit != "COLLECT" or len(table.outputs) != 1):
        yield problem("decision-aggregation", table.place, aggregation=table.aggregation)
    if table.hit in ("PRIORITY", "OUTPUT ORDER") and not any(output.values for output in table.outputs):
        yield problem("decision-priorities", table.place, policy=table.hit)


def _output_value(output: Output, cell: Cell) -> Iterator[Problem]:
    allowed = output.allowed.feel if output.allowed is not None else None
    if allowed is None or cell.feel is None or cell.feel.names or cell.feel.functions:
        return
    try:
        fits = allowed.evaluate({"?": cell.feel.evaluate({})})
    except feel.FeelError:
        fits = False
    if fits is not True:
        yield problem("decision-output-value", cell.place, text=cell.text[:80], values=allowed.text)
