"""Reads of the run sheet: every item with the words written for it or the usual ones, its questions and its papers."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.agenda.queries import meeting_of
from meeting.agenda.rules import ITEM_KINDS
from meeting.documents.phrases import addressed, lowered
from meeting.errors import Forbidden
from meeting.live.queries import iso, person_brief
from meeting.materials.papers import Paper, papers_by_item
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, Role, allows
from meeting.runsheet import rules
from meeting.runsheet.models import Script
from meeting.runsheet.wording import FIELDS, About, Words, greeting, usual
from meeting.voting.models import Question


def readable(session: Session, actor: Actor, meeting_id: int) -> tuple[Meeting, frozenset[Role]]:
    """The meeting, for those who preside and the secretariat. Missing for strangers, Forbidden for everybody else."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.READ_SCRIPT, hats):
        raise Forbidden()
    return meeting, hats


def sheet_of(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The whole run sheet, item by item, with what else whoever presides needs at hand."""
    meeting, hats = readable(session, actor, meeting_id)
    written = {each.item_id: each for each in session.scalars(select(Script).where(Script.meeting_id == meeting.id))}
    questions = _questions(session, meeting)
    papers = papers_by_item(session, actor, meeting) if allows(Action.READ_PAPERS, hats) else {}
    headings = {item.parent_id for item in meeting.items}
    lines = []
    for item in meeting.items:
        put, heading = questions.get(item.id, []), item.id in headings
        common = words_for(meeting, item, put[0] if put else None, heading=heading)
        line = _line(item, common, written.get(item.id), put, papers.get(item.id, []))
        lines.append({**line, "heading": heading})
    return {
        "meeting_id": meeting.id,
        "title": meeting.title,
        "state": meeting.state,
        "greeting": greeting(meeting.body.kind),
        "mark": mark_of(session, meeting.id),
        "may_write": allows(Action.KEEP_SCRIPT, hats) and meeting.state not in rules.OVER,
        "minutes": sum(line["minutes"] for line in lines if line["state"] not in ("deferred", "withdrawn")),
        "items": lines,
    }


def kept_of(session: Session, actor: Actor, meeting: Meeting, hats: frozenset[Role]) -> dict[str, Any]:
    """The words of each item as they are kept on the devices of those who may read them; nothing for anybody else."""
    if not allows(Action.READ_SCRIPT, hats):
        return {}
    lines = sheet_of(session, actor, meeting.id)["items"]
    said = [{field: line["written"][field] or line["usual"][field] for field in FIELDS} for line in lines]
    kept = [{"item_id": line["item_id"], **words} for line, words in zip(lines, said, strict=True)]
    return {"script": kept}


def mark_of(session: Session, meeting_id: int) -> int:
    """Grows with every saving: whoever shows the sheet reads it again."""
    return session.scalar(select(func.sum(Script.version)).where(Script.meeting_id == meeting_id)) or 0


def _questions(session: Session, meeting: Meeting) -> dict[int, list[Question]]:
    found: dict[int, list[Question]] = {}
    wanted = select(Question).where(Question.meeting_id == meeting.id, Question.state != "cancelled").order_by(Question.id)
    for each in session.scalars(wanted):
        found.setdefault(each.item_id, []).append(each)
    return found


def words_for(meeting: Meeting, item: Item, question: Question | None = None, *, heading: bool = False) -> Words:
    """The usual words of an item."""
    party = meeting.body.kind == "party"
    choices = tuple(question.options) if question and question.options else tuple(meeting.book.choices.split())
    return usual(
        About(
            kind=item.kind,
            title=item.title,
            body=meeting.body.kind,
            meeting=lowered(meeting.title),
            presenters=[_named(each, party) for each in item.presenters],
            unit=item.unit.name if item.unit else "",
            put=question.title if question else "",
            choices=choices,
            heading=heading,
            secret=question is not None and question.kind in ("secret", "election", "confidence"),
        )
    )


def _named(person: Person, party: bool) -> str:
    name = addressed(person.honorific, person.full_name, party)
    return f"{name}, {person.position}" if person.position else name


def _line(
    item: Item, common: Words, script: Script | None, questions: Sequence[Question], papers: Sequence[Paper]
) -> dict[str, Any]:
    written = {field: getattr(script, field) if script else "" for field in FIELDS}
    return {
        "item_id": item.id,
        "label": item.label,
        "title": item.title,
        "kind": item.kind,
        "kind_name": gettext(ITEM_KINDS[item.kind]) if item.kind in ITEM_KINDS else item.kind,
        "state": item.state,
        "outside": item.outside,
        "presenters": [{"id": each.id, "name": each.called, "position": each.position} for each in item.presenters],
        "unit": item.unit.name if item.unit else None,
        "minutes_planned": item.minutes_planned,
        "minutes_written": script.minutes if script else None,
        "minutes": script.minutes if script and script.minutes is not None else item.minutes_planned,
        "written": written,
        "usual": {field: getattr(common, field) for field in FIELDS},
        "version": script.version if script else 0,
        "edited_at": iso(script.edited_at) if script else None,
        "edited_by": person_brief(script.edited_by) if script else None,
        "questions": [{"id": each.id, "title": each.title, "state": each.state, "kind": each.kind} for each in questions],
        "papers": [
            {"document_id": each.file.id, "title": each.requirement.what, "pages": each.file.page_count} for each in papers
        ],
    }
