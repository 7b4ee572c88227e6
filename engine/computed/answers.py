"""What the answers of completed tasks say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from engine.answers import decimal
from engine.computations import field_of
from engine.computed.facts import TaskFact
from engine.computed.looked import Found, Looked, Pointer, joined
from engine.method import Field
from engine.words import Text

GIVEN = Text("C’est dans les réponses du projet.", "It is in the project’s answers.")
TO_COMPLETE = Text("Il reste à terminer : {tasks}.", "Still to complete: {tasks}.")
LACKING = Text("Il manque : {what}.", "Lacking: {what}.")


def answered(looked: Looked) -> Found:
    """Tasks are completed, and fields of theirs filled in."""
    waiting = _waiting(looked, looked.arguments)
    if waiting is not None:
        return waiting
    lacking = []
    for reference in looked.arguments:
        field = field_of(reference, looked.method)
        for row, value in looked.answers(reference) if field is not None else ():
            if not _given(looked, field, row, value):
                lacking.append(looked.done(row, _empty(field)))
    return _found(lacking, GIVEN)


def opinion_given(looked: Looked) -> Found:
    """The task that asks for an opinion is completed."""
    waiting = _waiting(looked, looked.arguments)
    return waiting or Found(True, Text("L’avis est rendu.", "The opinion has been given."))


def file_given(looked: Looked) -> Found:
    """A file answers the field."""
    (reference,) = looked.arguments
    waiting = _waiting(looked, looked.arguments)
    if waiting is not None:
        return waiting
    field = field_of(reference, looked.method)
    lacking = [
        looked.done(row, _empty(field)) for row, _ in looked.answers(reference) if not files_of(looked, field, row)
    ]
    return _found(lacking, Text("Le fichier est au dossier.", "The file is on record."))


def table_filled(looked: Looked) -> Found:
    """The table has rows, and each fills the columns named."""
    return _rows(looked, may_be_empty=False)


def rows_complete(looked: Looked) -> Found:
    """Each row of the table, if any, fills the columns named."""
    return _rows(looked, may_be_empty=True)


def _rows(looked: Looked, may_be_empty: bool) -> Found:
    reference, *columns = looked.arguments
    waiting = _waiting(looked, [reference])
    if waiting is not None:
        return waiting
    field = field_of(reference, looked.method)
    lacking = []
    for row, value in looked.answers(reference):
        rows = value or []
        if not rows and not may_be_empty:
            lacking.append(looked.done(row, _empty(field)))
        for number, line in enumerate(rows, 1):
            empty = [_column(field, each) for each in columns if line.get(each) in (None, "")]
            if empty:
                said = Text("ligne {number} : {columns} à remplir", "row {number}: {columns} to fill in")
                lacking.append(looked.done(row, said.format(number=number, columns=joined(empty))))
    return _found(lacking, GIVEN)


def two_scenarios_compared(looked: Looked) -> Found:
    """The table has two rows at least, called differently."""
    (reference,) = looked.arguments
    waiting = _waiting(looked, [reference])
    if waiting is not None:
        return waiting
    field = field_of(reference, looked.method)
    first = field.columns[0].key if field is not None else ""
    for row, value in looked.answers(reference):
        names = {_plain(line.get(first)) for line in value or []} - {""}
        if len(names) < 2:
            said = Text("{count} seul ; deux au moins se comparent", "{count} only; two at least can be compared")
            return _found([looked.done(row, said.format(count=len(names)))], GIVEN)
        return Found(True, Text("{count} scénarios comparés.", "{count} scenarios compared.").format(count=len(names)))
    return Found(False, LACKING.format(what=_empty(field)))


def at_most(looked: Looked) -> Found:
    """A number answered is within a limit."""
    reference, limit = looked.arguments
    waiting = _waiting(looked, [reference])
    if waiting is not None:
        return waiting
    over = []
    said = Text("{value}, pour {limit} au plus", "{value}, for {limit} at most")
    for row, value in looked.answers(reference):
        number = decimal(str(value or ""))
        if number is None or number > Decimal(limit):
            over.append(looked.done(row, said.format(value=value or "–", limit=limit)))
    return _found(over, Text("Dans la limite de {limit}.", "Within the limit of {limit}.").format(limit=limit))


def indicators_measured(looked: Looked) -> Found:
    """Each indicator that was promised (second table) is measured in the first, or its gap told."""
    measures, promised = looked.arguments
    waiting = _waiting(looked, looked.arguments)
    if waiting is not None:
        return waiting
    told = {
        _plain(_first(line)): line for row, value in looked.answers(measures) for line in value or [] if _first(line)
    }
    wanted = list(dict.fromkeys(_first(line) for _, value in looked.answers(promised) for line in value or []))
    missing = [each for each in wanted if each and not _measured(told.get(_plain(each)))]
    if not missing:
        said = Text("{count} indicateur(s) mesuré(s).", "{count} indicator(s) measured.").format(count=len(wanted))
        return Found(True, said)
    said = Text("indicateur(s) non mesuré(s) : {names}", "indicator(s) not measured: {names}")
    return _found([looked.done(row, said.format(names=tuple(missing))) for row, _ in looked.answers(measures)], GIVEN)


def _measured(line: dict[str, Any] | None) -> bool:
    """Its measure, or what explains that there is none."""
    return line is not None and any(str(line.get(each) or "").strip() for each in ("atteint", "ecart", "valeur"))


def gaps_explained(looked: Looked) -> Found:
    """Where `reel` differs from `prevu`, `cause` says why."""
    waiting = _waiting(looked, looked.arguments)
    if waiting is not None:
        return waiting
    lacking = []
    said = Text("« {what} » : l’écart n’a pas de cause", "“{what}”: the gap has no cause")
    for reference in looked.arguments:
        for row, value in looked.answers(reference):
            for line in value or []:
                if line.get("prevu") != line.get("reel") and not str(line.get("cause") or "").strip():
                    lacking.append(looked.done(row, said.format(what=_first(line))))
    return _found(lacking, Text("Chaque écart a sa cause.", "Each gap has its cause."))


def budget_closed(looked: Looked) -> Found:
    """The balance is given; where it is not nil, a file explains the gap."""
    balance, statement = looked.arguments
    waiting = _waiting(looked, looked.arguments)
    if waiting is not None:
        return waiting
    lacking, told = [], ""
    for row, value in looked.answers(balance):
        number = decimal(str(value or ""))
        told = str(value or "")
        if number is None:
            lacking.append(looked.done(row, Text("le solde n’est pas donné", "the balance is not given")))
        elif number and not files_of(looked, field_of(statement, looked.method), row):
            said = Text("solde de {value} € sans état qui l’explique", "balance of {value} € without a statement")
            lacking.append(looked.done(row, said.format(value=told)))
    return _found(lacking, Text("Budget soldé : {value} €.", "Budget closed: {value} €.").format(value=told))


# --- what several of them need ------------------------------------------------------------------------------


def _waiting(looked: Looked, references: Iterable[str]) -> Found | None:
    """What is still to be completed; None once nothing is."""
    elements = dict.fromkeys(each.partition(".")[0] for each in references)
    waiting = [pointer for each in elements if (pointer := looked.awaited(each)) is not None]
    if not waiting:
        return None
    names = joined([looked.method.name_of(each) for each in elements if looked.awaited(each) is not None])
    return Found(False, TO_COMPLETE.format(tasks=names), tuple(waiting))


def _found(lacking: list[Pointer], holds: Text) -> Found:
    if not lacking:
        return Found(True, holds)
    return Found(False, LACKING.format(what=joined([each.text for each in lacking])), tuple(lacking))


def _given(looked: Looked, field: Field | None, row: TaskFact, value: Any) -> bool:
    if field is not None and field.type == "file":
        return bool(files_of(looked, field, row))
    return value not in (None, "", [], {}, False)


def files_of(looked: Looked, field: Field | None, row: TaskFact) -> int:
    """How many files answer a field, those of earlier rounds too."""
    key = field.key if field is not None else ""
    return sum(
        each.files for each in looked.rows("files", row.element) if each.instance == row.instance and each.field == key
    )


def _empty(field: Field | None) -> Text:
    label = field.label if field is not None else Text("?")
    return Text("« {label} » reste à remplir", "“{label}” is to be filled in").format(label=label)


def _column(field: Field | None, key: str) -> Text:
    columns = field.columns if field is not None else ()
    return next((each.label for each in columns if each.key == key), Text(key))


def _first(line: dict[str, Any]) -> str:
    """What a row is about: its first column."""
    return str(next(iter(line.values()), "") or "")


def _plain(value: Any) -> str:
    return " ".join(str(value or "").casefold().split())


def line_of(answers: str | None, key: str) -> dict[str, Any]:
    found = json.loads(answers or "{}").get(key) or {}
    return found if isinstance(found, dict) else {}
