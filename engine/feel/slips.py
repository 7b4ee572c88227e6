"""What people write who know another language: the sign, and how FEEL says it."""

from __future__ import annotations

from .errors import Message

SLIPS: dict[str, Message] = {
    "==": Message(
        "L’égalité s’écrit avec un seul « = ». Retirez-en un.",
        "Equality is written with one '='. Remove the other.",
    ),
    "=>": Message("« Au moins » s’écrit « >= ». Retournez les signes.", "'At least' is written '>='. Turn the signs."),
    "=<": Message("« Au plus » s’écrit « <= ». Retournez les signes.", "'At most' is written '<='. Turn the signs."),
    "<>": Message("« Différent de » s’écrit « != ». Remplacez « <> ».", "'Not equal' is written '!='. Replace '<>'."),
    "&&": Message("« Et » s’écrit « and ». Remplacez « && ».", "'And' is written 'and'. Replace '&&'."),
    "||": Message("« Ou » s’écrit « or ». Remplacez « || ».", "'Or' is written 'or'. Replace '||'."),
    "${": Message(
        "Une expression s’écrit telle quelle. Retirez « ${ » et « } ».",
        "An expression is written as it is. Remove '${' and '}'.",
    ),
    "#{": Message(
        "Une expression s’écrit telle quelle. Retirez « #{ » et « } ».",
        "An expression is written as it is. Remove '#{' and '}'.",
    ),
    "!": Message("La négation s’écrit not(…). Remplacez « ! ».", "Negation is written not(…). Replace '!'."),
    "'": Message(
        'Un texte se met entre guillemets droits doubles : "oui". Remplacez les apostrophes.',
        'A string stands between double quotes: "yes". Replace the single quotes.',
    ),
    "“": Message(
        'Un texte se met entre guillemets droits : "oui". Remplacez les guillemets typographiques.',
        'A string stands between straight quotes: "yes". Replace the typographic ones.',
    ),
    "«": Message(
        'Un texte se met entre guillemets droits : "oui". Remplacez « et ».',
        'A string stands between straight quotes: "yes". Replace « and ».',
    ),
    "%": Message(
        "Le reste d’une division s’écrit modulo(a, b) ; un pour cent s’écrit 0.01. Remplacez « % ».",
        "A remainder is written modulo(a, b), one per cent is written 0.01. Replace '%'.",
    ),
}

CHOICE = Message(
    "Un choix s’écrit « if … then … else … ». Remplacez « ? » et « : ».",
    "A choice is written 'if … then … else …'. Replace '?' and ':'.",
)
DECIMALS = Message(
    "Les décimales s’écrivent après un point (1.5). Remplacez la virgule.",
    "Decimals are written after a point (1.5). Replace the comma.",
)
NOT = Message(
    "La négation s’écrit avec des parenthèses : not(x), not(x in [1, 2]). Ajoutez-les.",
    "Negation is written with brackets: not(x), not(x in [1, 2]). Add them.",
)
IS_NULL = Message(
    "« Est absent » s’écrit « = null ». Remplacez « is ».", "'Is missing' is written '= null'. Replace 'is'."
)


def slip_at(source: str, place: int) -> Message | None:
    """The slip whose sign stands there, or begins one sign before (the second "=" of "==" is where reading stops)."""
    for start in (place, place - 1):
        for sign, message in SLIPS.items():
            if start >= 0 and source.startswith(sign, start) and start + len(sign) > place:
                return message
    if source.startswith("not ", place):
        return NOT
    here, before, after = source[place : place + 1], source[:place], source[place + 1 :]
    if here == ":" and "?" in before:
        return CHOICE
    return DECIMALS if here == "," and before[-1:].isdigit() and after[:1].isdigit() else None


def slip_in(name: str) -> Message | None:
    """The slip that made several words look like the name of one variable."""
    words = name.split()
    if len(words) > 1 and "not" in (words[0], words[-1]):
        return NOT
    return IS_NULL if len(words) > 2 and words[-2:] == ["is", "null"] else None
