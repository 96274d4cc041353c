"""Tasks and everything that happened to them."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.conclusions.models import Notice
from meeting.organization.models import Person, Unit
from meeting.permissions import Actor, Role
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference
from meeting.tasks.rules import TaskState, Timeliness, days_left, timeliness

UNIT_ROLES = frozenset({Role.OFFICER, Role.HEAD})

cooperation = Table(
    "task_unit",
    Base.metadata,
    Column("task_id", ForeignKey("task.id"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
)


class Task(Base):
    """Something one unit has to do, born from a line of an issued notice."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("state IN ('assigned', 'received', 'in_progress', 'reported', 'accepted')", name="state_known"),
        CheckConstraint("progress_percent BETWEEN 0 AND 100", name="percent_in_range"),
        Index("ix_task_lead_unit", "lead_unit_id", "state"),
    )
    id: Mapped[Id]
    meeting_id: Mapped[int] = reference("meeting.id", index=True)
    notice_id: Mapped[int] = reference("notice.id")
    line_id: Mapped[int] = reference("notice_line.id", unique=True)
    text: Mapped[LongText]
    lead_unit_id: Mapped[int] = reference("unit.id")
    leader_id: Mapped[int | None] = reference("person.id")
    product: Mapped[Name] = mapped_column(default="")
    due_on: Mapped[date | None]
    first_due_on: Mapped[date | None]  # as the notice had it; extensions never change it
    state: Mapped[Code] = mapped_column(default="assigned")
    progress_percent: Mapped[int] = mapped_column(default=0)
    obstacle: Mapped[LongText] = mapped_column(default="")
    assigned_at: Mapped[Moment]
    reported_at: Mapped[Moment | None]  # of the result that waits or was accepted
    reported_by_id: Mapped[int | None] = reference("person.id")
    done_on: Mapped[date | None]  # the local day of that report
    accepted_at: Mapped[Moment | None]
    meeting: Mapped[Meeting] = relationship(lazy="joined")
    notice: Mapped[Notice] = relationship()
    lead_unit: Mapped[Unit] = relationship(lazy="joined")
    leader: Mapped[Person | None] = relationship(foreign_keys=[leader_id], lazy="joined")
    cooperating: Mapped[list[Unit]] = relationship(secondary=cooperation, order_by=Unit.name, lazy="selectin")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of the meeting without its units; the units concerned come in by their own door.

        People of a unit see the tasks of their unit, whichever body gave them, except that the Party's stay with
        people who have a role there.
        """
        hats = self.meeting.hats_of(actor, session) - UNIT_ROLES
        if hats == {Role.GUEST}:
            hats = frozenset()
        return hats | self._unit_hats(actor)

    def _unit_hats(self, actor: Actor) -> frozenset[Role]:
        concerned = {self.lead_unit_id, *(unit.id for unit in self.cooperating)}
        if actor.unit_id not in concerned:
            return frozenset()
        if self.meeting.body.is_party and not actor.roles_in(self.meeting.body_id):
            return frozenset()
        return frozenset(role for _, role in actor.roles if role in UNIT_ROLES)

    def timeliness(self, today: date) -> Timeliness:
        """What the calendar says about this task on a day."""
        return timeliness(TaskState(self.state), self.due_on, self.done_on, today)

    def days_left(self, today: date) -> int | None:
        """Days to the due date, negative when it has passed."""
        return days_left(self.due_on, today)


class TaskStep(Base):
    """One thing that happened to a task: received, reported, accepted, sent back, urged, extended."""

    __tablename__ = "task_step"
    __table_args__ = (Index("ix_task_step_task_id", "task_id"),)
    id: Mapped[Id]
    task_id: Mapped[int] = reference("task.id")
    kind: Mapped[Code]
    at: Mapped[Moment]
    by_id: Mapped[int] = reference("person.id")
    text: Mapped[LongText] = mapped_column(default="")
    obstacle: Mapped[LongText] = mapped_column(default="")
    progress_percent: Mapped[int | None]
    due_before: Mapped[date | None]  # of an extension
    due_after: Mapped[date | None]
    file_id: Mapped[int | None] = reference("file.id")  # proof of a result
    by: Mapped[Person] = relationship(lazy="joined")
    task: Mapped[Task] = relationship()

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Those of its task."""
        return self.task.hats_of(actor, session)
