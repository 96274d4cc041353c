"""The secretary's own text on each item, written while the meeting runs: kept at every pause of the hand, by several at once.

A text comes with the version it began from; what others wrote meanwhile is merged with it (`merging`), so that nothing is lost
and nobody waits. Every version is kept and can be taken up again by writing it anew.
"""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.conclusions import part_queries, queries, rules
from meeting.conclusions.course import minutes_text
from meeting.conclusions.kept import went_on
from meeting.conclusions.merging import merged, tidy
from meeting.conclusions.minutes import keep_version
from meeting.conclusions.models import Minutes, MinutesPart, MinutesPartVersion
from meeting.errors import Missing
from meeting.events import Event
from meeting.permissions import Action


class WritePartInput(ActInput):
    """The whole text on one item (without one: on the meeting as a whole); `version` is the one it began from, 0 for none."""

    meeting_id: int
    item_id: int | None = None
    text: str = Field(max_length=rules.LONGEST_PART)
    version: int = Field(default=0, ge=0)


@act("conclusions.write_part", Action.WRITE_CONCLUSIONS)
def write_part(tx: Tx, wanted: WritePartInput) -> dict[str, Any]:
    """Keeps what the secretariat writes on an item, merged with what somebody else wrote since `version`.

    Answers the version and the text as it stands now. Until the minutes are signed; after the close it also goes into their
    draft. Refused: `part_closed`, `minutes_signed`, `not_found` (an item of another meeting). The same text again changes
    nothing. Recorded once when somebody begins to write, not at every pause; each version is kept.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.WRITE_CONCLUSIONS, meeting)
    item = tx.get(Item, wanted.item_id) if wanted.item_id is not None else None
    if item is not None and item.meeting_id != meeting.id:
        raise Missing()
    minutes = queries.minutes_of(tx.reading, meeting.id)
    rules.check_part_open(meeting.state, signed=minutes is not None and minutes.state == "signed")
    part = part_queries.part_of(tx.reading, meeting.id, wanted.item_id)
    before = part.text if part else ""
    text = merged(part_queries.text_of(tx.reading, part, wanted.version), before, tidy(wanted.text))
    if text == before:
        tx.nothing_to_record("the text is the same")
        return {"version": part.version if part else 0, "text": text}
    earlier = minutes_text(queries.course_of(tx.reading, meeting)) if minutes else ""
    fresh = part is None or not part_queries.wrote_lately(tx.reading, part, tx.actor.person_id, tx.now)
    part = part or tx.add(MinutesPart(meeting_id=meeting.id, item_id=wanted.item_id, edited_at=tx.now))
    _keep(tx, part, text)
    if minutes is not None:
        _into_draft(tx, meeting, minutes, earlier)
    if fresh:
        tx.record(Event.MINUTES_PART_WRITTEN, meeting, item_id=wanted.item_id, version=part.version)
    else:
        tx.nothing_to_record("the same hand goes on; its versions are kept")
        tx.touch(meeting.id)
        went_on(tx, "minutes", meeting.id, part.id)
    return {"version": part.version, "text": text}


def _keep(tx: Tx, part: MinutesPart, text: str) -> None:
    """The new text as the next version."""
    part.text, part.version = text, part.version + 1
    part.edited_at, part.edited_by_id = tx.now, tx.actor.person_id
    same = {"text": text, "edited_at": tx.now, "edited_by_id": tx.actor.person_id}
    tx.add(MinutesPartVersion(part_id=part.id, version=part.version, **same))


def _into_draft(tx: Tx, meeting: Meeting, minutes: Minutes, earlier: str) -> None:
    """What came after the close (a tablet was without a line) goes to its place in the draft, whatever was edited there."""
    later = minutes_text(queries.course_of(tx.reading, meeting))
    text = merged(earlier, minutes.text, later)
    if text == minutes.text:
        return
    tx.record(Event.MINUTES_EDITED, minutes, minutes_id=minutes.id, version=keep_version(tx, minutes, text))
