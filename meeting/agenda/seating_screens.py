"""What the pages and the sheets of seats show, and the own seat on the page of the meeting."""

from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda import queries, seating_queries
from meeting.agenda.models import Meeting
from meeting.agenda.panels import panel
from meeting.agenda.rules import OVER_STATES
from meeting.agenda.seating_queries import Seated
from meeting.catalogues.drawing import picture
from meeting.catalogues.uses import Use, holds_room, says_use
from meeting.documents.typeset import Block, Sheet, body_lines
from meeting.errors import N_, Refused
from meeting.organization.names import name_key
from meeting.permissions import Action, Actor, allows


def plan_page(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The seats of a meeting: to change for those who prepare it while it is not over, to look at for everybody else."""
    meeting, hats = queries.meeting_of(session, actor, meeting_id)
    found = seating_queries.seated(session, meeting)
    edits = allows(Action.PREPARE_MEETING, hats) and meeting.state not in OVER_STATES
    rooms = seating_queries.rooms_with_plan(session) if edits and found.seating is None else []
    return {
        "meeting": meeting,
        "edits": edits,
        "found": found,
        "state": seating_queries.state_of_seats(found) if edits else None,
        "newer": seating_queries.newer_plan(found),
        "moved": seating_queries.moved_to(meeting, found),
        "rooms": rooms,
        "room_choices": [(room.id, room.name) for room in rooms],
        "own": seating_queries.own_label(session, meeting.id, actor.person_id),
        "picture": _picture(found, actor.person_id),
        "list": seat_list(found),
    }


def _picture(found: Seated, person_id: int) -> Any:
    names = {label: found.names.get(person, "") for label, person in found.seats.items()}
    return picture(found.plan, names, {label: "mine" for label, person in found.seats.items() if person == person_id})


def seat_list(found: Seated) -> list[tuple[str, str, str]]:
    """Name, position and seat of everybody who has one, by given name."""
    labels = {person: label for label, person in found.seats.items()}
    people = sorted((each for each in found.people if each.id in labels), key=lambda each: name_key(each.name))
    return [(each.name, each.position, labels[each.id]) for each in people]


# the sheets to print


def plan_sheet(session: Session, actor: Actor, meeting_id: int) -> tuple[Sheet, datetime]:
    """The words of the plan on paper. Refused as `seating_no_plan`."""
    meeting, found = _to_print(session, actor, meeting_id)
    names = {label: found.names.get(person, "") for label, person in found.seats.items()}
    drawn = picture(found.plan, names)
    sheet = _sheet(meeting, "SƠ ĐỒ CHỖ NGỒI")
    sheet["picture"] = {
        "width": drawn.width,
        "height": drawn.height,
        "shapes": [
            {
                "x": shape.x,
                "y": shape.y,
                "width": shape.width,
                "height": shape.height,
                "kind": shape.kind,
                "word": PRINTED.get(shape.kind, ""),
                "label": shape.label,
                "name": names.get(shape.label, ""),
            }
            for shape in drawn.shapes
        ],
    }
    return sheet, clock.now().replace(microsecond=0)


PRINTED = {"screen": "Màn hình", "podium": "Bục", "door": "Cửa"}


def list_sheet(session: Session, actor: Actor, meeting_id: int) -> tuple[Sheet, datetime]:
    """The words of the list on paper. Refused as `seating_no_plan`."""
    meeting, found = _to_print(session, actor, meeting_id)
    sheet = _sheet(meeting, "DANH SÁCH CHỖ NGỒI")
    rows = [[str(number), *row] for number, row in enumerate(seat_list(found), start=1)]
    head = ["STT", "Họ và tên", "Chức vụ", "Chỗ ngồi"]
    sheet["blocks"] = [Block(kind="table", head=head, rows=rows, widths=[1, 5, 6, 2], centred=[0, 3])]
    return sheet, clock.now().replace(microsecond=0)


def _to_print(session: Session, actor: Actor, meeting_id: int) -> tuple[Meeting, Seated]:
    meeting, _ = queries.meeting_of(session, actor, meeting_id)
    found = seating_queries.seated(session, meeting)
    if found.seating is None:
        raise Refused("seating_no_plan")
    return meeting, found


def _sheet(meeting: Meeting, title: str) -> Sheet:
    begins = clock.local(meeting.starts_at)
    room = meeting.room.name if meeting.room and meeting.room.name not in meeting.place else ""
    place = ", ".join(filter(None, [room, meeting.place]))
    when = f"{begins:%H:%M} ngày {begins:%d/%m/%Y}" + (f", tại {place}" if place else "")
    sheet = Sheet(style="state", body=body_lines(meeting.body.name), title=title, abstract=[meeting.title, when])
    if meeting.body.is_party:
        sheet["style"] = "party"
    return sheet


# the page of the meeting, and where a room is in use


def _own_seat(session: Session, actor: Actor, meeting: Meeting) -> dict[str, Any] | None:
    """One's own seat; for the desk how many have one, and the way to the editor."""
    hats = meeting.hats_of(actor, session)
    prepares = allows(Action.PREPARE_MEETING, hats)
    label = seating_queries.own_label(session, meeting.id, actor.person_id)
    if not prepares:
        return {"label": label, "prepares": False, "meeting_id": meeting.id} if label else None
    found = seating_queries.seated(session, meeting)
    if found.seating is None and (meeting.state in OVER_STATES or not seating_queries.rooms_with_plan(session)):
        return None
    return {
        "label": label,
        "prepares": True,
        "meeting_id": meeting.id,
        "seated": len(found.seats),
        "without": len(found.without),
        "moved": seating_queries.moved_to(meeting, found) if meeting.state not in OVER_STATES else None,
        "newer": seating_queries.newer_plan(found) and meeting.state not in OVER_STATES,
        "laid_out": found.seating is not None,
    }


panel("seating", place="side", label=N_("Seat"), template="agenda/seating_panel.html", load=_own_seat, order=30)


@says_use("room")
def meetings_in_room(session: Session, actor: Actor, room_id: int) -> list[Use]:
    """The meetings to come in a room that this person may know of, soonest first."""
    found = session.scalars(queries.visible_to(actor).where(seating_queries.in_room(room_id)).order_by(Meeting.starts_at))
    return [
        Use(f"{clock.local(each.starts_at):%d/%m/%Y %H:%M} · {each.title}", url_for("agenda.meeting", meeting_id=each.id))
        for each in found
    ]


@holds_room
def is_booked(session: Session, room_id: int) -> bool:
    """Whether a meeting still to come takes place in the room."""
    return session.scalar(select(Meeting.id).where(seating_queries.in_room(room_id)).limit(1)) is not None
