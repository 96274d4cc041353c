"""Acts on the lock of a paired tablet: tries, the PIN that opens it, locking, its signs of life. No PIN ever comes here."""

from typing import Annotated, Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.errors import Malformed, Missing, Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.tablets import pins, presence, queries
from meeting.tablets.models import Tablet
from meeting.tablets.service import own_tablet

ARGON2 = r"^\$argon2id\$"
LOCK_SETTING = "tablet_lock_minutes"


class TryInput(ActInput):
    """A tablet somebody gives a PIN on."""

    tablet_id: int


@act("tablets.try_pin", Action.OPEN_TABLETS)
def try_pin(tx: Tx, wanted: TryInput) -> dict[str, Any]:
    """Takes one of the five tries before the PIN is looked at, so that many at once, in several processes, get no sixth.

    Refused: `tablet_blocked`, `tablet_needs_pin`, `tablet_unpaired`. Not recorded: what came of it stands in the sign-in journal.
    """
    tx.require(Action.OPEN_TABLETS)
    tx.nothing_to_record("the sign-in journal is a record of its own")
    row = _paired(tx, wanted.tablet_id)
    if not row.pin_hash:
        raise Refused("tablet_needs_pin")
    if row.is_blocked:
        raise Refused("tablet_blocked")
    row.pin_tries += 1
    return {"left": pins.MOST_TRIES - row.pin_tries}


class UnlockInput(ActInput):
    """Whether the PIN was the right one, and then its hash made anew: by it a session knows with which opening it began."""

    tablet_id: int
    right: bool
    pin_hash: str | None = Field(default=None, pattern=ARGON2, max_length=300)


@act("tablets.unlock", Action.OPEN_TABLETS)
def unlock(tx: Tx, wanted: UnlockInput) -> dict[str, Any]:
    """Opens a tablet whose PIN was right, forgets the wrong tries, and ends sessions that began with an earlier opening. Only the
    door does it, after it has compared the PIN.

    Refused: `tablet_unpaired`, `tablet_needs_pin` when the desk reset it in this very moment. Recorded: TABLET_BLOCKED when the
    fifth try was wrong too.
    """
    tx.require(Action.OPEN_TABLETS)
    row = _paired(tx, wanted.tablet_id)
    if wanted.right and not row.pin_hash:
        raise Refused("tablet_needs_pin")
    if not wanted.right and row.is_blocked:
        row.locked_at = tx.now
        tx.record(Event.TABLET_BLOCKED, None, account_id=row.account_id, tablet_id=row.id, name=row.name)
        tx.after_commit(presence.end_sessions(row.id))
        return {}
    tx.nothing_to_record("the sign-in journal is a record of its own")
    if wanted.right:
        row.pin_tries, row.locked_at, row.last_seen = 0, None, tx.now
        row.pin_hash = wanted.pin_hash or row.pin_hash
        tx.after_commit(queries.forget_shut_out)
    return {}


def _paired(tx: Tx, tablet_id: int) -> Tablet:
    row = tx.get(Tablet, tablet_id)
    if row.revoked_at is not None or row.paired_at is None:
        raise Refused("tablet_unpaired")
    return row


class LockInput(ActInput):
    """One's own paired tablet."""

    tablet_id: int


@act("tablets.lock", Action.KEEP_OWN_TABLETS)
def lock(tx: Tx, wanted: LockInput) -> dict[str, Any]:
    """Locks one's own paired tablet: its session ends, its papers stay and are shown again after the PIN. Twice is harmless.

    Refused: `not_found`, `tablet_ended`, `tablet_unpaired`. Not recorded: it concerns nobody else.
    """
    row = own_tablet(tx, wanted.tablet_id, "tablet_ended")
    if row.paired_at is None:
        raise Refused("tablet_unpaired")
    tx.nothing_to_record("one's own tablet was locked")
    row.locked_at = row.locked_at or tx.now
    tx.after_commit(presence.end_sessions(row.id))
    return {}


class TellInput(ActInput):
    """A sign of life, with the battery where the browser tells of it."""

    tablet_id: int
    battery: Annotated[int, Field(ge=0, le=100)] | None = None
    charging: bool | None = None


@act("tablets.tell", Action.KEEP_OWN_TABLETS)
def tell(tx: Tx, wanted: TellInput) -> dict[str, Any]:
    """Says that one's own device is there and how its battery is, so that the desk sees it. Twice is harmless.

    Refused: `not_found`, `tablet_revoked`. Not recorded.
    """
    row = own_tablet(tx, wanted.tablet_id, "tablet_revoked")
    tx.nothing_to_record("a sign of life")
    row.last_seen, row.battery, row.charging = tx.now, wanted.battery, wanted.charging
    return {}


class ClearedInput(ActInput):
    """A device that was taken off."""

    tablet_id: int


@act("tablets.note_cleared", Action.OPEN_TABLETS)
def note_cleared(tx: Tx, wanted: ClearedInput) -> dict[str, Any]:
    """Remembers that a device which was taken off looked and found nothing left on it. Only the door does it, which knows the
    device by its key. Refused: `not_found` for one that was not taken off. Not recorded: the list of tablets shows it.
    """
    tx.require(Action.OPEN_TABLETS)
    tx.nothing_to_record("the list of tablets shows it")
    row = tx.get(Tablet, wanted.tablet_id)
    if row.revoked_at is None:
        raise Missing()
    row.cleared_at = row.cleared_at or tx.now
    return {}


class SetLockInput(ActInput):
    """Minutes without a touch."""

    minutes: int


@act("tablets.set_lock", Action.SET_TABLET_LOCK)
def set_lock(tx: Tx, wanted: SetLockInput) -> dict[str, Any]:
    """Sets after how many minutes without a touch every paired tablet locks itself, outside a sitting: 5, 10, 15, 30 or 60.

    For administrators. Refused: `malformed` for other numbers. Recorded: TABLET_LOCK_SET.
    """
    tx.require(Action.SET_TABLET_LOCK)
    if wanted.minutes not in pins.LOCK_CHOICES:
        raise Malformed({"minutes": pins.OTHER_MINUTES})
    tx.keep_setting(LOCK_SETTING, str(wanted.minutes))
    tx.record(Event.TABLET_LOCK_SET, None, minutes=wanted.minutes)
    return {}
