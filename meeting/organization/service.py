"""Acts on bodies, units, people and their roles. Nothing that is referred to is deleted: it ends or retires."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization import identity, queries, rules
from meeting.organization.models import Account, Body, Membership, Person, Unit
from meeting.organization.names import folded, free_username, nfc
from meeting.permissions import Action, Role

Title = Annotated[str, Field(min_length=1, max_length=300)]
Short = Annotated[str, Field(min_length=1, max_length=60)]


class AddBody(ActInput):
    """A body that will meet."""

    kind: Literal["council", "committee", "party"]
    name: Title
    short_name: Short
    symbol_code: Short
    parent_name: str = Field(default="", max_length=300)
    place: str = Field(default="", max_length=300)
    term_started_on: date | None = None


@act("organization.add_body", Action.MANAGE_PEOPLE)
def add_body(tx: Tx, wanted: AddBody) -> dict[str, Any]:
    """Adds a body that meets. Refused: `body_exists`. Recorded: BODY_ADDED, to which the agenda answers with meeting types."""
    tx.require(Action.MANAGE_PEOPLE)
    names = {folded(nfc(wanted.name)), folded(nfc(wanted.short_name))}
    for body in tx.scalars(select(Body)):
        if names & {folded(body.name), folded(body.short_name)}:
            raise Refused("body_exists", name=body.name)
    values = wanted.model_dump(exclude={"meeting_id"})
    body = tx.add(Body(**{key: nfc(value) if isinstance(value, str) else value for key, value in values.items()}))
    body.address_form = "dong_chi" if body.is_party else "ong_ba"
    tx.record(Event.BODY_ADDED, body, body_id=body.id, kind=body.kind, name=body.name)
    return {"body_id": body.id}


class AddUnit(ActInput):
    """A unit that prepares papers and carries out tasks."""

    name: Title
    short_name: Short


@act("organization.add_unit", Action.MANAGE_PEOPLE)
def add_unit(tx: Tx, wanted: AddUnit) -> dict[str, Any]:
    """Adds a unit. Refused: `unit_exists` (marks and capitals ignored). Recorded: UNIT_ADDED."""
    tx.require(Action.MANAGE_PEOPLE)
    taken = queries.unit_names(tx.reading)
    for name in (wanted.name, wanted.short_name):
        if folded(nfc(name)) in taken:
            raise Refused("unit_exists", name=name)
    unit = tx.add(Unit(name=nfc(wanted.name), short_name=nfc(wanted.short_name)))
    tx.record(Event.UNIT_ADDED, None, unit_id=unit.id, name=unit.name)
    return {"unit_id": unit.id}


class EditUnit(AddUnit):
    """Another name of a unit."""

    unit_id: int


@act("organization.edit_unit", Action.MANAGE_PEOPLE)
def edit_unit(tx: Tx, wanted: EditUnit) -> dict[str, Any]:
    """Renames a unit; papers already printed keep the name they were printed with. Refused: `unit_exists`. Recorded."""
    tx.require(Action.MANAGE_PEOPLE)
    unit = tx.get(Unit, wanted.unit_id)
    name, short_name = nfc(wanted.name), nfc(wanted.short_name)
    others = select(Unit).where(Unit.id != unit.id)
    taken = {folded(each) for other in tx.scalars(others) for each in (other.name, other.short_name)}
    if taken & {folded(name), folded(short_name)}:
        raise Refused("unit_exists", name=name)
    before, unit.name, unit.short_name = unit.name, name, short_name
    tx.record(Event.UNIT_EDITED, None, unit_id=unit.id, before=before, name=name)
    return {}


class OfUnit(ActInput):
    """A unit."""

    unit_id: int


@act("organization.retire_unit", Action.MANAGE_PEOPLE)
def retire_unit(tx: Tx, wanted: OfUnit) -> dict[str, Any]:
    """Ends a unit: it is offered nowhere any more, what it did stays. Twice is harmless.

    Refused: `unit_has_people` while people on file belong to it. Recorded: UNIT_RETIRED.
    """
    tx.require(Action.MANAGE_PEOPLE)
    unit = tx.get(Unit, wanted.unit_id)
    if unit.retired_on is not None:
        tx.nothing_to_record("the unit is retired already")
        return {}
    count = tx.scalar(select(func.count(Person.id)).where(Person.unit_id == unit.id, Person.retired_on.is_(None))) or 0
    if count:
        raise Refused("unit_has_people", count=count)
    unit.retired_on = clock.local(tx.now).date()
    tx.record(Event.UNIT_RETIRED, None, unit_id=unit.id, name=unit.name)
    return {}


class AddPerson(ActInput):
    """Someone who comes on file, with an account."""

    full_name: Title
    username: str = Field(default="", max_length=60)
    honorific: Literal["", "Ông", "Bà", "Đồng chí"] = ""
    position: str = Field(default="", max_length=300)
    unit_id: int | None = None
    email: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=60)
    is_admin: bool = False


@act("organization.add_person", Action.MANAGE_PEOPLE)
def add_person(tx: Tx, wanted: AddPerson) -> dict[str, Any]:
    """Adds a person and their account, which has no password yet. An empty user name is made from the name.

    Refused: `username_form`, `username_taken`, `email_form`, `phone_form`. Recorded: PERSON_ADDED.
    """
    tx.require(Action.MANAGE_PEOPLE)
    taken = set(tx.scalars(select(Account.username)))
    username = wanted.username.lower() or free_username(wanted.full_name, taken)
    rules.check_username(username)
    if username in taken:
        raise Refused("username_taken", username=username)
    person = _on_file(tx, wanted)
    account = tx.add(Account(person_id=person.id, username=username, is_admin=wanted.is_admin, created_at=tx.now))
    tx.record(Event.PERSON_ADDED, None, person_id=person.id, username=username, is_admin=wanted.is_admin)
    return {"person_id": person.id, "account_id": account.id, "username": username}


def _on_file(tx: Tx, wanted: AddPerson) -> Person:
    rules.check_contacts(wanted.email, wanted.phone)
    if wanted.unit_id is not None:
        tx.get(Unit, wanted.unit_id)
    return tx.add(
        Person(
            full_name=nfc(wanted.full_name),
            honorific=wanted.honorific,
            position=nfc(wanted.position),
            unit_id=wanted.unit_id,
            email=wanted.email,
            phone=wanted.phone,
        )
    )


class EditPerson(ActInput):
    """New facts about a person; all are sent."""

    person_id: int
    full_name: Title
    honorific: Literal["", "Ông", "Bà", "Đồng chí"] = ""
    position: str = Field(default="", max_length=300)
    unit_id: int | None = None
    email: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=60)


@act("organization.edit_person", Action.MANAGE_PEOPLE)
def edit_person(tx: Tx, wanted: EditPerson) -> dict[str, Any]:
    """Corrects what is on file. Moving to another unit ends the person's open sessions. Recorded: PERSON_EDITED."""
    tx.require(Action.MANAGE_PEOPLE)
    person = tx.get(Person, wanted.person_id)
    rules.check_contacts(wanted.email, wanted.phone)
    if wanted.unit_id is not None:
        tx.get(Unit, wanted.unit_id)
    if wanted.unit_id != person.unit_id:
        end_sessions(tx, person.id)
    values = wanted.model_dump(exclude={"meeting_id", "person_id"})
    changed = {name: value for name, value in values.items() if getattr(person, name) != value}
    for name, value in changed.items():
        setattr(person, name, nfc(value) if isinstance(value, str) else value)
    tx.record(Event.PERSON_EDITED, None, person_id=person.id, fields=sorted(changed))
    return {}


class SetRole(ActInput):
    """A role in a body from a day on."""

    person_id: int
    body_id: int
    role: Literal[
        "member", "chair", "secretary", "chief", "clerk", "officer", "head", "guest", "inspector", "unit_admin"
    ]  # every role but administrator and system, which belong to no body
    starts_on: date | None = None  # today
    ends_on: date | None = None


@act("organization.set_role", Action.MANAGE_PEOPLE)
def set_role(tx: Tx, wanted: SetRole) -> dict[str, Any]:
    """Gives a person a role in a body; both days belong to the term. The person's open sessions end.

    Refused: `term_ends_before_start`, `role_held` when a term of the same role meets this one. Recorded: ROLE_GIVEN.
    """
    tx.require(Action.MANAGE_PEOPLE)
    person, body = tx.get(Person, wanted.person_id), tx.get(Body, wanted.body_id)
    starts_on = wanted.starts_on or clock.local(tx.now).date()
    rules.check_term(starts_on, wanted.ends_on)
    same = select(Membership).where(
        Membership.person_id == person.id, Membership.body_id == body.id, Membership.role == wanted.role
    )
    for held in tx.scalars(same):
        if rules.terms_meet((held.starts_on, held.ends_on), (starts_on, wanted.ends_on)):
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


@act("organization.end_role", Action.MANAGE_PEOPLE)
def end_role(tx: Tx, wanted: EndRole) -> dict[str, Any]:
    """Ends a role; without a day it is over at once. The person's open sessions end.

    A role that began today and is over at once leaves no term: its row goes, the journal keeps both entries.
    Refused: `role_over`, `term_ends_before_start`. Recorded: ROLE_ENDED.
    """
    tx.require(Action.MANAGE_PEOPLE)
    held = tx.get(Membership, wanted.membership_id)
    today = clock.local(tx.now).date()
    if held.ends_on is not None and held.ends_on < today:
        raise Refused("role_over")
    ends_on = wanted.ends_on or date.fromordinal(today.toordinal() - 1)
    tx.record(Event.ROLE_ENDED, None, person_id=held.person_id, body_id=held.body_id, role=held.role, ends_on=ends_on.isoformat())
    end_sessions(tx, held.person_id)
    if wanted.ends_on is None and held.starts_on > ends_on:
        tx.delete(held)
        return {}
    rules.check_term(held.starts_on, ends_on)
    held.ends_on = ends_on
    return {}


def end_sessions(tx: Tx, person_id: int) -> None:
    """Ends all open sessions of a person's account, because rights or keys have changed."""
    account = tx.scalar(select(Account).where(Account.person_id == person_id))
    if account is not None:
        account.session_version += 1
        tx.after_commit(identity.forget_tokens)


def grant(tx: Tx, person_id: int, roles: list[tuple[int, Role]]) -> None:
    """Gives a new person their roles from today on (imports)."""
    today = clock.local(tx.now).date()
    for body_id, role in roles:
        tx.add(Membership(person_id=person_id, body_id=body_id, role=role.value, starts_on=today))
