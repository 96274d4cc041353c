"""The acts that run a meeting as a whole: open, pause, resume, adjourn, close, say a word."""

from typing import Any

from pydantic import AwareDatetime, Field
from sqlalchemy import select

from meeting import clock
from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import check_reason
from meeting.errors import Refused
from meeting.events import Event
from meeting.live import clockwork, queries, rules, state
from meeting.live.showing import clear_page
from meeting.permissions import Action


class MeetingInput(ActInput):
    """Names the meeting."""

    meeting_id: int


class PauseInput(MeetingInput):
    """`until`: when it goes on today, for all screens to count down to; left out when nobody knows."""

    until: AwareDatetime | None = None


class AdjournInput(MeetingInput):
    """When it goes on, on another day, and why it was broken off."""

    resumes_at: AwareDatetime
    reason: str = Field(max_length=500)


class NoticeInput(MeetingInput):
    """A short word to everyone in the room; empty takes it away."""

    text: str = Field(default="", max_length=300)


def meeting_to_run(tx: Tx, meeting_id: int, action: Action = Action.RUN_MEETING) -> Meeting:
    """The meeting, if the actor may do this there."""
    meeting = tx.get(Meeting, meeting_id)
    tx.require(action, meeting)
    return meeting


def check_nothing_open(tx: Tx, meeting: Meeting) -> None:
    """Refused with the code of the first objection; `objections` lists them all, each with a way to settle it if there is one."""
    found = state.objections(tx.reading, meeting)
    if found:
        raise Refused(found[0].code, **{**found[0].facts, "objections": [each.told() for each in found]})


@act("live.open", Action.RUN_MEETING)
def open_meeting(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The chair opens the meeting. Without a quorum this opens the roll call only: nothing goes on until enough are here.

    Refused as `wrong_state` unless the invitations are issued. Records who is present and how many are needed.
    """
    meeting = meeting_to_run(tx, wanted.meeting_id)
    meeting.state = rules.step("open", meeting.state)
    meeting.opened_at = tx.now
    clockwork.progress_of(tx, meeting)
    found = queries.quorum(tx.reading, meeting)
    facts = {"present": found.present, "total": found.total, "need": found.need, "quorum_met": found.met}
    tx.record(Event.MEETING_OPENED, meeting, **facts, rule=found.rules["vi"])
    return {}


@act("live.pause", Action.RUN_MEETING)
def pause(tx: Tx, wanted: PauseInput) -> dict[str, Any]:
    """The meeting rests; the item's clock stands still and a running speech is stopped (by the speaking room's reaction).

    Refused as `wrong_state` unless it is in session, `break_in_past`, `break_too_long` (the end of a recess lies on the same
    day). Records until when it rests, where that was said.
    """
    meeting = meeting_to_run(tx, wanted.meeting_id)
    after = rules.step("pause", meeting.state)
    rules.check_recess(tx.now, wanted.until, lambda moment: clock.local(moment).date())
    meeting.state, meeting.resumes_at = after, wanted.until
    clockwork.stop(tx, meeting)
    if wanted.until is not None:  # the big screen counts down to it
        progress = clockwork.progress_of(tx, meeting)
        progress.scene, progress.scene_until, progress.scene_ref, progress.scene_text = "break", wanted.until, None, ""
    tx.record(Event.MEETING_PAUSED, meeting, until=wanted.until.isoformat() if wanted.until else None)
    return {}


@act("live.resume", Action.RUN_MEETING)
def resume(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The meeting goes on where it rested; after an adjournment once enough members have checked in anew.

    Refused as `wrong_state` unless it is paused, `no_quorum` after an adjournment. Records whether it was one.
    """
    meeting = meeting_to_run(tx, wanted.meeting_id)
    after = rules.step("resume", meeting.state)
    progress = clockwork.progress_of(tx, meeting)
    adjourned = progress.adjourned_at is not None
    found = queries.quorum(tx.reading, meeting)
    if adjourned:
        rules.check_quorum(found)
        progress.adjourned_at, progress.reopened_at = None, tx.now
    meeting.state, meeting.resumes_at = after, None
    clockwork.start(tx, meeting)
    tx.record(Event.MEETING_RESUMED, meeting, adjourned=adjourned, present=found.present, total=found.total)
    return {}


@act("live.adjourn", Action.RUN_MEETING)
def adjourn(tx: Tx, wanted: AdjournInput) -> dict[str, Any]:
    """Breaks the meeting off until another day; all who take part are told. Adjourning again moves the day.

    The current item stays where it is and goes on then; the roll call is taken anew. Refused as `wrong_state`,
    `reason_needed`, `break_in_past`, `resumes_same_day`, or by what is still open (a vote, a speech), as closing is.
    Records when it goes on, why, and who is told.
    """
    meeting = meeting_to_run(tx, wanted.meeting_id)
    after = rules.step("adjourn", meeting.state)
    check_reason(wanted.reason)
    rules.check_adjournment(tx.now, wanted.resumes_at, lambda moment: clock.local(moment).date())
    check_nothing_open(tx, meeting)
    clockwork.stop(tx, meeting)
    progress = clockwork.progress_of(tx, meeting)
    clear_page(progress)
    progress.notice = ""
    progress.scene, progress.scene_until, progress.scene_ref, progress.scene_text = "auto", None, None, ""
    progress.adjourned_at = tx.now
    meeting.state, meeting.resumes_at = after, wanted.resumes_at
    people = list(tx.scalars(select(Participant.person_id).where(Participant.meeting_id == meeting.id)))
    facts = {"resumes_at": wanted.resumes_at.isoformat(), "reason": wanted.reason}
    tx.record(Event.MEETING_ADJOURNED, meeting, **facts, people=people)
    return {"resumes_at": wanted.resumes_at.isoformat()}


@act("live.close", Action.RUN_MEETING)
def close(tx: Tx, wanted: MeetingInput) -> dict[str, Any]:
    """The chair closes the meeting. What is still open (a vote, a speech) objects, and the refusal says what.

    Refused as `wrong_state`, or with the code of the first objection; `objections` lists all of them. Afterwards the state
    is `held`, the current item is done, and the record lets the conclusions room draft the minutes in the same transaction.
    """
    meeting = meeting_to_run(tx, wanted.meeting_id)
    after = rules.step("close", meeting.state)
    check_nothing_open(tx, meeting)
    clockwork.finish(tx, meeting)
    progress = clockwork.progress_of(tx, meeting)
    clear_page(progress)
    progress.notice = ""
    progress.adjourned_at = None
    meeting.state, meeting.closed_at, meeting.resumes_at = after, tx.now, None
    found = queries.quorum(tx.reading, meeting)
    tx.record(Event.MEETING_CLOSED, meeting, present=found.present, total=found.total)
    return {}


@act("live.tell", Action.SHOW_PAGE)
def tell(tx: Tx, wanted: NoticeInput) -> dict[str, Any]:
    """The chair or the secretariat says a short word on every screen ("Nghỉ giải lao đến 10:15"); empty takes it away.

    Refused as `check_in_closed` outside the time of the meeting.
    """
    meeting = meeting_to_run(tx, wanted.meeting_id, Action.SHOW_PAGE)
    rules.check_check_in(meeting.state)
    progress = clockwork.progress_of(tx, meeting)
    progress.notice, progress.notice_at = wanted.text, tx.now
    tx.record(Event.NOTICE_TOLD, meeting, text=wanted.text)
    return {}
