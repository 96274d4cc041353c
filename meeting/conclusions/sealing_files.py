"""Who may open the files on a document's way: the laid-out page and the signed ones, before the PDF that is issued."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meeting.conclusions.models import WRITERS, Instrument, Minutes
from meeting.documents.access import Place, opens
from meeting.documents.models import File
from meeting.permissions import Action, Actor, allows


@opens
def place_of_signing_file(session: Session, actor: Actor, file: File) -> Place | None:
    """A page to be signed is opened by the office, by the chair, and by whoever is named to sign it."""
    wanted = select(Instrument).where(or_(Instrument.laid_out_id == file.id, Instrument.signed_file_id == file.id))
    document = session.scalars(wanted).first()
    if document is not None and _sees(session, actor, document):
        return Place(
            title=document.number.symbol if document.number else document.abstract.splitlines()[0],
            detail=document.abstract if document.number else "",
            back=f"/notices/{document.id}",
            meeting_id=document.meeting_id,
        )
    held = select(Minutes).where(or_(Minutes.laid_out_id == file.id, Minutes.signed_file_id == file.id))
    minutes = session.scalars(held).first()
    if minutes is not None and minutes.hats_of(actor, session) & WRITERS:
        return Place(title=minutes.meeting.title, back=f"/meetings/{minutes.meeting_id}/minutes", meeting_id=minutes.meeting_id)
    return None


def _sees(session: Session, actor: Actor, document: Instrument) -> bool:
    if document.signer_id is not None and document.signer_id == actor.person_id:
        return True
    hats = document.hats_of(actor, session)
    return bool(hats & WRITERS) or (document.state == "issued" and allows(Action.READ_CONCLUSIONS, hats))
