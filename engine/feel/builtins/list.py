"""List functions, and `not` (DMN 1.5, 10.3.4.4, 10.3.4.2 and 10.3.4.11). Positions count from 1, or "
"back from -1."""

from __future__ import annotations

import functools
from decimal import Decimal

from ..budget import MAX_DEPTH, Run, check_items, too_much
from ..comparison import compare, same
from ..decimal34 import whole
from ..errors import Refusal, refuse
from ..values import Function, Value, in_english, in_french, kind
from .signature import Library

LIBRARY = Library()
Values = list[Value]


@LIBRARY.function("not", "negand: boolean|null")
def negation(run: Run, negand: bool | None) -> bool | None:
    return None if negand is None else not negand


@LIBRARY.function("list contains", "list: list, element: any")
def list_contains(run: Run, items: Values, element: Value) -> bool:
    return any(same(item, element, run) for item in items)


@LIBRARY.function("index of", "list: list, match: any")
def index_of(run: Run, items: Values, match: Value) -> Values:
    return [Decimal(place) for place, item in enumerate(items, 1) if same(item, match, run)]


@LIBRARY.function("append", "list: list, item: any", variadic=True)
def append(run: Run, items: Values, added: Values) -> Values:
    return items + added


@LIBRARY.function("concatenate", "list: any", variadic=True)
def concatenate(run: Run, lists: Values) -> Values:
    joined: Values = []
    for each in lists or [None]:
        if each is None:
            raise refuse(
                "concatenate(…) demande des listes présentes. Vérifiez qu’aucune n’est absente (null).",
                "concatenate(…) needs lists that are there. Check that none is missing (null).",
            )
        joined += each if type(each) is list else [each]
        check_items(len(joined))
    return joined


@LIBRARY.function("union", "list: any", variadic=True)
def union(run: Run, lists: Values) -> Values:
    return without_duplicates(run, concatenate(run, lists))


@LIBRARY.function("distinct values", "list: list")
def distinct_values(run: Run, items: Values) -> Values:
    return without_duplicates(run, items)


def without_duplicates(run: Run, items: Values) -> Values:
    """In order of first appearance. Scalars are told apart by hash, the rest by comparison, which is "
    "charged."""
    kept: Values = []
    seen: set[tuple[type, Value]] = set()
    others: Values = []
    for item in items:
        if isinstance(item, (bool, Decimal, str, type(None))):
            if (type(item), item) in seen:
                continue
            seen.add((type(item), item))
        else:
            run.spend(1 + len(others) // 20)
            if any(same(item, other, run) for other in others):
                continue
            others.append(item)
        kept.append(item)
    return kept


@LIBRARY.function("flatten", "list: list")
def flatten(run: Run, items: Values) -> Values:
    flat: Values = []
    add_flat(items, flat, 0)
    return flat


def add_flat(items: Values, flat: Values, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise too_much(f"plus de {MAX_DEPTH} niveaux", f"more than {MAX_DEPTH} levels")
    for item in items:
        if type(item) is list:
            add_flat(item, flat, depth + 1)
        else:
            flat.append(item)
            check_items(len(flat))


@LIBRARY.function("reverse", "list: list")
def reverse(run: Run, items: Values) -> Values:
    return items[::-1]


@LIBRARY.function("sublist", "list: list, start position: number, length?: number|null")
def sublist(run: Run, items: Values, start_position: Decimal, length: Decimal | None = None) -> Values:
    start = place_in(items, start_position)
    if length is None:
        return items[start:]
    end = start + whole(length)
    if length < 0 or end > len(items):
        raise outside(items)
    return items[start:end]


@LIBRARY.function("insert before", "list: list, position: number, newItem: any")
def insert_before(run: Run, items: Values, position: Decimal, new_item: Value) -> Values:
    place = place_in(items, position)
    return [*items[:place], new_item, *items[place:]]


@LIBRARY.function("remove", "list: list, position: number")
def remove(run: Run, items: Values, position: Decimal) -> Values:
    place = place_in(items, position)
    return items[:place] + items[place + 1 :]


@LIBRARY.function("list replace", "list: list, position: number, newItem: any")
def list_replace(run: Run, items: Values, position: Decimal, new_item: Value) -> Values:
    place = place_in(items, position)
    return [*items[:place], new_item, *items[place + 1 :]]


@LIBRARY.function("list replace", "list: list, match: function, newItem: any")
def list_replace_matching(run: Run, items: Values, match: Function, new_item: Value) -> Values:
    """`match` takes the item and the new item, and says whether to replace."""
    replaced: Values = []
    for item in items:
        answer = match.call(run, [item, new_item])
        if not isinstance(answer, bool):
            raise refuse(
                f"La fonction « match » répond vrai ou faux ; reçu : {in_french(kind(answer))}. Corrigez-la.",
                f"The function 'match' answers true or false; got {in_english(kind(answer))}. Correct it.",
            )
        replaced.append(new_item if answer else item)
    return replaced


@LIBRARY.function("sort", "list: list, precedes?: function|null")
def sort(run: Run, items: Values, precedes: Function | None = None) -> Values:
    """In natural order, or by a function that says whether its first argument comes before its second."""
    run.spend(len(items) // 10)
    if precedes is None:
        return sorted(items, key=functools.cmp_to_key(compare))

    def order(left: Value, right: Value) -> int:
        if precedes.call(run, [left, right]) is True:
            return -1
        return 1 if precedes.call(run, [right, left]) is True else 0

    return sorted(items, key=functools.cmp_to_key(order))


def place_in(items: Values, position: Decimal) -> int:
    number = whole(position)
    place = number - 1 if number > 0 else len(items) + number
    if number == 0 or not 0 <= place < len(items):
        raise outside(items)
    return place


def outside(items: Values) -> Refusal:
    return refuse(
        f"Attendu : une position de la liste, qui a {len(items)} élément(s) (à partir de 1, ou de -1 par "
        "la fin). "
        "Corrigez-la.",
        f"Expected a position of the list, which has {len(items)} item(s) (from 1, or from -1 at the end). Correct it.",
    )
