"""The acts on the programme of a running meeting: go on, put an item off and take it up again, take one ahead."""

from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting.acts import Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.agenda.ordering import nodes_of, write
from meeting.agenda.programme import put_back, set_aside, with_parts
from meeting.agenda.rules import SET_ASIDE_STATES, check_reason
from meeting.agenda.versions import keep
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.live import clockwork, queries, rules
from meeting.live.ahead import taken_ahead
from meeting.live.service import MeetingInput, check_nothing_open, meeting_to_run
from meeting.live.showing import clear_page
from meeting.permissions import Action


class ItemInput(MeetingInput):
    """Names the item."""

    item_id: int


class ItemReasonInput(ItemInput):
    """Names the item, and says why."""

    reason: str = Field(max_length=500)


def _item_of(tx: Tx, wanted: ItemInput, action: Action = Action.RUN_MEETING) -> tuple[Meeting, Item]:
    """The meeting and an item of its programme. Refused as `not_found` when it stands on another one."""
    meeting = meeting_to_run(tx, wanted.meeting_id, action)
    item = tx.get(Item, wanted.item_id)
    if item.meeting_id != meeting.id:
        raise Missing()
    return meeting, item


@act("live.go_to_item", Action.RUN_MEETING)
def go_to_item(tx: Tx, wanted: ItemInput) -> dict[str, Any]:
    """The chair turns to an item; the one before is done and keeps its real seconds. All screens follow.

    Refused: `not_found` (not on this programme), `not_in_session`, `no_quorum`, `item_is_current`, `item_held_outside`,
    `item_set_aside`.
    """
    meeting, item = _item_of(tx, wanted)
    found = queries.quorum(tx.reading, meeting)
    rules.check_next_item(meeting.state, found, current=item.id == meeting.current_item_id, outside=item.outside)
    if item.state in SET_ASIDE_STATES:
        raise Refused("item_set_aside", title=item.title)
    before = meeting.current_item_id
    clockwork.finish(tx, meeting)
    meeting.current_item_id = item.id
    item.state = "current"
    item.started_at = item.started_at or tx.now
    item.ended_at = None
    clockwork.start(tx, meeting)
    clear_page(clockwork.progress_of(tx, meeting))
    tx.record(Event.ITEM_STARTED, item, item_id=item.id, number=item.number, label=item.label, title=item.title, before=before)
    return {}


@act("live.postpone_item", Action.RUN_MEETING)
def postpone_item(tx: Tx, wanted: ItemReasonInput) -> dict[str, Any]:
    """The meeting puts an item with its parts off to a later one (lùi thời điểm trình), also the one being dealt with.

    The current item stops with its real seconds, and no item is current until the chair turns to one. Refused:
    `not_in_session`, `reason_needed`, `item_begun` (done), `item_set_aside`, and for the current item by what is still open,
    as closing is. Records the items and the reason; the programme is kept as a new version.
    """
    meeting, item = _item_of(tx, wanted)
    rules.check_in_session(meeting.state)
    check_reason(wanted.reason)
    rules.check_postponable(item.state, item.title)
    current = tx.find(Item, meeting.current_item_id)
    if current is not None and current in with_parts(tx, item):
        check_nothing_open(tx, meeting)
        clockwork.stop(tx, meeting)
        meeting.current_item_id = None
        current.state, current.ended_at = "planned", tx.now
        clear_page(clockwork.progress_of(tx, meeting))
        tx.flush()
    ids = set_aside(tx, item, "deferred", wanted.reason)
    return {"item_ids": ids, "version": _kept(tx, meeting, wanted.reason)}


@act("live.take_up_again", Action.RUN_MEETING)
def take_up_again(tx: Tx, wanted: ItemInput) -> dict[str, Any]:
    """The meeting takes an item that it put off, with its parts, back on the programme; it is called later like any other.

    Refused: `not_in_session`, `item_not_deferred`. Records the items; the programme is kept as a new
    version.
    """
    meeting, item = _item_of(tx, wanted)
    rules.check_in_session(meeting.state)
    if item.state != "deferred":
        raise Refused("item_not_deferred")
    ids = put_back(tx, item, ("deferred",))
    return {"item_ids": ids, "version": _kept(tx, meeting, "")}


@act("live.take_ahead", Action.RUN_MEETING)
def take_ahead(tx: Tx, wanted: ItemReasonInput) -> dict[str, Any]:
    """By decision of the meeting an item comes next; a part brings its matter along, and no part leaves its matter.

    Refused: `not_in_session`, `reason_needed`, `item_not_ahead`, `item_held_outside`. Records the reason and both places; the
    programme is kept as a new version. What comes next already stays.
    """
    meeting, item = _item_of(tx, wanted)
    rules.check_in_session(meeting.state)
    check_reason(wanted.reason)
    if item.outside:
        raise Refused("item_held_outside")
    if item.state != "planned":
        raise Refused("item_not_ahead")
    before, nodes = item.label, nodes_of(tx, meeting.id)
    over = select(Item.id).where(Item.meeting_id == meeting.id, Item.state.not_in(("planned", "current")))
    after = taken_ahead(nodes, item.id, meeting.current_item_id, set(tx.scalars(over)))
    if after == nodes:
        tx.nothing_to_record("the item comes next already")
        return {"label": item.label}
    write(tx, meeting.id, after)
    facts = {"title": item.title, "before": before, "label": item.label, "reason": wanted.reason}
    tx.record(Event.ITEM_TAKEN_AHEAD, item, item_id=item.id, **facts)
    return {"label": item.label, "version": _kept(tx, meeting, wanted.reason)}


def _kept(tx: Tx, meeting: Meeting, why: str) -> int:
    """Keeps the programme as the meeting decided it, so that everybody can see what changed; answers the version's number.

    Nobody is told: those who take part sit before it.
    """
    if meeting.programme_version:
        keep(tx, meeting, why)
    return meeting.programme_version
