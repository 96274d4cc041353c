"""Passwords as argon2id keeps them, and new ones that can be read out over the telephone."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)  # OWASP's first choice for argon2id
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike

NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43  # fits no password, takes as long


def fits(password_hash: str, password: str) -> bool:
    """Whether a password belongs to its hash. Takes about 20 ms on purpose."""
    try:
        return _hasher.verify(password_hash, _typed(password))
    except (VerificationError, InvalidHashError):
        return False


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(_typed(password))


def _typed(password: str) -> str:
    """The same password on every keyboard: letters composed alike, no space around it."""
    return unicodedata.normalize("NFC", password).strip()


def new_password() -> str:
    """A first password: twelve letters and digits in threes, about 59 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
