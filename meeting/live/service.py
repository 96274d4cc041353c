"""The acts of the chair and the secretariat that run a meeting: open, pause, resume, close, go on, say a word."""

from typing import Any

from pydantic import Field

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Item, Meeting
from meeting.agenda.rules import SET_ASIDE_STATES
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.live import queries, rules, state
from meeting.live.models import Progress
from meeting.live.showing import clear_page
from meeting.permissions import Action


class MeetingInput(ActInput):
    """Names the meeting."""

    meeting_id: int


class ItemInput(MeetingInput):
    """Names the item to turn to."""

    item_id: int


class NoticeInput(MeetingInput):
    """A short word to everyone in the room; empty takes it away."""

    text: str = Field(default="", max_length=300)


def _meeting(tx: Tx, meeting_id: int, action: Action) -> Meeting:
    meeting = tx.get(Meeting, meeting_id)
    tx.require(action, meeting)
    return meeting


def _progress(tx: Tx, meeting: Meeting) -> Progress:
    found = tx.find(Progress, meeting.id)
    return found or tx.add(Progress(meeting_id=meeting.id))


def _stop_clock(tx: Tx, meeting: Meeting) -> Item | None:
    """Adds the running stretch to the current item's real seconds and stops its clock."""
    progress = _progress(tx, meeting)
    item = tx.find(Item, meeting.current_item_id)
    if item is not None:
        item.seconds_used = rules.seconds_used(item.seconds_used, progress.item_since, tx.now)
    progress.item_since = None
    return item


@act("live.open", Action.RUN_MEETING)
def open_meeting(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The chair opens the meeting. Without a quorum this opens the roll call only: nothing goes on until enough are here.

    Refused as `wrong_state` unless the invitations are issued. Records who is present and how many are needed.
    """
    meeting = _meeting(tx, wanted.meeting_id, Action.RUN_MEETING)
    meeting.state = rules.step("open", meeting.state)
    meeting.opened_at = tx.now
    _progress(tx, meeting)
    found = queries.quorum(tx.reading, meeting)
    facts = {"present": found.present, "total": found.total, "need": found.need, "quorum_met": found.met}
    tx.record(Event.MEETING_OPENED, meeting, **facts, rule=found.rules["vi"])
    return {}


@act("live.pause", Action.RUN_MEETING)
def pause(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The meeting rests; the item's clock stands still and a running speech is stopped (by the speaking room's reaction).

    Refused as `wrong_state` unless it is in session.
    """
    meeting = _meeting(tx, wanted.meeting_id, Action.RUN_MEETING)
    meeting.state = rules.step("pause", meeting.state)
    _stop_clock(tx, meeting)
    tx.record(Event.MEETING_PAUSED, meeting)
    return {}


@act("live.resume", Action.RUN_MEETING)
def resume(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The meeting goes on where it rested. Refused as `wrong_state` unless it is paused."""
    meeting = _meeting(tx, wanted.meeting_id, Action.RUN_MEETING)
    meeting.state = rules.step("resume", meeting.state)
    if meeting.current_item_id is not None:
        _progress(tx, meeting).item_since = tx.now
    tx.record(Event.MEETING_RESUMED, meeting)
    return {}


@act("live.close", Action.RUN_MEETING)
def close(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The chair closes the meeting. What is still open (a vote, a speech) objects, and the refusal says what.

    Refused as `wrong_state`, or with the code of the first objection; `objections` lists all of them. Afterwards the state
    is `held`, the current item is done, and the record lets the conclusions room draft the minutes in the same transaction.
    """
    meeting = _meeting(tx, wanted.meeting_id, Action.RUN_MEETING)
    after = rules.step("close", meeting.state)
    open_still = state.objections(tx.reading, meeting)
    if open_still:
        all_of_them = [{"code": each.code, **each.facts} for each in open_still]
        raise Refused(open_still[0].code, **{**open_still[0].facts, "objections": all_of_them})
    _finish_item(tx, meeting)
    meeting.current_item_id = None
    progress = _progress(tx, meeting)
    clear_page(progress)
    progress.notice = ""
    meeting.state = after
    meeting.closed_at = tx.now
    found = queries.quorum(tx.reading, meeting)
    tx.record(Event.MEETING_CLOSED, meeting, present=found.present, total=found.total)
    return {}


def _finish_item(tx: Tx, meeting: Meeting) -> None:
    item = _stop_clock(tx, meeting)
    if item is not None:
        item.state = "done"
        item.ended_at = tx.now


@act("live.go_to_item", Action.RUN_MEETING)
def go_to_item(tx: Tx, wanted: ItemInput) -> dict[str, Any]:
    """The chair turns to an item; the one before is done and keeps its real seconds. All screens follow.

    Refused: `not_found` (not on this programme), `not_in_session`, `no_quorum`, `item_is_current`, `item_held_outside`,
    `item_set_aside`.
    """
    meeting = _meeting(tx, wanted.meeting_id, Action.RUN_MEETING)
    item = tx.get(Item, wanted.item_id)
    if item.meeting_id != meeting.id:
        raise Missing()
    found = queries.quorum(tx.reading, meeting)
    rules.check_next_item(meeting.state, found, current=item.id == meeting.current_item_id, outside=item.outside)
    if item.state in SET_ASIDE_STATES:
        raise Refused("item_set_aside", title=item.title)
    before = meeting.current_item_id
    _finish_item(tx, meeting)
    meeting.current_item_id = item.id
    item.state = "current"
    item.started_at = item.started_at or tx.now
    item.ended_at = None
    progress = _progress(tx, meeting)
    progress.item_since = tx.now
    clear_page(progress)
    tx.record(Event.ITEM_STARTED, item, item_id=item.id, number=item.number, label=item.label, title=item.title, before=before)
    return {}


@act("live.tell", Action.SHOW_PAGE)
def tell(tx: Tx, wanted: NoticeInput) -> dict[str, Any]:
    """The chair or the secretariat says a short word on every screen ("Nghỉ giải lao đến 10:15"); empty takes it away.

    Refused as `check_in_closed` outside the time of the meeting.
    """
    meeting = _meeting(tx, wanted.meeting_id, Action.SHOW_PAGE)
    rules.check_check_in(meeting.state)
    progress = _progress(tx, meeting)
    progress.notice, progress.notice_at = wanted.text, tx.now
    tx.record(Event.NOTICE_TOLD, meeting, text=wanted.text)
    return {}
