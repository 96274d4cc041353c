"""What an administrator of people is shown on the start page: closed accounts, roles that end soon, what people still lack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from meeting import clock
from meeting.organization.models import Account, Body, ExtraRight, Membership, Person, SignIn, Unit
from meeting.organization.names import name_key
from meeting.organization.queries import demand
from meeting.organization.reach import units_within
from meeting.permissions import Action, Actor, Role

SOON_DAYS = 30
LACKS = ("no_account", "locked", "never_came", "no_role", "ends_soon", "no_mail")


@dataclass(frozen=True)
class Ending:
    """Roles or rights that end on one day in one body without going on, and whose they are, in order of names."""

    body: Body
    last_day: date
    people: tuple[Person, ...]
    kind: str  # role, right


@dataclass(frozen=True)
class OfUnit:
    """The people of a unit and its parts: how many, who lacks what, and which units are without a head."""

    count: int
    lacking: tuple[tuple[Person, tuple[str, ...]], ...]
    headless: tuple[Unit, ...]


def locked(session: Session, actor: Actor) -> list[Person]:
    """Who is in service while the account is locked, in order of names. Only for who administers all people."""
    demand(session, actor, Action.MANAGE_PEOPLE)
    wanted = select(Person).join(Account, Account.person_id == Person.id)
    found = session.scalars(wanted.where(~Account.active, Person.retired_on.is_(None))).unique()
    return sorted(found, key=lambda each: name_key(each.full_name))


def ending(session: Session, actor: Actor) -> list[Ending]:
    """Roles and extra rights that end within thirty days and are not carried on, the next day first. Two queries."""
    demand(session, actor, Action.MANAGE_PEOPLE)
    today = clock.today()
    last = today + timedelta(days=SOON_DAYS)
    after = aliased(Membership)
    goes_on = select(after.id).where(
        and_(after.person_id == Membership.person_id, after.body_id == Membership.body_id, after.role == Membership.role),
        or_(after.ends_on.is_(None), after.ends_on > Membership.ends_on),
        after.id != Membership.id,
    )
    roles = select(Body, Membership.ends_on, Person).select_from(Membership).join(Body, Body.id == Membership.body_id)
    roles = roles.join(Person, Person.id == Membership.person_id).where(
        Membership.ends_on.between(today, last), Membership.practice.is_(False), Person.retired_on.is_(None), ~goes_on.exists()
    )
    rights = select(Body, ExtraRight.ends_on, Person).select_from(ExtraRight).join(Body, Body.id == ExtraRight.body_id)
    rights = rights.join(Person, Person.id == ExtraRight.person_id).where(ExtraRight.ends_on.between(today, last))
    found = [*_by_day("role", session.execute(roles).unique()), *_by_day("right", session.execute(rights).unique())]
    return sorted(found, key=lambda each: (each.last_day, each.body.rank, each.body.id, each.kind))


def _by_day(kind: str, rows: Iterable[Sequence[object]]) -> list[Ending]:
    found: dict[tuple[int, date], tuple[Body, dict[int, Person]]] = {}
    for body, day, person in rows:
        assert isinstance(body, Body)
        assert isinstance(day, date)
        assert isinstance(person, Person)
        found.setdefault((body.id, day), (body, {}))[1][person.id] = person
    return [
        Ending(body, day, tuple(sorted(people.values(), key=lambda each: name_key(each.full_name))), kind)
        for (_, day), (body, people) in found.items()
    ]


def of_unit(session: Session, actor: Actor) -> OfUnit | None:
    """What the people of the own unit lack. None for who administers everybody or has no unit; `forbidden` to all others.

    Five queries, however many people.
    """
    demand(session, actor, Action.READ_PEOPLE)
    units = units_within(session, actor)
    if not units:
        return None
    wanted = select(Person, Account).outerjoin(Account, Account.person_id == Person.id)
    rows = session.execute(wanted.where(Person.unit_id.in_(units), Person.retired_on.is_(None))).unique().all()
    roles = _roles(session, [person.id for person, _ in rows])
    came = select(SignIn.account_id).where(SignIn.succeeded, SignIn.account_id.in_([each.id for _, each in rows if each]))
    seen = {*session.scalars(came.distinct())}
    lines = [(person, _lacks(person, account, roles.get(person.id, []), seen)) for person, account in rows]
    lacking = sorted((line for line in lines if line[1]), key=lambda line: name_key(line[0].full_name))
    led = {person.unit_id for person, _ in rows if any(each.role == Role.HEAD for each in roles.get(person.id, []))}
    every = session.scalars(select(Unit).where(Unit.id.in_(units), Unit.retired_on.is_(None)).order_by(Unit.rank, Unit.name))
    return OfUnit(len(rows), tuple(lacking), tuple(each for each in every if each.id not in led))


def _roles(session: Session, people: Sequence[int]) -> dict[int, list[Membership]]:
    """The roles of these people that hold today or begin later."""
    lasting = or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today())
    found: dict[int, list[Membership]] = {}
    wanted = select(Membership).where(Membership.person_id.in_(people), lasting, Membership.practice.is_(False))
    for row in session.scalars(wanted):
        found.setdefault(row.person_id, []).append(row)
    return found


def _lacks(person: Person, account: Account | None, held: Sequence[Membership], came: set[int | None]) -> tuple[str, ...]:
    """In the order of `LACKS`."""
    soon = clock.today() + timedelta(days=SOON_DAYS)
    found = {
        "no_account": account is None,
        "locked": account is not None and not account.active,
        "never_came": account is not None and account.active and not account.password_hash and account.id not in came,
        "no_role": not held,
        "ends_soon": bool(held) and all(row.ends_on is not None and row.ends_on <= soon for row in held),
        "no_mail": not person.email,
    }
    return tuple(code for code in LACKS if found[code])
