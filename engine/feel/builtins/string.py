"""String functions (DMN 1.5, 10.3.4.3). Positions count characters from 1, and from the end when negative."""

from __future__ import annotations

from decimal import Decimal

from ..budget import MAX_ITEMS, Run, check_items, check_string
from ..decimal34 import whole
from ..errors import Refusal, refuse
from ..patterns import Match, matches, occurrences, pattern
from ..values import Value, in_english, in_french, kind
from .signature import Library

LIBRARY = Library()


@LIBRARY.function("string length", "string: string")
def string_length(run: Run, string: str) -> Decimal:
    return Decimal(len(string))


@LIBRARY.function("upper case", "string: string")
def upper_case(run: Run, string: str) -> str:
    return string.upper()


@LIBRARY.function("lower case", "string: string")
def lower_case(run: Run, string: str) -> str:
    return string.lower()


@LIBRARY.function("substring", "string: string, start position: number, length?: number|null")
def substring(run: Run, string: str, start_position: Decimal, length: Decimal | None = None) -> str:
    position = whole(start_position)
    start = position - 1 if position > 0 else len(string) + position
    if position == 0 or start < 0 or (length is not None and length < 1):
        raise refuse(
            "Une position dans le texte (à partir de 1, ou de -1 par la fin) et une longueur d’au moins "
            "1 sont "
            "attendues. Corrigez-les.",
            "Expected a position in the string (from 1, or from -1 at the end) and a length of at least 1. "
            "Correct them.",
        )
    return string[start:] if length is None else string[start : start + whole(length)]


@LIBRARY.function("substring before", "string: string, match: string")
def substring_before(run: Run, string: str, match: str) -> str:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@LIBRARY.function("substring after", "string: string, match: string")
def substring_after(run: Run, string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


@LIBRARY.function("contains", "string: string, match: string")
def contains(run: Run, string: str, match: str) -> bool:
    return match in string


@LIBRARY.function("starts with", "string: string, match: string")
def starts_with(run: Run, string: str, match: str) -> bool:
    return string.startswith(match)


@LIBRARY.function("ends with", "string: string, match: string")
def ends_with(run: Run, string: str, match: str) -> bool:
    return string.endswith(match)


@LIBRARY.function("matches", "input: string, pattern: string, flags?: string|null")
def matches_pattern(run: Run, text: str, wanted: str, flags: str | None = None) -> bool:
    return matches(run, text, pattern(wanted, flags or ""))


@LIBRARY.function("replace", "input: string, pattern: string, replacement: string, flags?: string|null")
def replace(run: Run, text: str, wanted: str, replacement: str, flags: str | None = None) -> str:
    program = pattern(wanted, flags or "")
    pieces = [replacement] if "q" in (flags or "") else template(replacement, program.groups)
    parts: list[str] = []
    end, length = 0, 0
    for match in occurrences(run, text, program):
        added = text[end : match[0]] + "".join(filled(piece, match, text) for piece in pieces)
        parts.append(added)
        length += len(added)
        check_string(length)
        end = match[1] or 0
    return "".join(parts) + text[end:]


def template(replacement: str, groups: int) -> list[str | int]:
    """The text and the group numbers of a replacement: ``$1`` is a group, ``\\$`` and ``\\\\`` are signs."""
    pieces: list[str | int] = []
    place = 0
    while place < len(replacement):
        sign, following = replacement[place], replacement[place + 1 : place + 2]
        if sign == "\\" and following in ("\\", "$"):
            pieces.append(following)
            place += 2
        elif sign == "$" and following.isascii() and following.isdigit():
            number, place = int(following), place + 2
            while replacement[place : place + 1] in tuple("0123456789") and number * 10 <= groups:
                if number * 10 + int(replacement[place]) > groups:
                    break
                number, place = number * 10 + int(replacement[place]), place + 1
            pieces.append(number if number <= groups else "")
        elif sign in "\\$":
            raise refuse(
                "Dans un remplacement, « $ » précède un numéro de groupe et « \\ » précède « $ » ou « \\ ». "
                "Corrigez le remplacement.",
                "In a replacement, '$' comes before the number of a group, and '\\' before '$' or '\\'. "
                "Correct the replacement.",
            )
        else:
            pieces.append(sign)
            place += 1
    return pieces


def filled(piece: str | int, match: Match, text: str) -> str:
    if isinstance(piece, str):
        return piece
    start, end = match[2 * piece], match[2 * piece + 1]
    return "" if start is None or end is None else text[start:end]


@LIBRARY.function("split", "string: string, delimiter: string")
def split(run: Run, string: str, delimiter: str) -> list[str]:
    parts: list[str] = []
    end = 0
    for match in occurrences(run, string, pattern(delimiter, "")):
        parts.append(string[end : match[0]])
        end = match[1] or 0
        check_items(len(parts))
    return [*parts, string[end:]]


@LIBRARY.function("string join", "list: list, delimiter?: string|null")
def string_join(run: Run, items: list[Value], delimiter: str | None = None) -> str:
    texts = [item for item in items if item is not None]
    for text in texts:
        if not isinstance(text, str):
            raise not_a_string(text)
    separator = delimiter or ""
    check_string(sum(map(len, texts)) + len(separator) * min(len(texts), MAX_ITEMS))
    return separator.join(texts)


def not_a_string(value: Value) -> Refusal:
    return refuse(
        f"Attendu : une liste de textes. Trouvé : {in_french(kind(value))}. Convertissez par string(…).",
        f"Expected a list of strings, found {in_english(kind(value))}. Convert with string(…).",
    )
