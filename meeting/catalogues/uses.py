"""Where an entry or a room is in use. Upper rooms say it; this room only asks them.

Registration only: `@says_use("room")` on a function(session, actor, id) that gives the places this person may know of, and
`@holds_room` on one that says whether meetings still to come need a room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from meeting.permissions import Actor

UsedKind = Literal["position", "document_type", "authority", "room"]


@dataclass(frozen=True)
class Use:
    """One place of use: what it is called, and its address (empty: nothing to open)."""

    label: str
    address: str = ""


Sayer = Callable[[Session, Actor, int], list[Use]]
Counter = Callable[[Session], dict[int, int]]

SAYERS: dict[str, list[Sayer]] = {}
COUNTERS: dict[str, list[Counter]] = {}
HOLDERS: list[Callable[[Session, int], bool]] = []


def says_use(kind: UsedKind) -> Callable[[Sayer], Sayer]:
    """Registers who can say where an entry of a kind (by its id) is in use."""

    def register(function: Sayer) -> Sayer:
        SAYERS.setdefault(kind, []).append(function)
        return function

    return register


def counts_use(kind: UsedKind) -> Callable[[Counter], Counter]:
    """Registers who can count the uses of all entries of a kind in one query: `{id: number}`."""

    def register(function: Counter) -> Counter:
        COUNTERS.setdefault(kind, []).append(function)
        return function

    return register


def holds_room(function: Callable[[Session, int], bool]) -> Callable[[Session, int], bool]:
    """Registers who can say that a room may not retire yet."""
    HOLDERS.append(function)
    return function


def used_in(session: Session, actor: Actor, kind: str, key: int) -> list[Use]:
    """All places of use that this person may know of."""
    return [use for sayer in SAYERS.get(kind, []) for use in sayer(session, actor, key)]


def used_counts(session: Session, kind: str) -> dict[int, int]:
    """How often each entry of a kind is used; entries that nobody uses are left out."""
    total: dict[int, int] = {}
    for counter in COUNTERS.get(kind, []):
        for key, number in counter(session).items():
            total[key] = total.get(key, 0) + number
    return total


def is_held(session: Session, room_id: int) -> bool:
    """Whether something still to come needs the room."""
    return any(holder(session, room_id) for holder in HOLDERS)
