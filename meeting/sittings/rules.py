"""Pure rules of a session of a council: which sittings it has, in which order, and who has come to how many.

NQ 104/2025/UBTVQH15 Điều 14: a preparatory sitting (phiên trù bị, where it is held) comes before the opening, the closing is the
last; Điều 15: matters are discussed in plenary and in groups (Tổ), and minutes are kept of both; Điều 11: attendance is taken for
each sitting and for the session.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from meeting.errors import N_, Refused, declare

KINDS = ("preparatory", "opening", "plenary", "group", "closing")
ONCE = frozenset({"preparatory", "opening", "closing"})  # at most one of each in a session
TOGETHER = frozenset({"preparatory", "opening", "plenary", "closing"})  # the whole council sits
HERE = frozenset({"present", "late", "remote", "left"})  # who left early has come
GONE = frozenset({"cancelled", "postponed"})  # sittings that do not take place
SESSION_KINDS = ("regular", "special")

SITTING_NAMES = {
    "preparatory": N_("Preparatory sitting"),
    "opening": N_("Opening sitting"),
    "plenary": N_("Plenary sitting"),
    "group": N_("Group sitting"),
    "closing": N_("Closing sitting"),
}
SESSION_NAMES = {"regular": N_("Regular session"), "special": N_("Special session")}

declare(
    {
        "session_days_turned": N_("A session ends on the day it begins or later."),
        "session_number_taken": N_("Session number %(number)s of this body is on file already: %(name)s."),
        "session_not_council": N_("Only a People's Council sits in sessions."),
        "session_days_left": N_("A sitting of this session lies on %(day)s: the session has to cover it."),
        "sitting_outside": N_("The sitting lies outside the days of the session (%(starts)s to %(ends)s)."),
        "sitting_once": N_("The session has this sitting already: %(title)s."),
        "sitting_before": N_("%(title)s comes before: a sitting cannot begin earlier than that."),
        "sitting_after": N_("%(title)s comes after: a sitting cannot begin later than that."),
        "group_needed": N_("Choose the Tổ that sits."),
        "group_sits": N_("%(group)s sits at this time already."),
        "group_empty": N_("Nobody belongs to %(group)s yet."),
        "group_other_body": N_("This group belongs to another body."),
        "sitting_taken": N_("This meeting is a sitting of a session already."),
        "sitting_begun": N_("This sitting has begun: it stays in its session."),
        "presidium_not_seated": N_("%(name)s has no seat with a vote in this sitting."),
    }
)


@dataclass(frozen=True)
class Sitting:
    """A sitting as the order sees it."""

    id: int
    kind: str
    starts_at: datetime
    title: str = ""
    ends_at: datetime | None = None
    group_id: int | None = None


def check_days(starts_on: date, ends_on: date, sitting_days: Iterable[date] = ()) -> None:
    """A session covers all its sittings. Refused as `session_days_turned`, `session_days_left`."""
    if ends_on < starts_on:
        raise Refused("session_days_turned")
    for day in sorted(sitting_days):
        if not starts_on <= day <= ends_on:
            raise Refused("session_days_left", day=day.isoformat())


def check_sitting(wanted: Sitting, day: date, starts_on: date, ends_on: date, others: Sequence[Sitting], group: str = "") -> None:
    """Whether a sitting fits into its session.

    Refused: `sitting_outside`, `group_needed`, `sitting_once`, `sitting_before` and `sitting_after` (preparatory, opening,
    all others, closing: Điều 14), `group_sits` (a Tổ sits once at a time).
    """
    if not starts_on <= day <= ends_on:
        raise Refused("sitting_outside", starts=starts_on.isoformat(), ends=ends_on.isoformat())
    if wanted.kind == "group" and wanted.group_id is None:
        raise Refused("group_needed")
    for other in others:
        if other.id != wanted.id:
            _check_pair(wanted, other, group)


def _check_pair(wanted: Sitting, other: Sitting, group: str) -> None:
    if wanted.kind in ONCE and other.kind == wanted.kind:
        raise Refused("sitting_once", title=other.title)
    if _rank(other.kind) < _rank(wanted.kind) and wanted.starts_at < other.starts_at:
        raise Refused("sitting_before", title=other.title)
    if _rank(other.kind) > _rank(wanted.kind) and wanted.starts_at > other.starts_at:
        raise Refused("sitting_after", title=other.title)
    if wanted.group_id is not None and other.group_id == wanted.group_id and _meet(wanted, other):
        raise Refused("group_sits", group=group)


def _rank(kind: str) -> int:
    return {"preparatory": 0, "opening": 1, "plenary": 2, "group": 2, "closing": 3}[kind]


def _meet(one: Sitting, other: Sitting) -> bool:
    """Whether two sittings overlap; one without an end lasts to the end of time."""
    starts_first, starts_later = sorted((one, other), key=lambda each: each.starts_at)
    return starts_first.ends_at is None or starts_later.starts_at < starts_first.ends_at


@dataclass(frozen=True)
class Came:
    """How somebody attended a session: sittings held that called for them, come to, and missed with or without an excuse."""

    called: int = 0
    came: int = 0
    excused: int = 0
    unexcused: int = 0


def tally(presences: Mapping[int, str], held: Iterable[int]) -> Came:
    """The count of one person. `presences`: by sitting for which they were called; `held`: sittings that took place."""
    counted = [presences[sitting] for sitting in held if sitting in presences]
    came = sum(presence in HERE for presence in counted)
    excused = sum(presence == "excused" for presence in counted)
    return Came(len(counted), came, excused, len(counted) - came - excused)


def days_of(sittings: Sequence[Sitting], day_of: Mapping[int, date]) -> dict[date, list[Sitting]]:
    """The sittings day by day, each day in the order of beginning; those at one time side by side as they stand."""
    found: dict[date, list[Sitting]] = {}
    for sitting in sorted(sittings, key=lambda each: (each.starts_at, each.id)):
        found.setdefault(day_of[sitting.id], []).append(sitting)
    return found
