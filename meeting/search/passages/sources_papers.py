"""Passages of papers: the pages of the version that participants read, and of the newest one, which its makers see."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting import clock
from meeting.documents import queries as documents
from meeting.materials.models import Requirement, Submission
from meeting.search.passages.sources import Found, reads


@reads("paper")
def papers(session: Session, scope: int, source_id: int) -> list[Found]:
    """The pages of each paper of a meeting."""
    wanted = select(Requirement).where(Requirement.meeting_id == scope, Requirement.state != "waived")
    if source_id:
        wanted = wanted.join(Submission).where(Submission.id == source_id)
    found: list[Found] = []
    for requirement in session.scalars(wanted.options(selectinload(Requirement.submissions), joinedload(Requirement.meeting))):
        versions = {version.id: version for version in (requirement.shown, requirement.latest) if version}
        for version in versions.values():
            if source_id in (0, version.id):
                found += _pages(session, requirement, version)
    return found


def _pages(session: Session, requirement: Requirement, version: Submission) -> list[Found]:
    if version.file.was_refused:
        return []
    title = f"{requirement.what} · {requirement.meeting.title}"
    dated = version.signed_on or clock.local(version.handed_at or requirement.asked_at).date()
    return [
        Found(
            version.id,
            number,
            title,
            text,
            dated,
            version.symbol,
            requirement.item_id,
            number,
            version.file_id,
            requirement.unit_id,
            version.sent_by,
            "published" if version.is_published else "waiting",
            place=f"trang {number}",
        )
        for number, text in documents.page_texts(session, version.file_id)
    ]
