"""DMN files of one table, written from their cells."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]


def table(
    columns: dict[str, str],
    outputs: dict[str, str],
    rows: Sequence[tuple[str, ...]],
    *,
    hit: str = "",
    aggregation: str = "",
    values: str = "",
    default: str = "",
    namespace: str = NAMESPACES[2],
    language: str = "",
) -> bytes:
    """One table. `columns`: expression -> type; `outputs`: name -> type; a row, on a line: tests, then outputs."""
    inputs = "".join(
        f"<input><inputExpression typeRef={quoteattr(type)}>{said(text)}</inputExpression></input>"
        for text, type in columns.items()
    )
    defaults = f"<defaultOutputEntry>{said(default)}</defaultOutputEntry>" if default else ""
    listed = f"<outputValues>{said(values)}</outputValues>" if values else ""
    results = "".join(
        f"<output name={quoteattr(name)} typeRef={quoteattr(type)}>{listed}{defaults}</output>"
        for name, type in outputs.items()
    )
    lines = "\n".join(
        f"<rule>{''.join(cell('inputEntry', each) for each in row[: len(row) - len(outputs)])}"
        f"{''.join(cell('outputEntry', each) for each in row[len(row) - len(outputs) :])}</rule>"
        for row in rows
    )
    policy = f" hitPolicy={quoteattr(hit)}" if hit else ""
    policy += f" aggregation={quoteattr(aggregation)}" if aggregation else ""
    return decision(f"<decisionTable{policy}>{inputs}{results}\n{lines}</decisionTable>", namespace, language)


def decision(logic: str, namespace: str = NAMESPACES[2], language: str = "") -> bytes:
    spoken = f" expressionLanguage={quoteattr(language)}" if language else ""
    inside = f"<decision id='d' name='aide'>{logic}</decision>"
    return f"<definitions xmlns={quoteattr(namespace)}{spoken}>{inside}</definitions>".encode()


def literal(text: str) -> str:
    return f"<literalExpression>{said(text)}</literalExpression>"


def cell(tag: str, text: str) -> str:
    return f"<{tag}>{said(text)}</{tag}>"


def said(text: str) -> str:
    return f"<text>{escape(text)}</text>"
