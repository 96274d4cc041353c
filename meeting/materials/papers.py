"""Reads of papers as their readers may see them: by item, with reading marks and private notes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.queries import limited_items, visible_to
from meeting.documents.models import File
from meeting.errors import Forbidden
from meeting.materials.models import Note, ReadingMark, Requirement, Submission
from meeting.materials.queries import DESK, whole
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, Role, allows


@dataclass(frozen=True)
class Paper:
    """A paper that may be read: one version of one requirement, and how far the reader is."""

    submission: Submission
    seen: int  # pages this reader has seen
    newer: bool  # accepted after the reader last opened an earlier version

    @property
    def requirement(self) -> Requirement:
        """What was asked."""
        return self.submission.requirement

    @property
    def item_number(self) -> int:
        """The item's number on the programme; 0 for papers of the whole meeting."""
        return self.requirement.item.position if self.requirement.item else 0

    @property
    def file(self) -> File:
        """The document."""
        return self.submission.file

    @property
    def is_read(self) -> bool:
        """Whether every page was seen."""
        return self.file.page_count > 0 and self.seen >= self.file.page_count


def papers_by_item(session: Session, actor: Actor, meeting: Meeting) -> dict[int | None, list[Paper]]:
    """The papers of a meeting by item id (None: for the whole meeting), as far as this person may read them.

    Participants get the accepted version; the desk also what still waits. Items dealt with outside the system have none.
    """
    hats = meeting.hats_of(actor, session)
    if not allows(Action.READ_PAPERS, hats):
        return {}
    allowed = {item.id for item in limited_items(meeting, actor, hats) if not item.outside}
    wanted = whole(session, select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.state != "waived"))
    at_desk = bool(hats & DESK)
    shown = []
    for requirement in wanted:
        version = requirement.shown or (requirement.latest if at_desk else None)
        limited = hats == {Role.GUEST} and requirement.item_id is None and len(allowed) < len(meeting.items)
        if version is None or limited or (requirement.item_id is not None and requirement.item_id not in allowed):
            continue
        if version.file.first_page_read:
            shown.append(version)
    found: dict[int | None, list[Paper]] = {}
    for paper in _with_marks(session, actor, shown):
        found.setdefault(paper.requirement.item_id, []).append(paper)
    return found


def _with_marks(session: Session, actor: Actor, versions: Sequence[Submission]) -> list[Paper]:
    every = {each.file_id for version in versions for each in version.requirement.submissions}
    wanted = select(ReadingMark).where(ReadingMark.person_id == actor.person_id, ReadingMark.file_id.in_(every))
    marks = {mark.file_id: mark for mark in session.scalars(wanted)}
    papers = []
    for version in versions:
        mark = marks.get(version.file_id)
        earlier = any(each.file_id in marks for each in version.requirement.submissions if each.number < version.number)
        papers.append(Paper(version, len(mark.seen_pages) if mark else 0, mark is None and earlier))
    return papers


@dataclass(frozen=True)
class Reader:
    """What one participant has opened."""

    person: Person
    opened: dict[int, int]  # pages seen by file id
    last_at: datetime | None


def readers(session: Session, actor: Actor, meeting: Meeting) -> tuple[list[Submission], list[Reader]]:
    """For the secretary: the accepted papers, and for each participant how many pages of each were seen."""
    if not allows(Action.REVIEW_PAPERS, meeting.hats_of(actor, session)):
        raise Forbidden()
    papers = [p.submission for papers in papers_by_item(session, actor, meeting).values() for p in papers]
    papers = [each for each in papers if each.state == "accepted"]
    invited = select(Participant).where(Participant.meeting_id == meeting.id)
    people = [each.person for each in session.scalars(invited)]
    wanted = select(ReadingMark).where(
        ReadingMark.file_id.in_([each.file_id for each in papers]), ReadingMark.person_id.in_([each.id for each in people])
    )
    opened: dict[int, dict[int, ReadingMark]] = {}
    for mark in session.scalars(wanted):
        opened.setdefault(mark.person_id, {})[mark.file_id] = mark
    return papers, [_reader(person, opened.get(person.id, {})) for person in people]


def _reader(person: Person, marks: dict[int, ReadingMark]) -> Reader:
    pages = {file_id: len(mark.seen_pages) for file_id, mark in marks.items()}
    return Reader(person, pages, max((mark.last_at for mark in marks.values()), default=None))


def opened_by(session: Session, file_ids: Iterable[int]) -> dict[int, int]:
    """How many people have opened each document."""
    found: dict[int, int] = {}
    for file_id in session.scalars(select(ReadingMark.file_id).where(ReadingMark.file_id.in_(list(file_ids)))):
        found[file_id] = found.get(file_id, 0) + 1
    return found


def mark_of(session: Session, actor: Actor, file_id: int) -> ReadingMark | None:
    """How far this person has read a document."""
    wanted = select(ReadingMark).where(ReadingMark.file_id == file_id, ReadingMark.person_id == actor.person_id)
    return session.scalar(wanted)


def notes_of(session: Session, actor: Actor, file_id: int) -> list[Note]:
    """This person's own notes on a document, by page."""
    wanted = select(Note).where(Note.file_id == file_id, Note.person_id == actor.person_id).order_by(Note.page)
    return list(session.scalars(wanted))


def reading_list(session: Session, actor: Actor, limit: int = 20) -> list[tuple[Meeting, list[Paper]]]:
    """Papers of upcoming meetings to which this person is invited, soonest first."""
    mine = select(Participant.meeting_id).where(Participant.person_id == actor.person_id)
    upcoming = and_(
        Meeting.starts_at >= clock.at_local(clock.today()), Meeting.state.not_in(("cancelled", "postponed", "archived"))
    )
    running = Meeting.state.in_(("in_session", "paused"))
    wanted = visible_to(actor).where(or_(Meeting.id.in_(mine), Meeting.chair_id == actor.person_id), or_(upcoming, running))
    meetings = session.scalars(
        wanted.order_by(Meeting.starts_at).limit(limit).options(selectinload(Meeting.items), selectinload(Meeting.participants))
    )
    found = []
    for meeting in meetings:
        papers = [paper for papers in papers_by_item(session, actor, meeting).values() for paper in papers]
        found.append(
            (meeting, sorted(papers, key=lambda paper: paper.requirement.item.position if paper.requirement.item else 0))
        )
    return found
