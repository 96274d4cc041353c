"""Reads of meetings, always limited to what the actor may know of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, object_session, selectinload

from meeting import clock
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.rules import OVER_STATES, PRIVATE_STATES, RUNNING_STATES, folded
from meeting.database import asked_once
from meeting.errors import Missing
from meeting.organization.models import Body, Membership, Person, Unit
from meeting.permissions import ALLOWED, Action, Actor, Role, allows
from meeting.rulebook.models import RuleBook

#: Roles of a body that see all its meetings; members and guests see those they are invited to.
READERS = ALLOWED[Action.READ_MEETING] - {Role.MEMBER, Role.GUEST}


def visible_to(actor: Actor) -> Select[Meeting]:
    """The meetings this person may know of: those of bodies served, those chaired or minuted, those invited to once issued."""
    invited = select(Participant.meeting_id).where(Participant.person_id == actor.person_id)
    seen = select(Meeting).where(
        or_(
            Meeting.body_id.in_(actor.bodies_as(*READERS)),
            Meeting.chair_id == actor.person_id,
            Meeting.secretary_id == actor.person_id,
            and_(Meeting.id.in_(invited), Meeting.state.not_in(PRIVATE_STATES)),
        )
    )
    return seen if actor.only_meeting is None else seen.where(Meeting.id == actor.only_meeting)


@dataclass(frozen=True)
class Wanted:
    """Which meetings are asked for; empty means any. `body` and `unit` are short names or ids."""

    body: str = ""
    unit: str = ""  # prepares an item
    person: int | None = None
    when: str = ""  # upcoming, past
    state: str = ""
    text: str = ""  # of title, place or an item, with or without marks
    since: date | None = None
    until: date | None = None
    attending_unit: int | None = None  # one of its people is invited


def visible_meetings(session: Session, actor: Actor, wanted: Wanted | None = None) -> list[Meeting]:
    """The visible meetings asked for: upcoming ones soonest first, otherwise the latest first."""
    wanted = wanted or Wanted()
    found = visible_to(actor)
    if wanted.body:
        found = found.where(Meeting.body_id.in_(select(Body.id).where(_named(Body, wanted.body))))
    if wanted.unit:
        units = select(Unit.id).where(_named(Unit, wanted.unit))
        found = found.where(Meeting.id.in_(select(Item.meeting_id).where(Item.unit_id.in_(units))))
    if wanted.person is not None:
        found = found.where(_takes_part(wanted.person))
    if wanted.attending_unit is not None:
        theirs = select(Person.id).where(Person.unit_id == wanted.attending_unit)
        found = found.where(
            Meeting.id.in_(select(Participant.meeting_id).where(Participant.person_id.in_(theirs))),
            Meeting.state.not_in(PRIVATE_STATES),
        )
    if wanted.state:
        found = found.where(Meeting.state == wanted.state)
    if wanted.since:
        found = found.where(Meeting.starts_at >= clock.at_local(wanted.since))
    if wanted.until:
        found = found.where(Meeting.starts_at < clock.at_local(wanted.until + timedelta(days=1)))
    if wanted.when == "upcoming":
        found = found.where(_upcoming()).order_by(Meeting.starts_at, Meeting.id)
    elif wanted.when == "past":
        found = found.where(~_upcoming()).order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    else:
        found = found.order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    meetings = list(session.scalars(found))
    return _about(session, actor, meetings, folded(wanted.text)) if wanted.text.strip() else meetings


def _about(session: Session, actor: Actor, meetings: Sequence[Meeting], sought: str) -> list[Meeting]:
    """Those that speak of something in their title, their place or an item. Guests limited to items are not told of others."""
    limited = select(Participant.meeting_id).where(Participant.person_id == actor.person_id, Participant.item_ids.is_not(None))
    titles = select(Item.meeting_id, Item.title).where(
        Item.meeting_id.in_([each.id for each in meetings]), Item.meeting_id.not_in(limited)
    )
    speaking = {row.meeting_id for row in session.execute(titles) if sought in folded(row.title)}
    return [each for each in meetings if each.id in speaking or sought in folded(f"{each.title} {each.place}")]


ID_DIGITS = 18  # no id is longer, and no column holds more than 19


def _named(model: Any, name: str) -> Any:
    return model.id == int(name) if name.isdecimal() and len(name) <= ID_DIGITS else model.short_name == name


def _takes_part(person_id: int) -> Any:
    invited = select(Participant.meeting_id).where(Participant.person_id == person_id)
    return or_(Meeting.id.in_(invited), Meeting.chair_id == person_id, Meeting.secretary_id == person_id)


def _upcoming() -> Any:
    today = clock.at_local(clock.today())
    ahead = and_(Meeting.starts_at >= today, Meeting.state.not_in(OVER_STATES))
    return or_(Meeting.state.in_(RUNNING_STATES), ahead)


def meeting_of(session: Session, actor: Actor, meeting_id: int) -> tuple[Meeting, frozenset[Role]]:
    """One meeting with its programme, and the hats worn there. Missing for strangers.

    Who else was invited is read only where it is shown: of a council that is hundreds of people.
    """
    found = session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .options(
            joinedload(Meeting.chair),
            joinedload(Meeting.secretary),
            selectinload(Meeting.items).options(joinedload(Item.unit), joinedload(Item.presenter), selectinload(Item.further)),
        )
    )
    hats = found.hats_of(actor, session) if found else frozenset()
    if found is None or not allows(Action.READ_MEETING, hats):
        raise Missing()
    return found, hats


def limited_items(meeting: Meeting, actor: Actor, hats: frozenset[Role]) -> list[Item]:
    """The programme as this person may see it: a guest invited to some items sees only those."""
    mine = my_invitation(meeting, actor)
    if hats == {Role.GUEST} and mine and mine.item_ids:
        return [item for item in meeting.items if item.id in mine.item_ids]
    return list(meeting.items)


def my_invitation(meeting: Meeting, actor: Actor) -> Participant | None:
    """The actor's own invitation."""
    return invitation_of(meeting, actor.person_id)


def invitation_of(meeting: Meeting, person_id: int) -> Participant | None:
    """One person's invitation: found among those read already, else asked for by itself."""
    session = object_session(meeting)
    if session is None or "participants" in meeting.__dict__:
        return next((each for each in meeting.participants if each.person_id == person_id), None)
    wanted = select(Participant).where(Participant.meeting_id == meeting.id, Participant.person_id == person_id)
    return asked_once(session, ("invitation", meeting.id, person_id), lambda: session.scalar(wanted))


def by_given_name(people: Sequence[Participant]) -> list[Participant]:
    """Voting members first, then guests, each sorted by given name, then family name."""
    return sorted(people, key=lambda each: (not each.voting, given_name_first(each.person.full_name)))


def given_name_first(full_name: str) -> tuple[str, ...]:
    """The key by which Vietnamese names are sorted: given name, family name, middle names (marks decide last)."""
    words = full_name.split() or [""]
    order = [words[-1], words[0], *words[1:-1]]
    return (*map(folded, order), *order)


def to_answer(session: Session, actor: Actor) -> list[Meeting]:
    """Issued upcoming meetings this person has not answered yet, soonest first."""
    mine = select(Participant.meeting_id).where(Participant.person_id == actor.person_id, Participant.reply == "none")
    found = visible_to(actor).where(Meeting.id.in_(mine), Meeting.state == "issued", _upcoming())
    return list(session.scalars(found.order_by(Meeting.starts_at)))


def attended_by(session: Session, actor: Actor, limit: int = 6) -> list[tuple[Meeting, Participant | None]]:
    """The next meetings the person chairs, minutes or is invited to, soonest first, with the own invitation."""
    found = visible_to(actor).where(_takes_part(actor.person_id), _upcoming(), Meeting.state.not_in(PRIVATE_STATES))
    meetings = list(session.scalars(found.order_by(Meeting.starts_at).limit(limit)))
    wanted = select(Participant).where(
        Participant.person_id == actor.person_id, Participant.meeting_id.in_([each.id for each in meetings])
    )
    mine = {each.meeting_id: each for each in session.scalars(wanted)}
    return [(each, mine.get(each.id)) for each in meetings]


def prepared_by(session: Session, actor: Actor, action: Action = Action.PREPARE_MEETING) -> list[Meeting]:
    """Upcoming meetings this person prepares (secretary, chief of office) or may do something else for, soonest first."""
    bodies = actor.bodies_as(*ALLOWED[action])
    mine = or_(Meeting.body_id.in_(bodies), Meeting.secretary_id == actor.person_id)
    return list(session.scalars(select(Meeting).where(mine, _upcoming()).order_by(Meeting.starts_at)))


def to_approve(session: Session, actor: Actor) -> list[Meeting]:
    """Programmes that lie with this person for approval: with the chair or the chief of office, as the rule book says."""
    chaired = or_(Meeting.body_id.in_(actor.bodies_as(Role.CHAIR)), Meeting.chair_id == actor.person_id)
    led = Meeting.body_id.in_(actor.bodies_as(Role.CHIEF))
    mine = or_(and_(chaired, RuleBook.approver != "chief"), and_(led, RuleBook.approver == "chief"))
    found = select(Meeting).join(RuleBook, Meeting.book_id == RuleBook.id).where(mine, Meeting.state == "submitted")
    return list(session.scalars(found.order_by(Meeting.starts_at)))


@dataclass(frozen=True)
class Replies:
    """How an invitation was answered."""

    accepted: int
    declined: int
    silent: int

    @property
    def total(self) -> int:
        """All who were invited."""
        return self.accepted + self.declined + self.silent


def replies_to(session: Session, meetings: Sequence[int]) -> dict[int, Replies]:
    """The answers to many meetings' invitations in one query."""
    wanted = (
        select(Participant.meeting_id, Participant.reply, func.count())
        .where(Participant.meeting_id.in_(meetings))
        .group_by(Participant.meeting_id, Participant.reply)
    )
    counts: dict[int, dict[str, int]] = {each: {} for each in meetings}
    for meeting_id, reply, number in session.execute(wanted):
        counts[meeting_id][reply] = number
    return {
        key: Replies(found.get("accepted", 0), found.get("declined", 0), found.get("none", 0)) for key, found in counts.items()
    }


def members_of(session: Session, body_id: int, day: date, role: Role = Role.MEMBER) -> list[Person]:
    """Who holds a role in the body on a day."""
    held = select(Membership.person_id).where(
        Membership.body_id == body_id,
        Membership.role == role,
        Membership.starts_on <= day,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= day),
    )
    return list(session.scalars(select(Person).where(Person.id.in_(held), Person.retired_on.is_(None)).order_by(Person.id)))


def people_on_file(session: Session) -> list[Person]:
    """Everybody who can be chosen in a form, sorted by given name."""
    people = session.scalars(select(Person).where(Person.retired_on.is_(None)))
    return sorted(people, key=lambda each: given_name_first(each.full_name))


def units_on_file(session: Session) -> list[Unit]:
    """The units that can be given an item, by name."""
    return list(session.scalars(select(Unit).where(Unit.retired_on.is_(None)).order_by(Unit.name)))


def bodies_of(session: Session, actor: Actor) -> list[Body]:
    """The bodies this person has a role in."""
    return list(session.scalars(select(Body).where(Body.id.in_(actor.bodies_as())).order_by(Body.id)))


def count_to_answer(session: Session, actor: Actor) -> int:
    """How many invitations wait for an answer."""
    return len(to_answer(session, actor))
