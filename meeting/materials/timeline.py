"""The small drawing of a requirement on the board: when it was due, when it came, what is overdue. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 1000  # units of the drawing, stretched to the column


@dataclass(frozen=True)
class Scale:
    """The span of time that the board shows."""

    first: datetime
    last: datetime

    def at(self, moment: datetime) -> int:
        """Where a moment lies, kept inside the drawing."""
        share = (moment - self.first) / (self.last - self.first)
        return round(WIDTH * min(1.0, max(0.0, share)))

    def dates(self, count: int = 4) -> list[tuple[int, datetime]]:
        """Evenly spread moments to be written above."""
        step = (self.last - self.first) / (count - 1)
        return [(round(WIDTH * number / (count - 1)), self.first + step * number) for number in range(count)]


def scale(moments: Sequence[datetime], starts_at: datetime, now: datetime) -> Scale:
    """From the first thing that happened to the meeting, or to today when that is later; at least four days."""
    first = min([*moments, now], default=now)
    last = max(starts_at, now)
    return Scale(min(first, last - timedelta(days=4)), last)


@dataclass(frozen=True)
class Line:
    """One row's drawing: the end of the grey track, the due mark, the dot or the overrun up to now."""

    due: int
    dot: int | None
    late: bool
    overrun: int | None


def line(on: Scale, due_at: datetime, received_at: datetime | None, now: datetime) -> Line:
    """Draws one requirement; `received_at` is the first receipt."""
    due = on.at(due_at)
    if received_at is not None:
        return Line(due, on.at(received_at), received_at > due_at, None)
    return Line(due, None, False, on.at(now) if now > due_at else None)
