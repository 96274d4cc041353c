"""Acts on help from the seat: a delegate calls, somebody of the office takes the call, either ends it."""

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live.rules import check_check_in
from meeting.live.service import MeetingInput
from meeting.organization.models import Person
from meeting.permissions import Action
from meeting.rollcall.models import HelpCall


class CallInput(MeetingInput):
    """What somebody needs help with."""

    kind: Literal["tablet", "paper", "sound", "other"] = "other"
    note: str = Field(default="", max_length=200)


class HelpInput(ActInput):
    """Names the call."""

    call_id: int


@act("rollcall.call_help", Action.CALL_HELP)
def call_help(tx: Tx, wanted: CallInput) -> dict[str, Any]:
    """A delegate calls for help from the seat; the desk sees who and where.

    Refused: `check_in_closed` (not the time of the meeting), `help_called` (one open call a person). Recorded: HELP_CALLED.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.CALL_HELP, meeting)
    check_check_in(meeting.state)
    mine = HelpCall.meeting_id == meeting.id, HelpCall.person_id == tx.actor.person_id, HelpCall.done_at.is_(None)
    if tx.scalar(select(HelpCall.id).where(*mine)) is not None:
        raise Refused("help_called")
    call = tx.add(HelpCall(meeting_id=meeting.id, person_id=tx.actor.person_id, kind=wanted.kind, note=wanted.note, at=tx.now))
    tx.record(Event.HELP_CALLED, call, call_id=call.id, kind=call.kind)
    return {"call_id": call.id}


@act("rollcall.take_help", Action.ANSWER_HELP)
def take_help(tx: Tx, wanted: HelpInput) -> dict[str, Any]:
    """Somebody of the office says "I go". The caller sees who comes; the others see that it is taken.

    Refused: `help_taken` (by a colleague), `help_over`. Recorded: HELP_TAKEN; twice by the same person changes nothing.
    """
    call = tx.get(HelpCall, wanted.call_id)
    tx.require(Action.ANSWER_HELP, call)
    if call.done_at is not None:
        raise Refused("help_over")
    if call.taken_by_id == tx.actor.person_id:
        tx.nothing_to_record("it is taken by this person already")
        return {}
    if call.taken_by_id is not None:
        raise Refused("help_taken", name=tx.get(Person, call.taken_by_id).called)
    call.taken_by_id, call.taken_at = tx.actor.person_id, tx.now
    tx.record(Event.HELP_TAKEN, call, call_id=call.id, person_id=call.person_id)
    return {}


@act("rollcall.end_help", Action.CALL_HELP)
def end_help(tx: Tx, wanted: HelpInput) -> dict[str, Any]:
    """The caller needs no help any more, or somebody of the office has helped. Twice is harmless.

    A stranger is told that there is no such call. Recorded: HELP_ENDED with how many seconds it took.
    """
    call = tx.get(HelpCall, wanted.call_id)
    tx.require(Action.CALL_HELP if call.person_id == tx.actor.person_id else Action.ANSWER_HELP, call)
    if call.done_at is not None:
        tx.nothing_to_record("the call is over already")
        return {}
    call.done_at = tx.now
    waited = round((tx.now - call.at).total_seconds())
    tx.record(Event.HELP_ENDED, call, call_id=call.id, person_id=call.person_id, seconds=waited)
    return {}


@on(Event.MEETING_CLOSED, Event.MEETING_ADJOURNED, Event.MEETING_POSTPONED, Event.MEETING_CANCELLED)
def end_all(tx: Tx, told: Told) -> None:
    """With the meeting, or when everybody goes home, every call ends."""
    for call in tx.scalars(select(HelpCall).where(HelpCall.meeting_id == told.chain, HelpCall.done_at.is_(None))):
        call.done_at = told.at
