"""What other programs may read: the minutes of a meeting and a document with its lines."""

from typing import Any

from sqlalchemy.orm import Session

from meeting.conclusions import part_queries, queries
from meeting.conclusions.feed import feed_of
from meeting.conclusions.life_api import head_json, life_json
from meeting.conclusions.models import Minutes, NoticeLine
from meeting.permissions import Actor
from meeting.web.api import asked_number, paged, resource


@resource("/meetings/<int:meeting_id>/minutes", "The minutes of a meeting")
def minutes(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The text as it stands now, with its state and symbol."""
    return minutes_json(queries.readable_minutes(session, actor, meeting_id))


@resource("/meetings/<int:meeting_id>/course", "How a meeting goes, item by item: what its minutes will tell")
def course(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For the office and the chair: who was there, and for each item what was said, voted and decided so far."""
    meeting, _ = part_queries.readable_parts(session, actor, meeting_id)
    return feed_of(queries.course_of(session, meeting))


@resource(
    "/meetings/<int:meeting_id>/minutes/parts",
    "What the secretariat writes on the items while the meeting runs",
    item_id="only on this item; 0 for the meeting as a whole",
)
def minutes_parts(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The texts with their versions, for the office and the chair."""
    meeting, _ = part_queries.readable_parts(session, actor, meeting_id)
    wanted = asked_number("item_id")
    rows = part_queries.parts_of(session, meeting.id)
    shown = [row for row in rows if wanted is None or (row.item_id or 0) == wanted]
    return {"data": [part_queries.part_json(row) for row in shown], "next": None}


@resource(
    "/meetings/<int:meeting_id>/minutes/parts/<int:item_id>/versions",
    "Earlier texts on an item (0: on the meeting as a whole), the newest first",
    limit="how many",
    cursor="where to go on",
)
def part_versions(session: Session, actor: Actor, meeting_id: int, item_id: int) -> dict[str, Any]:
    """One for each stretch of writing by one hand. To take one up again, write it anew."""
    meeting, _ = part_queries.readable_parts(session, actor, meeting_id)
    part = part_queries.part_of(session, meeting.id, item_id or None)
    return paged(part_queries.stretches_of(session, part) if part else [], part_queries.version_json)


@resource("/notices/<int:notice_id>", "A notice, resolution or decision with its lines, its way and its relations")
def notice(session: Session, actor: Actor, notice_id: int) -> dict[str, Any]:
    """The whole document; each line with its task, if it gives one."""
    found = queries.readable_notice(session, actor, notice_id)
    words = {
        "grounds": found.grounds.splitlines(),
        "opening": found.opening,
        "closing": found.closing,
        "recipients": found.recipients.splitlines(),
    }
    life = life_json(session, actor, found)
    return head_json(found) | words | {"lines": [line_json(line) for line in found.lines]} | life


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
