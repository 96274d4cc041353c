"""Who wants what by which channel: read for all people of one telling at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.notify.kinds import Words
from meeting.notify.matrix import DEFAULTS, channels_for, rows_of
from meeting.notify.models import BodyChannels, BodyChoice, PersonChannels, PersonChoice, PushDevice
from meeting.notify.quiet import Quiet
from meeting.notify.steps import PaperPlan
from meeting.organization.models import Membership, Person
from meeting.permissions import Actor


@dataclass(frozen=True)
class OnFile:
    """What is on file of a person."""

    email: str
    phone: str
    honorific: str


@dataclass
class Wishes:
    """The wishes of some people and of the body that tells them."""

    words: Words
    quiet: Quiet
    people: dict[int, OnFile]
    roles: dict[int, set[str]]
    of_body: Mapping[tuple[str, str], Collection[str]]
    switched_off: dict[int, Collection[str]]
    own_quiet: dict[int, Quiet]
    devices: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    def channels(self, person: int) -> frozenset[str]:
        """The channels that carry this kind to a person; none for somebody who is not on file."""
        if person not in self.people:
            return frozenset()
        return channels_for(self.words, self.roles.get(person, ()), self.of_body, self.switched_off.get(person, ()))

    def quiets(self, person: int) -> tuple[Quiet, ...]:
        """The body's quiet hours and the person's own."""
        own = self.own_quiet.get(person)
        return (self.quiet, own) if own else (self.quiet,)


def of(session: Session, people: list[int], meeting: Meeting | None, words: Words, body_id: int | None = None) -> Wishes:
    """The wishes of these people towards a kind, told by the body of a meeting, by a body, or by nobody in particular."""
    body_id = meeting.body_id if meeting is not None else body_id
    found = Wishes(
        words=words,
        quiet=quiet_of(settings_of(session, body_id)),
        people=_on_file(session, people),
        roles=roles_of(session, people, meeting, body_id),
        of_body=choices_of_body(session, body_id, words.group),
        switched_off=_switched_off(session, people, words.group),
        own_quiet=_own_quiet(session, people),
    )
    if words.leaves:
        found.devices = _devices(session, people)
    return found


def settings_of(session: Session, body_id: int | None) -> BodyChannels:
    """How a body tells people; the defaults where it set nothing. Read only: a default row is not stored."""
    row = session.get(BodyChannels, body_id) if body_id is not None else None
    return row or default_settings(body_id or 0)


def default_settings(body_id: int) -> BodyChannels:
    """A row with the values that hold until a body sets others."""
    columns = [each for each in BodyChannels.__table__.columns if each.default is not None]
    return BodyChannels(body_id=body_id, **{each.name: each.default.arg for each in columns})


def quiet_of(row: BodyChannels) -> Quiet:
    """A body's quiet hours."""
    return Quiet(time.fromisoformat(row.quiet_starts), time.fromisoformat(row.quiet_ends), row.quiet_days_off)


def plan_of(row: BodyChannels) -> PaperPlan:
    """How a body reminds of papers."""
    return PaperPlan(days_of(row.paper_days), row.head_after, row.head_unit)


def days_of(written: str) -> tuple[int, ...]:
    """Days as they are kept: "3 1 0"."""
    return tuple(int(each) for each in written.split())


def choices_of_body(session: Session, body_id: int | None, group: str = "") -> dict[tuple[str, str], list[str]]:
    """The cells that a body set, by group and role."""
    if body_id is None:
        return {}
    wanted = select(BodyChoice).where(BodyChoice.body_id == body_id)
    rows = session.scalars(wanted.where(BodyChoice.group == group) if group else wanted)
    return {(each.group, each.role): each.channels.split() for each in rows}


def roles_of(session: Session, people: Iterable[int], meeting: Meeting | None, body_id: int | None = None) -> dict[int, set[str]]:
    """The roles of people in a body (or that of a meeting) today; of a meeting also seats of chair and secretary, invitations."""
    wanted = list(people)
    found: dict[int, set[str]] = {each: set() for each in wanted}
    body_id = meeting.body_id if meeting is not None else body_id
    if body_id is None:
        return found
    today = clock.today()
    holding = select(Membership.person_id, Membership.role).where(
        Membership.body_id == body_id,
        Membership.person_id.in_(wanted),
        Membership.starts_on <= today,
        or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )
    for person, role in session.execute(holding):
        found[person].add(role)
    if meeting is None:
        return found
    invited = select(Participant.person_id, Participant.voting).where(
        Participant.meeting_id == meeting.id, Participant.person_id.in_(wanted)
    )
    for person, voting in session.execute(invited):
        found[person].add("member" if voting else "guest")
    for seat, holder in (("chair", meeting.chair_id), ("secretary", meeting.secretary_id)):
        if holder in found:
            found[holder].add(seat)
    return found


def _on_file(session: Session, people: list[int]) -> dict[int, OnFile]:
    rows = session.execute(select(Person.id, Person.email, Person.phone, Person.honorific).where(Person.id.in_(people)))
    return {row.id: OnFile(row.email, row.phone, row.honorific) for row in rows}


def _switched_off(session: Session, people: list[int], group: str) -> dict[int, Collection[str]]:
    rows = session.execute(
        select(PersonChoice.person_id, PersonChoice.switched_off).where(
            PersonChoice.person_id.in_(people), PersonChoice.group == group
        )
    )
    return {row.person_id: row.switched_off.split() for row in rows}


def _own_quiet(session: Session, people: list[int]) -> dict[int, Quiet]:
    rows = session.scalars(select(PersonChannels).where(PersonChannels.person_id.in_(people), PersonChannels.quiet_starts != ""))
    return {
        each.person_id: Quiet(time.fromisoformat(each.quiet_starts), time.fromisoformat(each.quiet_ends), days_off=False)
        for each in rows
    }


def _devices(session: Session, people: list[int]) -> dict[int, list[tuple[int, str]]]:
    rows = session.execute(
        select(PushDevice.person_id, PushDevice.id, PushDevice.name)
        .where(PushDevice.person_id.in_(people), PushDevice.ended_at.is_(None))
        .order_by(PushDevice.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for person, number, name in rows:
        found.setdefault(person, []).append((number, name))
    return found


def open_to(session: Session, actor: Actor, group: str) -> set[str]:
    """The channels that a person's bodies open for a group: of all roles held anywhere, and as a guest where there is none."""
    found = set() if actor.roles else set(DEFAULTS[group, "guest"])
    for body in {body for body, _ in actor.roles}:
        of_body = choices_of_body(session, body, group)
        for role in rows_of(str(role) for role in actor.roles_in(body)):
            found |= set(of_body.get((group, role), DEFAULTS[group, role]))
    return found
