"""Reads of opinions, limited to the items and the papers somebody may see."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from meeting.agenda.models import Meeting
from meeting.discussion.models import Agreement, Opinion
from meeting.live.papers import group_before
from meeting.materials.audience import reaches
from meeting.materials.audience_queries import timings_of
from meeting.materials.models import HANDED_OUT, Requirement, Submission


def opinions_of(session: Session, meeting: Meeting, items: Collection[int] | None = None) -> list[Opinion]:
    """The opinions and replies that stand, oldest first; `items` limits them to those of a guest (and to the whole meeting)."""
    found = select(Opinion).where(Opinion.meeting_id == meeting.id, Opinion.withdrawn_at.is_(None))
    rows = list(session.scalars(found.order_by(Opinion.at, Opinion.id)))
    return rows if items is None else [row for row in rows if row.item_id is None or row.item_id in items]


def _listed(meeting_id: int, items: Collection[int] | None) -> Select[Opinion]:
    """Opinions that stand, hidden ones, and those taken back that somebody had replied to."""
    reply = aliased(Opinion)
    answered = select(reply.id).where(reply.parent_id == Opinion.id, reply.withdrawn_at.is_(None)).exists()
    found = select(Opinion).where(Opinion.meeting_id == meeting_id, Opinion.parent_id.is_(None), _not_gone() | answered)
    if items is not None:
        found = found.where(Opinion.item_id.is_(None) | Opinion.item_id.in_(list(items)))
    return found


def _not_gone() -> ColumnElement[bool]:
    return Opinion.withdrawn_at.is_(None) | (Opinion.withdrawn_by != Opinion.person_id)


def latest(session: Session, meeting_id: int, most: int, items: Collection[int] | None = None) -> list[Opinion]:
    """The newest opinions, newest first, without replies."""
    found = _listed(meeting_id, items).order_by(Opinion.at.desc(), Opinion.id.desc())
    return list(session.scalars(found.limit(most)))


def listed(session: Session, meeting_id: int, items: Collection[int] | None = None, **only: int | None) -> list[Opinion]:
    """All opinions, oldest first, without replies; `only` keeps those on one item_id, document_id or page."""
    found = _listed(meeting_id, items).order_by(Opinion.at, Opinion.id)
    for name, value in only.items():
        if value is not None:
            found = found.where(getattr(Opinion, name) == value)
    return list(session.scalars(found))


def replies_to(session: Session, opinions: Sequence[Opinion]) -> dict[int, list[Opinion]]:
    """The replies under some opinions, oldest first, by the opinion's id. One question for all."""
    found: dict[int, list[Opinion]] = {}
    if opinions:
        wanted = select(Opinion).where(Opinion.parent_id.in_([each.id for each in opinions]), _not_gone())
        for row in session.scalars(wanted.order_by(Opinion.at, Opinion.id)):
            found.setdefault(row.parent_id or 0, []).append(row)
    return found


def agreements(session: Session, opinions: Collection[int]) -> dict[int, int]:
    """How many agree with each of some opinions (by id). One question for all."""
    if not opinions:
        return {}
    wanted = select(Agreement.opinion_id, func.count()).where(Agreement.opinion_id.in_(opinions)).group_by(Agreement.opinion_id)
    return {row.opinion_id: row[1] for row in session.execute(wanted)}


def agreed_by(session: Session, meeting_id: int, people: Collection[int]) -> dict[int, list[int]]:
    """With which opinions of a meeting some people agree, by person id. One question for all."""
    wanted = (
        select(Agreement.person_id, Agreement.opinion_id)
        .join(Opinion, Opinion.id == Agreement.opinion_id)
        .where(Opinion.meeting_id == meeting_id, Agreement.person_id.in_(people))
        .order_by(Agreement.opinion_id)
    )
    found: dict[int, list[int]] = {}
    for person, opinion in session.execute(wanted):
        found.setdefault(person, []).append(opinion)
    return found


def hidden_of(session: Session, meeting_id: int, people: Collection[int]) -> list[Opinion]:
    """The hidden opinions that some people wrote."""
    wanted = select(Opinion).where(
        Opinion.meeting_id == meeting_id, Opinion.withdrawn_by != Opinion.person_id, Opinion.person_id.in_(people)
    )
    return list(session.scalars(wanted.order_by(Opinion.at, Opinion.id)))


def counts(session: Session, meeting_id: int) -> dict[int | None, int]:
    """How many opinions and replies stand on each item; None: on the meeting as a whole."""
    rows = session.execute(
        select(Opinion.item_id, func.count())
        .where(Opinion.meeting_id == meeting_id, Opinion.withdrawn_at.is_(None))
        .group_by(Opinion.item_id)
    )
    return {row.item_id: row[1] for row in rows}


def papers_on(session: Session, meeting: Meeting, audience: str, files: Collection[int]) -> dict[int, str]:
    """What the papers that some opinions speak of are called, as far as this audience reads them; the desk reads all.

    Two questions for all papers, none when no opinion speaks of a paper.
    """
    if not files:
        return {}
    wanted = (
        select(Submission.file_id, Requirement)
        .join(Requirement)
        .where(Requirement.meeting_id == meeting.id, Requirement.state != "waived", Submission.file_id.in_(files))
        .where(Submission.state.in_(HANDED_OUT), Submission.published_at.is_not(None))
    )
    rows = session.execute(wanted).all()
    if audience == "desk":
        return {file_id: row.what for file_id, row in rows}
    group = group_before(session, meeting, audience)
    timings = timings_of(session, [row.id for _, row in rows])
    return {file_id: row.what for file_id, row in rows if reaches(row.audience, group, timings.get(row.id, []))}
