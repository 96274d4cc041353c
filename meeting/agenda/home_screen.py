"""What the home page shows: the next meeting, what waits for this person, and the cards of other rooms."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import queries
from meeting.agenda.models import Meeting
from meeting.agenda.panels import Card, cards_at
from meeting.agenda.rules import PRIVATE_STATES, RUNNING_STATES
from meeting.agenda.screens import Drawn, days_left, panels_of
from meeting.permissions import ALLOWED, Action, Actor, Role, actions_of

DESK = frozenset({Role.SECRETARY, Role.CHIEF, Role.CLERK})
PREPARED_SHOWN = 8  # the rest is one tap away: a weekly meeting alone may have dozens ahead


def _drawn(cards: Sequence[Card], *arguments: Any) -> list[Drawn]:
    loaded = [(card, card.load(*arguments)) for card in cards]
    return [Drawn(card.template, card.key, "", content) for card, content in loaded if content is not None]


def home(session: Session, actor: Actor) -> dict[str, Any]:
    """What waits for this person: the next meeting, what to answer, approve, prepare, and the cards of other rooms."""
    mine = queries.attended_by(session, actor)
    following = mine[0] if mine else None
    first = following[0] if following else None
    prepared = queries.prepared_by(session, actor, Action.ISSUE_MEETING)
    to_answer = [each for each in queries.to_answer(session, actor) if first is None or each.id != first.id]
    return {
        "today": clock.today(),
        "next": following,
        "next_side": _drawn(cards_at("next"), session, actor, first) if first else [],
        "next_actions": _doors(session, actor, first) if first else [],
        "main": _drawn(cards_at("main"), session, actor),
        "side": _drawn(cards_at("side"), session, actor),
        "todo": _drawn(cards_at("todo"), session, actor),
        "to_answer": to_answer,
        "to_approve": queries.to_approve(session, actor),
        "later": [each for each, _ in mine[1:] if each not in to_answer],
        "prepared": prepared[:PREPARED_SHOWN],
        "replies": queries.replies_to(session, [each.id for each in prepared[:PREPARED_SHOWN]]),
        "at_desk": bool(actor.bodies_as(*DESK)),
        "may_create": bool(actor.bodies_as(*ALLOWED[Action.PREPARE_MEETING])),
        "upcoming": _upcoming_of_unit(session, actor, mine),
    }


def _doors(session: Session, actor: Actor, meeting: Meeting) -> list[Drawn]:
    """On the day itself: the buttons of the meeting page, so that the room is one tap away."""
    if meeting.state not in RUNNING_STATES and days_left(meeting.starts_at) > 0:
        return []
    can = set(actions_of(meeting.hats_of(actor, session)))
    return panels_of(session, actor, meeting, can, "action")


def _upcoming_of_unit(session: Session, actor: Actor, mine: Sequence[tuple[Meeting, Any]]) -> list[Meeting]:
    """For those who sit in no meeting but work for its body (unit officers, inspectors): what is coming."""
    if mine or actor.bodies_as(*DESK):
        return []
    found = queries.visible_meetings(session, actor, queries.Wanted(when="upcoming"))
    return [each for each in found if each.state not in PRIVATE_STATES][:6]
