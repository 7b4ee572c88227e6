"""Where messages go, from the environment (docs/reference/settings.md). What is secret is never shown nor logged."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from engine.errors import SettingRefused
from engine.words import Text


@dataclass(frozen=True, slots=True)
class Settings:
    """Empty: not configured, and such messages are not even written."""

    smtp: str = field(default="", repr=False)  #: smtp://user:password@host:port, or smtps://
    mail_from: str = ""
    webhook: str = field(default="", repr=False)  #: http:// or https://; may hold a token
    secret: str = field(default="", repr=False)  #: signs what is posted to the webhook
    base: str = ""  #: of the links in messages, without a slash at its end

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Raises `SettingRefused` for what cannot work."""
        said = cls(
            smtp=environ.get("JALON_SMTP", ""),
            mail_from=environ.get("JALON_MAIL_FROM", ""),
            webhook=environ.get("JALON_WEBHOOK_URL", ""),
            secret=environ.get("JALON_WEBHOOK_SECRET", ""),
            base=environ.get("JALON_BASE_URL", "").rstrip("/"),
        )
        if said.smtp:
            _must_be_an_address("JALON_SMTP", said.smtp, ("smtp", "smtps"))
        if said.smtp and "@" not in said.mail_from:
            raise SettingRefused(name="JALON_MAIL_FROM", why=NO_SENDER)
        if said.webhook:
            _must_be_an_address("JALON_WEBHOOK_URL", said.webhook, ("http", "https"))
        if said.webhook and not said.secret:
            raise SettingRefused(name="JALON_WEBHOOK_SECRET", why=NO_SECRET)
        if said.base:
            _must_be_an_address("JALON_BASE_URL", said.base, ("http", "https"))
        return said


NO_SENDER = Text("une adresse d’expéditeur est attendue avec JALON_SMTP", "a sender is expected with JALON_SMTP")
NO_SECRET = Text(
    "un secret est attendu avec JALON_WEBHOOK_URL : il signe ce qui part",
    "a secret is expected with JALON_WEBHOOK_URL: it signs what leaves",
)
NO_ADDRESS = Text(
    "une adresse {schemes} avec un nom de machine est attendue",
    "an address {schemes} with the name of a machine is expected",
)


def _must_be_an_address(name: str, value: str, schemes: tuple[str, ...]) -> None:
    """Raises `SettingRefused`, without the value: it may hold a password."""
    try:
        found = urlsplit(value)
        good = found.scheme in schemes and bool(found.hostname) and found.port != 0
    except ValueError:
        good = False
    if not good:
        raise SettingRefused(name=name, why=NO_ADDRESS.format(schemes=tuple(f"{each}://" for each in schemes)))
