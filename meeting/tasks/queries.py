"""Reads of tasks, always limited to what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda.models import Meeting, Participant
from meeting.conclusions.models import Notice
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.organization.models import Body
from meeting.permissions import Action, Actor, Role, allows
from meeting.tasks.models import UNIT_ROLES, Task, TaskStep, cooperation
from meeting.tasks.rules import OPEN_STATES, TaskState

BODY_ROLES = tuple(
    role for role in Role if allows(Action.READ_TASKS, [role]) and role not in UNIT_ROLES | {Role.MEMBER, Role.GUEST}
)


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


@opens
def place_of_proof(session: Session, actor: Actor, file: File) -> Place | None:
    """The proof of a result is opened by whoever may read the task."""
    wanted = select(Task).join(TaskStep, TaskStep.task_id == Task.id).where(TaskStep.file_id == file.id)
    for task in session.scalars(wanted).unique():
        if allows(Action.READ_TASKS, task.hats_of(actor, session)):
            return Place(title=file.name, detail=task.text, back=f"/tasks/{task.id}", meeting_id=task.meeting_id)
    return None


def proofs_of(session: Session, steps: Sequence[TaskStep]) -> dict[int, File]:
    """The files that reports brought, by id."""
    wanted = [step.file_id for step in steps if step.file_id]
    return {file.id: file for file in session.scalars(select(File).where(File.id.in_(wanted)))}


def steps_of(session: Session, task: Task) -> list[TaskStep]:
    """What happened to a task, newest first."""
    return list(session.scalars(select(TaskStep).where(TaskStep.task_id == task.id).order_by(TaskStep.id.desc())))


def tasks_of_meeting(session: Session, actor: Actor, meeting_id: int) -> list[Task]:
    """The tasks of one meeting as far as the actor may see them."""
    wanted = visible_to(actor).where(Task.meeting_id == meeting_id).order_by(Task.due_on.is_(None), Task.due_on)
    return list(session.scalars(wanted).unique())


def waiting_for(session: Session, actor: Actor) -> list[Task]:
    """What asks something of this person: open tasks of their unit, results that wait where they review."""
    return list(session.scalars(_waiting(actor).order_by(Task.due_on.is_(None), Task.due_on, Task.id)).unique())


def waiting_count(session: Session, actor: Actor) -> int:
    """How many they are, in one query."""
    found = _waiting(actor).with_only_columns(func.count(Task.id.distinct())).order_by(None)
    return session.scalar(found) or 0


def _waiting(actor: Actor) -> Select[Task]:
    person = actor.person_id
    reviews = or_(
        Meeting.chair_id == person,
        Meeting.secretary_id == person,
        Meeting.body_id.in_(actor.bodies_as(Role.CHAIR, Role.SECRETARY, Role.CHIEF)),
    )
    reports = and_(_by_unit(actor), Task.lead_unit_id == actor.unit_id, Task.state.in_(OPEN_STATES))
    foreign = Task.reported_by_id.is_distinct_from(person)
    accepts = and_(reviews, Task.state == TaskState.REPORTED, foreign)
    return visible_to(actor).where(or_(reports, accepts))


@dataclass(frozen=True)
class Steps:
    """What this person may do with a task now; each is one button or form."""

    receive: bool = False
    report: bool = False
    review: bool = False
    follow: bool = False
    waits: bool = False


def steps_for(session: Session, actor: Actor, task: Task) -> Steps:
    """The buttons of a task's page. The acts ask again; this only keeps useless buttons away."""
    hats = task.hats_of(actor, session)
    leads = actor.unit_id == task.lead_unit_id and allows(Action.REPORT_TASK, hats)
    reviews = allows(Action.REVIEW_TASK, hats)
    foreign = task.reported_by_id != actor.person_id and (actor.unit_id != task.lead_unit_id or Role.CHAIR in hats)
    review = reviews and foreign and task.state == TaskState.REPORTED
    return Steps(
        receive=leads and task.state == TaskState.ASSIGNED,
        report=leads and task.state in OPEN_STATES,
        review=review,
        follow=reviews and task.state != TaskState.ACCEPTED,
        waits=not review,
    )
