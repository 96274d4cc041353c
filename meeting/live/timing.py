"""Pure rules of time: what is left of an item, of the meeting, and whether the programme still fits.

Screens compute the same from the moments on the wire (`static/js/live/timing.js`); one table of cases holds both together.
All times are seconds; what is over the plan is negative.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Timed:
    """What time needs to know of an item."""

    state: str
    minutes_planned: int
    seconds_used: int = 0
    since: datetime | None = None  # the stretch that runs now


@dataclass(frozen=True)
class Stretch:
    """A time during which an item was dealt with without a pause; the last one may still run."""

    started_at: datetime
    ended_at: datetime | None = None


def used(item: Timed, now: datetime) -> int:
    """The real seconds of an item so far, the running stretch included."""
    return item.seconds_used + (max(0, round((now - item.since).total_seconds())) if item.since else 0)


def left_of_item(item: Timed, now: datetime) -> int | None:
    """What is left of the planned minutes; None when none were planned."""
    return item.minutes_planned * 60 - used(item, now) if item.minutes_planned else None


def left_of_meeting(ends_at: datetime | None, now: datetime) -> int | None:
    """What is left until the planned end; None when none was planned."""
    return round((ends_at - now).total_seconds()) if ends_at else None


def still_planned(items: Iterable[Timed], now: datetime) -> int:
    """What the programme still wants: the rest of the current item and all that is planned."""
    found = 0
    for item in items:
        if item.state == "current":
            found += max(0, left_of_item(item, now) or 0)
        elif item.state == "planned":
            found += item.minutes_planned * 60
    return found


def spare(ends_at: datetime | None, items: Iterable[Timed], now: datetime) -> int | None:
    """What would be left over if everything took its planned time; negative: the meeting will run over by so much."""
    left = left_of_meeting(ends_at, now)
    return None if left is None else left - still_planned(items, now)


def seconds_of(stretches: Iterable[Stretch], now: datetime) -> int:
    """The real seconds of an item from its stretches: the same figure, told from the rows."""
    return sum(max(0, round(((each.ended_at or now) - each.started_at).total_seconds())) for each in stretches)


def gone_by(stretches: Iterable[Stretch], moment: datetime) -> bool:
    """Whether an item was being dealt with at a moment (who was here for an item is asked of its stretches)."""
    return any(each.started_at <= moment and (each.ended_at is None or moment <= each.ended_at) for each in stretches)
