"""Create or complete the organisation: services, people, who holds which role, objectives, strands, themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from engine.errors import ChoiceUnknown, NotAllowed, OrganisationRefused
from engine.passwords import hashed
from engine.people import ADMINISTRATOR
from engine.store.act import Act
from engine.store.tables import ActorRow, ChoiceRow, HoldingRow, ServiceRow
from engine.words import Text


@dataclass(frozen=True, slots=True)
class LoadOrganisation:
    """Create or complete the organisation: services, people, who holds which role, objectives, strands, themes."""

    data: dict[str, Any]  #: form of docs/reference/organisation.md


@dataclass(frozen=True, slots=True)
class Loaded:
    actors: int
    services: int


#: lists of the organisation, by their name in the file
KINDS = {"objectives": "objective", "strands": "strand", "themes": "theme"}


def handle(act: Act, command: LoadOrganisation) -> Loaded:
    if act.actor.id and not act.actor.holds(ADMINISTRATOR):
        who = Text("l’administrateur", "the administrator")
        raise NotAllowed(verb=Text("modifier l’organisation", "change the organisation"), who=who)
    _must_be_complete(command.data)
    for each in command.data.get("services", ()):
        _service(act, each)
    for name, kind in KINDS.items():
        for each in command.data.get(name, ()):
            _choice(act, kind, each)
    for each in command.data.get("people", ()):
        _person(act, each)
    for name, kind in KINDS.items():
        for each in command.data.get(name, ()):
            _entrust(act, kind, each)
    counts = {name: len(command.data.get(name, ())) for name in ("services", "people", *KINDS)}
    act.record("organisation_loaded", None, None, **counts)
    return Loaded(counts["people"], counts["services"])


#: what each entry must have
NEEDED = {"services": ("code", "fr"), "people": ("login", "name"), **{name: ("code", "fr") for name in KINDS}}


def _must_be_complete(data: Any) -> None:
    """Raises `OrganisationRefused` for a part, an entry or a role that is not of the expected form."""
    if not isinstance(data, dict):
        raise OrganisationRefused(part="*", why=Text("un objet JSON est attendu.", "a JSON object is expected."))
    for part in data:
        if part not in NEEDED:
            why = Text("cette partie n’existe pas ; il y a {parts}.", "there is no such part; there are {parts}.")
            raise OrganisationRefused(part=part, why=why.format(parts=tuple(NEEDED)))
    for part, needed in NEEDED.items():
        for number, each in enumerate(data.get(part, ()), 1):
            roles = each.get("roles", ()) if isinstance(each, dict) else ()
            _must_have(f"{part} {number}", each, needed)
            for role in roles:
                _must_have(f"{part} {number}, roles", role, ("role", "service"))


def _must_have(part: str, entry: Any, needed: tuple[str, ...]) -> None:
    missing = tuple(key for key in needed if not isinstance(entry, dict) or not str(entry.get(key) or "").strip())
    if missing:
        why = Text("il manque {keys}.", "{keys} is missing.").format(keys=missing)
        raise OrganisationRefused(part=part, why=why)


def _service(act: Act, said: dict[str, Any]) -> None:
    row = _find(act, said["code"])
    parent = _find(act, said["parent"]) if said.get("parent") else None
    if said.get("parent") and parent is None:
        raise ChoiceUnknown(value=said["parent"], label=Text("Service", "Department"))
    if row is None:
        row = ServiceRow(code=said["code"], path="")
        act.session.add(row)
    row.name_fr, row.name_en = said["fr"], said.get("en", "")
    row.parent_id = parent.id if parent else None
    act.session.flush()
    row.path = f"{parent.path if parent else '/'}{row.id}/"


def _find(act: Act, code: str) -> ServiceRow | None:
    return act.session.execute(select(ServiceRow).where(ServiceRow.code == code)).scalar_one_or_none()


def _choice(act: Act, kind: str, said: dict[str, Any]) -> None:
    row = act.session.execute(
        select(ChoiceRow).where(ChoiceRow.kind == kind, ChoiceRow.code == said["code"])
    ).scalar_one_or_none()
    if row is None:
        row = ChoiceRow(kind=kind, code=said["code"])
        act.session.add(row)
    row.label_fr, row.label_en = said["fr"], said.get("en", "")


def _entrust(act: Act, kind: str, said: dict[str, Any]) -> None:
    """Who keeps an objective or a strand, and the strand of an objective; as before where the file does not say."""
    if "owner" not in said and "strand" not in said:
        return
    row = act.session.execute(
        select(ChoiceRow).where(ChoiceRow.kind == kind, ChoiceRow.code == said["code"])
    ).scalar_one()
    if "strand" in said:
        row.parent = _strand(act, said["strand"]) if said["strand"] else ""
    if "owner" in said:
        row.owner_id = _actor(act, said["owner"]) if said["owner"] else None


def _strand(act: Act, code: str) -> str:
    known = select(ChoiceRow.code).where(ChoiceRow.kind == "strand", ChoiceRow.code == code)
    if act.session.execute(known).first() is None:
        raise ChoiceUnknown(value=code, label=Text("Volet de la stratégie", "Strand of the strategy"))
    return code


def _actor(act: Act, login: str) -> int:
    found = act.session.execute(select(ActorRow.id).where(ActorRow.login == login)).scalar_one_or_none()
    if found is None:
        raise ChoiceUnknown(value=login, label=Text("Annuaire", "Directory"))
    return found


def _person(act: Act, said: dict[str, Any]) -> None:
    service = _find(act, said["service"]) if said.get("service") else None
    row = act.session.execute(select(ActorRow).where(ActorRow.login == said["login"])).scalar_one_or_none()
    if row is None:
        row = ActorRow(login=said["login"], password="", kind="internal", language="fr", active=True)
        act.session.add(row)
    row.name, row.email = said["name"], said.get("email", "")
    row.kind = said.get("kind", row.kind)
    row.language = said.get("language", row.language)
    row.active = bool(said.get("active", True))
    row.service_id = service.id if service else None
    if said.get("password"):
        row.password = hashed(said["password"])
    act.session.flush()
    if "roles" in said:
        _holdings(act, row, said["roles"])


def _holdings(act: Act, row: ActorRow, roles: list[dict[str, str]]) -> None:
    """The roles that a person holds in services are those of the file, and no others."""
    act.session.execute(delete(HoldingRow).where(HoldingRow.actor_id == row.id, HoldingRow.scope == "service"))
    for each in roles:
        service = _find(act, each["service"])
        if service is None:
            raise ChoiceUnknown(value=each["service"], label=Text("Service", "Department"))
        act.session.add(HoldingRow(role=each["role"], scope="service", scope_id=service.id, actor_id=row.id))
