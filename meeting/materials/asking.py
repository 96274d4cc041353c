"""The office asks: one paper of one unit, many at once, or all the papers an item passes through; and asks no longer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from meeting.acts import Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.catalogues.models import CatalogueEntry
from meeting.errors import N_, Malformed, Refused
from meeting.events import Event
from meeting.materials.due import due_by_rule, facts_of, overtake_asks
from meeting.materials.inputs import RequestInput, SequenceInput, WithdrawInput
from meeting.materials.models import Requirement
from meeting.materials.rules import CLOSED_MEETINGS, check_due, check_open
from meeting.materials.sequence import called, missing, preparer
from meeting.organization.models import Unit
from meeting.permissions import Action


@act("materials.request", Action.REQUEST_PAPERS)
def request(tx: Tx, wanted: RequestInput) -> dict[str, Any]:
    """Asks one or more units for a paper, for one item, several, or the whole meeting: what, in which form, until when.

    The due time is that of the book's rule (NĐ 315/2025 Điều 23, NQ 104/2025 Điều 12); another one needs a reason. All or
    nothing: one refusal and nobody is asked. Refused: `papers_closed`, `item_outside`, `item_of_other_meeting`,
    `papers_asked_already`, `due_needs_reason`, `due_passed`, `due_after_start`. Journal: PAPERS_REQUESTED for each. Answers
    `requirement_id` (of the first) and `requirement_ids`.
    """
    meeting = _meeting(tx, wanted.meeting_id)
    by_rule = due_by_rule(tx.reading, meeting)
    due_at = wanted.due_at or by_rule
    check_due(due_at, by_rule, wanted.due_reason, meeting.starts_at, tx.now)
    if wanted.document_type_id is not None and tx.get(CatalogueEntry, wanted.document_type_id).kind != "document_type":
        raise Malformed({"document_type_id": N_("Choose a kind of document from the list.")})
    numbers = _each([wanted.item_id] if wanted.item_id else [], wanted.item_ids)
    items: list[Item | None] = [_item(tx, meeting, each) for each in numbers]
    chosen = _each([wanted.unit_id] if wanted.unit_id else [], wanted.unit_ids)
    pairs = [(item, unit) for item in items or [None] for unit in chosen or _own_unit(item)]
    if not pairs:
        raise Malformed({"unit_id": N_("This field is required.")})
    reason = wanted.due_reason if due_at != by_rule else ""
    rows = []
    for item, unit_id in pairs:
        row = _row(tx, meeting, item, unit_id, wanted.what, wanted.form, due_at, due_reason=reason)
        row.document_type_id, row.audience = wanted.document_type_id, wanted.audience
        rows.append(_ask(tx, row))
    return {"requirement_id": rows[0].id, "requirement_ids": [row.id for row in rows], "due_at": due_at.isoformat()}


@act("materials.request_sequence", Action.REQUEST_PAPERS)
def request_sequence(tx: Tx, wanted: SequenceInput) -> dict[str, Any]:
    """Asks for every paper an item passes through by its meeting's book, each due by its own rule; those asked stay.

    Tờ trình, báo cáo thẩm tra (5 working days before), dự thảo nghị quyết: NQ 104/2025 Điều 15, Điều 27. Refused:
    `no_sequence`, `sequence_asked_already`, `stage_without_unit`, `unknown_stage`, `papers_asked_already`, `item_outside`,
    `item_of_other_meeting`, `papers_closed`. Journal: PAPERS_REQUESTED for each.
    """
    meeting = _meeting(tx, wanted.meeting_id)
    item = _item(tx, meeting, wanted.item_id)
    sequence = meeting.book.sequence
    if not sequence:
        raise Refused("no_sequence")
    known = {each["key"] for each in sequence}
    for key in wanted.units:
        if key not in known:
            raise Refused("unknown_stage", stage=key)
    asked = select(Requirement.stage).where(Requirement.item_id == item.id, Requirement.state != "waived")
    wanting = missing(sequence, tx.scalars(asked))
    if not wanting:
        raise Refused("sequence_asked_already")
    rows = []
    for stage in wanting:
        unit_id = preparer(stage, item.unit_id, wanted.committee_id, wanted.units)
        due_at = due_by_rule(tx.reading, meeting, stage.key)
        row = _row(tx, meeting, item, unit_id, called(stage, item.title), wanted.form, due_at)
        row.stage = stage.key
        rows.append(_ask(tx, row))
    return {"requirement_ids": [row.id for row in rows], "stages": [row.stage for row in rows]}


def _meeting(tx: Tx, meeting_id: int | None) -> Meeting:
    meeting = tx.get(Meeting, meeting_id)
    tx.require(Action.REQUEST_PAPERS, meeting)
    if meeting.state in CLOSED_MEETINGS:
        raise Refused("papers_closed")
    return meeting


def _each(*groups: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(number for group in groups for number in group))


def _item(tx: Tx, meeting: Meeting, item_id: int) -> Item:
    item = tx.get(Item, item_id)
    if item.meeting_id != meeting.id:
        raise Refused("item_of_other_meeting")
    if item.outside:
        raise Refused("item_outside")
    return item


def _own_unit(item: Item | None) -> list[int]:
    return [item.unit_id] if item is not None and item.unit_id else []


def _row(
    tx: Tx, meeting: Meeting, item: Item | None, unit_id: int, what: str, form: str, due_at: datetime, due_reason: str = ""
) -> Requirement:
    return Requirement(
        meeting_id=meeting.id,
        item_id=item.id if item else None,
        unit_id=tx.get(Unit, unit_id).id,
        what=what,
        form=form,
        due_at=due_at,
        asked_due_at=due_at,
        due_reason=due_reason,
        asked_by=tx.actor.person_id,
        asked_at=tx.now,
    )


def _ask(tx: Tx, row: Requirement) -> Requirement:
    same = select(Requirement.id).where(
        Requirement.meeting_id == row.meeting_id,
        Requirement.item_id == row.item_id,
        Requirement.unit_id == row.unit_id,
        Requirement.what == row.what,
        Requirement.state != "waived",
    )
    if tx.scalar(same) is not None:
        raise Refused("papers_asked_already", unit=tx.get(Unit, row.unit_id).name)
    tx.add(row)
    more = {"stage": row.stage} if row.stage else {}
    tx.record(Event.PAPERS_REQUESTED, row, **facts_of(row), item_id=row.item_id, due_reason=row.due_reason, **more)
    return row


@act("materials.withdraw", Action.REQUEST_PAPERS)
def withdraw(tx: Tx, wanted: WithdrawInput) -> dict[str, Any]:
    """The paper is no longer asked for ("miễn"); versions sent stay on file but are shown to nobody else.

    Refused: `reason_missing`, `requirement_waived`, `papers_closed`. Journal: REQUIREMENT_WAIVED with the reason.
    """
    row = tx.get(Requirement, wanted.requirement_id)
    tx.require(Action.REQUEST_PAPERS, row)
    check_open(row.state, row.meeting.state)
    if not wanted.reason:
        raise Refused("reason_missing")
    waive(tx, row, wanted.reason)
    return {}


def waive(tx: Tx, row: Requirement, reason: str) -> None:
    """No longer asked for. Journal: REQUIREMENT_WAIVED with the reason."""
    row.state = "waived"
    overtake_asks(tx, row)
    tx.record(Event.REQUIREMENT_WAIVED, row, **facts_of(row), reason=reason)
