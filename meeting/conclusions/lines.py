"""Acts on the lines of a document: each is one conclusion (or one article), and a task when it names a lead unit.

Lines are saved at every pause of the hand, by several people at once: texts are merged, of other fields the last word counts and
what it took the place of is told.
"""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item
from meeting.clock import local
from meeting.conclusions.arranging import arrange, number
from meeting.conclusions.editing import merged_words
from meeting.conclusions.merging import tidy
from meeting.conclusions.models import Instrument, NoticeLine
from meeting.conclusions.rules import Line, NoticeState, check_line, moved, rests_between, step
from meeting.conclusions.versions import changed, line_content
from meeting.errors import Missing, Refused
from meeting.organization.models import Person, Unit
from meeting.permissions import Action

LONGEST_LINE = 10_000
LONGEST_TEXT = 2 * LONGEST_LINE + 200  # with both versions of a clash


class LineFields(ActInput):
    """What a line says. Exactly one lead unit is possible: there is one field for it."""

    item_id: int | None = None
    title: str = Field("", max_length=300)
    text: str = Field(min_length=1, max_length=LONGEST_LINE)
    lead_unit_id: int | None = None
    cooperating_unit_ids: list[int] = Field(default_factory=list, max_length=50)
    leader_id: int | None = None
    officer_id: int | None = None
    due_on: date | None = None
    no_due: bool = False
    product: str = Field("", max_length=300)
    process: str = Field("", max_length=2000)


class AddLineInput(LineFields):
    """A new line, after the others of its item or after the line named by `after_id` (0: first)."""

    notice_id: int
    after_id: int | None = None


class SaveLineInput(LineFields):
    """What is to change; what is left out stays. `version` is the one the writer began from and `base` the text of then;
    `was` names the values that the writer saw of the fields sent."""

    line_id: int
    version: int | None = None
    base: str | None = Field(None, max_length=LONGEST_TEXT)
    was: dict[str, Any] = Field(default_factory=dict)
    text: str = Field("", max_length=LONGEST_TEXT)


class LineInput(ActInput):
    """Names a line."""

    line_id: int


class MoveLineInput(LineInput):
    """One place towards the beginning or the end."""

    direction: Literal["up", "down"]


FIELDS = frozenset(LineFields.model_fields) - {"meeting_id"}
OTHERS = FIELDS - {"text"}


@act("conclusions.add_line", Action.WRITE_CONCLUSIONS)
def add_line(tx: Tx, wanted: AddLineInput) -> dict[str, Any]:
    """Adds a conclusion to the draft.

    Refused: `notice_not_draft`, `line_empty`, `lead_cooperates`, `task_due_before_meeting`. Recorded.
    """
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(Action.WRITE_CONCLUSIONS, document)
    line = check_and_add(tx, document, wanted)
    arrange(tx, document, _behind(document, line, wanted.after_id) if wanted.after_id is not None else ())
    changed(tx, document, "added", line_id=line.id)
    return {"line_id": line.id, "version": line.version, "notice_version": document.version}


@act("conclusions.save_line", Action.WRITE_CONCLUSIONS)
def save_line(tx: Tx, wanted: SaveLineInput) -> dict[str, Any]:
    """Changes a conclusion: its words and the task in it, as far as they are sent.

    The text is merged with what somebody else wrote since `version`; the answer has it as it stands now, the line's version,
    and (`overwrote`) the values of other fields that this took the place of without the writer having seen them. Refused as in
    `conclusions.add_line`. The same again changes nothing. Recorded once for each stretch of writing; versions are kept.
    """
    line = tx.get(NoticeLine, wanted.line_id)
    tx.require(Action.WRITE_CONCLUSIONS, line)
    sent = wanted.model_fields_set & FIELDS
    before = _as_fields(line)
    after = _merged(line, wanted, sent)
    _check(tx, line.notice, after)
    fresh = line.edited_by_id != tx.actor.person_id or line.edited_at is None or rests_between(line.edited_at, tx.now)
    if after == before:
        tx.nothing_to_record("the line says this already")
        return _stand(line, {})
    overwrote = _overwritten(before, after, wanted, sent) if line.version != (wanted.version or line.version) else {}
    by = line.edited_by_id
    _fill(tx, line, after)
    arrange(tx, line.notice)
    changed(tx, line.notice, "saved", told=fresh, line_id=line.id)
    return _stand(line, {name: {"value": value, "by": by} for name, value in overwrote.items()})


@act("conclusions.move_line", Action.WRITE_CONCLUSIONS)
def move_line(tx: Tx, wanted: MoveLineInput) -> dict[str, Any]:
    """Moves a conclusion one place up or down among those of its item. Refused: `line_at_edge`, `notice_not_draft`."""
    line = tx.get(NoticeLine, wanted.line_id)
    tx.require(Action.WRITE_CONCLUSIONS, line)
    document = line.notice
    step("edit", NoticeState(document.state))
    siblings = [each.id for each in document.lines if each.item_id == line.item_id]
    order = moved(siblings, line.id, -1 if wanted.direction == "up" else 1)
    places = iter(order)
    number(tx, document, [next(places) if each.item_id == line.item_id else each.id for each in document.lines])
    changed(tx, document, "moved", line_id=line.id)
    return {"order": order, "notice_version": document.version}


@act("conclusions.remove_line", Action.WRITE_CONCLUSIONS)
def remove_line(tx: Tx, wanted: LineInput) -> dict[str, Any]:
    """Takes a conclusion out of the draft; the answer has it whole, so that it can be put back by `conclusions.add_line`.

    Refused: `notice_not_draft`. Recorded with its words.
    """
    line = tx.get(NoticeLine, wanted.line_id)
    tx.require(Action.WRITE_CONCLUSIONS, line)
    document, removed = line.notice, line_content(line)
    step("edit", NoticeState(document.state))
    siblings = [each.id for each in document.lines if each.item_id == line.item_id]
    place = siblings.index(line.id)
    line.cooperating.clear()
    tx.delete(line)
    tx.reading.expire(document, ["lines"])
    arrange(tx, document)
    changed(tx, document, "removed", line_id=wanted.line_id, text=removed["text"])
    return {"line": removed, "after_id": siblings[place - 1] if place else 0, "notice_version": document.version}


def check_and_add(tx: Tx, document: Instrument, wanted: LineFields) -> NoticeLine:
    """Adds a line at the end, for the act above and the draft of a whole document; `arrange` then puts it in its place."""
    fields = {name: getattr(wanted, name) for name in FIELDS} | {"text": tidy(wanted.text)}
    _check(tx, document, fields)
    last = tx.scalar(select(func.max(NoticeLine.position)).where(NoticeLine.notice_id == document.id)) or 0
    line = tx.add(NoticeLine(notice_id=document.id, position=last + 1, text=wanted.text, version=0))
    _fill(tx, line, fields)
    tx.reading.expire(document, ["lines"])
    return line


def _behind(document: Instrument, line: NoticeLine, after_id: int) -> list[int]:
    """The order in which a new line stands behind the named one of its item, or before all (0)."""
    others = [each.id for each in document.lines if each.id != line.id and each.item_id == line.item_id]
    place = others.index(after_id) + 1 if after_id in others else 0 if after_id == 0 else len(others)
    return [*others[:place], line.id, *others[place:]]


def _as_fields(line: NoticeLine) -> dict[str, Any]:
    plain = {name: getattr(line, name) for name in FIELDS - {"cooperating_unit_ids"}}
    return plain | {"cooperating_unit_ids": [unit.id for unit in line.cooperating]}


def _merged(line: NoticeLine, wanted: SaveLineInput, sent: AbstractSet[str]) -> dict[str, Any]:
    """The line as it will stand: what was sent over what stands, the text merged."""
    after = _as_fields(line) | {name: getattr(wanted, name) for name in sent}
    if "text" in sent:
        mine = tidy(wanted.text)
        stale = wanted.version is not None and wanted.version != line.version
        after["text"] = merged_words(tidy(wanted.base or "").strip(), line.text, mine) if stale else mine
    if "cooperating_unit_ids" in sent:
        helpers = set(after["cooperating_unit_ids"])
        standing = [unit.id for unit in line.cooperating]
        after["cooperating_unit_ids"] = standing if helpers == set(standing) else list(dict.fromkeys(wanted.cooperating_unit_ids))
    if "due_on" in sent and wanted.due_on and "no_due" not in sent:
        after["no_due"] = False
    if "no_due" in sent and wanted.no_due and "due_on" not in sent:
        after["due_on"] = None
    return after


def _overwritten(before: dict[str, Any], after: dict[str, Any], wanted: SaveLineInput, sent: AbstractSet[str]) -> dict[str, Any]:
    """What somebody else entered meanwhile and this takes the place of."""
    found = {}
    for name in sent & OTHERS & set(wanted.was):
        standing = before[name].isoformat() if isinstance(before[name], date) else before[name]
        if before[name] != after[name] and standing != wanted.was[name]:
            found[name] = standing
    return found


def _stand(line: NoticeLine, overwrote: dict[str, Any]) -> dict[str, Any]:
    """What the writer's screen takes over."""
    document = line.notice
    return {
        "line_id": line.id,
        "version": line.version,
        "text": line.text,
        "notice_version": document.version,
        "overwrote": overwrote,
    }


def _check(tx: Tx, document: Instrument, fields: dict[str, Any]) -> None:
    """The draft may be edited, the line may stand, and what it refers to exists in this meeting."""
    step("edit", NoticeState(document.state))
    line = Line(
        fields["text"],
        fields["lead_unit_id"],
        tuple(fields["cooperating_unit_ids"]),
        fields["leader_id"],
        fields["due_on"],
        fields["no_due"],
        fields["product"],
    )
    check_line(line, local(document.meeting.opened_at or document.meeting.starts_at).date())
    if fields["item_id"] is not None and tx.get(Item, fields["item_id"]).meeting_id != document.meeting_id:
        raise Missing()
    if fields["due_on"] is not None and fields["no_due"]:
        raise Refused("due_and_no_due")


def _fill(tx: Tx, line: NoticeLine, fields: dict[str, Any]) -> None:
    line.item = tx.get(Item, fields["item_id"]) if fields["item_id"] else None
    for name in ("title", "text", "due_on", "no_due", "product", "process"):
        setattr(line, name, fields[name])
    line.lead_unit_id = tx.get(Unit, fields["lead_unit_id"]).id if fields["lead_unit_id"] else None
    line.leader_id = tx.get(Person, fields["leader_id"]).id if fields["leader_id"] else None
    line.officer_id = tx.get(Person, fields["officer_id"]).id if fields["officer_id"] else None
    line.cooperating = [tx.get(Unit, unit) for unit in dict.fromkeys(fields["cooperating_unit_ids"])]
    line.version = (line.version or 0) + 1
    line.edited_at, line.edited_by_id = tx.now, tx.actor.person_id
    tx.flush()
