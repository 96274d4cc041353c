"""Reads of this room: one's own notifications, who is to be told, what became of the mails."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.notify.models import Delivery, Notification
from meeting.organization.models import Account, Membership, Person
from meeting.permissions import Actor, Role

UNIT_ROLES = (Role.OFFICER, Role.HEAD)


def mine(session: Session, actor: Actor, limit: int = 200) -> list[Notification]:
    """One's own notifications, the newest first."""
    wanted = select(Notification).where(Notification.person_id == actor.person_id)
    return list(session.scalars(wanted.order_by(Notification.created_at.desc(), Notification.id.desc()).limit(limit)))


def count_unseen(session: Session, actor: Actor) -> int:
    """How many one has not seen."""
    wanted = select(func.count()).where(Notification.person_id == actor.person_id, Notification.seen_at.is_(None))
    return session.scalar(wanted) or 0


def invited(session: Session, meeting_id: int) -> list[int]:
    """Everybody on the list of a meeting."""
    return list(session.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting_id)))


def holders(session: Session, body_id: int, *roles: Role) -> list[int]:
    """Who holds one of these roles in a body today."""
    return list(session.scalars(_holding(body_id, roles).distinct()))


def unit_people(session: Session, body_id: int, unit_id: int) -> list[int]:
    """The officers and the head of a unit who serve this body."""
    wanted = _holding(body_id, UNIT_ROLES).join(Person, Person.id == Membership.person_id).where(Person.unit_id == unit_id)
    return list(session.scalars(wanted.distinct()))


def people_of_unit(session: Session, unit_id: int) -> list[int]:
    """The officers and the head of a unit, whichever body they serve."""
    today = clock.today()
    wanted = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Person.unit_id == unit_id,
            Membership.role.in_(UNIT_ROLES),
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
    )
    return list(session.scalars(wanted.distinct()))


def _holding(body_id: int, roles: Sequence[Role]) -> Select[int]:
    today = clock.today()
    return select(Membership.person_id).where(
        Membership.body_id == body_id,
        Membership.role.in_(roles),
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )


def addresses(session: Session, people: Iterable[int]) -> dict[int, str]:
    """The official mail address of each person, empty where there is none."""
    rows = session.execute(select(Person.id, Person.email).where(Person.id.in_(list(people))))
    return {row.id: row.email for row in rows}


def language_of(session: Session, person_id: int) -> str:
    """The language a person reads."""
    return session.scalar(select(Account.language).where(Account.person_id == person_id)) or "vi"


def deliveries_of(session: Session, meeting_id: int) -> list[Delivery]:
    """The mails of a meeting, the newest first."""
    wanted = select(Delivery).where(Delivery.meeting_id == meeting_id).order_by(Delivery.id.desc())
    return list(session.scalars(wanted))


def count_failed(session: Session, meeting_id: int) -> int:
    """How many mails of a meeting did not go out."""
    failed = Delivery.state.in_(("failed", "no_address"))
    return session.scalar(select(func.count()).where(Delivery.meeting_id == meeting_id, failed)) or 0


def to_try_again(session: Session, now: datetime) -> list[int]:
    """Failed mails whose next attempt is due."""
    wanted = select(Delivery.id).where(Delivery.state == "failed", Delivery.next_try_at <= now).order_by(Delivery.id)
    return list(session.scalars(wanted))


def to_send(session: Session, ids: Sequence[int]) -> list[Delivery]:
    """Mails that still have to go out, with what they say and to whom."""
    wanted = select(Delivery).where(Delivery.id.in_(ids), Delivery.state == "waiting").order_by(Delivery.id)
    return list(session.scalars(wanted.options(joinedload(Delivery.meeting).joinedload(Meeting.body))))
