"""Messages leave: mail by SMTP, events to a webhook. At least once: a receiver drops a repeat by the message's key."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from sqlalchemy import select, update

from engine.errors import MessageNotSent
from engine.settings import Settings
from engine.store.tables import MessageRow
from engine.words import Text

if TYPE_CHECKING:
    from engine.engine import Engine

#: seconds that a server is given
PATIENCE = 15.0
#: keys of messages that hold a secret: what they say is forgotten once it is sent
SECRET = "invitation-"
#: where a password may travel in clear: it does not leave the machine
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def deliver(engine: Engine, message: int) -> bool:
    """Send a message that is not sent yet; answers whether. Raises `MessageNotSent`: nothing is noted."""
    with engine.store.read() as session:
        row = session.execute(
            select(MessageRow).where(MessageRow.id == message, MessageRow.sent_at.is_(None))
        ).scalar_one_or_none()
    if row is None:
        return False
    SEND[row.kind](engine.settings, row)
    kept = "" if row.key.startswith(SECRET) else row.body
    with engine.store.write() as session:
        session.execute(update(MessageRow).where(MessageRow.id == message).values(sent_at=engine.clock(), body=kept))
    return True


# --- mail --------------------------------------------------------------------------------------------------


def _mail(settings: Settings, row: MessageRow) -> None:
    server = urlsplit(settings.smtp)
    where = server.hostname or "JALON_SMTP"
    if not settings.smtp:
        raise MessageNotSent(where="JALON_SMTP", why=NOT_SET)
    try:
        with _connected(server) as smtp:
            smtp.send_message(letter(settings, row))
    except (OSError, smtplib.SMTPException) as error:
        # the class and the code, never the text: a server may repeat what it was sent
        code = getattr(error, "smtp_code", "")
        raise MessageNotSent(where=where, why=Text(f"{type(error).__name__} {code}".strip())) from error


def _connected(server: SplitResult) -> smtplib.SMTP:
    """Encrypted where the server can; a password never leaves this machine in clear."""
    host = server.hostname or ""
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            host, server.port or 465, timeout=PATIENCE, context=ssl.create_default_context()
        )
    else:
        smtp = smtplib.SMTP(host, server.port or 25, timeout=PATIENCE)
        smtp.ehlo()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
        elif server.username and host not in LOOPBACK:
            smtp.close()
            raise smtplib.SMTPNotSupportedError("starttls")
    if server.username:
        smtp.login(unquote(server.username), unquote(server.password or ""))
    return smtp


def letter(settings: Settings, row: MessageRow) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = row.address
    message["Subject"] = " ".join(row.subject.split())
    message["Date"] = format_datetime(row.at)
    host = urlsplit(settings.base).hostname or settings.mail_from.rpartition("@")[2].rstrip(">")
    message["Message-ID"] = f"<{row.key}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row.body)
    return message


# --- webhook -----------------------------------------------------------------------------------------------


def _webhook(settings: Settings, row: MessageRow) -> None:
    """One POST; no redirection is followed, and nothing but the status of the answer is looked at."""
    url = urlsplit(settings.webhook)
    where = url.hostname or "JALON_WEBHOOK_URL"
    if not settings.webhook:
        raise MessageNotSent(where="JALON_WEBHOOK_URL", why=NOT_SET)
    body = row.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Jalon",
        "Jalon-Message": row.key,
        "Jalon-Signature": f"sha256={signature(settings.secret, body)}",
    }
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(where, url.port, timeout=PATIENCE)
    try:
        connection.request("POST", (url.path or "/") + (f"?{url.query}" if url.query else ""), body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise MessageNotSent(where=where, why=Text(type(error).__name__)) from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise MessageNotSent(where=where, why=Text(f"HTTP {status}"))


def signature(secret: str, body: bytes) -> str:
    """HMAC-SHA256 of the body, in hexadecimal: by it the receiver knows that Jalon wrote it."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


NOT_SET = Text("ce réglage manque au processus qui exécute les travaux", "the process that works jobs lacks it")
SEND = {"mail": _mail, "webhook": _webhook}
