"""Which papers can be shown on the screens of a meeting: the accepted versions whose pages can be read."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.materials.models import Requirement, Submission


@dataclass(frozen=True)
class ShownPaper:
    """A paper that can be put on the screens: its title, the item it belongs to, how many pages are ready."""

    title: str
    item_id: int | None
    pages: int


def shown_paper(session: Session, meeting_id: int, document_id: int) -> ShownPaper | None:
    """The paper, or None when participants of this meeting cannot read it (another meeting's, not accepted, not ready)."""
    wanted = (
        select(Submission)
        .join(Requirement)
        .where(
            Requirement.meeting_id == meeting_id,
            Requirement.state != "waived",
            Submission.file_id == document_id,
            Submission.state == "accepted",
        )
        .order_by(Submission.number.desc())
        .limit(1)
    )
    found = session.scalar(wanted)
    if found is None or not found.file.first_page_read:
        return None
    return ShownPaper(found.requirement.what, found.requirement.item_id, found.file.pages_done)
