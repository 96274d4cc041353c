"""The acts of files: take in, and what the worker tells of them."""

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import func, select

from meeting.acts import ActInput, Tx, act
from meeting.documents import store
from meeting.documents.forgetting import empty
from meeting.documents.kinds import clean_name, named_rightly
from meeting.documents.models import NAMING, File, Page, packed
from meeting.documents.rules import NOTES, PDF, SECRET, check_page_count
from meeting.errors import SENTENCES, Missing, Refused
from meeting.events import Event
from meeting.jobs import enqueue
from meeting.permissions import Action


class ReceiveInput(ActInput):
    """What the upload door knows of a file that lies in the store; `refusal` is what a first look found."""

    ticket: str
    name: Annotated[str, Field(max_length=1000)] = ""
    refusal: str = ""
    refusal_facts: dict[str, Any] = Field(default_factory=dict)


class KeepInput(ActInput):
    """A paper the system made itself."""

    ticket: str
    name: str


class FileInput(ActInput):
    """One file, for the worker."""

    file_id: int
    page_count: int = 0


class PageInput(ActInput):
    """A page that was read: size in points, text, words with boxes in thousandths."""

    file_id: int
    number: Annotated[int, Field(ge=1)]
    width: int
    height: int
    text: Annotated[str, Field(max_length=200_000)]
    words: list[list[Any]]
    source: str


class NotesInput(ActInput):
    """What readers are told of a paper: codes of `rules.NOTES`."""

    file_id: int
    notes: Annotated[list[str], Field(max_length=20)]


class ScannerInput(ActInput):
    """Where the scanner should be."""

    scanner: Annotated[str, Field(max_length=300)]


class RefuseInput(ActInput):
    """Why a file is not accepted: a code of documents.rules and its facts."""

    file_id: int
    refusal: str
    refusal_facts: dict[str, Any] = Field(default_factory=dict)


@act("documents.receive", Action.UPLOAD_FILE)
def receive(tx: Tx, wanted: ReceiveInput) -> dict[str, Any]:
    """Registers a file that somebody sent; the worker then makes its pages.

    Whoever sends declares by it that the file holds no state secret. Refused as `upload_unknown` without the ticket of
    the upload door. A file that a first look refused is registered as refused: who, when and its SHA-256 stay, its bytes
    go. Journal: FILE_RECEIVED or FILE_REFUSED, never with the file's name, which may itself be secret.
    """
    tx.require(Action.UPLOAD_FILE)
    row = _new_file(tx, wanted.ticket, wanted.name, tx.actor.person_id)
    tx.record(Event.FILE_RECEIVED, None, file_id=row.id, sha256=row.sha256, size_bytes=row.size_bytes, declared_not_secret=True)
    if wanted.refusal:
        _mark_refused(tx, row, wanted.refusal, wanted.refusal_facts)
    else:
        enqueue(tx, "documents.read", file_id=row.id)
    return {"file_id": row.id, "sha256": row.sha256, "name": row.name}


@act("documents.keep", Action.READ_OUT_DOCUMENT)
def keep(tx: Tx, wanted: KeepInput) -> dict[str, Any]:
    """Keeps a paper that the system set itself (a notice, minutes). The same bytes again are the same document."""
    tx.require(Action.READ_OUT_DOCUMENT)
    received = store.ticketed(wanted.ticket)
    digest = received.sha256
    known = tx.scalar(select(File).where(File.sha256 == digest, File.uploaded_by.is_(None), File.state != "failed"))
    if known is not None:
        tx.nothing_to_record("these bytes are kept already")
        tx.after_commit(lambda: store.registered(received))
        return {"file_id": known.id, "sha256": digest}
    row = _new_file(tx, wanted.ticket, wanted.name, None)
    tx.record(Event.FILE_RECEIVED, None, file_id=row.id, sha256=row.sha256, size_bytes=row.size_bytes)
    enqueue(tx, "documents.read", file_id=row.id)
    return {"file_id": row.id, "sha256": row.sha256}


def _new_file(tx: Tx, ticket: str, name: str, sender: int | None) -> File:
    received = store.ticketed(ticket)
    tx.after_commit(lambda: store.registered(received))
    return tx.add(
        File(
            sha256=received.sha256,
            name=named_rightly(clean_name(name), received.media_type) if received.media_type else clean_name(name),
            media_type=received.media_type,
            size_bytes=received.size_bytes,
            uploaded_by=sender,
            uploaded_at=tx.now,
            refusal_facts={},
        )
    )


@act("documents.begin", Action.READ_OUT_DOCUMENT)
def begin(tx: Tx, wanted: FileInput) -> dict[str, Any]:
    """The worker begins to read, or begins again after a kill: pages already there are read anew and replaced.

    `read` is false when there is nothing to do any more.
    """
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("progress of the worker is no event of a council")
    row = tx.get(File, wanted.file_id)
    if row.state not in ("waiting", "reading"):
        return {"read": False}
    return {"read": True, "sha256": row.sha256, "media_type": row.media_type, "is_pdf": row.media_type == PDF}


@act("documents.counted", Action.READ_OUT_DOCUMENT)
def counted(tx: Tx, wanted: FileInput) -> dict[str, Any]:
    """The worker knows how many pages there are. Refused: `no_pages`, `too_many_pages`."""
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("progress of the worker is no event of a council")
    check_page_count(wanted.page_count)
    row = tx.get(File, wanted.file_id)
    row.state, row.page_count = "reading", wanted.page_count
    return {}


@act("documents.page_made", Action.READ_OUT_DOCUMENT)
def page_made(tx: Tx, wanted: PageInput) -> dict[str, Any]:
    """One page can be shown, or its text was recognised later. The same page again replaces what was read before."""
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("progress of the worker is no event of a council")
    row = tx.get(File, wanted.file_id)
    if row.state != "reading":
        return {}
    page = tx.scalar(select(Page).where(Page.file_id == row.id, Page.number == wanted.number))
    if page is None:
        page = Page(file_id=row.id, number=wanted.number, width=0, height=0, text="", boxes=packed([]), source="none")
    page.width, page.height, page.text = wanted.width, wanted.height, wanted.text
    page.boxes, page.source = packed(wanted.words), wanted.source
    tx.add(page)
    row.pages_done = tx.scalar(select(func.count()).where(Page.file_id == row.id)) or 0
    row.recognised_pages = tx.scalar(select(func.count()).where(Page.file_id == row.id, Page.source == "ocr")) or 0
    return {"pages_done": row.pages_done}


@act("documents.scanner_away", Action.READ_OUT_DOCUMENT)
def scanner_away(tx: Tx, wanted: ScannerInput) -> dict[str, Any]:
    """The virus scanner does not answer, so a file was turned away. The upload door says it once an hour at most.

    Journal: SCANNER_AWAY, from which the administrators are told.
    """
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.record(Event.SCANNER_AWAY, None, scanner=wanted.scanner)
    return {}


@act("documents.noted", Action.READ_OUT_DOCUMENT)
def noted(tx: Tx, wanted: NotesInput) -> dict[str, Any]:
    """What readers should know: written in old fonts, or pictures that nobody could read. The same again changes nothing."""
    tx.require(Action.READ_OUT_DOCUMENT)
    tx.nothing_to_record("found in the bytes, which do not change")
    row = tx.get(File, wanted.file_id)
    row.notes = sorted({*(row.notes or []), *(note for note in wanted.notes if note in NOTES)})
    return {}


@act("documents.ready", Action.READ_OUT_DOCUMENT)
def ready(tx: Tx, wanted: FileInput) -> dict[str, Any]:
    """All pages and their text are there. Journal: FILE_READY, which feeds the search."""
    tx.require(Action.READ_OUT_DOCUMENT)
    row = tx.get(File, wanted.file_id)
    if row.state != "reading":
        tx.nothing_to_record("the file was ready before, or refused meanwhile")
        return {}
    row.state, row.ready_at = "ready", tx.now
    tx.record(Event.FILE_READY, None, file_id=row.id, pages=row.page_count, recognised=row.recognised_pages)
    return {}


@act("documents.refuse", Action.READ_OUT_DOCUMENT)
def refuse(tx: Tx, wanted: RefuseInput) -> dict[str, Any]:
    """The worker refuses a file. Pages and text go; the bytes are erased after the commit.

    After `secret` the name goes too: only who sent it, when, and the SHA-256 stay, and so it is with every other file of the
    same bytes. Journal: FILE_REFUSED with the code, for each.
    """
    tx.require(Action.READ_OUT_DOCUMENT)
    row = tx.get(File, wanted.file_id)
    if row.was_refused:
        tx.nothing_to_record("the file was refused before")
        return {}
    _mark_refused(tx, row, wanted.refusal, wanted.refusal_facts)
    return {}


def _mark_refused(tx: Tx, row: File, code: str, facts: dict[str, Any]) -> None:
    if code not in SENTENCES:
        raise Missing()
    digest = row.sha256
    others = select(File).where(File.sha256 == digest, File.id != row.id, File.state.in_(NAMING))
    same = list(tx.scalars(others))
    for each in (row, *same) if code == SECRET else (row,):  # the mark stands in the bytes, whoever sent them
        empty(tx, each)
        each.state, each.refusal, each.refusal_facts = "refused", code, facts
        if code == SECRET:
            each.name = ""
        tx.flush()
        tx.record(Event.FILE_REFUSED, None, file_id=each.id, sha256=digest, code=code)
    if code == SECRET or not same:
        tx.after_commit(lambda: store.erase(digest, whoever_sends=code == SECRET))


def refusal_of(file: File) -> Refused | None:
    """The refusal of a file as it was found, to be said in words."""
    return Refused(file.refusal, **file.refusal_facts) if file.refusal else None
