"""What other programs may read of votes."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.errors import Missing
from meeting.permissions import Action, Actor, allows
from meeting.voting import offered, queries, shown
from meeting.voting.models import Question
from meeting.web.api import resource


@resource("/questions/<int:question_id>", "A question with its result; who voted how only of published open votes")
def question(session: Session, actor: Actor, question_id: int) -> dict[str, Any]:
    """The question as its reader may see it. Drafts are the desk's; strangers are told that there is nothing."""
    found = session.get(Question, question_id)
    hats = found.hats_of(actor, session) if found else frozenset()
    if found is None or not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    desk = allows(Action.SEE_DESK, hats)
    if not desk and not _is_out(session, found):
        raise Missing()
    value = shown.shown(session, found, desk=desk)
    if found.kind == "open" and found.state == "published":
        value["names"] = queries.names_by_choice(session, found)
        value["line_names"] = queries.names_by_line(session, found)
        value["opinions"] = queries.other_opinions(session, found)
    return value


def _is_out(session: Session, found: Question) -> bool:
    """Whether members know of a question: it was opened or waits to be, or the list is being reviewed."""
    if found.opened_at is not None or found.state == "ready":
        return True
    return found.state == "draft" and queries.review(session, found.meeting_id) is not None


@resource("/meetings/<int:meeting_id>/voting/offered", "What may be put to the vote in a meeting, and how; for whoever prepares")
def offered_votes(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Lawful forms and ways with their reasons, rules, items and people."""
    return offered.offered(session, actor, meeting_id)
