"""What this room shows on the meeting page and the home page: the answer card, the paper, what waits for a decision."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.panels import home_card, panel
from meeting.agenda.queries import my_invitation
from meeting.invitations import queries, screens
from meeting.invitations.rules import OPEN_STATES
from meeting.invitations.sheets import changed_since_signature
from meeting.permissions import Action, Actor, allows


def answer(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The own answer: will attend, absent with what was decided on it, or who comes instead."""
    mine = my_invitation(meeting, actor)
    if mine is None or meeting.state != "issued":
        return None
    return {
        "mine": mine,
        "substitution": _substitution(session, meeting, actor),
        "may_name": screens.may_name(session, actor, meeting),
        "consent": meeting.book.substitute_consent,
        "stands_for": mine.stands_for,
    }


def _substitution(session: Session, meeting: Meeting, actor: Actor) -> Any:
    """The newest naming, unless it was taken back: a refusal has to be seen."""
    own = [each for each in queries.substitutions_of(session, meeting.id) if each.person_id == actor.person_id]
    return own[0] if own and own[0].state != "withdrawn" else None


def paper(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """The invitation paper: for the invited to open, for the office the next step on it; it says so where there is none."""
    found = queries.papers_of(session, actor, meeting)
    hats = meeting.hats_of(actor, session)
    office = allows(Action.SEE_REPLIES, hats)
    issued = next((each for each in found if each.state == "issued"), None)
    if issued is None and not office:
        return None
    newest = found[0] if found else None
    return {
        "issued": issued,
        "newest": newest,
        "office": office,
        "document": queries.document_of(session, issued),
        "decision": meeting.book.summons == "decision",
        "may_draft": allows(Action.PREPARE_MEETING, hats) and meeting.state in OPEN_STATES,
        "outdated": issued is not None and changed_since_signature(issued),
        "steps": screens.steps_of(newest, hats) if newest else {},
    }


def waiting(session: Session, actor: Actor) -> dict[str, Any] | None:
    """Rows of "my work": substitutes that wait for my consent, absences and papers that wait for me."""
    consents = queries.waiting_for_consent(session, actor)
    absences: dict[int, list[Any]] = {}
    for each in queries.absences_to_decide(session, actor):
        absences.setdefault(each.meeting_id, []).append(each)
    papers = [each for each in queries.papers_in_hand(session, actor) if _is_mine(session, actor, each)]
    if not (consents or absences or papers):
        return None
    return {"consents": consents, "absences": list(absences.values()), "papers": papers}


def _is_mine(session: Session, actor: Actor, each: Any) -> bool:
    steps = screens.steps_of(each, each.hats_of(actor, session))
    return steps["sign"] or steps["issue"]


panel("answer", place="side", template="invitations/answer.html", load=answer, action=Action.REPLY_INVITATION, order=0)
panel("invitation", place="side", template="invitations/paper_card.html", load=paper, action=Action.READ_INVITATION, order=5)
home_card("invitations", place="todo", template="invitations/home_rows.html", load=waiting, order=5)
