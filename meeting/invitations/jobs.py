"""Setting the PDF of an issued invitation: long work for the worker."""

from typing import Any

from meeting.acts import Tx, act, on
from meeting.database import reading
from meeting.documents import made
from meeting.documents.typeset import typeset
from meeting.events import Event
from meeting.invitations.inputs import DocumentInput
from meeting.invitations.models import Invitation
from meeting.invitations.rules import DECISION
from meeting.invitations.sheets import paper_sheet
from meeting.jobs import enqueue, job
from meeting.journal import Told
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform


@on(Event.INVITATION_ISSUED)
def order_paper(tx: Tx, told: Told) -> None:
    """Orders the PDF in the transaction that issues the paper."""
    enqueue(tx, "invitations.set_paper", invitation_id=told.facts["invitation_id"])


@job("invitations.set_paper")
def set_paper(invitation_id: int) -> None:
    """Sets the PDF and keeps it as a document. Run again it gives the same bytes, which are kept once."""
    pdf, name = paper_pdf(invitation_id)
    document_id = made.keep(pdf, name)
    perform(SYSTEM, "invitations.document_set", {"invitation_id": invitation_id, "document_id": document_id})


def paper_pdf(invitation_id: int) -> tuple[bytes, str]:
    """The bytes of an issued paper and its file name. The same paper always gives the same bytes."""
    with reading() as session:
        row = session.get_one(Invitation, invitation_id)
        sheet = paper_sheet(session, row)
        name = f"{row.number.symbol if row.number else 'giay-moi'}.pdf".replace("/", "-")
        layout = DECISION if row.kind == DECISION else "invitation"
    return typeset(layout, sheet), name  # type: ignore[arg-type]


@act("invitations.document_set", Action.READ_OUT_DOCUMENT)
def document_set(tx: Tx, wanted: DocumentInput) -> dict[str, Any]:
    """The worker ties a paper to its PDF. Recorded once; the same document again changes nothing."""
    tx.require(Action.READ_OUT_DOCUMENT)
    row = tx.get(Invitation, wanted.invitation_id)
    if row.document_id == wanted.document_id:
        tx.nothing_to_record("the paper has this document already")
        return {}
    row.document_id = wanted.document_id
    tx.record(Event.INVITATION_SET, row, invitation_id=row.id, document_id=wanted.document_id)
    return {}
