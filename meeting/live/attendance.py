"""The acts on presence: checking in (many at once), leaving, and the clerk's correction."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from meeting.acts import GatherSpec, Tx, act
from meeting.agenda.models import Meeting, Participant
from meeting.errors import Refused
from meeting.events import Event
from meeting.invitations.substitutes import holds_seat
from meeting.live import queries, rules
from meeting.live.models import Attendance
from meeting.live.service import MeetingInput
from meeting.permissions import Action, Actor


class CorrectionInput(MeetingInput):
    """What is true of somebody's presence, and why it is corrected."""

    person_id: int
    presence: Literal["present", "late", "left", "remote", "excused", "absent"]
    reason: str = Field(min_length=1, max_length=500)


def check_in_many(tx: Tx, coming: Sequence[tuple[Actor, MeetingInput]]) -> list[dict[str, Any] | Refused]:
    """Marks people as present, by one statement for all. Who is here already is left as they are."""
    meeting = tx.get(Meeting, coming[0][1].meeting_id)
    hats = tx.require_each(Action.CHECK_IN, meeting, [who for who, _ in coming])
    people = [who.person_id for who, _ in coming]
    kept = queries.kept_of(tx.reading, meeting, people)
    listed = select(Participant.person_id).where(Participant.meeting_id == meeting.id, Participant.person_id.in_(people))
    invited = set(tx.scalars(listed))
    presence = rules.arrival(tx.now, meeting.starts_at, meeting.opened_at)
    answers: list[dict[str, Any] | Refused] = []
    arrived: list[Actor] = []
    for who, _ in coming:
        worn = hats[who.person_id]
        refused = worn if isinstance(worn, Refused) else _refusal(meeting.state, who.person_id in invited)
        answers.append(refused or {})
        here = who.person_id in kept and kept[who.person_id].presence in rules.HERE
        if refused is None and not here:
            arrived.append(who)
    _write_arrivals(tx, meeting, arrived, kept, presence)
    return answers


def _refusal(state: str, invited: bool) -> Refused | None:
    try:
        rules.check_check_in(state)
        if not invited:
            raise Refused("not_invited")
    except Refused as refused:
        return refused
    return None


def _write_arrivals(tx: Tx, meeting: Meeting, arrived: list[Actor], kept: dict[int, Attendance], presence: str) -> None:
    if not arrived:
        tx.nothing_to_record("everyone is here already")
        return
    fresh = [who.person_id for who in arrived if who.person_id not in kept]
    back = [who.person_id for who in arrived if who.person_id in kept]
    if fresh:
        rows = [
            {"meeting_id": meeting.id, "person_id": person, "presence": presence, "arrived_at": tx.now, "reason": ""}
            for person in fresh
        ]
        tx.execute(insert(Attendance), rows)
    for person in back:
        came = kept[person].arrived_at
        values = {"presence": presence if came is None else "present", "arrived_at": came or tx.now, "left_at": None}
        tx.execute(update(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.person_id == person).values(**values))
    tx.record_many(Event.CHECKED_IN, meeting, [(who, {"presence": presence}) for who in arrived])


@act("live.check_in", Action.CHECK_IN, gather=GatherSpec(key=lambda wanted: wanted.meeting_id, run=check_in_many))
def check_in(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Somebody invited says "I am here", from the issue of the invitations until the close. Twice is harmless.

    Coming long after the beginning counts as late. Refused as `check_in_closed`, or `not_invited`.
    """
    (answered,) = check_in_many(tx, [(tx.actor, wanted)])
    if isinstance(answered, Refused):
        raise answered
    return answered


@act("live.leave", Action.CHECK_IN)
def leave(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """Somebody who is here says that they go; they no longer count for the quorum. Checking in again brings them back.

    Refused as `check_in_closed`, or `not_here`.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.CHECK_IN, meeting)
    rules.check_check_in(meeting.state)
    kept = queries.kept_of(tx.reading, meeting, [tx.actor.person_id]).get(tx.actor.person_id)
    if kept is None or kept.presence not in rules.HERE:
        raise Refused("not_here")
    kept.presence = "left" if meeting.opened_at else "absent"
    kept.left_at = tx.now
    tx.record(Event.LEFT, meeting, presence=kept.presence)
    return {}


@holds_seat
def is_here(session: Session, meeting_id: int, person_id: int) -> bool:
    """A substitute who has checked in keeps the seat."""
    wanted = select(Attendance.id).where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
    return session.scalar(wanted.where(Attendance.presence.in_(rules.HERE))) is not None


@act("live.correct_attendance", Action.CORRECT_ATTENDANCE)
def correct(tx: Tx, wanted: CorrectionInput) -> dict[str, Any]:
    """The secretariat sets what is true of somebody's presence, at any time from the issue on, with a reason.

    Refused: `check_in_closed` (before the issue), `not_invited`. Records what stood before and what stands now.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.CORRECT_ATTENDANCE, meeting)
    rules.check_correctable(meeting.state)
    invited = tx.scalar(
        select(Participant).where(Participant.meeting_id == meeting.id, Participant.person_id == wanted.person_id)
    )
    if invited is None:
        raise Refused("not_invited")
    kept = queries.kept_of(tx.reading, meeting, [wanted.person_id]).get(wanted.person_id)
    before = rules.presence_of(kept.presence if kept else None, invited.reply, invited.absence)
    if kept is None:
        kept = tx.add(Attendance(meeting_id=meeting.id, person_id=wanted.person_id, presence=wanted.presence))
    kept.presence = wanted.presence
    if wanted.presence in rules.HERE | {"left"}:
        kept.arrived_at = kept.arrived_at or tx.now
    else:
        kept.arrived_at = None
    kept.left_at = tx.now if wanted.presence == "left" else None
    kept.reason, kept.corrected_at, kept.corrected_by = wanted.reason, tx.now, tx.actor.person_id
    facts = {"person_id": wanted.person_id, "name": invited.person.called}
    tx.record(Event.ATTENDANCE_CORRECTED, meeting, **facts, before=before, after=wanted.presence, reason=wanted.reason)
    return {}
