"""Acts on roles: given in a body from a day to a day, ended, and what ends with them."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization import identity, rules
from meeting.organization.fields import BodyRole
from meeting.organization.models import Account, Body, ExtraRight, Membership, Person
from meeting.organization.reach import require_role
from meeting.permissions import Action


class SetRole(ActInput):
    """A role in a body from a day on."""

    person_id: int
    body_id: int
    role: BodyRole  # every role but administrator and system, which belong to no body
    starts_on: date | None = None  # today
    ends_on: date | None = None


@act("organization.set_role", Action.MANAGE_UNIT)
def set_role(tx: Tx, wanted: SetRole) -> dict[str, Any]:
    """Gives a person a role in a body; both days belong to the term. The person's open sessions end.

    A unit's administrator gives the roles of officers and heads to people of the own unit, in bodies of the own role. Refused:
    `term_ends_before_start`, `role_held` when a term of the same role meets this one, `body_retired`, `person_gone`,
    `beyond_unit`, `role_beyond_unit`. Recorded: ROLE_GIVEN.
    """
    person = require_role(tx, wanted.person_id, wanted.body_id, wanted.role)
    body = tx.get(Body, wanted.body_id)
    check_in_use(body, person)
    starts_on = wanted.starts_on or clock.local(tx.now).date()
    rules.check_term(starts_on, wanted.ends_on)
    if is_held(tx, person.id, body.id, wanted.role, starts_on, wanted.ends_on):
        raise Refused("role_held", name=person.full_name)
    row = Membership(person_id=person.id, body_id=body.id, role=wanted.role, starts_on=starts_on, ends_on=wanted.ends_on)
    tx.add(row)
    end_sessions(tx, person.id)
    tx.record(Event.ROLE_GIVEN, None, person_id=person.id, body_id=body.id, role=wanted.role, starts_on=starts_on.isoformat())
    return {"membership_id": row.id}


class EndRole(ActInput):
    """The last day of a role."""

    membership_id: int
    ends_on: date | None = None  # yesterday: over at once


@act("organization.end_role", Action.MANAGE_UNIT)
def end_role(tx: Tx, wanted: EndRole) -> dict[str, Any]:
    """Ends a role; without a day it is over at once. The person's open sessions end.

    A role that began today and is over at once leaves no term: its row goes, the journal keeps both entries.
    Extra rights in the body end with the last role there. A unit's administrator: as in giving. Refused: `role_over`,
    `term_ends_before_start`, `beyond_unit`, `role_beyond_unit`. Recorded: ROLE_ENDED.
    """
    held = _held(tx, wanted.membership_id)
    today = clock.local(tx.now).date()
    if held.ends_on is not None and held.ends_on < today:
        raise Refused("role_over")
    ends_on = wanted.ends_on or date.fromordinal(today.toordinal() - 1)
    tx.record(Event.ROLE_ENDED, None, person_id=held.person_id, body_id=held.body_id, role=held.role, ends_on=ends_on.isoformat())
    end_sessions(tx, held.person_id)
    person_id, body_id = held.person_id, held.body_id
    if wanted.ends_on is None and held.starts_on > ends_on:
        tx.delete(held)
    else:
        rules.check_term(held.starts_on, ends_on)
        held.ends_on = ends_on
    end_rights_with_roles(tx, person_id, body_id)
    return {}


def _held(tx: Tx, membership_id: int) -> Membership:
    """The role, when the actor may end it; a stranger hears nothing of it."""
    if not tx.may(Action.MANAGE_PEOPLE):
        tx.require(Action.MANAGE_UNIT)
    held = tx.get(Membership, membership_id)
    require_role(tx, held.person_id, held.body_id, held.role)
    return held


def is_held(tx: Tx, person_id: int, body_id: int, role: str, starts_on: date, ends_on: date | None) -> bool:
    """Whether a term of the same role meets this one."""
    same = select(Membership).where(Membership.person_id == person_id, Membership.body_id == body_id, Membership.role == role)
    return any(rules.terms_meet((held.starts_on, held.ends_on), (starts_on, ends_on)) for held in tx.scalars(same))


def check_in_use(body: Body, person: Person) -> None:
    """Roles and rights are given to people in service, in bodies that meet: `body_retired`, `person_gone`."""
    if body.retired_on is not None:
        raise Refused("body_retired", name=body.name)
    if person.retired_on is not None:
        raise Refused("person_gone", name=person.full_name)


def open_on(ends_on: Any, day: date) -> ColumnElement[bool]:
    """The condition that something has not ended before a day."""
    return or_(ends_on.is_(None), ends_on >= day)


def end_rights_with_roles(tx: Tx, person_id: int, body_id: int) -> None:
    """No extra right outlasts the last role in its body; one that has not begun by then goes."""
    tx.flush()
    today = clock.local(tx.now).date()
    rows = tx.scalars(select(Membership).where(Membership.person_id == person_id, Membership.body_id == body_id)).all()
    last = rules.last_day([(row.starts_on, row.ends_on) for row in rows], today)
    rights = select(ExtraRight).where(
        ExtraRight.person_id == person_id, ExtraRight.body_id == body_id, open_on(ExtraRight.ends_on, today)
    )
    for right in tx.scalars(rights).all():
        end_right_on(tx, right, last)


def end_right_on(tx: Tx, right: ExtraRight, last: date | None) -> None:
    """Ends a right on a day, if it would last longer; None: it may last."""
    if last is None or (right.ends_on is not None and right.ends_on <= last):
        return
    if right.starts_on > last:
        tx.delete(right)
    else:
        right.ends_on = last


def end_all(tx: Tx, person_id: int) -> list[list[Any]]:
    """Ends all roles and rights of a person yesterday; what had not begun by then goes. Tells which: [body, role]."""
    today = clock.local(tx.now).date()
    yesterday = today - timedelta(days=1)
    held = tx.scalars(select(Membership).where(Membership.person_id == person_id, open_on(Membership.ends_on, today))).all()
    ended = [[row.body_id, row.role] for row in held]
    bodies = {row.body_id for row in held}
    for row in held:
        if row.starts_on > yesterday:
            tx.delete(row)
        else:
            row.ends_on = yesterday
    for body_id in bodies:
        end_rights_with_roles(tx, person_id, body_id)
    return ended


def end_sessions(tx: Tx, person_id: int) -> None:
    """Ends all open sessions of a person's account, because rights or keys have changed."""
    account = tx.scalar(select(Account).where(Account.person_id == person_id))
    if account is not None:
        account.session_version += 1
        tx.after_commit(identity.forget_tokens)
