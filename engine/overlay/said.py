"""The words of an overlay's file -> the overlay. Whatever is not understood is refused, by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from engine.document import Listed, Named, Said, Words
from engine.errors import OverlayUnreadable
from engine.method import Column, Field, FieldType, Item, Option
from engine.overlay.operations import KINDS, Local, Operation, Overlay
from engine.words import Text

ONE_TEXT = Text("un seul texte est attendu", "one text is expected")
PAIRS = Text("des « nom : valeur » sont attendus", "“name: value” pairs are expected")
LIST = Text("une liste est attendue", "a list is expected")
BILINGUAL = Text("un texte avec « fr » et « en » est attendu", "a text with “fr” and “en” is expected")
UNKNOWN = Text("« {name} » n’est pas attendu ici ; il y a {known}", "“{name}” is not expected here; there are {known}")
LACKING = Text("il manque « {name} »", "“{name}” is missing")
ONE_OF = Text("« {value} » n’est pas de {known}", "“{value}” is none of {known}")
NUMBER = Text("« {value} » n’est pas un nombre", "“{value}” is no number")
DATE = Text("« {value} » n’est pas une date : 2027-01-31", "“{value}” is no date: 2027-01-31")
YES_OR_NO = Text("yes ou no est attendu, et non « {value} »", "yes or no is expected, not “{value}”")
BOUND = Text("« {value} » ne dit pas méthode@version", "“{value}” does not say method@version")
ENVELOPE = ("overlay", "service", "reason", "author", "approver", "valid_from", "valid_until", "operations",
            "fingerprint")  # fmt: skip


class Reader:
    def __init__(self, file: str) -> None:
        self.file = file

    def refuse(self, said: Said, why: Text, **facts: Any) -> OverlayUnreadable:
        return OverlayUnreadable(file=self.file, line=said.line, column=said.column, why=why.format(**facts))

    def overlay(self, said: Said) -> Overlay:
        found = self.pairs(said, ENVELOPE)
        for name in ("overlay", "service", "operations"):
            if name not in found:
                raise self.refuse(said, LACKING, name=name)
        bound = self.text(found["overlay"])
        method, at, version = bound.partition("@")
        if not (method and at and version):
            raise self.refuse(found["overlay"], BOUND, value=bound)
        return Overlay(
            method=method, version=version, service=self.text(found["service"]),
            operations=tuple(self.operation(each) for each in self.items(found["operations"])),
            reason=self.text(found.get("reason")), author=self.text(found.get("author")),
            approver=self.text(found.get("approver")), valid_from=self.day(found.get("valid_from")),
            valid_until=self.day(found.get("valid_until")),
        )  # fmt: skip

    def fingerprint(self, said: Said) -> Words | None:
        found = said.items.get("fingerprint") if isinstance(said, Named) else None
        return found if isinstance(found, Words) else None

    def operation(self, said: Said) -> Operation:
        if not isinstance(said, Named):
            raise self.refuse(said, PAIRS)
        if "op" not in said.items:
            raise self.refuse(said, LACKING, name="op")
        kind = self.text(said.items["op"])
        if kind not in KINDS:
            raise self.refuse(said.items["op"], ONE_OF, value=kind, known=tuple(KINDS))
        made: Operation = self.made(KINDS[kind], said, beside=("op",))
        return made

    # --- a dataclass from its pairs ---

    def made(self, shape: type[Any], said: Said, beside: tuple[str, ...] = ()) -> Any:
        known = {each.name: each for each in fields(shape) if str(each.type) in self.readers}
        found = self.pairs(said, (*beside, *known))
        values = {}
        for name, each in known.items():
            if name in found:
                values[name] = self.readers[str(each.type)](self, found[name])
            elif each.default is MISSING and each.default_factory is MISSING:
                raise self.refuse(said, LACKING, name=name)
        return shape(**values)

    def each(self, shape: type[Any], said: Said) -> tuple[Any, ...]:
        return tuple(self.made(shape, one) for one in self.items(said))

    def form_field(self, said: Said) -> Field:
        found: Field = self.made(Field, said)
        return found

    def field_type(self, said: Said) -> str:
        value = self.text(said)
        if value not in get_args(FieldType):
            raise self.refuse(said, ONE_OF, value=value, known=get_args(FieldType))
        return value

    # --- values ---

    def pairs(self, said: Said, known: tuple[str, ...]) -> dict[str, Said]:
        if not isinstance(said, Named):
            raise self.refuse(said, PAIRS)
        for name in said.items:
            if name not in known:
                raise self.refuse(said.keys[name], UNKNOWN, name=name, known=known)
        return said.items

    def items(self, said: Said) -> tuple[Said, ...]:
        if not isinstance(said, Listed):
            raise self.refuse(said, LIST)
        return said.items

    def text(self, said: Said | None) -> str:
        if said is None:
            return ""
        if not isinstance(said, Words):
            raise self.refuse(said, ONE_TEXT)
        return said.text

    def bilingual(self, said: Said) -> Text:
        if not isinstance(said, Named) or "fr" not in said.items:
            raise self.refuse(said, BILINGUAL)
        found = self.pairs(said, ("fr", "en"))
        return Text(self.text(found["fr"]), self.text(found.get("en")))

    def number(self, said: Said) -> Decimal:
        value = self.text(said)
        try:
            found = Decimal(value)
        except InvalidOperation:
            raise self.refuse(said, NUMBER, value=value) from None
        if not found.is_finite():
            raise self.refuse(said, NUMBER, value=value)
        return found

    def yes(self, said: Said) -> bool:
        value = self.text(said)
        if value not in ("yes", "no"):
            raise self.refuse(said, YES_OR_NO, value=value)
        return value == "yes"

    def day(self, said: Said | None) -> date | None:
        value = self.text(said)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self.refuse(said or Words(""), DATE, value=value) from None

    #: by the type that a field of a dataclass declares
    readers: Mapping[str, Callable[[Reader, Said], Any]] = {
        "str": lambda reader, said: reader.text(said),
        "Text": lambda reader, said: reader.bilingual(said),
        "Decimal": lambda reader, said: reader.number(said),
        "Decimal | None": lambda reader, said: reader.number(said),
        "bool": lambda reader, said: reader.yes(said),
        "FieldType": lambda reader, said: reader.field_type(said),
        "Field": lambda reader, said: reader.form_field(said),
        "Local": lambda reader, said: reader.made(Local, said),
        "tuple[Field, ...]": lambda reader, said: reader.each(Field, said),
        "tuple[Option, ...]": lambda reader, said: reader.each(Option, said),
        "tuple[Column, ...]": lambda reader, said: reader.each(Column, said),
        "tuple[Item, ...]": lambda reader, said: reader.each(Item, said),
    }
