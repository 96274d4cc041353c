"""Setting the PDF of an issued document and of signed minutes: long work for the worker."""

from typing import Any, Literal

from meeting.acts import ActInput, Tx, act, on
from meeting.conclusions import minutes_queries
from meeting.conclusions.models import Instrument, Minutes
from meeting.conclusions.sheets import instrument_sheet, layout_of, minutes_sheet
from meeting.database import reading
from meeting.documents import made
from meeting.documents.typeset import Layout, Sheet, typeset
from meeting.events import Event
from meeting.jobs import enqueue, job
from meeting.journal import Told
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

Paper = Literal["notice", "minutes"]


class PaperSetInput(ActInput):
    """Which paper got which document; of minutes also which of their signed texts it is."""

    paper: Paper
    paper_id: int
    document_id: int
    version: int | None = None


@on(Event.NOTICE_ISSUED)
def order_document(tx: Tx, told: Told) -> None:
    """Orders the PDF in the transaction that issues a document, unless it is the signed file itself that was issued."""
    document = tx.get(Instrument, told.facts["notice_id"])
    if document.sealing in ("key", "outside") and document.document_id is not None:
        return
    enqueue(tx, "conclusions.set_paper", paper="notice", paper_id=document.id)


@on(Event.MINUTES_SIGNED)
def order_minutes(tx: Tx, told: Told) -> None:
    """Orders the PDF in the transaction that signs minutes: of this text, whatever is corrected later."""
    minutes = tx.get(Minutes, told.facts["minutes_id"])
    if minutes.sealing in ("key", "outside") and minutes.signed_file_id is not None:
        enqueue(tx, "conclusions.fill_minutes", minutes_id=minutes.id, version=minutes.version)
        return
    enqueue(tx, "conclusions.set_paper", paper="minutes", paper_id=minutes.id, version=minutes.version)


@job("conclusions.set_paper")
def set_paper(paper: Paper, paper_id: int, version: int | None = None) -> None:
    """Sets the PDF and keeps it as a document. Run again it gives the same bytes, which are kept once."""
    with reading() as session:
        layout: Layout
        sheet: Sheet
        if paper == "notice":
            document = session.get_one(Instrument, paper_id)
            layout, sheet, number = layout_of(document), instrument_sheet(session, document), document.number
        else:
            minutes = session.get_one(Minutes, paper_id)
            shown = minutes_queries.version_of(session, minutes, version or minutes.version)
            layout, sheet, number = "minutes", minutes_sheet(session, minutes, shown), minutes.number
        name = f"{number.symbol if number else paper}.pdf".replace("/", "-")
    document_id = made.keep(typeset(layout, sheet), name)
    found = {"paper": paper, "paper_id": paper_id, "document_id": document_id, "version": version}
    perform(SYSTEM, "conclusions.paper_set", found)


@act("conclusions.paper_set", Action.READ_OUT_DOCUMENT)
def paper_set(tx: Tx, wanted: PaperSetInput) -> dict[str, Any]:
    """The worker ties a paper to its PDF. Recorded once; the same document again changes nothing."""
    tx.require(Action.READ_OUT_DOCUMENT)
    row: Minutes | Instrument
    known, of_now = True, True
    if wanted.paper == "minutes":
        row = minutes = tx.get(Minutes, wanted.paper_id)
        version = minutes_queries.version_of(tx.reading, minutes, wanted.version or minutes.version)
        of_now = wanted.version in (None, minutes.version)
        if version is not None:
            known, version.document_id = version.document_id == wanted.document_id, wanted.document_id
    else:
        row = tx.get(Instrument, wanted.paper_id)
    if known and (not of_now or row.document_id == wanted.document_id):
        tx.nothing_to_record("the paper has this document already")
        return {}
    if of_now:
        row.document_id = wanted.document_id
    tx.record(Event.DOCUMENT_SET, row, paper=wanted.paper, document_id=wanted.document_id)
    return {}
