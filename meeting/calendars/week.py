"""Acts on the weekly work calendar of a body (lịch công tác tuần): entries that are no meetings, and its publication."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field
from sqlalchemy import select

from meeting import clock, jobs
from meeting.acts import ActInput, Tx, act
from meeting.calendars import week_queries
from meeting.calendars.models import WeekEntry, WeekProgramme
from meeting.calendars.rules import check_monday, decided_by
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.models import Body
from meeting.permissions import Action

SET_WEEK = "calendars.set_week"
Title = Annotated[str, Field(min_length=1, max_length=300)]
Line = Annotated[str, Field(max_length=300)]


class NewEntryInput(ActInput):
    """Work that is no meeting: what, when, who leads it, who takes part, where."""

    body_id: int
    title: Title
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    chair: Line = ""
    people: Line = ""
    place: Line = ""


@act("calendars.add_entry", Action.KEEP_WEEK)
def add_entry(tx: Tx, wanted: NewEntryInput) -> dict[str, Any]:
    """Puts work that is no meeting into the week of a body: a visit, a reception of citizens, a trip.

    Readers see it once the week is published; in a week that is published already it stands there at once, marked as added.
    Refused as `ends_before_start`. Records the entry.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.KEEP_WEEK, body)
    _check_span(wanted.starts_at, wanted.ends_at)
    values = wanted.model_dump(exclude={"meeting_id"})
    row = tx.add(WeekEntry(**values, created_at=tx.now))
    tx.record(Event.WEEK_ENTRY_ADDED, None, **_facts(row))
    return {"entry_id": row.id}


class EditEntryInput(ActInput):
    """Changes of an entry; what is not named stays."""

    entry_id: int
    title: Title | None = None
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    chair: Line | None = None
    people: Line | None = None
    place: Line | None = None


@act("calendars.edit_entry", Action.KEEP_WEEK)
def edit_entry(tx: Tx, wanted: EditEntryInput) -> dict[str, Any]:
    """Changes an entry of a week; after the publication the change is marked there.

    Refused as `week_entry_gone`, `ends_before_start`. Records what changed; the same values again change nothing.
    """
    row = tx.get(WeekEntry, wanted.entry_id)
    tx.require(Action.KEEP_WEEK, row)
    if row.removed_at is not None:
        raise Refused("week_entry_gone")
    given = wanted.model_dump(exclude_unset=True, exclude={"meeting_id", "entry_id"})
    given = {name: value for name, value in given.items() if value is not None or name == "ends_at"}
    if "starts_at" in given and "ends_at" not in given and row.ends_at:
        given["ends_at"] = row.ends_at + (given["starts_at"] - row.starts_at)
    changed = {name: value for name, value in given.items() if value != getattr(row, name)}
    if not changed:
        tx.nothing_to_record("nothing is different")
        return {"changed": []}
    for name, value in changed.items():
        setattr(row, name, value)
    _check_span(row.starts_at, row.ends_at)
    tx.record(Event.WEEK_ENTRY_EDITED, None, **_facts(row), changed=sorted(changed))
    return {"changed": sorted(changed)}


class EntryInput(ActInput):
    """One entry."""

    entry_id: int


@act("calendars.remove_entry", Action.KEEP_WEEK)
def remove_entry(tx: Tx, wanted: EntryInput) -> dict[str, Any]:
    """Takes an entry out of its week; in a published week it stays there, struck out. Twice is harmless. Records the removal."""
    row = tx.get(WeekEntry, wanted.entry_id)
    tx.require(Action.KEEP_WEEK, row)
    if row.removed_at is not None:
        tx.nothing_to_record("it was taken out before")
    else:
        row.removed_at = tx.now
        tx.record(Event.WEEK_ENTRY_REMOVED, None, **_facts(row))
    return {}


def _check_span(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise Refused("ends_before_start")


def _facts(row: WeekEntry) -> dict[str, Any]:
    return {"body_id": row.body_id, "entry_id": row.id, "title": row.title, "starts_at": row.starts_at.isoformat()}


class WeekInput(ActInput):
    """The week of a body, by its Monday."""

    body_id: int
    monday: date


@act("calendars.publish_week", Action.PUBLISH_WEEK)
def publish_week(tx: Tx, wanted: WeekInput) -> dict[str, Any]:
    """Publishes the programme of a week: everybody with a role in the body reads it, its PDF is made, later changes are marked.

    Due by the Friday before (NĐ 315/2025/NĐ-CP, Quy chế mẫu, Điều 18-19); later is not refused but recorded (`late`).
    Publishing again takes the changes in and makes the next version; without changes it does nothing. Refused as
    `week_not_monday`, `week_empty`. Records the version and how many lines it has, closed meetings by number only.
    """
    body = tx.get(Body, wanted.body_id)
    tx.require(Action.PUBLISH_WEEK, body)
    check_monday(wanted.monday)
    lines = week_queries.lines_of(tx.reading, body, wanted.monday)
    if not lines:
        raise Refused("week_empty")
    row = _week(tx, body, wanted.monday)
    kept = [line.said() for line in lines]
    if row.state == "published" and row.lines == kept:
        tx.nothing_to_record("the programme is the same")
        return {"week_id": row.id, "version": row.version, "late": False}
    late = clock.local(tx.now).date() > decided_by(wanted.monday)
    row.state, row.lines, row.version = "published", kept, row.version + 1
    row.published_at, row.published_by = tx.now, tx.actor.person_id
    row.document_id = row.full_document_id = None
    facts = {"body_id": body.id, "week_id": row.id, "monday": wanted.monday.isoformat(), "version": row.version}
    tx.record(Event.WEEK_PUBLISHED, None, **facts, lines=len(lines), late=late)
    jobs.enqueue(tx, SET_WEEK, week_id=row.id, version=row.version)
    return {"week_id": row.id, "version": row.version, "late": late}


def _week(tx: Tx, body: Body, monday: date) -> WeekProgramme:
    found = tx.scalar(select(WeekProgramme).where(WeekProgramme.body_id == body.id, WeekProgramme.monday == monday))
    return found or tx.add(WeekProgramme(body_id=body.id, monday=monday))


class WeekSetInput(ActInput):
    """Which documents a published week got."""

    week_id: int
    version: int
    document_id: int | None = None
    full_document_id: int | None = None


@act("calendars.week_set", Action.READ_OUT_DOCUMENT)
def week_set(tx: Tx, wanted: WeekSetInput) -> dict[str, Any]:
    """The worker ties a published week to its PDF. Of a version that was replaced meanwhile nothing is kept."""
    tx.require(Action.READ_OUT_DOCUMENT)
    row = tx.get(WeekProgramme, wanted.week_id)
    now = (row.version, row.document_id, row.full_document_id)
    if wanted.version != row.version or now == (wanted.version, wanted.document_id, wanted.full_document_id):
        tx.nothing_to_record("the week has another version, or this document already")
        return {}
    row.document_id, row.full_document_id = wanted.document_id, wanted.full_document_id
    tx.record(Event.WEEK_SET, None, body_id=row.body_id, week_id=row.id, version=row.version, document_id=row.document_id)
    return {}
