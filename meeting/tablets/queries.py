"""Reads of devices: one's own; whether a browser was shut out."""

import time
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.queries import visible_to
from meeting.database import database, reading
from meeting.permissions import Actor
from meeting.tablets.models import Tablet

CACHE_SECONDS = 10.0
_shut_out: dict[tuple[str, int, str], tuple[float, bool]] = {}


def tablets_of(session: Session, actor: Actor) -> list[Tablet]:
    """One's own devices that were not taken off, the last used first."""
    wanted = select(Tablet).where(Tablet.account_id == actor.account_id, Tablet.revoked_at.is_(None))
    return list(session.scalars(wanted.order_by(Tablet.last_seen.desc(), Tablet.id)))


def titles(session: Session, actor: Actor, tablets: Iterable[Tablet]) -> dict[str, str]:
    """The titles of the meetings kept on some devices, as far as their owner may still know of them, by id as in `kept`."""
    wanted = {int(number) for tablet in tablets for number in tablet.kept}
    found = session.scalars(visible_to(actor).where(Meeting.id.in_(wanted)))
    return {str(each.id): each.title for each in found.unique()}


def tablet_known_by(session: Session, account_id: int, key_sha256: str) -> Tablet | None:
    """The device of an account by the hash of its key."""
    return session.scalar(select(Tablet).where(Tablet.account_id == account_id, Tablet.key_sha256 == key_sha256))


def is_taken_off(session: Session, key_sha256: str) -> bool:
    """Whether some account took the device with this key off."""
    return session.scalar(select(Tablet.id).where(Tablet.key_sha256 == key_sha256, Tablet.revoked_at.is_not(None))) is not None


def is_shut_out(account_id: int, mark: str) -> bool:
    """Whether a browser was taken off an account. `mark`: "#" and the row's id, else the hash of its key.

    Asked with every request of a browser, so that it is remembered for ten seconds, like tokens are.
    """
    known = (database().url, account_id, mark)
    held = _shut_out.get(known)
    if held is not None and time.monotonic() < held[0]:
        return held[1]
    which = Tablet.id == int(mark[1:]) if mark.startswith("#") else Tablet.key_sha256 == mark
    with reading() as session:
        found = session.scalar(select(Tablet.id).where(which, Tablet.account_id == account_id, Tablet.revoked_at.is_not(None)))
    if len(_shut_out) > 10_000:
        _shut_out.clear()
    _shut_out[known] = (time.monotonic() + CACHE_SECONDS, found is not None)
    return found is not None


def forget_shut_out() -> None:
    """Looks every browser up again at its next request."""
    _shut_out.clear()
