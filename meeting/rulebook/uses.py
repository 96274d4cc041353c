"""Where upper rooms tell what follows a rule book, and which due times they gave would now differ. Registration only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from meeting.permissions import Actor


@dataclass(frozen=True)
class Use:
    """An issued meeting that follows a book: it fixes the book as it is."""

    book_id: int
    title: str
    held_on: date


@dataclass(frozen=True)
class Differing:
    """A due time given to a unit that would be another one by today's rules and calendar. It never moves by itself."""

    meeting: str
    address: str  # of the page where it can be changed
    unit: str
    what: str
    given_at: datetime
    now_at: datetime


FindUses = Callable[[Session, Sequence[int]], list[Use]]
FindDiffering = Callable[[Session, Actor], list[Differing]]

_uses: list[FindUses] = []
_differing: list[FindDiffering] = []


def uses_books(find: FindUses) -> FindUses:
    """Registers who knows which issued meetings follow which of these books (one query)."""
    if find not in _uses:
        _uses.append(find)
    return find


def gives_due_times(find: FindDiffering) -> FindDiffering:
    """Registers who gives due times to units: what, of coming meetings this person prepares, would now be due at another time."""
    if find not in _differing:
        _differing.append(find)
    return find


def uses_of(session: Session, book_ids: Sequence[int]) -> list[Use]:
    """The issued meetings that follow these books, the latest first."""
    found = [use for find in _uses for use in find(session, book_ids)]
    return sorted(found, key=lambda use: use.held_on, reverse=True)


def differing(session: Session, actor: Actor) -> list[Differing]:
    """All due times given that would now differ, the earliest first."""
    return sorted((each for find in _differing for each in find(session, actor)), key=lambda each: each.given_at)
