"""Passwords: argon2id (19 MiB, two passes), fifteen characters advised, the commonest refused (OWASP ASVS 5, 6.2)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import PasswordWeak

LEAST = 12  #: characters; there is no other rule of composition
COMMON = frozenset("motdepasse azertyuiop password qwertyuiop 123456789012 administrateur bienvenue1234".split())

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
#: verified where there is nobody, so that an unknown login takes as long as a wrong password
NOBODY = HASHER.hash("personne")


def hashed(password: str) -> str:
    return HASHER.hash(password)


def matches(kept: str, password: str) -> bool:
    """Is it the password? Takes as long whether or not there is one."""
    try:
        return HASHER.verify(kept or NOBODY, password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def must_be_strong(password: str, login: str) -> None:
    """Raises `PasswordWeak` for what is short, common, made of one letter, or the login itself."""
    plain = password.lower()
    if len(password) < LEAST or len(set(plain)) < 5 or login.lower() in plain or any(each in plain for each in COMMON):
        raise PasswordWeak(least=LEAST)
