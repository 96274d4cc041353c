"""What people may have to be reminded of in tasks: the due date before and after, a receipt, a result, a proposal that wait."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.notify import queries, wishes
from meeting.notify.facts import task_address, task_facts
from meeting.notify.matters import Matter, Offices, People
from meeting.notify.steps import Step, TaskPlan, task_steps, waiting_steps
from meeting.notify.still import OPEN_TASKS, stamp
from meeting.tasks.models import Task, TaskChange, TaskFormerUnit, TaskStep

RECEIPT_DAYS = (2, 4)  # working days without a receipt: the unit, then the office too
CHANGE_DAYS = (2, 4)  # a proposal without an answer: the office, then the chair too
LONGEST_BEFORE = 30  # days: what a body may set at most
MOVED = ("extended", "transferred", "carried", "sent_back")  # from then on the steps count anew


def all_of(session: Session, now: datetime) -> Iterator[Matter]:
    """Everything of tasks that may be due, each with its steps."""
    offices = Offices(session, now)
    for collect in (due, receipts, results, proposals):
        yield from collect(session, now, offices)


def due(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    """Open tasks before and after their due date: who carries it out; then the head of the unit; then the leader in charge."""
    until = clock.local(now).date() + timedelta(days=LONGEST_BEFORE)
    wanted = select(Task).where(Task.state.in_(OPEN_TASKS), Task.due_on.is_not(None), Task.due_on <= until)
    tasks = list(session.scalars(wanted).unique())
    moved = _moved(session, [task.id for task in tasks])
    for task in tasks:
        assert task.due_on
        plan = task_plan(offices, task.body_id)
        steps = task_steps(task.due_on, clock.local(now), offices.of(task.body), plan)
        since = max(task.assigned_at, moved.get(task.id, task.assigned_at))
        yield _matter(
            "task", task.id, stamp(task.due_on), since, steps, task, _kinds(steps), partial(_people_when_due, session, task)
        )


def receipts(session: Session, now: datetime, offices: Offices) -> Iterator[Matter]:
    """Tasks that their unit has not confirmed: the unit and its head, then the office too."""
    rows = list(
        session.scalars(select(Task).where(Task.state == "assigned", Task.assigned_at < now - timedelta(days=1))).unique()
    )
    since = _taken_over(session, [row.id for row in rows])
    for row in rows:
        given = since.get(row.id, row.assigned_at)
        people = partial(_unit_then, session, row, queries.office_of_task)
        yield _waiting("task_receipt", row.id, given, row, offices, "task_unreceived", RECEIPT_DAYS, people)


def results(session: Session, _now: datetime, offices: Offices) -> Iterator[Matter]:
    """Reported results that wait: the office, and after twice as long the chair too."""
    for row in session.scalars(select(Task).where(Task.state == "reported")).unique():
        if row.reported_at is not None:
            days = task_plan(offices, row.body_id).result
            people = partial(_office_then_chair, session, row)
            kind = "task_result_waiting"
            yield _waiting("task_result", row.id, row.reported_at, row, offices, kind, (days, 2 * days), people)


def proposals(session: Session, _now: datetime, offices: Offices) -> Iterator[Matter]:
    """Proposals of units that wait: the office, then the chair too."""
    wanted = select(TaskChange).where(TaskChange.state == "asked").options(joinedload(TaskChange.task))
    for row in session.scalars(wanted).unique():
        people = partial(_office_then_chair, session, row.task)
        kind = "task_change_waiting"
        yield _waiting("task_change", row.id, row.asked_at, row.task, offices, kind, CHANGE_DAYS, people)


def task_plan(offices: Offices, body_id: int) -> TaskPlan:
    """How a body reminds of tasks."""
    row = offices.settings(body_id)
    return TaskPlan(wishes.days_of(row.task_days), row.task_again_days, row.task_leader_days, row.task_result_days)


def _kinds(steps: list[Step]) -> dict[str, str]:
    said = {"overdue": "task_overdue", "head": "task_overdue_head", "leader": "task_overdue_leader"}
    return {step.key: said.get(step.key.partition("-")[0], "task_due_soon") for step in steps} | {"": "task_due_soon"}


def _people_when_due(session: Session, task: Task, whom: str) -> People:
    """Asked only when a step is sent: there may be many tasks."""
    if whom == "leader":
        return [task.leader_id] if task.leader_id else [*queries.office_of_task(session, task)]
    heads: People = [*queries.heads_of_task(session, task)]
    if whom == "head":
        return [head for head in heads if head != task.officer_id]
    everybody: People = [*queries.unit_of_task(session, task, task.lead_unit_id)]
    if task.officer is None or task.officer.unit_id != task.lead_unit_id:
        return everybody
    return [task.officer_id]


def _unit_then(session: Session, task: Task, others: Callable[[Session, Task], list[int]], whom: str) -> People:
    unit: People = [task.officer_id, *queries.heads_of_task(session, task)]
    unit = unit if any(unit) else [*queries.unit_of_task(session, task, task.lead_unit_id)]
    return [*unit, *others(session, task)] if whom == "office" else unit


def _office_then_chair(session: Session, task: Task, whom: str) -> People:
    office: People = [*queries.office_of_task(session, task)]
    return [*office, *queries.chairs_of_task(session, task)] if whom == "office" else office


def _matter(
    subject: str,
    number: int,
    mark: str,
    since: datetime,
    steps: list[Step],
    task: Task,
    kinds: dict[str, str],
    people: Callable[[str], People],
    **facts: Any,
) -> Matter:
    known = {**task_facts(task), **facts}
    return Matter(subject, number, mark, since, steps, task.meeting, task_address(task), kinds, people, known, task.body_id)


def _waiting(
    subject: str,
    number: int,
    since: datetime,
    task: Task,
    offices: Offices,
    kind: str,
    days: tuple[int, ...],
    people: Callable[[str], People],
) -> Matter:
    steps = waiting_steps(clock.local(since), offices.of(task.body), days)
    return _matter(subject, number, stamp(since), since, steps, task, {"": kind}, people, since_at=since.isoformat())


def _moved(session: Session, ids: list[int]) -> dict[int, datetime]:
    """When a date, a unit or the words last changed, or a result came back."""
    wanted = select(TaskStep.task_id, func.max(TaskStep.at).label("at")).where(
        TaskStep.kind.in_(MOVED), TaskStep.task_id.in_(ids)
    )
    return {row.task_id: row.at for row in session.execute(wanted.group_by(TaskStep.task_id))}


def _taken_over(session: Session, ids: list[int]) -> dict[int, datetime]:
    """When the present unit got it from another one."""
    wanted = select(TaskFormerUnit.task_id, func.max(TaskFormerUnit.until).label("at")).where(TaskFormerUnit.task_id.in_(ids))
    return {row.task_id: row.at for row in session.execute(wanted.group_by(TaskFormerUnit.task_id))}
