"""The acts of whoever runs the floor: call, skip, start, pause, go on, stop, give more time.

Every act answers a repeat by another hand as done: two chairs' clicks at once do one thing.
"""

from typing import Any

from pydantic import Field

from meeting.acts import Tx, act, on
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.live.rules import check_in_session
from meeting.permissions import SYSTEM, Action
from meeting.speaking import queries, rules
from meeting.speaking.models import Floor
from meeting.speaking.service import FloorInput


class CallInput(FloorInput):
    """`instead`: whoever speaks now ends with it, in the same act."""

    instead: bool = False


class SkipInput(FloorInput):
    """`skipped`: how often the clicker saw this request skipped already; a second click at the same time then does nothing."""

    skipped: int | None = None


class ExtendInput(FloorInput):
    """How many seconds more; `limit_seconds`: the limit that the clicker saw, so that two clicks at once give time once."""

    seconds: int = Field(default=60, ge=10, le=rules.LONGEST_EXTENSION_SECONDS)
    limit_seconds: int | None = None


def _running(tx: Tx, wanted: FloorInput) -> Floor:
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.RUN_FLOOR, floor)
    check_in_session(floor.meeting.state)
    return floor


def _named(floor: Floor) -> dict[str, Any]:
    return {"floor_id": floor.id, "person_id": floor.person_id, "name": floor.person.called}


@act("speaking.call", Action.RUN_FLOOR)
def call(tx: Tx, wanted: CallInput) -> dict[str, Any]:
    """The chair gives the floor: everyone sees who is invited. Whoever was called before and has not begun waits again.

    With `instead` the running speech ends. Refused: `not_in_session`, `floor_state`. Calling twice is harmless.
    """
    floor = _running(tx, wanted)
    if floor.state == "called":
        tx.nothing_to_record("this person is called already")
        return {}
    floor_state = rules.step("call", floor.state)
    if wanted.instead:
        _make_room(tx, floor)
    _wait_again(tx, queries.in_state(tx.reading, floor.meeting_id, "called"))
    floor.state, floor.called_at = floor_state, tx.now
    tx.record(Event.SPEAKER_CALLED, floor, **_named(floor))
    return {}


def _wait_again(tx: Tx, called: Floor | None) -> None:
    if called is not None:
        called.state, called.called_at = "waiting", None
        tx.flush()


def _make_room(tx: Tx, floor: Floor) -> None:
    """Ends the speech of somebody else."""
    speaking = queries.in_state(tx.reading, floor.meeting_id, "speaking")
    if speaking is not None and speaking.id != floor.id:
        finish(tx, speaking)
        tx.flush()


@act("speaking.skip", Action.RUN_FLOOR)
def skip(tx: Tx, wanted: SkipInput) -> dict[str, Any]:
    """Somebody's turn is passed over: they are out of the room, or the chair hears others first.

    They stand behind all who wait now, are told so on their screen, and it is counted. Refused: `not_in_session`,
    `floor_state`. Two clicks at once skip once, when they say how often they saw it skipped.
    """
    floor = _running(tx, wanted)
    if wanted.skipped is not None and floor.skipped > wanted.skipped:
        tx.nothing_to_record("somebody has skipped this turn already")
        return {}
    floor.state = rules.step("skip", floor.state)
    floor.called_at, floor.queued_at, floor.skipped = None, tx.now, floor.skipped + 1
    floor.place = 0
    if floor.queue == rules.QUESTIONING:
        floor.place = 1 + max((each.place for each in queries.waiting(tx.reading, floor.meeting_id, floor.queue)), default=0)
    tx.record(Event.SPEAKER_SKIPPED, floor, **_named(floor), times=floor.skipped)
    return {}


@act("speaking.start", Action.RUN_FLOOR)
def start(tx: Tx, wanted: CallInput) -> dict[str, Any]:
    """The speech begins and its time runs on all screens. One person speaks at a time; with `instead` the running speech ends.

    Refused: `not_in_session`, `floor_state`, `someone_speaks` with the name. Starting twice is harmless.
    """
    floor = _running(tx, wanted)
    if floor.state == "speaking":
        tx.nothing_to_record("this speech runs already")
        return {}
    floor_state = rules.step("start", floor.state)
    if wanted.instead:
        _make_room(tx, floor)
    speaking = queries.in_state(tx.reading, floor.meeting_id, "speaking")
    if speaking is not None:
        raise Refused("someone_speaks", name=speaking.person.called)
    floor.state, floor.started_at, floor.place = floor_state, tx.now, 0
    floor.item_id = floor.meeting.current_item_id or floor.item_id
    facts = {**_named(floor), "item_id": floor.item_id, "kind": floor.kind}
    tx.record(Event.SPEECH_STARTED, floor, **facts, limit_seconds=floor.limit_seconds)
    return {}


@act("speaking.pause", Action.RUN_FLOOR)
def pause(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """Dừng: the speaker is interrupted and the clock stands; the floor stays theirs.

    Refused: `not_in_session`, `floor_state` when the speech does not run. Pausing twice is harmless.
    """
    floor = _running(tx, wanted)
    rules.step("pause", floor.state)
    if floor.paused_at is not None:
        tx.nothing_to_record("the clock stands already")
        return {}
    floor.paused_at = tx.now
    tx.record(Event.SPEECH_PAUSED, floor, **_named(floor))
    return {}


@act("speaking.go_on", Action.RUN_FLOOR)
def go_on(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """The speech that was interrupted goes on, with the time that was left.

    Refused: `not_in_session`, `floor_state` when there is no such speech. Going on twice is harmless.
    """
    floor = _running(tx, wanted)
    rules.step("go_on", floor.state)
    turn = floor.turn
    if floor.paused_at is None or turn is None:
        tx.nothing_to_record("the clock runs already")
        return {}
    floor.paused_seconds, floor.paused_at = turn.paused_until(tx.now), None
    tx.record(Event.SPEECH_WENT_ON, floor, **_named(floor))
    return {}


@act("speaking.stop", Action.RUN_FLOOR)
def stop(tx: Tx, wanted: FloorInput) -> dict[str, Any]:
    """Kết thúc: the speech ends; what was really spoken is kept in seconds, pauses left out.

    Refused as `floor_state` when it has not begun. Stopping twice is harmless.
    """
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.RUN_FLOOR, floor)
    if floor.state == "done" and floor.started_at is not None:
        tx.nothing_to_record("the speech is over already")
        return {}
    finish(tx, floor)
    return {}


def finish(tx: Tx, floor: Floor) -> None:
    """Ends a running speech and records it."""
    floor.state = rules.step("stop", floor.state)
    turn = floor.turn
    floor.seconds = turn.spoken(tx.now) if turn else 0
    if turn is not None and floor.paused_at is not None:
        floor.paused_seconds, floor.paused_at = turn.paused_until(tx.now), None
    floor.stopped_at = tx.now
    over = max(0, floor.seconds - floor.limit_seconds)
    facts = {**_named(floor), "item_id": floor.item_id, "kind": floor.kind, "seconds": floor.seconds, "over_seconds": over}
    tx.record(Event.SPEECH_STOPPED, floor, **facts)


@act("speaking.extend", Action.RUN_FLOOR)
def extend(tx: Tx, wanted: ExtendInput) -> dict[str, Any]:
    """The chair gives the speaker more time. Refused as `floor_state` when the speech does not run.

    Two clicks at once give time once, when they say which limit they saw.
    """
    floor = tx.get(Floor, wanted.floor_id)
    tx.require(Action.RUN_FLOOR, floor)
    rules.step("extend", floor.state)
    if wanted.limit_seconds is not None and wanted.limit_seconds != floor.limit_seconds:
        tx.nothing_to_record("somebody has given more time already")
        return {}
    floor.limit_seconds += wanted.seconds
    tx.record(Event.SPEECH_EXTENDED, floor, **_named(floor), seconds=wanted.seconds)
    return {}


@on(Event.MEETING_PAUSED, Event.MEETING_ADJOURNED, Event.ITEM_STARTED)
def end_speech(tx: Tx, told: Told) -> None:
    """When the meeting rests or turns to another item, a running speech ends and whoever was called waits again."""
    _wait_again(tx, queries.in_state(tx.reading, told.chain, "called"))
    speaking = queries.in_state(tx.reading, told.chain, "speaking")
    if speaking is not None:
        with tx.acting_as(SYSTEM):
            finish(tx, speaking)
    tx.flush()
