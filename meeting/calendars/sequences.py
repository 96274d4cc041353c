"""How far calendars have to be: raised in the transaction that moves or cancels a meeting, or changes who is invited."""

import secrets
from collections.abc import Iterable

from sqlalchemy import insert, select

from meeting.acts import Tx, on
from meeting.calendars.models import CalendarInvitation, CalendarState
from meeting.calendars.rules import is_significant
from meeting.events import Event
from meeting.journal import Told

TOKEN_BYTES = 24  # of an invitation: 192 random bits


@on(Event.MEETING_ISSUED)
def begin(tx: Tx, entry: Told) -> None:
    """The invited get their appointments; a meeting that is issued again is reinstated (CONFIRMED, one step further)."""
    state = _state(tx, entry.chain)
    if state is None:
        tx.add(CalendarState(meeting_id=entry.chain, changed_at=tx.now))
    else:
        _raise(tx, state, called_off=False)
    give(tx, entry.chain, entry.facts["people"])


@on(Event.PARTICIPANTS_SET)
def follow_list(tx: Tx, entry: Told) -> None:
    """Who is added to an issued meeting gets an appointment; that of who is taken off is withdrawn."""
    if _state(tx, entry.chain) is None:
        return
    give(tx, entry.chain, entry.facts["added"])
    withdraw(tx, entry.chain, entry.facts["removed"])


@on(Event.MEETING_EDITED)
def follow_change(tx: Tx, entry: Told) -> None:
    """A new time or place raises the sequence; other changes are only newer."""
    state = _state(tx, entry.chain)
    if state is None:
        return
    if is_significant(entry.facts["after"]):
        _raise(tx, state)
    else:
        state.changed_at = tx.now


@on(Event.MEETING_POSTPONED, Event.MEETING_CANCELLED)
def follow_end(tx: Tx, entry: Told) -> None:
    """A cancelled meeting, and one postponed without a date, is called off in every calendar; a new date only moves it."""
    state = _state(tx, entry.chain)
    if state is not None:
        moved = entry.event is Event.MEETING_POSTPONED and entry.facts.get("starts_at") is not None
        _raise(tx, state, called_off=not moved)


@on(Event.SUBSTITUTE_CONSENTED, Event.SUBSTITUTE_WITHDRAWN)
def follow_substitute(tx: Tx, entry: Told) -> None:
    """A substitute gets an appointment with the seat and loses it with the seat."""
    if _state(tx, entry.chain) is None:
        return
    if entry.event is Event.SUBSTITUTE_CONSENTED:
        give(tx, entry.chain, [entry.facts["substitute_id"]])
    elif entry.facts.get("was_seated"):
        withdraw(tx, entry.chain, [entry.facts["substitute_id"]])


def give(tx: Tx, meeting_id: int, people: Iterable[int]) -> None:
    """Makes the appointments of people who have none. One that was withdrawn is given again, a step further."""
    people = list(people)
    held = select(CalendarInvitation).where(CalendarInvitation.meeting_id == meeting_id, CalendarInvitation.person_id.in_(people))
    known = {each.person_id: each for each in tx.scalars(held)}
    for invitation in known.values():
        if invitation.withdrawn_at is not None:
            invitation.withdrawn_at = None
            invitation.raised += 1
    rows = [
        {"meeting_id": meeting_id, "person_id": person, "token": secrets.token_urlsafe(TOKEN_BYTES), "created_at": tx.now}
        for person in dict.fromkeys(people)
        if person not in known
    ]
    if rows:
        tx.execute(insert(CalendarInvitation), rows)


def withdraw(tx: Tx, meeting_id: int, people: Iterable[int]) -> None:
    """Withdraws the appointments of people: their calendars are told to take it out."""
    held = select(CalendarInvitation).where(
        CalendarInvitation.meeting_id == meeting_id,
        CalendarInvitation.person_id.in_(list(people)),
        CalendarInvitation.withdrawn_at.is_(None),
    )
    for invitation in tx.scalars(held):
        invitation.withdrawn_at = tx.now
        invitation.raised += 1


def _state(tx: Tx, meeting_id: int) -> CalendarState | None:
    return tx.scalar(select(CalendarState).where(CalendarState.meeting_id == meeting_id))


def _raise(tx: Tx, state: CalendarState, called_off: bool | None = None) -> None:
    state.sequence += 1
    state.changed_at = tx.now
    if called_off is not None:
        state.called_off = called_off
