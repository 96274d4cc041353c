"""The time of a turn. Pure: moments in, moments and seconds out. While a speech is stopped (Dừng) its clock stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Turn:
    """A running speech. `paused_seconds` are those of pauses that are over; `paused_at` is set while one lasts."""

    started_at: datetime
    limit_seconds: int
    paused_seconds: int = 0
    paused_at: datetime | None = None

    def spoken(self, now: datetime) -> int:
        """Seconds really spoken until now."""
        until = self.paused_at or now
        return max(0, round((until - self.started_at).total_seconds()) - self.paused_seconds)

    def left(self, now: datetime) -> int:
        """Seconds left; below zero: over time."""
        return self.limit_seconds - self.spoken(now)

    @property
    def ends_at(self) -> datetime | None:
        """When the time is up; None while the clock stands."""
        if self.paused_at is not None:
            return None
        return self.started_at + timedelta(seconds=self.limit_seconds + self.paused_seconds)

    def paused_until(self, now: datetime) -> int:
        """The seconds of all pauses when the speech goes on now."""
        if self.paused_at is None:
            return self.paused_seconds
        return max(self.paused_seconds, round((now - self.started_at).total_seconds()) - self.spoken(now))
