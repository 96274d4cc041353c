"""Reads of sessions: the list, one with its sittings, who came to which."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.queries import given_name_first
from meeting.agenda.session_models import CouncilSession
from meeting.errors import Missing
from meeting.live.models import Attendance
from meeting.live.rules import presence_of
from meeting.organization.group_queries import groups_of_body
from meeting.organization.models import Group, Person
from meeting.permissions import ALLOWED, Action, Actor, allows
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.sittings import rules

OVER = frozenset({"held", "archived"}) | rules.GONE
HELD = frozenset({"in_session", "paused", "held", "archived"})


def sessions_of(session: Session, actor: Actor, body_id: int | None = None) -> list[CouncilSession]:
    """The sessions of the bodies one has a role in, the newest first."""
    bodies = actor.bodies_as(*ALLOWED[Action.READ_SESSIONS])
    wanted = select(CouncilSession).where(CouncilSession.body_id.in_(bodies))
    if body_id is not None:
        wanted = wanted.where(CouncilSession.body_id == body_id)
    return list(session.scalars(wanted.order_by(CouncilSession.starts_on.desc(), CouncilSession.id.desc())))


def session_of(session: Session, actor: Actor, session_id: int) -> CouncilSession:
    """One session; Missing for strangers."""
    found = session.get(CouncilSession, session_id)
    if found is None or not allows(Action.READ_SESSIONS, found.hats_of(actor, session)):
        raise Missing()
    return found


def sittings_of(session: Session, session_id: int) -> list[Meeting]:
    """The sittings that take place or took place, in the order of beginning."""
    wanted = select(Meeting).where(Meeting.session_id == session_id, Meeting.state.not_in(rules.GONE))
    wanted = wanted.options(joinedload(Meeting.chair), joinedload(Meeting.secretary))
    return list(session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)))


def as_rules(sittings: Iterable[Meeting]) -> list[rules.Sitting]:
    """Sittings as the rules see them."""
    return [rules.Sitting(each.id, each.sitting, each.starts_at, each.title, each.ends_at, each.group_id) for each in sittings]


def seen_by(session: Session, actor: Actor, sittings: Sequence[Meeting]) -> list[Meeting]:
    """Those of the sittings that this person may know of: a draft is the office's."""
    return [each for each in sittings if _seen(session, actor, each)]


def _seen(session: Session, actor: Actor, meeting: Meeting) -> bool:
    hats = meeting.hats_of(actor, session)
    if meeting.is_private:
        return allows(Action.PREPARE_MEETING, hats) or allows(Action.APPROVE_PROGRAMME, hats)
    return allows(Action.READ_MEETING, hats)


def delegations(session: Session, body_id: int) -> list[Group]:
    """The Tổ of a body that have people."""
    return [each for each in groups_of_body(session, body_id) if each.kind == "delegation" and each.members]


def usual_type(session: Session, found: CouncilSession) -> int | None:
    """The kind of meeting of its other sittings; else the first of the body that is convened by a decision."""
    before = session.scalar(select(Meeting.type_id).where(Meeting.session_id == found.id).order_by(Meeting.id))
    if before is not None:
        return before
    kinds = select(MeetingType.id).where(MeetingType.body_id == found.body_id, MeetingType.retired_on.is_(None))
    convened = kinds.join(RuleBook).where(RuleBook.summons == "decision").order_by(MeetingType.id)
    return session.scalar(convened) or session.scalar(kinds.order_by(MeetingType.id))


def presidium_of(session: Session, session_id: int, seen: Collection[Meeting] | None = None) -> list[int]:
    """Who sits in the presidium, by person id, as its latest sitting of the whole council has it.

    `seen`: the sittings that the reader may know of; what a draft says of the presidium is the office's.
    """
    wanted = (
        select(Meeting.id)
        .join(Participant, Participant.meeting_id == Meeting.id)
        .where(Meeting.session_id == session_id, Meeting.sitting.in_(rules.TOGETHER), Participant.presidium)
        .order_by(Meeting.starts_at.desc())
    )
    if seen is not None:
        wanted = wanted.where(Meeting.id.in_([each.id for each in seen]))
    latest = session.scalar(wanted)
    if latest is None:
        return []
    seated = select(Participant.person_id).where(Participant.meeting_id == latest, Participant.presidium)
    return list(session.scalars(seated.order_by(Participant.id)))


@dataclass(frozen=True)
class Line:
    """One member's attendance of a session: what was true in each sitting for which they were called."""

    person: Person
    presences: dict[int, str]
    came: rules.Came


def attendance(session: Session, sittings: Sequence[Meeting]) -> list[Line]:
    """Members (with a vote, or whose seat a substitute took) by given name, with their presence in each sitting."""
    ids = [each.id for each in sittings]
    held = [each.id for each in sittings if each.state in HELD]
    rows = session.execute(
        select(Participant, Attendance)
        .outerjoin(
            Attendance, (Attendance.meeting_id == Participant.meeting_id) & (Attendance.person_id == Participant.person_id)
        )
        .where(Participant.meeting_id.in_(ids), Participant.voting, Participant.stands_for_id.is_(None))
    )
    people: dict[int, Person] = {}
    presences: dict[int, dict[int, str]] = {}
    for invited, kept in rows:
        people[invited.person_id] = invited.person
        found = presence_of(kept.presence if kept else None, invited.reply, invited.absence)
        presences.setdefault(invited.person_id, {})[invited.meeting_id] = found
    lines = [Line(people[each], presences[each], rules.tally(presences[each], held)) for each in people]
    return sorted(lines, key=lambda line: given_name_first(line.person.full_name))


def day_of(meeting: Meeting) -> date:
    """The local day on which a sitting begins."""
    return clock.local(meeting.starts_at).date()
