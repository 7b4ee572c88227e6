"""The questions of a step, changed one at a time in the outline.

field   element, field (none: a new one), type, fr, en, help_fr, help_en, required, confidential, source, min, max,
        shortest, longest, fewest; of each option, column and item, by its key: `option.<key>.fr`, `.en`, `.at` (its
        rank), `column.<key>.type`, `.required`, `.choices`, `item.<key>.evidence`, `.lock`; one without French goes;
        `lines`: more of them, « français | anglais » one a line
field_up, field_down, remove_field   element, field

What is not said stays as it was; a key stays the key, whatever its words become: conditions know it by that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, get_args

from engine.diagram import Node
from engine.dialect.form import read_form
from engine.errors import OutlineRefused
from engine.method import Column, Field, FieldType, Item, Option
from engine.overlay.loom import Loom
from engine.words import Text
from engine.workshop.asked import ABSENT, Asked, name_of, node_of, number_of, text_of, ticked, whole_of
from engine.workshop.fields import drop_field, move_field, put_field
from engine.workshop.starting import id_of

#: characters of a key that a question is given
LONGEST_KEY = 40
COLUMNS = ("text", "textarea", "number", "money", "date", "select", "user", "boolean")
#: what the lines of a question are, by its type
LINES = {"enum": "option", "multiselect": "option", "table": "column", "checklist": "item"}
NO_TYPE = Text(
    "« {type} » n’est pas un genre de réponse. Choisissez-en un dans la liste.",
    "“{type}” is not a kind of answer. Choose one from the list.",
)
NO_LINES = {
    "option": Text(
        "« {name} » demande des choix : écrivez-en un par ligne, « Oui | Yes ».",
        "“{name}” needs choices: write one a line, “Oui | Yes”.",
    ),
    "column": Text(
        "« {name} » demande des colonnes : écrivez-en une par ligne, « Montant | Amount ».",
        "“{name}” needs columns: write one a line, “Montant | Amount”.",
    ),
    "item": Text(
        "« {name} » demande des points à cocher : écrivez-en un par ligne, « Devis signé | Quote signed ».",
        "“{name}” needs lines to tick: write one a line, “Devis signé | Quote signed”.",
    ),
}  # fmt: skip
NOTHING = Field("", "string", Text(""))


def put(loom: Loom, asked: Asked) -> None:
    task = node_of(loom, asked["element"])
    form, key = _form(task), asked.get("field", "")
    before = next((each for each in form if each.key == key), None)
    if key and before is None:
        raise OutlineRefused(why=ABSENT.format(id=key))
    put_field(task, _field(asked, before or NOTHING, [each.key for each in form]))
    loom.touch(task)


def remove(loom: Loom, asked: Asked) -> None:
    task = node_of(loom, asked["element"])
    drop_field(task, asked.get("field", ""))
    loom.touch(task)


def move(by: int) -> Callable[[Loom, Asked], None]:
    def moved(loom: Loom, asked: Asked) -> None:
        task = node_of(loom, asked["element"])
        move_field(task, asked.get("field", ""), by)
        loom.touch(task)

    return moved


def _form(task: Node) -> tuple[Field, ...]:
    return read_form(task, lambda *_, **__: None)


def _field(asked: Asked, was: Field, taken: list[str]) -> Field:
    label, kind = name_of(asked), asked.get("type", was.type)
    if kind not in get_args(FieldType):
        raise OutlineRefused(why=NO_TYPE.format(type=kind), field="type")
    parts = LINES.get(kind, "")
    made = Field(
        key=was.key or key_of(label, taken),
        type=kind,  # type: ignore[arg-type]
        label=label,
        help=text_of(asked, "help_") if "help_fr" in asked else was.help,
        required=ticked(asked, "required") if "required" in asked else was.required,
        source=asked.get("source", was.source).strip() if parts in ("option", "item") else "",
        options=tuple(_options(asked, was)) if parts == "option" else (),
        columns=tuple(_columns(asked, was)) if parts == "column" else (),
        items=tuple(_items(asked, was)) if parts == "item" else (),
        rows=was.rows if parts == "column" else (),
        register=was.register if parts == "column" else "",
        confidential=kind != "file"
        and (ticked(asked, "confidential") if "confidential" in asked else was.confidential),
    )
    if parts and not (made.options or made.columns or made.items or made.source):
        raise OutlineRefused(why=NO_LINES[parts].format(name=label), field="lines")
    return replace(made, **_limits(asked, was, kind))


def _limits(asked: Asked, was: Field, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if kind in ("number", "money"):
        found["minimum"] = number_of(asked, "min") if "min" in asked else was.minimum
        found["maximum"] = number_of(asked, "max") if "max" in asked else was.maximum
    if kind in ("string", "textarea"):
        found["shortest"] = whole_of(asked, "shortest") if "shortest" in asked else was.shortest
        found["longest"] = whole_of(asked, "longest") if "longest" in asked else was.longest
    if kind == "table":
        found["fewest_rows"] = (whole_of(asked, "fewest") or 0) if "fewest" in asked else was.fewest_rows
    return found


def key_of(label: Text, taken: Iterable[str]) -> str:
    """« Coût prévu » -> `cout_prevu`, free in its form."""
    start, used, number = id_of(label.fr)[:LONGEST_KEY].strip("_"), set(taken), 2
    key = start
    while key in used:
        key, number = f"{start}_{number}", number + 1
    return key


# --- what a question offers: options, columns, lines to tick ---


def _kept(asked: Asked, kind: str, parts: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Text, Any]]:
    """(key, words, part) of each that was there, in the order asked; one whose French was emptied goes."""
    ranked = sorted(parts, key=lambda each: whole_of(asked, f"{kind}.{each[0]}.at") or 0)
    for key, part in ranked:
        at = f"{kind}.{key}."
        if f"{at}fr" not in asked:
            yield key, Text(""), part
        elif (said := text_of(asked, at)).fr:
            yield key, said, part


def _more(asked: Asked, taken: Iterable[str]) -> Iterator[tuple[str, Text]]:
    """(key, words) of each line that is added."""
    used = list(taken)
    for line in asked.get("lines", "").splitlines():
        fr, _, en = (" ".join(part.split()) for part in line.partition("|"))
        if fr:
            used.append(key_of(Text(fr), used))
            yield used[-1], Text(fr, en)


def _options(asked: Asked, was: Field) -> Iterator[Option]:
    for key, said, part in _kept(asked, "option", ((each.value, each) for each in was.options)):
        yield Option(key, said or part.label)
    for key, said in _more(asked, (each.value for each in was.options)):
        yield Option(key, said)


def _columns(asked: Asked, was: Field) -> Iterator[Column]:
    for key, said, part in _kept(asked, "column", ((each.key, each) for each in was.columns)):
        at = f"column.{key}."
        kind = asked.get(f"{at}type", part.type)
        yield replace(
            part, label=said or part.label, type=kind if kind in COLUMNS else part.type,
            required=ticked(asked, f"{at}required") if f"{at}required" in asked else part.required,
            options=tuple(_choices(asked, f"{at}choices", part)),
        )  # fmt: skip
    for key, said in _more(asked, (each.key for each in was.columns)):
        yield Column(key, said)


def _choices(asked: Asked, name: str, was: Column) -> Iterator[Option]:
    """« Oui | Yes ; Non | No »: of a column; what is worded as before keeps its key."""
    if name not in asked:
        yield from was.options
        return
    known = {each.label.fr: each.value for each in was.options}
    taken = list(known.values())
    for fr, en in _pairs(asked[name]):
        if fr not in known:
            taken.append(key_of(Text(fr), taken))
        yield Option(known.get(fr) or taken[-1], Text(fr, en))


def _pairs(said: str) -> Iterator[tuple[str, str]]:
    for line in said.split(";"):
        fr, _, en = (" ".join(part.split()) for part in line.partition("|"))
        if fr:
            yield fr, en


def _items(asked: Asked, was: Field) -> Iterator[Item]:
    for key, said, part in _kept(asked, "item", ((each.key, each) for each in was.items)):
        at = f"item.{key}."
        yield replace(
            part, text=said or part.text,
            evidence=ticked(asked, f"{at}evidence") if f"{at}evidence" in asked else part.evidence,
            locked=ticked(asked, f"{at}lock") if f"{at}lock" in asked else part.locked,
        )  # fmt: skip
    numbers = [int(each.key) for each in was.items if each.key.isdigit()]
    for number, (_, said) in enumerate(_more(asked, ()), max(numbers, default=0) + 1):
        yield Item(str(number), said)
