"""Guests: one link, one task, one end. What the link opens, when it no longer does, and what a guest never sees."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

import pytest

from engine import (
    Appoint,
    AssignTask,
    AttestItem,
    CastVote,
    CompleteTask,
    DecideGate,
    GuestImpossible,
    Guests,
    HandOver,
    InviteGuest,
    LinkExpired,
    LinkForOther,
    LinkOpened,
    LinkOver,
    LinkRevoked,
    LinkUnknown,
    NotAllowed,
    NotFound,
    OpenLink,
    People,
    ProjectPageOf,
    RefuseTask,
    RemoveGuest,
    RevokeInvitation,
    SaveDraft,
    SignIn,
    TaskPageOf,
    WrongPassword,
)
from engine.computed import compute
from engine.computed.looked import Looked
from engine.guests import LONGEST
from engine.settings import Settings
from engine.store.tables import ActorRow, InvitationRow, MessageRow, ProjectRow, TaskRow
from tests.engine.play import Play

UNTIL = date(2026, 12, 11)


def asked(play: Play, **said: Any) -> tuple[int, int]:
    """A project at its task B, and the task."""
    project = play.start(**said)
    play.complete(project, "A", urgent=False)
    return project, play.task(project, "B")


def invite(play: Play, task: int, by: str = "claire", **said: Any) -> str:
    """The secret of a new link; the guest is Mme Roche."""
    secret = secrets.token_urlsafe(32)
    known = {"name": "Mme Roche", "email": "roche@locataires.fr", "until": UNTIL}
    play.do(by, InviteGuest(task, secret=secret, **(known | said)))
    return secret


def opened(play: Play, secret: str, task: int | None = None) -> LinkOpened:
    link: LinkOpened = play.engine.execute(OpenLink(secret, task))
    return link


def kept_out(play: Play, secret: str, task: int | None = None) -> str:
    """Why the link opens nothing."""
    with pytest.raises((LinkUnknown, LinkExpired, LinkRevoked, LinkOver, LinkForOther)) as refusal:
        opened(play, secret, task)
    return f"{type(refusal.value).__name__}: {refusal.value.text('fr')}"


# --- the link opens the task ------------------------------------------------------------------------------------


def test_a_guest_answers_by_the_link_and_history_says_who(play: Play) -> None:
    project, task = asked(play)
    link = opened(play, invite(play, task))
    assert (link.task, play.row(task).assignee_id) == (task, link.actor)
    play.engine.execute(SaveDraft(task, {"avis": "non"}), link.actor)
    play.engine.execute(CompleteTask(task, {"avis": "oui"}), link.actor)
    assert (play.row(task).state, play.row(task).closed_by) == ("done", link.actor)
    assert play.open(project) == ["R DAF", "R DRH"]
    said = [each.text.fr for each in play.page(task).history]
    assert said[-2:] == [
        "Claire a invité Mme Roche à « Expertiser », jusqu’au 11/12/2026", "Mme Roche a terminé « Expertiser »",
    ]  # fmt: skip


def test_only_the_hash_of_the_secret_is_kept(play: Play) -> None:
    _, task = asked(play)
    secret = secrets.token_urlsafe(32)
    play.do("claire", InviteGuest(task, "Mme Roche", "roche@locataires.fr", UNTIL, secret), key="un clic")
    (row,) = play.rows(InvitationRow)
    assert row.digest == hashlib.sha256(secret.encode()).hexdigest()
    play.do("claire", InviteGuest(task, "Mme Roche", "roche@locataires.fr", UNTIL, secret), key="un clic")
    assert len(play.rows(InvitationRow)) == 1
    with play.engine.store.read() as session:
        tables = [table for table in InvitationRow.metadata.sorted_tables]
        assert [t.name for t in tables for row in session.execute(t.select()) if secret in repr(tuple(row))] == []


def test_the_message_holds_the_link_until_it_is_sent_and_no_longer(play: Play) -> None:
    _, task = asked(play)
    play.engine.settings = Settings(smtp="smtp://127.0.0.1:9", mail_from="jalon@o.fr", base="https://jalon.o.fr")
    secret = invite(play, task, language="en", message="Nous comptons sur vous.")
    (letter,) = play.rows(MessageRow)
    assert letter.address == "roche@locataires.fr"
    assert letter.subject == "Claire asks you for: Assess"
    assert f"https://jalon.o.fr/invitation/{secret}" in letter.body
    assert "Nous comptons sur vous." in letter.body


def test_a_guest_sees_one_task_and_no_directory(play: Play) -> None:
    project, task = asked(play)
    other = play.rows(TaskRow, TaskRow.element == "A")[0].id
    guest = opened(play, invite(play, task)).actor
    page = play.engine.read(TaskPageOf(task), guest)
    assert (page.people, page.colleagues, page.proofs, page.hides) == ((), (), (), {"porteur"})
    assert not page.can & {"hand_over", "assign", "claim", "invite"}
    for query in (TaskPageOf(other), People(), Guests(project)):
        with pytest.raises(NotFound):
            play.engine.read(query, guest)
    with pytest.raises(NotFound):
        play.engine.execute(SaveDraft(other, {}), guest)
    assert play.engine.read(ProjectPageOf(project), guest).open == ()
    with pytest.raises(NotAllowed):
        play.engine.execute(HandOver(task, play.people["emile"]), guest)
    login = play.rows(ActorRow, ActorRow.id == guest)[0].login
    with pytest.raises(WrongPassword):
        play.engine.execute(SignIn(login, ""))


def test_a_guest_who_declines_says_why_to_the_sponsor(play: Play) -> None:
    _, task = asked(play)
    secret = invite(play, task)
    play.engine.execute(RefuseTask(task, "Ce n’est pas notre rôle."), opened(play, secret).actor)
    assert play.row(task).assignee_id == play.people["denis"]
    assert kept_out(play, secret).startswith("LinkRevoked")


# --- the link no longer opens it --------------------------------------------------------------------------------


def test_a_forged_link_opens_nothing(play: Play) -> None:
    _, task = asked(play)
    secret = invite(play, task)
    for forged in (secrets.token_urlsafe(32), secret[:-1], "", "é" * 43):
        assert kept_out(play, forged) == (
            "LinkUnknown: Ce lien n’ouvre rien : il est incomplet, ou il n’a jamais été donné. Copiez-le en entier "
            "depuis le message que vous avez reçu, ou demandez-en un nouveau à la personne qui vous a écrit."
        )


def test_a_link_ends_with_its_last_day(play: Play) -> None:
    _, task = asked(play)
    secret = invite(play, task, until=date(2026, 11, 25))
    play.clock.at = play.clock.at.replace(day=25, hour=22, minute=59)
    opened(play, secret)
    play.clock.advance(minutes=2)
    assert kept_out(play, secret) == (
        "LinkExpired: Ce lien n’est plus valable depuis le 25/11/2026 23:59. Demandez-en un nouveau à Claire."
    )


def test_a_revoked_link_opens_nothing_and_the_task_waits_for_its_role(play: Play) -> None:
    project, task = asked(play)
    secret = invite(play, task)
    (line,) = play.see("claire", Guests(project)).invitations
    play.do("claire", RevokeInvitation(line.id))
    assert kept_out(play, secret) == (
        "LinkRevoked: Ce lien a été retiré : « Expertiser » ne vous est plus demandée. "
        "Pour toute question, écrivez à Claire."
    )
    assert play.row(task).assignee_id is None
    before = play.counts()
    play.do("claire", RevokeInvitation(line.id))
    assert play.counts() == before


def test_a_link_opens_no_other_task(play: Play) -> None:
    _, task = asked(play)
    _, other = asked(play)
    first, second = invite(play, task), invite(play, other)
    assert opened(play, second).actor == opened(play, first).actor  # the same person, a link each
    assert kept_out(play, first, other) == (
        "LinkForOther: Ce lien n’ouvre que « Expertiser ». Chaque demande a le sien : ouvrez celui du message "
        "qui la concerne."
    )


def test_a_task_given_to_another_is_the_guests_no_more(play: Play) -> None:
    _, task = asked(play)
    secret = invite(play, task)
    play.do("claire", AssignTask(task, play.people["fatou"]))
    assert kept_out(play, secret).startswith("LinkRevoked")


def test_the_one_who_is_invited_last_has_the_task_and_the_link_before_is_dead(play: Play) -> None:
    _, task = asked(play)
    first, second = invite(play, task), invite(play, task)
    third = invite(play, task, name="M. Petit", email="petit@ville.fr")
    assert [kept_out(play, each).partition(":")[0] for each in (first, second)] == ["LinkRevoked"] * 2
    assert opened(play, third).task == task


def test_every_link_dies_with_the_project(play: Play) -> None:
    project, task = asked(play)
    secret = invite(play, task)
    with play.engine.store.write() as session:
        session.get_one(ProjectRow, project).status = "stopped"
    assert kept_out(play, secret) == (
        "LinkOver: Le projet « Un projet » est arrêté : ses invités n’y ont plus accès. "
        "Rien n’est plus attendu de vous."
    )


def test_a_project_does_not_close_while_a_guest_has_access(play: Play) -> None:
    project, task = asked(play)
    guest = opened(play, invite(play, task)).actor
    play.do("claire", Appoint(project, "EXT", (guest,)))

    def says() -> tuple[bool, str, list[str]]:
        with play.engine.store.read() as session:
            row = session.get_one(ProjectRow, project)
            method = play.engine.release(session, row.release_id).method
            found = compute(Looked(session, row, method, play.clock.at), "guests_removed")
            return found.holds, found.remark.fr, [each.place for each in found.pointers]

    assert says() == (
        False, "le lien de Mme Roche ouvre encore une tâche, Mme Roche tient encore un rôle", ["guests", "guests"],
    )  # fmt: skip
    assert [each.name for each in play.see("claire", Guests(project)).present] == ["Mme Roche"]
    play.do("denis", RemoveGuest(project, guest))
    assert says() == (True, "Aucun invité n’a plus accès.", [])
    assert play.see("claire", Guests(project)).present == ()
    assert play.row(task).assignee_id is None
    assert "Denis a retiré à Mme Roche, de l’extérieur, tout accès au projet" in [
        each.text.fr for each in play.project(project).history
    ]


def test_the_administrator_vouches_in_vain_while_a_guest_has_access(play: Play) -> None:
    project = play.start("projet_transversal")
    closing = play.until(project, "KC2", {"G1": ["stop"]})
    budget = play.task(project, "KC4")
    guest = opened(play, invite(play, budget)).actor
    play.do("jeanne", AttestItem(closing, "liste.19", "vu ce jour"))
    line = play.page(closing).lines["liste.19"]
    assert (line.holds, line.remark.fr, [each.place for each in line.pointers]) == (
        False, "le lien de Mme Roche ouvre encore une tâche", ["guests"],
    )  # fmt: skip
    play.do("claire", RemoveGuest(project, guest))
    assert play.page(closing).lines["liste.19"].holds


# --- who invites, whom, to what ---------------------------------------------------------------------------------


def test_lead_and_sponsor_invite_and_nobody_else(play: Play) -> None:
    project, task = asked(play)
    command = InviteGuest(task, "Mme Roche", "roche@locataires.fr", UNTIL, secrets.token_urlsafe(32))
    assert type(play.refused("emile", command)) is NotAllowed
    assert type(play.refused("karim", command)) is NotFound
    invite(play, task, by="denis")
    for login in ("claire", "denis", "jeanne"):
        assert len(play.see(login, Guests(project)).invitations) == 1
    for login in ("emile", "karim", "alice"):
        with pytest.raises(NotFound):
            play.see(login, Guests(project))
    assert type(play.refused("emile", RevokeInvitation(1))) is NotAllowed
    assert type(play.refused("emile", RemoveGuest(project, play.rows(InvitationRow)[0].actor_id))) is NotAllowed


def test_a_guest_never_sits_at_a_gate(play: Play) -> None:
    project = play.start()
    gate = play.until(project, "G1", A={"urgent": False})
    refusal = play.refused("claire", InviteGuest(gate, "M. Petit", "p@ville.fr", UNTIL, secrets.token_urlsafe(32)))
    assert type(refusal) is GuestImpossible
    assert refusal.text("fr") == (
        "L’invitation n’est pas possible : un invité ne siège ni ne vote à une porte. Invitez-le à une tâche, "
        "par exemple à un avis."
    )
    other, task = asked(play)
    guest = opened(play, invite(play, task)).actor
    for command in (CastVote(gate, "favourable"), DecideGate(gate, "go", "prêt")):
        with pytest.raises(NotFound):
            play.engine.execute(command, guest)
    assert other != project


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": " "}, "un nom de 200 caractères au plus est attendu"),
        ({"email": "roche"}, "une adresse électronique est attendue"),
        ({"email": "Emile@organisme.fr"}, "cette adresse est celle de Émile, qui fait partie du personnel"),
        ({"until": date(2026, 11, 22)}, "elle doit finir aujourd’hui ou plus tard, dans 180 jours au plus"),
        ({"until": date(2026, 11, 23) + timedelta(days=LONGEST + 1)}, "elle doit finir aujourd’hui ou plus tard"),
        ({"secret": "1234"}, "le secret du lien est mal formé"),
        ({"message": "a" * 2001}, "le message dépasse 2000 caractères"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(essai: Play, said: dict[str, Any], why: str) -> None:
    _, task = asked(essai)
    with essai.engine.store.write() as session:
        session.get_one(ActorRow, essai.people["emile"]).email = "emile@organisme.fr"
    known = {"name": "Mme Roche", "email": "r@l.fr", "until": UNTIL, "secret": secrets.token_urlsafe(32)}
    refusal = essai.refused("claire", InviteGuest(task, **(known | said)))
    assert type(refusal) is GuestImpossible
    assert why in refusal.text("fr")


def test_what_belongs_to_the_lead_is_asked_of_no_guest(essai: Play) -> None:
    project = essai.start()
    task = essai.task(project, "A")
    refusal = essai.refused("claire", InviteGuest(task, "R", "r@l.fr", UNTIL, secrets.token_urlsafe(32)))
    assert "cette tâche revient à qui conduit le projet ou le commande" in refusal.text("fr")
    assert essai.see("claire", Guests(project)).tasks == ()


def test_the_list_of_guests_says_how_each_invitation_stands(essai: Play) -> None:
    project, task = asked(essai)
    secret = invite(essai, task)
    states = []

    def state() -> tuple[str, bool]:
        (line, *_) = essai.see("claire", Guests(project)).invitations
        return line.state, line.live

    states.append(state())
    guest = opened(essai, secret).actor
    essai.engine.execute(CompleteTask(task, {"avis": "oui"}), guest)
    states.append(state())
    assert [each.id for each in essai.see("claire", Guests(project, "live")).invitations] == [1]
    essai.clock.advance(days=30)
    states.append(state())
    assert states == [("awaited", True), ("done", True), ("done", False)]
    assert essai.see("claire", Guests(project, "live")).invitations == ()
