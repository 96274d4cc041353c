"""Where upper rooms put their parts of the meeting page and of the home page, what they hold of an item, what comes along.

Registration only: a room calls these once when it is loaded; the views of this room draw what is there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from sqlalchemy.orm import Session

from meeting.acts import Tx
from meeting.agenda.models import Item, Meeting
from meeting.permissions import Action, Actor

PanelPlace = Literal["tab", "side", "action", "item"]
CardPlace = Literal["next", "main", "side", "todo"]
Count = Callable[[Session, Actor, Meeting], int | None]
Load = Callable[..., dict[str, Any] | None]
Holder = Callable[[Session, Item], str | None]
Goes = Callable[[Tx, Item], None]


@dataclass(frozen=True)
class Panel:
    """A part of the meeting page: a tab, a card at the side, buttons at the head, or something in each row of the programme."""

    key: str
    place: PanelPlace
    label: str
    template: str
    load: Load
    count: Count | None
    action: Action
    order: int


@dataclass(frozen=True)
class Card:
    """A part of the home page."""

    key: str
    place: CardPlace
    template: str
    load: Load
    order: int


class Handling(Protocol):
    """How a piece of a meeting is taken from one and given to another that is made like it.

    `places` numbers the items that come along (item id: 0, 1, 2 …); `items` are the ids of the new items by those numbers.
    What is taken is a plain JSON value, because templates keep it.
    """

    @staticmethod
    def take(session: Session, meeting: Meeting, places: Mapping[int, int]) -> Any:
        """The piece as a plain value."""

    @staticmethod
    def give(tx: Tx, meeting: Meeting, items: Sequence[int], taken: Any) -> None:
        """Makes the piece anew in another meeting."""


@dataclass(frozen=True)
class Piece:
    """Something that comes along when a meeting is copied, repeated, or made from a template."""

    key: str
    label: str
    order: int
    take: Callable[[Session, Meeting, Mapping[int, int]], Any]
    give: Callable[[Tx, Meeting, Sequence[int], Any], None]


PANELS: dict[str, Panel] = {}
CARDS: dict[str, Card] = {}
HOLDERS: list[Holder] = []
GOES_ALONG: list[Goes] = []
PIECES: dict[str, Piece] = {}
AnyHandling = TypeVar("AnyHandling", bound=type[Handling])


def panel(
    key: str,
    *,
    place: PanelPlace,
    template: str,
    load: Load,
    label: str = "",
    count: Count | None = None,
    action: Action = Action.READ_MEETING,
    order: int = 50,
) -> None:
    """Registers a part of the meeting page. `load(session, actor, meeting)` gives what its template needs, None hides it."""
    PANELS[key] = Panel(key, place, label, template, load, count, action, order)


def home_card(key: str, *, place: CardPlace, template: str, load: Load, order: int = 50) -> None:
    """Registers a part of the home page. `load(session, actor)` gives what its template needs (`next`: also the meeting)."""
    CARDS[key] = Card(key, place, template, load, order)


def holds_item(function: Holder) -> Holder:
    """Registers who may say that an item cannot be removed: a declared refusal code, or None."""
    if function not in HOLDERS:
        HOLDERS.append(function)
    return function


def comes_along(key: str, label: str, *, order: int = 50) -> Callable[[AnyHandling], AnyHandling]:
    """Registers a class with `take` and `give` as a piece that can come along; `label` is what the form asks about."""

    def register(handling: AnyHandling) -> AnyHandling:
        PIECES[key] = Piece(key, label, order, handling.take, handling.give)
        for known in sorted(PIECES.values(), key=lambda each: each.order):
            PIECES[known.key] = PIECES.pop(known.key)
        return handling

    return register


def goes_with_item(function: Goes) -> Goes:
    """Registers what a room takes away together with an item that is removed from the programme."""
    GOES_ALONG.append(function)
    return function


def panels_at(place: PanelPlace) -> list[Panel]:
    """The panels of one place in their order."""
    return sorted((each for each in PANELS.values() if each.place == place), key=lambda each: (each.order, each.key))


def cards_at(place: CardPlace) -> list[Card]:
    """The cards of one place in their order."""
    return sorted((each for each in CARDS.values() if each.place == place), key=lambda each: (each.order, each.key))
