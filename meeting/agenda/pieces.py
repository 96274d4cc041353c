"""What comes along when a meeting is made like another one: of this room the items and the participants.

A piece is taken from a meeting as a plain value and given to another; a template is the value kept. Upper rooms register
theirs (the papers owed) in the same way.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx
from meeting.agenda.models import FurtherPresenter, Item, Meeting, Participant
from meeting.agenda.ordering import renumber
from meeting.agenda.panels import PIECES, comes_along
from meeting.agenda.rules import SET_ASIDE_STATES
from meeting.errors import N_
from meeting.organization.models import Person, Unit

ITEMS, PEOPLE = "items", "participants"
KEPT = ("title", "kind", "minutes_planned", "outside")


def take(session: Session, meeting: Meeting, keys: Iterable[str]) -> dict[str, Any]:
    """The wanted pieces of a meeting as plain values; what hangs on items comes along only with the items."""
    wanted = set(keys)
    places = {item.id: place for place, item in enumerate(kept(meeting))} if ITEMS in wanted else {}
    return {key: piece.take(session, meeting, places) for key, piece in PIECES.items() if key in wanted}


def give(tx: Tx, meeting: Meeting, taken: Mapping[str, Any]) -> list[int]:
    """Gives pieces to a new meeting, its items first; returns the ids of the items in order."""
    items = _give_items(tx, meeting, taken.get(ITEMS) or [])
    for key, piece in PIECES.items():
        if key in taken and key != ITEMS:
            piece.give(tx, meeting, items, taken[key])
    return items


def kept(meeting: Meeting) -> list[Item]:
    """The items that are worth repeating: not those set aside."""
    return [each for each in meeting.items if each.state not in SET_ASIDE_STATES]


@comes_along(ITEMS, N_("Items with their units, presenters and minutes"), order=0)
class Items:
    """The programme as a tree."""

    @staticmethod
    def take(_session: Session, meeting: Meeting, places: Mapping[int, int]) -> list[dict[str, Any]]:
        """Each item with the place of its parent among them."""
        return [
            {
                **{name: getattr(item, name) for name in KEPT},
                "parent": places.get(item.parent_id) if item.parent_id else None,
                "unit_id": item.unit_id,
                "presenter_ids": [each.id for each in item.presenters],
            }
            for item in kept(meeting)
        ]

    @staticmethod
    def give(tx: Tx, meeting: Meeting, _items: Sequence[int], taken: Any) -> None:
        """Done first of all, by `give` above, because the other pieces need the items."""


def _give_items(tx: Tx, meeting: Meeting, taken: Sequence[Mapping[str, Any]]) -> list[int]:
    """Makes the items; people and units that are no longer on file are left out."""
    people = _on_file(tx, Person, [key for each in taken for key in each["presenter_ids"]])
    units = _on_file(tx, Unit, [each["unit_id"] for each in taken])
    made: list[int] = []
    for position, each in enumerate(taken, 1):
        presenters = [key for key in each["presenter_ids"] if key in people]
        item = tx.add(
            Item(
                meeting_id=meeting.id,
                position=position,
                parent_id=made[each["parent"]] if each["parent"] is not None else None,
                unit_id=each["unit_id"] if each["unit_id"] in units else None,
                presenter_id=presenters[0] if presenters else None,
                **{name: each[name] for name in KEPT},
            )
        )
        for rank, person_id in enumerate(presenters[1:], 1):
            tx.add(FurtherPresenter(item_id=item.id, person_id=person_id, rank=rank))
        made.append(item.id)
    if made:
        renumber(tx, meeting.id)
    return made


@comes_along(PEOPLE, N_("Guests with the items they come for"), order=10)
class People:
    """Guests; members, chair and secretary of the body come by themselves."""

    @staticmethod
    def take(_session: Session, meeting: Meeting, places: Mapping[int, int]) -> list[dict[str, Any]]:
        """Guests by person, with the places of the items they are limited to."""
        guests = [each for each in meeting.participants if not each.voting and each.stands_for_id is None]
        return [{"person_id": each.person_id, "items": _places(each.item_ids, places)} for each in guests]

    @staticmethod
    def give(tx: Tx, meeting: Meeting, items: Sequence[int], taken: Any) -> None:
        """Puts the guests on the list who are still on file and not on it yet."""
        present = set(tx.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting.id)))
        people = _on_file(tx, Person, [each["person_id"] for each in taken]) - present
        for each in taken:
            if each["person_id"] not in people:
                continue
            limit = [items[place] for place in each["items"] if place < len(items)] if each["items"] is not None else None
            if limit is None or limit:  # a guest whose items did not come along has nothing to come for
                tx.add(Participant(meeting_id=meeting.id, person_id=each["person_id"], voting=False, item_ids=limit))


def _places(item_ids: list[int] | None, places: Mapping[int, int]) -> list[int] | None:
    return [places[key] for key in item_ids if key in places] if item_ids else None


def _on_file(tx: Tx, model: Any, ids: Iterable[int | None]) -> set[int]:
    wanted = {key for key in ids if key is not None}
    return set(tx.scalars(select(model.id).where(model.id.in_(wanted), model.retired_on.is_(None)))) if wanted else set()
