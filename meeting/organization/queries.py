"""What may be read of people, bodies and accounts. Lists come in Vietnamese order of names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.database import rights_now, setting
from meeting.errors import Forbidden, Missing
from meeting.organization.listing import Known
from meeting.organization.models import Account, ApiToken, Body, ExtraRight, Membership, Person, SignIn, Unit
from meeting.organization.names import folded, name_key
from meeting.organization.reach import reaches, units_within
from meeting.organization.rules import rights_in_force
from meeting.permissions import INSTALLATION, Action, Actor, Role, allows


@dataclass(frozen=True)
class Listed:
    """One line of the list of people."""

    person: Person
    account: Account | None
    roles: tuple[tuple[Body, Role], ...]
    last_used_at: datetime | None

    @property
    def state(self) -> str:
        """active, waiting (never had a password) or locked."""
        if self.account is None or not self.account.active:
            return "locked"
        return "active" if self.account.password_hash else "waiting"


def demand(session: Session, actor: Actor, action: Action) -> None:
    """Demands a right that belongs to no body; refused as `forbidden`."""
    if not allows(action, INSTALLATION.hats_of(actor, session)):
        raise Forbidden()


def holding_today() -> Select[Membership]:
    """The roles that hold today."""
    return _holding(clock.today())


def _holding(day: date) -> Select[Membership]:
    ends = or_(Membership.ends_on.is_(None), Membership.ends_on >= day)
    return select(Membership).where(Membership.starts_on <= day, ends)


def actor_of(session: Session, account: Account | None) -> Actor | None:
    """The account's owner with the roles that hold today; None when the account is locked or gone."""
    if account is None or not account.active:
        return None
    held = session.scalars(_holding(clock.today()).where(Membership.person_id == account.person_id)).all()
    return _actor(account, held, rights_of(session, [account.person_id]).get(account.person_id, ()), rights_now(session))


def rights_of(session: Session, people: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """The extra rights given for today, by person: (body_id, right). What of them counts is a rule of its own."""
    today = clock.today()
    wanted = select(ExtraRight.person_id, ExtraRight.body_id, ExtraRight.action).where(
        ExtraRight.person_id.in_(people),
        ExtraRight.starts_on <= today,
        or_(ExtraRight.ends_on.is_(None), ExtraRight.ends_on >= today),
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for person, body, right in session.execute(wanted):
        found.setdefault(person, []).append((body, right))
    return found


def actors_of_tokens(session: Session, digests: Sequence[str]) -> dict[str, Actor]:
    """The owners of unrevoked tokens by the tokens' hashes, with the roles that hold today: for many in four queries."""
    wanted = select(ApiToken.sha256, Account).join(Account, ApiToken.account_id == Account.id)
    found = session.execute(wanted.where(ApiToken.sha256.in_(digests), ApiToken.revoked_at.is_(None), Account.active)).unique()
    accounts: dict[str, Account] = {row[0]: row[1] for row in found}
    people = [account.person_id for account in accounts.values()]
    as_of = rights_now(session)
    held: dict[int, list[Membership]] = {}
    for row in session.scalars(_holding(clock.today()).where(Membership.person_id.in_(people))):
        held.setdefault(row.person_id, []).append(row)
    rights = rights_of(session, people)
    return {
        digest: _actor(account, held.get(account.person_id, ()), rights.get(account.person_id, ()), as_of)
        for digest, account in accounts.items()
    }


def _actor(account: Account, held: Iterable[Membership], rights: Iterable[tuple[int, str]], as_of: int | None) -> Actor:
    found = list(held)
    roles = frozenset((row.body_id, Role(row.role)) for row in found)
    return Actor(
        account_id=account.id,
        person_id=account.person_id,
        name=account.person.called,
        unit_id=account.person.unit_id,
        roles=roles,
        extra=rights_in_force(roles, rights) if rights else frozenset(),
        is_admin=account.is_admin,
        username=account.username,
        language=account.language,
        text_size=account.text_size,
        easy=account.easy,
        position=account.person.position,
        practice=frozenset(row.body_id for row in found if row.practice),
        as_of=as_of,
    )


def renewed(session: Session, actor: Actor) -> Actor | None:
    """Somebody with the rights that this session sees; None when the account is locked meanwhile. Visitors have none to renew."""
    if actor.only_meeting is not None:
        return actor
    return actor_of(session, session.get(Account, actor.account_id))


def account_named(session: Session, username: str) -> Account | None:
    """An account by its user name."""
    return session.scalar(select(Account).where(Account.username == username.strip().lower()))


def account_of_token(session: Session, sha256: str) -> Account | None:
    """The account whose unrevoked token has this hash."""
    wanted = select(Account).join(ApiToken, ApiToken.account_id == Account.id)
    return session.scalar(wanted.where(ApiToken.sha256 == sha256, ApiToken.revoked_at.is_(None)))


def bodies(session: Session) -> list[Body]:
    """The bodies that meet, in the order of the chart."""
    return list(
        session.scalars(select(Body).where(Body.retired_on.is_(None), Body.practice_of_id.is_(None)).order_by(Body.rank, Body.id))
    )


def every_body(session: Session) -> list[Body]:
    """All bodies, those that no longer meet too; none of a practice."""
    return list(session.scalars(select(Body).where(Body.practice_of_id.is_(None)).order_by(Body.rank, Body.id)))


def units(session: Session) -> list[Unit]:
    """The units that work, by name."""
    found = session.scalars(select(Unit).where(Unit.retired_on.is_(None)))
    return sorted(found, key=lambda unit: folded(unit.name))


def body_named(session: Session, name: str) -> Body:
    """A body by its short or full name, marks and capitals ignored; Missing when there is none."""
    for body in bodies(session):
        if folded(name) in (folded(body.short_name), folded(body.name)):
            return body
    raise Missing()


def members(session: Session, body_id: int, *roles: Role) -> list[Person]:
    """Who has one of these roles (any, when none is named) in a body today, in order of names."""
    held = _holding(clock.today()).where(Membership.body_id == body_id).with_only_columns(Membership.person_id)
    if roles:
        held = held.where(Membership.role.in_(roles))
    found = session.scalars(select(Person).where(Person.id.in_(held), Person.retired_on.is_(None)))
    return sorted(found, key=lambda person: name_key(person.full_name))


def people(
    session: Session, actor: Actor, words: str = "", body_id: int | None = None, unit_id: int | None = None
) -> list[Listed]:
    """The people on file for administration: by name or user name with or without marks, of a body or of a unit.

    A unit's administrator sees the people of that unit only. Refused as `forbidden` to whoever administers nobody. Five
    queries, however many people.
    """
    demand(session, actor, Action.READ_PEOPLE)
    accounts = {account.person_id: account for account in session.scalars(select(Account))}
    used = last_used(session)
    roles = _roles_by_person(session)
    listed = [
        Listed(person, account, tuple(roles.get(person.id, ())), used.get(account.id) if account else None)
        for person in session.scalars(select(Person))
        for account in [accounts.get(person.id)]
    ]
    units = units_within(session, actor)
    seen = [row for row in listed if reaches(units, row.person.unit_id)]
    chosen = [row for row in seen if _matches(row, folded(words)) and _within(row, body_id, unit_id)]
    return sorted(chosen, key=lambda row: name_key(row.person.full_name))


def _matches(row: Listed, words: str) -> bool:
    username = row.account.username if row.account else ""
    return all(word in f"{folded(row.person.full_name)} {username}" for word in words.split())


def _within(row: Listed, body_id: int | None, unit_id: int | None) -> bool:
    in_body = body_id is None or any(body.id == body_id for body, _ in row.roles)
    return in_body and (unit_id is None or row.person.unit_id == unit_id)


def _roles_by_person(session: Session) -> dict[int, list[tuple[Body, Role]]]:
    known = {body.id: body for body in session.scalars(select(Body))}
    found: dict[int, list[tuple[Body, Role]]] = {}
    for row in session.scalars(_holding(clock.today()).order_by(Membership.body_id, Membership.id)):
        found.setdefault(row.person_id, []).append((known[row.body_id], Role(row.role)))
    return found


def last_used(session: Session) -> dict[int, datetime]:
    """When each account last came in, by account id."""
    wanted = select(SignIn.account_id, func.max(SignIn.at)).where(SignIn.succeeded, SignIn.account_id.is_not(None))
    return {account_id: at for account_id, at in session.execute(wanted.group_by(SignIn.account_id)) if account_id}


def listed(session: Session, actor: Actor, person_id: int) -> Listed:
    """One person as the administration sees them; Missing when there is none."""
    demand(session, actor, Action.READ_PEOPLE)
    person = session.get(Person, person_id)
    if person is None or not reaches(units_within(session, actor), person.unit_id):
        raise Missing()
    account = session.scalar(select(Account).where(Account.person_id == person_id))
    used = last_used(session).get(account.id) if account else None
    return Listed(person, account, tuple(_roles_by_person(session).get(person_id, ())), used)


def memberships(session: Session, actor: Actor, person_id: int) -> list[Membership]:
    """All roles a person ever had, the newest first; none of a practice."""
    listed(session, actor, person_id)
    wanted = select(Membership).where(Membership.person_id == person_id, Membership.practice.is_(False))
    return list(session.scalars(wanted.order_by(Membership.starts_on.desc(), Membership.id)))


def tokens(session: Session, account_id: int) -> list[ApiToken]:
    """An account's tokens that still open the door, the newest first."""
    wanted = select(ApiToken).where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
    return list(session.scalars(wanted.order_by(ApiToken.id.desc())))


def administrators(session: Session) -> list[int]:
    """The accounts that can administer the system."""
    return list(session.scalars(select(Account.id).where(Account.is_admin, Account.active)))


def known(session: Session, *, changing: bool = False) -> Known:
    """What a list of people is checked against; `changing`: lines of people in service are corrections."""
    every_unit = {name: unit.id for unit in units(session) for name in (folded(unit.name), folded(unit.short_name))}
    every_body = {name: body.id for body in bodies(session) for name in (folded(body.name), folded(body.short_name))}
    usernames = frozenset(session.scalars(select(Account.username)))
    serving = select(Account.username).join(Person, Person.id == Account.person_id).where(Person.retired_on.is_(None))
    return Known(usernames, every_unit, every_body, frozenset(session.scalars(serving)) if changing else frozenset())


def parents(session: Session) -> dict[int, int | None]:
    """Of every unit the one above it."""
    return {row.id: row.parent_id for row in session.execute(select(Unit.id, Unit.parent_id))}


def unit_names(session: Session) -> frozenset[str]:
    """Every folded name that a unit goes or went by."""
    found: Sequence[Unit] = session.scalars(select(Unit)).all()
    return frozenset(folded(name) for unit in found for name in (unit.name, unit.short_name))


def first_address_holds(session: Session, sha256: str) -> bool:
    """Whether this is the open one-time address of the first administrator."""
    return setting(session, "first_administrator") == sha256 and not administrators(session)


def unit_of(session: Session, unit_id: int) -> Unit:
    """A unit by its id, retired ones too; Missing when there is none."""
    found = session.get(Unit, unit_id)
    if found is None:
        raise Missing()
    return found
