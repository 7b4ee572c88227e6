"""A message becomes a row, and a job that sends it, in the act that causes it."""

from __future__ import annotations

import json

from sqlalchemy import select

from engine.store.act import Act
from engine.store.tables import ActorRow, MessageRow


def mail(act: Act, to: ActorRow, key: str, subject: str, body: str) -> bool:
    """Write to a person; false without JALON_SMTP, to one without an address, or where `key` is known."""
    if not act.settings.smtp or not to.email or _known(act, key):
        return False
    _post(act, MessageRow(key=key, kind="mail", actor_id=to.id, address=to.email, subject=subject, body=body))
    return True


def tell(act: Act) -> None:
    """What history has just kept of this act, to the webhook; nothing without JALON_WEBHOOK_URL."""
    written = [each for each in act.written if each["stream"] >= 0]  # what is confidential leaves by no door
    if not act.settings.webhook or not written:
        return
    first = written[0]
    key = f"event-{first['stream']}-{first['number']}"
    events = [
        {
            "project": each["stream"] or None, "number": each["number"], "kind": each["kind"], "task": each["task_id"],
            "facts": json.loads(each["facts"]), "digest": each["digest"],
        }
        for each in written
    ]  # fmt: skip
    body = {"message": key, "at": act.now.isoformat(), "actor": act.by, "events": events}
    _post(act, MessageRow(
        key=key, kind="webhook", address="", subject=first["kind"], body=json.dumps(body, ensure_ascii=False)
    ))  # fmt: skip


def _known(act: Act, key: str) -> bool:
    return act.session.execute(select(MessageRow.id).where(MessageRow.key == key)).first() is not None


def _post(act: Act, row: MessageRow) -> None:
    row.at = act.now
    act.session.add(row)
    act.session.flush()
    act.enqueue("send", row.id, key=key_of(row.id))


def key_of(message: int) -> str:
    """Of the job that sends it."""
    return f"send-{message}"
