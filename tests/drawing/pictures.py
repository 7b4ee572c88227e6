"""Reads a drawing back, so that tests speak of elements, classes and words."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
HERE = Path(__file__).parent


def diagram(name: str) -> bytes:
    return (HERE / f"{name}.bpmn").read_bytes()


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def groups(svg: str) -> dict[str, etree._Element]:
    """The group of each drawn element by the element's id, without the groups of flows' names."""
    found = [group for group in parsed(svg).iter(f"{SVG}g") if group.get("data-element")]
    return {group.get("data-element", ""): group for group in found if group.get("class") != "flow-name"}


def classes(svg: str) -> dict[str, str]:
    return {name: group.get("class", "") for name, group in groups(svg).items()}


def words(element: etree._Element) -> str:
    """The label as it is read: lines joined."""
    return " ".join(str(line) for line in element.xpath(".//*[local-name()='text']//text()") if str(line).strip())


def names(svg: str) -> dict[str, str]:
    """What is written on or beside each element and each flow; those without words are left out."""
    return {
        group.get("data-element", ""): words(group)
        for group in parsed(svg).iter(f"{SVG}g")
        if group.get("data-element") and words(group)
    }


def tooltip(group: etree._Element) -> str | None:
    found = group.find(f".//{SVG}title")
    return None if found is None else found.text


def roles(group: etree._Element) -> list[str]:
    """The classes of the parts that make up an element, in drawing order."""
    return [part.get("class", "") for part in group.iter() if part.get("class") and part is not group]
