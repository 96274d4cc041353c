"""Requirements for papers: their states, what is late and by how much, what may follow what. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from meeting.errors import N_, Refused, declare
from meeting.materials.lateness import late_minutes as late_minutes  # noqa: PLC0414 - part of this module's own words
from meeting.materials.life import DONE_STATES, OFFICE_STATES
from meeting.materials.life import OPEN_STATES as OPEN_STATES  # noqa: PLC0414
from meeting.rulebook.deadlines import OFFICE_CLOSES, WorkCalendar

CLOSED_MEETINGS = frozenset({"held", "archived", "cancelled"})

declare(
    {
        "due_needs_reason": N_("This differs from the time set by the rule (%(due_at)s). Say why."),
        "due_passed": N_("The due time lies in the past."),
        "due_after_start": N_("Papers must be due before the meeting starts (%(starts_at)s)."),
        "late_needs_reason": N_("The paper is %(minutes)s minutes late. Say why before sending it."),
        "declaration_needed": N_("Confirm first that the file holds no state secret."),
        "file_refused": N_("This file was not accepted: %(why)s"),
        "file_failed": N_("This file could not be read. Send it again."),
        "file_not_read_yet": N_("The file is still being read. Wait until its pages are ready."),
        "already_accepted": N_("The paper has been accepted. Say why a new version is needed."),
        "nothing_to_review": N_("There is no version to decide on now."),
        "requirement_waived": N_("This paper is no longer asked for."),
        "papers_closed": N_("The meeting is over. Its papers can no longer be changed."),
        "item_outside": N_("This item is dealt with outside the system: no papers may be kept for it."),
        "item_of_other_meeting": N_("The item belongs to another meeting."),
        "papers_asked_already": N_("%(unit)s has already been asked for this paper."),
        "own_paper": N_("Nobody may accept or return a paper of their own."),
        "nothing_to_remind": N_("No unit owes a paper here."),
        "reason_missing": N_("Give a reason."),
        "no_such_page": N_("The document has no such page."),
    }
)  # fmt: skip


def check_due(due_at: datetime, by_rule: datetime, reason: str, starts_at: datetime, now: datetime) -> None:
    """A due time other than the rule's needs a reason; it lies ahead and not after the start of the meeting.

    Refused: `due_needs_reason`, `due_passed`, `due_after_start`. The rule's own time may have passed (an urgent meeting).
    """
    if due_at > starts_at:
        raise Refused("due_after_start", starts_at=starts_at.isoformat())
    if due_at == by_rule:
        return
    if due_at <= now:
        raise Refused("due_passed")
    if not reason:
        raise Refused("due_needs_reason", due_at=by_rule.isoformat())


def check_open(state: str, meeting_state: str) -> None:
    """Whether anything may still change about a request. Refused: `papers_closed`, `requirement_waived`."""
    if meeting_state in CLOSED_MEETINGS:
        raise Refused("papers_closed")
    if state == "waived":
        raise Refused("requirement_waived")


def check_submission(state: str, meeting_state: str, late: int, reason: str, due_at: datetime, late_decision: str = "") -> None:
    """Whether a unit may send a version now. One in place of an accepted paper needs a reason; readers keep the old one so long.

    Refused: `papers_closed`, `requirement_waived`, `late_refused`, `already_accepted`, `late_needs_reason`.
    """
    if meeting_state in CLOSED_MEETINGS:
        raise Refused("papers_closed")
    if state == "waived":
        raise Refused("requirement_waived")
    if late_decision == "refused":
        raise Refused("late_refused")
    if state in DONE_STATES and not reason:
        raise Refused("already_accepted")
    if late and not reason:
        raise Refused("late_needs_reason", minutes=late, due_at=due_at.isoformat())


def check_review(state: str, allowed: Iterable[str], meeting_state: str, reviewer: int, owners: Iterable[int | None]) -> None:
    """Whether somebody may decide on a version. Nobody decides on a paper of their own (`own_paper`).

    Refused: `papers_closed`, `nothing_to_review`, `own_paper`. `owners` are who sent and who uploaded it.
    """
    if meeting_state in CLOSED_MEETINGS:
        raise Refused("papers_closed")
    if state not in allowed:
        raise Refused("nothing_to_review")
    if reviewer in owners:
        raise Refused("own_paper")


def due_after_return(
    now: datetime, due_at: datetime, starts_at: datetime, calendar: WorkCalendar, closes: time = OFFICE_CLOSES
) -> datetime:
    """When a returned paper is due again if nothing else is said: the old time while it lies ahead, otherwise the end of the
    next working day, never after the start of the meeting. `now` is local; so is the result."""
    if due_at > now:
        return due_at
    day = now.date() + timedelta(days=1)
    while not calendar.works(day):
        day += timedelta(days=1)
    return min(datetime.combine(day, closes, now.tzinfo), max(starts_at, now + timedelta(minutes=1)))


def standing(state: str, due_at: datetime, now: datetime) -> str:
    """How a requirement stands on the board: accepted, submitted, returned, waived, overdue or open."""
    if state in OFFICE_STATES:
        return "submitted"
    if state in DONE_STATES:
        return "accepted"
    if state in OPEN_STATES - {"returned"}:
        return "overdue" if now > due_at else "open"
    return state


@dataclass(frozen=True)
class Span:
    """A length of time in its two largest units."""

    days: int = 0
    hours: int = 0
    minutes: int = 0


def span(minutes: int) -> Span:
    """Minutes as people say them: days and hours, hours and minutes, or minutes."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return Span(days=days, hours=hours)
    return Span(hours=hours, minutes=left)


@dataclass(frozen=True)
class Counts:
    """The figures above the board."""

    total: int
    accepted: int
    submitted: int
    returned: int
    open: int
    overdue: int
    in_time: int  # first submitted in time
    due: int  # of how many: submitted, or their due time has passed

    @property
    def percent_in_time(self) -> int | None:
        """Of those submitted or due, how many came in time, in per cent rounded half up; None when none is due yet."""
        return (self.in_time * 200 + self.due) // (self.due * 2) if self.due else None


def counts(rows: Sequence[tuple[str, int | None]]) -> Counts:
    """Counts (standing, minutes late of the first submission or None) pairs; waived ones are left out."""
    kept = [row for row in rows if row[0] != "waived"]
    standings = [row[0] for row in kept]
    judged = [late for standing_now, late in kept if late is not None or standing_now == "overdue"]
    return Counts(
        total=len(kept),
        accepted=standings.count("accepted"),
        submitted=standings.count("submitted"),
        returned=standings.count("returned"),
        open=standings.count("open"),
        overdue=standings.count("overdue"),
        in_time=sum(late == 0 for late in judged),
        due=len(judged),
    )


LONGEST_LOOK = 600  # seconds at one page without a turn; more is a tablet left open


def counted_seconds(looked: int) -> int:
    """How much of the time since the last mark counts as reading, in seconds."""
    return max(0, min(looked, LONGEST_LOOK))


def seen_with(seen: Iterable[int], more: Iterable[int], page_count: int) -> list[int]:
    """The pages seen so far together with those seen now, in order, none outside the document."""
    return sorted({page for page in (*seen, *more) if 1 <= page <= page_count})
