"""What the project itself says: who has access, who holds what, what its record is worth."""

from __future__ import annotations

import json

from sqlalchemy import select

from engine.computed.looked import Found, Looked, joined
from engine.history import GENESIS
from engine.people import resolve
from engine.store.tables import ServiceRow
from engine.words import Text


def guests_removed(looked: Looked) -> Found:
    """No link opens a task of the project any more, and no guest holds a role in it."""
    looked.gather([("links", ""), ("guests", "")])
    opens = Text("le lien de {name} ouvre encore une tâche", "{name}’s link still opens a task")
    holds = Text("{name} tient encore un rôle", "{name} still holds a role")
    pointers = (
        *(looked.here("guests", opens.format(name=each.name), looked.lead) for each in looked.rows("links")),
        *(looked.here("guests", holds.format(name=each.name), looked.lead) for each in looked.rows("guests")),
    )
    if not pointers:
        return Found(True, Text("Aucun invité n’a plus accès.", "No guest has access any more."))
    return Found(False, joined([each.text for each in pointers]), pointers)


def dossier_archived(looked: Looked) -> Found:
    """History is whole up to its last event, whose digest seals the record; each file has its fingerprint."""
    project = looked.project
    looked.gather([("record", ""), ("proofs", "")])
    (record,), (proofs,) = looked.rows("record"), looked.rows("proofs")
    head = record.digest or GENESIS
    whole = record.events == (record.last or 0) == project.events and head == (project.digest or GENESIS)
    if whole and not proofs.bare:
        said = Text(
            "{events} événements chaînés, {files} fichier(s), empreinte {digest}…",
            "{events} chained events, {files} file(s), fingerprint {digest}…",
        )
        return Found(True, said.format(events=record.events, files=proofs.files, digest=head[:12]))
    said = Text(
        "L’historique ou une pièce a été modifié hors de Jalon : faites examiner la base (jalon doctor).",
        "History or a document was changed behind Jalon’s back: have the database examined (jalon doctor).",
    )
    who = Text("l’administrateur", "the administrator")
    return Found(False, said, (looked.here("files", said, who),))


def roles_held(looked: Looked) -> Found:
    """Each role that the project needs is held by somebody."""
    path = looked.session.execute(
        select(ServiceRow.path).where(ServiceRow.id == looked.project.service_id)
    ).scalar_one()
    services = [int(each) for each in path.split("/") if each]
    held = resolve(looked.session, looked.project.id, services, sorted(looked.method.asked))
    empty = [looked.method.role[role].name for role, each in sorted(held.items()) if not each.holders]
    if not empty:
        return Found(True, Text("Chaque rôle est tenu.", "Each role is held."))
    said = Text("Personne ne tient : {roles}.", "Held by nobody: {roles}.").format(roles=joined(empty))
    return Found(False, said, (looked.here("people", said, looked.sponsor),))


def objectives_named(looked: Looked) -> Found:
    """The project answers one strategic objective at least."""
    found: list[str] = json.loads(looked.project.objectives)
    if found:
        said = Text("{count} objectif(s) : {codes}.", "{count} objective(s): {codes}.")
        return Found(True, said.format(count=len(found), codes=tuple(found)))
    said = Text("Aucun objectif stratégique n’est nommé.", "No strategic objective is named.")
    return Found(False, said, (looked.here("project", said, looked.lead),))
