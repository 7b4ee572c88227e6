"""A *.scenarios.yaml -> scenarios (docs/reference/scenarios.md). Whatever is not understood is refused, by line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine import document
from engine.document import Listed, Named, Said, Words
from engine.errors import ScenariosUnreadable
from engine.normalise import DIALECTS
from engine.scenarios import keywords
from engine.scenarios.scenario import FIRST_DAY, Book, End, Scenario, Step
from engine.scenarios.words import day_said
from engine.words import Text


def read_book(content: bytes, file: str) -> Book:
    """Raises `ScenariosUnreadable`."""
    return _Reader(file).book(document.read(content, file))


NOTHING = Words("")


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file

    def book(self, said: Said) -> Book:
        found = self._by_keyword(said, keywords.FILE, Text("ce fichier", "this file"))
        if "scenarios" not in found:
            raise self._refuse(said, Text("« scénarios : » est attendu", "“scenarios:” is expected"))
        listed = found["scenarios"]
        if not isinstance(listed, Listed) or not listed.items:
            raise self._refuse(listed, Text("une liste de scénarios est attendue", "a list of scenarios is expected"))
        usual = self._by_task(found.get("usual"))
        scenarios = tuple(self._scenario(each, usual) for each in listed.items)
        for at, each in enumerate(scenarios):
            if each.name in [before.name for before in scenarios[:at]]:
                why = Text("deux scénarios s’appellent « {name} »", "two scenarios are called “{name}”")
                raise self._refuse(listed.items[at], why.format(name=each.name))
        dialect = self._text(found.get("dialect"))
        if dialect and dialect not in DIALECTS:
            why = Text("le dialecte est l’un de {known}", "the dialect is one of {known}")
            raise self._refuse(found["dialect"], why.format(known=sorted(DIALECTS)))
        diagrams, process = self._texts(found.get("diagrams")), self._text(found.get("process"))
        return Book(self.file, scenarios, diagrams, process, dialect)

    def _scenario(self, said: Said, usual: tuple[Named, ...]) -> Scenario:
        found = self._by_keyword(said, keywords.SCENARIO, Text("un scénario", "a scenario"))
        for key in ("scenario", "end"):
            if isinstance(found.get(key, NOTHING), Words) and not self._text(found.get(key)):
                missing = keywords.SCENARIO[key]
                why = Text("il manque « {fr} : » à ce scénario", "“{en}:” is missing from this scenario")
                raise self._refuse(said, Text(why.fr.format(fr=missing.fr), why.en.format(en=missing.en)))
        steps = found.get("steps", Listed(()))
        if not isinstance(steps, Listed):
            raise self._refuse(steps, Text("une liste d’étapes est attendue", "a list of steps is expected"))
        return Scenario(
            name=self._text(found["scenario"]), steps=tuple(map(self._step, steps.items)), end=self._end(found["end"]),
            line=said.line, on=self._day(found.get("on")), by=self._text(found.get("by")),
            choose=self._texts(found.get("choose")),
            start=self._named(found.get("start")), usual=usual + self._by_task(found.get("usual")),
        )  # fmt: skip

    def _step(self, said: Said) -> Step:
        known = {**keywords.VERBS, **keywords.DETAILS}
        found = self._by_keyword(said, known, Text("une étape", "a step"))
        verb = keywords.verb_of(found)
        if not verb:
            why = Text("une étape dit une seule de ces choses : {known}", "a step says one of these things: {known}")
            raise self._refuse(said, why.format(known=keywords.listing(keywords.VERBS.values())))
        if verb == "until":
            self._by_task(found.get("answers"))
        for key in found:
            if key != verb and key not in keywords.TAKES[verb]:
                why = Text("« {key} » ne va pas avec « {verb} »", "“{key}” does not go with “{verb}”")
                raise self._refuse(said, why.format(key=keywords.DETAILS[key], verb=keywords.VERBS[verb]))
        if verb == "decide" and "outcome" not in found:
            raise self._refuse(said, Text("l’issue de la porte est attendue", "the outcome of the gate is expected"))
        return Step(
            verb=verb, names=self._texts(found[verb]), line=said.line, answers=self._named(found.get("answers")),
            choose=self._texts(found.get("choose")) if verb != "choose" else (),
            refused=self._texts(found.get("refused")),
            outcome=self._text(found.get("outcome") or found.get("gates")),
        )  # fmt: skip

    def _end(self, said: Said) -> End:
        if isinstance(said, Named):
            [(word, name), *more] = said.items.items()
            kind = keywords.which(word, keywords.ENDS)
            if kind and not more:
                return End(kind, self._text(name), said.line)
            why = Text("la fin est l’une de {known}, ou un nom", "the end is one of {known}, or a name")
            raise self._refuse(said, why.format(known=keywords.listing(keywords.ENDS.values())))
        text = self._text(said)
        kind = keywords.which(text, keywords.ENDS)
        return End(kind, "", said.line) if kind else End("ended", text, said.line)

    # --- words ---

    def _by_keyword(self, said: Said, known: Mapping[str, Text], what: Text) -> dict[str, Said]:
        if not isinstance(said, Named):
            why = Text("{what} se décrit par « nom : valeur »", "{what} is described by “name: value”")
            raise self._refuse(said, why.format(what=what))
        found: dict[str, Said] = {}
        for word, value in said.items.items():
            key = keywords.which(word, known)
            if not key or key in found:
                why = Text(
                    "« {word} » n’est pas attendu ici, ou l’est une seule fois ; {what} comprend {known}",
                    "“{word}” is not expected here, or only once; {what} understands {known}",
                )
                facts = {"word": word, "what": what, "known": keywords.listing(known.values())}
                raise self._refuse(said.keys[word], why.format(**facts))
            found[key] = value
        return found

    def _text(self, said: Said | None) -> str:
        if said is None:
            return ""
        if not isinstance(said, Words):
            raise self._refuse(said, Text("un seul texte est attendu", "one text is expected"))
        return said.text

    def _texts(self, said: Said | None) -> tuple[str, ...]:
        if said is None:
            return ()
        items = said.items if isinstance(said, Listed) else (said,)
        return tuple(text for text in map(self._text, items) if text)

    def _named(self, said: Said | None) -> Named | None:
        if said is None or (isinstance(said, Words) and not said.text):
            return None
        if not isinstance(said, Named):
            raise self._refuse(said, Text("des « nom : valeur » sont attendus", "“name: value” pairs are expected"))
        return said

    def _by_task(self, said: Said | None) -> tuple[Named, ...]:
        """Answers by task, and then by label."""
        found = self._named(said)
        for each in found.items.values() if found else ():
            self._named(each)
        return (found,) if found else ()

    def _day(self, said: Said | None) -> date:
        if said is None:
            return FIRST_DAY
        found = day_said(self._text(said))
        if found is None:
            raise self._refuse(said, Text("une date est attendue : 2026-01-05", "a date is expected: 2026-01-05"))
        return found

    def _refuse(self, said: Said, why: Text) -> ScenariosUnreadable:
        return ScenariosUnreadable(file=self.file, line=said.line, column=said.column, why=why)
