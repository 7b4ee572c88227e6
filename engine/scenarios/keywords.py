"""The words that a scenario is written with, in French and in English (docs/reference/scenarios.md).

Capitals, accents, apostrophes and spaces make no difference, and both languages may stand in one file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from engine.method import OUTCOMES as CALLED
from engine.words import Text

#: of the file
FILE = {
    "scenarios": Text("scénarios", "scenarios"),
    "diagrams": Text("diagrammes", "diagrams"),
    "process": Text("processus", "process"),
    "dialect": Text("dialecte", "dialect"),
    "usual": Text("réponses habituelles", "usual answers"),
}
CHOOSE = Text("choisir", "choose")
#: of one scenario
SCENARIO = {
    "scenario": Text("scénario", "scenario"),
    "on": Text("commence le", "starts on"),
    "by": Text("commence par", "starts by"),
    "start": Text("au départ", "at the start"),
    "choose": CHOOSE,
    "usual": Text("réponses habituelles", "usual answers"),
    "steps": Text("étapes", "steps"),
    "end": Text("fin", "end"),
}
#: what a step does
VERBS = {
    "expect": Text("attendre", "expect"),
    "recurring": Text("activités récurrentes", "recurring activities"),
    "complete": Text("terminer", "complete"),
    "until": Text("jusqu’à", "until"),
    "decide": Text("décider", "decide"),
    "message": Text("message", "message"),
    "signal": Text("signal", "signal"),
    "timer": Text("minuteur", "timer"),
    "external": Text("externe", "external"),
    "receive": Text("recevoir", "receive"),
    "choose": CHOOSE,
}
#: what a step says besides, by verb
DETAILS = {
    "answers": Text("avec", "with"),
    "choose": CHOOSE,
    "refused": Text("refusé pour", "refused for"),
    "outcome": Text("issue", "outcome"),
    "gates": Text("portes", "gates"),
}
TAKES: Mapping[str, tuple[str, ...]] = {
    "expect": (),
    "recurring": (),
    "complete": ("answers", "choose", "refused"),
    "until": ("answers", "gates"),
    "decide": ("outcome",),
    "message": ("answers", "choose"),
    "signal": ("answers", "choose"),
    "timer": ("choose",),
    "external": ("answers", "choose"),
    "receive": ("answers", "choose"),
    "choose": (),
}
#: how a gate is decided
OUTCOMES: Mapping[str, tuple[Text, ...]] = {
    "go": (CALLED["go"], Text("go", "favorable")),
    "go_reserves": (CALLED["go_reserves"], Text("go_reserves")),
    "rework": (CALLED["rework"], Text("rework")),
    "hold": (CALLED["hold"], Text("hold")),
    "stop": (CALLED["stop"], Text("sans suite", "dismissed"), Text("stop")),
}
#: how a scenario ends, where no end event is named
ENDS = {
    "ended": Text("terminé", "ended"),
    "waiting": Text("en attente", "waiting"),
    "error": Text("erreur", "error"),
}
#: an answer that is none
NOTHING = Text("rien", "nothing")
YES = Text("oui", "yes"), Text("vrai", "true")
NO = Text("non", "no"), Text("faux", "false")
#: of a checklist
ALL_DONE = Text("tout est fait", "all done")
DONE = Text("fait", "done")
NOT_APPLICABLE = Text("sans objet", "not applicable")
#: of the clock
LATER = Text("plus tard", "later")
DUE = Text("échu", "due")
UNITS = {
    "minutes": Text("minutes", "minutes"),
    "hours": Text("heures", "hours"),
    "days": Text("jours", "days"),
    "weeks": Text("semaines", "weeks"),
    "months": Text("mois", "months"),
    "years": Text("ans", "years"),
}


def verb_of(said: Iterable[str]) -> str:
    """The one verb among the words of a step, empty when there is not one; beside another, `choose` is none."""
    found = [key for key in said if key in VERBS]
    verbs = [key for key in found if key != "choose"] or found
    return verbs[0] if len(verbs) == 1 else ""


def bare(words: str) -> str:
    """`words` without what makes no difference between two names."""
    apart = unicodedata.normalize("NFKD", words.casefold().replace("’", "'").replace("œ", "oe"))
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).split())


def is_said(words: str, *meant: Text) -> bool:
    """Does someone who says `words` mean one of these?"""
    said = bare(words)
    return any(said in (bare(each.fr), bare(each.en)) for each in meant)


def which(words: str, known: Mapping[str, Text] | Mapping[str, tuple[Text, ...]]) -> str:
    """The key of what is meant; empty when nothing is."""
    for key, each in known.items():
        if is_said(words, *(each if isinstance(each, tuple) else (each,))):
            return key
    return ""


def listing(known: Iterable[Text]) -> Text:
    """What there is to choose from, for a refusal."""
    all_ = list(known)
    return Text(", ".join(f"« {each.fr} »" for each in all_), ", ".join(f"“{each.read('en')}”" for each in all_))
