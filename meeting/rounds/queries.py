"""Reads of written rounds, always limited to what the reader may know of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from meeting import clock
from meeting.agenda.queries import given_name_first
from meeting.errors import Missing
from meeting.organization.models import Body, Membership, Person
from meeting.permissions import ALLOWED, Action, Actor, Role, allows
from meeting.rounds.models import NAMING, PREPARING, READING, OpinionRound, RoundAnswer, RoundMember
from meeting.rounds.stats import Asked, Given

OFFICERS = frozenset({Role.MEMBER, Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK, Role.OFFICER, Role.HEAD})
WHOLE = (
    selectinload(OpinionRound.members),
    selectinload(OpinionRound.papers),
    selectinload(OpinionRound.answers).options(joinedload(RoundAnswer.file), joinedload(RoundAnswer.entered_by)),
    selectinload(OpinionRound.extensions),
    joinedload(OpinionRound.unit),
    joinedload(OpinionRound.decided_by),
    joinedload(OpinionRound.reported_meeting),
    joinedload(OpinionRound.reported_item),
)
COUNTED = (selectinload(OpinionRound.members), selectinload(OpinionRound.answers))


def visible_to(actor: Actor) -> Select[OpinionRound]:
    """The rounds somebody may know of: as office, chair or inspector of the body, as officer in charge, as a member asked."""
    if actor.only_meeting is not None:
        return select(OpinionRound).where(OpinionRound.id.is_(None))
    asked = exists().where(RoundMember.round_id == OpinionRound.id, RoundMember.person_id == actor.person_id)
    sent = OpinionRound.sent_at.is_not(None)
    return select(OpinionRound).where(
        or_(
            OpinionRound.body_id.in_(actor.bodies_as(*PREPARING)),
            OpinionRound.officer_id == actor.person_id,
            sent & OpinionRound.body_id.in_(actor.bodies_as(*READING)),
            sent & asked,
        )
    )


def rounds(session: Session, actor: Actor, state: str = "", body: str = "") -> list[OpinionRound]:
    """The rounds one may read, open ones by deadline first, then the others, the newest first."""
    return list(session.scalars(_listed(actor, state, body).options(*COUNTED)).unique())


def round_ids(session: Session, actor: Actor, state: str = "", body: str = "") -> list[int]:
    """The same rounds by id, for a list that is read page by page."""
    return list(session.scalars(_listed(actor, state, body).with_only_columns(OpinionRound.id)))


def rounds_among(session: Session, ids: Sequence[int]) -> dict[int, OpinionRound]:
    """Some rounds by id, with their registers and answers: three queries, however many."""
    found = session.scalars(select(OpinionRound).where(OpinionRound.id.in_(ids)).options(*COUNTED)).unique()
    return {each.id: each for each in found}


def _listed(actor: Actor, state: str, body: str) -> Select[OpinionRound]:
    wanted = visible_to(actor)
    if state == "mine":
        wanted = wanted.where(OpinionRound.id.in_(unanswered(actor)))
    elif state == "over":
        wanted = wanted.where(OpinionRound.state.in_(("closed", "decided", "cancelled")))
    elif state:
        wanted = wanted.where(OpinionRound.state == state)
    if body:
        wanted = wanted.where(OpinionRound.body_id.in_(select(Body.id).where(Body.short_name == body)))
    is_open = OpinionRound.state == "open"
    return wanted.order_by(case((is_open, 0), else_=1), case((is_open, OpinionRound.due_at)), OpinionRound.id.desc())


def unanswered(actor: Actor) -> Select[int]:
    """The ids of open rounds that wait for this person's answer."""
    answered = exists().where(RoundAnswer.round_id == OpinionRound.id, RoundAnswer.person_id == actor.person_id)
    return (
        select(OpinionRound.id)
        .join(RoundMember, RoundMember.round_id == OpinionRound.id)
        .where(OpinionRound.state == "open", RoundMember.person_id == actor.person_id, ~answered)
    )


def to_answer(session: Session, actor: Actor) -> list[OpinionRound]:
    """Open rounds that wait for this person's answer, the nearest deadline first; those whose time has passed left out."""
    if actor.only_meeting is not None:
        return []
    wanted = select(OpinionRound).where(OpinionRound.id.in_(unanswered(actor)), OpinionRound.due_at > clock.now())
    return list(session.scalars(wanted.order_by(OpinionRound.due_at)).unique())


def to_decide(session: Session, actor: Actor) -> list[OpinionRound]:
    """Closed rounds that wait for this person's decision."""
    chairs = OpinionRound.body_id.in_(actor.bodies_as(*ALLOWED[Action.DECIDE_ROUND]))
    return list(session.scalars(select(OpinionRound).where(OpinionRound.state == "closed", chairs)).unique())


def to_report(session: Session, actor: Actor) -> list[OpinionRound]:
    """Decided rounds of one's desk that were not reported to a meeting yet."""
    mine = or_(
        OpinionRound.body_id.in_(actor.bodies_as(*ALLOWED[Action.KEEP_ROUNDS])), OpinionRound.officer_id == actor.person_id
    )
    wanted = select(OpinionRound).where(OpinionRound.state == "decided", OpinionRound.reported_at.is_(None), mine)
    return list(session.scalars(wanted.order_by(OpinionRound.decided_at)).unique())


def how_many_wait(session: Session, actor: Actor) -> int:
    """The number beside the entry of the navigation: one query that counts."""
    if actor.only_meeting is not None:
        return 0
    waits = OpinionRound.id.in_(unanswered(actor)) & (OpinionRound.due_at > clock.now())
    chairs = OpinionRound.body_id.in_(actor.bodies_as(*ALLOWED[Action.DECIDE_ROUND]))
    decides = (OpinionRound.state == "closed") & chairs
    return session.scalar(select(func.count()).select_from(OpinionRound).where(or_(waits, decides))) or 0


def round_of(session: Session, actor: Actor, round_id: int) -> tuple[OpinionRound, frozenset[Role]]:
    """One round with everything of it, and the hats worn. Missing for those who may not know of it."""
    found = session.scalar(select(OpinionRound).where(OpinionRound.id == round_id).options(*WHOLE))
    hats = found.hats_of(actor, session) if found else frozenset()
    if found is None or not allows(Action.READ_ROUNDS, hats):
        raise Missing()
    return found, hats


def names(hats: Collection[Role]) -> bool:
    """Whether these hats read by name: the desk, the chair, the officer in charge."""
    return bool(NAMING & set(hats))


def shown_answers(found: OpinionRound, hats: Collection[Role]) -> list[RoundAnswer]:
    """The answers by name, as far as these hats read them: to nobody before the close."""
    return list(found.answers) if found.over and found.result is not None and names(hats) else []


def members_of(session: Session, body_id: int) -> list[Person]:
    """The members with a vote in a body today, by given name. Substitutes and guests are none."""
    today = clock.today()
    held = select(Membership.person_id).where(
        Membership.body_id == body_id,
        Membership.role == Role.MEMBER,
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    people = session.scalars(select(Person).where(Person.id.in_(held), Person.retired_on.is_(None))).unique()
    return sorted(people, key=lambda each: given_name_first(each.full_name))


def officers_of(session: Session, body_id: int) -> list[Person]:
    """Who can have charge of a round: whoever works for the body today, by given name."""
    today = clock.today()
    held = select(Membership.person_id).where(
        Membership.body_id == body_id,
        Membership.role.in_([each.value for each in OFFICERS]),
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    people = session.scalars(select(Person).where(Person.id.in_(held), Person.retired_on.is_(None))).unique()
    return sorted(people, key=lambda each: given_name_first(each.full_name))


def chair_answers(session: Session, found: OpinionRound) -> str | None:
    """The side of the body's chair, if the chair was asked and answered: it decides a tie where the rule says so."""
    today = clock.local(found.closed_at or clock.now()).date()
    held = select(Membership.person_id).where(
        Membership.body_id == found.body_id,
        Membership.role == Role.CHAIR,
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    wanted = select(RoundAnswer.choice).where(RoundAnswer.round_id == found.id, RoundAnswer.person_id.in_(held))
    return session.scalars(wanted).first()


def asked_of(found: OpinionRound) -> list[Asked]:
    """The register as statistics take it."""
    return [Asked(each.person_id, each.unit_id) for each in found.members]


def given_of(found: OpinionRound) -> list[Given]:
    """The answers as statistics take them."""
    return [Given(each.person_id, each.choice, clock.local(each.at).date()) for each in found.answers]


def silent_of(found: OpinionRound) -> list[RoundMember]:
    """Who has not answered, in the order of the register."""
    answered = {each.person_id for each in found.answers}
    return [each for each in found.members if each.person_id not in answered]


def answer_of(found: OpinionRound, person_id: int) -> RoundAnswer | None:
    """Somebody's answer."""
    return next((each for each in found.answers if each.person_id == person_id), None)


def over_now(session: Session, now: datetime) -> list[int]:
    """Open rounds whose deadline has come."""
    wanted = select(OpinionRound.id).where(OpinionRound.state == "open", OpinionRound.due_at <= now)
    return list(session.scalars(wanted.order_by(OpinionRound.due_at, OpinionRound.id)))


@dataclass(frozen=True)
class Numbers:
    """How far an open round is: no counts by option."""

    asked: int
    answered: int

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.asked - self.answered


def numbers_of(found: OpinionRound) -> Numbers:
    """Of a round whose members and answers are loaded."""
    return Numbers(len(found.members), len(found.answers))
