"""Tasks and everything that happened to them."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Select, Table, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from meeting.agenda.models import Meeting
from meeting.conclusions.models import Instrument
from meeting.organization.models import Body, Person, Unit
from meeting.permissions import Action, Actor, Role, hat
from meeting.tables import Base, Code, Id, LongText, Moment, Name, reference
from meeting.tasks.rules import TaskState, Timeliness, days_left, timeliness

UNIT_ROLES = frozenset({Role.OFFICER, Role.HEAD})
#: Who knows of what is not given yet.
KEEPERS = frozenset({Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.SYSTEM, hat(Action.KEEP_TASKS)})


def _unit_roles(actor: Actor) -> frozenset[Role]:
    return frozenset(role for _, role in actor.roles if role in UNIT_ROLES)


cooperation = Table(
    "task_unit",
    Base.metadata,
    Column("task_id", ForeignKey("task.id"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
)


class Task(Base):
    """Something one unit has to do: born from a line of an issued document, or entered from one of a body above."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'assigned', 'received', 'in_progress', 'reported', 'accepted', 'cancelled')", name="state_known"
        ),
        CheckConstraint("origin IN ('line', 'superior', 'own')", name="origin_known"),
        CheckConstraint("origin != 'line' OR line_id IS NOT NULL", name="line_known"),
        CheckConstraint("progress_percent BETWEEN 0 AND 100", name="percent_in_range"),
        Index("ix_task_lead_unit", "lead_unit_id", "state"),
        Index("ix_task_body", "body_id", "state"),
    )
    id: Mapped[Id]
    body_id: Mapped[int] = reference("body.id")
    meeting_id: Mapped[int | None] = reference("meeting.id", index=True)
    notice_id: Mapped[int | None] = reference("notice.id")
    line_id: Mapped[int | None] = reference("notice_line.id", unique=True)
    origin: Mapped[Code] = mapped_column(default="line")  # line, superior (a document from above), own
    source_symbol: Mapped[Code] = mapped_column(default="")  # of the document from above
    source_issuer: Mapped[Name] = mapped_column(default="")
    source_on: Mapped[date | None]
    source_file_id: Mapped[int | None] = reference("file.id")
    text: Mapped[LongText]
    process: Mapped[LongText] = mapped_column(default="")  # how, in which steps
    officer_id: Mapped[int | None] = reference("person.id")  # who does it, one person
    assigner_id: Mapped[int | None] = reference("person.id")
    is_key: Mapped[bool] = mapped_column(default=False)  # nhiệm vụ trọng tâm
    urgency: Mapped[Code] = mapped_column(default="normal")  # urgent, very_urgent, express
    lead_unit_id: Mapped[int] = reference("unit.id")
    leader_id: Mapped[int | None] = reference("person.id")
    product: Mapped[Name] = mapped_column(default="")
    due_on: Mapped[date | None]
    no_due: Mapped[bool] = mapped_column(default=False)  # said on purpose
    given: Mapped[bool] = mapped_column(default=True)  # False: a draft, known to the office only
    first_due_on: Mapped[date | None]  # as the notice had it; extensions never change it
    state: Mapped[Code] = mapped_column(default="assigned")
    progress_percent: Mapped[int] = mapped_column(default=0)
    obstacle: Mapped[LongText] = mapped_column(default="")
    assigned_at: Mapped[Moment]  # of a draft: when it was entered
    reported_at: Mapped[Moment | None]  # of the result that waits or was accepted
    reported_by_id: Mapped[int | None] = reference("person.id")
    done_on: Mapped[date | None]  # the local day of that report
    accepted_at: Mapped[Moment | None]
    accepted_by_id: Mapped[int | None] = reference("person.id")
    cancelled_at: Mapped[Moment | None]
    cancel_reason: Mapped[LongText] = mapped_column(default="")
    released_at: Mapped[Moment | None]  # to the public page
    released_by_id: Mapped[int | None] = reference("person.id")
    public_text: Mapped[LongText] = mapped_column(default="")
    public_result: Mapped[LongText] = mapped_column(default="")
    body: Mapped[Body] = relationship(lazy="joined")
    meeting: Mapped[Meeting | None] = relationship(lazy="joined")
    notice: Mapped[Instrument | None] = relationship()
    officer: Mapped[Person | None] = relationship(foreign_keys=[officer_id], lazy="joined")
    assigner: Mapped[Person | None] = relationship(foreign_keys=[assigner_id])
    lead_unit: Mapped[Unit] = relationship(lazy="joined")
    leader: Mapped[Person | None] = relationship(foreign_keys=[leader_id], lazy="joined")
    cooperating: Mapped[list[Unit]] = relationship(secondary=cooperation, order_by=Unit.name, lazy="selectin")
    former_units: Mapped[list["TaskFormerUnit"]] = relationship(order_by="TaskFormerUnit.id", lazy="selectin")

    def hats_of(self, actor: Actor, session: Session) -> frozenset[Role]:
        """Those of the meeting, or of the body where there was none, and those of the units and people concerned.

        Units see their tasks whichever body gave them, except that the Party's stay with people who have a role there. A unit
        that had to hand a task over still knows of it. What was never given is known to the office and the chair only.
        `queries.visible_to` is the same rule as a condition on rows; a test compares them.
        """
        subject = self.meeting or self.body
        hats = subject.hats_of(actor, session) - UNIT_ROLES - {Role.GUEST}
        if self.meeting is None and actor.only_meeting is not None:
            hats = frozenset()
        if not self.given:
            return hats & KEEPERS
        return hats | self.hats_of_concerned(actor) | self._former_hats(actor)

    def hats_of_concerned(self, actor: Actor) -> frozenset[Role]:
        """The hats of the units and people the task is with now."""
        if not self.given or not self._known_to(actor):
            return frozenset()
        hats: set[Role] = set()
        if actor.unit_id in {self.lead_unit_id, *(unit.id for unit in self.cooperating)}:
            hats |= _unit_roles(actor)
        if actor.person_id and actor.person_id == self.officer_id and actor.unit_id == self.lead_unit_id:
            hats.add(Role.OFFICER)
        if actor.person_id and actor.person_id == self.leader_id:
            hats.add(Role.MEMBER)
        return frozenset(hats)

    def _former_hats(self, actor: Actor) -> frozenset[Role]:
        before = {former.unit_id for former in self.former_units}
        return _unit_roles(actor) if actor.unit_id in before and self._known_to(actor) else frozenset()

    def _known_to(self, actor: Actor) -> bool:
        """Whether somebody beyond the meeting may know of it at all."""
        return actor.only_meeting is None and (not self.body.is_party or bool(actor.roles_in(self.body_id)))

    def is_with(self, actor: Actor) -> bool:
        """Whether the actor is of the unit that reports on it."""
        return actor.unit_id == self.lead_unit_id

    @property
    def form_of_address(self) -> str:
        """How the body that gave it addresses people."""
        return self.body.address_form

    @property
    def source(self) -> str:
        """Number and symbol of the document it comes from."""
        if self.notice is not None:
            return self.notice.number.symbol if self.notice.number else ""
        return self.source_symbol

    @property
    def title_of_source(self) -> str:
        """The meeting it comes from, or who issued the document."""
        return self.meeting.title if self.meeting is not None else self.source_issuer or self.body.name

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
    text_before: Mapped[LongText] = mapped_column(default="")  # of words that were changed
    unit_before_id: Mapped[int | None] = reference("unit.id")  # of a transfer
    unit_after_id: Mapped[int | None] = reference("unit.id")
    file_id: Mapped[int | None] = reference("file.id")  # proof of a result
    by: Mapped[Person] = relationship(lazy="joined")
    unit_before: Mapped[Unit | None] = relationship(foreign_keys=[unit_before_id], lazy="joined")
    unit_after: Mapped[Unit | None] = relationship(foreign_keys=[unit_after_id], lazy="joined")
    task: Mapped[Task] = relationship()

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Those of its task."""
        return self.task.hats_of(actor, session)


class TaskFormerUnit(Base):
    """A unit that led a task until it was transferred: it still reads what happened up to then."""

    __tablename__ = "task_former_unit"
    __table_args__ = (Index("ix_task_former_unit_task_id", "task_id"), Index("ix_task_former_unit_unit_id", "unit_id"))
    id: Mapped[Id]
    task_id: Mapped[int] = reference("task.id")
    unit_id: Mapped[int] = reference("unit.id")
    until: Mapped[Moment]


class TaskStepFile(Base):
    """One of the files that came with a step."""

    __tablename__ = "task_step_file"
    step_id: Mapped[int] = mapped_column(ForeignKey("task_step.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), primary_key=True, index=True)


class TaskChange(Base):
    """What a unit asks to be changed in its task, and the answer."""

    __tablename__ = "task_change"
    __table_args__ = (
        CheckConstraint("kind IN ('time', 'content', 'unit')", name="kind_known"),
        CheckConstraint("state IN ('asked', 'granted', 'refused', 'withdrawn')", name="state_known"),
        Index("ix_task_change_task_id", "task_id"),
    )
    id: Mapped[Id]
    task_id: Mapped[int] = reference("task.id")
    kind: Mapped[Code]
    text: Mapped[LongText]  # why
    wanted_due_on: Mapped[date | None]
    wanted_text: Mapped[LongText] = mapped_column(default="")
    wanted_unit_id: Mapped[int | None] = reference("unit.id")
    asked_at: Mapped[Moment]
    asked_by_id: Mapped[int] = reference("person.id")
    state: Mapped[Code] = mapped_column(default="asked")
    decided_at: Mapped[Moment | None]
    decided_by_id: Mapped[int | None] = reference("person.id")
    answer: Mapped[LongText] = mapped_column(default="")
    task: Mapped[Task] = relationship()
    wanted_unit: Mapped[Unit | None] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @staticmethod
    def waiting(task_id: int, *kinds: str) -> "Select[TaskChange]":
        """What waits for an answer at a task, of all kinds or of these."""
        wanted = select(TaskChange).where(TaskChange.task_id == task_id, TaskChange.state == "asked").order_by(TaskChange.id)
        return wanted.where(TaskChange.kind.in_(kinds)) if kinds else wanted

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Those of its task."""
        return self.task.hats_of(actor, session)


class TaskObstacle(Base):
    """What stands in the way of a task (vướng mắc), what the unit proposes, and how it was settled."""

    __tablename__ = "task_obstacle"
    __table_args__ = (Index("ix_task_obstacle_task_id", "task_id"),)
    id: Mapped[Id]
    task_id: Mapped[int] = reference("task.id")
    text: Mapped[LongText]
    proposal: Mapped[LongText] = mapped_column(default="")
    raised_at: Mapped[Moment]
    raised_by_id: Mapped[int] = reference("person.id")
    settled_at: Mapped[Moment | None]
    settled_by_id: Mapped[int | None] = reference("person.id")
    answer: Mapped[LongText] = mapped_column(default="")
    task: Mapped[Task] = relationship()
    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
    settled_by: Mapped[Person | None] = relationship(foreign_keys=[settled_by_id])

    @staticmethod
    def standing(task_id: int) -> "Select[TaskObstacle]":
        """What stands in the way of a task and is not settled yet, the newest first."""
        wanted = select(TaskObstacle).where(TaskObstacle.task_id == task_id, TaskObstacle.settled_at.is_(None))
        return wanted.order_by(TaskObstacle.id.desc())

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Those of its task."""
        return self.task.hats_of(actor, session)


class TaskReview(Base):
    """What the leaders said on a task in the review of a month."""

    __tablename__ = "task_review"
    __table_args__ = (UniqueConstraint("task_id", "month"),)
    id: Mapped[Id]
    task_id: Mapped[int] = reference("task.id")
    month: Mapped[Code]  # 2026-11
    text: Mapped[LongText]
    decided_at: Mapped[Moment]
    by_id: Mapped[int] = reference("person.id")
    by: Mapped[Person] = relationship()
    task: Mapped[Task] = relationship()

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Those of its task."""
        return self.task.hats_of(actor, session)
