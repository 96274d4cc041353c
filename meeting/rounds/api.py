"""What other programs read of written rounds."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.live.queries import iso, person_brief
from meeting.permissions import Actor, Role
from meeting.rounds import queries, screens, stats
from meeting.rounds.models import OpinionRound
from meeting.web.api import asked, paged, resource


@resource(
    "/rounds",
    "Written rounds",
    state="mine (to answer), draft, open, closed, decided, cancelled or over",
    body="short name of a body",
    limit="how many",
    cursor="where to go on",
)
def rounds(session: Session, actor: Actor) -> dict[str, Any]:
    """Open ones by deadline, then the others; those one may read."""
    found = paged(queries.round_ids(session, actor, asked("state"), asked("body")), int)
    rows = queries.rounds_among(session, found["data"])
    return {**found, "data": [brief(rows[number]) for number in found["data"]]}


@resource("/rounds/<int:round_id>", "A written round")
def opinion_round(session: Session, actor: Actor, round_id: int) -> dict[str, Any]:
    """One round with its papers, one's own answer, how far it is; after the close the result, and for those who read by name
    the answers. Nobody gets counts by option before the close."""
    row, hats = queries.round_of(session, actor, round_id)
    mine = queries.answer_of(row, actor.person_id)
    return {
        **brief(row),
        "text": row.text,
        "options": row.options,
        "rule": row.rule,
        "tie": row.tie,
        "ground": row.ground,
        "ground_text": row.ground_text,
        "signed_reply": row.signed_reply,
        "changeable": row.changeable,
        "unit": {"id": row.unit.id, "name": row.unit.name} if row.unit else None,
        "papers": [{"id": each.id, "file_id": each.file_id, "title": each.title} for each in row.papers],
        "extensions": [
            {"old_due_at": iso(each.old_due_at), "new_due_at": iso(each.new_due_at), "reason": each.reason, "at": iso(each.at)}
            for each in row.extensions
        ],
        "mine": _answer(mine) if mine else None,
        "result": row.result if row.result is None or queries.names(hats) else stats.without_choices(row.result),
        "decision": row.decision or None,
        "decision_text": row.decision_text,
        "decided_at": iso(row.decided_at),
        "reported_meeting_id": row.reported_meeting_id,
        "reported_item_id": row.reported_item_id,
        "reason": row.reason,
        "register": _register(row, hats) if queries.names(hats) else None,
    }


def _register(row: OpinionRound, hats: frozenset[Role]) -> list[dict[str, Any]]:
    return [
        {
            "person": person_brief(each["member"].person),
            "seen_at": iso(each["member"].seen_at),
            "reminded_at": iso(each["member"].reminded_at),
            "answered_at": iso(each["given"].at) if each["given"] else None,
            "on_paper": each["given"].on_paper if each["given"] else False,
            "answer": _answer(each["shown"]) if each["shown"] else None,
        }
        for each in screens.lines(row, hats)
    ]


def _answer(given: Any) -> dict[str, Any]:
    known = {"choice": given.choice, "text": given.text, "file_id": given.file_id, "on_paper": given.on_paper}
    return {**known, "at": iso(given.at), "first_at": iso(given.first_at), "changes": given.changes}


def brief(row: OpinionRound) -> dict[str, Any]:
    """A round in a list."""
    return {
        "id": row.id,
        "body": row.body.short_name,
        "title": row.title,
        "state": row.state,
        "due_at": iso(row.due_at),
        "officer": person_brief(row.officer),
        "asked": len(row.members),
        "answered": len(row.answers),
        "sent_at": iso(row.sent_at),
        "closed_at": iso(row.closed_at),
    }
