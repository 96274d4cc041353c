"""When a meeting rested from one day to another: nobody was away then, and nobody had left early. Read from its journal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.events import Event
from meeting.journal import Entry
from meeting.live.rules import LATE_AFTER


@dataclass(frozen=True)
class Rest:
    """From the adjournment until the meeting went on; without an end it never did."""

    since: datetime
    until: datetime | None = None

    def covers(self, out: datetime, back: datetime | None) -> bool:
        """Whether somebody who went at `out` and came `back` (None: not again) missed nothing by it."""
        if out < self.since:
            return False
        if self.until is None:
            return True
        return back is not None and out <= self.until and back <= self.until + LATE_AFTER


def rests_of(session: Session, meeting_id: int) -> list[Rest]:
    """The rests of a meeting in order. Adjourning again while it rests only moves the day."""
    events = (Event.MEETING_ADJOURNED.value, Event.MEETING_RESUMED.value)
    told = session.scalars(select(Entry).where(Entry.chain == meeting_id, Entry.event.in_(events)).order_by(Entry.seq))
    found: list[Rest] = []
    for entry in told:
        lasting = bool(found) and found[-1].until is None
        if entry.event == Event.MEETING_ADJOURNED and not lasting:
            found.append(Rest(entry.at))
        elif entry.event == Event.MEETING_RESUMED and lasting:
            found[-1] = Rest(found[-1].since, entry.at)
    return found
