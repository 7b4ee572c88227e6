"""A YAML file -> its words, each with its line and column. Nothing in it is ever taken for code, or for a type.

    Words("3", line, column)    Listed([...], line, column)    Named({"fin": ...}, line, column)

What a word means (a number, a date, yes) is for who reads it: the form knows, YAML does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from engine.errors import DiagramRefused, ScenariosUnreadable
from engine.words import Text

LARGEST = 500_000  #: bytes
DEEPEST = 12  #: lists and pairs one inside the other
MOST_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    line: int = 0  #: from 1
    column: int = 0  #: from 1
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    items: tuple[Said, ...]
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """Pairs in the order written. `keys`: where each name stands."""

    items: dict[str, Said]
    line: int = 0
    column: int = 0
    keys: dict[str, Words] = field(default_factory=dict)


Said = Words | Listed | Named


def read(content: bytes, file: str, refusal: type[DiagramRefused] = ScenariosUnreadable) -> Said:
    """The file's one document. Raises `refusal`, which says the line and the column."""
    return _Reader(file, refusal).read(content)


#: what PyYAML says, by its first words -> what we say
_WHY = {
    "found character '\\t'": Text(
        "une tabulation ne peut pas servir de retrait : mettez des espaces",
        "a tab cannot indent: use spaces",
    ),
    "mapping values are not allowed": Text(
        "un « : » de trop, ou un retrait qui ne convient pas : mettez le texte entre guillemets s’il contient « : »",
        "a “:” too many, or an indentation that does not fit: put a text that holds “:” in quotes",
    ),
    "could not find expected ':'": Text("il manque « : » après un nom", "“:” is missing after a name"),
    "expected <block end>": Text(
        "le retrait ne convient pas : alignez les lignes qui vont ensemble",
        "the indentation does not fit: align the lines that belong together",
    ),
    "found unexpected end of stream": Text("un guillemet n’est pas refermé", "a quote is not closed"),
    "but found another document": Text(
        "un seul document par fichier : retirez « --- »", "one document a file: remove “---”"
    ),
    "special characters are not allowed": Text(
        "un caractère invisible s’y trouve", "it holds a character that cannot be shown"
    ),
}  # fmt: skip
_NOT_WELL_FORMED = Text("le YAML n’est pas bien formé", "the YAML is not well-formed")


class _Reader:
    def __init__(self, file: str, refusal: type[DiagramRefused]) -> None:
        self.file, self.refusal = file, refusal

    def read(self, content: bytes) -> Said:
        if len(content) > LARGEST:
            raise self.refuse(1, 1, Text(f"plus de {LARGEST} octets", f"more than {LARGEST} bytes"))
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self.refuse(1, 1, Text("seul l’encodage UTF-8 est accepté", "only UTF-8 is accepted")) from None
        try:
            self._measure(text)
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise self.refuse(line, column, _in_words(error)) from None
        if node is None:
            raise self.refuse(1, 1, Text("le fichier est vide", "the file is empty"))
        return self._said(node)

    def refuse(self, line: int, column: int, why: Text) -> DiagramRefused:
        return self.refusal(file=self.file, line=line, column=column, why=why)

    def _measure(self, text: str) -> None:
        """Before anything is built: how deep it goes, how much it holds, that it repeats nothing by reference."""
        depth = count = 0
        for event in _events(text):
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            if isinstance(event, yaml.AliasEvent):
                why = Text("les renvois (*nom) ne sont pas acceptés", "references (*name) are not accepted")
                raise self.refuse(line, column, why)
            if getattr(event, "tag", None):
                why = Text("les types (!nom) ne sont pas acceptés", "types (!name) are not accepted")
                raise self.refuse(line, column, why)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            count += 1
            if depth > DEEPEST:
                why = Text(f"plus de {DEEPEST} niveaux", f"more than {DEEPEST} levels")
                raise self.refuse(line, column, why)
            if count > MOST_WORDS:
                why = Text(f"plus de {MOST_WORDS} mots", f"more than {MOST_WORDS} words")
                raise self.refuse(line, column, why)

    def _said(self, node: Any) -> Said:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if isinstance(node, yaml.ScalarNode):
            return Words(node.value.strip(), line, column, node.style in ("'", '"'))
        if isinstance(node, yaml.SequenceNode):
            return Listed(tuple(map(self._said, node.value)), line, column)
        items: dict[str, Said] = {}
        keys: dict[str, Words] = {}
        for name, value in node.value:
            key = self._said(name)
            if not isinstance(key, Words):
                why = Text("un nom est attendu avant « : »", "a name is expected before “:”")
                raise self.refuse(key.line, key.column, why)
            if key.text in items:
                why = Text("« {name} » y est dit deux fois", "“{name}” is said twice").format(name=key.text)
                raise self.refuse(key.line, key.column, why)
            items[key.text], keys[key.text] = self._said(value), key
        return Named(items, line, column, keys)


def _events(text: str) -> Iterator[Any]:
    return iter(yaml.parse(text, Loader=yaml.SafeLoader))


def _in_words(error: yaml.YAMLError) -> Text:
    said = " ".join(str(getattr(error, name, "") or "") for name in ("context", "problem", "reason"))
    return next((why for start, why in _WHY.items() if start in said), _NOT_WELL_FORMED)
