"""Tasks that are still open, asked before a person or a unit retires."""

from collections.abc import Iterator

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from meeting.organization.duties import OF_PERSON, OF_UNIT, Duty
from meeting.tasks.models import Task
from meeting.tasks.rules import CLOSED_STATES

LETTERS = 80  # of a task's text


def _found(session: Session, wanted: Select[Task]) -> Iterator[Duty]:
    for task in session.scalars(wanted.where(Task.state.not_in(CLOSED_STATES)).order_by(Task.due_on, Task.id)).unique():
        yield Duty(task.text if len(task.text) <= LETTERS else f"{task.text[:LETTERS]}…", f"/tasks/{task.id}")


def of_person(session: Session, person_id: int) -> Iterator[Duty]:
    """What they carry out or answer for."""
    yield from _found(session, select(Task).where(or_(Task.officer_id == person_id, Task.leader_id == person_id)))


def of_unit(session: Session, unit_id: int) -> Iterator[Duty]:
    """What it leads."""
    yield from _found(session, select(Task).where(Task.lead_unit_id == unit_id))


OF_PERSON.append(of_person)
OF_UNIT.append(of_unit)
