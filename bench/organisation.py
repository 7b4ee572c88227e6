"""The organisation in which projects are played: a lead, one who holds every other role, and many who hold one."""

from __future__ import annotations

from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

from bench.bulk import Bulk, bulk
from engine import SYSTEM, Engine, LoadOrganisation, People, PublishMethod

#: who holds what: everyone but the lead in the root service
ROLES = (
    "COM COPIL COTECH GP RS EXP EXT COMINT FIN QUAL PROP RM ADM PO BM PSC SP PCT BIG AGB PQA RESP".split()
)  # fmt: skip
#: a role that many hold, as the lane of a diagram may name it
LANE, MEMBERS = "MEMBER", 200
#: by name of folder, which is the process id but for the dashes
METHODS = ("petit-projet", "pm2", "projet-transversal")


def organisation() -> dict[str, Any]:
    services = [{"code": "ORG", "fr": "Organisme"}]
    services += [{"code": code, "fr": code, "parent": "ORG"} for code in ("DAF", "DRH", "DSI")]
    roles = [{"role": role, "service": "ORG"} for role in ROLES]
    return {
        "services": services,
        "objectives": [{"code": "O1", "fr": "Objectif"}],
        "strands": [{"code": "V1", "fr": "Volet"}],
        "themes": [{"code": "T1", "fr": "Thème"}],
        "people": [
            {"login": "lead", "name": "Cheffe de projet", "service": "ORG"},
            {"login": "all", "name": "Toute l’organisation", "service": "ORG", "roles": roles},
        ],
    }


def method_files(name: str) -> dict[str, bytes]:
    folder = Path(str(files("workflows"))) / name
    return {each.name: each.read_bytes() for each in folder.glob("*.bpmn")}


def furnished(url: str) -> None:
    """The tables, the organisation and the methods, in the database `url`."""
    with closing(Engine(url)) as engine:
        engine.prepare()
        engine.execute(LoadOrganisation(organisation()), SYSTEM)
        for name in METHODS:
            engine.execute(PublishMethod(method_files(name)), SYSTEM)
        with bulk(engine) as rows:
            members(rows, "member", MEMBERS)
            last = rows.last("actors")
            rows.run(
                "INSERT INTO jalon_holdings (role, scope, scope_id, actor_id) "
                f"SELECT '{LANE}', 'service', 1, s.n FROM {rows.series(last - MEMBERS + 1, last)}"
            )


def members(rows: Bulk, login: str, count: int) -> None:
    """So many people more, `login` and their number from 0."""
    first = rows.last("actors") + 1
    name = f"'{login}' || (s.n - {first})"
    rows.copy("actors", first, first + count - 1, 1, id="s.n", login=name, name=name)
    rows.number_on("actors")


def actors(engine: Engine) -> dict[str, int]:
    """The ids of the people, by login."""
    return {each.login: each.actor.id for each in engine.read(People(), SYSTEM).people}
