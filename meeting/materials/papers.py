"""Reads of papers as their readers may see them: by item, with reading marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.queries import limited_items, visible_to
from meeting.database import asked_once
from meeting.documents.models import File
from meeting.errors import Forbidden
from meeting.materials.audience_queries import Reach, reach_of
from meeting.materials.compare_queries import comparisons_of
from meeting.materials.models import ReadingMark, Requirement, Submission
from meeting.materials.newest_looks import looked_of
from meeting.materials.queries import received
from meeting.materials.release_models import Comparison
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, allows

MEETINGS_AHEAD = 20


@dataclass(frozen=True)
class Paper:
    """A paper that may be read: one version of one requirement, and how far the reader is."""

    submission: Submission
    seen: int  # pages this reader has seen
    seconds: int  # this reader has spent with it
    newer: bool  # published after the reader last opened an earlier version
    read_number: int | None = None  # the newest version this reader has opened, if it is an earlier one
    changes: Comparison | None = None  # what changed since that version, once the worker has found it
    since: datetime | None = None  # from when this reader can read it
    fresh: bool = False  # it came after the reader's last look at the meeting

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
    def minutes(self) -> int:
        """Whole minutes this reader has spent with it."""
        return self.seconds // 60

    @property
    def share(self) -> int:
        """Percent of the pages seen by this reader, rounded down: 100 only when all were."""
        return 100 * self.seen // self.file.page_count if self.file.page_count else 0

    @property
    def is_read(self) -> bool:
        """Whether every page was seen."""
        return self.file.page_count > 0 and self.seen >= self.file.page_count


def papers_by_item(session: Session, actor: Actor, meeting: Meeting) -> dict[int | None, list[Paper]]:
    """The papers of a meeting by item id (None: for the whole meeting), as far as this person may read them.

    Participants get the newest published version that has reached them; the desk also what still waits. Items dealt with
    outside the system have none.
    """
    hats = meeting.hats_of(actor, session)
    if not allows(Action.READ_PAPERS, hats):
        return {}
    wanted = received(session, meeting.id)
    reach = reach_of(session, actor, meeting, hats, limited_items(meeting, actor, hats), [each.id for each in wanted])
    shown = [version for requirement in wanted if (version := reach.shown(requirement)) and version.file.first_page_read]
    found: dict[int | None, list[Paper]] = {}
    for paper in _with_marks(session, actor, meeting, reach, shown):
        found.setdefault(paper.requirement.item_id, []).append(paper)
    return found


def _with_marks(session: Session, actor: Actor, meeting: Meeting, reach: Reach, versions: Sequence[Submission]) -> list[Paper]:
    every = {each.file_id for version in versions for each in version.requirement.submissions}
    wanted = select(ReadingMark).where(ReadingMark.person_id == actor.person_id, ReadingMark.file_id.in_(every))
    marks = {mark.file_id: mark for mark in session.scalars(wanted)}
    compared = comparisons_of(session, [version.id for version in versions])
    marked_after = looked_of(session, actor.person_id, [meeting.id])[meeting.id].since(clock.now())
    papers = []
    for version in versions:
        mark, since = marks.get(version.file_id), reach.since(version.requirement)
        earlier = [each for each in version.requirement.submissions if each.number < version.number and each.file_id in marks]
        read = earlier[-1] if earlier and mark is None else None
        papers.append(
            Paper(
                version,
                len(mark.seen_pages) if mark else 0,
                mark.seconds if mark else 0,
                read is not None,
                read.number if read else None,
                compared.get((read.id, version.id)) if read else None,
                since,
                mark is None and marked_after is not None and since is not None and since > marked_after,
            )
        )
    return papers


@dataclass(frozen=True)
class Reader:
    """What one participant has opened: which pages is nobody's business but theirs."""

    person: Person
    opened: frozenset[int]  # file ids
    last_at: datetime | None


def readers(session: Session, actor: Actor, meeting: Meeting) -> tuple[list[Submission], list[Reader]]:
    """For the secretary: the published papers, and which of them each participant has opened."""
    if not allows(Action.REVIEW_PAPERS, meeting.hats_of(actor, session)):
        raise Forbidden()
    papers = [p.submission for papers in papers_by_item(session, actor, meeting).values() for p in papers]
    papers = [each for each in papers if each.is_published]
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
    return Reader(person, frozenset(marks), max((mark.last_at for mark in marks.values()), default=None))


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


def reading_list(session: Session, actor: Actor) -> list[tuple[Meeting, list[Paper]]]:
    """Papers of upcoming meetings to which this person is invited, soonest first. Read once for all parts of one page."""
    return asked_once(session, ("materials.reading_list", actor.person_id), lambda: _reading_list(session, actor))


def _reading_list(session: Session, actor: Actor) -> list[tuple[Meeting, list[Paper]]]:
    mine = select(Participant.meeting_id).where(Participant.person_id == actor.person_id)
    upcoming = and_(
        Meeting.starts_at >= clock.at_local(clock.today()), Meeting.state.not_in(("cancelled", "postponed", "archived"))
    )
    running = Meeting.state.in_(("in_session", "paused"))
    wanted = visible_to(actor).where(or_(Meeting.id.in_(mine), Meeting.chair_id == actor.person_id), or_(upcoming, running))
    meetings = session.scalars(wanted.order_by(Meeting.starts_at).limit(MEETINGS_AHEAD).options(selectinload(Meeting.items)))
    found = []
    for meeting in meetings:
        papers = [paper for papers in papers_by_item(session, actor, meeting).values() for paper in papers]
        found.append(
            (meeting, sorted(papers, key=lambda paper: paper.requirement.item.position if paper.requirement.item else 0))
        )
    return found
