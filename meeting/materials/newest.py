"""What is new to somebody since they last looked at a meeting. Pure.

One visit is one look: within half an hour the marks of a visit stay where they are, so that going into a paper and back does
not wipe them; counts outside the meeting go at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

VISIT = timedelta(minutes=30)
KINDS = ("invitation", "programme", "paper", "version")


@dataclass(frozen=True)
class Happening:
    """Something of a meeting that may be new to one person: when it reached them, and what it is."""

    kind: str  # one of KINDS
    at: datetime
    key: int = 0  # the requirement of a paper
    opened: bool = False  # they have opened it meanwhile, so it is not new whatever the time


@dataclass(frozen=True)
class Looked:
    """When somebody looked last, and at the end of which earlier visit."""

    at: datetime | None = None
    before: datetime | None = None

    def again(self, now: datetime) -> "Looked":
        """After looking once more: another visit begins when the last look is half an hour ago."""
        if self.at is None:
            return Looked(now, now)
        return Looked(now, self.at if now - self.at > VISIT else self.before)

    def since(self, now: datetime) -> datetime | None:
        """The moment after which things stay marked on the page of the meeting itself; None: never looked before."""
        if self.at is None:
            return None
        return self.at if now - self.at > VISIT else self.before


def new_since(happenings: Sequence[Happening], since: datetime | None) -> list[Happening]:
    """What came after a moment and was not opened, newest first. At a first visit everything is new: only the invitation counts,
    so that a list of unread papers is not marked all over."""
    if since is None:
        return [each for each in happenings if each.kind == "invitation" and not each.opened]
    found = [each for each in happenings if each.at > since and not each.opened]
    return sorted(found, key=lambda each: each.at, reverse=True)
