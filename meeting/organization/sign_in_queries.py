"""The sign-in journal as it is read: filtered, page by page, and one's own lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import N_, declare
from meeting.organization import queries
from meeting.organization.models import Account, Person, SignIn
from meeting.organization.names import folded
from meeting.permissions import Action, Actor

PAGE = 100
MOST_EXPORTED = 50_000
OWN_SHOWN = 8
OUTCOMES = ("in", "refused")

declare(
    {
        "sign_ins_kept_too_short": N_("Sign-ins are kept for at least %(least)s days."),
        "term_without_roles": N_("Nobody in %(body)s would lose a role on that day."),
        "roster_empty": N_("Nobody gets a role by this: they all have it already, or nobody was chosen."),
        "roster_not_later": N_("The new term begins after the day on which the roster is read."),
    }
)


@dataclass(frozen=True)
class Wanted:
    """Which lines are asked for; empty means any. `since` and `until` are local days, both included."""

    username: str = ""
    person: str = ""  # part of a name, with or without marks
    address: str = ""
    outcome: str = ""  # in, refused
    way: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Line:
    """One attempt, and who it was where the account is known."""

    row: SignIn
    person: Person | None


def sign_ins(session: Session, actor: Actor, wanted: Wanted, size: int = PAGE, start: int = 0) -> list[Line]:
    """The lines asked for, the newest first. Refused as `forbidden` to whoever may not read the journal."""
    found = _filtered(session, actor, wanted).order_by(SignIn.at.desc(), SignIn.id.desc()).limit(size).offset(start)
    return _with_people(session, list(session.scalars(found)))


def count(session: Session, actor: Actor, wanted: Wanted) -> int:
    """How many lines are asked for."""
    return session.scalar(_filtered(session, actor, wanted).with_only_columns(func.count(SignIn.id))) or 0


def _filtered(session: Session, actor: Actor, wanted: Wanted) -> Select[Any]:
    queries.demand(session, actor, Action.READ_SIGN_INS)
    found = select(SignIn)
    if wanted.username:
        found = found.where(SignIn.username == wanted.username.strip().lower())
    if wanted.person:
        found = found.where(SignIn.account_id.in_(_accounts_of(session, wanted.person)))
    if wanted.address:
        found = found.where(SignIn.address.startswith(wanted.address.strip(), autoescape=True))
    if wanted.outcome in OUTCOMES:
        found = found.where(SignIn.succeeded.is_(wanted.outcome == "in"))
    if wanted.way:
        found = found.where(SignIn.way == wanted.way)
    if wanted.since:
        found = found.where(SignIn.at >= clock.at_local(wanted.since))
    if wanted.until:
        found = found.where(SignIn.at < clock.at_local(wanted.until + timedelta(days=1)))
    return found


def _accounts_of(session: Session, name: str) -> list[int]:
    words = folded(name).split()
    every = session.execute(select(Account.id, Person.full_name).join(Person, Person.id == Account.person_id))
    return [number for number, full in every if all(word in folded(full) for word in words)]


def _with_people(session: Session, rows: list[SignIn]) -> list[Line]:
    ids = {row.account_id for row in rows if row.account_id is not None}
    accounts: Iterable[Account] = session.scalars(select(Account).where(Account.id.in_(ids))).unique()
    people = {account.id: account.person for account in accounts}
    return [Line(row, people.get(row.account_id) if row.account_id is not None else None) for row in rows]


def own(session: Session, actor: Actor) -> list[SignIn]:
    """The last attempts to come in under one's own account, the newest first."""
    wanted = select(SignIn).where(SignIn.account_id == actor.account_id)
    return list(session.scalars(wanted.order_by(SignIn.at.desc(), SignIn.id.desc()).limit(OWN_SHOWN)))


def ways(session: Session) -> list[str]:
    """The ways of coming in that the journal knows."""
    return sorted(session.scalars(select(SignIn.way).distinct()))
