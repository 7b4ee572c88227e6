"""What to do about a scenario that does not pass: mend the drawing, or have the scenario say what is now drawn."""

from __future__ import annotations

from engine.scenarios.program import Prepared
from engine.scenarios.scenario import Scenario, Step
from engine.scenarios.verdict import Verdict, listed
from engine.words import Text

NAMES = ("expect", "complete", "until", "decide")
GONE = Text(
    "Rien ne s’appelle plus {names} dans le dessin : remettez-y ce nom, ou changez-le dans le scénario.",
    "Nothing is called {names} in the drawing any more: put the name back there, or change it in the scenario.",
)
BEGINNING = Text(
    "Le scénario ne commence pas : lisez ce qui est trouvé, puis corrigez le dessin, ou le début du scénario.",
    "The scenario does not begin: read what is found, then mend the drawing, or the beginning of the scenario.",
)
END = Text(
    "Le parcours ne s’arrête pas où le scénario le dit : continuez l’essai depuis là, ou corrigez sa fin.",
    "The course does not stop where the scenario says: go on from there in a play, or mend its end.",
)
STEP = Text(
    "Ouvrez l’essai juste avant cette étape : si le dessin a raison, reprenez le scénario depuis là ; sinon, corrigez "
    "le dessin.",
    "Open the play just before this step: if the drawing is right, go on from there with the scenario; if not, mend "
    "the drawing.",
)


def advice(prepared: Prepared, scenario: Scenario, verdict: Verdict) -> Text:
    if verdict.passed:
        return Text("")
    if verdict.step is None:
        return BEGINNING
    if verdict.step > len(scenario.steps):
        end = scenario.end.name
        return GONE.format(names=listed([Text(end)])) if end and _is_gone(prepared, end) else END
    gone = _gone(prepared, scenario.steps[verdict.step - 1])
    return GONE.format(names=listed([Text(each) for each in gone])) if gone else STEP


def _gone(prepared: Prepared, step: Step) -> list[str]:
    if step.verb not in NAMES:
        return []
    return [each for each in step.names if _is_gone(prepared, each)]


def _is_gone(prepared: Prepared, name: str) -> bool:
    """`Task (DSI)` is an instance of what is called `Task`."""
    return not any(prepared.elements_called(each) for each in (name, name.rpartition(" (")[0]) if each)
