"""The acts on the list as a whole: the order by hand or by rule, closed and open, cleared."""

from typing import Any, Literal

from pydantic import Field

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live.models import Progress
from meeting.permissions import SYSTEM, Action
from meeting.speaking import order, queries, rules
from meeting.speaking.models import Floor


class QueueInput(ActInput):
    """Names a queue of a meeting."""

    meeting_id: int
    queue: Literal["speaking", "questioning"] = "speaking"


class ReorderInput(QueueInput):
    """The whole queue as the chair wants it, first speaker first; or `by_rule`: back to the order that the rule gives."""

    floor_ids: list[int] = Field(default_factory=list, max_length=500)
    by_rule: bool = False


class MeetingInput(ActInput):
    """Names a meeting."""

    meeting_id: int


@act("speaking.reorder", Action.RUN_FLOOR)
def reorder(tx: Tx, wanted: ReorderInput) -> dict[str, Any]:
    """The chair arranges a queue, or lets the rule of the body order it again.

    The queue then stands exactly so; who comes later stands behind those placed, points of order excepted.
    Refused as `order_incomplete` when somebody came or went meanwhile. The same order again is harmless.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.RUN_FLOOR, meeting)
    waiting = queries.waiting(tx.reading, meeting.id, wanted.queue)
    stands = [each.id for each in waiting]
    arranged = stands if wanted.by_rule else wanted.floor_ids
    places = dict.fromkeys(stands, 0) if wanted.by_rule else _places(tx, meeting, waiting, wanted)
    if arranged == stands and all(each.place == places[each.id] for each in waiting):
        tx.nothing_to_record("the queue stands in this order already")
        return {}
    for each in waiting:
        each.place = places[each.id]
    called = queries.in_state(tx.reading, meeting.id, "called")
    if called is not None and called.queue == wanted.queue:
        called.place = 0  # an older place of theirs means nothing in the new order
    tx.flush()
    after = [each.id for each in queries.waiting(tx.reading, meeting.id, wanted.queue)]
    tx.record(Event.QUEUE_REORDERED, meeting, queue=wanted.queue, floor_ids=after, by_rule=wanted.by_rule)
    return {}


def _places(tx: Tx, meeting: Meeting, waiting: list[Floor], wanted: ReorderInput) -> dict[int, int]:
    """The rank of each: those that the chair's order moves, by the rule; among questions simply one after another."""
    if wanted.queue == rules.FLOOR:
        return dict(order.placing(queries.wishes(tx.reading, meeting, waiting), wanted.floor_ids, queries.rule_of(meeting)))
    if sorted(each.id for each in waiting) != sorted(wanted.floor_ids):
        raise Refused("order_incomplete")
    return {each: place for place, each in enumerate(wanted.floor_ids, 1)}


@act("speaking.close_list", Action.RUN_FLOOR)
def close_list(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The chair closes the list: nobody asks for the floor any more but for points of order; the desk may still enter somebody.

    Closing twice is harmless. Recorded.
    """
    return _set_closed(tx, wanted.meeting_id, closed=True)


@act("speaking.open_list", Action.RUN_FLOOR)
def open_list(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The chair opens the list of requests again. Opening twice is harmless. Recorded."""
    return _set_closed(tx, wanted.meeting_id, closed=False)


def _set_closed(tx: Tx, meeting_id: int, *, closed: bool) -> dict[str, Any]:
    meeting = tx.get(Meeting, meeting_id)
    tx.require(Action.RUN_FLOOR, meeting)
    if meeting.state not in rules.ASKING_STATES:
        raise Refused("floor_closed", state=f"state_{meeting.state}")
    progress = tx.find(Progress, meeting.id) or tx.add(Progress(meeting_id=meeting.id))
    if progress.floor_closed == closed:
        tx.nothing_to_record("the list stands so already")
        return {}
    progress.floor_closed = closed
    tx.record(Event.LIST_CLOSED if closed else Event.LIST_OPENED, meeting)
    return {}


@on(Event.ITEM_STARTED)
def open_for_the_next_item(tx: Tx, told: Told) -> None:
    """A list is closed for the item under discussion: with the next one it is open again."""
    progress = tx.find(Progress, told.chain)
    if progress is None or not progress.floor_closed:
        return
    progress.floor_closed = False
    with tx.acting_as(SYSTEM):
        tx.record(Event.LIST_OPENED, tx.get(Meeting, told.chain))


@act("speaking.clear_list", Action.RUN_FLOOR)
def clear_list(tx: Tx, wanted: QueueInput) -> dict[str, Any]:
    """The chair takes all waiting requests of a queue off at once. Whoever is called or speaks stays.

    An empty queue is cleared without a word. Recorded with whose requests they were.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.RUN_FLOOR, meeting)
    waiting = queries.waiting(tx.reading, meeting.id, wanted.queue)
    if not waiting:
        tx.nothing_to_record("nobody waits")
        return {"cleared": 0}
    for floor in waiting:
        floor.state = rules.step("withdraw", floor.state)
    facts = {"floor_ids": [each.id for each in waiting], "people": [each.person_id for each in waiting]}
    tx.record(Event.QUEUE_CLEARED, meeting, queue=wanted.queue, **facts)
    return {"cleared": len(waiting)}
