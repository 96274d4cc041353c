"""How a document stood after each stretch of writing: kept by itself, listed, compared, taken up again as a new version.

A stretch is what one person writes without laying the pen down (`rules.REST`): within it the newest version follows the text.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item
from meeting.conclusions.arranging import arrange
from meeting.conclusions.kept import went_on
from meeting.conclusions.models import Instrument, InstrumentVersion, NoticeLine
from meeting.conclusions.rules import NoticeState, rests_between, step
from meeting.errors import Missing
from meeting.events import Event
from meeting.organization.models import Person, Unit
from meeting.permissions import Action

#: The words around the lines, in the order of the page.
WORDS = ("abstract", "authority", "grounds", "opening", "closing", "recipients")
PLAIN = ("title", "text", "no_due", "product", "process", "carries_id")


class RestoreVersionInput(ActInput):
    """Which document, and which of its versions."""

    notice_id: int
    version: int


def content_of(document: Instrument) -> dict[str, Any]:
    """Everything that is written in a document, as plain values."""
    return {
        "words": {name: getattr(document, name) for name in WORDS},
        "lines": [line_content(line) for line in document.lines],
    }


def line_content(line: NoticeLine) -> dict[str, Any]:
    """A line as plain values; the same names as in `conclusions.add_line`."""
    return {
        "id": line.id,
        "item_id": line.item_id,
        **{name: getattr(line, name) for name in PLAIN},
        "lead_unit_id": line.lead_unit_id,
        "cooperating_unit_ids": [unit.id for unit in line.cooperating],
        "leader_id": line.leader_id,
        "officer_id": line.officer_id,
        "due_on": line.due_on.isoformat() if line.due_on else None,
    }


def keep(tx: Tx, document: Instrument) -> InstrumentVersion:
    """Keeps how the document stands now as its newest version; a stretch of the same hand goes on in one version."""
    tx.flush()
    last = newest(tx.reading, document.id)
    goes_on = last is not None and last.edited_by_id == tx.actor.person_id and not rests_between(last.edited_at, tx.now)
    if last is not None and goes_on and last.version > 1:
        last.version, last.content, last.edited_at = document.version, content_of(document), tx.now
        return last
    if last is not None and last.version >= document.version:
        document.version = last.version + 1
    stand = {"content": content_of(document), "edited_at": tx.now, "edited_by_id": tx.actor.person_id}
    return tx.add(InstrumentVersion(instrument_id=document.id, version=document.version, **stand))


def changed(tx: Tx, document: Instrument, change: str, *, told: bool = True, **facts: Any) -> None:
    """After every change of a draft: the next version, who and when, and (not at every pause of the hand) the journal."""
    document.version += 1
    document.edited_at, document.edited_by_id = tx.now, tx.actor.person_id
    keep(tx, document)
    if told:
        which = {"notice_id": document.id, "kind": document.kind, "family": document.family, "version": document.version}
        tx.record(Event.NOTICE_EDITED, document, **which, change=change, **facts)
    else:
        tx.nothing_to_record("the same hand goes on; its versions are kept")
        went_on(tx, document.family, document.meeting_id, document.id)


def newest(session: Session, document_id: int) -> InstrumentVersion | None:
    """The version kept last."""
    wanted = select(InstrumentVersion).where(InstrumentVersion.instrument_id == document_id)
    return session.scalars(wanted.order_by(InstrumentVersion.version.desc()).limit(1)).first()


def versions_of(session: Session, document_id: int) -> list[InstrumentVersion]:
    """All versions kept, newest first."""
    wanted = select(InstrumentVersion).where(InstrumentVersion.instrument_id == document_id)
    return list(session.scalars(wanted.order_by(InstrumentVersion.version.desc())))


def version_of(session: Session, document_id: int, version: int) -> InstrumentVersion:
    """One version. Missing when none such was kept."""
    found = session.scalar(select(InstrumentVersion).filter_by(instrument_id=document_id, version=version))
    if found is None:
        raise Missing()
    return found


@act("conclusions.restore_version", Action.WRITE_CONCLUSIONS)
def restore_version(tx: Tx, wanted: RestoreVersionInput) -> dict[str, Any]:
    """Takes an earlier version of a draft up again, as a new version: words, lines and tasks as they stood then.

    Nothing is overwritten: the version of now stays in the list. Units and people who are no longer on file are left out.
    Refused: `notice_not_draft`, `notice_issued`, `not_found`. Recorded with the version taken up.
    """
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(Action.WRITE_CONCLUSIONS, document)
    step("edit", NoticeState(document.state))
    content: Mapping[str, Any] = version_of(tx.reading, document.id, wanted.version).content
    for name, text in content["words"].items():
        setattr(document, name, text)
    _put_lines(tx, document, content["lines"])
    changed(tx, document, "restored", restored=wanted.version)
    return {"version": document.version}


def _put_lines(tx: Tx, document: Instrument, wanted: list[dict[str, Any]]) -> None:
    """The lines of a version: those that still stand keep their rows, the others come and go."""
    standing = {line.id: line for line in document.lines}
    kept = {stand["id"] for stand in wanted}
    for line in [line for line in document.lines if line.id not in kept]:
        line.cooperating.clear()
        tx.flush()
        tx.delete(line)
    last = max((line.position for line in document.lines), default=0) + len(wanted) + 1
    order: list[NoticeLine] = []
    for place, stand in enumerate(wanted):
        line = standing.get(stand["id"]) or tx.add(NoticeLine(notice_id=document.id, position=last + place, text=stand["text"]))
        put_line(tx, line, stand)
        order.append(line)
    tx.flush()
    tx.reading.expire(document, ["lines"])
    arrange(tx, document, [line.id for line in order])


def put_line(tx: Tx, line: NoticeLine, stand: Mapping[str, Any]) -> None:
    """A line as plain values have it; `line.version` is raised."""
    line.item = tx.find(Item, stand["item_id"])
    for name in PLAIN:
        setattr(line, name, stand[name])
    line.lead_unit_id = _still(tx.find(Unit, stand["lead_unit_id"]))
    line.leader_id = _still(tx.find(Person, stand["leader_id"]))
    line.officer_id = _still(tx.find(Person, stand["officer_id"]))
    line.due_on = date.fromisoformat(stand["due_on"]) if stand["due_on"] else None
    line.cooperating = [unit for key in stand["cooperating_unit_ids"] if (unit := tx.find(Unit, key)) is not None]
    line.version = (line.version or 0) + 1
    line.edited_at, line.edited_by_id = tx.now, tx.actor.person_id


def _still(row: Unit | Person | None) -> int | None:
    return row.id if row is not None and row.retired_on is None else None
