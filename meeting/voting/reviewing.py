"""The review of the list of questions: everybody looks through what will be voted on before the boxes open."""

from typing import Any

from sqlalchemy import update

from meeting.acts import ActInput, Tx, act, on
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Told
from meeting.permissions import Action
from meeting.voting import queries
from meeting.voting.models import VoteReview

REVIEWING = ("issued", "in_session", "paused")


class ReviewInput(ActInput):
    """One meeting."""

    meeting_id: int


@act("voting.start_review", Action.RUN_VOTE)
def start_review(tx: Tx, wanted: ReviewInput) -> dict[str, Any]:
    """Shows the titles and lines of all drafts on every tablet; until it ends no box opens. Twice is harmless.

    From the issue of the meeting on. Refused: `vote_after_meeting`, `review_empty`, `other_vote_open`. Recorded as
    `voting.review_started` with the questions.
    """
    meeting = _meeting(tx, wanted)
    if queries.review(tx.reading, meeting.id) is not None:
        tx.nothing_to_record("the review runs already")
        return {}
    if meeting.state not in REVIEWING:
        raise Refused("vote_after_meeting")
    running = queries.running(tx.reading, meeting.id)
    if running is not None:
        raise Refused("other_vote_open", title=running.title)
    drafts = [each for each in queries.questions_of(tx.reading, meeting.id) if each.state == "draft"]
    if not drafts:
        raise Refused("review_empty")
    tx.add(VoteReview(meeting_id=meeting.id, started_at=tx.now, started_by_id=tx.actor.person_id))
    tx.record(Event.REVIEW_STARTED, meeting, questions=[{"id": each.id, "title": each.title} for each in drafts])
    return {}


@act("voting.end_review", Action.RUN_VOTE)
def end_review(tx: Tx, wanted: ReviewInput) -> dict[str, Any]:
    """Ends the review; drafts are the desk's again until their boxes open. Twice is harmless.

    Recorded as `voting.review_ended` with the questions as they stand now.
    """
    meeting = _meeting(tx, wanted)
    running = queries.review(tx.reading, meeting.id)
    if running is None:
        tx.nothing_to_record("no review runs")
        return {}
    running.ended_at, running.ended_by_id = tx.now, tx.actor.person_id
    drafts = [each for each in queries.questions_of(tx.reading, meeting.id) if each.state == "draft"]
    tx.record(Event.REVIEW_ENDED, meeting, questions=[{"id": each.id, "title": each.title} for each in drafts])
    return {}


def _meeting(tx: Tx, wanted: ReviewInput) -> Meeting:
    meeting = tx.get(Meeting, wanted.meeting_id)
    tx.require(Action.RUN_VOTE, meeting)
    return meeting


@on(Event.MEETING_CLOSED)
def end_with_the_meeting(tx: Tx, told: Told) -> None:
    """A review that was forgotten ends with the meeting."""
    mine = (VoteReview.meeting_id == told.chain) & VoteReview.ended_at.is_(None)
    tx.execute(update(VoteReview).where(mine).values(ended_at=tx.now))
