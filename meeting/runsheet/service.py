"""The act of writing the run sheet: field by field, saved as one writes, nobody's words overwritten."""

from typing import Any, Literal

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item
from meeting.agenda.panels import goes_with_item
from meeting.errors import N_, Malformed
from meeting.events import Event
from meeting.live.queries import iso, person_brief
from meeting.permissions import Action
from meeting.runsheet import rules
from meeting.runsheet.models import Script
from meeting.runsheet.wording import FIELDS


class ChangeInput(ActInput):
    """A field as the editor found it and as it should be; an empty text means the usual words, empty minutes the programme's."""

    field: Literal["opening", "words", "question", "closing", "minutes"]
    before: str | int | None = None
    after: str | int | None = None


class WriteInput(ActInput):
    """The item and what changes in it; `version` is the one the editor shows."""

    item_id: int
    version: int = Field(default=0, ge=0)
    changes: list[ChangeInput] = Field(min_length=1, max_length=5)


MOST_LETTERS = 20_000
MOST_MINUTES = 24 * 60


@act("runsheet.write", Action.KEEP_SCRIPT)
def write(tx: Tx, wanted: WriteInput) -> dict[str, Any]:
    """Whoever presides, or the secretariat, writes the words of an item; the screen saves while one writes.

    Who writes in another field keeps what others wrote meanwhile. Refused: `script_over` (after the meeting),
    `script_changed` (somebody else changed the same field: `field`, `now`). Records that somebody wrote, once for a stretch of
    writing, never the words.
    """
    item = tx.get(Item, wanted.item_id)
    tx.require(Action.KEEP_SCRIPT, item.meeting)
    rules.check_open(item.meeting.state)
    script = tx.find(Script, item.id)
    now: dict[str, rules.Value] = {field: getattr(script, field) if script else "" for field in FIELDS}
    now["minutes"] = script.minutes if script else None
    name = script.edited_by.called if script and script.edited_by else ""
    changes = [rules.Change(each.field, each.before, _sound(each)) for each in wanted.changes]
    found = rules.applied(now, changes, name)
    if not found:
        tx.nothing_to_record("the words are the same")
        return _answer(tx, script, now)
    told = rules.is_new_hand(
        script.edited_by_id if script else None, script.edited_at if script else None, tx.actor.person_id, tx.now
    )
    if script is None:
        script = tx.add(Script(item_id=item.id, meeting_id=item.meeting_id, version=0, edited_at=tx.now))
    for field, value in found.items():
        setattr(script, field, value)
    script.version += 1
    script.edited_at, script.edited_by_id = tx.now, tx.actor.person_id
    if told:
        tx.record(Event.SCRIPT_WRITTEN, item, item_id=item.id, label=item.label, title=item.title, fields=sorted(found))
    else:
        tx.touch(item.meeting_id)
        tx.nothing_to_record("the same hand goes on writing")
    return _answer(tx, script, now | found)


def _sound(change: ChangeInput) -> rules.Value:
    """The value as it may stand in its field. Refused as malformed when a text stands for minutes, or the other way round."""
    value = change.after
    if change.field == "minutes":
        if value in ("", None):
            return None
        if not isinstance(value, int) or not 0 <= value <= MOST_MINUTES:
            raise Malformed({"minutes": N_("A whole number is expected.")})
        return value
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MOST_LETTERS:
        raise Malformed({change.field: N_("This is too long.")})
    return value


def _answer(tx: Tx, script: Script | None, now: dict[str, rules.Value]) -> dict[str, Any]:
    if script is None:
        return {"version": 0, "written": now, "edited_at": None, "edited_by": None}
    by = {"id": tx.actor.person_id, "name": tx.actor.name} if script.edited_by_id == tx.actor.person_id else None
    by = by or person_brief(script.edited_by)
    return {"version": script.version, "written": now, "edited_at": iso(script.edited_at), "edited_by": by}


@goes_with_item
def drop(tx: Tx, item: Item) -> None:
    """An item that is removed takes its words along."""
    script = tx.find(Script, item.id)
    if script is not None:
        tx.delete(script)
