"""The database itself: it answers, its tables are this version's, nothing in it is torn, it keeps what it is given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, bindparam, func, select, text
from sqlalchemy.orm import Session

from engine.doctor.examination import Examined, Few, ill, well
from engine.engine import Engine
from engine.store.session import schema_of, schemas
from engine.store.tables import Base
from engine.words import Text

LOOK = Text(
    "Vérifiez JALON_DATABASE_URL, le serveur et ses droits ; "
    "si le fichier est abîmé, restaurez la dernière sauvegarde.",
    "Check JALON_DATABASE_URL, the server and its permissions; if the file is torn, restore the last backup.",
)
RESTORE = Text(
    "Restaurez la dernière sauvegarde dans une base vide (« jalon restore »), et gardez celle-ci pour comprendre.",
    "Restore the last backup into an empty database (“jalon restore”), and keep this one to understand.",
)
#: bytes; and once more the size of the database, which a backup or a migration may need
LEAST_FREE = 500_000_000
#: connections that one process of Jalon opens at most, and those that PostgreSQL keeps for itself
CONNECTIONS = 33


def file_of(engine: Engine) -> Path | None:
    """SQLite's file; None for PostgreSQL, or a database in memory."""
    name = engine.store.engine.url.database
    return Path(name) if engine.one_file and name and name != ":memory:" else None


def missing_file(engine: Engine) -> Examined | None:
    """Opening SQLite would create the file."""
    path = file_of(engine)
    if path is None or path.exists():
        return None
    return ill(
        Text("Il n’y a pas de fichier « {path} ».", "There is no file “{path}”."),
        Text(
            "Indiquez la base par --database ou JALON_DATABASE_URL, ou créez-la : « jalon init ».",
            "Name the database by --database or JALON_DATABASE_URL, or create it: “jalon init”.",
        ),
        path=path.resolve(),
    )


def answers(engine: Engine, session: Session) -> Examined:
    query = "SELECT sqlite_version()" if engine.one_file else "SHOW server_version"
    version = session.execute(text(query)).scalar_one()
    if engine.one_file:
        session.execute(text("SELECT count(*) FROM sqlite_master"))  # the file is read at the first question about it
    return well("La base répond : {name} {version}.", "The database answers: {name} {version}.",
                name="SQLite" if engine.one_file else "PostgreSQL", version=version)  # fmt: skip


def schema(engine: Engine, session: Session) -> Examined:
    found, known = schema_of(session.connection()), schemas()
    if found == known[-1]:
        return well("Les tables sont celles de cette version ({schema}).", "The tables are this version’s ({schema}).",
                    schema=found)  # fmt: skip
    if found is None:
        said = Text("Cette base n’a pas encore les tables de Jalon.", "This database does not have Jalon’s tables yet.")
        return ill(said, INIT)
    if found in known:
        said = Text("Les tables ({found}) sont plus anciennes que cette version ({expected}).",
                    "The tables ({found}) are older than this version ({expected}).")  # fmt: skip
        return ill(said, INIT, found=found, expected=known[-1])
    said = Text("Les tables ({found}) sont d’une version plus récente que celle-ci ({expected}).",
                "The tables ({found}) are of a newer version than this one ({expected}).")  # fmt: skip
    remedy = Text("Installez la version de Jalon qui les a écrites.", "Install the version of Jalon that wrote them.")
    return ill(said, remedy, found=found, expected=known[-1])


INIT = Text("Sauvegardez, puis lancez « jalon init ».", "Back up, then run “jalon init”.")


# --- integrity ---------------------------------------------------------------------------------------------


def integrity(engine: Engine, session: Session) -> Examined:
    torn = Few(_torn(session)) if engine.one_file else Few(())
    if torn:
        said = Text("Le fichier de la base est abîmé : {what}.", "The database’s file is torn: {what}.")
        return ill(said, RESTORE, what=torn.text)
    lost = Few(_lost(session.connection()))
    if lost:
        said = Text("Des lignes renvoient à d’autres qui n’existent pas : {what}.",
                    "Rows refer to others that do not exist: {what}.")  # fmt: skip
        return ill(said, RESTORE, what=lost.text)
    return well("Rien n’est abîmé, chaque ligne renvoie à une autre qui existe.",
                "Nothing is torn, every row refers to one that exists.")  # fmt: skip


def _torn(session: Session) -> Iterator[str]:
    return (said for said in session.execute(text("PRAGMA integrity_check(20)")).scalars() if said != "ok")


def _lost(connection: Connection) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            for reference in column.foreign_keys:
                there = reference.column.table.alias()
                query = (
                    select(func.count())
                    .select_from(table.outerjoin(there, there.c[reference.column.name] == column))
                    .where(column.is_not(None), there.c[reference.column.name].is_(None))
                )
                if count := connection.execute(query).scalar_one():
                    yield f"{table.name}.{column.name} ({count})"


#: tables that nothing is changed in
KEPT = ("jalon_events", "jalon_decisions", "jalon_entries")


def guard(engine: Engine, session: Session) -> Examined:
    """The triggers that make history and decisions append-only."""
    if engine.one_file:
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN :names"
        names = [f"{table}_no_{act}" for table in KEPT for act in ("update", "delete")]
    else:
        query = "SELECT count(*) FROM pg_trigger WHERE tgname IN :names AND tgenabled IN ('O', 'A')"
        names = [f"{table}_kept" for table in KEPT]
    asked = text(query).bindparams(bindparam("names", names, expanding=True))
    if session.execute(asked).scalar_one() == len(names):
        return well(
            "La base refuse que l’historique et les décisions soient modifiés.",
            "The database refuses changes to history and decisions.",
        )
    said = Text("La base ne refuse plus que l’historique ou les décisions soient modifiés : un déclencheur a été "
                "retiré.",
                "The database no longer refuses changes to history or decisions: a trigger was removed.")  # fmt: skip
    remedy = Text(
        "Demandez qui l’a retiré et pourquoi ; une sauvegarde restaurée dans une base vide a de nouveau le sien.",
        "Ask who removed it and why; a backup restored into an empty database has its own again.",
    )
    return ill(said, remedy)


# --- what it promises --------------------------------------------------------------------------------------


def settings(engine: Engine, session: Session) -> Examined:
    found = Few(_sqlite(session) if engine.one_file else _postgresql(session))
    if not found:
        return well("Les réglages gardent ce qui a été enregistré.", "The settings keep what was saved.")
    said = Text(
        "Des réglages contredisent ce que Jalon promet : {what}.", "Settings contradict what Jalon promises: {what}."
    )
    remedy = Text(
        "Rétablissez-les (docs/reference/settings.md) : sans eux, une coupure peut perdre ce qui a été enregistré, "
        "ou les connexions manquer.",
        "Set them right (docs/reference/settings.md): without them a power cut may lose what was saved, "
        "or connections may run out.",
    )
    return ill(said, remedy, what=found.text)


def _sqlite(session: Session) -> Iterator[str]:
    for name, expected in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
        found = session.execute(text(f"PRAGMA {name}")).scalar_one()
        if found != expected:
            yield f"{name}={found}"


def _postgresql(session: Session) -> Iterator[str]:
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if session.execute(text(f"SHOW {name}")).scalar_one() == "off":
            yield f"{name}=off"
    if (encoding := session.execute(text("SHOW server_encoding")).scalar_one()) != "UTF8":
        yield f"server_encoding={encoding}"
    if int(most := session.execute(text("SHOW max_connections")).scalar_one()) < CONNECTIONS:
        yield f"max_connections={most} < {CONNECTIONS}"


def disk(engine: Engine, session: Session) -> Examined:
    path = file_of(engine)
    if path is None:
        return well("Le disque de PostgreSQL n’est pas visible d’ici ; surveillez-le sur son serveur.",
                    "PostgreSQL’s disk cannot be seen from here; watch it on its server.")  # fmt: skip
    free, size = shutil.disk_usage(path.resolve().parent).free, path.stat().st_size
    facts = {"free": f"{free / 1e9:.1f}", "size": f"{size / 1e9:.1f}"}
    if free >= LEAST_FREE + size:
        return well("Il reste {free} Go de disque pour une base de {size} Go.",
                    "{free} GB of disk are left for a database of {size} GB.", **facts)  # fmt: skip
    said = Text("Il ne reste que {free} Go de disque pour une base de {size} Go.",
                "Only {free} GB of disk are left for a database of {size} GB.")  # fmt: skip
    return ill(
        said, Text("Libérez de la place, ou déplacez la base.", "Free some space, or move the database."), **facts
    )
