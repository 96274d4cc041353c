"""Acts on one's own devices: met, what they keep, their names, their end. No key of a device ever comes here, only its hash."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Account
from meeting.permissions import Action
from meeting.tablets import presence, queries, rules
from meeting.tablets.models import Tablet
from meeting.tablets.owners import Owner

PlainName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=rules.NAME_LETTERS)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Bytes = Annotated[int, Field(ge=0, le=2**50)]


class MeetInput(ActInput):
    """The hash of the key that the browser holds, and what the device is called in plain words."""

    key_sha256: Sha256
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
    """An account knows so many browsers at most: the ones unused the longest that keep nothing are forgotten first,
    never one that the desk handed out."""
    known = select(Tablet).where(Tablet.account_id == tx.actor.account_id, Tablet.revoked_at.is_(None))
    rows = tx.scalars(known.order_by(Tablet.last_seen)).all()
    for row in [each for each in rows if not each.kept and each.paired_at is None][: max(0, len(rows) - rules.MOST_DEVICES + 1)]:
        tx.delete(row)


class KeptMeeting(ActInput):
    """A meeting on a device: how many bytes, the version of its pack, when it was last made whole (the device's clock)."""

    bytes: Bytes
    version: str = Field(max_length=64)
    at: str = Field(max_length=40)
    done: bool = True
    files: list[Annotated[int, Field(gt=0, le=2**31)]] = Field(default=[], max_length=rules.MOST_FILES)  # whose pages are there


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
    row = own_tablet(tx, wanted.tablet_id, "tablet_revoked")
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
    """Calls a device by another name: one's own; the desk a paired one of its people. Refused: `not_found`, `tablet_ended`. Not
    recorded: it concerns nobody else.
    """
    tx.require(Action.KEEP_OWN_TABLETS)
    row = tx.get(Tablet, wanted.tablet_id)
    if not _may_touch(tx, row):
        raise Missing()
    if row.revoked_at is not None:
        raise Refused("tablet_ended")
    tx.nothing_to_record("a name for a device")
    row.name = wanted.name
    return {}


def _may_touch(tx: Tx, row: Tablet) -> bool:
    """One's own device, or a paired one of somebody whose tablets one keeps."""
    if row.account_id == tx.actor.account_id:
        return True
    return row.paired_at is not None and tx.may(Action.KEEP_TABLETS, Owner(tx.get(Account, row.account_id)))


def own_tablet(tx: Tx, tablet_id: int, refusal: str) -> Tablet:
    """One's own device; refused as `not_found` for anybody else's, with `refusal` when it was taken off."""
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
    papers and notes at its next contact. One's own; the desk a paired one of its people; who administers people anybody's. Twice
    is harmless.

    Refused: `not_found` for somebody else's device. Recorded: TABLET_REVOKED with the account and the device's name.
    """
    tx.require(Action.KEEP_OWN_TABLETS)
    row = tx.get(Tablet, wanted.tablet_id)
    if not _may_touch(tx, row) and not tx.may(Action.MANAGE_PEOPLE):
        raise Missing()
    if row.revoked_at is not None:
        tx.nothing_to_record("taken off before")
        return {}
    taken_off(tx, row, Event.TABLET_REVOKED)
    return {}


def taken_off(tx: Tx, row: Tablet, event: Event, **facts: Any) -> None:
    """Ends a device: its sessions and its PIN; what it keeps goes at its next contact. Recorded as `event`."""
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = tx.now, tx.actor.person_id or None
    row.kept, row.pin_hash = {}, ""
    tx.record(event, None, account_id=row.account_id, tablet_id=row.id, name=row.name, **facts)
    tx.after_commit(presence.end_sessions(row.id))
