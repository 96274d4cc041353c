"""What other programs may read: the minutes of a meeting and a notice with its lines."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.conclusions import queries
from meeting.conclusions.models import Minutes, Notice, NoticeLine
from meeting.permissions import Actor
from meeting.web.api import asked, paged, resource


@resource("/meetings/<int:meeting_id>/minutes", "The minutes of a meeting")
def minutes(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The text as it stands now, with its state and symbol."""
    return minutes_json(queries.readable_minutes(session, actor, meeting_id))


@resource("/notices", "Conclusion notices, the newest first", state="draft, approved, signed or issued")
def notices(session: Session, actor: Actor) -> dict[str, Any]:
    """The list, without the lines."""
    return paged(queries.visible_notices(session, actor, asked("state")), head_json)


@resource("/notices/<int:notice_id>", "A conclusion notice with its lines")
def notice(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """The whole notice; each line with its task, if it gives one."""
    found = queries.readable_notice(session, actor, notice_id)
    words = {"opening": found.opening, "closing": found.closing, "recipients": found.recipients.splitlines()}
    return head_json(found) | words | {"lines": [line_json(line) for line in found.lines]}


@resource("/notices/<int:notice_id>/cue", "The task a sentence gives, as an offer", text="the sentence")
def notice_cue(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """Lead, cooperating units and due date found in a sentence, and what has to be asked. Nothing is saved."""
    queries.readable_notice(session, actor, notice_id)
    cue = queries.cue_in(session, asked("text"))
    return {
        "leads": list(cue.leads),
        "cooperating": list(cue.cooperating),
        "due_on": cue.due_on.isoformat() if cue.due_on else None,
        "missing": list(cue.missing),
    }


def minutes_json(found: Minutes) -> dict[str, Any]:
    """Minutes on the wire."""
    return {
        "meeting_id": found.meeting_id,
        "state": found.state,
        "symbol": found.number.symbol if found.number else None,
        "version": found.version,
        "text": found.text,
        "signed_at": found.signed_at.isoformat() if found.signed_at else None,
        "signed_by": found.signed_by.full_name if found.signed_by else None,
        "document_id": found.document_id,
    }


def head_json(found: Notice) -> dict[str, Any]:
    """What a list shows of a notice."""
    return {
        "id": found.id,
        "meeting_id": found.meeting_id,
        "title": found.meeting.title,
        "body": found.meeting.body.short_name,
        "state": found.state,
        "symbol": found.number.symbol if found.number else None,
        "issued_on": found.issued_on.isoformat() if found.issued_on else None,
        "abstract": found.abstract,
        "document_id": found.document_id,
    }


def line_json(line: NoticeLine) -> dict[str, Any]:
    """One conclusion on the wire."""
    return {
        "id": line.id,
        "position": line.position,
        "item_id": line.item_id,
        "text": line.text,
        "lead_unit": _unit(line.lead_unit),
        "cooperating_units": [_unit(unit) for unit in line.cooperating],
        "leader": {"id": line.leader.id, "name": line.leader.full_name} if line.leader else None,
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "no_due": line.no_due,
        "product": line.product,
    }


def _unit(unit: Any) -> dict[str, Any] | None:
    return {"id": unit.id, "name": unit.name} if unit else None
