"""Whose tablets the desk may touch: those of the people of its own bodies, and nobody's who administers the system."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.organization.models import Account, Body, Membership
from meeting.permissions import INSTALLATION, Action, Actor, Role, allows


def holding(day: date) -> Select[Membership]:
    """The roles that hold on a day."""
    ends = or_(Membership.ends_on.is_(None), Membership.ends_on >= day)
    return select(Membership).where(Membership.starts_on <= day, ends)


@dataclass(frozen=True)
class Owner:
    """A person, as the subject of acts on their tablets."""

    account: Account

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """What the actor is in a body in which the owner has a role today; an administrator is one towards everybody.

        The tablets of an administrator are an administrator's to pair: a desk that paired one could give itself every right.
        """
        if actor.is_admin or actor.system:
            return INSTALLATION.hats_of(actor, session)
        if self.account.is_admin:
            return frozenset()
        mine = holding(clock.today()).where(Membership.person_id == self.account.person_id)
        shared = {each.body_id for each in session.scalars(mine)}
        hats: set[Role] = set()
        for body_id in sorted(shared):
            hats |= session.get_one(Body, body_id).hats_of(actor, session)
        return frozenset(hats)


def bodies_kept(session: Session, actor: Actor) -> list[Body]:
    """The bodies whose people's tablets this person keeps, in the order of their ids."""
    wanted = select(Body).where(Body.retired_on.is_(None), Body.practice_of_id.is_(None)).order_by(Body.rank, Body.id)
    return [
        each for each in session.scalars(wanted) if actor.is_admin or allows(Action.KEEP_TABLETS, each.hats_of(actor, session))
    ]


def accounts_of(session: Session, people: set[int]) -> dict[int, Account]:
    """The accounts of some people, by person."""
    found = session.scalars(select(Account).where(Account.person_id.in_(people)))
    return {each.person_id: each for each in found}


def people_in(session: Session, body_id: int) -> set[int]:
    """Who has a role in a body today."""
    return {each.person_id for each in session.scalars(holding(clock.today()).where(Membership.body_id == body_id))}


def keepable(session: Session, actor: Actor, accounts: Iterable[Account]) -> set[int]:
    """Of some accounts those whose tablets the actor may pair, reset and take off: what `Owner` says, for many at once."""
    some = list(accounts)
    if actor.is_admin:
        return {each.id for each in some}
    bodies = {each.id for each in session.scalars(select(Body)) if allows(Action.KEEP_TABLETS, each.hats_of(actor, session))}
    wanted = holding(clock.today()).where(
        Membership.body_id.in_(bodies), Membership.person_id.in_([each.person_id for each in some])
    )
    inside = {each.person_id for each in session.scalars(wanted)}
    return {each.id for each in some if each.person_id in inside and not each.is_admin}
