"""Which papers can be shown on the screens of a meeting: published versions, only to those the paper has reached."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.materials.audience import reaches
from meeting.materials.audience_queries import timings_of
from meeting.materials.models import HANDED_OUT, Requirement, Submission


@dataclass(frozen=True)
class ShownPaper:
    """A paper that can be put on the screens: its title, the item it belongs to, how many pages are ready."""

    title: str
    item_id: int | None
    pages: int


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
    return ShownPaper(found.requirement.what, found.requirement.item_id, found.file.pages_done)
