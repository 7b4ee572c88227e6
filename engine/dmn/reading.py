"""A .dmn file (DMN 1.1 to 1.5) -> the model. The XML itself is read by `engine.diagram`, with its limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from engine.diagram import xml
from engine.dmn.model import (
    Aggregation,
    Boxed,
    Cell,
    Context,
    Decision,
    HitPolicy,
    Input,
    Invocation,
    Items,
    Lambda,
    Model,
    Output,
    Problem,
    Row,
    Table,
)
from engine.dmn.problems import problem
from engine.dmn.texts import Texts
from engine.errors import Unreadable
from engine.method import Place
from engine.words import Text

SHORT = {each[0]: each for each in get_args(HitPolicy)}  # as a table's corner shows them
BOXED = frozenset(
    "decisionTable literalExpression context invocation list relation functionDefinition conditional filter for some "
    "every".split()
)


def read_model(content: bytes, file: str) -> Model:
    """Raises `TooLarge`, and `Unreadable` for what is not DMN."""
    root = xml(content, file)
    if tag(root) != "definitions" or "DMN" not in root.tag:
        why = Text(
            f"l’élément racine est <{tag(root)}>, et non les <definitions> de DMN",
            f"the root element is <{tag(root)}>, not the <definitions> of DMN",
        )
        raise Unreadable(file=file, line=root.sourceline or 1, why=why)
    return Reader(root, file).model()


def tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def children(element: Any, *tags: str) -> Iterator[Any]:
    """Those of DMN itself, not of a vendor."""
    namespace = str(element.tag).partition("}")[0]
    for each in element:
        if str(each.tag).startswith(namespace + "}") and (not tags or tag(each) in tags):
            yield each


def child(element: Any, *tags: str) -> Any:
    return next(children(element, *tags), None)


def text_of(element: Any) -> str:
    inside = None if element is None else child(element, "text")
    return "" if inside is None else (inside.text or "").strip()


class Reader:
    """Reads one file. What it cannot read becomes a problem, and an empty part of the model."""

    def __init__(self, root: Any, file: str) -> None:
        self.root = root
        self.file = file
        self.language = root.get("expressionLanguage", "")
        names = {str(each.get("name") or "").strip() for each in root.iter() if isinstance(each.tag, str)}
        self.texts = Texts(str(root.tag)[1:].partition("}")[0], names - {""})
        self.problems: list[Problem] = self.texts.problems

    def place(self, element: Any) -> Place:
        return Place(self.file, int(element.sourceline or 0), str(element.get("id", "")))

    def problem(self, rule: str, element: Any, **facts: Any) -> None:
        self.problems.append(problem(rule, self.place(element), **facts))

    def model(self) -> Model:
        decisions = [self.decision(each) for each in children(self.root, "decision")]
        knowledge = [self.decision(each) for each in children(self.root, "businessKnowledgeModel")]
        types = {
            str(each.get("name")): (child(each, "typeRef").text or "").strip()
            for each in children(self.root, "itemDefinition")
            if child(each, "typeRef") is not None
        }
        return Model(
            self.file,
            {each.id: each for each in decisions},
            {each.id: each for each in knowledge},
            types,
            tuple(self.problems),
            {str(each.get("id")): str(each.get("name") or each.get("id"))
             for each in children(self.root, "decisionService")},
        )  # fmt: skip

    def decision(self, element: Any) -> Decision:
        variable = child(element, "variable")
        name = str(element.get("name") or element.get("id") or "")
        before = len(self.problems)
        found = child(element, "encapsulatedLogic", *BOXED)
        if found is None:
            self.problem("decision-empty", element, name=name)
        logic = None if found is None else self.boxed(found)
        hrefs = [
            str(each.get("href", ""))
            for requirement in children(element, "informationRequirement", "knowledgeRequirement")
            for each in children(requirement, "requiredDecision", "requiredKnowledge")
        ]
        id = str(element.get("id") or name)
        inputs = tuple(self.inputs(element))
        self.problems[before:] = [replace(each, decision=id) for each in self.problems[before:]]
        return Decision(
            id=id,
            name=name,
            variable=str((variable.get("name") if variable is not None else "") or name).strip(),
            type=str(variable.get("typeRef") or "") if variable is not None else "",
            logic=logic,
            needs=tuple(dict.fromkeys(href.removeprefix("#") for href in hrefs)),
            inputs=inputs,
            place=self.place(element),
        )

    def inputs(self, element: Any) -> Iterator[str]:
        """The names of the input data it requires; of each, "" where the file gives it no variable."""
        data = {each.get("id"): child(each, "variable") for each in children(self.root, "inputData")}
        for requirement in children(element, "informationRequirement"):
            for each in children(requirement, "requiredInput"):
                href = str(each.get("href", ""))
                if href and not href.startswith("#") and href not in data:
                    self.problem("decision-missing", element, name=str(element.get("name") or ""), needed=href)
                variable = data.get(href.removeprefix("#"))
                yield str(variable.get("name") or "") if variable is not None else ""

    # boxed expressions

    def boxed(self, element: Any, language: str = "") -> Boxed | None:
        kind = tag(element)
        if kind == "decisionTable":
            return self.table(element)
        if kind == "literalExpression":
            return self.cell(element, language)
        if kind == "context":
            return Context(tuple(self.entry(each) for each in children(element, "contextEntry")))
        if kind == "list":
            return Items(tuple(self.parts(element)))
        if kind == "relation":
            names = [str(each.get("name")) for each in children(element, "column")]
            rows = [list(self.parts(row)) for row in children(element, "row")]
            return Items(tuple(Context(tuple(zip(names, row, strict=False))) for row in rows))
        if kind in ("functionDefinition", "encapsulatedLogic"):
            return self.function(element)
        if kind == "invocation":
            return self.invocation(element)
        self.problem("decision-not-run", element, tag=kind)
        return None

    def parts(self, element: Any) -> Iterator[Boxed]:
        for each in children(element, *BOXED):
            found = self.boxed(each)
            if found is not None:
                yield found

    def entry(self, element: Any) -> tuple[str, Boxed]:
        variable = child(element, "variable")
        return (str(variable.get("name")) if variable is not None else ""), self.inside(element)

    def inside(self, element: Any) -> Boxed:
        """The expression in an element; an empty text where there is none."""
        return next(self.parts(element), Cell("", self.place(element), None))

    def function(self, element: Any) -> Lambda | None:
        if element.get("kind", "FEEL") not in ("FEEL", "F"):
            self.problem("decision-not-run", element, tag=f"functionDefinition kind={element.get('kind')}")
            return None
        names = tuple(str(each.get("name")) for each in children(element, "formalParameter"))
        return Lambda(names, self.inside(element), self.place(element))

    def invocation(self, element: Any) -> Invocation:
        function = child(element, "literalExpression")
        named = self.cell(function) if function is not None else Cell("", self.place(element), None)
        bindings = [
            (str(parameter.get("name")), self.inside(each))
            for each in children(element, "binding")
            if (parameter := child(each, "parameter")) is not None
        ]
        return Invocation(named, tuple(bindings))

    def cell(self, element: Any, language: str = "", *, unary: bool = False) -> Cell:
        said = str(element.get("expressionLanguage") or language or self.language)
        return self.texts.cell(text_of(element), self.place(element), said, unary=unary)

    # decision tables

    def table(self, element: Any) -> Table:
        inputs = tuple(self.input(each) for each in children(element, "input"))
        outputs = tuple(self.output(each) for each in children(element, "output"))
        rows = [self.row(number, each) for number, each in enumerate(children(element, "rule"), 1)]
        policy = str(element.get("hitPolicy") or "UNIQUE").upper()
        policy = SHORT.get(policy[:1], policy) if len(policy) <= 2 else policy
        if policy not in get_args(HitPolicy):
            self.problem("decision-hit-policy", element, policy=policy)
            policy = "UNIQUE"
        aggregation: Aggregation = element.get("aggregation", "")
        return Table(policy, aggregation, inputs, outputs, tuple(rows), self.place(element))  # type: ignore[arg-type]

    def input(self, element: Any) -> Input:
        expression = child(element, "inputExpression")
        values = child(element, "inputValues")
        label = str(element.get("label") or element.get("id") or "")
        named = Cell("", self.place(element), None)
        if text_of(expression):
            named = self.cell(expression)
        elif label.isidentifier():  # as SpiffWorkflow reads it
            named = self.texts.cell(label, self.place(element), "feel")
            self.problems.append(problem("decision-input-label", named.place, label=label))
        else:
            self.problem("decision-input-empty", element, label=label)
        type = str(expression.get("typeRef") or "") if expression is not None else ""
        return Input(label, named, type, None if values is None else self.cell(values, unary=True))

    def output(self, element: Any) -> Output:
        values, default = child(element, "outputValues"), child(element, "defaultOutputEntry")
        return Output(
            name=str(element.get("name") or "").strip(),
            type=str(element.get("typeRef") or ""),
            values=() if values is None else self.listed(values),
            allowed=None if values is None else self.cell(values, unary=True),
            default=None if default is None else self.cell(default),
            place=self.place(element),
        )

    def listed(self, element: Any) -> tuple[Any, ...]:
        """The values of a list of literals, `"Approved", "Declined"`."""
        whole = self.texts.cell(f"[{text_of(element)}]", self.place(element), "feel").feel
        return () if whole is None else tuple(whole.evaluate({}, strict=False))

    def row(self, number: int, element: Any) -> Row:
        tests = tuple(self.cell(each, unary=True) for each in children(element, "inputEntry"))
        return Row(number, tests, tuple(map(self.cell, children(element, "outputEntry"))), self.place(element))
