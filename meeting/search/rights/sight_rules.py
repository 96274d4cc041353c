"""Who may read what can be found: for each kind the row it was taken from, and the rule of the room that holds it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting
from meeting.clock import today
from meeting.conclusions import queries as conclusions
from meeting.conclusions.models import WRITERS, Instrument
from meeting.discussion.models import Opinion
from meeting.materials.models import Submission
from meeting.materials.reactions import may_open
from meeting.organization.models import Membership, Person, Unit
from meeting.permissions import ALLOWED, INSTALLATION, Action, Actor, allows
from meeting.questioning.models import Promise
from meeting.rounds.models import OpinionRound
from meeting.tasks.models import Task
from meeting.voting import queries as voting
from meeting.voting.models import Question

Reads = Callable[[Session, Actor, Any], bool]


def _may(action: Action) -> Reads:
    return lambda session, actor, row: allows(action, row.hats_of(actor, session))


def _reads_question(session: Session, actor: Actor, question: Question) -> bool:
    """As the page of the meeting shows votes: the desk all, others those that were opened; in the room also those that wait to
    be opened, and all while the list is looked through."""
    hats = question.hats_of(actor, session)
    if allows(Action.READ_MEETING, hats) and (
        allows(Action.SEE_DESK, hats) or question.opened_at or question.state == "published"
    ):
        return True
    reviewed = question.state == "draft" and voting.review(session, question.meeting_id) is not None
    return allows(Action.JOIN_LIVE, hats) and (question.state == "ready" or reviewed)


def _reads_opinion(session: Session, actor: Actor, opinion: Opinion) -> bool:
    return opinion.withdrawn_at is None and allows(Action.JOIN_LIVE, opinion.hats_of(actor, session))


def _reads_paper(session: Session, actor: Actor, version: Submission) -> bool:
    """As the viewer asks it, for this very version in this very meeting."""
    return version.file.first_page_read and may_open(session, actor, version)


def _reads_minutes(session: Session, actor: Actor, meeting: Meeting) -> bool:
    """Signed and drafted minutes as their room says; what is being written is the office's and the chair's."""
    minutes = conclusions.minutes_of(session, meeting.id)
    if minutes is not None:
        return allows(Action.READ_CONCLUSIONS, minutes.hats_of(actor, session))
    return not meeting.is_private and allows(Action.READ_CONCLUSIONS, meeting.hats_of(actor, session) & WRITERS)


def _reads_person(session: Session, actor: Actor, person: Person) -> bool:
    return person.retired_on is None and finds_person(actor, bodies_today(session, person.id).get(person.id, frozenset()))


def _reads_unit(_session: Session, actor: Actor, unit: Unit) -> bool:
    return unit.retired_on is None and finds_units(actor)


def finds_person(actor: Actor, bodies: frozenset[int]) -> bool:
    """Whether somebody finds a person who serves these bodies today: whoever keeps the people finds all, others those of the
    bodies they serve themselves. So who sits in the Party only is found by those who sit there too."""
    if not finds_units(actor):
        return False
    if allows(Action.READ_PEOPLE, INSTALLATION.hats_of(actor, None)):
        return True
    return not bodies.isdisjoint(actor.bodies_as(*ALLOWED[Action.FIND_PEOPLE]))


def finds_units(actor: Actor) -> bool:
    """Whether somebody finds people and units at all: guests do not."""
    return actor.only_meeting is None and allows(Action.FIND_PEOPLE, INSTALLATION.hats_of(actor, None))


def bodies_today(session: Session, person_id: int | None = None) -> dict[int, frozenset[int]]:
    """The bodies that people serve today, by person."""
    held = select(Membership.person_id, Membership.body_id).where(
        Membership.starts_on <= today(), or_(Membership.ends_on.is_(None), Membership.ends_on >= today())
    )
    found: dict[int, set[int]] = {}
    for person, body in session.execute(held if person_id is None else held.where(Membership.person_id == person_id)):
        found.setdefault(person, set()).add(body)
    return {person: frozenset(bodies) for person, bodies in found.items()}


#: The row that a document of a kind was taken from, and who reads it. Minutes are found by their meeting.
SOURCES: Mapping[str, tuple[type[Any], Reads]] = {
    "meeting": (Meeting, _may(Action.READ_MEETING)),
    "item": (Item, _may(Action.READ_MEETING)),
    "paper": (Submission, _reads_paper),
    "opinion": (Opinion, _reads_opinion),
    "question": (Question, _reads_question),
    "minutes": (Meeting, _reads_minutes),
    "notice": (Instrument, _may(Action.READ_CONCLUSIONS)),
    "resolution": (Instrument, _may(Action.READ_CONCLUSIONS)),
    "task": (Task, _may(Action.READ_TASKS)),
    "promise": (Promise, _may(Action.READ_PROMISES)),
    "round": (OpinionRound, _may(Action.READ_ROUNDS)),
    "person": (Person, _reads_person),
    "unit": (Unit, _reads_unit),
}


def reads(session: Session, actor: Actor, kind: str, source_id: int) -> bool:
    """Whether somebody may read one document now, asked of its room."""
    model, rule = SOURCES[kind]
    row = session.get(model, source_id)
    return row is not None and rule(session, actor, row)
