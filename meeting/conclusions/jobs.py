"""Setting the PDF of an issued notice and of signed minutes: long work for the worker."""

from typing import Any, Literal

from meeting.acts import ActInput, Tx, act, on
from meeting.conclusions.models import Minutes, Notice
from meeting.conclusions.sheets import minutes_sheet, notice_sheet
from meeting.database import reading
from meeting.documents import made
from meeting.documents.typeset import typeset
from meeting.events import Event
from meeting.jobs import enqueue, job
from meeting.journal import Told
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

Paper = Literal["notice", "minutes"]


class PaperSetInput(ActInput):
    """Which paper got which document."""

    paper: Paper
    paper_id: int
    document_id: int


@on(Event.NOTICE_ISSUED, Event.MINUTES_SIGNED)
def order_paper(tx: Tx, told: Told) -> None:
    """Orders the PDF in the transaction that issues the notice or signs the minutes."""
    paper = "notice" if told.event is Event.NOTICE_ISSUED else "minutes"
    enqueue(tx, "conclusions.set_paper", paper=paper, paper_id=told.facts[f"{paper}_id"])


@job("conclusions.set_paper")
def set_paper(paper: Paper, paper_id: int) -> None:
    """Sets the PDF and keeps it as a document. Run again it gives the same bytes, which are kept once."""
    with reading() as session:
        row = session.get_one(Notice, paper_id) if paper == "notice" else session.get_one(Minutes, paper_id)
        sheet = notice_sheet(session, row) if isinstance(row, Notice) else minutes_sheet(session, row)
        name = f"{row.number.symbol if row.number else paper}.pdf".replace("/", "-")
    document_id = made.keep(typeset(paper, sheet), name)
    perform(SYSTEM, "conclusions.paper_set", {"paper": paper, "paper_id": paper_id, "document_id": document_id})


@act("conclusions.paper_set", Action.READ_OUT_DOCUMENT)
def paper_set(tx: Tx, wanted: PaperSetInput) -> dict[str, Any]:
    """The worker ties a paper to its PDF. Recorded once; the same document again changes nothing."""
    tx.require(Action.READ_OUT_DOCUMENT)
    row = tx.get(Notice, wanted.paper_id) if wanted.paper == "notice" else tx.get(Minutes, wanted.paper_id)
    if row.document_id == wanted.document_id:
        tx.nothing_to_record("the paper has this document already")
        return {}
    row.document_id = wanted.document_id
    tx.record(Event.DOCUMENT_SET, row, paper=wanted.paper, document_id=wanted.document_id)
    return {}
