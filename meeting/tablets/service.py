"""Acts on one's own devices: met, what they keep, their names, their end. No key of a device ever comes here, only its hash."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.tablets import queries, rules
from meeting.tablets.models import Tablet

PlainName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=rules.NAME_LETTERS)]
Bytes = Annotated[int, Field(ge=0, le=2**50)]


class MeetInput(ActInput):
    """The hash of the key that the browser holds, and what the device is called in plain words."""

    key_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: PlainName


@act("tablets.meet", Action.KEEP_OWN_TABLETS)
def meet(tx: Tx, wanted: MeetInput) -> dict[str, Any]:
    """Knows a device of one's own again, or for the first time. Calling twice is harmless.

    Refused: `tablet_revoked` for a key that was taken off the account. Not recorded: the sign-in journal tells who came in.
    """
    tx.require(Action.KEEP_OWN_TABLETS)
    tx.nothing_to_record("the sign-in journal is a record of its own")
    row = queries.tablet_known_by(tx.reading, tx.actor.account_id, wanted.key_sha256)
    if row is None:
        _make_room(tx)
        row = Tablet(account_id=tx.actor.account_id, key_sha256=wanted.key_sha256, name=wanted.name, first_seen=tx.now,
                     last_seen=tx.now, kept={}, storage={})  # fmt: skip
        return {"tablet_id": tx.add(row).id}
    if row.revoked_at is not None:
        raise Refused("tablet_revoked")
    row.last_seen = tx.now
    return {"tablet_id": row.id}


def _make_room(tx: Tx) -> None:
    """An account knows so many browsers at most: the ones unused the longest that keep nothing are forgotten first."""
    known = select(Tablet).where(Tablet.account_id == tx.actor.account_id, Tablet.revoked_at.is_(None))
    rows = tx.scalars(known.order_by(Tablet.last_seen)).all()
    for row in [each for each in rows if not each.kept][: max(0, len(rows) - rules.MOST_DEVICES + 1)]:
        tx.delete(row)


class KeptMeeting(ActInput):
    """A meeting on a device: how many bytes, the version of its pack, when it was last made whole (the device's clock)."""

    bytes: Bytes
    version: str = Field(max_length=64)
    at: str = Field(max_length=40)
    done: bool = True


class StorageInput(ActInput):
    """Whether the browser promised to keep what it holds, whether the application is installed, and how much room is left."""

    persistent: bool = False
    installed: bool = False
    free_bytes: Bytes | None = None


class ReportInput(ActInput):
    """What a device keeps now, all of it."""

    tablet_id: int
    kept: dict[Annotated[int, Field(gt=0, le=2**31)], KeptMeeting] = Field(max_length=rules.MOST_KEPT)
    storage: StorageInput = StorageInput()


@act("tablets.report", Action.KEEP_OWN_TABLETS)
def report(tx: Tx, wanted: ReportInput) -> dict[str, Any]:
    """Remembers what one's device says that it keeps, so that its owner sees it from any other. Twice is harmless.

    Refused: `not_found` for a device of somebody else, `tablet_revoked`. Not recorded: what somebody reads is nobody's concern.
    """
    row = _mine(tx, wanted.tablet_id, "tablet_revoked")
    tx.nothing_to_record("what somebody keeps to read is nobody's concern")
    row.kept = rules.settled({number: each.model_dump(exclude={"meeting_id"}) for number, each in wanted.kept.items()})
    row.storage = wanted.storage.model_dump(exclude={"meeting_id"})
    row.last_seen = tx.now
    return {}


class RenameInput(ActInput):
    """A device and how its owner calls it."""

    tablet_id: int
    name: PlainName


@act("tablets.rename", Action.KEEP_OWN_TABLETS)
def rename(tx: Tx, wanted: RenameInput) -> dict[str, Any]:
    """Calls one's device by another name. Refused: `not_found`, `tablet_ended`. Not recorded: it concerns nobody else."""
    row = _mine(tx, wanted.tablet_id, "tablet_ended")
    tx.nothing_to_record("a name for one's own device")
    row.name = wanted.name
    return {}


def _mine(tx: Tx, tablet_id: int, refusal: str) -> Tablet:
    tx.require(Action.KEEP_OWN_TABLETS)
    row = tx.get(Tablet, tablet_id)
    if row.account_id != tx.actor.account_id:
        raise Missing()
    if row.revoked_at is not None:
        raise Refused(refusal)
    return row


class RevokeInput(ActInput):
    """A device that shall forget its papers."""

    tablet_id: int


@act("tablets.revoke", Action.KEEP_OWN_TABLETS)
def revoke(tx: Tx, wanted: RevokeInput) -> dict[str, Any]:
    """Takes a device off its account: its sessions end at once here, within ten seconds in other processes, and it removes its
    papers and notes at its next contact. One's own; who administers people anybody's. Twice is harmless.

    Refused: `not_found` for somebody else's device. Recorded: TABLET_REVOKED with the account and the device's name.
    """
    tx.require(Action.KEEP_OWN_TABLETS)
    row = tx.get(Tablet, wanted.tablet_id)
    if row.account_id != tx.actor.account_id and not tx.may(Action.MANAGE_PEOPLE):
        raise Missing()
    if row.revoked_at is not None:
        tx.nothing_to_record("taken off before")
        return {}
    row.revoked_at, row.revoked_by = tx.now, tx.actor.person_id or None
    row.kept = {}
    tx.record(Event.TABLET_REVOKED, None, account_id=row.account_id, tablet_id=row.id, name=row.name)
    tx.after_commit(queries.forget_shut_out)
    return {}
