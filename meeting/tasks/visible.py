"""Which tasks somebody may know of: the rule of `Task.hats_of` as a condition on rows. A test compares the two."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import PRIVATE_STATES
from meeting.organization.models import Body
from meeting.permissions import ALLOWED, Action, Actor, Role
from meeting.tasks.models import KEEPERS, UNIT_ROLES, Task, TaskFormerUnit, cooperation

#: Roles of a body that read the tasks of its meetings; of a task without a meeting the members do too.
BODY_ROLES = tuple(sorted(ALLOWED[Action.READ_TASKS] - UNIT_ROLES - {Role.MEMBER, Role.GUEST}))


def visible_to(actor: Actor) -> Select[Task]:
    """The tasks the actor may see. Meeting (outer) and body are joined."""
    seen = or_(and_(Task.given, or_(_by_seat(actor), _concerned(actor))), _keeps(actor))
    wanted = select(Task).join(Task.body).outerjoin(Meeting, Meeting.id == Task.meeting_id).where(seen)
    return wanted if actor.only_meeting is None else wanted.where(Task.meeting_id == actor.only_meeting)


def _by_seat(actor: Actor) -> ColumnElement[bool]:
    """A role in the body, a seat in the meeting, or an invitation to it as more than a guest."""
    person = actor.person_id
    invited = select(Participant.meeting_id).where(
        Participant.person_id == person, or_(Participant.voting, Participant.presidium)
    )
    in_meeting = or_(
        Meeting.chair_id == person,
        Meeting.secretary_id == person,
        Meeting.presider_id == person,
        and_(Meeting.id.in_(invited), Meeting.state.not_in(PRIVATE_STATES)),
        Meeting.body_id.in_(actor.bodies_as(*BODY_ROLES)),
    )
    in_body = Task.body_id.in_(actor.bodies_as(*BODY_ROLES, Role.MEMBER))
    return or_(in_meeting, and_(Task.meeting_id.is_(None), in_body))


def _keeps(actor: Actor) -> ColumnElement[bool]:
    """Who knows of what is not given yet."""
    person, bodies = actor.person_id, actor.bodies_as(*KEEPERS)
    seat = or_(Meeting.chair_id == person, Meeting.secretary_id == person, Meeting.body_id.in_(bodies))
    return or_(seat, and_(Task.meeting_id.is_(None), Task.body_id.in_(bodies)))


def _concerned(actor: Actor) -> ColumnElement[bool]:
    """The units that lead, help or led, the one person who does it, the leader in charge."""
    if actor.only_meeting is not None:
        return false()
    known = or_(Body.kind != "party", Task.body_id.in_(actor.bodies_as()))
    does = and_(Task.officer_id == actor.person_id, Task.lead_unit_id == actor.unit_id)
    named = or_(does, Task.leader_id == actor.person_id) if actor.person_id else false()
    return and_(known, or_(named, by_unit(actor, former=True)))


def by_unit(actor: Actor, *, former: bool = False) -> ColumnElement[bool]:
    """What the actor's unit leads or helps with, with `former` also what it led before."""
    if actor.unit_id is None or not actor.bodies_as(*UNIT_ROLES):
        return false()
    helps = select(cooperation.c.task_id).where(cooperation.c.unit_id == actor.unit_id)
    led = select(TaskFormerUnit.task_id).where(TaskFormerUnit.unit_id == actor.unit_id)
    before = Task.id.in_(led) if former else false()
    return or_(Task.lead_unit_id == actor.unit_id, Task.id.in_(helps), before)


def is_with(actor: Actor) -> ColumnElement[bool]:
    """What the actor reports on, of the visible ones: what the own unit leads, for its people and the one who carries it out."""
    if actor.unit_id is None:
        return false()
    lead = Task.lead_unit_id == actor.unit_id
    return lead if actor.bodies_as(*UNIT_ROLES) else and_(lead, Task.officer_id == actor.person_id)
