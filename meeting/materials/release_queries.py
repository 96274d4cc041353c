"""Reads for handing out: for whom each paper is, from when, what was taken back; and what the viewer says above a version."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.materials.audience import REACH, Timing
from meeting.materials.audience_queries import may_open, timings_of
from meeting.materials.compare_queries import comparisons_of, read_before
from meeting.materials.models import Requirement, Submission
from meeting.materials.queries import whole
from meeting.materials.release_models import Comparison, Recall
from meeting.materials.release_service import newest_accepted
from meeting.permissions import Action, Actor, allows


@dataclass(frozen=True)
class Row:
    """One paper as the office hands it out."""

    requirement: Requirement
    version: Submission | None  # the newest accepted one, or the one that is read
    timings: Sequence[Timing]
    recall: Recall | None  # the last time it was taken back, while it is

    @property
    def standing(self) -> str:
        """published, waiting (accepted, held back), taken_back, or not_ready."""
        if self.version is not None and self.version.is_published:
            return "published"
        if self.recall is not None:
            return "taken_back"
        return "waiting" if self.version is not None else "not_ready"

    def timing(self, group: str) -> Timing | None:
        """The timed release of a group, if there is one and the paper is for them."""
        if group not in REACH[self.requirement.audience]:
            return None
        return next((each for each in self.timings if each.group == group), None)


@dataclass(frozen=True)
class Releases:
    """The papers of a meeting as they are handed out."""

    meeting: Meeting
    rows: list[Row]

    @property
    def waiting(self) -> int:
        """How many accepted papers are held back."""
        return sum(row.standing == "waiting" for row in self.rows)


def releases(session: Session, actor: Actor, meeting_id: int) -> Releases:
    """For the desk: every paper asked for, in the order of the programme."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.PUBLISH_PAPERS, hats):
        raise Forbidden()
    papers = whole(session, select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.state != "waived"))
    papers.sort(key=lambda row: (row.item.position if row.item else 0, row.id))
    timings = timings_of(session, [row.id for row in papers])
    taken = {each.requirement_id: each for each in recalls(session, meeting.id)}
    return Releases(
        meeting, [Row(row, newest_accepted(row) or row.shown, timings.get(row.id, []), taken.get(row.id)) for row in papers]
    )


def recalls(session: Session, meeting_id: int) -> list[Recall]:
    """The papers of a meeting that are taken back now, the last recall of each."""
    wanted = (
        select(Recall)
        .join(Requirement)
        .where(Requirement.meeting_id == meeting_id)
        .options(joinedload(Recall.requirement).selectinload(Requirement.submissions))
    )
    last = {each.requirement_id: each for each in session.scalars(wanted.order_by(Recall.id)).unique()}
    return [each for each in last.values() if each.requirement.shown is None and each.requirement.state != "waived"]


def taken_from(session: Session, actor: Actor, meeting_id: int) -> list[Recall]:
    """The papers that this person could read and that were taken back: that they were, and why, is all they still know."""
    return [each for each in recalls(session, meeting_id) if actor.person_id in each.readers]


@dataclass(frozen=True)
class Strip:
    """What the viewer says above a version: that there is a newer one, or what changed since the one that was read."""

    requirement: Requirement
    number: int
    newer: Submission | None
    read_number: int | None
    comparison: Comparison | None

    @property
    def changed(self) -> int:
        """How many pages of this version are not as they were in the version that was read."""
        return self.comparison.pages_of("changed", "added", "moved") if self.comparison else 0


def strip(session: Session, actor: Actor, file_id: int) -> Strip | None:
    """For a file that is a version of a paper with several of them; None otherwise."""
    wanted = select(Submission).where(Submission.file_id == file_id).order_by(Submission.id.desc())
    version = next((each for each in session.scalars(wanted) if may_open(session, actor, each)), None)
    if version is None or len(version.requirement.submissions) < 2:
        return None
    row = version.requirement
    readable = [each for each in row.submissions if each.file.first_page_read and may_open(session, actor, each)]
    later = [each for each in readable if each.number > version.number and each.is_published]
    earlier = read_before(session, actor, [each for each in readable if each.number < version.number])
    found = comparisons_of(session, [version.id]).get((earlier.id, version.id)) if earlier else None
    if not later and earlier is None:
        return None
    return Strip(row, version.number, later[-1] if later else None, earlier.number if earlier else None, found)
