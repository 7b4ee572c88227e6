"""What the registers of the project say. A confidential one answers without a word, a number or a link for others."""

from __future__ import annotations

from collections.abc import Iterable

from engine.computed.facts import EntryFact
from engine.computed.looked import Found, Looked, Pointer, joined
from engine.registers import REGISTERS
from engine.store.entries import major_without_measure, title_of
from engine.words import Text


def no_open_action(looked: Looked) -> Found:
    """No action of the project is open: each is done, dropped with a reason, or has left the project."""
    return _closed(looked, still_open(looked, ["action"]), Text("Aucune action ouverte.", "No open action."))


def critical_actions_closed(looked: Looked) -> Found:
    """No action said to be critical is open."""
    found = [row for row in still_open(looked, ["action"]) if row.level > 0]
    return _closed(looked, found, Text("Aucune action critique ouverte.", "No critical action open."))


def register_closed(looked: Looked) -> Found:
    """The registers named have no open entry."""
    names = joined([REGISTERS[each].name for each in looked.arguments])
    holds = Text("Rien d’ouvert : {names}.", "Nothing open: {names}.").format(names=names)
    return _closed(looked, still_open(looked, looked.arguments), holds)


def deviations_reviewed(looked: Looked) -> Found:
    """No deviation awaits an answer."""
    holds = Text("Aucune dérogation en attente de réponse.", "No deviation awaits an answer.")
    found = still_open(looked, ["deviation"])
    if not found or looked.steers:
        return _closed(looked, found, holds)
    said = Text("{count} dérogation(s) en attente de réponse.", "{count} deviation(s) await an answer.")
    said = said.format(count=len(found))
    return Found(False, said, (looked.here("project", said, looked.sponsor),))


def major_resistance_handled(looked: Looked) -> Found:
    """Each major resistance has a measure and an owner. Those who may not read the register learn nothing else."""
    lacking = major_without_measure(looked.session, looked.project)
    if not lacking:
        return Found(True, Text("Rien ne s’y oppose.", "Nothing stands against it."))
    if not looked.steers:
        who = Text(f"{looked.lead.fr}, {looked.sponsor.fr}", f"{looked.lead.read('en')}, {looked.sponsor.read('en')}")
        said = Text(
            "Le journal confidentiel est à compléter ; le chef de projet et le commanditaire savent par quoi.",
            "The confidential register is to be completed; the project lead and the sponsor know how.",
        )
        return Found(False, said, (looked.here("project", said, who),))
    said = Text("Sans mesure ou sans porteur : {names}.", "Without a measure or an owner: {names}.")
    pointers = tuple(Pointer("entry", row.id, Text(row.title), looked.lead) for row in lacking)
    return Found(False, said.format(names=tuple(row.title for row in lacking)), pointers)


def still_open(looked: Looked, registers: Iterable[str]) -> list[EntryFact]:
    """The open entries of the project, register by register, the oldest first."""
    wanted = list(registers)
    looked.gather(("entries", each) for each in wanted)
    return [row for each in wanted for row in looked.rows("entries", each)]


def _closed(looked: Looked, rows: list[EntryFact], holds: Text) -> Found:
    if not rows:
        return Found(True, holds)
    pointers = tuple(pointer_to(looked, row) for row in rows)
    said = Text("Encore ouvert : {what}.", "Still open: {what}.")
    return Found(False, said.format(what=joined([each.text for each in pointers])), pointers)


def pointer_to(looked: Looked, row: EntryFact) -> Pointer:
    who = looked.person(row.owner_id) if row.owner_id else looked.lead
    return Pointer("entry", row.id, Text("« {title} »", "“{title}”").format(title=title_of(row)), who)
