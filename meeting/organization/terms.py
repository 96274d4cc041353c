"""The end of a body's term: all its roles end on one day, and the roster is carried to the next term."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from meeting.acts import ActInput, Tx, act
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization import queries, rules
from meeting.organization.fields import BodyRole
from meeting.organization.models import Body, Membership, Person
from meeting.organization.names import name_key
from meeting.organization.roles import check_in_use, end_rights_with_roles, end_sessions, is_held
from meeting.permissions import Action, Actor, Role

ELECTED = (Role.MEMBER, Role.CHAIR)  # the roles that a term of office is about; the desk's go on


@dataclass(frozen=True)
class Losing:
    """What one person loses at the end of a term."""

    person: Person
    roles: tuple[Role, ...]


def losing(session: Session, actor: Actor, body_id: int, last_day: date, roles: Sequence[str]) -> list[Losing]:
    """Who loses which roles when the term ends on a day, in order of names."""
    queries.demand(session, actor, Action.MANAGE_PEOPLE)
    if session.get(Body, body_id) is None:
        raise Missing()
    return by_person(session.scalars(_outlasting(body_id, last_day, roles)).unique().all())


def by_person(rows: Sequence[Membership]) -> list[Losing]:
    """The roles of each person, in order of names."""
    found: dict[int, tuple[Person, list[Role]]] = {}
    for row in rows:
        found.setdefault(row.person_id, (row.person, []))[1].append(Role(row.role))
    lines = [Losing(person, tuple(sorted(set(held), key=list(Role).index))) for person, held in found.values()]
    return sorted(lines, key=lambda line: name_key(line.person.full_name))


def _outlasting(body_id: int, last_day: date, roles: Sequence[str]) -> Any:
    """The roles that hold on the last day and would go on."""
    goes_on = or_(Membership.ends_on.is_(None), Membership.ends_on > last_day)
    wanted = select(Membership).where(Membership.body_id == body_id, Membership.starts_on <= last_day, goes_on)
    return wanted.where(Membership.role.in_(roles)).options(joinedload(Membership.person)).order_by(Membership.id)


class EndTerm(ActInput):
    """The last day of a term, and which roles end with it."""

    body_id: int
    last_day: date
    roles: list[BodyRole] = Field(default=["member", "chair"], min_length=1, max_length=10)


@act("organization.end_term", Action.MANAGE_PEOPLE)
def end_term(tx: Tx, wanted: EndTerm) -> dict[str, Any]:
    """Ends the roles of a term on one day, with the extra rights that rest on them; sessions of all concerned end.

    What they did stays. Roles that begin later are of the next term and stay. Refused: `term_without_roles` when nobody would
    lose anything. Recorded: TERM_ENDED with everybody and their roles.
    """
    tx.require(Action.MANAGE_PEOPLE)
    body = tx.get(Body, wanted.body_id)
    rows = tx.scalars(_outlasting(body.id, wanted.last_day, wanted.roles)).unique().all()
    if not rows:
        raise Refused("term_without_roles", body=body.name)
    for row in rows:
        row.ends_on = wanted.last_day
    people = sorted({row.person_id for row in rows})
    for person_id in people:
        end_rights_with_roles(tx, person_id, body.id)
        end_sessions(tx, person_id)
    ended = [[row.person_id, row.role] for row in rows]
    tx.record(Event.TERM_ENDED, body, body_id=body.id, last_day=wanted.last_day.isoformat(), ended=ended)
    return {"people": len(people), "roles": len(rows)}


class CopyRoster(ActInput):
    """Who goes on from one term to the next: those who held these roles on a day, or only some of them."""

    body_id: int
    held_on: date
    starts_on: date
    ends_on: date | None = None
    roles: list[BodyRole] = Field(default=["member", "chair"], min_length=1, max_length=10)
    people: list[int] | None = Field(default=None, max_length=1000)  # left out: everybody


@act("organization.copy_roster", Action.MANAGE_PEOPLE)
def copy_roster(tx: Tx, wanted: CopyRoster) -> dict[str, Any]:
    """Gives those who held roles on a day the same roles in the new term. Who holds one then already is passed over.

    Refused: `term_ends_before_start`, `roster_not_later` when the new term does not begin after that day, `body_retired`,
    `roster_empty` when nobody gets anything. Recorded: ROSTER_COPIED with everybody and their roles.
    """
    tx.require(Action.MANAGE_PEOPLE)
    body = tx.get(Body, wanted.body_id)
    rules.check_term(wanted.starts_on, wanted.ends_on)
    if wanted.starts_on <= wanted.held_on:
        raise Refused("roster_not_later")
    given: list[list[Any]] = []
    for person, role in _roster(tx.reading, wanted):
        check_in_use(body, person)
        if is_held(tx, person.id, body.id, role, wanted.starts_on, wanted.ends_on):
            continue
        values = {"role": role, "starts_on": wanted.starts_on, "ends_on": wanted.ends_on}
        tx.add(Membership(person_id=person.id, body_id=body.id, **values))
        given.append([person.id, role])
    if not given:
        raise Refused("roster_empty")
    for person_id in sorted({each[0] for each in given}):
        end_sessions(tx, person_id)
    tx.record(Event.ROSTER_COPIED, body, body_id=body.id, starts_on=wanted.starts_on.isoformat(), given=given)
    return {"roles": len(given), "passed_over": len(_roster(tx.reading, wanted)) - len(given)}


def _roster(session: Session, wanted: CopyRoster) -> list[tuple[Person, str]]:
    rows = held_on(session, wanted.body_id, wanted.held_on, wanted.roles)
    chosen = rows if wanted.people is None else [row for row in rows if row.person_id in set(wanted.people)]
    return [(row.person, row.role) for row in chosen if row.person.retired_on is None]


def held_on(session: Session, body_id: int, day: date, roles: Sequence[str]) -> list[Membership]:
    """The roles that held in a body on a day."""
    ends = or_(Membership.ends_on.is_(None), Membership.ends_on >= day)
    wanted = select(Membership).where(Membership.body_id == body_id, Membership.starts_on <= day, ends)
    wanted = wanted.where(Membership.role.in_(roles)).options(joinedload(Membership.person)).order_by(Membership.id)
    return list(session.scalars(wanted).unique())
