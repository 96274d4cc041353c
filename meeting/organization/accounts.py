"""Acts on accounts: passwords, locks, languages, tokens, and the sign-in journal.

No password, hash of one, or token ever stands in the journal or in a stored answer. argon2 runs inside the act only where a
password must be checked together with its change; these acts are rare and take about 40 ms.
"""

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization import identity, passwords, queries, rules
from meeting.organization.models import Account, ApiToken, Person, SignIn
from meeting.organization.people import AddPerson, add_person
from meeting.organization.reach import require_person
from meeting.permissions import Action
from meeting.tables import Setting

Secret = Annotated[str, Field(max_length=1000)]
FIRST = "first_administrator"  # the setting that holds the hash of the one-time address


class ChangePassword(ActInput):
    """The present password, and the one to come."""

    old_password: Secret
    new_password: Secret


@act("organization.change_password", Action.KEEP_OWN_ACCOUNT, keeps_digest=False)
def change_password(tx: Tx, wanted: ChangePassword) -> dict[str, Any]:
    """Changes one's own password; all sessions of the account end, this one too.

    Refused: `wrong_password`, `password_short`, `password_easy`. Recorded: PASSWORD_CHANGED, without any password.
    """
    tx.require(Action.KEEP_OWN_ACCOUNT)
    account = tx.get(Account, tx.actor.account_id)
    if not passwords.fits(account.password_hash, wanted.old_password):
        raise Refused("wrong_password")
    rules.check_password(wanted.new_password, account.username, account.person.full_name)
    _set_password(tx, account, passwords.hashed(wanted.new_password))
    return {}


class ResetPassword(ActInput):
    """The argon2 hash of a new password that the door has made."""

    person_id: int
    password_hash: str = Field(pattern=r"^\$argon2id\$", max_length=300)


@act("organization.reset_password", Action.MANAGE_UNIT, keeps_digest=False)
def reset_password(tx: Tx, wanted: ResetPassword) -> dict[str, Any]:
    """Gives a person a new password; their sessions end. The door shows it once; it is kept nowhere.

    A unit's administrator: to people of the own unit. Refused: `beyond_unit`. Recorded: PASSWORD_CHANGED.
    """
    require_person(tx, wanted.person_id)
    _set_password(tx, _account_of(tx, wanted.person_id), wanted.password_hash)
    return {}


def _set_password(tx: Tx, account: Account, password_hash: str) -> None:
    account.password_hash = password_hash
    account.session_version += 1
    tx.after_commit(identity.forget_tokens)
    tx.record(Event.PASSWORD_CHANGED, None, account_id=account.id)


def _account_of(tx: Tx, person_id: int) -> Account:
    found = tx.scalar(select(Account).where(Account.person_id == person_id))
    if found is None:
        raise Missing()
    return found


class OfPerson(ActInput):
    """A person."""

    person_id: int


@act("organization.lock_account", Action.MANAGE_UNIT)
def lock_account(tx: Tx, wanted: OfPerson) -> dict[str, Any]:
    """Locks an account: sessions end, tokens open nothing. Twice is harmless.

    A unit's administrator: of people of the own unit. Refused: `own_account`, `last_administrator`, `beyond_unit`. Recorded:
    ACCOUNT_CHANGED.
    """
    require_person(tx, wanted.person_id)
    account = _account_of(tx, wanted.person_id)
    if account.id == tx.actor.account_id:
        raise Refused("own_account")
    if account.is_admin:
        rules.check_administrators(queries.administrators(tx.reading), account.id)
    return _switch(tx, account, active=False)


@act("organization.unlock_account", Action.MANAGE_UNIT)
def unlock_account(tx: Tx, wanted: OfPerson) -> dict[str, Any]:
    """Unlocks an account. Twice is harmless. Refused: `person_gone`, `beyond_unit`. Recorded: ACCOUNT_CHANGED."""
    person = require_person(tx, wanted.person_id)
    if person.retired_on is not None:
        raise Refused("person_gone", name=person.full_name)
    return _switch(tx, _account_of(tx, wanted.person_id), active=True)


def _switch(tx: Tx, account: Account, *, active: bool) -> dict[str, Any]:
    if account.active == active:
        tx.nothing_to_record("the account is so already")
        return {}
    account.active = active
    account.session_version += 1
    tx.record(Event.ACCOUNT_CHANGED, None, account_id=account.id, active=active)
    tx.after_commit(identity.forget_tokens)
    return {}


class SetAdministrator(ActInput):
    """Whether a person administers the system."""

    person_id: int
    is_admin: bool


@act("organization.set_administrator", Action.MANAGE_PEOPLE)
def set_administrator(tx: Tx, wanted: SetAdministrator) -> dict[str, Any]:
    """Gives or takes the administration of the system.

    Refused: `own_account`, `last_administrator`. Recorded: ACCOUNT_CHANGED.
    """
    tx.require(Action.MANAGE_PEOPLE)
    account = _account_of(tx, wanted.person_id)
    if not wanted.is_admin:
        if account.id == tx.actor.account_id:
            raise Refused("own_account")
        rules.check_administrators(queries.administrators(tx.reading), account.id)
    account.is_admin = wanted.is_admin
    account.session_version += 1
    tx.record(Event.ACCOUNT_CHANGED, None, account_id=account.id, is_admin=wanted.is_admin)
    tx.after_commit(identity.forget_tokens)
    return {}


class CreateToken(ActInput):
    """A key for another program, of which only the hash is told."""

    name: str = Field(min_length=1, max_length=300)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    person_id: int | None = None  # somebody else's token: administrators and the command line


@act("organization.create_token", Action.KEEP_OWN_ACCOUNT)
def create_token(tx: Tx, wanted: CreateToken) -> dict[str, Any]:
    """Keeps the SHA-256 of a token made at the door (256 random bits); the token itself never comes here.

    For somebody else only who administers people. Recorded: TOKEN_CREATED, without the hash.
    """
    tx.require(Action.MANAGE_PEOPLE if wanted.person_id is not None else Action.KEEP_OWN_ACCOUNT)
    account = _account_of(tx, wanted.person_id) if wanted.person_id is not None else tx.get(Account, tx.actor.account_id)
    row = tx.add(ApiToken(account_id=account.id, name=wanted.name, sha256=wanted.sha256, created_at=tx.now))
    tx.record(Event.TOKEN_CREATED, None, account_id=account.id, token_id=row.id, name=wanted.name)
    return {"token_id": row.id}


class RevokeToken(ActInput):
    """A token that shall open nothing any more."""

    token_id: int


@act("organization.revoke_token", Action.KEEP_OWN_ACCOUNT)
def revoke_token(tx: Tx, wanted: RevokeToken) -> dict[str, Any]:
    """Makes a token useless at once here, within ten seconds in other processes. One's own; administrators anybody's.

    Somebody else's token is `not_found`. Twice is harmless. Recorded: TOKEN_REVOKED.
    """
    tx.require(Action.KEEP_OWN_ACCOUNT)
    row = tx.get(ApiToken, wanted.token_id)
    if row.account_id != tx.actor.account_id and not tx.may(Action.MANAGE_PEOPLE):
        raise Missing()
    if row.revoked_at is not None:
        tx.nothing_to_record("revoked before")
        return {}
    row.revoked_at = tx.now
    tx.record(Event.TOKEN_REVOKED, None, account_id=row.account_id, token_id=row.id)
    tx.after_commit(identity.forget_tokens)
    return {}


class NoteSignIn(ActInput):
    """One attempt to come in."""

    username: str
    account_id: int | None
    address: str
    succeeded: bool
    way: str = "password"  # or demo, openid, tablet, second_step


@act("organization.note_sign_in", Action.KEEP_RECORDS)
def note_sign_in(tx: Tx, wanted: NoteSignIn) -> dict[str, Any]:
    """Writes one line of the sign-in journal. Only the system does this."""
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("the sign-in journal is a record of its own")
    values = wanted.model_dump(exclude={"meeting_id"})
    values["username"], values["address"], values["way"] = wanted.username[:300], wanted.address[:60], wanted.way[:60]
    tx.add(SignIn(at=tx.now, **values))
    return {}


class OfferFirst(ActInput):
    """The hash of the one-time address."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


@act("organization.offer_first_administrator", Action.KEEP_RECORDS)
def offer_first_administrator(tx: Tx, wanted: OfferFirst) -> dict[str, Any]:
    """Opens the one-time address for the first administrator of an empty system; a newer one replaces an older.

    Refused: `first_used` when there is an administrator already.
    """
    tx.require(Action.KEEP_RECORDS)
    tx.nothing_to_record("an address was printed on the command line")
    if queries.administrators(tx.reading):
        raise Refused("first_used")
    tx.keep_setting(FIRST, wanted.sha256)
    return {}


class BecomeFirst(ActInput):
    """The first administrator introduces themself."""

    address_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    full_name: str = Field(min_length=1, max_length=300)
    username: str = Field(max_length=60)
    password_hash: str = Field(pattern=r"^\$argon2id\$", max_length=300)


@act("organization.become_first_administrator", Action.KEEP_RECORDS, keeps_digest=False)
def become_first_administrator(tx: Tx, wanted: BecomeFirst) -> dict[str, Any]:
    """Makes the first administrator; the one-time address is used up. Done by the system for the door that holds the address.

    Refused: `first_used`, and what adding a person refuses. Recorded: PERSON_ADDED, PASSWORD_CHANGED.
    """
    tx.require(Action.KEEP_RECORDS)
    offered = tx.find(Setting, FIRST)
    if offered is None or offered.value != wanted.address_sha256 or queries.administrators(tx.reading):
        raise Refused("first_used")
    tx.delete(offered)
    if tx.find(Setting, "second_step") is None:
        tx.keep_setting("second_step", "required")  # a new system begins with the safer way in
    added = add_person(tx, AddPerson(full_name=wanted.full_name, username=wanted.username, is_admin=True))
    _set_password(tx, tx.get(Account, added["account_id"]), wanted.password_hash)
    return {"account_id": added["account_id"], "person_id": tx.get(Person, added["person_id"]).id}
