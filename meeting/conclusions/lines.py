"""Acts on the lines of a notice: each line is one conclusion, and a task when it names a lead unit."""

from datetime import date
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item
from meeting.clock import local
from meeting.conclusions.models import Notice, NoticeLine
from meeting.conclusions.rules import Line, NoticeState, check_line, moved, step
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.organization.models import Person, Unit
from meeting.permissions import Action


class LineFields(ActInput):
    """What a line says. Exactly one lead unit is possible: there is one field for it."""

    item_id: int | None = None
    text: str = Field(min_length=1, max_length=10_000)
    lead_unit_id: int | None = None
    cooperating_unit_ids: list[int] = Field(default_factory=list, max_length=50)
    leader_id: int | None = None
    due_on: date | None = None
    no_due: bool = False
    product: str = Field("", max_length=300)


class AddLineInput(LineFields):
    """A new line, after the others of its item."""

    notice_id: int


class SaveLineInput(LineFields):
    """The whole line as it should be."""

    line_id: int


class LineInput(ActInput):
    """Names a line."""

    line_id: int


class MoveLineInput(LineInput):
    """One place towards the beginning or the end."""

    direction: Literal["up", "down"]


@act("conclusions.add_line", Action.WRITE_CONCLUSIONS)
def add_line(tx: Tx, wanted: AddLineInput) -> dict[str, Any]:
    """Adds a conclusion to the draft.

    Refused: `notice_not_draft`, `line_empty`, `lead_cooperates`, `task_due_before_meeting`. Recorded.
    """
    notice = tx.get(Notice, wanted.notice_id)
    tx.require(Action.WRITE_CONCLUSIONS, notice)
    line = check_and_add(tx, notice, wanted)
    arrange(tx, notice)
    tx.record(Event.NOTICE_EDITED, notice, notice_id=notice.id, line_id=line.id, change="added")
    return {"line_id": line.id}


@act("conclusions.save_line", Action.WRITE_CONCLUSIONS)
def save_line(tx: Tx, wanted: SaveLineInput) -> dict[str, Any]:
    """Changes a conclusion: its words and the task in it. Refused as in `conclusions.add_line`. Recorded."""
    line = tx.get(NoticeLine, wanted.line_id)
    tx.require(Action.WRITE_CONCLUSIONS, line)
    _check(tx, line.notice, wanted)
    _fill(tx, line, wanted)
    arrange(tx, line.notice)
    tx.record(Event.NOTICE_EDITED, line.notice, notice_id=line.notice_id, line_id=line.id, change="saved")
    return {"line_id": line.id}


@act("conclusions.move_line", Action.WRITE_CONCLUSIONS)
def move_line(tx: Tx, wanted: MoveLineInput) -> dict[str, Any]:
    """Moves a conclusion one place up or down among those of its item. Refused: `line_at_edge`, `notice_not_draft`."""
    line = tx.get(NoticeLine, wanted.line_id)
    tx.require(Action.WRITE_CONCLUSIONS, line)
    notice = line.notice
    step("edit", NoticeState(notice.state))
    siblings = [each.id for each in notice.lines if each.item_id == line.item_id]
    order = moved(siblings, line.id, -1 if wanted.direction == "up" else 1)
    places = iter(order)
    _number(tx, notice, [next(places) if each.item_id == line.item_id else each.id for each in notice.lines])
    tx.record(Event.NOTICE_EDITED, notice, notice_id=notice.id, line_id=line.id, change="moved")
    return {"order": order}


@act("conclusions.remove_line", Action.WRITE_CONCLUSIONS)
def remove_line(tx: Tx, wanted: LineInput) -> dict[str, Any]:
    """Takes a conclusion out of the draft. Refused: `notice_not_draft`. Recorded with its words."""
    line = tx.get(NoticeLine, wanted.line_id)
    tx.require(Action.WRITE_CONCLUSIONS, line)
    notice, text = line.notice, line.text
    step("edit", NoticeState(notice.state))
    line.cooperating.clear()
    tx.delete(line)
    tx.reading.expire(notice, ["lines"])
    arrange(tx, notice)
    tx.record(Event.NOTICE_EDITED, notice, notice_id=notice.id, line_id=wanted.line_id, change="removed", text=text)
    return {}


def check_and_add(tx: Tx, notice: Notice, wanted: LineFields) -> NoticeLine:
    """Adds a line at the end, for the act above and the draft of a whole notice; `arrange` then puts it in its place."""
    _check(tx, notice, wanted)
    last = tx.scalar(select(func.max(NoticeLine.position)).where(NoticeLine.notice_id == notice.id)) or 0
    line = NoticeLine(notice_id=notice.id, position=last + 1, text=wanted.text)
    tx.add(line)
    _fill(tx, line, wanted)
    tx.reading.expire(notice, ["lines"])
    return line


def arrange(tx: Tx, notice: Notice) -> None:
    """Puts the lines in the order they are printed: those for the whole meeting, then item by item of the programme."""
    keyed = [(line.item.position if line.item else 0, line.position, line.id) for line in notice.lines]
    _number(tx, notice, [line_id for _, _, line_id in sorted(keyed)])


def _check(tx: Tx, notice: Notice, wanted: LineFields) -> None:
    """The draft may be edited, the line may stand, and what it refers to exists in this meeting."""
    step("edit", NoticeState(notice.state))
    line = Line(
        wanted.text,
        wanted.lead_unit_id,
        tuple(wanted.cooperating_unit_ids),
        wanted.leader_id,
        wanted.due_on,
        wanted.no_due,
        wanted.product,
    )
    check_line(line, local(notice.meeting.opened_at or notice.meeting.starts_at).date())
    if wanted.item_id is not None and tx.get(Item, wanted.item_id).meeting_id != notice.meeting_id:
        raise Missing()
    if wanted.due_on is not None and wanted.no_due:
        raise Refused("due_and_no_due")


def _fill(tx: Tx, line: NoticeLine, wanted: LineFields) -> None:
    line.item = tx.get(Item, wanted.item_id) if wanted.item_id else None
    line.text = wanted.text
    line.lead_unit_id = tx.get(Unit, wanted.lead_unit_id).id if wanted.lead_unit_id else None
    line.leader_id = tx.get(Person, wanted.leader_id).id if wanted.leader_id else None
    line.due_on = wanted.due_on
    line.no_due = wanted.no_due
    line.product = wanted.product
    line.cooperating = [tx.get(Unit, unit) for unit in dict.fromkeys(wanted.cooperating_unit_ids)]
    tx.flush()


def _number(tx: Tx, notice: Notice, order: list[int]) -> None:
    """Gives the lines their places 1, 2, 3 …; in two steps, because two lines may never share a place."""
    by_id = {line.id: line for line in notice.lines}
    for sign in (-1, 1):
        for place, line_id in enumerate(order, start=1):
            by_id[line_id].position = sign * place
        tx.flush()
    tx.reading.expire(notice, ["lines"])
