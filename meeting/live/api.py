"""What other programs read of a meeting: its live sections, its attendance list, its journal."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Item
from meeting.agenda.queries import limited_items, meeting_of
from meeting.events import Event
from meeting.journal import Entry
from meeting.live import queries, state
from meeting.live.models import ItemRun
from meeting.live.queries import iso
from meeting.live.timing import Stretch, seconds_of
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked_number, resource

MOST_ENTRIES = 500


@resource("/meetings/<int:meeting_id>", "A meeting: the sections of its live state, as live.join gives them")
def meeting(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The sections at the top level, with `epoch`, `seq`, `now` and `me`. Those who cannot join get no discussion or vote."""
    found, hats = meeting_of(session, actor, meeting_id)
    if allows(Action.JOIN_LIVE, hats):
        joined = state.joined(session, meeting_id, actor)
        return {**joined.pop("state"), **joined}
    sections = state.sections(session, found, "member")
    told = {**sections["meeting"], "link": ""}  # the way into the room is for those who take part
    return {"meeting": told, "agenda": sections["agenda"], "attendance": sections["attendance"], "now": clock.now().isoformat()}


@resource(
    "/meetings/<int:meeting_id>/times", "Planned and real minutes of each item, with the stretches in which it was dealt with"
)
def times(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The programme in order, as far as this person may see it; a stretch that runs has no end."""
    found, hats = meeting_of(session, actor, meeting_id)
    runs = queries.runs_of(session, meeting_id)
    return {"data": [_times(item, runs.get(item.id, [])) for item in limited_items(found, actor, hats)], "next": None}


def _times(item: Item, runs: Sequence[ItemRun]) -> dict[str, Any]:
    stretches = [Stretch(each.started_at, each.ended_at) for each in runs]
    return {
        "item_id": item.id,
        "label": item.label,
        "title": item.title,
        "state": item.state,
        "minutes_planned": item.minutes_planned,
        "seconds": seconds_of(stretches, clock.now()),
        "stretches": [{"from": iso(each.started_at), "until": iso(each.ended_at)} for each in stretches],
    }


PERSONAL_GRADES = frozenset({Event.STATEMENT_MARKED, Event.STATEMENT_GRADED})


@resource(
    "/meetings/<int:meeting_id>/journal",
    "What happened in the meeting, in order",
    since="number of the last entry already known",
)
def journal(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The entries one may see: chair, secretariat and inspectors all of them, others their own."""
    found, hats = meeting_of(session, actor, meeting_id)
    since = asked_number("since", 0) or 0
    wanted = select(Entry).where(Entry.chain == found.id, Entry.seq > since).order_by(Entry.seq)
    if not allows(Action.READ_JOURNAL, hats):
        wanted = wanted.where(Entry.actor_id == actor.person_id)
    entries = list(session.scalars(wanted.limit(MOST_ENTRIES + 1)))
    shown = entries[:MOST_ENTRIES]
    people = _named(session, {entry.actor_id for entry in shown})
    following = str(shown[-1].seq) if len(entries) > MOST_ENTRIES else None
    may_grade = allows(Action.GRADE, hats)
    return {"data": [_entry(entry, people, may_grade) for entry in shown], "next": following}


def _named(session: Session, ids: set[int]) -> dict[int, str]:
    return {row.id: row.called for row in session.scalars(select(Person).where(Person.id.in_(ids)))}


def _told(entry: Entry, may_grade: bool) -> dict[str, Any]:
    """What happened; of a grade on somebody's statement only the chair reads which it was."""
    personal = entry.event in PERSONAL_GRADES and entry.facts.get("floor_id") is not None
    if may_grade or not personal:
        return entry.facts
    return {name: value for name, value in entry.facts.items() if name in ("floor_id", "criterion")}


def _entry(entry: Entry, people: dict[int, str], may_grade: bool) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "event": entry.event,
        "actor": {"id": entry.actor_id, "name": people.get(entry.actor_id, "")},
        "facts": _told(entry, may_grade),
        "hash": entry.hash,
    }
