"""What the desk sees of tablets: whose they are, which are there, what they keep of a meeting, which need somebody's hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import given_name_first, meeting_of
from meeting.errors import Forbidden, Missing
from meeting.organization.models import Account, Body, Person
from meeting.permissions import Action, Actor, allows
from meeting.tablets import owners, pins, presence
from meeting.tablets.models import Tablet, TabletPairing
from meeting.tablets.queries import SITTING
from meeting.tablets.wanted import files_wanted

SOON = timedelta(days=7)
LOST_SHOWN = timedelta(days=60)


@dataclass(frozen=True)
class Desk:
    """Whose tablets are looked at: the people of a body, or those invited to one meeting."""

    body: Body
    meeting: Meeting | None
    people: frozenset[int]
    of_meeting: bool


def desk_of_body(session: Session, actor: Actor, body_id: int | None) -> Desk:
    """The people of a body and its meeting of today, or the next within a week. Refused as `forbidden` to who keeps no tablets,
    as `not_found` for other bodies.
    """
    bodies = owners.bodies_kept(session, actor)
    if not bodies:
        raise Forbidden()
    body = bodies[0] if body_id is None else next((each for each in bodies if each.id == body_id), None)
    if body is None:
        raise Missing()
    near = _next_meeting(session, body.id)
    if near is not None and not allows(Action.READ_MEETING, near.hats_of(actor, session)):
        near = None  # an administrator knows of no meeting
    return Desk(body, near, frozenset(owners.people_in(session, body.id)), of_meeting=False)


def desk_of_meeting(session: Session, actor: Actor, meeting_id: int) -> Desk:
    """The people invited to a meeting with whoever chairs and minutes it. For the meeting's office."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.KEEP_TABLETS, hats):
        raise Forbidden()
    invited = {each.person_id for each in meeting.participants} | {meeting.chair_id, meeting.secretary_id}
    return Desk(meeting.body, meeting, frozenset(each for each in invited if each is not None), of_meeting=True)


def _next_meeting(session: Session, body_id: int) -> Meeting | None:
    day = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    soon = (Meeting.state == "issued") & (Meeting.starts_at >= day) & (Meeting.starts_at < day + SOON)
    wanted = select(Meeting).where(Meeting.body_id == body_id, or_(Meeting.state.in_(SITTING), soon))
    found = list(session.scalars(wanted.order_by(Meeting.starts_at)).unique())
    return next((each for each in found if each.state in SITTING), found[0] if found else None)


def picture(session: Session, actor: Actor, desk: Desk) -> dict[str, Any]:
    """All tablets of these people as the page shows them, people without one too, in the order of given names."""
    now = clock.now()
    accounts = owners.accounts_of(session, set(desk.people))
    rows = _tablets(session, accounts.values())
    opened = _opened(session, accounts.values(), now)
    there, kept_by = presence.connected(), owners.keepable(session, actor, accounts.values())
    using = [each for each in accounts.values() if each.id in rows]
    wanted = files_wanted(session, desk.meeting, using) if desk.meeting else {}
    lines = []
    for person in sorted(_people(session, desk.people), key=lambda each: given_name_first(each.full_name)):
        account = accounts.get(person.id)
        own = rows.get(account.id, []) if account else []
        files = wanted.get(account.id, frozenset()) if account else frozenset()
        lines.append(
            {
                "person_id": person.id,
                "name": person.called,
                "full_name": person.full_name,
                "position": person.position,
                "may": account is not None and account.active and account.id in kept_by,
                "pairing_until": opened.get(account.id) if account else None,
                "tablets": [_line(each, desk.meeting, files, there, now) for each in own],
            }
        )
    meeting = desk.meeting
    shown = (
        {"id": meeting.id, "title": meeting.title, "starts_at": clock.local(meeting.starts_at).isoformat()} if meeting else None
    )
    return {"body_id": desk.body.id, "meeting": shown, "people": lines, "lost": _lost(session, accounts)}


def _people(session: Session, numbers: Iterable[int]) -> list[Person]:
    return list(session.scalars(select(Person).where(Person.id.in_(set(numbers)))).unique())


def _tablets(session: Session, accounts: Iterable[Account]) -> dict[int, list[Tablet]]:
    wanted = select(Tablet).where(Tablet.account_id.in_([each.id for each in accounts]))
    found: dict[int, list[Tablet]] = {}
    for row in session.scalars(wanted.where(Tablet.paired_at.is_not(None), Tablet.revoked_at.is_(None)).order_by(Tablet.id)):
        found.setdefault(row.account_id, []).append(row)
    return found


def _opened(session: Session, accounts: Iterable[Account], now: datetime) -> dict[int, str]:
    """Until when the one-time address of each account holds that nobody has used yet."""
    numbers = [each.id for each in accounts]
    wanted = select(TabletPairing.account_id, TabletPairing.ends_at).where(TabletPairing.account_id.in_(numbers))
    found = session.execute(wanted.where(TabletPairing.used_at.is_(None), TabletPairing.ends_at > now))
    return {account_id: clock.local(ends_at).isoformat() for account_id, ends_at in found}


def _line(row: Tablet, meeting: Meeting | None, wanted: frozenset[int], there: set[int], now: datetime) -> dict[str, Any]:
    held = row.kept.get(str(meeting.id)) if meeting else None
    lock = "blocked" if row.is_blocked else "no_pin" if not row.pin_hash else "locked" if row.locked_at else ""
    return {
        "id": row.id,
        "name": row.name,
        "connected": row.locked_at is None and (row.id in there or pins.is_heard(row.last_seen, now)),
        "last_seen": clock.local(row.last_seen).replace(second=0, microsecond=0).isoformat(),
        "papers": pins.papers_kept(wanted, held) if meeting else "",
        "battery": row.battery,
        "charging": row.charging,
        "battery_low": pins.battery_is_low(row.battery, row.charging),
        "installed": bool(row.storage.get("installed")),
        "persistent": bool(row.storage.get("persistent")),
        "lock": lock,
    }


def _lost(session: Session, accounts: dict[int, Account]) -> list[dict[str, Any]]:
    """Tablets that were taken off in the last two months: when they were last seen, and whether they said that they are empty."""
    owner = {each.id: each for each in accounts.values()}
    off = Tablet.revoked_at > clock.now() - LOST_SHOWN
    wanted = select(Tablet).where(Tablet.account_id.in_(owner), Tablet.paired_at.is_not(None), off)
    return [
        {
            "id": row.id,
            "name": row.name,
            "owner": owner[row.account_id].person.called,
            "lost": row.lost_at is not None,
            "at": clock.local(row.revoked_at).isoformat() if row.revoked_at else "",
            "last_seen": clock.local(row.last_seen).isoformat(),
            "cleared_at": clock.local(row.cleared_at).isoformat() if row.cleared_at else None,
        }
        for row in session.scalars(wanted.order_by(Tablet.revoked_at.desc()))
    ]
