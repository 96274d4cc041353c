"""Reads of readiness: counts for chair and desk, from a bounded number of queries however many papers there are."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.materials.audience import reaches
from meeting.materials.audience_queries import timings_of
from meeting.materials.models import ReadingMark, Requirement
from meeting.materials.queries import received
from meeting.materials.readiness import PaperSeen, Share, item_share, least_first, paper_share
from meeting.permissions import Action, Actor, allows


@dataclass(frozen=True)
class PaperRow:
    """A published paper and how many members have opened it."""

    requirement: Requirement
    share: Share


@dataclass(frozen=True)
class ItemRow:
    """An item with its papers; `item` is None for the papers of the whole meeting."""

    item: Item | None
    share: Share
    papers: list[PaperRow]


@dataclass(frozen=True)
class Readiness:
    """The readiness map of a meeting: what nobody has opened first."""

    meeting: Meeting
    members: int  # invited with a vote
    begun: int  # of them have opened at least one paper
    rows: list[ItemRow]
    names_shown: bool  # the reader may also see who has opened what

    @property
    def unopened(self) -> list[ItemRow]:
        """The items that nobody has opened yet."""
        return [row for row in self.rows if row.share.nobody]


def readiness(session: Session, actor: Actor, meeting_id: int) -> Readiness:
    """How far the members are prepared. For chair and desk; nobody is named."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.SEE_READINESS, hats):
        raise Forbidden()
    invited = select(Participant.person_id).where(Participant.meeting_id == meeting.id, Participant.voting)
    members = frozenset(session.scalars(invited) if not meeting.is_private else ())  # before the issue nobody is asked to read
    outside = {item.id for item in meeting.items if item.outside}
    papers = [row for row in received(session, meeting.id) if row.shown is not None and row.item_id not in outside]
    seen = _counted(session, papers, members)
    opened = _opened(session, [file_id for each in seen for file_id in each.files], members)
    rows = _rows(meeting, papers, seen, opened)
    return Readiness(meeting, len(members), len(opened), rows, allows(Action.REVIEW_PAPERS, hats))


def _counted(session: Session, papers: list[Requirement], members: frozenset[int]) -> list[PaperSeen]:
    timings = timings_of(session, [row.id for row in papers])
    return [
        PaperSeen(
            row.id,
            row.item_id,
            tuple(each.file_id for each in row.submissions if each.is_published),
            members if reaches(row.audience, "members", timings.get(row.id, [])) else frozenset(),
        )
        for row in papers
    ]


def _opened(session: Session, file_ids: list[int], members: frozenset[int]) -> dict[int, frozenset[int]]:
    """The files each member has opened, those who opened none left out; one query of two columns."""
    wanted = select(ReadingMark.person_id, ReadingMark.file_id).where(ReadingMark.file_id.in_(file_ids))
    found: dict[int, set[int]] = {}
    for person_id, file_id in session.execute(wanted):
        if person_id in members:
            found.setdefault(person_id, set()).add(file_id)
    return {person: frozenset(files) for person, files in found.items()}


def _rows(meeting: Meeting, papers: list[Requirement], seen: list[PaperSeen], opened: dict[int, frozenset[int]]) -> list[ItemRow]:
    by_item: dict[int | None, list[tuple[Requirement, PaperSeen]]] = {}
    for row, counted in zip(papers, seen, strict=True):
        by_item.setdefault(row.item_id, []).append((row, counted))
    shares = {item_id: item_share([counted for _, counted in found], opened) for item_id, found in by_item.items()}
    items = {item.id: item for item in meeting.items if not item.outside}
    order = least_first({key: share for key, share in shares.items() if key is not None}, list(items))

    def row_of(item: Item | None) -> ItemRow:
        key = item.id if item else None
        found = by_item.get(key, [])
        return ItemRow(
            item, shares.get(key, Share(0, 0)), [PaperRow(row, paper_share(counted, opened)) for row, counted in found]
        )

    whole_meeting = [row_of(None)] if None in by_item else []
    return [*whole_meeting, *(row_of(items[item_id]) for item_id in order)]
