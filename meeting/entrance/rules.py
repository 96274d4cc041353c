"""Who takes a second step, which codes count, and what is said when one does not. RFC 6238: six digits, thirty seconds."""

import secrets
import unicodedata
from collections.abc import Iterable

import pyotp

from meeting.errors import N_, declare
from meeting.permissions import Role

declare(
    {
        "second_step_wrong": N_(
            "This code is not right. Please type the one that the application shows now; the telephone's clock must be right."
        ),
        "second_step_used": N_("This code was used already. Please wait until the application shows the next one."),
        "second_step_paused": N_(
            "Too many wrong codes. Please wait 15 minutes, or ask the administrator to reset the second step."
        ),
        "second_step_missing": N_("This account has no second step."),
        "second_step_not_begun": N_("Please begin again: no secret is waiting to be confirmed."),
        "second_step_needed": N_("Your role needs the second step. It can be moved to another telephone, but not switched off."),
        "second_step_unreadable": N_(
            "The second step of this account cannot be read on this server. Please ask the administrator to reset it."
        ),
        "second_step_expired": N_("This took too long. Please sign in again."),
        "recovery_code_wrong": N_("This recovery code is not right, or it was used before. Each works once."),
        "identity_taken": N_("This identity already belongs to another account here."),
    }
)

REQUIRED, OFFERED = "required", "offered"
NEEDED_OF = frozenset({Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK})
STEP_SECONDS = 30
DIGITS = 6
EITHER_SIDE = 1  # a telephone's clock may be off by one step
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def is_needed(setting: str, roles: Iterable[Role], is_admin: bool) -> bool:
    """Whether somebody with these roles must take a second step where the installation demands it."""
    return setting == REQUIRED and (is_admin or bool(NEEDED_OF & set(roles)))


def concerns(roles: Iterable[Role], is_admin: bool) -> bool:
    """Whether the second step is recommended to somebody: administrator, chair, secretariat, văn thư."""
    return is_admin or bool(NEEDED_OF & set(roles))


def new_secret() -> str:
    """A fresh secret: 160 random bits, as RFC 4226 recommends."""
    return pyotp.random_base32()


def address_of(secret: str, username: str, place: str) -> str:
    """What the QR code says to an authenticator application."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=place)


def in_fours(secret: str) -> str:
    """A secret as people type it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def typed_code(text: str) -> str:
    """The digits of what was typed: spaces and full-width digits are forgiven."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if not letter.isspace())


def step_of(secret: str, code: str, moment: float) -> int | None:
    """The step whose code this is, one to either side of now; None when it is none of them."""
    now = int(moment) // STEP_SECONDS
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    made = pyotp.TOTP(secret)
    for step in range(now - EITHER_SIDE, now + EITHER_SIDE + 1):
        if secrets.compare_digest(made.at(step * STEP_SECONDS), code):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes of twelve letters and digits, about 59 random bits each."""
    return ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(RECOVERY_CODES)]


def typed_recovery(text: str) -> str:
    """A recovery code as it was made, however it was typed: capitals, spaces, without dashes."""
    letters = [each for each in unicodedata.normalize("NFKC", text).lower() if each.isalnum()]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, len(letters), 4))
