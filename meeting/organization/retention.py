"""How long the sign-in journal is kept: a setting of the installation, and the only way in which a line is ever deleted."""

from datetime import timedelta
from typing import Any

from meeting import keeping
from meeting.acts import Tx, act
from meeting.events import Event
from meeting.jobs import every
from meeting.keeping import KeepFor, Prune, Term, remove_oldest, span, step_by_step
from meeting.organization.models import SignIn
from meeting.permissions import Action

TERM = Term("keep_sign_ins_days", 730, 90, "sign_ins_kept_too_short", Event.SIGN_INS_KEPT_FOR)


@act("organization.keep_sign_ins", Action.KEEP_RETENTION)
def keep_sign_ins(tx: Tx, wanted: KeepFor) -> dict[str, Any]:
    """Sets for how many days the sign-in journal is kept; the worker removes older lines within the hour.

    The same number again is harmless. Refused: `sign_ins_kept_too_short` below 90 days. Recorded: SIGN_INS_KEPT_FOR with the
    number before.
    """
    tx.require(Action.KEEP_RETENTION)
    return TERM.keep(tx, wanted.days)


@act("organization.prune_sign_ins", Action.PRUNE_SIGN_INS)
def prune_sign_ins(tx: Tx, _wanted: Prune) -> dict[str, Any]:
    """Removes the oldest lines of the sign-in journal that are older than the setting keeps them, some thousand at a time.

    Only the system does this. Recorded: SIGN_INS_PRUNED with the time of the first and the last line and how many they were.
    """
    tx.require(Action.PRUNE_SIGN_INS)
    days = TERM.days(tx.reading)
    times = remove_oldest(tx, SignIn, tx.now - timedelta(days=days))
    if not times:
        tx.nothing_to_record("no line is that old")
        return {"removed": 0, "more": False}
    tx.record(Event.SIGN_INS_PRUNED, None, count=len(times), kept_days=days, **span(times))
    return {"removed": len(times), "more": len(times) == keeping.STEP}


@every(3600)
def prune() -> None:
    """The worker removes what is old, step by step."""
    step_by_step("organization.prune_sign_ins")
