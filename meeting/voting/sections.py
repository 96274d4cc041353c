"""What the voting room adds to the live state: the section that all read, and the objection to closing a meeting."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.acts import Tx, on
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live.state import Objection, View, objects_to_close, section
from meeting.voting import committee, queries
from meeting.voting.models import Question
from meeting.voting.shown import PREPARED, iso, listed, reviewed, shown


@section("voting")
def voting(view: View) -> dict[str, Any]:
    """The vote all screens look at, the one that waits, the review. Until the close it tells how many ballots are in, no more."""
    desk = view.audience == "desk"
    found, waiting = _seen(view, queries.current(view.session, view.meeting)), _waiting(view)
    running = found if found is not None and found.state in queries.RUNNING else queries.running(view.session, view.meeting.id)
    value: dict[str, Any] = {
        "open": [running.id] if running and running.state == "open" and _seen(view, running) else [],
        "current": shown(view.session, found, desk=desk) if found else None,
        "waiting": shown(view.session, waiting, desk=desk) if waiting else None,
        "review": _review(view),
    }
    if desk:
        value["committee"] = committee.shown(committee.standing_of(view.session, view.meeting.id))
        value["questions"] = listed(view.session, queries.questions_of(view.session, view.meeting.id))
    return value


def _seen(view: View, question: Question | None) -> Question | None:
    """A limited guest sees the votes on his items only."""
    hidden = question is not None and view.item_ids is not None and question.item_id not in view.item_ids
    return None if hidden else question


def _waiting(view: View) -> Question | None:
    return _seen(view, queries.waiting(view.session, view.meeting.id))


def _review(view: View) -> dict[str, Any] | None:
    """The drafts go to everybody only while they are reviewed."""
    running = queries.review(view.session, view.meeting.id)
    if running is None:
        return None
    found = [each for each in queries.questions_of(view.session, view.meeting.id) if each.state in PREPARED]
    return {
        "since": iso(running.started_at),
        "questions": reviewed(view.session, [each for each in found if _seen(view, each) is not None]),
    }


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
