"""The time of the council. All times in code are aware and in UTC; people see them in Asia/Ho_Chi_Minh (no summer time)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

_stopped_at: datetime | None = None


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _stopped_at or datetime.now(UTC)


def today() -> date:
    """The calendar date in Viet Nam at this moment."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on a Vietnamese wall clock."""
    return moment.astimezone(LOCAL)


def at_local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The moment when Vietnamese wall clocks show this time on this day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL).astimezone(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stops the clock at a moment (tests; the demo council's past). Nested uses restore what was before."""
    global _stopped_at
    before, _stopped_at = _stopped_at, moment.astimezone(UTC)
    try:
        yield
    finally:
        _stopped_at = before
