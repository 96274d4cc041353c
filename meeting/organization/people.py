"""Acts on people: on file with an account, corrected, retired and brought back. Nobody is ever deleted."""

from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization import queries, rules
from meeting.organization.duties import OF_PERSON, check_none, duties
from meeting.organization.fields import Honorific, Title, Words
from meeting.organization.models import Account, GroupMember, Person, Unit
from meeting.organization.names import free_username, nfc
from meeting.organization.reach import is_beyond_unit, require_person, require_unit
from meeting.organization.roles import end_all, end_sessions
from meeting.permissions import Action


class AddPerson(ActInput):
    """Someone who comes on file, with an account."""

    full_name: Title
    username: str = Field(default="", max_length=60)
    honorific: Honorific = ""
    position: Words = ""
    unit_id: int | None = None
    email: Words = ""
    phone: str = Field(default="", max_length=60)
    is_admin: bool = False


@act("organization.add_person", Action.MANAGE_UNIT)
def add_person(tx: Tx, wanted: AddPerson) -> dict[str, Any]:
    """Adds a person and their account, which has no password yet. An empty user name is made from the name.

    A unit's administrator adds people of the own unit and its parts, never an administrator. Refused: `username_form`,
    `username_taken`, `email_form`, `phone_form`. Recorded: PERSON_ADDED.
    """
    require_unit(tx, wanted.unit_id)
    if wanted.is_admin:
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
    honorific: Honorific = ""
    position: Words = ""
    unit_id: int | None = None
    email: Words = ""
    phone: str = Field(default="", max_length=60)


@act("organization.edit_person", Action.MANAGE_UNIT)
def edit_person(tx: Tx, wanted: EditPerson) -> dict[str, Any]:
    """Corrects what is on file. Moving to another unit ends the person's open sessions.

    A unit's administrator: people of the own unit and its parts, who stay within it. Where somebody with duties beyond the unit
    is reached is not theirs to say (`beyond_unit`): by the mail address accounts are found and letters are sent. Recorded:
    PERSON_EDITED.
    """
    person = require_person(tx, wanted.person_id, whole=False)
    units = require_unit(tx, wanted.unit_id)
    other_contacts = (wanted.email, wanted.phone) != (person.email, person.phone)
    if units is not None and other_contacts and person.id != tx.actor.person_id and is_beyond_unit(tx.reading, person.id):
        raise Refused("beyond_unit", name=person.full_name)
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


class RetirePerson(ActInput):
    """Who leaves, and whether it is known that duties stay open."""

    person_id: int
    knowingly: bool = False


@act("organization.retire_person", Action.MANAGE_UNIT)
def retire_person(tx: Tx, wanted: RetirePerson) -> dict[str, Any]:
    """Retires a person: roles and extra rights end yesterday, the account closes, sessions and tokens open nothing any more.

    What they did stays under their name. Twice is harmless. A unit's administrator: people of the own unit. Refused:
    `person_has_duties` with the open ones by name until it is done knowingly, `own_account`, `last_administrator`,
    `beyond_unit`. Recorded: PERSON_RETIRED with the roles that ended.
    """
    person = require_person(tx, wanted.person_id)
    if person.retired_on is not None:
        tx.nothing_to_record("the person is retired already")
        return {}
    if person.id == tx.actor.person_id:
        raise Refused("own_account")
    account = tx.scalar(select(Account).where(Account.person_id == person.id))
    if account is not None and account.is_admin:
        rules.check_administrators(queries.administrators(tx.reading), account.id)
    if not wanted.knowingly:
        check_none("person_has_duties", person.full_name, duties(OF_PERSON, tx.reading, person.id))
    ended = end_all(tx, person.id)
    for seat in tx.scalars(select(GroupMember).where(GroupMember.person_id == person.id)).all():
        tx.delete(seat)
    person.retired_on = clock.local(tx.now).date()
    if account is not None:
        account.active = account.is_admin = False
    end_sessions(tx, person.id)
    tx.record(Event.PERSON_RETIRED, None, person_id=person.id, ended=ended, knowingly=wanted.knowingly)
    return {"ended": len(ended)}


class ReturnPerson(ActInput):
    """Who comes back."""

    person_id: int


@act("organization.return_person", Action.MANAGE_UNIT)
def return_person(tx: Tx, wanted: ReturnPerson) -> dict[str, Any]:
    """Brings a retired person back: the account opens again, roles have to be given anew. Twice is harmless.

    Recorded: PERSON_RETURNED.
    """
    person = require_person(tx, wanted.person_id)
    if person.retired_on is None:
        tx.nothing_to_record("the person is in service already")
        return {}
    person.retired_on = None
    account = tx.scalar(select(Account).where(Account.person_id == person.id))
    if account is not None:
        account.active = True
        account.session_version += 1
    tx.record(Event.PERSON_RETURNED, None, person_id=person.id)
    return {}
