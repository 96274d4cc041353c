"""Pure rules of calendars: which changes calendars must hear of, what an answer by mail is worth, when a week is decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from meeting.errors import N_, Refused, declare

#: Changes of a meeting after which calendars must replace what they hold and earlier answers no longer count (RFC 5546 2.1.4).
SIGNIFICANT = frozenset({"starts_at", "ends_at", "place"})

#: PARTSTAT of a mailed answer: what it is to us.
ANSWERS: Mapping[str, str] = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
    "DELEGATED": "delegated",
}
BY_MAIL = "trả lời qua thư"  # stands in the reason of an absence that was mailed
REASON_LENGTH = 500

FEED_PAST = timedelta(days=90)
FRIDAY = 4
NOON = time(12, 0)
LUNCH_OVER = time(13, 30)

#: What became of an answer that came by mail.
OUTCOMES: Mapping[str, str] = {
    "taken": N_("Recorded as the answer"),
    "same": N_("The same answer again"),
    "tentative": N_("Not decided yet: this is no answer"),
    "proposed": N_("Proposes somebody to come instead"),
    "stale": N_("Answers an earlier time or place: not counted, the person was asked again"),
    "refused": N_("Could not be recorded"),
    "withdrawn": N_("This person is no longer invited"),
    "forged": N_("Comes from another address than that of the invited person: not counted"),
    "unknown": N_("Belongs to no invitation"),
    "unreadable": N_("Holds no answer that can be read"),
}

declare(
    {
        "week_not_monday": N_("A week begins on a Monday."),
        "week_empty": N_("There is nothing in this week to publish yet."),
        "week_entry_gone": N_("This entry was taken out of the week already."),
        "no_feed": N_("There is no calendar address to revoke."),
    }
)


def is_significant(changed: Iterable[str]) -> bool:
    """Whether a change of these fields raises the sequence: time or place."""
    return not SIGNIFICANT.isdisjoint(changed)


def mailed_reason(words: str) -> str:
    """The reason of an absence that came by mail, marked as such: "Đi công tác (trả lời qua thư)"."""
    words = " ".join(words.split())[:REASON_LENGTH].strip()
    return f"{words} ({BY_MAIL})" if words else BY_MAIL[:1].upper() + BY_MAIL[1:]


@dataclass(frozen=True)
class Known:
    """What is on file about the invitation that a mailed answer names."""

    email: str
    sequence: int
    invited: bool


def judged(known: Known | None, sender: str, sequence: int, answer: str) -> str:
    """What a mailed answer is worth: an outcome that ends it, or "take". The first that fits of the list below.

    Without the right token in the UID nothing is known of the invitation (`unknown`). The sender must be the invited
    person's own address (`forged`). An answer to an earlier time or place does not count (`stale`, RFC 5546 3.2.3).
    """
    if known is None:
        return "unknown"
    if not known.email or sender.casefold() != known.email.strip().casefold():
        return "forged"
    if not known.invited:
        return "withdrawn"
    if sequence < known.sequence:
        return "stale"
    return "tentative" if answer == "tentative" else "take"


# the weekly programme


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def check_monday(monday: date) -> None:
    """Refused as `week_not_monday`."""
    if monday.weekday():
        raise Refused("week_not_monday")


def decided_by(monday: date) -> date:
    """Until when the programme of a week is decided: the Friday before (NĐ 315/2025/NĐ-CP, Quy chế mẫu, Điều 18-19)."""
    return monday - timedelta(days=7 - FRIDAY)


def half_of(starts: time, ends: time | None = None) -> Literal["morning", "afternoon", "day"]:
    """Which part of the day hours lie in: sáng before noon, chiều from noon on, cả ngày when they reach over the lunch hour."""
    if starts >= NOON:
        return "afternoon"
    return "day" if ends is not None and ends > LUNCH_OVER else "morning"


@dataclass(frozen=True)
class Line:
    """One line of a week as printed. `key` is m<meeting> or e<entry> and which of its days; times are local "HH:MM"."""

    key: str
    day: str  # ISO date
    starts: str
    ends: str
    title: str
    chair: str
    people: str
    place: str
    closed: bool = False  # only for those who may know of the meeting itself
    meeting_id: int | None = None
    entry_id: int | None = None

    @property
    def half(self) -> str:
        """Morning, afternoon or the whole day."""
        return half_of(time.fromisoformat(self.starts), time.fromisoformat(self.ends) if self.ends else None)

    def said(self) -> dict[str, Any]:
        """The line as it is kept with the published week and sent on the wire."""
        return dict(vars(self))

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Line":
        """A line of a published week."""
        return cls(**kept)


@dataclass(frozen=True)
class Marked:
    """A line with what happened to it since the week was published: nothing, added, changed (which fields) or dropped."""

    line: Line
    mark: Literal["", "added", "changed", "dropped"] = ""
    changed: tuple[str, ...] = ()


PRINTED = ("day", "starts", "ends", "title", "chair", "people", "place")


def compared(published: Iterable[Line], now: Iterable[Line]) -> list[Marked]:
    """The lines of today, each with its mark against the published ones, dropped ones in their old place; in order of time."""
    before = {line.key: line for line in published}
    marked = []
    for line in now:
        old = before.pop(line.key, None)
        if old is None:
            marked.append(Marked(line, "added"))
        else:
            changed = tuple(name for name in PRINTED if getattr(old, name) != getattr(line, name))
            marked.append(Marked(line, "changed" if changed else "", changed))
    marked += [Marked(line, "dropped") for line in before.values()]
    return sorted(marked, key=lambda each: (each.line.day, each.line.starts, each.line.key))


def days_between(starts: datetime, ends: datetime | None, first: date, last: date) -> list[date]:
    """The days of a span (local times) that lie between two dates, both included: a session of several days stands on each."""
    end = (ends - timedelta(seconds=1)).date() if ends and ends > starts else starts.date()
    begin, end = max(starts.date(), first), min(end, last)
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
