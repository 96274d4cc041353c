"""Acts on the minutes: drafted when the meeting closes, edited as text with every version kept, signed once."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.conclusions import queries
from meeting.conclusions.course import check_signable, minutes_text
from meeting.conclusions.models import Minutes, MinutesVersion
from meeting.conclusions.rules import MINUTES, check_signer
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.organization.numbering import take_number
from meeting.permissions import SYSTEM, Action


class MinutesInput(ActInput):
    """Names the meeting whose minutes are meant."""

    meeting_id: int


class EditMinutesInput(MinutesInput):
    """The whole text; `version` is the one that was being edited, so that nobody overwrites another's work."""

    text: str = Field(min_length=1)
    version: int | None = None


class SignMinutesInput(MinutesInput):
    """A number entered by the clerk's book, or none: then the system gives the next one."""

    number: int | None = None


@on(Event.MEETING_CLOSED)
def draft_minutes(tx: Tx, told: Told) -> None:
    """Drafts the minutes in the transaction that closes the meeting, from the journal and the tables of the rooms below.

    Recorded as the system's work. Minutes that already exist are left alone.
    """
    meeting = tx.get(Meeting, told.chain)
    if queries.minutes_of(tx.reading, meeting.id) is not None:
        return
    text = minutes_text(queries.course_of(tx.reading, meeting))
    minutes = tx.add(Minutes(meeting_id=meeting.id, text=text, drafted_at=tx.now))
    tx.add(MinutesVersion(minutes_id=minutes.id, version=1, text=text, edited_at=tx.now))
    meeting.minutes_state = "draft"
    with tx.acting_as(SYSTEM):
        tx.record(Event.MINUTES_DRAFTED, minutes, minutes_id=minutes.id)


@act("conclusions.edit_minutes", Action.WRITE_CONCLUSIONS)
def edit_minutes(tx: Tx, wanted: EditMinutesInput) -> dict[str, Any]:
    """Saves the minutes as edited by the secretary; the text before stays as a version.

    Refused: `minutes_signed`; `minutes_changed` when somebody saved another version since `version` was read. The same
    text again changes nothing. Recorded with the number of the new version, never with the text.
    """
    minutes = _minutes(tx, wanted.meeting_id, Action.WRITE_CONCLUSIONS)
    if minutes.state == "signed":
        raise Refused("minutes_signed")
    if wanted.version is not None and wanted.version != minutes.version:
        raise Refused("minutes_changed")
    if wanted.text == minutes.text:
        tx.nothing_to_record("the text is the same")
        return {"version": minutes.version}
    minutes.text = wanted.text
    minutes.version += 1
    tx.add(
        MinutesVersion(
            minutes_id=minutes.id,
            version=minutes.version,
            text=wanted.text,
            edited_at=tx.now,
            edited_by_id=tx.actor.person_id,
        )
    )
    tx.record(Event.MINUTES_EDITED, minutes, minutes_id=minutes.id, version=minutes.version)
    return {"version": minutes.version}


@act("conclusions.sign_minutes", Action.SIGN_MINUTES)
def sign_minutes(tx: Tx, wanted: SignMinutesInput) -> dict[str, Any]:
    """Signs the minutes: their text is final, they get a number, and their PDF is set by the worker.

    Refused: `minutes_signed` when done before; `signed_by_chief` or `signed_by_chair` for anybody else; open places
    (`minutes_open_places`); `number_taken`. Recorded with the symbol (NĐ 315/2025, Điều 25.7a).
    """
    minutes = _minutes(tx, wanted.meeting_id, Action.SIGN_MINUTES)
    meeting = minutes.meeting
    check_signer(meeting.book.signer, meeting.hats_of(tx.actor, tx.reading))
    if minutes.state == "signed":
        raise Refused("minutes_signed")
    check_signable(minutes.text)
    number = take_number(tx, meeting.body, MINUTES, local(tx.now).date(), wanted.number)
    minutes.state = meeting.minutes_state = "signed"
    minutes.number_id = number.id
    minutes.signed_at = tx.now
    minutes.signed_by_id = tx.actor.person_id
    tx.record(Event.MINUTES_SIGNED, minutes, minutes_id=minutes.id, symbol=number.symbol)
    return {"symbol": number.symbol}


def _minutes(tx: Tx, meeting_id: int, action: Action) -> Minutes:
    """The minutes of a meeting, for somebody who may do this with them."""
    meeting = tx.get(Meeting, meeting_id)
    minutes = queries.minutes_of(tx.reading, meeting_id)
    tx.require(action, minutes or meeting)
    if minutes is None:
        raise Refused("meeting_not_held")
    return minutes
