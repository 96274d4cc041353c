"""Reads of a running meeting: who is here, whether they are enough, where it stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.queries import given_name_first
from meeting.live.models import Attendance, Handover, ItemRun, Progress
from meeting.live.rules import HERE, Quorum, counted, presence_of, share_of
from meeting.organization.models import Membership, Person
from meeting.permissions import Role


def present_voters(session: Session, meeting: Meeting) -> set[int]:
    """The voting participants who are here now, by person id: in the room, and elsewhere where the rule book counts them."""
    here = (
        select(Attendance.person_id)
        .join(Participant, (Participant.meeting_id == Attendance.meeting_id) & (Participant.person_id == Attendance.person_id))
        .where(Attendance.meeting_id == meeting.id, Attendance.presence.in_(counted(meeting.book.remote)), Participant.voting)
    )
    return set(session.scalars(here))


def members(session: Session, meeting: Meeting) -> set[int]:
    """Whose total the quorum and the majority are taken of, by person id: all members of the body on the day of the meeting,
    invited or not; where the rule book counts only those invited with a vote, these. A seat counts once: a substitute who has
    the seat's vote stands here as the member.
    """
    seat = func.coalesce(Participant.stands_for_id, Participant.person_id)
    invited = set(session.scalars(select(seat).where(Participant.meeting_id == meeting.id, Participant.voting)))
    if meeting.book.voters == "invited" or meeting.sitting == "group":  # a Tổ sits by itself
        return invited
    day = clock.local(meeting.starts_at).date()
    sworn = select(Membership.person_id).where(
        Membership.body_id == meeting.body_id, Membership.role == Role.MEMBER, Membership.starts_on <= day, _lasts(day)
    )
    return set(session.scalars(sworn)) | invited


def _lasts(day: Any) -> ColumnElement[bool]:
    return or_(Membership.ends_on.is_(None), Membership.ends_on >= day)


def quorum(session: Session, meeting: Meeting) -> Quorum:
    """Whether enough members are present, by the share that the meeting's type sets."""
    return Quorum(
        present=len(present_voters(session, meeting)),
        total=len(members(session, meeting)),
        share=share_of(meeting.book.quorum),
        kind=meeting.body.kind,
    )


def attendance_rows(session: Session, meeting: Meeting) -> list[tuple[Participant, Attendance | None]]:
    """Everyone invited with what is kept of their presence: voting members first, by given name."""
    found = session.execute(
        select(Participant, Attendance)
        .outerjoin(
            Attendance,
            (Attendance.meeting_id == Participant.meeting_id) & (Attendance.person_id == Participant.person_id),
        )
        .where(Participant.meeting_id == meeting.id)
        .options(selectinload(Participant.stands_for))  # mostly nobody: then nothing is asked
    )
    rows = [(row.Participant, row.Attendance) for row in found]
    return sorted(rows, key=lambda pair: (not pair[0].voting, given_name_first(pair[0].person.full_name)))


def guests_here(session: Session, meeting: Meeting) -> int:
    """How many guests are present."""
    here = (
        select(func.count())
        .select_from(Attendance)
        .join(Participant, (Participant.meeting_id == Attendance.meeting_id) & (Participant.person_id == Attendance.person_id))
        .where(Attendance.meeting_id == meeting.id, Attendance.presence.in_(HERE), Participant.voting.is_(False))
    )
    return session.scalar(here) or 0


def person_line(invited: Participant, kept: Attendance | None) -> dict[str, Any]:
    """One person on the attendance list."""
    return {
        "id": invited.person_id,
        "name": invited.person.called,
        "position": invited.person.position,
        "voting": invited.voting,
        "stands_for": invited.stands_for.called if invited.stands_for else None,
        "presence": presence_of(kept.presence if kept else None, invited.reply, invited.absence),
        "arrived_at": iso(kept.arrived_at) if kept else None,
        "left_at": iso(kept.left_at) if kept else None,
        "reason": (kept.reason if kept else "") or invited.reason,
        "corrected_at": iso(kept.corrected_at) if kept else None,
    }


def kept_of(session: Session, meeting: Meeting, people: Sequence[int]) -> dict[int, Attendance]:
    """What is kept of some people's presence, by person id."""
    rows = session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.person_id.in_(people)))
    return {row.person_id: row for row in rows}


def progress_of(session: Session, meeting_id: int) -> Progress | None:
    """Where the meeting stands; None before it began."""
    return session.get(Progress, meeting_id)


def handed_over(session: Session, meeting_id: int) -> list[dict[str, Any]]:
    """To whom the meeting or single items are handed over now, the oldest first."""
    wanted = select(Handover).where(Handover.meeting_id == meeting_id, Handover.ended_at.is_(None)).order_by(Handover.id)
    return [{"item_id": each.item_id, "to": person_brief(each.to), "at": iso(each.at)} for each in session.scalars(wanted)]


def runs_of(session: Session, meeting_id: int) -> dict[int, list[ItemRun]]:
    """The stretches of time in which each item was dealt with, in order, by item id."""
    found: dict[int, list[ItemRun]] = {}
    for run in session.scalars(select(ItemRun).where(ItemRun.meeting_id == meeting_id).order_by(ItemRun.id)):
        found.setdefault(run.item_id, []).append(run)
    return found


def stand_ins(session: Session, meeting_id: int) -> dict[int, str]:
    """For whom substitutes sit there: the member's name by the substitute's person id."""
    wanted = select(Participant).where(Participant.meeting_id == meeting_id, Participant.stands_for_id.is_not(None))
    rows = session.scalars(wanted.options(joinedload(Participant.stands_for)))
    return {row.person_id: row.stands_for.called for row in rows if row.stands_for}


def person_brief(person: Person | None) -> dict[str, Any] | None:
    """A person as the live screens name them."""
    if person is None:
        return None
    return {"id": person.id, "name": person.called, "position": person.position}


def iso(moment: datetime | None) -> str | None:
    """A moment on the wire."""
    return moment.isoformat() if moment else None
