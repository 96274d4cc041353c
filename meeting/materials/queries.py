"""Reads of requirements and versions, always with the reader's right."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload, subqueryload

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.agenda.queries import meeting_of
from meeting.documents import queries as documents
from meeting.errors import Forbidden, Missing
from meeting.events import Event
from meeting.journal import Entry
from meeting.materials.life import OFFICE_STATES, OPEN_STATES
from meeting.materials.models import UNIT_ROLES, Requirement, Submission
from meeting.materials.rules import Counts, counts, standing
from meeting.organization.models import Membership, Person, Unit
from meeting.permissions import ALLOWED, Action, Actor, Role, allows, hat

_KEEPERS = frozenset({hat(Action.REVIEW_PAPERS), hat(Action.PUBLISH_PAPERS)})
DESK = _KEEPERS | {Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK}  # see every version before it is accepted

#: One query each however many papers there are (loading by lists of ids would ask once more for every 500).
WHOLE = (
    joinedload(Requirement.item).joinedload(Item.meeting),
    joinedload(Requirement.meeting),
    joinedload(Requirement.asker),
    joinedload(Requirement.late_decider),
    joinedload(Requirement.draft),
    joinedload(Requirement.drafter),
    subqueryload(Requirement.submissions).options(
        joinedload(Submission.decider), joinedload(Submission.head), joinedload(Submission.checker)
    ),
    subqueryload(Requirement.extensions),
    subqueryload(Requirement.due_changes),
)


@dataclass(frozen=True)
class Row:
    """One requirement on the board."""

    requirement: Requirement
    standing: str

    @property
    def latest(self) -> Submission | None:
        """Its newest version."""
        return self.requirement.latest


def whole(session: Session, wanted: Select[Requirement]) -> list[Requirement]:
    """The requirements with all that screens show of them, in few queries, by due time."""
    if session.scalar(wanted.with_only_columns(Requirement.id).limit(1)) is None:
        return []  # as for most people: to set up the joins of all that is shown takes longer than to ask
    return list(session.scalars(wanted.options(*WHOLE).order_by(Requirement.due_at, Requirement.id)).unique())


def received(session: Session, meeting_id: int) -> list[Requirement]:
    """What readers may meet of a meeting: the papers of which a version came, with their versions and files and nothing more.

    Read once for all parts of one page (the session lives as long as the request).
    """
    key = ("materials.received", meeting_id)
    if key not in session.info:
        came = select(Submission.requirement_id).where(Submission.received_at.is_not(None))
        wanted = select(Requirement).where(Requirement.meeting_id == meeting_id, Requirement.state != "waived")
        lean = subqueryload(Requirement.submissions).options(lazyload(Submission.sender), joinedload(Submission.file))
        found = session.scalars(wanted.where(Requirement.id.in_(came)).options(lean).order_by(Requirement.due_at, Requirement.id))
        session.info[key] = list(found.unique())
    rows: list[Requirement] = session.info[key]
    return rows


def requirement_of(session: Session, actor: Actor, requirement_id: int) -> Requirement:
    """One requirement with its versions, for its unit and for the desk. Missing for everybody else."""
    found = session.scalar(select(Requirement).where(Requirement.id == requirement_id).options(*WHOLE))
    hats = found.hats_of(actor, session) if found else frozenset()
    if found is None or not hats:
        raise Missing()
    if not hats & (UNIT_ROLES | DESK) and not allows(Action.READ_BOARD, hats):
        raise Missing()
    return found


def heads_of_unit(session: Session, requirement: Requirement) -> list[Person]:
    """The heads of the requirement's unit in the body of its meeting today."""
    today = clock.today()
    held = select(Membership.person_id).where(
        Membership.body_id == requirement.meeting.body_id,
        Membership.role == Role.HEAD,
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    wanted = select(Person).where(Person.id.in_(held), Person.unit_id == requirement.unit_id, Person.retired_on.is_(None))
    return list(session.scalars(wanted.order_by(Person.id)))


def owed_by_my_unit(session: Session, actor: Actor) -> list[Requirement]:
    """What the actor's unit has to prepare or has prepared, in bodies where the actor serves a unit; waived ones left out."""
    bodies = actor.bodies_as(*UNIT_ROLES)
    if actor.unit_id is None or not bodies:
        return []
    wanted = (
        select(Requirement)
        .join(Meeting, Meeting.id == Requirement.meeting_id)
        .where(Requirement.unit_id == actor.unit_id, Meeting.body_id.in_(bodies), Requirement.state != "waived")
        .where(Meeting.state != "cancelled")
    )
    return whole(session, wanted)


def to_review(session: Session, actor: Actor) -> list[Requirement]:
    """Papers that wait for the actor's decision, those due first first."""
    return whole(session, _awaited(actor))


def to_review_count(session: Session, actor: Actor) -> int:
    """How many papers wait for the actor's decision (the count of the navigation)."""
    return session.scalar(_awaited(actor).with_only_columns(func.count())) or 0


def _awaited(actor: Actor) -> Select[Requirement]:
    bodies = actor.bodies_as(*ALLOWED[Action.REVIEW_PAPERS])
    mine = or_(Meeting.body_id.in_(bodies), Meeting.secretary_id == actor.person_id)
    wanted = select(Requirement).join(Meeting, Meeting.id == Requirement.meeting_id)
    return wanted.where(Requirement.state.in_(OFFICE_STATES), mine)


HISTORY = (
    Event.PAPERS_REQUESTED,
    Event.DUE_CHANGED,
    Event.PAPER_SUBMITTED,
    Event.PAPER_ACCEPTED,
    Event.PAPER_RETURNED,
    Event.UNIT_REMINDED,
    Event.REQUIREMENT_WAIVED,
    Event.PREPARATION_BEGUN,
    Event.PAPER_LAID_BEFORE_HEAD,
    Event.PAPER_APPROVED_BY_HEAD,
    Event.PAPER_REJECTED_BY_HEAD,
    Event.CHECK_BEGUN,
    Event.TIME_ASKED,
    Event.TIME_GRANTED,
    Event.TIME_REFUSED,
    Event.LATE_DECIDED,
    Event.PAPER_PUBLISHED,
    Event.PAPER_TAKEN_BACK,
)
INSIDE_UNIT = frozenset({Event.PAPER_LAID_BEFORE_HEAD, Event.PAPER_APPROVED_BY_HEAD, Event.PAPER_REJECTED_BY_HEAD})


def history(session: Session, requirement: Requirement, inside: bool = True) -> list[tuple[Entry, str]]:
    """What happened to a requirement, newest first, with the name of who did it ("" for the system).

    `inside`: for the unit itself; others do not hear what passed between its officers and its head.
    """
    told_of = [each.value for each in HISTORY if inside or each not in INSIDE_UNIT]
    wanted = select(Entry).where(Entry.chain == requirement.meeting_id, Entry.event.in_(told_of))
    told = [entry for entry in session.scalars(wanted.order_by(Entry.seq.desc())) if concerns(entry, requirement.id)]
    people = select(Person).where(Person.id.in_({entry.actor_id for entry in told}))
    names = {person.id: person.full_name for person in session.scalars(people)}
    return [(entry, names.get(entry.actor_id, "")) for entry in told]


def concerns(entry: Entry, requirement_id: int) -> bool:
    """Whether an entry tells of this requirement."""
    return entry.facts.get("requirement_id") == requirement_id


def requirements_for(session: Session, actor: Actor, meeting_id: int) -> list[Requirement]:
    """The requirements of a meeting that this person may know of: the desk all, a unit its own. Missing for strangers."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    wanted = select(Requirement).where(Requirement.meeting_id == meeting.id)
    if not allows(Action.READ_BOARD, hats):
        if not hats & UNIT_ROLES:
            raise Forbidden()
        wanted = wanted.where(Requirement.unit_id == (actor.unit_id or 0))
    return whole(session, wanted)


def running_meeting(session: Session, meeting_id: int | None) -> int | None:
    """The meeting, if it is in session now or begins today: then the viewer can follow the presenter, also one opened before."""
    meeting = session.get(Meeting, meeting_id) if meeting_id else None
    if meeting is None:
        return None
    awaited = meeting.state == "issued" and clock.local(meeting.starts_at).date() == clock.today()
    return meeting.id if awaited or meeting.state in ("in_session", "paused") else None


def units(session: Session) -> list[Unit]:
    """The units that can be asked for papers, by name."""
    return list(session.scalars(select(Unit).where(Unit.retired_on.is_(None)).order_by(Unit.name)))


def in_order(rows: Sequence[Requirement]) -> list[Requirement]:
    """For the unit: what is still owed first, by due time, then what was sent, the latest first."""
    owed = sorted((each for each in rows if each.state in OPEN_STATES), key=lambda each: each.due_at)
    sent = sorted((each for each in rows if each.state not in OPEN_STATES), key=lambda each: each.due_at, reverse=True)
    return [*owed, *sent]


def requirements_of_unit(session: Session, actor: Actor, meeting: Meeting) -> list[Requirement]:
    """What the actor's own unit owes for one meeting."""
    if not meeting.hats_of(actor, session) & UNIT_ROLES or actor.unit_id is None:
        return []
    wanted = select(Requirement).where(Requirement.meeting_id == meeting.id, Requirement.unit_id == actor.unit_id)
    return whole(session, wanted.where(Requirement.state != "waived"))


@dataclass(frozen=True)
class Summary:
    """One meeting on the list of boards."""

    meeting: Meeting
    counts: Counts


def boards(session: Session, meetings: Sequence[Meeting]) -> list[Summary]:
    """How the papers of several meetings stand, in one query; those without requirements too."""
    now = clock.now()
    wanted = select(Requirement).where(Requirement.meeting_id.in_([meeting.id for meeting in meetings]))
    rows: dict[int, list[tuple[str, int | None]]] = {meeting.id: [] for meeting in meetings}
    for each in session.scalars(wanted):
        rows[each.meeting_id].append((standing(each.state, each.due_at, now), each.first_late_minutes))
    return [Summary(meeting, counts(rows[meeting.id])) for meeting in meetings]


@dataclass(frozen=True)
class Checks:
    """What the worker found in the newest version's file."""

    with_text: int  # pages
    recognised: int  # pages read by recognition


def checks(session: Session, requirement: Requirement) -> Checks | None:
    """For the unit: how much of the newest file can be searched."""
    version = requirement.latest
    if version is None or version.file.state != "ready":
        return None
    return Checks(documents.text_pages(session, version.file_id), version.file.recognised_pages)
