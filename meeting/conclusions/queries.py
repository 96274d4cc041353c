"""Reads of minutes and notices, always limited to what the actor may see."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from meeting.agenda.models import Meeting
from meeting.conclusions import history
from meeting.conclusions.course import Course
from meeting.conclusions.models import Instrument, Minutes, NoticeLine
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.organization.models import Body, Membership, Person, Unit
from meeting.permissions import Action, Actor, Role, allows


def minutes_of(session: Session, meeting_id: int) -> Minutes | None:
    """The minutes of a meeting, if it has any yet. For acts, which ask for the right themselves."""
    return session.scalar(select(Minutes).where(Minutes.meeting_id == meeting_id))


def course_of(session: Session, meeting: Meeting) -> Course:
    """How the meeting went, for the draft of its minutes."""
    return history.course_of(session, meeting)


def decided(session: Session, meeting: Meeting) -> list[tuple[int | None, str]]:
    """What was decided by vote, item by item, as first lines of a notice."""
    return history.decisions_of(session, meeting)


def readable(session: Session, actor: Actor, subject: Minutes | Instrument | None) -> Minutes | Instrument:
    """The paper itself for somebody who may read it, else `Missing`: also whether it exists is not told."""
    if subject is None or not allows(Action.READ_CONCLUSIONS, subject.hats_of(actor, session)):
        raise Missing()
    return subject


def readable_minutes(session: Session, actor: Actor, meeting_id: int) -> Minutes:
    """The minutes of a meeting for a reader."""
    found = readable(session, actor, minutes_of(session, meeting_id))
    assert isinstance(found, Minutes)
    return found


def readable_notice(session: Session, actor: Actor, notice_id: int) -> Instrument:
    """A document for a reader, with everything its page shows: a notice, a resolution, a decision."""
    wanted = select(Instrument).where(Instrument.id == notice_id).options(*_whole())
    found = readable(session, actor, session.scalar(wanted))
    assert isinstance(found, Instrument)
    return found


def documents_for(session: Session, actor: Actor, meeting_id: int) -> list[Instrument]:
    """The documents of a meeting as far as the actor may see them, in the order they were begun."""
    wanted = select(Instrument).where(Instrument.meeting_id == meeting_id).order_by(Instrument.id)
    found = session.scalars(wanted.options(joinedload(Instrument.number), joinedload(Instrument.item))).unique()
    return [each for each in found if allows(Action.READ_CONCLUSIONS, each.hats_of(actor, session))]


def minutes_for(session: Session, actor: Actor, meeting_id: int) -> Minutes | None:
    """The minutes of a meeting as far as the actor may see them, or None."""
    found = minutes_of(session, meeting_id)
    return found if found and allows(Action.READ_CONCLUSIONS, found.hats_of(actor, session)) else None


def _whole() -> tuple[ExecutableOption, ...]:
    lines = selectinload(Instrument.lines)
    return (
        lines.joinedload(NoticeLine.item),
        lines.selectinload(NoticeLine.cooperating),
        joinedload(Instrument.meeting).joinedload(Meeting.chair),
        joinedload(Instrument.drafted_by),
        joinedload(Instrument.approved_by),
        joinedload(Instrument.signed_by),
        joinedload(Instrument.issued_by),
    )


def readable_document(session: Session, paper: Minutes | Instrument) -> int | None:
    """The PDF of a paper, once it is made and can be opened."""
    file = session.get(File, paper.document_id) if paper.document_id else None
    return file.id if file is not None and file.first_page_read else None


@opens
def place_of_paper(session: Session, actor: Actor, file: File) -> Place | None:
    """A PDF of this room is opened by whoever may read the document or the minutes it was made of."""
    made_of = or_(Instrument.document_id == file.id, Instrument.signed_file_id == file.id, Instrument.laid_out_id == file.id)
    notice = session.scalars(select(Instrument).where(made_of).order_by(Instrument.id)).first()
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
