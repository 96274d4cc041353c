"""Reads of this room: one's own notifications, who is to be told, what became of the mails."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.notify.models import Delivery, Notification, Reminder
from meeting.notify.rules import FAILURES
from meeting.organization.models import Account, Membership, Person
from meeting.permissions import Actor, Role
from meeting.tasks.models import Task

MOST_TOLD = 500  # lines on one page
UNIT_ROLES = (Role.OFFICER, Role.HEAD)


def mine(session: Session, actor: Actor, limit: int = 200) -> list[Notification]:
    """One's own notifications, the newest first."""
    wanted = select(Notification).where(Notification.person_id == actor.person_id, Notification.inbox)
    return list(session.scalars(wanted.order_by(Notification.created_at.desc(), Notification.id.desc()).limit(limit)))


def count_unseen(session: Session, actor: Actor) -> int:
    """How many one has not seen."""
    wanted = select(func.count()).where(
        Notification.person_id == actor.person_id, Notification.inbox, Notification.seen_at.is_(None)
    )
    return session.scalar(wanted) or 0


def newest(session: Session, actor: Actor) -> int:
    """The number of one's newest notification; 0 without any."""
    wanted = select(func.max(Notification.id)).where(Notification.person_id == actor.person_id, Notification.inbox)
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
    wanted = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.unit_id == unit_id, Membership.role.in_(UNIT_ROLES), *_in_force())
    )
    return list(session.scalars(wanted.distinct()))


def _in_force() -> tuple[ColumnElement[bool], ...]:
    """Roles that hold today."""
    today = clock.today()
    return Membership.starts_on <= today, or_(Membership.ends_on.is_(None), Membership.ends_on >= today)


def _holding(body_id: int, roles: Sequence[Role]) -> Select[int]:
    return select(Membership.person_id).where(Membership.body_id == body_id, Membership.role.in_(roles), *_in_force())


def unit_of_task(session: Session, task: Task, unit_id: int) -> list[int]:
    """Those of a unit who may see the task: a task of the Party stays with people who have a role there."""
    if task.body.is_party:
        return unit_people(session, task.body_id, unit_id)
    return people_of_unit(session, unit_id)


def heads_of_task(session: Session, task: Task) -> list[int]:
    """The head of the unit that leads a task, as far as the task may be seen there."""
    people = unit_of_task(session, task, task.lead_unit_id)
    heads = select(Membership.person_id).where(Membership.role == Role.HEAD, Membership.person_id.in_(people), *_in_force())
    return list(session.scalars(heads.distinct()))


def office_of_task(session: Session, task: Task) -> list[int]:
    """Who keeps a task: the secretary of its meeting, else the office of the body."""
    if task.meeting is not None and task.meeting.secretary_id:
        return [task.meeting.secretary_id]
    return holders(session, task.body_id, Role.SECRETARY, Role.CHIEF)


def chairs_of_task(session: Session, task: Task) -> list[int]:
    """Who presides: over its meeting, else over the body."""
    if task.meeting is not None and task.meeting.chair_id:
        return [task.meeting.chair_id]
    return holders(session, task.body_id, Role.CHAIR)


def officers_and_heads(session: Session, body_id: int, unit_id: int) -> tuple[list[int | None], list[int | None]]:
    """The officers of a unit who serve a body, and its head."""
    found: list[list[int | None]] = []
    for role in UNIT_ROLES:
        wanted = _holding(body_id, [role]).join(Person, Person.id == Membership.person_id).where(Person.unit_id == unit_id)
        found.append([*session.scalars(wanted.distinct())])
    return found[0], found[1]


def address_of(session: Session, person_id: int, channel: str) -> str:
    """Where mail or short messages reach a person now; empty where nothing is on file."""
    column = Person.email if channel == "mail" else Person.phone
    return session.scalar(select(column).where(Person.id == person_id)) or ""


def language_of(session: Session, person_id: int) -> str:
    """The language a person reads."""
    return session.scalar(select(Account.language).where(Account.person_id == person_id)) or "vi"


def deliveries_of(session: Session, meeting_id: int) -> list[Delivery]:
    """The mails of a meeting, the newest first."""
    wanted = select(Delivery).where(Delivery.meeting_id == meeting_id).order_by(Delivery.id.desc())
    return list(session.scalars(wanted))


def told_of(session: Session, meeting_id: int) -> list[Notification]:
    """What people were told of a meeting, the newest first."""
    wanted = select(Notification).where(Notification.meeting_id == meeting_id).order_by(Notification.id.desc())
    return list(session.scalars(wanted.limit(MOST_TOLD)))


def count_failed(session: Session, meeting_id: int) -> int:
    """How many mails of a meeting did not go out."""
    failed = Delivery.state.in_(FAILURES)
    return session.scalar(select(func.count()).where(Delivery.meeting_id == meeting_id, failed)) or 0


def due_deliveries(session: Session, now: datetime) -> list[Delivery]:
    """Failed or held messages whose moment has come."""
    wanted = select(Delivery).where(Delivery.state.in_(("failed", "held")), Delivery.next_try_at <= now).order_by(Delivery.id)
    return list(session.scalars(wanted))


def to_send(session: Session, ids: Sequence[int], *more_states: str) -> list[Delivery]:
    """Messages that still have to go out, with what they say and to whom."""
    wanted = select(Delivery).where(Delivery.id.in_(ids), Delivery.state.in_(("waiting", *more_states))).order_by(Delivery.id)
    loaded = wanted.options(joinedload(Delivery.meeting).joinedload(Meeting.body), joinedload(Delivery.device))
    return list(session.scalars(loaded))


def sms_today(session: Session, body_id: int) -> int:
    """The parts of short messages sent today for a body."""
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = (
        select(func.coalesce(func.sum(Delivery.parts), 0))
        .outerjoin(Meeting, Meeting.id == Delivery.meeting_id)
        .where(Delivery.channel == "sms", Delivery.state == "sent", Delivery.sent_at >= midnight, _told_by(body_id))
    )
    return session.scalar(wanted) or 0


def _told_by(body_id: int) -> ColumnElement[bool]:
    """Sent in the name of a body; of older messages only the meeting is known."""
    return func.coalesce(Delivery.body_id, Meeting.body_id) == body_id


def failed_of_body(session: Session, body_id: int, limit: int = 50) -> list[Delivery]:
    """Messages of a body of the last month that did not reach anybody, the newest first."""
    since = clock.now() - timedelta(days=31)
    wanted = (
        select(Delivery)
        .outerjoin(Meeting, Meeting.id == Delivery.meeting_id)
        .where(Delivery.state.in_(FAILURES), Delivery.created_at >= since, _told_by(body_id))
        .order_by(Delivery.id.desc())
        .limit(limit)
    )
    return list(session.scalars(wanted.options(contains_eager(Delivery.meeting))))


def reminders_of(session: Session, meeting_id: int) -> list[Reminder]:
    """The reminders made for a meeting, the newest first."""
    wanted = select(Reminder).where(Reminder.meeting_id == meeting_id, Reminder.state == "sent")
    return list(session.scalars(wanted.order_by(Reminder.at.desc(), Reminder.id.desc()).limit(200)))
