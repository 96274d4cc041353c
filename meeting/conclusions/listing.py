"""Lists of documents as one may see them: issued, in the making, published; and the meetings that wait for their notice."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda.models import Meeting, Participant
from meeting.conclusions import due
from meeting.conclusions.kinds import CONCLUSION
from meeting.conclusions.models import WRITERS, Instrument
from meeting.conclusions.rules import NoticeState
from meeting.inputs import YEARS
from meeting.permissions import ALLOWED, Action, Actor, Role

READING_ROLES = tuple(sorted(ALLOWED[Action.READ_CONCLUSIONS] - {Role.MEMBER, Role.GUEST}))
STATES = tuple(NoticeState)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. `state`: one of the way, or "withdrawn", "replaced"; empty: all."""

    family: str = CONCLUSION
    kind: str = ""
    body: str = ""  # its short name
    state: str = ""
    year: int | None = None

    @property
    def any(self) -> bool:
        """Whether anything but the family is asked for."""
        return bool(self.kind or self.body or self.state or self.year)


def visible(actor: Actor) -> Select[Any]:
    """The documents one may read: the same rule as `Instrument.hats_of`, as a condition on rows."""
    person = actor.person_id
    seat = (Meeting.chair_id == person) | (Meeting.secretary_id == person)
    makers = seat | Meeting.body_id.in_(actor.bodies_as(*WRITERS))
    invited = select(Participant.meeting_id).where(
        Participant.person_id == person, Participant.voting | Participant.item_ids.is_(None)
    )
    readers = makers | Meeting.body_id.in_(actor.bodies_as(*READING_ROLES)) | Meeting.id.in_(invited)
    named = and_(Instrument.signer_id == person, Instrument.state != "draft", readers)
    return select(Instrument).join(Instrument.meeting).where(or_(makers, readers & (Instrument.state == "issued"), named))


def documents(session: Session, actor: Actor, wanted: Filters, most: int | None = None) -> list[Instrument]:
    """The documents one may read, the newest first."""
    newest = func.coalesce(Instrument.issued_at, Instrument.drafted_at).desc()
    found = _narrowed(actor, wanted).options(joinedload(Instrument.number), joinedload(Instrument.item))
    return list(session.scalars(found.order_by(newest, Instrument.id.desc()).limit(most)).unique())


def count(session: Session, actor: Actor, wanted: Filters) -> int:
    """How many they are, in one query."""
    return session.scalar(_narrowed(actor, wanted).with_only_columns(func.count(Instrument.id.distinct()))) or 0


def in_the_making(session: Session, actor: Actor, family: str = "") -> list[Instrument]:
    """Documents not issued yet, for the people who write, approve, sign, number and issue them."""
    wanted = visible(actor).where(Instrument.state != "issued").order_by(Instrument.drafted_at.desc(), Instrument.id.desc())
    return list(session.scalars(wanted.where(Instrument.family == family) if family else wanted))


def making_count(session: Session, actor: Actor) -> int:
    """How many notices are in the making; for the entry of the navigation."""
    return _making(session, actor, CONCLUSION)


def deciding_count(session: Session, actor: Actor) -> int:
    """How many resolutions and decisions are in the making."""
    return _making(session, actor, "decision")


def _making(session: Session, actor: Actor, family: str) -> int:
    wanted = visible(actor).where(Instrument.state != "issued", Instrument.family == family)
    return session.scalar(wanted.with_only_columns(func.count(Instrument.id.distinct()))) or 0


def owed(session: Session, actor: Actor, today: date) -> list[due.Owed]:
    """Meetings that are over and have neither an issued notice nor the decision to do without, for who drafts and who presided.

    The longest overdue first. One whose notice is being made is owed until it is issued.
    """
    bodies = actor.bodies_as(*ALLOWED[Action.WRITE_CONCLUSIONS])
    presides = actor.bodies_as(Role.CHAIR)
    person = actor.person_id
    wanted = select(Meeting).where(
        Meeting.state.in_(("held", "archived")),
        Meeting.notice_state.in_(("none_yet", "draft")),
        or_(Meeting.body_id.in_(bodies | presides), Meeting.secretary_id == person, Meeting.chair_id == person),
    )
    found = due.owed(session, session.scalars(wanted).unique(), today)
    return [
        replace(each, drafts=each.meeting.body_id in bodies or each.meeting.secretary_id == person)
        for each in found
        if each.meeting.state == "held" or each.timing.state != "optional"
    ]


def published(session: Session) -> list[Instrument]:
    """The documents that anybody may read, the newest first."""
    wanted = select(Instrument).where(
        Instrument.state == "issued", Instrument.published_at.is_not(None), Instrument.withdrawn_at.is_(None)
    )
    return list(session.scalars(wanted.order_by(Instrument.issued_on.desc(), Instrument.id.desc())).unique())


def to_send_up(session: Session, actor: Actor) -> list[Instrument]:
    """Issued resolutions that still have to go to the body above, the first due first."""
    wanted = visible(actor).where(
        Instrument.sent_up_due_on.is_not(None), Instrument.sent_up_at.is_(None), Instrument.withdrawn_at.is_(None)
    )
    wanted = wanted.where(Meeting.body_id.in_(actor.bodies_as(Role.SECRETARY, Role.CHIEF, Role.CLERK)))
    return list(session.scalars(wanted.order_by(Instrument.sent_up_due_on)).unique())


def _narrowed(actor: Actor, wanted: Filters) -> Select[Any]:
    found = visible(actor).where(Instrument.family == wanted.family)
    if wanted.kind:
        found = found.where(Instrument.kind == wanted.kind)
    if wanted.body:
        found = found.where(Meeting.body.has(short_name=wanted.body))
    if wanted.state in ("withdrawn", "replaced"):
        found = found.where((Instrument.withdrawn_at if wanted.state == "withdrawn" else Instrument.replaced_at).is_not(None))
    elif wanted.state:
        found = found.where(Instrument.state == wanted.state)
    if wanted.year and wanted.year not in YEARS:
        return found.where(false())
    if wanted.year:
        found = found.where(Instrument.issued_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    return found
