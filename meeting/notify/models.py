"""Notifications to people, what became of them on each channel, what each body and person wants, reminders made, devices."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.notify.rules import DELIVERY_STATES, REMINDER_STATES
from meeting.organization.models import Person
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, Json, LongText, Moment, Name, reference


class Notification(Base):
    """Something one person is told. The words come from the kind and the facts, in the reader's language."""

    __tablename__ = "notification"
    __table_args__ = (Index("ix_notification_person", "person_id", "seen_at"),)
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    meeting_id: Mapped[int | None] = reference("meeting.id", index=True)
    kind: Mapped[Code]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    url: Mapped[Name]
    once: Mapped[str | None] = mapped_column(unique=True)  # of a reminder: it is made only once
    inbox: Mapped[bool] = mapped_column(default=True)  # False: the person gets it by other channels only
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment | None]
    person: Mapped[Person] = relationship(lazy="joined")
    meeting: Mapped[Meeting | None] = relationship()


class Delivery(Base):
    """A notification on one channel outside the application, and what became of it.

    waiting, held (until `next_try_at`: quiet hours, the daily limit), sending, sent, logged (no gateway: only written down),
    failed (and why), no_address, dropped (what it reminded of was done meanwhile), unsure (a short message whose sending was
    cut off: it may have gone out, so it is not sent twice by itself).
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("notification_id", "channel", "address"),
        CheckConstraint(f"state IN {DELIVERY_STATES}", name="state_known"),
        CheckConstraint("channel IN ('mail', 'sms', 'push')", name="channel_known"),
        Index("ix_delivery_state", "state", "next_try_at"),
    )
    id: Mapped[Id]
    notification_id: Mapped[int] = reference("notification.id")
    meeting_id: Mapped[int | None] = reference("meeting.id", index=True)
    body_id: Mapped[int | None] = reference("body.id", index=True)  # that tells; older rows: that of the meeting
    channel: Mapped[Code] = mapped_column(default="mail")
    address: Mapped[Name]  # mail address, telephone number, or the device by its name and number
    device_id: Mapped[int | None] = reference("push_device.id")
    parts: Mapped[int] = mapped_column(default=0)  # of a short message, once it was written
    state: Mapped[Code] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[LongText] = mapped_column(default="")
    created_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    next_try_at: Mapped[Moment | None]
    notification: Mapped[Notification] = relationship(lazy="joined")
    meeting: Mapped[Meeting | None] = relationship()
    device: Mapped["PushDevice | None"] = relationship()

    @property
    def of_body(self) -> int | None:
        """The body in whose name it is sent."""
        return self.body_id or (self.meeting.body_id if self.meeting else None)

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of its meeting, or of the body that tells where there is none."""
        if self.meeting is not None:
            return self.meeting.hats_of(actor, session)
        return actor.roles_in(self.body_id) if self.body_id is not None else frozenset()


class BodyChannels(Base):
    """How a body tells people: quiet hours, short messages, steps of reminders. Without a row the defaults hold."""

    __tablename__ = "body_channels"
    body_id: Mapped[int] = reference("body.id", primary_key=True)
    quiet_starts: Mapped[Code] = mapped_column(default="21:00")
    quiet_ends: Mapped[Code] = mapped_column(default="06:00")
    quiet_days_off: Mapped[bool] = mapped_column(default=True)
    sms_marks: Mapped[bool] = mapped_column(default=False)  # Vietnamese with its marks: 70 characters instead of 160
    sms_parts: Mapped[int] = mapped_column(default=2)  # at most so many parts each
    sms_daily: Mapped[int] = mapped_column(default=500)  # messages a day, counted in parts
    paper_days: Mapped[Code] = mapped_column(default="3 1 0")  # working days before the due day
    head_after: Mapped[int] = mapped_column(default=1)
    head_unit: Mapped[Code] = mapped_column(default="days")  # or hours
    answer_days: Mapped[Code] = mapped_column(default="2 1")
    waiting_days: Mapped[Code] = mapped_column(default="1 2")
    task_days: Mapped[Code] = mapped_column(default="3 1 0")  # days before a task is due
    task_again_days: Mapped[int] = mapped_column(default=3)  # overdue: to the person, the unit and its head, every so many days
    task_leader_days: Mapped[int] = mapped_column(default=5)  # overdue so long: to the leader in charge
    task_result_days: Mapped[int] = mapped_column(default=3)  # a result that waits so long: to the office


class BodyChoice(Base):
    """One cell of a body's matrix that differs from the default: which channels carry a group to a role."""

    __tablename__ = "body_choice"
    __table_args__ = (UniqueConstraint("body_id", "group", "role"),)
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    group: Mapped[Code]
    role: Mapped[Code]
    channels: Mapped[Code]  # "inbox mail push"


class PersonChannels(Base):
    """One person's own quiet hours, on top of the bodies'."""

    __tablename__ = "person_channels"
    person_id: Mapped[int] = reference("person.id", primary_key=True)
    quiet_starts: Mapped[Code] = mapped_column(default="")  # empty: only the body's
    quiet_ends: Mapped[Code] = mapped_column(default="")


class PersonChoice(Base):
    """The channels that one person switched off for a group, within what the bodies open."""

    __tablename__ = "person_choice"
    __table_args__ = (UniqueConstraint("person_id", "group"),)
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    group: Mapped[Code]
    switched_off: Mapped[Code]  # "sms push"


class PushDevice(Base):
    """A browser that shows notifications although no page is open: its address at the push service and its keys."""

    __tablename__ = "push_device"
    __table_args__ = (Index("ix_push_device_person_id", "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = reference("person.id")
    endpoint: Mapped[LongText] = mapped_column(unique=True)
    p256dh: Mapped[Name]
    auth: Mapped[Name]
    name: Mapped[Name]
    created_at: Mapped[Moment]
    last_sent_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    ended_because: Mapped[LongText] = mapped_column(default="")


class Reminder(Base):
    """One step of one matter for which people were reminded, or which had passed: never a second time."""

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint(f"state IN {REMINDER_STATES}", name="state_known"),
        Index("ix_reminder_subject", "subject", "subject_id"),
    )
    id: Mapped[Id]
    key: Mapped[Name] = mapped_column(unique=True)  # papers:12:20261210T1000:before-3
    subject: Mapped[Code]  # papers, answer, programme, head, absence, task
    subject_id: Mapped[int]
    step: Mapped[Code]
    state: Mapped[Code] = mapped_column(default="sent")
    meeting_id: Mapped[int | None] = reference("meeting.id")
    people: Mapped[list[Any]] = mapped_column(Json)
    at: Mapped[Moment]


class Waiting(Base):
    """Since when something waits or is owed under its present due time, where its own row does not tell."""

    __tablename__ = "waiting_since"
    __table_args__ = (UniqueConstraint("subject", "subject_id"),)
    id: Mapped[Id]
    subject: Mapped[Code]  # programme, papers, head, absence
    subject_id: Mapped[int]
    since: Mapped[Moment]
