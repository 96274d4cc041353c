"""The life of one matter: what became of it in a meeting, its part of the minutes, its figures. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from meeting.errors import N_

#: What became of an item in its meeting: the words, the tone, the icon.
STATES = {
    "done": (N_("Dealt with"), "agree", "circle-check"),
    "current": (N_("Being dealt with now"), "primary", "broadcast"),
    "deferred": (N_("Put off to a later meeting"), "warn", "clock"),
    "withdrawn": (N_("Withdrawn"), "oppose", "x"),
    "planned": (N_("On the programme"), "primary", "calendar-event"),
    "outside": (N_("Held outside the system"), "", "lock"),
    "not_reached": (N_("Not reached"), "warn", "alert-circle"),
    "called_off": (N_("The meeting was cancelled"), "", "x"),
    "meeting_postponed": (N_("The meeting was postponed"), "warn", "clock"),
}
DISCUSSED = frozenset({"done", "current"})
AHEAD = frozenset({"draft", "submitted", "rejected", "approved", "issued"})
OVER = frozenset({"held", "archived"})

#: How an item came to go on with an earlier one.
HOW_WORDS = {
    "copied": N_("Copied from the programme of %(date)s"),
    "deferred": N_("Put off on %(date)s, taken up here"),
    "sitting": N_("Carried over from the sitting of %(date)s"),
    "linked": N_("Goes on with the item of %(date)s"),
}

_ROMAN = re.compile(r"^[IVX]{1,4}\.\s")


def state_of(item: str, meeting: str, outside: bool = False) -> str:
    """What became of an item, from its own state and its meeting's."""
    if item in ("deferred", "withdrawn", "done", "current"):
        return item
    if meeting in ("cancelled", "postponed"):
        return "called_off" if meeting == "cancelled" else "meeting_postponed"
    if outside:
        return "outside"
    return "not_reached" if meeting in OVER else "planned"


def part_of_minutes(text: str, headings: Sequence[str], mine: str) -> str:
    """What minutes say of one item: from its heading ("2.1. Title …") to the next one.

    Empty where the heading was rewritten: nothing else is shown in its place.
    """
    found: list[str] = []
    inside = False
    others = tuple(each for each in headings if each != mine)
    for line in text.split("\n"):
        stripped = line.strip()
        if _heads(stripped, mine, others):
            inside = True
        elif inside and (_ROMAN.match(stripped) or stripped.startswith(others)):
            break
        elif inside:
            found.append(line.rstrip())
    return "\n".join(found).strip()


def _heads(line: str, mine: str, others: Iterable[str]) -> bool:
    """Whether a line is the heading of this item: of two titles that begin alike the longer one decides."""
    return line.startswith(mine) and not any(len(each) > len(mine) and line.startswith(each) for each in others)


@dataclass(frozen=True)
class Fact:
    """What the figures on top are made of: one meeting that dealt with the matter."""

    day: date
    state: str
    upcoming: bool  # the meeting is still to come
    decisions: int = 0  # votes that passed, conclusions and resolutions issued


@dataclass(frozen=True)
class Summary:
    """The whole course in a line: since when, how often, what came of it, what is open, when next."""

    first_on: date | None
    times: int
    decisions: int
    open_tasks: int
    late_tasks: int
    open_promises: int
    next_on: date | None


def summary(facts: Sequence[Fact], open_tasks: int = 0, late_tasks: int = 0, open_promises: int = 0) -> Summary:
    """The figures of what one reader sees."""
    ahead = [each.day for each in facts if each.upcoming and each.state == "planned"]
    return Summary(
        first_on=min((each.day for each in facts), default=None),
        times=sum(each.state in DISCUSSED for each in facts),
        decisions=sum(each.decisions for each in facts),
        open_tasks=open_tasks,
        late_tasks=late_tasks,
        open_promises=open_promises,
        next_on=min(ahead, default=None),
    )
