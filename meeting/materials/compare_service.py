"""Comparing versions: asked for at publication or by a reader, done by the worker, kept."""

from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act, on
from meeting.database import reading
from meeting.documents import store
from meeting.documents.models import File, Page
from meeting.documents.rules import SECRET, WIDTHS
from meeting.errors import N_, Missing, Refused, declare
from meeting.events import Event
from meeting.jobs import enqueue, job
from meeting.journal import Told
from meeting.materials import compare
from meeting.materials.audience_queries import may_open
from meeting.materials.compare_drawing import drawn
from meeting.materials.compare_text import PageText, word_count
from meeting.materials.models import Submission
from meeting.materials.release_models import ComparedPage, Comparison, packed
from meeting.permissions import SYSTEM, Action
from meeting.writer import perform

JOB = "materials.compare"
CHUNK = 100  # pages written in one transaction
NAMED_PAGES = 30  # changed pages told by number at most

declare(
    {
        "other_papers_version": N_("Only two versions of the same paper can be compared."),
        "same_version": N_("Choose two different versions."),
    }
)


class CompareInput(ActInput):
    """Two versions of one paper; which is the older one is known by their numbers."""

    older_id: int
    newer_id: int


class PagesInput(ActInput):
    """Pages compared, from a position on; `pages` hold kind, old page, new page, recognised, rough, runs, marks."""

    comparison_id: int
    start: int
    pages: list[dict[str, Any]]


class ComparedInput(ActInput):
    """The end of a comparison."""

    comparison_id: int
    state: str
    counts: dict[str, int] = {}


@act("materials.compare", Action.KEEP_NOTES)
def ask(tx: Tx, wanted: CompareInput) -> dict[str, Any]:
    """Asks the worker what changed between two versions that the actor may open. Asked again it is the same comparison.

    Refused: `not_found`, `other_papers_version`, `same_version`, `file_not_read_yet`. Nothing is recorded.
    """
    tx.require(Action.KEEP_NOTES)
    older, newer = tx.get(Submission, wanted.older_id), tx.get(Submission, wanted.newer_id)
    for version in (older, newer):
        if not may_open(tx.reading, tx.actor, version):
            raise Missing()
    if older.requirement_id != newer.requirement_id:
        raise Refused("other_papers_version")
    if older.id == newer.id:
        raise Refused("same_version")
    older, newer = sorted((older, newer), key=lambda version: version.number)
    if older.file.state != "ready" or newer.file.state != "ready":
        raise Refused("file_not_read_yet")
    tx.nothing_to_record("comparing reads what is there")
    row = _comparison(tx, older, newer, told=True)
    return {"comparison_id": row.id, "state": row.state}


@on(Event.PAPER_PUBLISHED)
def compare_with_earlier(tx: Tx, told: Told) -> None:
    """A new version after a publication is set against every earlier one handed out; its readers are told of the last."""
    newer = tx.get(Submission, told.facts["submission_id"])
    earlier = [tx.get(Submission, each) for each in told.facts["earlier"]]
    for version in sorted(earlier, key=lambda each: each.number):
        _comparison(tx, version, newer, told=version.id != earlier[-1].id)


@on(Event.FILE_REFUSED)
def words_of_secrets_go(tx: Tx, told: Told) -> None:
    """A version bears a mark of secrecy after all: the words of every comparison with it are erased."""
    if told.facts["code"] != SECRET:
        return
    versions = select(Submission.id).where(Submission.file_id == told.facts["file_id"])
    found = select(Comparison.id).where(or_(Comparison.older_id.in_(versions), Comparison.newer_id.in_(versions)))
    tx.execute(delete(ComparedPage).where(ComparedPage.comparison_id.in_(found)))


def _comparison(tx: Tx, older: Submission, newer: Submission, told: bool) -> Comparison:
    """The comparison of two versions, made and given to the worker when there is none. `told`: nobody is to be told of it."""
    known = tx.scalar(select(Comparison).where(Comparison.older_id == older.id, Comparison.newer_id == newer.id))
    if known is not None and known.state != "failed" and (known.state != "ready" or known.marked):
        known.told = known.told and told
        if known.state == "ready" and not known.told:
            _tell(tx, known)
        return known
    row = known or Comparison(older_id=older.id, newer_id=newer.id, counts={}, told=told, asked_at=tx.now)
    row.told = row.told and (told or row.state == "ready")
    row.state = "waiting"
    tx.add(row)
    tx.flush()
    enqueue(tx, JOB, comparison_id=row.id)
    return row


@job(JOB)
def run(comparison_id: int) -> None:
    """Compares two versions in the worker and finds where the passages stand: some seconds for 500 pages.

    Run again it gives the same; a finished one is left alone.
    """
    with reading() as session:
        row = session.get(Comparison, comparison_id)
        if row is None or row.state != "waiting":
            return
        files = (row.older.file, row.newer.file)
        older, newer = (page_texts(session, file) for file in files)
        if word_count([*older, *newer]) > compare.MAX_WORDS:
            changes, marks = None, []
        else:
            changes = compare.compare(older, newer)
            marks = drawn(session, files, (older, newer), changes)
    if changes is None:
        perform(SYSTEM, "materials.compared", {"comparison_id": comparison_id, "state": "too_long"})
        return
    wires = [_wire(change, passages) for change, passages in zip(changes, marks, strict=True)]
    for start in range(0, len(wires), CHUNK):
        pages = wires[start : start + CHUNK]
        perform(SYSTEM, "materials.keep_compared", {"comparison_id": comparison_id, "start": start, "pages": pages})
    counts = compare.counts(changes)
    perform(SYSTEM, "materials.compared", {"comparison_id": comparison_id, "state": "ready", "counts": counts})


def page_texts(session: Session, file: File) -> list[PageText]:
    """The pages of a file as the rules compare them; a page without text bears the digest of its picture."""
    rows = session.execute(select(Page.number, Page.text, Page.source).where(Page.file_id == file.id).order_by(Page.number))
    return [
        PageText(number, text, source != "none", source == "ocr", _digest(file.sha256, number) if source == "none" else "")
        for number, text, source in rows
    ]


def _digest(file_digest: str, number: int) -> str:
    path = store.image_path(file_digest, number, WIDTHS[0])
    return sha256(path.read_bytes()).hexdigest() if path else ""


def _wire(change: compare.PageChange, marks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "old_page": change.old,
        "new_page": change.new,
        "recognised": change.recognised,
        "rough": change.rough,
        "runs": [[run.kind, run.text] for run in change.runs],
        "marks": marks,
    }


@act("materials.keep_compared", Action.MAKE_RELEASES)
def keep_pages(tx: Tx, wanted: PagesInput) -> dict[str, Any]:
    """Keeps some pages of a comparison; the same positions again are replaced. Only the worker does this."""
    tx.require(Action.MAKE_RELEASES)
    tx.nothing_to_record("progress of the worker is no event of a council")
    row = tx.get(Comparison, wanted.comparison_id)
    if row.state != "waiting":
        return {}
    last = wanted.start + len(wanted.pages)
    tx.execute(
        delete(ComparedPage).where(
            ComparedPage.comparison_id == row.id, ComparedPage.position >= wanted.start, ComparedPage.position < last
        )
    )
    rows = [
        {
            "comparison_id": row.id,
            "position": position,
            "packed_runs": packed(page["runs"]),
            "packed_marks": packed(page["marks"]) if page["marks"] else None,
            **{name: page[name] for name in ("kind", "old_page", "new_page", "recognised", "rough")},
        }
        for position, page in enumerate(wanted.pages, start=wanted.start)
    ]
    tx.execute(insert(ComparedPage), rows)
    return {}


@act("materials.compared", Action.MAKE_RELEASES)
def compared(tx: Tx, wanted: ComparedInput) -> dict[str, Any]:
    """A comparison is done: those who read the paper are told, if it was made because of a publication.

    Only the worker does this; twice is harmless. Journal: VERSIONS_COMPARED with the number of pages of each kind.
    """
    tx.require(Action.MAKE_RELEASES)
    row = tx.get(Comparison, wanted.comparison_id)
    if row.state != "waiting":
        tx.nothing_to_record("it was done before")
        return {}
    row.state, row.counts, row.made_at, row.marked = wanted.state, wanted.counts, tx.now, wanted.state == "ready"
    tx.touch(row.meeting_id)
    if row.told:
        tx.nothing_to_record("a reader asked for it")
    else:
        _tell(tx, row)
    return {}


def _tell(tx: Tx, row: Comparison) -> None:
    row.told = True
    paper = row.newer.requirement
    tx.flush()
    changed = select(ComparedPage.new_page).where(
        ComparedPage.comparison_id == row.id, ComparedPage.kind.in_(("changed", "added")), ComparedPage.new_page.is_not(None)
    )
    facts = {
        "requirement_id": paper.id,
        "unit_id": paper.unit_id,
        "what": paper.what,
        "older": row.older.number,
        "newer": row.newer.number,
        "state": row.state,
        "counts": row.counts,
        "pages": list(tx.scalars(changed.order_by(ComparedPage.position).limit(NAMED_PAGES))),
    }
    tx.record(Event.VERSIONS_COMPARED, paper, **facts)
