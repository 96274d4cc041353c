"""What a device asks: the pack of a meeting, the meeting as it is kept, one's own devices."""

from typing import Any

from flask import request
from sqlalchemy.orm import Session

from meeting import clock
from meeting.documents.rules import WIDTHS
from meeting.permissions import Actor
from meeting.tablets import desk, queries
from meeting.tablets import pack as packs
from meeting.tablets.models import Tablet
from meeting.tablets.rules import kept_bytes
from meeting.web.api import answers_as, as_json, asked, asked_number, resource


@resource(
    "/meetings/<int:meeting_id>/pack",
    "What a device fetches to keep a meeting for reading without a line",
    w="pixels wide",
    version="the version that the device holds: then only whether it is `unchanged`",
)
def pack(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """`entries`: [address, bytes, mark of the content, kind]; `bytes` in all. Words, pages and notes are estimated sizes."""
    return packs.pack_of(session, actor, meeting_id, asked_number("w", WIDTHS[1]) or WIDTHS[1], asked("version"))


@resource("/meetings/<int:meeting_id>/kept", "A meeting as it is read without a line: programme and papers")
def kept_meeting(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The items in order, each with its papers, as far as this person may see them."""
    return packs.kept_programme(session, actor, meeting_id)


@resource("/tablets", "One's own devices and what is kept on them, the last used first")
def tablets(session: Session, actor: Actor) -> dict[str, Any]:
    """Devices that were taken off the account are not among them."""
    return {"data": [tablet_json(each) for each in queries.tablets_of(session, actor)], "next": None}


def tablet_json(row: Tablet) -> dict[str, Any]:
    """A device on the wire."""
    return {
        "id": row.id,
        "name": row.name,
        "first_seen": clock.local(row.first_seen).isoformat(),
        "last_seen": clock.local(row.last_seen).isoformat(),
        "kept": row.kept,
        "bytes": kept_bytes(row.kept),
        "storage": row.storage,
        "paired": row.paired_at is not None,
        "locked": row.locked_at is not None,
    }


@answers_as(conditional=True)
@resource(
    "/tablets/desk",
    "The tablets of the people of a body, or of those invited to a meeting: for its office and administrators",
    body="the body's id; without it the first one of one's own",
    meeting="a meeting's id: those invited to it",
)
def tablets_of_desk(session: Session, actor: Actor) -> Any:
    """Whose, connected or not, papers kept, battery, lock. With `If-None-Match` of the last answer 304 when nothing is new."""
    meeting_id = asked_number("meeting")
    found = (
        desk.desk_of_meeting(session, actor, meeting_id)
        if meeting_id
        else desk.desk_of_body(session, actor, asked_number("body"))
    )
    answer = as_json(desk.picture(session, actor, found))
    answer.add_etag()
    return answer.make_conditional(request.environ)
