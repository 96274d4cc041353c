"""What is still open of meetings, asked before a person, a unit or a body retires."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import FurtherPresenter, Item, Meeting
from meeting.agenda.rules import OVER_STATES
from meeting.organization.duties import OF_BODY, OF_PERSON, OF_UNIT, Duty

ITEM_OVER = ("done", "deferred", "withdrawn")


def _duty(meeting: Meeting) -> Duty:
    return Duty(meeting.title, f"/meetings/{meeting.id}")


def of_body(session: Session, body_id: int) -> Iterator[Duty]:
    """Its meetings that are neither held nor cancelled."""
    wanted = select(Meeting).where(Meeting.body_id == body_id, Meeting.state.not_in(OVER_STATES)).order_by(Meeting.starts_at)
    yield from map(_duty, session.scalars(wanted))


def of_person(session: Session, person_id: int) -> Iterator[Duty]:
    """Open meetings they chair or keep, and items they present."""
    presents = select(FurtherPresenter.item_id).where(FurtherPresenter.person_id == person_id)
    items = select(Item.meeting_id).where(
        or_(Item.presenter_id == person_id, Item.id.in_(presents)), Item.state.not_in(ITEM_OVER)
    )
    holds = or_(
        Meeting.chair_id == person_id,
        Meeting.secretary_id == person_id,
        Meeting.presider_id == person_id,
        Meeting.id.in_(items),
    )
    wanted = select(Meeting).where(holds, Meeting.state.not_in(OVER_STATES)).order_by(Meeting.starts_at)
    yield from map(_duty, session.scalars(wanted))


def of_unit(session: Session, unit_id: int) -> Iterator[Duty]:
    """Open meetings for which it prepares an item."""
    items = select(Item.meeting_id).where(Item.unit_id == unit_id, Item.state.not_in(ITEM_OVER))
    wanted = select(Meeting).where(Meeting.id.in_(items), Meeting.state.not_in(OVER_STATES)).order_by(Meeting.starts_at)
    yield from map(_duty, session.scalars(wanted))


OF_BODY.append(of_body)
OF_PERSON.append(of_person)
OF_UNIT.append(of_unit)
