"""Questions as the wire has them. Until the close a screen hears how many ballots are in and nothing else about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting.live import queries as live
from meeting.voting import committee, figures, forms, queries, rules, wording
from meeting.voting.majority import needed, split
from meeting.voting.models import Question, QuestionLine, Result

PREPARED = ("draft", "ready")


def shown(session: Session, question: Question, *, desk: bool) -> dict[str, Any]:
    """A question as the wire has it; its result only when it is published (the desk: closed)."""
    numbers = queries.numbers(session, question)
    value: dict[str, Any] = {
        **_paper(question, queries.lines_of(session, [question]).get(question.id, [])),
        "state": question.state,
        "rule": _rule(question),
        "body_kind": question.meeting.body.kind,
        "voters": wording.voters(question),
        "total": question.total,
        "needed": _needed(question),
        "changeable": question.changeable and question.kind == "open",
        "cast": numbers.cast,
        "electors": numbers.here,
        "register": numbers.register,
        "ready": queries.ready_count(session, question.id) if question.ready_at else 0,
        "quorum": _quorum(session, question),
        "opened_at": iso(question.opened_at),
        "closed_at": iso(question.closed_at),
        "published_at": iso(question.published_at),
        "ends_at": iso(question.ends_at) if question.paused_at is None else None,
        "left": rules.left(question.ends_at, question.paused_at),
        "reason": question.reason,
        "result": _result(session, question, desk=desk),
    }
    return {**value, **_for_desk(session, question, numbers)} if desk else value


def _paper(question: Question, lines: Sequence[QuestionLine]) -> dict[str, Any]:
    """What stands on the paper, and what may be marked on it."""
    options = [{"key": key, "label": wording.label(key, form=question.form)} for key in question.options]
    marks = [each for each in options if question.form not in forms.PICKED or each["key"] == "for"]
    return {
        "id": question.id,
        "item_id": question.item_id,
        "title": question.title,
        "kind": question.kind,
        "form": question.form,
        "on_paper": question.on_paper,
        "options": options,
        "marks": [] if question.form == "matter" else marks,
        "lines": [line_of(each) for each in lines],
        "seats": question.seats,
        "office": question.office,
        "explanation": question.explanation,
        "round": question.round,
        "again_of": question.again_of_id,
        "seconds": question.seconds,
        "basis": question.basis,
    }


def line_of(line: QuestionLine) -> dict[str, Any]:
    """One line as it is printed."""
    return {"id": line.id, "title": line.title, "office": line.office, "detail": line.detail, "person_id": line.person_id}


def _rule(question: Question) -> dict[str, Any]:
    return {"key": question.rule, "said": {language: wording.rule(question, language) for language in wording.LANGUAGES}}


def _needed(question: Question) -> int | None:
    """How many votes in favour will be enough, where that is known before the close: of all members."""
    threshold, base = split(question.rule)
    return needed(threshold, question.total) if base == "total" and question.total else None


def _quorum(session: Session, question: Question) -> dict[str, Any]:
    """Before the opening as it stands now, afterwards as it was then; the close records its own with the result."""
    if question.opened_at is not None:
        need, present = question.quorum_need, question.opened_present
        return {"met": present >= need, "need": need, "present": present, "total": question.total}
    found = live.quorum(session, question.meeting)
    return {"met": found.met, "need": found.need, "present": found.present, "total": found.total}


def _result(session: Session, question: Question, *, desk: bool) -> dict[str, Any] | None:
    if question.state != "published" and not (desk and question.state == "closed"):
        return None
    result = session.get_one(Result, question.id)
    sentences = wording.sentences(question, result)
    lines = [{"id": line["line_id"], **line} for line in wording.lines(question, result)]
    return {
        "counts": result.counts,
        "lines": lines,
        "again": [line["id"] for line in lines if line.get("again")],
        "base": result.base,
        "base_count": result.base_count,
        "needed": result.needed,
        "passed": result.passed,
        "tie": result.tie,
        "settled": _settled(result),
        "sentence": sentences["vi"],
        "sentences": sentences,
        "total": result.total,
        "present": result.present,
        "here": result.here,
        "cast": result.cast,
        "silent": max(0, result.present - result.cast),
        "invalid": result.invalid,
        "issued": result.issued,
        "returned": result.returned,
        "quorum_met": result.quorum_met,
        "quorum_need": result.quorum_need,
        "spoken": result.spoken,
    }


def _settled(result: Result) -> dict[str, Any] | None:
    """How a tie was settled after the count."""
    if not result.settled_side:
        return None
    return {"side": result.settled_side, "text": result.settled_text, "at": iso(result.settled_at)}


def _for_desk(session: Session, question: Question, numbers: queries.Numbers) -> dict[str, Any]:
    """What only those see who run the vote. Names of who has not voted: in open votes, where the rule book shows them."""
    counting = committee.committee_of(session, question)
    value: dict[str, Any] = {"not_cast": numbers.not_cast, "committee": committee.shown(counting)}
    if question.state == "ready":
        value["not_ready"] = queries.not_ready(session, question)
    if question.kind == "open" and question.opened_at is not None:
        value["spoken"] = [spoken_of(each) for each in queries.spoken_of(session, question.id)]
        if question.state in queries.RUNNING and question.meeting.book.missing_names:
            value["missing"] = queries.missing(session, question) if numbers.not_cast else []
    if question.kind == "hand":
        value["hand_counts"] = question.hand_counts
        value["figures"] = seen_figures_of(question)
    return value


def spoken_of(each: Any) -> dict[str, Any]:
    """An entry for somebody whose tablet failed, as the desk sees it: said aloud before the whole room."""
    return {
        "id": each.id,
        "person": {"id": each.person_id, "name": each.person.called},
        "choice": each.choice or None,
        "marks": each.marks,
        "text": each.text,
        "reason": each.reason,
        "state": each.state,
        "entered_at": iso(each.entered_at),
        "entered_by": {"id": each.entered_by_id, "name": each.entered_by.called},
    }


def figures_of(question: Question) -> dict[str, Any] | None:
    """What the counting committee has entered, whole: for the committee itself."""
    found = figures.on_wire(question.figures)
    if found is None:
        return None
    by = {"entered_by": question.figures_by_id, "entered_at": iso(question.figures_at)}
    confirmed = {"confirmed_by": question.figures_confirmed_by_id, "confirmed_at": iso(question.figures_confirmed_at)}
    return {**found, **by, **confirmed}


def seen_figures_of(question: Question) -> dict[str, Any] | None:
    """The same for the desk: until the head has confirmed them only how many ballots went out, came back, are void."""
    found = figures_of(question)
    if found is None or question.figures_confirmed_at is not None:
        return found
    return {name: value for name, value in found.items() if name not in ("counts", "lines")}


def listed(session: Session, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The list of the desk: every question with what is needed to change, order, open and repeat it."""
    lines = queries.lines_of(session, questions)
    passed = queries.passed(session, questions)
    return [
        {
            **_paper(each, lines.get(each.id, [])),
            "state": each.state,
            "passed": each.id in passed,
            "rule": each.rule,
            "position": each.position,
            "changeable": each.changeable,
        }
        for each in questions
    ]


def reviewed(session: Session, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """What everybody sees of the drafts while they are reviewed."""
    lines = queries.lines_of(session, questions)
    return [
        {
            "id": each.id,
            "title": each.title,
            "kind": each.kind,
            "form": each.form,
            "on_paper": each.on_paper,
            "item_id": each.item_id,
            "explanation": each.explanation,
            "seats": each.seats,
            "office": each.office,
            "lines": [line_of(line) for line in lines.get(each.id, [])],
        }
        for each in questions
    ]


def iso(moment: datetime | None) -> str | None:
    """A moment on the wire."""
    return moment.isoformat() if moment else None
