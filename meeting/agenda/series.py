"""Acts on recurring meetings: plan the series, change this and the following ones, call off the rest.

Each meeting of a series is a meeting of its own: it is changed, issued and held by itself.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from meeting import clock
from meeting.acts import Tx, act
from meeting.agenda.inputs import CreateInput, EditInput, ReasonInput, RepeatInput
from meeting.agenda.models import Meeting, Series
from meeting.agenda.planning_queries import series_days
from meeting.agenda.recurrence import title_on
from meeting.agenda.rules import EDITABLE_STATES, TRANSITIONS, check_reason
from meeting.agenda.service import changes_of
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action


@act("agenda.repeat", Action.PREPARE_MEETING)
def repeat(tx: Tx, wanted: RepeatInput) -> dict[str, Any]:
    """Makes the further meetings of a series after this one, each a draft with what is to come along.

    A date that is a day off is moved, left out or kept, as the body chooses. Refused as `series_endless`, `series_too_long`,
    `series_empty`, `in_series_already`, `room_taken` (without a reason for sharing it), `type_retired`. Records the
    pattern and the meetings made.
    """
    first = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, first)
    if first.series_id is not None:
        raise Refused("in_series_already")
    pattern = wanted.pattern()
    days = series_days(tx.reading, first, pattern)
    series = tx.add(Series(body_id=first.body_id, pattern=wanted.kept(), created_at=tx.now, created_by=tx.actor.person_id))
    first.series_id = series.id
    made = [_follow(tx, first, day, wanted, series.id) for day in days]
    dates = [day.isoformat() for day in days]
    tx.record(Event.SERIES_PLANNED, first, series_id=series.id, pattern=wanted.kept(), meetings=made, dates=dates)
    return {"series_id": series.id, "meeting_ids": made}


def _follow(tx: Tx, first: Meeting, day: date, wanted: RepeatInput, series_id: int) -> int:
    """One further meeting: the same hours on another day."""
    away = clock.at_local(day) - clock.at_local(clock.local(first.starts_at).date())
    values = CreateInput(
        type_id=first.type_id,
        title=title_on(first.title, clock.local(first.starts_at).date(), day),
        starts_at=first.starts_at + away,
        ends_at=first.ends_at + away if first.ends_at else None,
        place=first.place,
        room_id=first.room_id,
        form=first.form,
        link=first.link,
        closed=first.closed,
        chair_id=first.chair_id,
        secretary_id=first.secretary_id,
        copied_from_id=first.id,
        bring=wanted.bring,
        shared_reason=wanted.shared_reason,
    )
    meeting_id = int(tx.call("agenda.create", values)["meeting_id"])
    tx.get(Meeting, meeting_id).series_id = series_id
    return meeting_id


def _following(tx: Tx, meeting: Meeting, states: frozenset[str]) -> list[Meeting]:
    """This meeting and the later ones of its series in the given states. Refused as `series_unknown` outside a series."""
    if meeting.series_id is None:
        raise Refused("series_unknown")
    wanted = select(Meeting).where(
        Meeting.series_id == meeting.series_id, Meeting.starts_at >= meeting.starts_at, Meeting.state.in_(states)
    )
    return list(tx.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)))


@act("agenda.edit_following", Action.PREPARE_MEETING)
def edit_following(tx: Tx, wanted: EditInput) -> dict[str, Any]:
    """Changes this meeting and all later ones of its series in the same way; a new hour keeps each meeting's own day.

    Only what differs here is changed there. Those that lie with the approver or have begun stay as they are. Refused as
    `series_unknown`, and as `agenda.edit` refuses for any of them. Each meeting records its own change.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.PREPARE_MEETING, meeting)
    given = changes_of(meeting, wanted)
    day = clock.local(meeting.starts_at).date()
    changed = []
    for each in _following(tx, meeting, EDITABLE_STATES):
        its_day = clock.local(each.starts_at).date()
        values = {name: _on_day(value, its_day) if isinstance(value, datetime) else value for name, value in given.items()}
        if "title" in given:
            values["title"] = title_on(given["title"], day, its_day)
        if "place" in values and not values["place"]:
            del values["place"]  # the room's own name
        answer = tx.call("agenda.edit", EditInput(meeting_id=each.id, why=wanted.why, **values))
        if answer["changed"]:
            changed.append(each.id)
    if not changed:
        tx.nothing_to_record("nothing is different")
    return {"meeting_ids": changed}


def _on_day(moment: datetime, day: date) -> datetime:
    """The same hour on another day."""
    local = clock.local(moment)
    return clock.at_local(day, local.hour, local.minute)


@act("agenda.cancel_following", Action.MOVE_MEETING)
def cancel_following(tx: Tx, wanted: ReasonInput) -> dict[str, Any]:
    """Calls off this meeting and all later ones of its series, with one reason. They stay on file.

    Refused as `series_unknown`, `reason_needed`. Each meeting records its own cancellation and who was told.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.MOVE_MEETING, meeting)
    check_reason(wanted.reason)
    sources, _ = TRANSITIONS["cancel"]
    off = _following(tx, meeting, sources)
    for each in off:
        tx.call("agenda.cancel", ReasonInput(meeting_id=each.id, reason=wanted.reason))
    if not off:
        tx.nothing_to_record("the rest of the series is over or called off already")
    return {"meeting_ids": [each.id for each in off]}
