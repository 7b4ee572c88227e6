"""Where messages go, from the environment (docs/reference/settings.md). What is secret is never shown nor logged."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

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
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises `SettingRefused` for what cannot work."""
        said = {name: environment.get(f"JALON_{name}", "").strip() for name in NAMES}
        if said["SMTP"]:
            _address("JALON_SMTP", said["SMTP"], ("smtp", "smtps"))
            if "@" not in said["MAIL_FROM"]:
                why = Text("une adresse d’expéditeur est attendue avec JALON_SMTP",
                           "a sender’s address is expected with JALON_SMTP")  # fmt: skip
                raise SettingRefused(name="JALON_MAIL_FROM", why=why)
        if said["WEBHOOK_URL"]:
            _address("JALON_WEBHOOK_URL", said["WEBHOOK_URL"], ("http", "https"))
            if not said["WEBHOOK_SECRET"]:
                why = Text("un secret est attendu avec JALON_WEBHOOK_URL : il signe ce qui part",
                           "a secret is expected with JALON_WEBHOOK_URL: it signs what leaves")  # fmt: skip
                raise SettingRefused(name="JALON_WEBHOOK_SECRET", why=why)
        if said["BASE_URL"]:
            _address("JALON_BASE_URL", said["BASE_URL"], ("http", "https"))
        return cls(
            said["SMTP"], said["MAIL_FROM"], said["WEBHOOK_URL"], said["WEBHOOK_SECRET"], said["BASE_URL"].rstrip("/")
        )


NAMES = ("SMTP", "MAIL_FROM", "WEBHOOK_URL", "WEBHOOK_SECRET", "BASE_URL")


def _address(name: str, value: str, schemes: tuple[str, ...]) -> SplitResult:
    """Raises `SettingRefused`, without the value: it may hold a password."""
    expected = " ou ".join(f"{each}://" for each in schemes), " or ".join(f"{each}://" for each in schemes)
    why = Text(f"une adresse {expected[0]} avec un nom de machine est attendue",
               f"an address {expected[1]} with the name of a machine is expected")  # fmt: skip
    try:
        found = urlsplit(value)
        port = found.port
    except ValueError as error:
        raise SettingRefused(name=name, why=why) from error
    if found.scheme not in schemes or not found.hostname or port == 0:
        raise SettingRefused(name=name, why=why)
    return found
