"""Messages leave once their act is committed: mail, and a webhook; a receiver can drop what comes twice."""

from __future__ import annotations

import hashlib
import hmac
import json
import signal
from dataclasses import replace
from typing import Any

import pytest

from engine import SYSTEM, ClaimTask, CommentOn, JalonError, Jobs, MessageNotSent, SettingRefused
from engine.jobs.sending import letter
from engine.people import Actor
from engine.settings import Settings
from engine.store.act import Act
from engine.store.outbox import mail
from engine.store.tables import ActorRow, EventRow, MessageRow
from tests.engine.play import Play
from tests.engine.test_guests import invite
from tests.jobs.processes import processes, until
from tests.jobs.receivers import Hook, Mailbox, mail_server
from tests.jobs.test_queue import jobs

SECRET = "un secret"


def hooked(play: Play, hook: Hook) -> Play:
    play.engine.settings = Settings(webhook=hook.url, secret=SECRET)
    return play


def posting(play: Play, box: Mailbox, **more: str) -> Play:
    """Mail goes to `box`, and Claire has an address."""
    play.engine.settings = Settings(smtp=box.url, mail_from="Jalon <jalon@organisme.fr>", **more)
    with play.engine.store.write() as session:
        session.get_one(ActorRow, play.people["claire"]).email = "claire@organisme.fr"
    return play


def write(play: Play, key: str, subject: str = "Un sujet", body: str = "Un texte", to: str = "claire") -> bool:
    """One mail, in an act of its own."""
    engine, jalon = play.engine, Actor(SYSTEM, "Jalon", "fr", False, frozenset())
    with engine.store.act() as link:
        act = Act(link, jalon, play.clock.at, False, engine.release, engine.queue, engine.settings)
        return mail(act, act.session.get_one(ActorRow, play.people[to]), key, subject, body)


def test_a_link_is_forgotten_once_its_message_is_sent(play: Play, mailbox: Mailbox) -> None:
    project = posting(play, mailbox, base="https://jalon.organisme.fr").start()
    play.complete(project, "A", urgent=False)
    secret = invite(play, play.task(project, "B"))
    (row,) = play.rows(MessageRow)
    assert secret in row.body
    assert play.due() == 1
    assert f"https://jalon.organisme.fr/invitation/{secret}" in mailbox.messages[0].get_content()
    assert [each.body for each in play.rows(MessageRow)] == [""]


# --- webhook ---------------------------------------------------------------------------------------------------


def test_each_act_that_history_keeps_is_posted_once_and_signed(play: Play, hook: Hook) -> None:
    project = hooked(play, hook).start()
    task = play.task(project, "A")
    play.do("claire", CommentOn(task, "Une note"))
    assert play.due() == 2
    assert play.due() == 0
    (_, first), (headers, body) = hook.posts
    assert headers["Jalon-Signature"] == f"sha256={hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}"
    event = play.rows(EventRow, EventRow.kind == "comment_made")[0]
    assert json.loads(body) == {
        "message": f"event-{project}-{event.number}",
        "at": play.clock.at.isoformat(),
        "actor": play.people["claire"],
        "events": [{
            "project": project, "number": event.number, "kind": "comment_made", "task": task,
            "facts": json.loads(event.facts), "digest": event.digest,
        }],
    }  # fmt: skip
    assert headers["Jalon-Message"] == f"event-{project}-{event.number}"
    assert json.loads(first)["events"][0]["kind"] == "project_started"


def test_a_refused_act_posts_nothing(play: Play, hook: Hook) -> None:
    project = hooked(play, hook).start()
    play.due()
    play.refused("karim", ClaimTask(play.task(project, "A")))
    assert (play.due(), len(hook.posts)) == (0, 1)


def test_without_a_webhook_nothing_is_written(play: Play) -> None:
    play.start()
    assert (play.rows(MessageRow), jobs(play.engine)) == ([], [])


@pytest.mark.parametrize(("status", "why"), [(500, "HTTP 500"), (302, "HTTP 302"), (404, "HTTP 404")])
def test_what_the_receiver_does_not_take_stays_to_be_sent(essai: Play, hook: Hook, status: int, why: str) -> None:
    hook.status = status
    hooked(essai, hook).start()
    with pytest.raises(MessageNotSent) as refused:
        essai.due()
    assert refused.value.text("en").startswith(f"The message did not leave for 127.0.0.1: {why}.")
    assert [row.sent_at for row in essai.rows(MessageRow)] == [None]
    assert len(hook.posts) == 1, "a redirection is not followed"
    hook.status = 200
    assert essai.due() == 1
    assert [headers["Jalon-Message"] for headers, _ in hook.posts] == ["event-1-1", "event-1-1"]


def test_a_message_is_sent_although_its_process_is_killed_while_it_waits_for_the_answer(play: Play, hook: Hook) -> None:
    hooked(play, hook).start()
    hook.held.clear()
    settings = {"JALON_WEBHOOK_URL": hook.url, "JALON_WEBHOOK_SECRET": SECRET}
    with processes() as started:
        victim = started.worker(play.engine.store.url, "first", play.clock.at, **settings)
        until(lambda: hook.posts)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        hook.held.set()
        started.worker(play.engine.store.url, "second", play.clock.at, **settings)
        until(lambda: play.rows(MessageRow, MessageRow.sent_at.is_not(None)))
    # twice, under one name: the receiver drops the second
    assert [headers["Jalon-Message"] for headers, _ in hook.posts] == ["event-1-1", "event-1-1"]
    assert hook.posts[0][1] == hook.posts[1][1]


# --- mail ------------------------------------------------------------------------------------------------------


def test_a_mail_leaves_with_its_words_and_a_name_of_its_own(play: Play, mailbox: Mailbox) -> None:
    posting(play, mailbox, base="https://jalon.organisme.fr")
    assert write(play, "reminder-2027-03-01-7", "Échéances\nde la semaine", "Bonjour,\n\n- l’étude\n")
    assert not write(play, "reminder-2027-03-01-7")
    assert play.due() == 1
    (message,) = mailbox.messages
    assert {name: str(message[name]) for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted")} == {
        "From": "Jalon <jalon@organisme.fr>", "To": "claire@organisme.fr", "Subject": "Échéances de la semaine",
        "Message-ID": "<reminder-2027-03-01-7@jalon.organisme.fr>", "Auto-Submitted": "auto-generated",
    }  # fmt: skip
    assert message.get_content().replace("\r\n", "\n") == "Bonjour,\n\n- l’étude\n"


def test_no_mail_is_written_to_one_without_an_address_or_without_a_server(play: Play, mailbox: Mailbox) -> None:
    posting(play, mailbox)
    assert not write(play, "a", to="denis")
    play.engine.settings = Settings()
    assert not write(play, "b")
    assert play.rows(MessageRow) == []


def test_a_password_is_given_to_the_server_and_to_nobody_else(essai: Play, mailbox: Mailbox, caplog: Any) -> None:
    posting(essai, mailbox)
    secret = mailbox.url.replace("smtp://", "smtp://jalon:p%40sse@")
    essai.engine.settings = replace(essai.engine.settings, smtp=secret)
    write(essai, "a")
    assert essai.due() == 1
    assert [each.split()[0] for each in mailbox.told].count("AUTH") == 1
    assert "p%40sse" not in repr(essai.engine.settings)
    mailbox.refuses = 1
    write(essai, "b")
    with pytest.raises(MessageNotSent) as refused:
        essai.due()
    said = f"{refused.value} {refused.value.facts} {caplog.text}"
    assert "SMTPDataError 451" in said
    assert "sse" not in said.replace("message", "").replace("adresse", "")


def test_a_password_does_not_leave_this_machine_in_clear(essai: Play) -> None:
    # an address that is not one of those that Jalon takes for this machine; the server offers no encryption
    with mail_server("127.0.0.2") as box:
        posting(essai, box)
        essai.engine.settings = replace(essai.engine.settings, smtp=box.url.replace("smtp://", "smtp://jalon:secret@"))
        write(essai, "a")
        with pytest.raises(MessageNotSent) as refused:
            essai.due()
        assert "SMTPNotSupportedError" in refused.value.text("fr")
        assert [each.split()[0] for each in box.told] == ["ehlo"]


def test_a_header_cannot_be_smuggled_in_by_a_subject(essai: Play) -> None:
    settings = Settings(mail_from="jalon@organisme.fr")
    row = MessageRow(key="k", address="a@b.fr", subject="Un\r\nBcc: x@y.fr", body="", at=essai.clock.at)
    assert letter(settings, row)["Bcc"] is None


def test_what_is_not_sent_is_on_the_page_of_jobs(play: Play, mailbox: Mailbox) -> None:
    posting(play, mailbox)
    write(play, "a", "Un rappel")
    (line,) = play.engine.read(Jobs(), SYSTEM).unsent
    assert (line.kind, line.to, line.subject) == ("mail", "Claire", "Un rappel")


# --- settings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "sentence"), [
    (
        {"JALON_SMTP": "https://serveur", "JALON_MAIL_FROM": "a@b.fr"},
        "Le réglage JALON_SMTP ne convient pas : une adresse smtp://, smtps:// avec un nom de machine est attendue.",
    ),
    (
        {"JALON_SMTP": "smtp://jalon:secret@serveur:port", "JALON_MAIL_FROM": "a@b.fr"},
        "Le réglage JALON_SMTP ne convient pas : une adresse smtp://, smtps:// avec un nom de machine est attendue.",
    ),
    (
        {"JALON_SMTP": "smtp://serveur"},
        "Le réglage JALON_MAIL_FROM ne convient pas : une adresse d’expéditeur est attendue avec JALON_SMTP.",
    ),
    (
        {"JALON_WEBHOOK_URL": "file:///etc/passwd", "JALON_WEBHOOK_SECRET": "x"},
        "Le réglage JALON_WEBHOOK_URL ne convient pas : une adresse http://, https:// avec un nom de machine est "
        "attendue.",
    ),
    (
        {"JALON_WEBHOOK_URL": "https://serveur/"},
        "Le réglage JALON_WEBHOOK_SECRET ne convient pas : un secret est attendu avec JALON_WEBHOOK_URL : "
        "il signe ce qui part.",
    ),
])  # fmt: skip
def test_a_setting_that_cannot_work_is_refused_in_words(said: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        Settings.from_environment(said)
    remedy = " Corrigez-le d’après docs/reference/settings.md, puis recommencez."
    assert refused.value.text("fr") == sentence + remedy
    assert isinstance(refused.value, JalonError)
