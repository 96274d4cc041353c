"""The cards with the codes of the seats: ordered by the office, set by the worker, kept as a file beside the store."""

from dataclasses import dataclass
from typing import Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda import seating_queries
from meeting.agenda.models import Meeting
from meeting.database import reading
from meeting.documents import handing
from meeting.documents.typeset import Sheet, typeset
from meeting.errors import Refused
from meeting.events import Event
from meeting.jobs import Job, enqueue, job
from meeting.journal import Entry
from meeting.live import codes
from meeting.live.queries import iso
from meeting.live.service import MeetingInput
from meeting.permissions import Action
from meeting.rollcall import qr


class CardsInput(MeetingInput):
    """The meeting, and at which address tablets reach this installation."""

    base: str = Field(default="", max_length=200, pattern=r"^(https?://[^/\s]+)?$")


@act("rollcall.make_cards", Action.MAKE_SHEETS)
def make_cards(tx: Tx, wanted: CardsInput) -> dict[str, Any]:
    """The office orders the cards that stand at the seats, each with the code that checks in; the worker sets them as one PDF.

    `base` is the address under which tablets reach this installation, where the settings do not say it. Refused:
    `cards_nobody`, `cards_being_made`. Recorded: CARDS_ORDERED.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.MAKE_SHEETS, meeting)
    found = seating_queries.seated(tx.reading, meeting)
    if not found.people and not found.seats:
        raise Refused("cards_nobody")
    if state_of(tx.reading, meeting.id)["state"] in ("waiting", "running"):
        raise Refused("cards_being_made")
    row = enqueue(tx, "rollcall.set_cards", meeting_id=meeting.id, base=wanted.base)
    tx.record(Event.CARDS_ORDERED, meeting, job_id=row.id)
    return {"job_id": row.id}


@job("rollcall.set_cards", slow=True)
def set_cards(meeting_id: int, base: str) -> None:
    """Sets the cards and puts them in their place whole. Run again it gives the same."""
    with reading() as session:
        sheet = card_sheet(session, session.get_one(Meeting, meeting_id), base)
    made = typeset("cards", sheet)
    handing.put(card_file(meeting_id), made)


def card_file(meeting_id: int) -> str:
    """By which name the cards of a meeting are handed over."""
    return f"cards/{int(meeting_id)}.pdf"


@dataclass(frozen=True)
class Card:
    """One card: the seat's label, whose it is, the code."""

    label: str
    name: str
    position: str
    code: str


def cards_of(session: Session, meeting: Meeting) -> list[Card]:
    """A card for every seat of the plan, front row first, then for everybody invited who has none."""
    found = seating_queries.seated(session, meeting)
    people = {each.id: each for each in found.people}
    made = []
    for cell in found.plan.seats:
        who = people.get(found.seats.get(cell.label, 0))
        named = (who.name, who.position) if who else ("", "")
        made.append(Card(cell.label, *named, codes.seat_code(meeting.id, cell.label)))
    seated = set(found.seats.values())
    loose = [each for each in found.people if each.id not in seated]
    return made + [Card("", each.name, each.position, codes.person_code(meeting.id, each.id)) for each in loose]


def card_sheet(session: Session, meeting: Meeting, base: str) -> Sheet:
    """The words and pictures of the cards."""
    begins = clock.local(meeting.starts_at)
    sheet = Sheet(style="state", body=[meeting.body.name], title="Thẻ chỗ ngồi")
    sheet["abstract"] = [meeting.title, f"{begins:%H:%M} ngày {begins:%d/%m/%Y}"]
    sheet["cards"] = [
        {
            "label": each.label,
            "name": each.name,
            "position": each.position,
            "code": qr.svg(qr.address(meeting.id, each.code, base)),
        }
        for each in cards_of(session, meeting)
    ]
    return sheet


def state_of(session: Session, meeting_id: int) -> dict[str, Any]:
    """How far the cards are that were ordered last."""
    ordered = Entry.chain == meeting_id, Entry.event == Event.CARDS_ORDERED
    entry = session.scalar(select(Entry).where(*ordered).order_by(Entry.seq.desc()).limit(1))
    row = session.get(Job, entry.facts["job_id"]) if entry else None
    if entry is None or row is None:
        return {"state": "none", "ordered_at": None, "address": None}
    lies = row.state == "done" and handing.lies(card_file(meeting_id))
    state = "none" if row.state == "done" and not lies else row.state
    return {"state": state, "ordered_at": iso(entry.at), "address": f"/meetings/{meeting_id}/seat-cards.pdf" if lies else None}
