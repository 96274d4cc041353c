"""PINs of six digits, codes for pairing, and when a tablet locks itself: values in, values out."""

import re
import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from meeting.errors import N_, declare

DIGITS = 6
MOST_TRIES = 5  # wrong PINs, then the desk
PAIRING_MINUTES = 10
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike
CODE_LENGTH = 8
LOCK_CHOICES = (5, 10, 15, 30, 60)  # minutes without a touch
LOCK_MINUTES = 15
OTHER_MINUTES = N_("Choose 5, 10, 15, 30 or 60 minutes.")
LOW_BATTERY = 20  # percent
HEARD_SECONDS = 150  # a tablet tells every minute that it is there

declare(
    {
        "tablet_locked": N_("This tablet is locked. Enter the PIN to go on."),
        "tablet_blocked": N_("The PIN was wrong too often. Ask the office to reset this tablet."),
        "tablet_unpaired": N_("This device is not paired with anybody. Ask the office for a code."),
        "tablet_needs_pin": N_("This tablet has no PIN. Scan the office's code, or type it, and choose a new one."),
        "tablet_in_sitting": N_("The meeting is in session: this tablet stays signed in until it ends. You can lock it."),
        "pin_wrong": N_("The PIN is not right. Tries left: %(left)s."),
        "pin_shape": N_("A PIN has six digits."),
        "pin_differs": N_("The two PINs are not the same. Choose it again."),
        "pin_weak": N_("This PIN is easy to guess: no rows, no repeated digits, no birthdays. Choose another."),
        "pairing_over": N_(
            "This code is mistyped, used already or over 10 minutes old. Check it or ask the office for a new one."
        ),
        "pairing_superseded": N_("This address or code was used for another pairing. Make a new one."),
        "owner_without_account": N_("This person has no open account. The administrator must open one first."),
    }
)


def is_weak(pin: str) -> bool:
    """Whether somebody who finds the tablet would try this PIN early: rows, repeats, birthdays. `pin`: six digits."""
    return _is_row(pin) or _repeats(pin) or _is_day(pin) or pin == pin[::-1]


def _is_row(pin: str) -> bool:
    """123456, 654321, 890123, 135790: each digit the same step after the one before."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1


def _repeats(pin: str) -> bool:
    """000000, 121212, 123123, 112233, 111222, 100000: at most two digits in all, or parts that come again."""
    doubled = pin[0::2] == pin[1::2]
    return pin[:3] == pin[3:] or pin[:2] * 3 == pin or doubled or len(set(pin)) <= 2


def _is_day(pin: str) -> bool:
    """150868 (day, month, year), 081568 the other way round, 196808 and 081968 (year and month)."""
    one, two, three = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    years = (1900 + three, 2000 + three)
    if any(_exists(year, month, day) for year in years for day, month in ((one, two), (two, one))):
        return True
    return (pin[:2] in ("19", "20") and 1 <= three <= 12) or (pin[2:4] in ("19", "20") and 1 <= one <= 12)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def fault_of(pin: str, again: str) -> str:
    """Why a PIN cannot be chosen, by code of refusal; empty when it can."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        return "pin_shape"
    if pin != again:
        return "pin_differs"
    return "pin_weak" if is_weak(pin) else ""


def new_code() -> str:
    """A short code to be typed where the camera does not work: about 40 random bits, valid for ten minutes."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """As it is read out: K7RM 2PXA."""
    return f"{code[:4]} {code[4:]}"


def typed_code(raw: str) -> str:
    """A code as people type it, with small letters, spaces and dashes; empty when it cannot be one."""
    code = re.sub(r"[\s-]", "", raw).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else ""


def opening_of(pin_hash: str) -> str:
    """By what a session knows with which opening of the tablet it began: each opening hashes the PIN anew."""
    return sha256(pin_hash.encode()).hexdigest()[:16] if pin_hash else ""


def pairing_ends(now: datetime) -> datetime:
    """Until when a one-time address holds."""
    return now + timedelta(minutes=PAIRING_MINUTES)


def lock_minutes(kept: str) -> int:
    """After how many minutes without a touch a tablet locks itself, outside a sitting."""
    return int(kept) if kept.isdigit() and int(kept) in LOCK_CHOICES else LOCK_MINUTES


def is_idle(touched: float, now: float, minutes: int) -> bool:
    """Whether nobody has touched the tablet for so long that it locks itself. Times in seconds."""
    return now - touched > minutes * 60


def battery_is_low(percent: int | None, charging: bool | None) -> bool:
    """Whether somebody should bring a charger: at most a fifth left, and not plugged in."""
    return percent is not None and percent <= LOW_BATTERY and not charging


def is_heard(last_seen: datetime, now: datetime) -> bool:
    """Whether a tablet told a moment ago that it is there."""
    return now - last_seen < timedelta(seconds=HEARD_SECONDS)


def papers_kept(wanted: frozenset[int], held: dict[str, object] | None) -> str:
    """Whether a tablet keeps the papers of a meeting: complete, partly or none. `wanted`: the files its owner may read."""
    if held is None:
        return "none"
    files = held.get("files")
    here = set(files) if isinstance(files, list) else set()
    return "complete" if held.get("done") and wanted <= here else "partly"
