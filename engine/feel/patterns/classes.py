"""Sets of characters: ``[a-z-[aeiou]]``, ``\\d``, ``\\p{Lu}``, ``\\p{IsGreek}``."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

Member = Callable[[str], bool]

#: The blocks that a methodology could meet; the names are those of Unicode without spaces (XSD G.4.2.3).
BLOCKS = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "SpacingModifierLetters": (0x02B0, 0x02FF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Armenian": (0x0530, 0x058F),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "Thai": (0x0E00, 0x0E7F),
    "Georgian": (0x10A0, 0x10FF),
    "HangulJamo": (0x1100, 0x11FF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "SuperscriptsandSubscripts": (0x2070, 0x209F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "BoxDrawing": (0x2500, 0x257F),
    "GeometricShapes": (0x25A0, 0x25FF),
    "MiscellaneousSymbols": (0x2600, 0x26FF),
    "Dingbats": (0x2700, 0x27BF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7A3),
    "PrivateUse": (0xE000, 0xF8FF),
    "Emoticons": (0x1F600, 0x1F64F),
}
LAST_ODD_CASE = 0x2200  #: the letters whose cases are not two by two all come before
CATEGORIES = frozenset(
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split()
)


def is_space(character: str) -> bool:
    return character in " \t\n\r"


def is_digit(character: str) -> bool:
    return unicodedata.category(character) == "Nd"


def is_word(character: str) -> bool:
    return unicodedata.category(character)[0] not in "PZC"


def starts_name(character: str) -> bool:
    return character in "_:" or unicodedata.category(character)[0] == "L"


def continues_name(character: str) -> bool:
    return starts_name(character) or character in "-.·" or unicodedata.category(character) in ("Nd", "Mn", "Mc")


SHORTHANDS: dict[str, Member] = {
    "s": is_space,
    "d": is_digit,
    "w": is_word,
    "i": starts_name,
    "c": continues_name,
}


def opposite(member: Member) -> Member:
    return lambda character: not member(character)


def shorthand(letter: str) -> Member:
    """``\\d`` and its like; a capital letter is the opposite."""
    member = SHORTHANDS[letter.lower()]
    return opposite(member) if letter.isupper() else member


def property_set(name: str) -> Member | None:
    """``\\p{name}``: a general category, or a block after "Is"; None when there is no such name."""
    if name in CATEGORIES:
        return lambda character: unicodedata.category(character).startswith(name)
    if name.startswith("Is") and name[2:] in BLOCKS:
        low, high = BLOCKS[name[2:]]
        return lambda character: low <= ord(character) <= high
    return None


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """Ranges and sets, perhaps all but them, without those subtracted."""

    ranges: tuple[tuple[str, str], ...] = ()
    members: tuple[Member, ...] = ()
    negated: bool = False
    without: CharacterSet | None = None
    any_case: bool = False

    def __call__(self, character: str) -> bool:
        variants = cases(character) if self.any_case else (character,)
        inside = any(
            any(low <= variant <= high for low, high in self.ranges) or any(member(variant) for member in self.members)
            for variant in variants
        )
        return inside is not self.negated and not (self.without is not None and self.without(character))


def cases(character: str) -> frozenset[str]:
    """Every case of a character, itself included: those that share its lower or its upper case (XPath, 5.6.1.1)."""
    folded = {character, character.lower(), character.upper(), character.lower().upper(), character.upper().lower()}
    return frozenset(each for each in folded if len(each) == 1) | odd_cases().get(character, frozenset())


@lru_cache(1)
def odd_cases() -> dict[str, frozenset[str]]:
    """Of letters that a third one folds to: k and K for the sign of kelvin."""
    found: dict[str, frozenset[str]] = {}
    for code in range(0x80, LAST_ODD_CASE):
        third = chr(code)
        for one, back in ((third.lower(), str.upper), (third.upper(), str.lower)):
            if len(one) == 1 and one != third and back(one) != third:
                for each in (one, back(one)):
                    found[each] = found.get(each, frozenset()) | {third}
    return found
