"""Which papers can be shown on the screens of a meeting, and by whom: published versions, only to those the paper has reached."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import FurtherPresenter, Item, Meeting, Participant
from meeting.documents.models import Page
from meeting.materials.audience import reaches
from meeting.materials.audience_queries import timings_of
from meeting.materials.models import HANDED_OUT, Requirement, Submission


@dataclass(frozen=True)
class ShownPaper:
    """A paper that can be put on the screens: its title, the item it belongs to, how many pages are ready."""

    title: str
    item_id: int | None
    pages: int
    version: Submission


def group_before(session: Session, meeting: Meeting, audience: str) -> str:
    """Whose papers may stand on this audience's screens. The big screen is seen by guests as soon as one is invited."""
    if audience != "hall":
        return "guests" if audience == "guest" else "members"
    guests = select(Participant.id).where(Participant.meeting_id == meeting.id, Participant.voting.is_(False)).limit(1)
    return "guests" if session.scalar(guests) else "members"


def shown_paper(session: Session, meeting_id: int, document_id: int, group: str = "members") -> ShownPaper | None:
    """The paper, or None when this group cannot read it (another meeting's, not published, not for them, not ready)."""
    wanted = (
        select(Submission)
        .join(Requirement)
        .where(
            Requirement.meeting_id == meeting_id,
            Requirement.state != "waived",
            Submission.file_id == document_id,
            Submission.state.in_(HANDED_OUT),
            Submission.published_at.is_not(None),
        )
        .order_by(Submission.number.desc())
        .limit(1)
    )
    found = session.scalar(wanted)
    if found is None or not found.file.first_page_read:
        return None
    row = found.requirement
    if not reaches(row.audience, group, timings_of(session, [row.id]).get(row.id, [])):
        return None
    return ShownPaper(found.requirement.what, found.requirement.item_id, found.file.pages_done, found)


def presented_by(session: Session, meeting_id: int, person_id: int) -> frozenset[int]:
    """The items of a meeting that somebody presents, as the first presenter or beside them."""
    first = select(Item.id).where(Item.meeting_id == meeting_id, Item.presenter_id == person_id)
    further = (
        select(Item.id)
        .join(FurtherPresenter, FurtherPresenter.item_id == Item.id)
        .where(Item.meeting_id == meeting_id, FurtherPresenter.person_id == person_id)
    )
    return frozenset(session.scalars(first.union(further)))


def presenters_of(session: Session, item_id: int | None) -> frozenset[int]:
    """Who presents an item, by person id."""
    if item_id is None:
        return frozenset()
    first = select(Item.presenter_id).where(Item.id == item_id, Item.presenter_id.is_not(None))
    further = select(FurtherPresenter.person_id).where(FurtherPresenter.item_id == item_id)
    return frozenset(session.scalars(first.union(further)))


def shape_of(session: Session, document_id: int, page: int) -> list[int]:
    """The page's width and height in points, so that its place is kept while the image comes."""
    found = session.execute(select(Page.width, Page.height).where(Page.file_id == document_id, Page.number == page)).first()
    return list(found) if found else [595, 842]
