"""Reads of minutes and notices, always limited to what the actor may see."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from meeting.agenda.models import Meeting, Participant
from meeting.conclusions import history
from meeting.conclusions.course import Course
from meeting.conclusions.cues import Cue, read_cue
from meeting.conclusions.models import Minutes, MinutesVersion, Notice, NoticeLine
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.organization.models import Body, Membership, Person, Unit
from meeting.organization.signing import signing_role
from meeting.permissions import Action, Actor, Role, allows

READING_ROLES = tuple(role for role in Role if allows(Action.READ_CONCLUSIONS, [role]) and role not in (Role.MEMBER, Role.GUEST))


def minutes_of(session: Session, meeting_id: int) -> Minutes | None:
    """The minutes of a meeting, if it has any yet. For acts, which ask for the right themselves."""
    return session.scalar(select(Minutes).where(Minutes.meeting_id == meeting_id))


def notice_of(session: Session, meeting_id: int) -> Notice | None:
    """The notice of a meeting, if it has one yet. For acts, which ask for the right themselves."""
    return session.scalar(select(Notice).where(Notice.meeting_id == meeting_id))


def course_of(session: Session, meeting: Meeting) -> Course:
    """How the meeting went, for the draft of its minutes."""
    return history.course_of(session, meeting)


def decided(session: Session, meeting: Meeting) -> list[tuple[int | None, str]]:
    """What was decided by vote, item by item, as first lines of a notice."""
    return history.decisions_of(session, meeting)


def readable(session: Session, actor: Actor, subject: Minutes | Notice | None) -> Minutes | Notice:
    """The paper itself for somebody who may read it, else `Missing`: also whether it exists is not told."""
    if subject is None or not allows(Action.READ_CONCLUSIONS, subject.hats_of(actor, session)):
        raise Missing()
    return subject


def readable_minutes(session: Session, actor: Actor, meeting_id: int) -> Minutes:
    """The minutes of a meeting for a reader."""
    found = readable(session, actor, minutes_of(session, meeting_id))
    assert isinstance(found, Minutes)
    return found


def readable_notice(session: Session, actor: Actor, notice_id: int) -> Notice:
    """A notice for a reader, with everything its page shows."""
    wanted = select(Notice).where(Notice.id == notice_id).options(*_whole())
    found = readable(session, actor, session.scalar(wanted))
    assert isinstance(found, Notice)
    return found


def notice_for(session: Session, actor: Actor, meeting_id: int) -> Notice | None:
    """The notice of a meeting as far as the actor may see it, or None."""
    found = session.scalar(select(Notice).where(Notice.meeting_id == meeting_id).options(*_whole()))
    return found if found and allows(Action.READ_CONCLUSIONS, found.hats_of(actor, session)) else None


def minutes_for(session: Session, actor: Actor, meeting_id: int) -> Minutes | None:
    """The minutes of a meeting as far as the actor may see them, or None."""
    found = minutes_of(session, meeting_id)
    return found if found and allows(Action.READ_CONCLUSIONS, found.hats_of(actor, session)) else None


def versions_of(session: Session, minutes: Minutes) -> list[MinutesVersion]:
    """All versions, newest first."""
    wanted = select(MinutesVersion).where(MinutesVersion.minutes_id == minutes.id)
    return list(session.scalars(wanted.order_by(MinutesVersion.version.desc())))


def visible_notices(session: Session, actor: Actor, state: str = "", most: int | None = None) -> list[Notice]:
    """Notices the actor may read, the newest first: issued ones, and those in the making for who makes them."""
    newest = func.coalesce(Notice.issued_at, Notice.drafted_at).desc()
    wanted = _visible(actor).options(joinedload(Notice.number)).order_by(newest, Notice.id.desc()).limit(most)
    if state:
        wanted = wanted.where(Notice.state == state)
    return list(session.scalars(wanted))


def issued_count(session: Session, actor: Actor) -> int:
    """How many issued notices the actor may read."""
    wanted = _visible(actor).where(Notice.state == "issued").with_only_columns(func.count(Notice.id.distinct()))
    return session.scalar(wanted) or 0


def in_the_making(session: Session, actor: Actor) -> list[Notice]:
    """Notices not issued yet, for the people who write, approve, sign and issue them."""
    wanted = _visible(actor).where(Notice.state != "issued").order_by(Notice.drafted_at.desc())
    return list(session.scalars(wanted))


def making_count(session: Session, actor: Actor) -> int:
    """How many they are, in one query."""
    wanted = _visible(actor).where(Notice.state != "issued").with_only_columns(func.count(Notice.id.distinct()))
    return session.scalar(wanted) or 0


def waiting_meetings(session: Session, actor: Actor) -> list[Meeting]:
    """Meetings that are over and still have neither a notice nor the decision to do without, for the desk."""
    bodies = actor.bodies_as(Role.SECRETARY, Role.CHIEF)
    wanted = select(Meeting).where(
        Meeting.state == "held",
        Meeting.notice_state == "none_yet",
        Meeting.body_id.in_(bodies) | (Meeting.secretary_id == actor.person_id),
    )
    return list(session.scalars(wanted.order_by(Meeting.closed_at)))


def _visible(actor: Actor) -> Select[Notice]:
    """The same rule as `Notice.hats_of`, as a condition on rows."""
    person = actor.person_id
    seat = (Meeting.chair_id == person) | (Meeting.secretary_id == person)
    makers = seat | Meeting.body_id.in_(actor.bodies_as(Role.CHAIR, Role.SECRETARY, Role.CHIEF, Role.CLERK))
    invited = select(Participant.meeting_id).where(
        Participant.person_id == person, Participant.voting | Participant.item_ids.is_(None)
    )
    readers = makers | Meeting.body_id.in_(actor.bodies_as(*READING_ROLES)) | Meeting.id.in_(invited)
    return select(Notice).join(Notice.meeting).where(makers | (readers & (Notice.state == "issued")))


def _whole() -> tuple[ExecutableOption, ...]:
    lines = selectinload(Notice.lines)
    return (
        lines.joinedload(NoticeLine.item),
        lines.selectinload(NoticeLine.cooperating),
        joinedload(Notice.meeting).joinedload(Meeting.chair),
        joinedload(Notice.drafted_by),
        joinedload(Notice.approved_by),
        joinedload(Notice.signed_by),
        joinedload(Notice.issued_by),
    )


def readable_document(session: Session, paper: Minutes | Notice) -> int | None:
    """The PDF of a paper, once it is made and can be opened."""
    file = session.get(File, paper.document_id) if paper.document_id else None
    return file.id if file is not None and file.first_page_read else None


@opens
def place_of_paper(session: Session, actor: Actor, file: File) -> Place | None:
    """A PDF of this room is opened by whoever may read the notice or the minutes it was made of."""
    notice = session.scalar(select(Notice).where(Notice.document_id == file.id))
    if notice is not None and allows(Action.READ_CONCLUSIONS, notice.hats_of(actor, session)):
        symbol = notice.number.symbol if notice.number else ""
        back = f"/notices/{notice.id}"
        return Place(title=symbol, detail=notice.abstract, back=back, meeting_id=notice.meeting_id)
    minutes = session.scalar(select(Minutes).where(Minutes.document_id == file.id))
    if minutes is not None and allows(Action.READ_CONCLUSIONS, minutes.hats_of(actor, session)):
        symbol = minutes.number.symbol if minutes.number else ""
        back = f"/meetings/{minutes.meeting_id}/minutes"
        return Place(title=symbol, detail=minutes.meeting.title, back=back, meeting_id=minutes.meeting_id)
    return None


def units(session: Session) -> list[Unit]:
    """Units that can be given something to do."""
    return list(session.scalars(select(Unit).where(Unit.retired_on.is_(None)).order_by(Unit.name)))


def leaders(session: Session, body: Body) -> list[Person]:
    """People who can be in charge of a task: the body's chair and members, by name."""
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.body_id == body.id, Membership.role.in_([Role.CHAIR, Role.MEMBER]), Person.retired_on.is_(None))
        .distinct()
    )
    return sorted(session.scalars(wanted), key=lambda p: (p.full_name.split()[-1], p.full_name))


def signer_of(session: Session, meeting: Meeting) -> Person | None:
    """Who signs the papers of this meeting: the Chánh Văn phòng of the body, or who presided."""
    if meeting.book.signer != "chief":
        return meeting.chair
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.body_id == meeting.body_id, Membership.role == Role.CHIEF, Membership.ends_on.is_(None))
    )
    return session.scalar(wanted.order_by(Membership.starts_on.desc()))


@dataclass(frozen=True)
class Steps:
    """What this person may do with a notice now; each is one button."""

    edit: bool = False
    submit: bool = False
    approve: bool = False
    send_back: bool = False
    sign: bool = False
    issue: bool = False


def steps_for(session: Session, actor: Actor, notice: Notice) -> Steps:
    """The buttons of a notice's page. The acts ask again; this only keeps useless buttons away."""
    hats = notice.hats_of(actor, session)
    state = notice.state
    writes = state == "draft" and allows(Action.WRITE_CONCLUSIONS, hats)
    approves = allows(Action.APPROVE_CONCLUSIONS, hats)
    signs = allows(Action.SIGN_CONCLUSIONS, hats) and signing_role(notice.meeting.book.signer) in hats
    return Steps(
        edit=writes,
        submit=writes and notice.submitted_at is None,
        approve=approves and state == "draft",
        send_back=approves and (state == "approved" or (state == "draft" and notice.submitted_at is not None)),
        sign=signs and state == "approved",
        issue=state == "signed" and allows(Action.ISSUE_CONCLUSIONS, hats),
    )


def may_sign_minutes(minutes: Minutes, hats: frozenset[Role]) -> bool:
    """Whether the button is shown; the act asks again."""
    signs = allows(Action.SIGN_MINUTES, hats) and signing_role(minutes.meeting.book.signer) in hats
    return signs and minutes.state == "draft"


def cue_in(session: Session, text: str) -> Cue:
    """The task that a sentence gives, with the units on file."""
    return read_cue(text, {unit.id: (unit.name, unit.short_name) for unit in units(session)})
