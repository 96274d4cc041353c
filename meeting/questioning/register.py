"""The register of promises and of answers in writing, limited to what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import folded
from meeting.clock import today
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.organization.models import Body
from meeting.permissions import ALLOWED, Action, Actor, Role, allows
from meeting.questioning.models import Inquiry, Promise
from meeting.questioning.rules import Standing
from meeting.speaking.models import Floor

READERS = ALLOWED[Action.READ_PROMISES] - {Role.GUEST}
#: Filter: what the calendar says of those it shows.
SHOWN: dict[str, frozenset[Standing]] = {
    "open": frozenset({Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_TRACK}),
    "overdue": frozenset({Standing.OVERDUE}),
    "due_soon": frozenset({Standing.DUE_SOON}),
    "kept": frozenset({Standing.KEPT, Standing.KEPT_LATE}),
    "lapsed": frozenset({Standing.LAPSED}),
}


@dataclass(frozen=True)
class Wanted:
    """Which promises are asked for; empty means any."""

    body: str = ""
    state: str = ""  # of SHOWN
    meeting: int | None = None
    person: int | None = None
    text: str = ""  # with or without marks


@dataclass(frozen=True)
class Found:
    """The promises asked for, and how many of each kind there are without that filter."""

    rows: Sequence[Promise]
    counts: dict[str, int] = field(default_factory=dict)


def visible_to(actor: Actor) -> Select[Promise]:
    """Promises given to bodies one serves or sits in, in meetings one votes in or leads, and one's own."""
    me = actor.person_id
    seats = select(Participant.meeting_id).where(Participant.person_id == me, Participant.voting)
    seen = or_(
        Promise.body_id.in_(actor.bodies_as(*READERS)),
        Promise.person_id == me,
        Promise.meeting_id.in_(seats),
        Meeting.chair_id == me,
        Meeting.secretary_id == me,
    )
    found = select(Promise).join(Promise.meeting).where(seen)
    return found if actor.only_meeting is None else found.where(Promise.meeting_id == actor.only_meeting)


def promises(session: Session, actor: Actor, wanted: Wanted) -> Found:
    """The register: open ones by due date, then closed ones."""
    found = visible_to(actor).order_by(Promise.state != "open", Promise.due_on, Promise.id)
    if wanted.body:
        found = found.join(Body, Body.id == Promise.body_id).where(Body.short_name == wanted.body)
    if wanted.meeting is not None:
        found = found.where(Promise.meeting_id == wanted.meeting)
    if wanted.person is not None:
        found = found.where(Promise.person_id == wanted.person)
    rows = list(session.scalars(found).unique())
    if wanted.text.strip():
        rows = [each for each in rows if folded(wanted.text) in folded(f"{each.text} {each.person.called}")]
    day = today()
    counts = {key: sum(each.standing(day) in kinds for each in rows) for key, kinds in SHOWN.items()}
    kinds = SHOWN.get(wanted.state)
    return Found([each for each in rows if kinds is None or each.standing(day) in kinds], counts)


def readable(session: Session, actor: Actor, promise_id: int) -> Promise:
    """One promise for somebody who may read it, else `Missing`."""
    found = session.get(Promise, promise_id)
    if found is None or not allows(Action.READ_PROMISES, found.hats_of(actor, session)):
        raise Missing()
    return found


def open_count(session: Session, actor: Actor) -> int:
    """How many promises that are overdue one may see. One query."""
    late = visible_to(actor).where(Promise.state == "open", Promise.due_on < today())
    return session.scalar(late.with_only_columns(func.count(Promise.id.distinct())).order_by(None)) or 0


def due_by(session: Session, actor: Actor, meeting: Meeting, day: date) -> list[Promise]:
    """Promises of other meetings of the same body that are due until a day, for the next meeting."""
    found = visible_to(actor).where(
        Promise.body_id == meeting.body_id, Promise.meeting_id != meeting.id, Promise.state == "open", Promise.due_on <= day
    )
    return list(session.scalars(found.order_by(Promise.due_on, Promise.id)).unique())


def mine_to_answer(session: Session, actor: Actor) -> list[Promise]:
    """Own promises that wait to be confirmed."""
    own = select(Promise).where(Promise.person_id == actor.person_id, Promise.state == "open", Promise.answer == "")
    return list(session.scalars(own.order_by(Promise.id)))


def written(session: Session, actor: Actor, *, waiting: bool = False) -> list[Inquiry]:
    """Questions that are answered in writing: those of bodies one serves or sits in, one's own, and those put to oneself."""
    me = actor.person_id
    seen = or_(Meeting.body_id.in_(actor.bodies_as(*READERS)), Floor.person_id == me, Floor.addressee_id == me)
    found = (
        select(Inquiry)
        .join(Floor, Floor.id == Inquiry.floor_id)
        .join(Meeting, Meeting.id == Floor.meeting_id)
        .where(seen, Inquiry.written_since.is_not(None), Floor.state != "withdrawn")
        .order_by(Inquiry.answered_on.is_not(None), Inquiry.written_due_on, Inquiry.floor_id)
    )
    if actor.only_meeting is not None:
        found = found.where(Floor.meeting_id == actor.only_meeting)
    return list(session.scalars(found.where(Inquiry.answered_on.is_(None)) if waiting else found))


@opens
def place_of_proof(session: Session, actor: Actor, file: File) -> Place | None:
    """The proof that a promise was kept is opened by whoever may read it, an answer in writing by whoever sees the register."""
    for promise in session.scalars(select(Promise).where(Promise.kept_file_id == file.id)):
        if allows(Action.READ_PROMISES, promise.hats_of(actor, session)):
            back = f"/promises/{promise.id}"
            return Place(title=file.name, detail=promise.text, back=back, meeting_id=promise.meeting_id)
    holds = select(Inquiry.floor_id).where(Inquiry.answer_file_id == file.id)
    answered = set(session.scalars(holds))
    for inquiry in written(session, actor) if answered else []:
        if inquiry.floor_id in answered:
            return Place(title=file.name, detail=inquiry.text, back="/promises?view=written", meeting_id=inquiry.meeting_id)
    return None
