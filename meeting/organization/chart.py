"""The organization chart as it is read: bodies, the units that serve them, units below units, and the people of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.organization import queries
from meeting.organization.models import Body, Membership, Person, Unit
from meeting.organization.names import folded, name_key
from meeting.organization.reach import reaches, units_within
from meeting.organization.tree import below, tops
from meeting.permissions import Action, Actor, Role


@dataclass
class Node:
    """A unit with its people and what lies below it."""

    unit: Unit
    people: list[Person] = field(default_factory=list)
    parts: list["Node"] = field(default_factory=list)
    known: bool = True  # whether its people may be told

    @property
    def count(self) -> int:
        """The people of the unit and of all below it."""
        return len(self.people) + sum(part.count for part in self.parts)


@dataclass
class Branch:
    """A body with its members and the units that serve it; without a body: units that serve none."""

    body: Body | None
    members: list[Person] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


def chart(session: Session, actor: Actor, *, retired: bool = False) -> list[Branch]:
    """The whole tree for administration; a unit's administrator sees the part of the own unit. Four queries.

    With `retired` also what has ended. Refused as `forbidden` to whoever administers nobody.
    """
    queries.demand(session, actor, Action.READ_PEOPLE)
    within = units_within(session, actor)
    units = [unit for unit in session.scalars(select(Unit)) if retired or unit.retired_on is None]
    seen = {unit.id: Node(unit) for unit in units if reaches(within, unit.id)}
    for person in session.scalars(select(Person).where(Person.retired_on.is_(None))).unique():
        if person.unit_id in seen:
            seen[person.unit_id].people.append(person)
    roots = _joined(seen, {unit.id: unit.parent_id for unit in units})
    if within is not None:
        return [Branch(None, [], roots)] if roots else []
    return _by_body(session, roots, retired=retired)


def _joined(seen: dict[int, Node], parents: dict[int, int | None]) -> list[Node]:
    """Puts each node below its parent; returns those with nothing above them."""
    top = tops(parents, seen)
    for number, node in seen.items():
        node.people.sort(key=lambda person: name_key(person.full_name))
        parent = parents.get(number)
        if number not in top and parent is not None:
            seen[parent].parts.append(node)
    for node in seen.values():
        node.parts.sort(key=in_order)
    return sorted((seen[number] for number in top), key=in_order)


def in_order(node: Node) -> tuple[int, str]:
    """The place among those beside it."""
    return node.unit.rank, folded(node.unit.name)


def _by_body(session: Session, roots: Sequence[Node], *, retired: bool) -> list[Branch]:
    branches = {body.id: Branch(body) for body in queries.every_body(session) if retired or body.retired_on is None}
    held = queries.holding_today().where(Membership.role == Role.MEMBER)
    people = {person.id: person for person in session.scalars(select(Person)).unique()}
    for row in session.scalars(held):
        if row.body_id in branches:
            branches[row.body_id].members.append(people[row.person_id])
    rest = Branch(None)
    for node in roots:
        branches.get(node.unit.body_id or 0, rest).nodes.append(node)
    for branch in branches.values():
        branch.members.sort(key=lambda person: name_key(person.full_name))
    return [*branches.values(), *([rest] if rest.nodes else [])]


def places_for(session: Session, unit: Unit) -> list[Unit]:
    """The units below which this one may be put, by name: working ones that do not lie below it."""
    own = below(queries.parents(session), unit.id)
    return [each for each in queries.units(session) if each.id not in own]
