"""What one person may do with a task now. The acts ask again; this only keeps useless buttons away."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from meeting.conclusions.clears import Clear, missing
from meeting.permissions import Action, Actor, Role, allows
from meeting.tasks.models import Task, TaskChange
from meeting.tasks.rules import TaskState, may


@dataclass(frozen=True)
class Steps:
    """Each is one button or form."""

    receive: bool = False
    report: bool = False
    propose: bool = False
    raise_obstacle: bool = False
    withdraw: tuple[int, ...] = ()  # one's own proposals that still wait
    review: bool = False
    decide: tuple[int, ...] = ()  # proposals that wait and may be decided
    settle: bool = False
    edit: bool = False
    assign: bool = False
    extend: bool = False
    transfer: bool = False
    cancel: bool = False
    urge: bool = False
    follow: bool = False
    waits: bool = False
    missing: tuple[Clear, ...] = ()  # of the five clears, while it is not given


def steps_for(session: Session, actor: Actor, task: Task) -> Steps:
    """The buttons of a task's page."""
    hats, state = task.hats_of(actor, session), TaskState(task.state)
    asked = list(session.scalars(TaskChange.waiting(task.id)))
    works = allows(Action.REPORT_TASK, hats) and task.is_with(actor)
    judges = _judges(actor, task, hats)
    reviews = allows(Action.REVIEW_TASK, hats)
    keeps = allows(Action.KEEP_TASKS, hats)
    review = reviews and judges and may("accept", state) and task.reported_by_id != actor.person_id
    urge, extend = reviews and may("urge", state), reviews and judges and may("extend", state)
    return Steps(
        receive=works and may("receive", state),
        report=works and may("report", state),
        propose=works and may("propose", state),
        raise_obstacle=works and may("raise_obstacle", state),
        withdraw=tuple(each.id for each in asked if each.asked_by_id == actor.person_id),
        review=review,
        decide=tuple(each.id for each in asked if keeps and judges and each.asked_by_id != actor.person_id),
        settle=keeps and judges and bool(task.obstacle),
        edit=keeps and may("edit", state),
        assign=keeps and may("assign", state),
        extend=extend,
        transfer=keeps and judges and may("transfer", state),
        cancel=keeps and judges and may("cancel", state),
        urge=urge,
        follow=urge or extend,
        waits=not review,
        missing=missing(task) if state is TaskState.DRAFT else (),
    )


def _judges(actor: Actor, task: Task, hats: frozenset[Role]) -> bool:
    """Nobody decides on what they carry out themselves, nor for their own unit unless they preside."""
    own = task.given and actor.unit_id == task.lead_unit_id and Role.CHAIR not in hats
    return not own and actor.person_id != task.officer_id
