"""Expressions of other engines, said in FEEL where their meaning is certain.

A drawing that was made for another engine brings its expressions: JUEL (`${…}`, `#{…}`) of Camunda 7, Flowable and
Activiti, the Python of SpiffWorkflow, the JavaScript of bpmn-engine, FEEL behind "=" of Camunda 8. `to_feel` gives FEEL
that has the same value wherever the original has one; where the original leans on a habit of its language (null counts
for false, "1" equals 1) the FEEL refuses to answer, which is an incident, and never answers otherwise. Numbers are
decimal: 0.1 + 0.2 = 0.3 is true here and false in Java and Python.

text -> a tree of what is said (`reading`: JUEL and JavaScript; `python`) -> FEEL (`writing`)
"""

from __future__ import annotations

import builtins
import re

from engine import feel
from engine.juel.python import is_not_python, read_python
from engine.juel.reading import JAVASCRIPT, JUEL, read
from engine.juel.tree import Tree, Unsure
from engine.juel.writing import write
from engine.words import Text

SCRIPT = re.compile(r"\b(this|environment|variables)\.|\bnext\(|===|!==|&&|\|\||!(?!=)")
LONGEST = 2_000  #: characters of an expression that is translated
JUEL_DIALECTS = frozenset(["camunda", "flowable", "activiti"])


def to_feel(text: str, dialect: str) -> str | None:
    """The same in FEEL, or None where that is not certain. Text that is FEEL already comes back as it is."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    try:
        found = _translated(text, dialect)
        feel.compile(found)
    except (Unsure, feel.FeelSyntaxError, RecursionError):
        return None
    return found


def refusal(text: str) -> Text:
    """What is said of an expression that is not translated: the text, and how to write it."""
    shown = text if len(text) <= 120 else text[:119] + "…"
    return Text(
        f'« {shown} » n’a pas de sens certain ici. Écrivez-le en FEEL : montant > 1000 and statut = "accepté"',
        f'“{shown}” has no certain meaning here. Write it in FEEL: amount > 1000 and status = "accepted"',
    )


def _translated(text: str, dialect: str) -> str:
    inside = _inside(text)
    if text.startswith("="):
        return text[1:].strip()  # Camunda 8, and modelers that follow it
    if dialect == "spiffworkflow":
        return text if is_not_python(text) or _calls_feel(text) else write(read_python(text))
    if dialect in JUEL_DIALECTS or (inside is not None and dialect != "bpmn-engine"):
        return text if inside is None and "${" not in text and "#{" not in text else write(_juel(inside))
    if dialect == "bpmn-engine" and (inside is not None or _is_javascript(text)):
        return write(read(_returned(text) if inside is None else inside, JAVASCRIPT))
    return text if _is_feel(text) else write(_juel(text))  # ==, && and 'text' mean the same in every other language


def _is_feel(text: str) -> bool:
    try:
        feel.compile(text)
    except feel.FeelSyntaxError:
        return False
    return True


def _juel(inside: str | None) -> Tree:
    if inside is None:
        raise Unsure  # text around an expression, or several
    return read(inside, JUEL)


def _inside(text: str) -> str | None:
    """What stands between `${` and `}` when these enclose the whole text."""
    return text[2:-1] if text[:2] in ("${", "#{") and text.endswith("}") else None


def _is_javascript(text: str) -> bool:
    return SCRIPT.search(text) is not None


def _calls_feel(text: str) -> bool:
    """Whether it reads as FEEL and calls functions that FEEL has and Python has not."""
    try:
        called = feel.compile(text).functions
    except feel.FeelSyntaxError:
        return False
    return bool(called) and called <= feel.BUILTINS - set(dir(builtins))


def _returned(text: str) -> str:
    """The value that a script hands on: `next(null, value);`."""
    bare = text.rstrip(";").strip()
    if bare.startswith("next(") and bare.endswith(")"):
        first, comma, value = bare[5:-1].partition(",")
        if first.strip() == "null" and comma:
            return value
    return bare


__all__ = ["refusal", "to_feel"]
