"""Acts of the desk and of the door on paired tablets: a one-time address, the browser behind it, its reset, its loss."""

from typing import Any

from pydantic import Field
from sqlalchemy import delete, select

from meeting.acts import ActInput, Tx, act
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization import queries as people
from meeting.organization.models import Account
from meeting.permissions import Action
from meeting.tablets import presence, queries
from meeting.tablets.locking import ARGON2
from meeting.tablets.models import Tablet, TabletPairing
from meeting.tablets.owners import Owner
from meeting.tablets.pins import pairing_ends
from meeting.tablets.service import PlainName, Sha256, taken_off


class BeginInput(ActInput):
    """For whom, and the hashes of the address and of the short code, which only the desk's screen shows."""

    person_id: int
    token_sha256: Sha256
    code_sha256: Sha256


@act("tablets.begin_pairing", Action.KEEP_TABLETS)
def begin_pairing(tx: Tx, wanted: BeginInput) -> dict[str, Any]:
    """Opens a one-time address for ten minutes, with which a browser becomes this person's tablet; a newer one ends the older.

    For the office of a body in which the person has a role, and administrators. Refused: `not_found` for people of other bodies
    and for administrators, `owner_without_account`, `pairing_superseded`. Recorded: PAIRING_BEGUN with the account.
    """
    account = _account_of(tx, wanted.person_id)
    tx.require(Action.KEEP_TABLETS, Owner(account))
    if people.actor_of(tx.reading, account) is None:
        raise Refused("owner_without_account")
    known = TabletPairing.token_sha256.in_([wanted.token_sha256, wanted.code_sha256])
    if tx.scalar(select(TabletPairing).where(known | TabletPairing.code_sha256.in_([wanted.token_sha256, wanted.code_sha256]))):
        raise Refused("pairing_superseded")
    _end_open(tx, account.id)
    row = TabletPairing(account_id=account.id, token_sha256=wanted.token_sha256, code_sha256=wanted.code_sha256, made_at=tx.now,
                        made_by=tx.actor.person_id, ends_at=pairing_ends(tx.now))  # fmt: skip
    tx.add(row)
    tx.record(Event.PAIRING_BEGUN, None, account_id=account.id)
    return {"pairing_id": row.id, "ends_at": row.ends_at.isoformat()}


def _account_of(tx: Tx, person_id: int) -> Account:
    account = tx.scalar(select(Account).where(Account.person_id == person_id))
    if account is None:
        raise Missing()
    return account


def _end_open(tx: Tx, account_id: int) -> None:
    """Addresses that nobody used are gone with the next one: what was used stays as the tablet's beginning."""
    tx.execute(delete(TabletPairing).where(TabletPairing.account_id == account_id, TabletPairing.used_at.is_(None)))


class PairInput(ActInput):
    """The hash of the address (or code), of the key that the browser holds, of a fresh key, what it is called, the hashed PIN."""

    given_sha256: Sha256
    held_sha256: Sha256 | None = None
    fresh_sha256: Sha256
    name: PlainName
    pin_hash: str = Field(pattern=ARGON2, max_length=300)


@act("tablets.pair", Action.OPEN_TABLETS)
def pair(tx: Tx, wanted: PairInput) -> dict[str, Any]:
    """Makes a browser the tablet of the person for whom the desk opened the address, with the PIN chosen there. The door does it.

    A browser that was this person's before keeps its papers; one that was somebody else's tablet is taken off them. Refused:
    `pairing_over` when the address is unknown, used or older than ten minutes. Recorded: TABLET_PAIRED.
    """
    tx.require(Action.OPEN_TABLETS)
    opened = queries.open_pairing(tx.reading, wanted.given_sha256, tx.now)
    if opened is None:
        raise Refused("pairing_over")
    row = _own_row(tx, opened.account_id, wanted)
    row.paired_at, row.last_seen = tx.now, tx.now
    row.pin_hash, row.pin_tries, row.locked_at = wanted.pin_hash, 0, None
    opened.used_at, opened.tablet_id = tx.now, row.id
    facts = {"account_id": row.account_id, "tablet_id": row.id, "name": row.name, "made_by": opened.made_by}
    tx.record(Event.TABLET_PAIRED, None, **facts)
    tx.after_commit(queries.forget_shut_out)
    return {"tablet_id": row.id, "account_id": row.account_id, "fresh": row.key_sha256 == wanted.fresh_sha256}


def _own_row(tx: Tx, account_id: int, wanted: PairInput) -> Tablet:
    """The row of this browser for the account: the one it had, unless that was taken off; others' rows on it end."""
    held = tx.scalars(select(Tablet).where(Tablet.key_sha256 == wanted.held_sha256, Tablet.revoked_at.is_(None))).all()
    for other in held:
        if other.account_id != account_id and other.paired_at is not None:
            taken_off(tx, other, Event.TABLET_REVOKED)
    mine = next((each for each in held if each.account_id == account_id), None)
    if mine is not None and len(held) == 1:
        return mine
    row = Tablet(account_id=account_id, key_sha256=wanted.fresh_sha256, name=wanted.name, first_seen=tx.now, last_seen=tx.now,
                 kept={}, storage={})  # fmt: skip
    return tx.add(row)


class ResetInput(ActInput):
    """A paired tablet."""

    tablet_id: int


@act("tablets.reset", Action.KEEP_TABLETS)
def reset(tx: Tx, wanted: ResetInput) -> dict[str, Any]:
    """Forgets the PIN and the wrong tries of a tablet; its session ends, and its owner chooses a new PIN with the code that the
    desk shows next. What it keeps stays on it. Twice is harmless.

    For the office of a body in which the owner has a role, and administrators. Refused: `not_found`, also for a device that was
    never paired, `tablet_ended`. Recorded: TABLET_RESET.
    """
    row = kept_tablet(tx, wanted.tablet_id)
    row.pin_hash, row.pin_tries, row.locked_at = "", 0, tx.now
    tx.record(Event.TABLET_RESET, None, account_id=row.account_id, tablet_id=row.id, name=row.name)
    tx.after_commit(presence.end_sessions(row.id))
    return {}


def kept_tablet(tx: Tx, tablet_id: int) -> Tablet:
    """A paired tablet that this desk keeps; to all others there is no such thing."""
    row = tx.get(Tablet, tablet_id)
    tx.require(Action.KEEP_TABLETS, Owner(tx.get(Account, row.account_id)))
    if row.revoked_at is not None:
        raise Refused("tablet_ended")
    if row.paired_at is None:
        raise Missing()
    return row


class LoseInput(ActInput):
    """A device that is not where it should be."""

    tablet_id: int


@act("tablets.lose", Action.KEEP_OWN_TABLETS)
def lose(tx: Tx, wanted: LoseInput) -> dict[str, Any]:
    """Reports a device as lost: its sessions and sockets end at once, its PIN and open codes die, and it removes its papers and
    notes at its next contact. One's own device; the desk any paired one of its people. Twice is harmless.

    Refused: `not_found` for somebody else's. Recorded: TABLET_LOST with account, name and when it was last seen; its owner and
    whoever administers are told.
    """
    tx.require(Action.KEEP_OWN_TABLETS)
    row = tx.get(Tablet, wanted.tablet_id)
    account = tx.get(Account, row.account_id)
    if row.account_id != tx.actor.account_id and not (row.paired_at and tx.may(Action.KEEP_TABLETS, Owner(account))):
        raise Missing()
    if row.lost_at is not None:
        tx.nothing_to_record("reported before")
        return {}
    row.lost_at = tx.now
    _end_open(tx, row.account_id)
    taken_off(tx, row, Event.TABLET_LOST, person_id=account.person_id, last_seen=row.last_seen.isoformat())
    return {}
