"""Acts on extra rights: work of the desk given to one person beside their roles, in one body, from a day to a day."""

from datetime import date, timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.grantable import GRANTABLE, JUDGES_UNITS
from meeting.organization import rules
from meeting.organization.models import Body, ExtraRight, Membership, Person
from meeting.organization.roles import check_in_use, end_sessions, open_on
from meeting.permissions import Action


class GiveRight(ActInput):
    """One right, by its name in the table of rights; both days belong to it."""

    person_id: int
    body_id: int
    right: str = Field(max_length=60)
    starts_on: date | None = None  # today
    ends_on: date | None = None  # as long as the role
    reason: str = Field(default="", max_length=1000)


@act("organization.give_right", Action.GIVE_RIGHTS)
def give_right(tx: Tx, wanted: GiveRight) -> dict[str, Any]:
    """Gives a person a right of the desk beside their roles; it ends with the last role in the body at the latest.

    It holds at once; the person's open sessions end. Refused: `right_unknown`, `right_own` for oneself, `right_needs_role`
    without a role in the body on its first day, `right_judges_own` for people of units who would judge what units hand in,
    `right_held`, `term_ends_before_start`, `body_retired`, `person_gone`. Recorded: RIGHT_GIVEN.
    """
    tx.require(Action.GIVE_RIGHTS)
    person, body = tx.get(Person, wanted.person_id), tx.get(Body, wanted.body_id)
    check_in_use(body, person)
    right = next((each for each in GRANTABLE if each.value == wanted.right), None)
    if right is None:
        raise Refused("right_unknown")
    if person.id == tx.actor.person_id:
        raise Refused("right_own")
    today = clock.local(tx.now).date()
    starts_on = wanted.starts_on or today
    rules.check_term(starts_on, wanted.ends_on)
    last = _last_day_of_roles(tx, person, body, right, starts_on)
    ends_on = min((end for end in (wanted.ends_on, last) if end is not None), default=None)
    _check_not_held(tx, person, body, right, starts_on, ends_on)
    row = ExtraRight(person_id=person.id, body_id=body.id, action=right.value, starts_on=starts_on, ends_on=ends_on)
    row.given_by_id, row.given_at, row.reason = tx.actor.person_id, tx.now, wanted.reason.strip()
    tx.add(row)
    end_sessions(tx, person.id)
    facts = {"right_id": row.id, "right": right.value, "starts_on": starts_on.isoformat(), "reason": row.reason}
    ends = ends_on.isoformat() if ends_on else None
    tx.record(Event.RIGHT_GIVEN, None, person_id=person.id, body_id=body.id, ends_on=ends, **facts)
    return {"right_id": row.id, "ends_on": ends}


def _last_day_of_roles(tx: Tx, person: Person, body: Body, right: Action, starts_on: date) -> date | None:
    """Until when a role in the body covers the right, None: without end. Checks that one covers its first day."""
    held = tx.scalars(select(Membership).where(Membership.person_id == person.id)).all()
    covering = [row for row in held if rules.holds_on(starts_on, row.starts_on, row.ends_on)]
    here = [(row.starts_on, row.ends_on) for row in covering if row.body_id == body.id]
    if not here:
        raise Refused("right_needs_role", name=person.full_name, body=body.short_name)
    if right in JUDGES_UNITS and any(row.role in rules.UNIT_ROLES for row in covering):
        raise Refused("right_judges_own")
    return rules.last_day(here, starts_on)


def _check_not_held(tx: Tx, person: Person, body: Body, right: Action, starts_on: date, ends_on: date | None) -> None:
    same = select(ExtraRight).where(
        ExtraRight.person_id == person.id, ExtraRight.body_id == body.id, ExtraRight.action == right.value
    )
    for held in tx.scalars(same):
        if rules.terms_meet((held.starts_on, held.ends_on), (starts_on, ends_on)):
            raise Refused("right_held", name=person.full_name)


class TakeRight(ActInput):
    """An extra right that is over at once."""

    right_id: int


@act("organization.take_right", Action.GIVE_RIGHTS)
def take_right(tx: Tx, wanted: TakeRight) -> dict[str, Any]:
    """Takes an extra right back: it is over at once, and the person's open sessions end.

    What was given today leaves no row, the journal keeps both entries. Refused: `right_over`. Recorded: RIGHT_TAKEN.
    """
    tx.require(Action.GIVE_RIGHTS)
    row = tx.get(ExtraRight, wanted.right_id)
    today = clock.local(tx.now).date()
    if row.ends_on is not None and row.ends_on < today:
        raise Refused("right_over")
    end_sessions(tx, row.person_id)
    tx.record(Event.RIGHT_TAKEN, None, person_id=row.person_id, body_id=row.body_id, right_id=row.id, right=row.action)
    if row.starts_on >= today:
        tx.delete(row)
    else:
        row.ends_on = today - timedelta(days=1)
    return {}


def rights_given(tx_or_session: Any, person_id: int, today: date) -> list[ExtraRight]:
    """The rights of a person that hold or will hold, by body and name."""
    wanted = select(ExtraRight).where(ExtraRight.person_id == person_id, open_on(ExtraRight.ends_on, today))
    return list(tx_or_session.scalars(wanted.order_by(ExtraRight.body_id, ExtraRight.action)))
