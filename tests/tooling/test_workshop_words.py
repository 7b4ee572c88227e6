"""The workshop speaks French whole, and offers all that the dialect has."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORKSHOP = ROOT / "web/frontend/workshop"
PAIR = re.compile(r'^  ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)


def french() -> dict[str, str]:
    source = (WORKSHOP / "words.fr.js").read_text(encoding="utf-8")
    return {json.loads(key): json.loads(words) for key, words in PAIR.findall(source)}


def shown() -> list[str]:
    """Every word that the libraries and our own files may show, as built from them (words.mjs)."""
    found: list[str] = json.loads((WORKSHOP / "words.json").read_text(encoding="utf-8"))
    return found


def test_every_word_of_the_canvas_and_the_panel_has_its_french_and_nothing_else_has() -> None:
    assert sorted(french()) == sorted(shown())


def test_what_is_filled_in_is_filled_in_in_both_languages() -> None:
    facts = re.compile(r"{\w+}")
    assert [key for key, words in french().items() if sorted(facts.findall(key)) != sorted(facts.findall(words))] == []


def test_the_panel_offers_every_attribute_of_the_dialect() -> None:
    page = (ROOT / "docs/reference/dialect.md").read_text(encoding="utf-8")
    said = set(re.findall(r"`(method\.[a-z_.]+[a-z_])", page))
    # what stands for several: one line each, under a prefix
    listed = {"method.role", "method.criterion", "method.set", "method.check", "method.silence.answer"}
    code = "\n".join(each.read_text(encoding="utf-8") for each in sorted(WORKSHOP.glob("*.js")))
    offered = set(re.findall(r'"(method\.[a-z_.]+)"', code))
    prefixes = {name for name in said if any(name == each or name.startswith(f"{each}.") for each in listed)}
    families = {"method.gate.baseline", "method.gate.tolerance"}  # named one by one
    of_camunda_8 = {"method.type"}  # of a component of form-js: the panel offers the type itself
    assert said - offered - prefixes - families - of_camunda_8 == set()
    assert listed <= offered
