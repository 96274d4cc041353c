"""What the voting room adds to the live state: the section, each person's own part, and the objection to closing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live import queries as live
from meeting.live.state import Objection, View, mine, objects_to_close, section
from meeting.voting import queries, rules, wording
from meeting.voting.majority import needed, rule_words, split
from meeting.voting.models import Elector, Question, Result


@section("voting")
def voting(view: View) -> dict[str, Any]:
    """The vote all screens look at. Until the close it tells how many ballots are in, and nothing else, to anybody."""
    found = queries.current(view.session, view.meeting)
    if found is not None and view.item_ids is not None and found.item_id not in view.item_ids:
        found = None
    running = queries.running(view.session, view.meeting.id)
    value: dict[str, Any] = {
        "open": [running.id] if running and running.state == "open" else [],
        "current": shown(view.session, found, desk=view.audience == "desk") if found else None,
    }
    if view.audience == "desk":
        value["questions"] = [_line(each) for each in queries.questions_of(view.session, view.meeting.id)]
    return value


def shown(session: Session, question: Question, *, desk: bool) -> dict[str, Any]:
    """A question as the wire has it; its result only when it is published (the desk: closed)."""
    kind = question.meeting.body.kind
    value: dict[str, Any] = {
        "id": question.id,
        "item_id": question.item_id,
        "title": question.title,
        "kind": question.kind,
        "state": question.state,
        "options": [{"key": key, "label": wording.label(key)} for key in question.options],
        "rule": {
            "key": question.rule,
            "said": {lang: " ".join(wording.say(w, lang) for w in rule_words(question.rule, kind)) for lang in wording.LANGUAGES},
        },
        "body_kind": kind,
        "total": question.total,
        "needed": _needed(question),
        "changeable": question.changeable and question.kind == "open",
        "cast": queries.cast_count(session, question),
        "electors": len(queries.electors_here(session, question)),
        "opened_at": _iso(question.opened_at),
        "closed_at": _iso(question.closed_at),
        "published_at": _iso(question.published_at),
        "ends_at": None,
        "reason": question.reason,
        "result": _result(session, question, desk=desk),
    }
    if desk and question.state in queries.RUNNING and question.kind != "hand":
        value["missing"] = queries.missing(session, question)
    if desk and question.kind == "hand":
        value["hand_counts"] = question.hand_counts
    return value


def _result(session: Session, question: Question, *, desk: bool) -> dict[str, Any] | None:
    if question.state != "published" and not (desk and question.state == "closed"):
        return None
    result = session.get_one(Result, question.id)
    sentences = wording.sentences(question, result)
    return {
        "counts": result.counts,
        "base": result.base,
        "base_count": result.base_count,
        "needed": result.needed,
        "passed": result.passed,
        "tie": result.tie,
        "sentence": sentences["vi"],
        "sentences": sentences,
        "total": result.total,
        "present": result.present,
        "cast": result.cast,
        "silent": max(0, result.present - result.cast),
    }


def _needed(question: Question) -> int | None:
    """How many votes in favour will be enough, where that is known before the close: of all members."""
    threshold, base = split(question.rule)
    return needed(threshold, question.total) if base == "total" and question.total else None


def _line(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "item_id": question.item_id,
        "title": question.title,
        "kind": question.kind,
        "state": question.state,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@mine("voting")
def my_vote(session: Session, meeting: Meeting, people: Sequence[int], _now: datetime) -> Mapping[int, Mapping[str, Any]]:
    """For each: may I vote, why not, is my ballot in, and, of an open vote, what I chose. Five set queries for all."""
    question = queries.current(session, meeting)
    if question is None:
        return {person: {"voting": None} for person in people}
    listed = select(Elector.person_id).where(Elector.question_id == question.id, Elector.person_id.in_(people))
    electors, present = set(session.scalars(listed)), live.present_voters(session, meeting)
    receipts = queries.receipts_of(session, question.id, people)
    choices = queries.choices_of(session, question.id, people) if question.kind == "open" else {}
    found: dict[int, dict[str, Any]] = {}
    for person in people:
        why = _why_not(question, elector=person in electors, present=person in present, voted=person in receipts)
        at = receipts.get(person)
        found[person] = {
            "voting": {
                "question_id": question.id,
                "elector": person in electors,
                "may_vote": why is None,
                "why": why,
                "voted": at is not None,
                "received_at": _iso(at),
                "choice": choices.get(person),
            }
        }
    return found


def _why_not(question: Question, *, elector: bool, present: bool, voted: bool) -> str | None:
    """The code of the refusal a ballot would meet now; None: it would be taken."""
    try:
        if question.kind == "hand":
            raise Refused("by_hand")
        rules.check_voting_time(question.state)
        rules.check_person(question.kind, elector=elector, present=present, voted=voted, changeable=question.changeable)
    except Refused as refused:
        return refused.code
    return None


@objects_to_close
def open_votes(session: Session, meeting: Meeting) -> list[Objection]:
    """A meeting cannot close over an open box."""
    running = queries.running(session, meeting.id)
    return [Objection("vote_open", {"title": running.title}, ("voting.close", {"question_id": running.id}))] if running else []


@on(Event.ITEM_STARTED)
def hold_item(tx: Tx, told: Told) -> None:
    """The room stays with the matter that is being voted on: turning to another item is refused as `vote_open`."""
    running = queries.running(tx.reading, told.chain)
    if running and running.item_id != told.facts["item_id"]:
        raise Refused("vote_open", title=running.title)
