"""Pure rules of seating: what may be changed, two people never share a seat, and who sits where when the machine arranges."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from meeting.agenda.rules import OVER_STATES
from meeting.catalogues.plans import Plan, by_nearness
from meeting.catalogues.rules import rank_of
from meeting.errors import N_, Refused, declare
from meeting.organization.names import name_key

declare(
    {
        "seat_unknown": N_("There is no seat “%(label)s” on the plan of this meeting."),
        "seat_taken": N_("Seat %(label)s is taken by %(name)s."),
        "seat_named_twice": N_("Seat %(label)s is named twice."),
        "person_seated": N_("%(name)s already has seat %(label)s."),
        "seat_changed": N_("Somebody else has just changed seat %(label)s. Look at the plan as it is now and try again."),
        "seating_over": N_("The meeting is over: its seating plan stays as it was."),
        "seating_not_invited": N_("Only people who are invited to this meeting can be seated."),
        "seating_no_room": N_("Choose a room with a plan first."),
        "seating_no_plan": N_("No seats have been laid out for this meeting yet."),
    }
)


@dataclass(frozen=True)
class Change:
    """What one seat is to hold: a person or nobody. `was`: who sat there when it was decided (0: nobody; None: not said)."""

    label: str
    person: int | None
    was: int | None = None


@dataclass(frozen=True)
class Invited:
    """Somebody who can be seated, with what the order of honour needs."""

    id: int
    name: str
    position: str
    voting: bool
    chairs: bool = False
    keeps_minutes: bool = False
    absent: bool = False

    @property
    def group(self) -> int:
        """0 the chair, 1 those who vote, 2 the secretary, 3 guests."""
        return 0 if self.chairs else 1 if self.voting else 2 if self.keeps_minutes else 3


def check_open(state: str) -> None:
    """Seats can be changed until the meeting is over, also while it runs. Refused as `seating_over`."""
    if state in OVER_STATES:
        raise Refused("seating_over")


def applied(
    labels: Collection[str], seats: Mapping[str, int], changes: Sequence[Change], names: Mapping[int, str]
) -> dict[str, int]:
    """The seats after all changes at once, so that two people can change places. `names`: everybody invited.

    A taken seat is given to somebody else only where the change says who sat there (`was`), and a person who has a seat is
    moved only where that seat is changed too. Refused as `seat_unknown`, `seat_named_twice`, `seat_changed`, `seat_taken`,
    `person_seated`, `seating_not_invited`.
    """
    after = dict(seats)
    touched: set[str] = set()
    for change in changes:
        if change.label in touched:
            raise Refused("seat_named_twice", label=change.label)
        touched.add(change.label)
        _check_change(labels, seats, change, names)
        after.pop(change.label, None)
    for change in changes:
        if change.person is None:
            continue
        sits = next((label for label, person in after.items() if person == change.person), None)
        if sits is not None:
            raise Refused("person_seated", name=names[change.person], label=sits)
        after[change.label] = change.person
    return after


def _check_change(labels: Collection[str], seats: Mapping[str, int], change: Change, names: Mapping[int, str]) -> None:
    sitting = seats.get(change.label)
    if change.label not in labels and change.person is not None:
        raise Refused("seat_unknown", label=change.label)
    if change.person is not None and change.person not in names:
        raise Refused("seating_not_invited")
    if change.was is not None and change.was != (sitting or 0):
        raise Refused("seat_changed", label=change.label)
    if change.was is None and change.person is not None and sitting not in (None, change.person):
        raise Refused("seat_taken", label=change.label, name=names.get(sitting or 0, ""))


def in_order(people: Sequence[Invited], positions: Sequence[str]) -> list[Invited]:
    """The order of honour: the chair, those who vote by rank and given name, the secretary, then the guests likewise."""
    return sorted(people, key=lambda each: (each.group, rank_of(each.position, positions), name_key(each.name), each.id))


def arranged(plan: Plan, people: Sequence[Invited], positions: Sequence[str], kept: Mapping[str, int]) -> dict[str, int]:
    """Everybody's seat: the chair in front, the others by rank and given name, guests apart at the back or on guests' seats.

    People who reported their absence get none; `kept` seats stay as they are. When seats run out, the last of the order get none.
    """
    after = dict(kept)
    seated = set(kept.values())
    waiting = [each for each in in_order(people, positions) if each.id not in seated and not each.absent]
    insiders = [each for each in waiting if each.group < 3]
    guests = [each for each in waiting if each.group == 3]
    free = [cell for cell in by_nearness(plan) if cell.label not in after]
    front = [cell for cell in free if cell.kind != "guest"]
    for person, cell in zip(insiders, front, strict=False):
        after[cell.label] = person.id
    apart = [cell for cell in free if cell.kind == "guest"]
    left = [cell for cell in front[len(insiders) :] if cell.kind != "head"]
    missing = max(len(guests) - len(apart), 0)
    back = left[max(len(left) - missing, 0) :] if missing else []
    for person, cell in zip(guests, [*apart, *back], strict=False):
        after[cell.label] = person.id
    return after


def carried(plan: Plan, seats: Mapping[str, int]) -> dict[str, int]:
    """The seats that another plan still has: people keep their label, those whose seat is gone stand without one."""
    labels = {cell.label for cell in plan.seats}
    return {label: person for label, person in seats.items() if label in labels}
