"""What other programs read of presence: the list, by items, one person's comings and goings, the seats, calls for help."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden, Missing
from meeting.journal import Entry
from meeting.live import codes, state
from meeting.live import queries as live
from meeting.live.queries import iso
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, Role, allows
from meeting.rollcall import cards, qr, queries, seatmap
from meeting.rollcall.models import PresenceSpan
from meeting.rollcall.sections import call_line
from meeting.web.api import asked_number, resource

TOLD_TO_THE_OFFICE = ("reason", "absence", "corrected_at", "help")


def _joined(session: Session, actor: Actor, meeting_id: int) -> tuple[Meeting, frozenset[Role]]:
    found, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.JOIN_LIVE, hats):
        raise Missing()
    return found, hats


def _sees_reasons(hats: frozenset[Role]) -> bool:
    return allows(Action.SEE_DESK, hats) or allows(Action.CORRECT_ATTENDANCE, hats)


@resource("/meetings/<int:meeting_id>/attendance", "Who is present, late, excused or absent, with counts and the quorum")
def attendance(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Everyone invited with their presence, for all who take part; reasons of absences for the chair and the office only."""
    found, hats = _joined(session, actor, meeting_id)
    rows = queries.lines(session, found)
    if not _sees_reasons(hats):
        rows = [{key: value for key, value in row.items() if key not in TOLD_TO_THE_OFFICE} for row in rows]
    quorum = live.quorum(session, found)
    counts = {"present": quorum.present, "total": quorum.total, **asdict(queries.tally(session, found))}
    rule = {"met": quorum.met, "need": quorum.need, "rule": quorum.rules["vi"], "rules": quorum.rules}
    return {"data": rows, "next": None, "counts": counts, "quorum": rule}


@resource("/meetings/<int:meeting_id>/attendance/items", "How many members were here at each item, and the fewest at one time")
def attendance_items(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """For each item that was dealt with: who was here and who was missing. For the chair and the office."""
    found, hats = _joined(session, actor, meeting_id)
    if not _sees_reasons(hats):
        raise Forbidden()
    quorum = live.quorum(session, found)
    rows = queries.by_item(session, found, quorum.need)
    return {"data": rows, "next": None, "need": quorum.need, "total": quorum.total, "rules": quorum.rules}


@resource("/meetings/<int:meeting_id>/attendance/<int:person_id>", "When somebody came, left, came back, and what was corrected")
def attendance_history(session: Session, actor: Actor, meeting_id: int, person_id: int) -> dict[str, Any]:
    """One person's stretches and corrections: their own for everybody, of others for the chair and the office."""
    _, hats = _joined(session, actor, meeting_id)
    if person_id != actor.person_id and not _sees_reasons(hats):
        raise Forbidden()
    span = PresenceSpan
    rows = session.scalars(
        select(span).where(span.meeting_id == meeting_id, span.person_id == person_id).order_by(span.from_at, span.id)
    )
    spans = [(row.presence, row.from_at, row.until_at, row.how, row.set_by_id) for row in rows]
    changes = select(Entry).where(Entry.chain == meeting_id, Entry.event == "live.attendance_corrected").order_by(Entry.seq)
    told = [entry for entry in session.scalars(changes) if entry.facts.get("person_id") == person_id]
    names = _names(session, {by for *_, by in spans if by} | {entry.actor_id for entry in told})
    return {
        "spans": [
            {"presence": presence, "from": iso(since), "until": iso(until), "how": how, "by": names.get(by)}
            for presence, since, until, how, by in spans
        ],
        "corrections": [
            {
                "at": iso(entry.at),
                "by": names.get(entry.actor_id),
                **{key: entry.facts.get(key) for key in ("before", "after", "reason")},
            }
            for entry in told
        ],
    }


def _names(session: Session, people: set[int]) -> dict[int | None, str]:
    return {row.id: row.called for row in session.scalars(select(Person).where(Person.id.in_(people)))} if people else {}


@resource("/meetings/<int:meeting_id>/seat-map", "The seats in colours: who is here; after publication the votes of an open vote")
def seat_map(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Plan, seats with who is here, who has no seat, who speaks. Never a reason of an absence, never a secret vote.

    A limited guest learns of speeches and votes on his items only.
    """
    found, hats = _joined(session, actor, meeting_id)
    only = state.item_limit(session, found, actor) if state.audience_of(hats) == "guest" else None
    wanted = asked_number("question")
    return seatmap.seats(session, found, actor.person_id, desk=_sees_reasons(hats), question_id=wanted, items=only)


@resource("/meetings/<int:meeting_id>/help", "Who calls for help from which seat")
def help_wanted(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The open calls, the longest waiting first: for the office and the chair."""
    found, hats = _joined(session, actor, meeting_id)
    if not _sees_reasons(hats):
        raise Forbidden()
    seats = queries.seats_of(session, found.id)
    return {"data": [call_line(call, seats.get(call.person_id)) for call in queries.open_calls(session, found.id)], "next": None}


@resource("/meetings/<int:meeting_id>/hall-code", "The code at the door that the big screen shows; it changes every few minutes")
def hall_code(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The address behind the code, its picture, and until when it is shown (it is taken for as long again)."""
    found, hats = _joined(session, actor, meeting_id)
    if not allows(Action.SHOW_HALL, hats):
        raise Forbidden()
    now = clock.now()
    code = codes.door_code(found.id, now)
    picture = f"/meetings/{found.id}/hall-code.svg?w={codes.window_of(now)}"
    return {"code": code, "address": qr.address(found.id, code), "picture": picture, "until": iso(codes.shown_until(now))}


@resource("/meetings/<int:meeting_id>/seat-cards", "How far the cards with the codes of the seats are")
def seat_cards(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Their state (none, waiting, running, done, failed), when they were ordered, where they can be fetched. For the office."""
    found, hats = _joined(session, actor, meeting_id)
    if not allows(Action.MAKE_SHEETS, hats):
        raise Forbidden()
    return cards.state_of(session, found.id)
