"""What other programs may read: papers of a meeting, requirements, who has read."""

from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.queries import limited_items, meeting_of
from meeting.documents import queries as documents
from meeting.errors import Forbidden
from meeting.materials import late_queries, queries, unit_queries
from meeting.materials import papers as papers_of
from meeting.materials.models import UNIT_ROLES
from meeting.materials.papers import Paper
from meeting.materials.wire import requirement_json
from meeting.permissions import Action, Actor, allows
from meeting.web.api import resource


@resource("/meetings/<int:meeting_id>/papers", "The papers of a meeting by item, as far as the reader may read them")
def meeting_papers(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Items in the order of the programme; papers for the whole meeting stand under item_id null, first."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.READ_PAPERS, hats):
        raise Forbidden()
    papers = papers_of.papers_by_item(session, actor, meeting)
    rows: list[dict[str, Any]] = [
        {"item_id": None, "number": None, "title": None, "papers": [paper_json(each) for each in papers.get(None, [])]}
    ]
    for item in limited_items(meeting, actor, hats):
        shown = [paper_json(each) for each in papers.get(item.id, [])]
        rows.append({"item_id": item.id, "number": item.position, "title": item.title, "papers": shown})
    return {"data": [row for row in rows if row["item_id"] is not None or row["papers"]]}


@resource("/meetings/<int:meeting_id>/requirements", "What units owe for a meeting: the desk reads all, a unit its own")
def meeting_requirements(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Requirements by due time with their versions."""
    found = queries.requirements_for(session, actor, meeting_id)
    serves = bool(meeting_of(session, actor, meeting_id)[1] & UNIT_ROLES)
    return {"data": [requirement_json(each, serves and each.unit_id == actor.unit_id, clock.now()) for each in found]}


@resource("/requirements/<int:requirement_id>", "One paper asked for: for its unit, and for the desk what it received")
def requirement(session: Session, actor: Actor, requirement_id: int) -> dict[str, Any]:
    """The requirement with its versions, its due times and what the chair said; `history` newest first."""
    row = queries.requirement_of(session, actor, requirement_id)
    inside = bool(row.hats_of(actor, session) & UNIT_ROLES)
    told = queries.history(session, row, inside)
    entries = [{"at": entry.at.isoformat(), "event": entry.event, "by": name, "facts": entry.facts} for entry, name in told]
    return {**requirement_json(row, inside, clock.now()), "history": entries}


@resource("/requirements/to-check", "Papers that wait for the reader's office, those due first first")
def requirements_to_check(session: Session, actor: Actor) -> dict[str, Any]:
    """Submitted ones and those being checked."""
    return {"data": [requirement_json(each, False, clock.now()) for each in queries.to_review(session, actor)]}


@resource("/requirements/to-approve", "Papers that lie with the reader as the head of a unit")
def requirements_to_approve(session: Session, actor: Actor) -> dict[str, Any]:
    """Without versions of their own."""
    return {"data": [requirement_json(each, True, clock.now()) for each in unit_queries.to_approve(session, actor)]}


@resource("/requirements/time-asked", "Papers for which units wait for more time, for the reader's office")
def requirements_time_asked(session: Session, actor: Actor) -> dict[str, Any]:
    """Those due first first."""
    return {"data": [requirement_json(each, False, clock.now()) for each in late_queries.time_asked(session, actor)]}


@resource("/meetings/<int:meeting_id>/late-papers", "Late papers of a meeting, for its chair and office")
def meeting_late_papers(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Undecided ones first."""
    _, rows = late_queries.late_papers(session, actor, meeting_id)
    return {"data": [requirement_json(each, False, clock.now()) for each in rows]}


@resource("/requirements", "What the reader's own unit owes")
def requirements(session: Session, actor: Actor) -> dict[str, Any]:
    """What is still owed first."""
    return {"data": [requirement_json(each) for each in queries.in_order(queries.owed_by_my_unit(session, actor))]}


@resource("/meetings/<int:meeting_id>/readers", "Who has opened which paper (for the secretariat)")
def meeting_readers(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Pages seen of each accepted paper by each participant."""
    meeting, _ = meeting_of(session, actor, meeting_id)
    papers, people = papers_of.readers(session, actor, meeting)
    return {
        "papers": [
            {"document_id": each.file_id, "title": each.requirement.what, "pages": each.file.page_count} for each in papers
        ],
        "data": [
            {
                "person_id": each.person.id,
                "name": each.person.full_name,
                "last_at": each.last_at.isoformat() if each.last_at else None,
                "opened": [{"document_id": file_id} for file_id in sorted(each.opened)],
            }
            for each in people
        ],
    }


@resource("/files/<int:file_id>/checks", "What the machine found in a file that one may open, before it is sent")
def file_checks(session: Session, actor: Actor, file_id: int) -> dict[str, Any]:
    """Pages, those with text, those read by recognition. A file with a mark of state secrecy was refused and is not here."""
    file, _ = documents.readable(session, actor, file_id)
    with_text = documents.text_pages(session, file_id) if file.state == "ready" else 0
    return {"state": file.state, "page_count": file.page_count, "with_text": with_text, "recognised": file.recognised_pages}


def paper_json(paper: Paper) -> dict[str, Any]:
    """A paper on the wire; `document_id` is what `live.show_page` takes."""
    requirement, file = paper.requirement, paper.file
    return {
        "document_id": file.id,
        "title": requirement.what,
        "unit": requirement.unit.name,
        "version": paper.submission.number,
        "state": paper.submission.state,
        "page_count": file.page_count,
        "pages_seen": paper.seen,
        "seconds_read": paper.seconds,
        "updated": paper.newer,
        "requirement_id": requirement.id,
        "published": paper.submission.is_published,
        "readable_since": paper.since.isoformat() if paper.since else None,
        "new": paper.fresh,
        "read_version": paper.read_number,
        "changes": paper.changes.counts if paper.changes and paper.changes.state == "ready" else None,
    }
