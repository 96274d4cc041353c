"""Published results of a sitting as open data: figures and the verdict in words, never who voted how."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.clock import local
from meeting.voting import wording
from meeting.voting.models import Question, Result


def published(session: Session, meeting: Meeting) -> list[tuple[Question, Result]]:
    """The published votes of a meeting in order of their close, with their results."""
    wanted = (
        select(Question, Result)
        .join(Result, Result.question_id == Question.id)
        .where(Question.meeting_id == meeting.id, Question.state == "published")
        .order_by(Question.closed_at, Question.id)
    )
    return [(question, result) for question, result in session.execute(wanted)]


def counts_of(question: Question, result: Result) -> dict[str, int]:
    """How many chose what; nothing where the paper had several lines, each with figures of its own."""
    return {} if result.lines else {key: int(result.counts.get(key, 0)) for key in question.options}


def votes_by_item(session: Session, meeting: Meeting) -> dict[int, list[dict[str, Any]]]:
    """The votes on each item, as they are told in the item."""
    found: dict[int, list[dict[str, Any]]] = {}
    for question, result in published(session, meeting):
        told = {
            "title": question.title,
            "secret": question.kind == "secret" or question.on_paper,
            "at": local(question.closed_at or question.prepared_at).isoformat(timespec="seconds"),
            "counts": counts_of(question, result),
            "base": result.base_count,
            "needed": result.needed,
            "passed": result.passed,
            "sentence": wording.record(question, result),
        }
        found.setdefault(question.item_id, []).append(told)
    return found
