"""Reads of tasks, always limited to what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda.models import Meeting, Participant
from meeting.conclusions.models import Notice
from meeting.errors import Missing
from meeting.organization.models import Body, Unit
from meeting.permissions import Action, Actor, Role, allows
from meeting.tasks.models import UNIT_ROLES, Task, TaskStep, cooperation
from meeting.tasks.rules import TaskState, Timeliness

BODY_ROLES = tuple(
    role for role in Role if allows(Action.READ_TASKS, [role]) and role not in UNIT_ROLES | {Role.MEMBER, Role.GUEST}
)
#: The groups of the board in their order.
GROUPS = ("overdue", "due_soon", "reported", "on_track", "done")


@dataclass(frozen=True)
class Group:
    """Tasks that ask for the same attention."""

    key: str
    tasks: Sequence[Task]


@dataclass(frozen=True)
class UnitLoad:
    """How a unit's open tasks stand."""

    unit: Unit
    overdue: int
    due_soon: int
    rest: int

    @property
    def total(self) -> int:
        """All open tasks of the unit."""
        return self.overdue + self.due_soon + self.rest


def visible_tasks(session: Session, actor: Actor, unit_id: int | None = None, state: str = "") -> list[Task]:
    """Tasks the actor may see, by due date (those without one last).

    `state` is a state, or a group of the board: overdue, due_soon, on_track, reported, done.
    """
    wanted = visible_to(actor).options(joinedload(Task.notice).joinedload(Notice.number))
    if unit_id is not None:
        wanted = wanted.where(Task.lead_unit_id == unit_id)
    if state in set(TaskState):
        wanted = wanted.where(Task.state == state)
    return list(session.scalars(wanted.order_by(Task.due_on.is_(None), Task.due_on, Task.id)).unique())


def visible_to(actor: Actor) -> Select[Task]:
    """The same rule as `Task.hats_of`, as a condition on rows."""
    person = actor.person_id
    invited = select(Participant.meeting_id).where(Participant.person_id == person, Participant.voting)
    by_seat = or_(
        Meeting.chair_id == person,
        Meeting.secretary_id == person,
        Meeting.id.in_(invited),
        Meeting.body_id.in_(actor.bodies_as(*BODY_ROLES)),
    )
    return select(Task).join(Task.meeting).join(Meeting.body).where(or_(by_seat, _by_unit(actor)))


def _by_unit(actor: Actor) -> ColumnElement[bool]:
    if actor.unit_id is None or not actor.bodies_as(*UNIT_ROLES):
        return false()
    helps = select(cooperation.c.task_id).where(cooperation.c.unit_id == actor.unit_id)
    concerned = or_(Task.lead_unit_id == actor.unit_id, Task.id.in_(helps))
    return and_(concerned, or_(Body.kind != "party", Body.id.in_(actor.bodies_as())))


def readable_task(session: Session, actor: Actor, task_id: int) -> Task:
    """One task for somebody who may read it, else `Missing`."""
    wanted = select(Task).where(Task.id == task_id).options(joinedload(Task.notice).joinedload(Notice.number))
    task = session.scalars(wanted).unique().one_or_none()
    if task is None or not allows(Action.READ_TASKS, task.hats_of(actor, session)):
        raise Missing()
    return task


def steps_of(session: Session, task: Task) -> list[TaskStep]:
    """What happened to a task, newest first."""
    return list(session.scalars(select(TaskStep).where(TaskStep.task_id == task.id).order_by(TaskStep.id.desc())))


def tasks_of_meeting(session: Session, actor: Actor, meeting_id: int) -> list[Task]:
    """The tasks of one meeting as far as the actor may see them."""
    wanted = visible_to(actor).where(Task.meeting_id == meeting_id).order_by(Task.due_on.is_(None), Task.due_on)
    return list(session.scalars(wanted).unique())


def grouped(tasks: Sequence[Task], today: date) -> list[Group]:
    """The board: overdue, due soon, waiting for acceptance, under way, done; empty groups left out."""
    found: dict[str, list[Task]] = {key: [] for key in GROUPS}
    for task in tasks:
        found[group_of(task, today)].append(task)
    return [Group(key, rows) for key, rows in found.items() if rows]


def group_of(task: Task, today: date) -> str:
    """Which group of the board a task belongs to."""
    if task.state == TaskState.ACCEPTED:
        return "done"
    if task.state == TaskState.REPORTED:
        return "reported"
    late = task.timeliness(today)
    return late.value if late in (Timeliness.OVERDUE, Timeliness.DUE_SOON) else "on_track"


def by_unit(tasks: Sequence[Task], today: date) -> list[UnitLoad]:
    """Open tasks by lead unit, the most first."""
    loads: dict[int, list[Task]] = {}
    for task in tasks:
        if task.state != TaskState.ACCEPTED:
            loads.setdefault(task.lead_unit_id, []).append(task)
    rows = [_load(each, today) for each in loads.values()]
    return sorted(rows, key=lambda row: (-row.total, row.unit.name))


def _load(tasks: Sequence[Task], today: date) -> UnitLoad:
    groups = [group_of(task, today) for task in tasks]
    overdue, soon = groups.count("overdue"), groups.count("due_soon")
    return UnitLoad(tasks[0].lead_unit, overdue, soon, len(groups) - overdue - soon)


def done_figures(tasks: Sequence[Task]) -> tuple[int, int]:
    """How many accepted results were in time, and how many late."""
    done = [task for task in tasks if task.state == TaskState.ACCEPTED]
    late = sum(1 for task in done if task.due_on and task.done_on and task.done_on > task.due_on)
    return len(done) - late, late


def waiting_for(session: Session, actor: Actor) -> list[Task]:
    """What asks something of this person: open tasks of their unit, results that wait where they review."""
    seen = visible_tasks(session, actor)
    own = [task for task in seen if task.lead_unit_id == actor.unit_id and task.state not in ("reported", "accepted")]
    reviews = [task for task in seen if task.state == TaskState.REPORTED and _may_review(session, actor, task)]
    return own + [task for task in reviews if task not in own]


def _may_review(session: Session, actor: Actor, task: Task) -> bool:
    return allows(Action.REVIEW_TASK, task.hats_of(actor, session)) and task.reported_by_id != actor.person_id
