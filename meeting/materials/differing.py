"""Due times given to units that the rules and the calendar of today would set otherwise: told, never moved."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.rules import OVER_STATES
from meeting.materials.due import due_by_rule
from meeting.materials.life import OPEN_STATES
from meeting.materials.models import Requirement
from meeting.permissions import ALLOWED, Action, Actor
from meeting.rulebook.uses import Differing, gives_due_times


@gives_due_times
def differing(session: Session, actor: Actor) -> list[Differing]:
    """What units still owe for coming meetings of bodies this person prepares, where the rule now gives another time.

    Due times that the office set itself, or that a unit was granted, are not compared: a person decided them.
    """
    bodies = actor.bodies_as(*ALLOWED[Action.REQUEST_PAPERS])
    wanted = (
        select(Requirement)
        .join(Meeting, Meeting.id == Requirement.meeting_id)
        .where(Meeting.body_id.in_(bodies), Meeting.starts_at > clock.now(), Meeting.state.not_in(OVER_STATES))
        .where(Requirement.state.in_(OPEN_STATES), Requirement.due_reason == "")
        .options(joinedload(Requirement.meeting), selectinload(Requirement.due_changes))
        .order_by(Requirement.due_at)
    )
    by_rule: dict[tuple[int, str], datetime] = {}
    found = []
    for row in session.scalars(wanted):
        if row.due_changes and row.due_changes[-1].kind != "rule":
            continue
        key = (row.meeting_id, row.stage)
        if key not in by_rule:
            by_rule[key] = due_by_rule(session, row.meeting, row.stage)
        if by_rule[key] != row.due_at:
            found.append(_told(row, by_rule[key]))
    return found


def _told(row: Requirement, now_at: datetime) -> Differing:
    return Differing(row.meeting.title, f"/meetings/{row.meeting_id}/papers", row.unit.name, row.what, row.due_at, now_at)
