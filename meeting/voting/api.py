"""What other programs may read of votes."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.errors import Missing
from meeting.permissions import Action, Actor, allows
from meeting.voting import queries, sections
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
    if found.opened_at is None and not desk:
        raise Missing()
    value = sections.shown(session, found, desk=desk)
    if found.kind == "open" and found.state == "published":
        value["names"] = queries.names_by_choice(session, found)
        value["opinions"] = queries.other_opinions(session, found)
    return value
