"""Reads of documents as the acts on their life need them; nothing here asks for rights (see `queries` for readers)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.conclusions.form_models import PaperForm
from meeting.conclusions.models import Instrument, Notice, NoticeLine
from meeting.conclusions.relations import Standing, meeting_state
from meeting.conclusions.signing_rules import Signing, block_lines, signing_of
from meeting.documents.phrases import office_in
from meeting.documents.typeset import long_date
from meeting.organization.models import Membership, Person
from meeting.permissions import Role


def documents_of(session: Session, meeting_id: int) -> list[Instrument]:
    """All documents of a meeting in the order they were begun."""
    return list(session.scalars(select(Instrument).where(Instrument.meeting_id == meeting_id).order_by(Instrument.id)))


def notice_of(session: Session, meeting_id: int) -> Notice | None:
    """The notice of a meeting that is meant where none is named: one in the making, else the newest."""
    wanted = select(Notice).where(Notice.meeting_id == meeting_id).order_by(Notice.state == "issued", Notice.id.desc())
    return session.scalars(wanted).first()


def form_of(session: Session, body_id: int, kind: str) -> PaperForm | None:
    """What a body keeps as its usual words and signer of a kind; None: as the system has it."""
    return session.scalar(select(PaperForm).where(PaperForm.body_id == body_id, PaperForm.kind == kind))


def standing_of(document: Instrument) -> Standing:
    """A document as the rules of relations see it."""
    return Standing(
        document.number.symbol if document.number else "",
        document.meeting.body_id,
        document.family,
        document.state,
        document.relation,
        document.corrected_at is not None,
        document.replaced_at is not None,
        document.withdrawn_at is not None,
    )


def pending_about(session: Session, document: Instrument, but: int | None = None) -> list[str]:
    """What other documents in the making would do to this one."""
    wanted = select(Instrument.relation).where(Instrument.about_id == document.id, Instrument.state != "issued")
    return list(session.scalars(wanted.where(Instrument.id != but) if but is not None else wanted))


def later_about(session: Session, document: Instrument) -> list[Instrument]:
    """The later documents about this one, the oldest first."""
    wanted = select(Instrument).where(Instrument.about_id == document.id).order_by(Instrument.id)
    return list(session.scalars(wanted))


def lines_carried(session: Session, document: Instrument) -> list[tuple[int, int | None]]:
    """Each line of a document with the line of the earlier one that it carries on."""
    wanted = select(NoticeLine.id, NoticeLine.carries_id).where(NoticeLine.notice_id == document.id)
    return [(row.id, row.carries_id) for row in session.execute(wanted.order_by(NoticeLine.position))]


def set_meeting_state(session: Session, meeting: Meeting) -> None:
    """How the meeting stands with its conclusions, after something happened to one of them."""
    session.flush()
    notices = session.scalars(select(Notice).where(Notice.meeting_id == meeting.id))
    meeting.notice_state = meeting_state([standing_of(each) for each in notices], meeting.notice_state)


# ---- who signs -----------------------------------------------------------------------------------------------------------


def signing_for(session: Session, document: Instrument) -> Signing:
    """Who is to sign a document: named on it, by the body's form, by the rule book."""
    form = form_of(session, document.meeting.body_id, document.kind)
    return signing_of(form.signer if form else "book", document.signer_id, document.meeting.book.signer, document.family)


def signer_of(session: Session, document: Instrument) -> Person | None:
    """The person who signed a document, or is to sign it."""
    if document.signed_by is not None:
        return document.signed_by
    signing = signing_for(session, document)
    if signing.by == "person":
        return session.get(Person, signing.person_id)
    return holder_of(session, document.meeting.body_id, Role.CHIEF) if signing.by == "chief" else document.meeting.chair


def holder_of(session: Session, body_id: int, role: Role) -> Person | None:
    """Who holds a role of the body now; the newest where there are several."""
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.body_id == body_id, Membership.role == role, Membership.ends_on.is_(None))
    )
    return session.scalars(wanted.order_by(Membership.starts_on.desc())).first()


def signature_of(session: Session, document: Instrument) -> tuple[list[str], Person | None]:
    """What stands above the signature, and whose it is: for the page as printed."""
    body, signer = document.meeting.body, signer_of(session, document)
    form = form_of(session, body.id, document.kind)
    written = document.authority or (form.authority if form else "")
    office = office_in(signer.position, body.short_name) if signer else ""
    return block_lines(signing_for(session, document), body.kind, body.name, office, written), signer


def named_in_words(document: Instrument) -> tuple[str, str]:
    """An issued document's symbol and date as sentences have them."""
    day = long_date(document.issued_on).removeprefix("ngày ") if document.issued_on else ""
    return (document.number.symbol if document.number else ""), day
