"""The seating plan in colours: who is here, who speaks, and after publication how an open vote was cast seat by seat."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting.agenda import seating_queries
from meeting.agenda.models import Meeting
from meeting.live.rules import HERE
from meeting.rollcall import queries
from meeting.speaking.models import Floor
from meeting.voting import wording
from meeting.voting.models import OpenBallot, Question


def seats(
    session: Session, meeting: Meeting, reader: int, *, desk: bool, question_id: int | None, items: frozenset[int] | None = None
) -> dict[str, Any]:
    """Everything to draw the plan. Members see who is here and who is not; the desk sees late, left, excused too.

    `items`: all that a limited guest may know of.
    """
    found = seating_queries.seated(session, meeting)
    lines = {line["id"]: line for line in queries.lines(session, meeting)}
    seated = set(found.seats.values())
    return {
        "plan": found.plan.as_value() if found.seating else None,
        "seats": {label: _who(lines[person], desk) for label, person in found.seats.items() if person in lines},
        "without": [_who(line, desk) for person, line in lines.items() if person not in seated],
        "speaker": _speaker(session, meeting.id, items),
        "own": seating_queries.own_label(session, meeting.id, reader),
        "vote": votes(session, meeting.id, question_id, items),
    }


def _speaker(session: Session, meeting_id: int, items: frozenset[int] | None) -> int | None:
    wanted = select(Floor.person_id).where(Floor.meeting_id == meeting_id, Floor.state == "speaking")
    return session.scalar(wanted if items is None else wanted.where(or_(Floor.item_id.is_(None), Floor.item_id.in_(items))))


def _who(line: dict[str, Any], desk: bool) -> dict[str, Any]:
    presence = line["presence"]
    if not desk:
        presence = "remote" if presence == "remote" else "present" if presence in HERE else "absent"
    return {**{key: line[key] for key in ("id", "name", "position", "voting", "stands_for")}, "presence": presence}


def votes(
    session: Session, meeting_id: int, question_id: int | None, items: frozenset[int] | None = None
) -> dict[str, Any] | None:
    """How each voted on a single question by name, by person id, once it is published; None for everything else."""
    of = Question.meeting_id == meeting_id, Question.kind == "open", Question.form == "matter", Question.state == "published"
    wanted = select(Question).where(*of).order_by(Question.published_at.desc()).limit(1)
    wanted = wanted if items is None else wanted.where(Question.item_id.in_(items))
    question = session.scalar(wanted if question_id is None else wanted.where(Question.id == question_id))
    if question is None:
        return None
    ballots = session.execute(select(OpenBallot.person_id, OpenBallot.choice).where(OpenBallot.question_id == question.id))
    return {
        "question_id": question.id,
        "title": question.title,
        "options": [{"key": key, "label": wording.label(key)} for key in question.options],
        "choices": {str(row.person_id): row.choice for row in ballots},
    }
