"""What other programs may read: papers of a meeting, requirements, who has read."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.queries import limited_items, meeting_of
from meeting.errors import Forbidden
from meeting.materials import papers as papers_of
from meeting.materials import queries
from meeting.materials.models import Requirement, Submission
from meeting.materials.papers import Paper
from meeting.permissions import Action, Actor, allows
from meeting.web.api import resource
from meeting.web.doors import say


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
    return {"data": [requirement_json(each) for each in found]}


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
                "opened": [{"document_id": file_id, "pages_seen": seen} for file_id, seen in each.opened.items()],
            }
            for each in people
        ],
    }


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
        "updated": paper.newer,
    }


def requirement_json(row: Requirement) -> dict[str, Any]:
    """A requirement on the wire."""
    first = row.first_received_at
    return {
        "id": row.id,
        "meeting_id": row.meeting_id,
        "item_id": row.item_id,
        "unit": {"id": row.unit.id, "name": row.unit.name},
        "what": row.what,
        "form": row.form,
        "state": row.state,
        "due_at": row.due_at.isoformat(),
        "due_reason": row.due_reason,
        "first_received_at": first.isoformat() if first else None,
        "first_late_minutes": row.first_late_minutes,
        "submissions": [version_json(each) for each in row.submissions],
    }


def version_json(version: Submission) -> dict[str, Any]:
    """A version on the wire."""
    file = version.file
    return {
        "id": version.id,
        "number": version.number,
        "file_id": version.file_id,
        "received_at": version.received_at.isoformat(),
        "late_minutes": version.late_minutes,
        "late_reason": version.late_reason,
        "state": version.state,
        "return_reason": version.return_reason or (say(file.refusal, file.refusal_facts) if file.refusal else ""),
        "file": {"state": file.state, "pages_done": file.pages_done, "page_count": file.page_count},
    }
