"""Acts on the correction of signed minutes (đính chính): opened with a reason, written as a draft is, signed again.

Until it is signed everybody goes on reading what was signed before, and its PDF stays openable for ever.
"""

from typing import Any

from pydantic import Field

from meeting.acts import Tx, act
from meeting.conclusions import minutes_queries
from meeting.conclusions.minutes import MinutesInput, keep_version, the_minutes
from meeting.conclusions.minutes_rules import check_opens
from meeting.conclusions.models import Minutes
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action


class CorrectMinutesInput(MinutesInput):
    """Why signed minutes are opened again."""

    reason: str = Field(max_length=2000)


@act("conclusions.correct_minutes", Action.WRITE_CONCLUSIONS)
def correct_minutes(tx: Tx, wanted: CorrectMinutesInput) -> dict[str, Any]:
    """Opens signed minutes for a correction: a copy of the signed text to write on, which is signed anew when it is ready.

    Refused: `minutes_not_signed`, `minutes_correcting`, `reason_needed`. Recorded with the reason.
    """
    minutes = the_minutes(tx, wanted.meeting_id, Action.WRITE_CONCLUSIONS)
    check_opens(minutes.state, minutes.correcting, wanted.reason)
    _fix_signed(tx, minutes)
    minutes.correcting = wanted.reason.strip()
    version = keep_version(tx, minutes, minutes.text, reason=minutes.correcting)
    tx.record(Event.MINUTES_CORRECTING, minutes, minutes_id=minutes.id, version=version, reason=minutes.correcting)
    return {"version": version}


@act("conclusions.leave_correction", Action.WRITE_CONCLUSIONS)
def leave_correction(tx: Tx, wanted: MinutesInput) -> dict[str, Any]:
    """Gives a correction up: the minutes stay as they were signed. What was written stays among the versions.

    Refused: `minutes_no_correction`. Recorded.
    """
    minutes = the_minutes(tx, wanted.meeting_id, Action.WRITE_CONCLUSIONS)
    if not minutes.correcting:
        raise Refused("minutes_no_correction")
    minutes.correcting = ""
    tx.record(Event.MINUTES_CORRECTING, minutes, minutes_id=minutes.id, left=True)
    return {"version": minutes.version}


def _fix_signed(tx: Tx, minutes: Minutes) -> None:
    """The signed version keeps when, by whom and as what it was signed; older stores wrote that on the minutes only."""
    version = minutes_queries.version_of(tx.reading, minutes, minutes.version)
    if version is None:
        raise LookupError(f"the minutes {minutes.id} lack their version {minutes.version}")
    version.signed_at = version.signed_at or minutes.signed_at
    version.signed_by_id = version.signed_by_id or minutes.signed_by_id
    version.document_id = version.document_id or minutes.document_id
