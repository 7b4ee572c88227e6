"""One scenario of a file -> a file of its own, as the page that plays it writes them on: `étapes:` last.

What the other scenarios share with it (usual answers, the process) stays; comments do not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import yaml

from engine import document
from engine.document import Listed, Named, Said, Words
from engine.errors import NotFound
from engine.scenarios import keywords
from engine.words import Text

WAITING = "    fin: en attente\n"
STEPS = "    étapes:\n"
#: characters that YAML has only as numbers
UNSAID = re.compile("[\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]")
#: what may stand without quotes wherever a text may
PLAIN = re.compile(r"[\w(«][^:#\n\"]*")


def alone(
    content: bytes, file: str, name: str, *, steps: int | None = None, called: str = "", waits: bool = False
) -> str:
    """The scenario `name` of a file, in French where a keyword is ours; `called`: under another name.

    `steps`: no more of them, and then it waits; `waits`: whatever its end, it waits.
    Raises `ScenariosUnreadable`, `NotFound`.
    """
    said = document.read(content, file)
    assert isinstance(said, Named)
    top = _by_keyword(said, keywords.FILE)
    listed = top.pop("scenarios", None)
    found = next((each for each in _scenarios(listed) if _name(each) == name), None)
    if found is None:
        raise NotFound
    parts = _by_keyword(found, keywords.SCENARIO)
    doing = parts.pop("steps", None)
    all_ = doing.items if isinstance(doing, Listed) else ()
    kept = all_ if steps is None else all_[:steps]
    end = parts.pop("end", Words(""))
    parts.pop("scenario")
    lines = [f"{keywords.FILE[key].fr}:{_value(each, 2)}\n" for key, each in top.items()]
    lines += [f"{keywords.FILE['scenarios'].fr}:\n  - {keywords.SCENARIO['scenario'].fr}: {quoted(called or name)}\n"]
    lines += [f"    {keywords.SCENARIO[key].fr}:{_value(each, 6)}\n" for key, each in parts.items()]
    lines.append(f"    fin:{_value(end, 6)}\n" if len(kept) == len(all_) and not waits else WAITING)
    if kept:
        lines.append(STEPS)
        lines += [f"      - {_pairs(each, 8).lstrip()}\n" for each in kept if isinstance(each, Named)]
    return "".join(lines)


def quoted(text: str) -> str:
    return UNSAID.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _scenarios(listed: Said | None) -> list[Named]:
    return [each for each in listed.items if isinstance(each, Named)] if isinstance(listed, Listed) else []


def _name(said: Named) -> str:
    found = _by_keyword(said, keywords.SCENARIO).get("scenario")
    return found.text if isinstance(found, Words) else ""


def _by_keyword(said: Named, known: Mapping[str, Text]) -> dict[str, Said]:
    return {keywords.which(word, known): each for word, each in said.items.items()}


# --- YAML, block by block ---


def _value(said: Said, indent: int) -> str:
    """What follows `name:`."""
    if isinstance(said, Words):
        return f" {_word(said)}" if said.text or said.quoted else ""
    if isinstance(said, Listed):
        if not said.items:
            return " []"
        pad = " " * indent
        return "".join(f"\n{pad}- {_item(each, indent + 2)}" for each in said.items)
    return "\n" + _pairs(said, indent)


def _item(said: Said, indent: int) -> str:
    """What follows `- `."""
    if isinstance(said, Words):
        return _word(said) if said.text or said.quoted else '""'
    if isinstance(said, Listed):
        inner = _value(said, indent)
        return inner.lstrip() if said.items else "[]"
    return _pairs(said, indent).lstrip()


def _pairs(said: Named, indent: int) -> str:
    pad = " " * indent
    return "\n".join(f"{pad}{_key(name)}:{_value(each, indent + 2)}" for name, each in said.items.items())


def _key(name: str) -> str:
    return name if PLAIN.fullmatch(name) and name.isprintable() and name == name.strip() else quoted(name)


def _word(said: Words) -> str:
    """Without quotes where it had none, for that says what a variable is; with them where it must have some."""
    if said.quoted or not (PLAIN.fullmatch(said.text) and said.text.isprintable()):
        return quoted(said.text)
    read = yaml.compose(said.text, Loader=yaml.SafeLoader)
    same = isinstance(read, yaml.ScalarNode) and read.value == said.text
    return said.text if same else quoted(said.text)
