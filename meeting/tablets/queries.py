"""Reads of devices: one's own; whether a browser was shut out."""

import time
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.agenda.queries import visible_to
from meeting.database import database, reading
from meeting.errors import Forbidden
from meeting.organization.models import Account, Person
from meeting.permissions import Actor
from meeting.tablets.models import Tablet, TabletPairing
from meeting.tablets.pins import MOST_TRIES, opening_of

CACHE_SECONDS = 10.0
SITTING = ("in_session", "paused")
_shut_out: dict[tuple[str, int, str], tuple[float, int | None, str]] = {}
_forgotten = 0  # how often all of it was forgotten: what was read before is not remembered after


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


def paired_by(session: Session, key_sha256: str) -> Tablet | None:
    """The paired tablet that a browser is, by the hash of its key."""
    wanted = select(Tablet).where(Tablet.key_sha256 == key_sha256, Tablet.paired_at.is_not(None), Tablet.revoked_at.is_(None))
    return session.scalar(wanted.order_by(Tablet.paired_at.desc()))


def taken_off_by(session: Session, key_sha256: str) -> list[int]:
    """The devices with this key that were taken off and have not yet said that nothing is left on them."""
    wanted = select(Tablet.id).where(Tablet.key_sha256 == key_sha256, Tablet.revoked_at.is_not(None), Tablet.cleared_at.is_(None))
    return list(session.scalars(wanted))


def open_pairing(session: Session, given_sha256: str, now: datetime) -> TabletPairing | None:
    """The one-time address that still holds, by the hash of the address or of the short code."""
    which = or_(TabletPairing.token_sha256 == given_sha256, TabletPairing.code_sha256 == given_sha256)
    return session.scalar(select(TabletPairing).where(which, TabletPairing.used_at.is_(None), TabletPairing.ends_at > now))


def is_in_sitting(session: Session, person_id: int) -> bool:
    """Whether a meeting of this person is in session, or paused for a while."""
    invited = select(Participant.meeting_id).where(Participant.person_id == person_id)
    sits = or_(Meeting.id.in_(invited), Meeting.chair_id == person_id, Meeting.secretary_id == person_id)
    return session.scalar(select(Meeting.id).where(Meeting.state.in_(SITTING), sits).limit(1)) is not None


def out_of_hand(session: Session, actor: Actor) -> list[tuple[Tablet, Person]]:
    """Tablets of all people that are lost and have not said that they are empty, and those that only the desk opens again:
    the lost ones first. Refused as `forbidden` to all but who administers tablets everywhere.
    """
    if not actor.is_admin:
        raise Forbidden()
    lost = Tablet.lost_at.is_not(None) & Tablet.cleared_at.is_(None)
    blocked = Tablet.revoked_at.is_(None) & (Tablet.pin_hash != "") & (Tablet.pin_tries >= MOST_TRIES)
    wanted = select(Tablet, Person).join(Account, Account.id == Tablet.account_id).join(Person, Person.id == Account.person_id)
    found = session.execute(wanted.where(or_(lost, blocked)).order_by(Tablet.lost_at.is_(None), Tablet.last_seen.desc()))
    return [(tablet, person) for tablet, person in found.unique()]


def is_taken_off(session: Session, key_sha256: str) -> bool:
    """Whether some account took the device with this key off."""
    return session.scalar(select(Tablet.id).where(Tablet.key_sha256 == key_sha256, Tablet.revoked_at.is_not(None))) is not None


def is_shut_out(account_id: int, mark: str) -> bool:
    """Whether a browser was taken off an account, or is locked."""
    return why_shut_out(account_id, mark) != ""


def why_shut_out(account_id: int, mark: str) -> str:
    """Why a browser may not act for an account now: `tablet_revoked`, `tablet_locked`; empty when it may. `mark`: "#", the row's
    id and where it is paired the opening that its session began with ("#12.ab34…"), else the hash of its key.

    Asked with every request of a browser, so that it is remembered for ten seconds, like tokens are.
    """
    known, rights = (database().url, account_id, mark), database().rights_mark()
    held = _shut_out.get(known)
    if held is not None and time.monotonic() < held[0] and held[1] == rights:
        return held[2]
    before = _forgotten
    number, opening = tablet_of(mark)
    which = Tablet.id == number if number is not None else Tablet.key_sha256 == mark
    asked = select(Tablet.revoked_at, Tablet.locked_at, Tablet.pin_hash).where(which, Tablet.account_id == account_id)
    with reading() as session:
        found = session.execute(asked).first()
    why = "" if found is None else "tablet_revoked" if found[0] else "tablet_locked" if found[1] else ""
    if found is not None and not why and opening and opening != opening_of(found[2]):
        why = "tablet_locked"  # a copy of a session from before the PIN opened the tablet again
    if len(_shut_out) > 10_000:
        _shut_out.clear()
    if before == _forgotten and why != "tablet_locked":  # the PIN opens it at once, in whichever process the next request arrives
        _shut_out[known] = (time.monotonic() + CACHE_SECONDS, rights, why)
    return why


def tablet_of(mark: str) -> tuple[int | None, str]:
    """The row and the opening that a mark names; none in the hash of a key."""
    if not mark.startswith("#"):
        return None, ""
    number, _, opening = mark[1:].partition(".")
    return int(number), opening


def forget_shut_out() -> None:
    """Looks every browser up again at its next request."""
    global _forgotten
    _forgotten += 1
    _shut_out.clear()
