"""What the voting room shows on the meeting page: what is prepared, what came out; and what it holds of an item."""

from typing import Any

from flask_babel import get_locale
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.agenda.panels import holds_item, panel
from meeting.errors import N_
from meeting.permissions import Action, Actor, allows
from meeting.voting import queries, wording
from meeting.voting.models import Question, Result
from meeting.voting.service import PREPARING

KIND_WORDS = {"open": N_("Open vote"), "secret": N_("Secret ballot"), "hand": N_("Show of hands")}
STATE_WORDS = {
    "draft": N_("Prepared"),
    "ready": N_("Register frozen"),
    "open": N_("Voting now"),
    "paused": N_("The vote is paused"),
    "closed": N_("The vote is closed"),
    "published": N_("Result of the vote"),
    "cancelled": N_("This vote was called off"),
}


def votes(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The questions of a meeting as the reader may see them: members those that were opened, the desk all."""
    hats = meeting.hats_of(actor, session)
    desk, prepares = allows(Action.SEE_DESK, hats), allows(Action.PREPARE_VOTE, hats) and meeting.state in PREPARING
    found = [each for each in queries.questions_of(session, meeting.id) if desk or each.opened_at is not None]
    if not (found or prepares):
        return None
    return {
        "lines": [_line(session, each, desk=desk) for each in found],
        "prepares": prepares,
        "items": [(item.id, f"{item.label}. {item.title}") for item in meeting.items if not item.outside],
    }


def _line(session: Session, question: Question, *, desk: bool) -> dict[str, Any]:
    shown = question.state == "published" or (desk and question.state == "closed")
    result = session.get(Result, question.id) if shown else None
    language = str(get_locale() or "vi")[:2]
    return {
        "question": question,
        "kind": KIND_WORDS[question.kind],
        "state": STATE_WORDS[question.state],
        "result": result,
        "sentence": wording.sentences(question, result).get(language, "") if result else "",
        "counts": [(wording.label(key, language), result.counts[key]) for key in question.options] if result else [],
        "names": queries.names_by_choice(session, question) if question.kind == "open" and question.state == "published" else {},
        "labels": {key: wording.label(key, language) for key in question.options},
    }


def how_many(session: Session, _actor: Actor, meeting: Meeting) -> int | None:
    """The number on the tab."""
    wanted = select(func.count()).where(Question.meeting_id == meeting.id, Question.opened_at.is_not(None))
    return session.scalar(wanted) or None


@holds_item
def held_by_a_vote(session: Session, item: Item) -> str | None:
    """An item on which a question was prepared stays on the programme."""
    found = session.scalar(select(Question.id).where(Question.item_id == item.id).limit(1))
    return "item_has_vote" if found else None


panel(
    "votes",
    place="tab",
    label=N_("Votes"),
    template="voting/panel.html",
    load=votes,
    count=how_many,
    action=Action.JOIN_LIVE,
    order=40,
)
