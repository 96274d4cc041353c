"""Which papers can be shown on the screens of a meeting. Reads the rooms of papers below."""

from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class ShownPaper:
    """A paper that can be put on the screens: its title, the item it belongs to, how many pages are ready."""

    title: str
    item_id: int | None
    pages: int


def shown_paper(session: Session, meeting_id: int, document_id: int) -> ShownPaper | None:
    """The paper, or None when it does not belong to this meeting or is not ready."""
    return None
