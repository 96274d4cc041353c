"""Late papers and more time: what counts as late, what may be asked and granted, what the chair decides. Pure.

The first receipt is judged once, against the due time in force then. More time that is asked for after the due time takes away
nothing of what had run up: the clock of lateness stops at the asking, it is not put back.
"""

import math
from datetime import datetime, timedelta

from meeting.errors import N_, Refused, declare
from meeting.materials.life import OPEN_STATES

DECISIONS = ("accepted", "postponed", "read_out", "refused")

#: Reasons the chair can give with one tap; the text beside them is free.
PRESETS: dict[str, dict[str, str]] = {
    "accepted": {
        "short_delay": N_("A short delay; those invited still have time to read it"),
        "figures": N_("The figures had to be brought up to date"),
        "urgent": N_("The matter is urgent"),
    },
    "postponed": {
        "not_ready": N_("The dossier is not ready"),
        "no_time_to_read": N_("Those invited have no time left to study it"),
        "verification": N_("The verification report is missing"),
    },
    "read_out": {
        "short_paper": N_("The paper is short and can be followed by ear"),
        "urgent": N_("The matter is urgent"),
    },
    "refused": {
        "no_reason_given": N_("The unit gave no good reason for the delay"),
        "too_late": N_("It came too late to be studied"),
    },
}
EXTENSION_STATES = ("asked", "granted", "refused", "overtaken")

declare(
    {
        "due_not_later": N_("The due time asked for must be later than the present one (%(due_at)s)."),
        "time_asked_already": N_("The unit has already asked for more time. Wait for the office's answer."),
        "time_answered": N_("This request for more time has been answered already."),
        "paper_received": N_("The office has the paper already. More time is not needed."),
        "not_late": N_("The paper is not late: it is due at %(due_at)s."),
        "late_refused": N_("The chair refused the late paper. It can be neither sent nor accepted."),
        "no_item_to_postpone": N_("The paper belongs to the whole meeting. There is no item that could be postponed."),
        "unknown_reason": N_("Choose one of the reasons offered, or write your own."),
        "own_ask": N_("Nobody may answer their own request for more time."),
    }
)


def late_minutes(received_at: datetime, due_at: datetime) -> int:
    """How late a paper is, in whole minutes begun; 0 when it is in time. At the very moment it is in time."""
    return max(0, math.ceil((received_at - due_at) / timedelta(minutes=1)))


def judged_late(received_at: datetime, due_at: datetime, overdue_minutes: int) -> int:
    """How late a receipt counts, in minutes: against the due time in force, with what had run up before it was given."""
    return overdue_minutes + late_minutes(received_at, due_at)


def run_up(overdue_minutes: int, counted_at: datetime, due_at: datetime, received: bool) -> int:
    """The lateness, in minutes, that stays when a due time is moved: what ran up until `counted_at`, unless it was received."""
    return overdue_minutes if received else overdue_minutes + late_minutes(counted_at, due_at)


def check_more_time(state: str, open_ask: bool, wanted: datetime, due_at: datetime, starts_at: datetime, now: datetime) -> None:
    """Whether a unit may ask for more time. It may after the due time too.

    Refused: `requirement_waived`, `paper_received` (and not returned), `time_asked_already`, `due_not_later`, `due_passed`,
    `due_after_start`.
    """
    if state == "waived":
        raise Refused("requirement_waived")
    if state not in OPEN_STATES:
        raise Refused("paper_received")
    if open_ask:
        raise Refused("time_asked_already")
    check_new_due(wanted, due_at, starts_at, now)


def check_new_due(wanted: datetime, due_at: datetime, starts_at: datetime, now: datetime) -> None:
    """A due time that gives more time: later than the present one, ahead of now, not after the start.

    Refused: `due_not_later`, `due_passed`, `due_after_start`.
    """
    if wanted <= due_at:
        raise Refused("due_not_later", due_at=due_at.isoformat())
    if wanted <= now:
        raise Refused("due_passed")
    if wanted > starts_at:
        raise Refused("due_after_start", starts_at=starts_at.isoformat())


def goes_to_chair(state: str, first_late: int | None, due_at: datetime, now: datetime) -> bool:
    """Whether a paper stands on the chair's list: received late, or not received when its time is over; waived ones never."""
    if state == "waived":
        return False
    if first_late is not None:
        return first_late > 0
    return now > due_at


def check_decision(decision: str, preset: str, reason: str, has_item: bool) -> None:
    """What the chair says of a late paper needs a reason: one of those offered, or in words.

    Refused: `reason_missing`, `unknown_reason`, `no_item_to_postpone`.
    """
    if decision == "postponed" and not has_item:
        raise Refused("no_item_to_postpone")
    if preset and preset not in PRESETS[decision]:
        raise Refused("unknown_reason")
    if not preset and not reason.strip():
        raise Refused("reason_missing")
