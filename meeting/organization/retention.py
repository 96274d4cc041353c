"""How long the sign-in journal is kept: a setting of the installation, and the only way in which a line is ever deleted."""

from datetime import timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act
from meeting.database import setting
from meeting.errors import Refused
from meeting.events import Event
from meeting.jobs import every
from meeting.organization.models import SignIn
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

KEEP = "keep_sign_ins_days"  # the setting
USUAL_DAYS = 730
LEAST_DAYS = 90
STEP = 2000  # lines deleted in one transaction


def keep_days(session: Session) -> int:
    """For how many days a line of the journal is kept."""
    return int(setting(session, KEEP) or USUAL_DAYS)


class KeepSignIns(ActInput):
    """For how many days."""

    days: int = Field(le=36_500)


@act("organization.keep_sign_ins", Action.KEEP_RETENTION)
def keep_sign_ins(tx: Tx, wanted: KeepSignIns) -> dict[str, Any]:
    """Sets for how many days the sign-in journal is kept; the worker removes older lines within the hour.

    The same number again is harmless. Refused: `sign_ins_kept_too_short` below 90 days. Recorded: SIGN_INS_KEPT_FOR with the
    number before.
    """
    tx.require(Action.KEEP_RETENTION)
    if wanted.days < LEAST_DAYS:
        raise Refused("sign_ins_kept_too_short", least=LEAST_DAYS)
    before = keep_days(tx.reading)
    if before == wanted.days:
        tx.nothing_to_record("they are kept so long already")
        return {}
    tx.keep_setting(KEEP, str(wanted.days))
    tx.record(Event.SIGN_INS_KEPT_FOR, None, days=wanted.days, before=before)
    return {}


class PruneSignIns(ActInput):
    """Nothing to say: the setting says how long they are kept."""


@act("organization.prune_sign_ins", Action.PRUNE_SIGN_INS)
def prune_sign_ins(tx: Tx, _wanted: PruneSignIns) -> dict[str, Any]:
    """Removes the oldest lines of the sign-in journal that are older than the setting keeps them, some thousand at a time.

    Only the system does this. Recorded: SIGN_INS_PRUNED with the time of the first and the last line and how many they were.
    """
    tx.require(Action.PRUNE_SIGN_INS)
    days = keep_days(tx.reading)
    before = tx.now - timedelta(days=days)
    old = select(SignIn.id, SignIn.at).where(SignIn.at < before).order_by(SignIn.at, SignIn.id).limit(STEP)
    rows = [(row.id, row.at) for row in tx.execute(old)]
    if not rows:
        tx.nothing_to_record("no line is that old")
        return {"removed": 0, "more": False}
    tx.execute(delete(SignIn).where(SignIn.id.in_([number for number, _ in rows])))
    span = {"first_at": rows[0][1].isoformat(), "last_at": rows[-1][1].isoformat()}
    tx.record(Event.SIGN_INS_PRUNED, None, count=len(rows), kept_days=days, **span)
    return {"removed": len(rows), "more": len(rows) == STEP}


@every(3600)
def prune() -> None:
    """The worker removes what is old, step by step."""
    while perform(SYSTEM, "organization.prune_sign_ins", {})["more"]:
        pass
