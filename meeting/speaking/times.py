"""Speaking time: who spoke how often and how long, by person, by unit and by item. The sums are pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda.models import Item, Meeting
from meeting.organization.models import Person
from meeting.speaking.models import Floor

Key = int | str | None


@dataclass(frozen=True)
class Speech:
    """One speech that is over."""

    person_id: int
    name: str
    unit: str
    item_id: int | None
    kind: str
    seconds: int
    limit_seconds: int

    @property
    def over(self) -> int:
        """Seconds beyond the time given."""
        return max(0, self.seconds - self.limit_seconds)


@dataclass(frozen=True)
class Total:
    """What one person, unit or item took."""

    key: Key
    turns: int
    seconds: int
    over_seconds: int
    longest: int
    speakers: int


def totals(speeches: Sequence[Speech], key: Callable[[Speech], Key]) -> list[Total]:
    """Sums by a key, the longest time first; equal times in order of first speaking."""
    groups: dict[Key, list[Speech]] = {}
    for speech in speeches:
        groups.setdefault(key(speech), []).append(speech)
    sums = [
        Total(
            key=each,
            turns=len(group),
            seconds=sum(one.seconds for one in group),
            over_seconds=sum(one.over for one in group),
            longest=max(one.seconds for one in group),
            speakers=len({one.person_id for one in group}),
        )
        for each, group in groups.items()
    ]
    return sorted(sums, key=lambda total: -total.seconds)


def speeches(session: Session, meeting: Meeting, items: frozenset[int] | None = None) -> list[Speech]:
    """The speeches of a meeting in order; `items`: only those on these items."""
    found = session.scalars(
        select(Floor)
        .where(Floor.meeting_id == meeting.id, Floor.state == "done", Floor.started_at.is_not(None))
        .options(joinedload(Floor.person).joinedload(Person.unit))
        .order_by(Floor.started_at, Floor.id)
    )
    return [
        Speech(
            person_id=floor.person_id,
            name=floor.person.called,
            unit=floor.person.unit.name if floor.person.unit else "",
            item_id=floor.item_id,
            kind=floor.kind,
            seconds=floor.seconds,
            limit_seconds=floor.limit_seconds,
        )
        for floor in found
        if items is None or floor.item_id is None or floor.item_id in items
    ]


@dataclass(frozen=True)
class Times:
    """The speaking time of a meeting: rows of (what, its sums), the longest first."""

    people: list[tuple[Speech, Total]]
    units: list[tuple[str, Total]]
    items: list[tuple[Item | None, Total]]
    turns: int
    seconds: int


def of_meeting(session: Session, meeting: Meeting, items: frozenset[int] | None = None) -> Times:
    """All of it in two queries."""
    said = speeches(session, meeting, items)
    people: dict[Key, Speech] = {speech.person_id: speech for speech in said}
    named: dict[Key, Item] = {item.id: item for item in session.scalars(select(Item).where(Item.meeting_id == meeting.id))}
    return Times(
        people=[(people[total.key], total) for total in totals(said, lambda speech: speech.person_id)],
        units=[(str(total.key), total) for total in totals(said, lambda speech: speech.unit)],
        items=[(named.get(total.key), total) for total in totals(said, lambda speech: speech.item_id)],
        turns=len(said),
        seconds=sum(speech.seconds for speech in said),
    )
