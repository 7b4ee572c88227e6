"""Who sees and who writes a register: one table of it, for commands and pages alike (engine.registers says the circle).

An entry belongs to a project, or to the organisation (no project). A guest sees no register: what one is asked to do
reaches a guest as a task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.method import Method
from engine.people import ADMINISTRATOR, METHOD_OWNER, Actor, Held
from engine.registers import REGISTERS, Register
from engine.store.tables import EntryRow, ProjectRow


@dataclass(frozen=True, slots=True)
class Before:
    """One actor before the registers of one project, or of the organisation."""

    actor: int
    guest: bool
    lead: bool
    sponsor: bool
    inside: bool  #: takes part in the project; of the organisation: works there
    answers: bool  #: the method owner, or an administrator
    method_owner: bool
    project: bool  #: it is about a project

    @property
    def steers(self) -> bool:
        return self.lead or self.sponsor

    def sees(self, register: Register) -> bool:
        if not self.actor:
            return True  # Jalon itself, on the machine
        if self.guest:
            return False
        match register.sees:
            case "organisation":
                return True
            case "group":
                return self.inside
            case "steering":
                return self.steers
            case "method":
                return self.steers or self.method_owner
        raise ValueError(register.sees)

    def sees_entry(self, entry: EntryRow) -> bool:
        """Whoever opened or carries an entry sees it; of a confidential register nobody but its circle does."""
        register = REGISTERS[entry.register]
        mine = self.actor in (entry.author_id, entry.owner_id) and not register.confidential and not self.guest
        return mine or self.sees(register)

    def may_open(self, register: Register) -> bool:
        """Also where one may not see: whoever takes part may report a resistance, or ask for a deviation."""
        if not self.actor:
            return True
        if self.guest or not self.inside:
            return False
        if not self.project:
            return register.everywhere and (register.sees == "organisation" or self.answers)
        return register.id != "decision" or self.steers

    def proposes(self, register: Register) -> bool:
        """What one opens is first proposed, until the lead accepts it."""
        return register.proposed and self.project and not self.steers and self.actor != 0

    def may(self, verb: str, entry: EntryRow) -> bool:
        """`change`, `take`, `accept`, `move`, `transfer`, `support`, `score`, `answer`, `follow`, `correct`: of one who
        sees it."""
        register = REGISTERS[entry.register]
        if not self.actor:
            return True
        if not self.sees_entry(entry):
            return False
        mine = self.actor == entry.owner_id
        wrote = self.actor == entry.author_id
        open_ = entry.closed_at is None
        proposed = entry.state == "proposed"
        match verb:
            case "change":
                return open_ and not register.fixed and (self.steers or mine or self._answers(register) or (
                    wrote and (proposed or not self.project)
                ))  # fmt: skip
            case "take":
                return open_ and self.inside and not register.fixed and entry.owner_id is None and (
                    register.id != "idea"
                )  # fmt: skip
            case "accept":
                return proposed and self.steers
            case "move":
                return self._moves(register, mine, proposed, wrote)
            case "transfer":
                return register.id == "action" and self.project and open_ and not proposed and (self.steers or mine)
            case "support":
                return register.id == "idea" and open_ and not wrote
            case "score":
                return register.id == "resistance" and open_ and self.steers
            case "answer":
                return register.id == "idea" and (self.answers or self.steers or mine)
            case "follow":
                return register.id == "watch" and open_
            case "correct":
                return register.id == "decision" and self.steers
        raise ValueError(verb)

    def _answers(self, register: Register) -> bool:
        return not self.project and self.answers and register.sees == "organisation"

    def _moves(self, register: Register, mine: bool, proposed: bool, wrote: bool) -> bool:
        if proposed:
            return self.steers or wrote
        match register.id:
            case "deviation":
                return (self.sponsor or self.method_owner) and not wrote
            case "change":
                return self.sponsor or mine
            case "watch":
                return self.inside
            case "idea":
                return self.answers or self.steers or mine
        return self.steers or mine or self._answers(register)


def before(
    actor: Actor, project: ProjectRow | None = None, method: Method | None = None,
    held: Mapping[str, Held] | None = None, path: Iterable[int] = (),
) -> Before:  # fmt: skip
    """`held`, `path`: who holds the roles of the project's method, and the services from the root to its own."""
    answers = actor.holds(METHOD_OWNER) or actor.holds(ADMINISTRATOR)
    if project is None or method is None:
        return Before(
            actor=actor.id, guest=actor.guest, lead=False, sponsor=False, inside=not actor.guest, answers=answers,
            method_owner=actor.holds(METHOD_OWNER), project=False,
        )  # fmt: skip

    def holds(role: str) -> bool:
        found = (held or {}).get(role)
        return found is not None and any(each.actor == actor.id for each in found.holders)

    # the same as engine.people.taking_part, of one project that is read already
    inside = project.id in actor.projects or project.author_id == actor.id or not actor.services.isdisjoint(path)
    return Before(
        actor=actor.id, guest=actor.guest, lead=holds(method.lead), sponsor=holds(method.sponsor),
        inside=not actor.guest and inside, answers=answers, method_owner=actor.holds(METHOD_OWNER), project=True,
    )  # fmt: skip
