"""What the viewer needs to open a paper, in one answer: the paper, the reader's way through it, its neighbours."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.documents import queries as documents
from meeting.documents.access import Place
from meeting.documents.api import notes_of
from meeting.documents.describing import outline_of, signatures_of
from meeting.documents.rules import WIDTHS
from meeting.materials import papers, queries, release_queries
from meeting.materials.release_models import ComparedPage, Comparison
from meeting.organization.group_queries import groups_of
from meeting.permissions import Actor

DIFFERENT = ("changed", "added", "moved", "unread")  # kinds of pages that are worth a look in the newer version


def opening(session: Session, actor: Actor, file_id: int) -> dict[str, Any]:
    """Everything the viewer shows around the pages. Missing for those who may not open the paper; `file_gone` after a refusal."""
    file, place = documents.readable(session, actor, file_id)
    mark = papers.mark_of(session, actor, file_id)
    sources = documents.numbers_by_source(session, file_id)
    before, after = neighbours(session, actor, file_id, place.meeting_id)
    return {
        "id": file.id,
        "sha256": file.sha256,
        **_headed(place),
        "updated_at": file.uploaded_at.isoformat(),
        "state": file.state,
        "page_count": file.page_count,
        "pages": documents.shapes(session, file_id),
        "widths": list(WIDTHS),
        "recognised": sources.get("ocr", []),
        "textless": sources.get("none", []),
        "remarks": notes_of(file),
        "outline": outline_of(file),
        "signatures": signatures_of(file),
        "seen": list(mark.seen_pages) if mark else [],
        "last_page": mark.last_page if mark else 1,
        "takeable": place.takeable,
        "reader": actor.name,
        "live_meeting_id": None if actor.only_meeting else queries.running_meeting(session, place.meeting_id),
        "previous": before,
        "next": after,
        "strip": _strip(session, actor, file_id),
        "groups": _groups(session, actor, place.meeting_id),
    }


def _headed(place: Place) -> dict[str, Any]:
    return {
        "title": place.title,
        "detail": place.detail,
        "back": place.back,
        "meeting_id": place.meeting_id,
        "item_id": place.item_id,
        "item_number": place.item_number,
        "version": place.version,
    }


Neighbour = dict[str, Any]


def neighbours(session: Session, actor: Actor, file_id: int, meeting_id: int | None) -> tuple[Neighbour | None, Neighbour | None]:
    """The papers before and after this one: of the same item, then of the meeting, in the order of the programme.

    An older version stands where its paper stands. None at the ends, and for files that are no paper of a meeting.
    """
    meeting = session.get(Meeting, meeting_id) if meeting_id else None
    if meeting is None:
        return None, None
    found = [paper for of_item in papers.papers_by_item(session, actor, meeting).values() for paper in of_item]
    found.sort(key=lambda paper: (paper.item_number, paper.requirement.id))
    at = next((n for n, paper in enumerate(found) if _holds(paper, file_id)), None)
    if at is None:
        return None, None
    return (_neighbour(found[at - 1]) if at else None), (_neighbour(found[at + 1]) if at + 1 < len(found) else None)


def _holds(paper: papers.Paper, file_id: int) -> bool:
    return any(version.file_id == file_id for version in paper.requirement.submissions)


def _neighbour(paper: papers.Paper) -> Neighbour:
    return {"id": paper.file.id, "title": paper.requirement.what, "item_number": paper.item_number or None}


def _strip(session: Session, actor: Actor, file_id: int) -> dict[str, Any] | None:
    found = release_queries.strip(session, actor, file_id)
    if found is None:
        return None
    newer = {"file_id": found.newer.file_id, "number": found.newer.number} if found.newer else None
    ready = found.comparison if found.comparison is not None and found.comparison.state == "ready" else None
    return {
        "newer": newer,
        "number": found.number,
        "read_number": found.read_number,
        "changed_pages": _changed(session, ready) if ready else [],
        "changed": ready.pages_of(*DIFFERENT, "removed") if ready else None,
        "compare_url": f"/papers/{found.requirement.id}/changes?from={found.read_number}&to={found.number}"
        if found.read_number
        else None,
    }


def _changed(session: Session, comparison: Comparison) -> list[int]:
    wanted = select(ComparedPage.new_page).where(
        ComparedPage.comparison_id == comparison.id, ComparedPage.kind.in_(DIFFERENT), ComparedPage.new_page.is_not(None)
    )
    return sorted({page for page in session.scalars(wanted) if page is not None})


def _groups(session: Session, actor: Actor, meeting_id: int | None) -> list[dict[str, Any]]:
    """The reader's groups in the body of the meeting: with them a note can be shared."""
    meeting = session.get(Meeting, meeting_id) if meeting_id else None
    if meeting is None or not actor.person_id:
        return []
    return [{"id": group.id, "name": group.name} for group in groups_of(session, actor.person_id, meeting.body_id)]
