"""Pure rules of presence: stretches of it, who was here at a moment and at an item, how few at the least."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from meeting.errors import N_, declare
from meeting.live.rules import LATE_AFTER

declare(
    {
        "help_called": N_("You have called for help already. Somebody is coming."),
        "help_taken": N_("%(name)s has taken this call already."),
        "help_over": N_("This call for help is over."),
        "cards_being_made": N_("The seat cards are being made. Please wait a moment."),
        "cards_nobody": N_("Nobody is invited to this meeting yet, so there is no card to print."),
    }
)

HELP_KINDS = {
    "tablet": N_("Help with the tablet"),
    "paper": N_("Papers"),
    "sound": N_("Microphone, sound"),
    "other": N_("Something else"),
}


@dataclass(frozen=True)
class Stretch:
    """One stretch in which somebody was here; without an end it lasts still. The end itself no longer belongs to it."""

    since: datetime
    until: datetime | None = None
    presence: str = "present"

    def covers(self, moment: datetime) -> bool:
        """Whether somebody was here at this moment."""
        return self.since <= moment and (self.until is None or moment < self.until)

    def meets(self, other: "Stretch") -> bool:
        """Whether the two have at least a moment in common. Stretches of no length have none."""
        begins = max(self.since, other.since)
        ends = [each.until for each in (self, other) if each.until is not None]
        return not ends or begins < min(ends)


def arrived(stretches: Sequence[Stretch], at: datetime, presence: str) -> list[Stretch]:
    """After somebody came, or moved between the room and elsewhere. Who is here in the same way already stays as they are."""
    last = stretches[-1] if stretches else None
    if last is None or last.until is not None:
        return [*stretches, Stretch(at, None, presence)]
    if (last.presence == "remote") == (presence == "remote"):
        return list(stretches)
    return [*stretches[:-1], replace(last, until=at), Stretch(at, None, presence)]


def gone(stretches: Sequence[Stretch], at: datetime) -> list[Stretch]:
    """After somebody left, or the meeting closed."""
    last = stretches[-1] if stretches else None
    if last is None or last.until is not None:
        return list(stretches)
    return [*stretches[:-1], replace(last, until=at)]


def here_at(stretches: Iterable[Stretch], moment: datetime) -> str | None:
    """How somebody was here at a moment: present, late, remote; None: not at all."""
    return next((each.presence for each in stretches if each.covers(moment)), None)


def during(stretches: Sequence[Stretch], runs: Sequence[Stretch]) -> bool:
    """Whether somebody was here at any time while an item ran."""
    return any(each.meets(run) for each in stretches for run in runs)


def throughout(stretches: Sequence[Stretch], runs: Sequence[Stretch], now: datetime) -> bool:
    """Whether somebody was here all the time an item ran."""
    return bool(runs) and seconds(stretches, runs, now) >= sum(_length(run, now) for run in runs)


def seconds(stretches: Sequence[Stretch], runs: Sequence[Stretch], now: datetime) -> float:
    """How long somebody was here while an item ran; stretches of one person never overlap."""
    return sum(
        max(0.0, (min(each.until or now, run.until or now) - max(each.since, run.since)).total_seconds())
        for each in stretches
        for run in runs
    )


def _length(run: Stretch, now: datetime) -> float:
    return max(0.0, ((run.until or now) - run.since).total_seconds())


def fewest(people: Mapping[int, Sequence[Stretch]], runs: Sequence[Stretch]) -> int:
    """The least number of people who were here at one time while an item ran; 0 when it never ran."""
    moments = {run.since for run in runs}
    for stretches in people.values():
        ends = [each.until for each in stretches if each.until is not None]
        moments.update(end for end in ends if any(run.covers(end) for run in runs))
    return min((sum(1 for each in people.values() if here_at(each, moment)) for moment in moments), default=0)


@dataclass(frozen=True)
class Marks:
    """What the roll says of somebody's coming and going."""

    late: bool
    left_early: bool
    back: bool  # went away and came again


def marks(stretches: Sequence[Stretch], began: datetime | None, closed: datetime | None, *, told_late: bool = False) -> Marks:
    """Late: came more than LATE_AFTER after the meeting began. Left early: not here at the end (or, while it runs, now)."""
    if not stretches:
        return Marks(told_late, left_early=False, back=False)
    late = told_late or (began is not None and stretches[0].since > began + LATE_AFTER)
    last = stretches[-1].until
    left = last is not None and (closed is None or last < closed)
    breaks = any(one.until is not None and one.until < other.since for one, other in pairwise(stretches))
    return Marks(late, left, breaks)


def began_at(starts_at: datetime, opened_at: datetime | None) -> datetime | None:
    """From when lateness counts: the opening, or the appointed time when it opened before that. None: not open yet."""
    return max(starts_at, opened_at) if opened_at else None
