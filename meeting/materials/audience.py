"""Whom a paper is for, and from when. Pure.

The office decides which papers circulate and how far (NQ 104/2025/UBTVQH15 Điều 12.1, 12.3): to members and guests, to members
only, or to the office and the chair alone; and for each group at once, at a set time, or at the opening of the meeting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from meeting.errors import N_, Refused, declare
from meeting.permissions import Role

GROUPS = ("members", "guests")  # whose release can be timed
REACH = {"all": frozenset(GROUPS), "members": frozenset({"members"}), "office": frozenset[str]()}

declare(
    {
        "release_passed": N_("The time of release lies in the past. Choose a later one, or release at once."),
        "release_after_opening": N_("The meeting has been opened already. Release the paper at once or at a later time."),
        "release_not_reached": N_("The paper is not for this group, so there is no time to set for it."),
        "papers_filed": N_("The meeting is in the archive. Its papers stay as they were handed out."),
    }
)


@dataclass(frozen=True)
class Timing:
    """When one group gets a paper: at a time, or at the opening (`at` is None); `made_at` says that it happened."""

    group: str
    at: datetime | None
    made_at: datetime | None = None


def group_of(hats: Iterable[Role], substitute: bool = False) -> str:
    """Which group somebody belongs to by their hats in the meeting: members, guests, or "" for neither.

    Whoever stands for a member reads what the member reads, with a vote or without.
    """
    worn = set(hats)
    if Role.MEMBER in worn or (substitute and Role.GUEST in worn):
        return "members"
    return "guests" if Role.GUEST in worn else ""


def reaches(audience: str, group: str, timings: Iterable[Timing]) -> bool:
    """Whether a published paper has reached a group: it is for them, and its time has been made true by the worker."""
    if group not in REACH[audience]:
        return False
    return all(each.made_at is not None for each in timings if each.group == group)


def since(
    audience: str, group: str, timings: Iterable[Timing], published_at: datetime, issued_at: datetime | None
) -> datetime | None:
    """From when a group can read a paper; None while it cannot. Published before the issue: from the issue on."""
    own = [each for each in timings if each.group == group]
    if issued_at is None or not reaches(audience, group, own):
        return None
    return max(published_at, issued_at, *(each.made_at for each in own if each.made_at))


def check_timing(audience: str, timing: Timing, now: datetime, opened: bool) -> None:
    """Whether a release can be set like this. Refused: `release_not_reached`, `release_passed`, `release_after_opening`."""
    if timing.group not in REACH[audience]:
        raise Refused("release_not_reached")
    if timing.at is None and opened:
        raise Refused("release_after_opening")
    if timing.at is not None and timing.at <= now:
        raise Refused("release_passed")


def is_due(timing: Timing, now: datetime, opened: bool) -> bool:
    """Whether the worker has to make a release true now."""
    if timing.made_at is not None:
        return False
    return opened if timing.at is None else timing.at <= now
