"""How far somebody's administration of people reaches: everybody, or the people of one unit and its parts."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.acts import Tx
from meeting.errors import Missing, Refused
from meeting.organization.models import Account, Body, ExtraRight, Membership, Person, Unit
from meeting.organization.tree import below
from meeting.permissions import INSTALLATION, Action, Actor, Role, allows

UNIT_GIVES = frozenset({Role.OFFICER, Role.HEAD})  # the roles that a unit's administrator gives and ends
OF_UNIT = UNIT_GIVES | {Role.GUEST}


def units_within(session: Session, actor: Actor) -> frozenset[int] | None:
    """The units whose people this person administers; None: all of them. Nobody's is empty."""
    if allows(Action.MANAGE_PEOPLE, INSTALLATION.hats_of(actor, session)):
        return None
    if actor.unit_id is None or not actor.bodies_as(Role.UNIT_ADMIN):
        return frozenset()
    parents = {row.id: row.parent_id for row in session.execute(select(Unit.id, Unit.parent_id))}
    return below(parents, actor.unit_id)


def reaches(units: frozenset[int] | None, unit_id: int | None) -> bool:
    """Whether somebody of this unit is among those administered."""
    return units is None or (unit_id is not None and unit_id in units)


def require_unit(tx: Tx, unit_id: int | None) -> frozenset[int] | None:
    """Demands that people of this unit may be administered; somebody else's unit is `not_found`."""
    if tx.may(Action.MANAGE_PEOPLE):
        tx.require(Action.MANAGE_PEOPLE)
        return None
    tx.require(Action.MANAGE_UNIT)
    units = units_within(tx.reading, tx.actor)
    if not reaches(units, unit_id):
        raise Missing()
    return units


def require_person(tx: Tx, person_id: int, *, whole: bool = True) -> Person:
    """Demands the administration of a person; people of other units are `not_found`.

    A unit's administrator has no hand in the accounts and roles of people who have duties beyond the unit: they vote, sign,
    keep meetings, administer (`beyond_unit`). `whole` false: only what is on file is changed.
    """
    if tx.may(Action.MANAGE_PEOPLE):
        tx.require(Action.MANAGE_PEOPLE)
        return tx.get(Person, person_id)
    tx.require(Action.MANAGE_UNIT)
    person = tx.get(Person, person_id)
    if not reaches(units_within(tx.reading, tx.actor), person.unit_id):
        raise Missing()
    if is_beyond_unit(tx.reading, person.id, whole=whole):
        raise Refused("beyond_unit", name=person.full_name)
    return person


def is_beyond_unit(session: Session, person_id: int, *, whole: bool = True) -> bool:
    """Whether somebody has duties that are not the unit's: another role or one in the Party, now or later, an extra
    right, the administration."""
    if session.scalar(select(Account.is_admin).where(Account.person_id == person_id)):
        return True
    if not whole:
        return False
    today = clock.today()
    open_role = or_(Membership.ends_on.is_(None), Membership.ends_on >= today)
    party = select(Body.id).where(Body.kind == "party")  # whoever sets a password there reads what the Party says
    beyond = or_(Membership.role.not_in(OF_UNIT), Membership.body_id.in_(party))
    role = select(Membership.id).where(Membership.person_id == person_id, open_role, beyond, ~Membership.practice)
    open_right = or_(ExtraRight.ends_on.is_(None), ExtraRight.ends_on >= today)
    right = select(ExtraRight.id).where(ExtraRight.person_id == person_id, open_right)
    return session.scalar(role.limit(1)) is not None or session.scalar(right.limit(1)) is not None


def require_role(tx: Tx, person_id: int, body_id: int, role: str) -> Person:
    """Demands that this role may be given or ended. A unit's administrator: officers and heads, in bodies of their own."""
    person = require_person(tx, person_id)
    if tx.may(Action.MANAGE_PEOPLE):
        return person
    if body_id not in tx.actor.bodies_as(Role.UNIT_ADMIN):
        raise Missing()
    if role not in UNIT_GIVES:
        raise Refused("role_beyond_unit")
    return person
