"""Reads of open data: from the register alone, and of its sittings only those that are shown at this moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.errors import Missing
from meeting.opendata.models import OpenObject, PublicSitting
from meeting.opendata.rules import EMBED, Find, Kept, Wanted

_SHOWN = (
    select(PublicSitting.meeting_id)
    .join(Meeting, Meeting.id == PublicSitting.meeting_id)
    .where(PublicSitting.hidden_at.is_(None), Meeting.closed.is_(False))
)
#: Between the moment in which a sitting is closed to the public and the next look of the worker nothing of it is told.
_OPEN: ColumnElement[bool] = and_(
    OpenObject.deleted_at.is_(None), or_(OpenObject.meeting_id.is_(None), OpenObject.meeting_id.in_(_SHOWN))
)


def _kept(row: OpenObject, *, there: bool) -> Kept:
    return Kept(row.kind, row.key, row.content, row.created_at, row.modified_at, deleted=not there)


def one(session: Session, kind: str, key: str) -> Kept:
    """An object, or its tombstone; Missing where there never was one."""
    found = session.execute(
        select(OpenObject, _OPEN.label("there")).where(OpenObject.kind == kind, OpenObject.key == key)
    ).first()
    if found is None:
        raise Missing()
    return _kept(found[0], there=bool(found[1]))


def page_of(session: Session, kind: str, wanted: Wanted, keys: Iterable[str] | None = None) -> tuple[list[Kept], int]:
    """A page of the objects of a kind in a stable order, and how many there are. What is gone only for `modified_since`."""
    there = [OpenObject.kind == kind]
    if not wanted.tombstones:
        there.append(_OPEN)
    if keys is not None:
        there.append(OpenObject.key.in_(list(keys)))
    for column, since, until in (
        (OpenObject.created_at, wanted.created_since, wanted.created_until),
        (OpenObject.modified_at, wanted.modified_since, wanted.modified_until),
    ):
        if since is not None:
            there.append(column >= since)
        if until is not None:
            there.append(column <= until)
    total = session.scalar(select(func.count(OpenObject.id)).where(*there)) or 0
    rows = session.execute(
        select(OpenObject, _OPEN.label("there"))
        .where(*there)
        .order_by(OpenObject.id)
        .offset((wanted.page - 1) * wanted.limit)
        .limit(wanted.limit)
    )
    return [_kept(row, there=bool(open_now)) for row, open_now in rows], total


def meetings_of(session: Session, organization: str) -> list[str]:
    """The keys of the meetings of an organization, those that are gone among them: their tombstones belong to its list too."""
    number = organization.removeprefix("b")
    if not number.isdigit() or organization == number:
        return []
    wanted = select(OpenObject.key).join(Meeting, Meeting.id == OpenObject.meeting_id)
    return list(session.scalars(wanted.where(OpenObject.kind == "meeting", Meeting.body_id == int(number))))


def finder(session: Session, kept: Iterable[Kept]) -> Find:
    """Finds what is embedded in some objects, read in as few questions as they are deep."""
    known: dict[str, Kept] = {}
    waiting = {name for each in kept for name in _inside(each.content)}
    while waiting:
        asked = waiting
        by_kind: dict[str, list[str]] = {}
        for kind, _, key in (name.partition("/") for name in asked):
            by_kind.setdefault(kind, []).append(key)
        named = or_(*(and_(OpenObject.kind == kind, OpenObject.key.in_(keys)) for kind, keys in by_kind.items()))
        found = [_kept(row, there=True) for row in session.scalars(select(OpenObject).where(named, _OPEN))]
        known.update({f"{each.kind}/{each.key}": each for each in found})
        waiting = {name for each in found for name in _inside(each.content)} - known.keys() - asked
    return known.get


def _inside(value: object) -> Iterable[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get(EMBED), str):
            yield value[EMBED]
        for each in value.values():
            yield from _inside(each)
    elif isinstance(value, list):
        for each in value:
            yield from _inside(each)


def span(session: Session) -> tuple[datetime | None, datetime | None]:
    """When the first object came, and when the last changed."""
    found = session.execute(select(func.min(OpenObject.created_at), func.max(OpenObject.modified_at))).one()
    return found[0], found[1]


def shown_meeting(session: Session, meeting_id: int) -> Meeting:
    """A sitting that is shown to the public; Missing for all others."""
    found = session.scalar(select(Meeting).where(Meeting.id == meeting_id, Meeting.id.in_(_SHOWN)))
    if found is None:
        raise Missing()
    return found


def sitting_of(session: Session, meeting_id: int) -> PublicSitting | None:
    """Whether and since when somebody released a sitting."""
    return session.get(PublicSitting, meeting_id)
