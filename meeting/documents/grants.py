"""What is known for a while of who may see which file, so that turning a page costs no questions to the store.

The record of events tells when it no longer holds: whatever happens in the council that might change a right ends all that
is known, at once and for every process that writes the same store (SQLite). What time alone ends (a term, a guest's link) is
asked for again after minutes or seconds. Everything not listed here as harmless counts as a change of rights.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from meeting import clock
from meeting.database import Database, database
from meeting.events import Event
from meeting.permissions import Actor

LONGEST_SECONDS = 600.0  # and never past midnight, when terms begin and end
VISITOR_SECONDS = 5.0  # a guest's link ends by the clock
MOST = 20_000

#: What may happen in a running meeting without anybody gaining or losing a paper.
HARMLESS = frozenset(
    {
        Event.FILE_RECEIVED,
        Event.FILE_READY,
        Event.SITTING_SHOWN,
        Event.SITTING_HIDDEN,
        Event.SECOND_STEP_SET,
        Event.SECOND_STEP_DROPPED,
        Event.RECOVERY_CODES_MADE,
        Event.RECOVERY_CODE_USED,
        Event.IDENTITY_LINKED,
        Event.GUIDE_SAVED,
        Event.GUIDE_RESTORED,
        Event.GUIDE_RESET,
        Event.GUIDE_FILE_ADDED,
        Event.FEEDBACK_GIVEN,
        Event.FEEDBACK_ANSWERED,
        Event.CLIENT_ADDED,
        Event.CLIENT_EDITED,
        Event.CLIENT_SWITCHED,
        Event.CLIENT_KEY_MADE,
        Event.CLIENT_KEY_ENDED,
        Event.CLIENT_RIGHT_SET,
        Event.CALLS_KEPT_FOR,
        Event.CALLS_PRUNED,
        Event.WEBHOOK_ADDED,
        Event.WEBHOOK_EDITED,
        Event.WEBHOOK_ENDED,
        Event.WEBHOOK_RESENT,
        Event.WEBHOOK_SWITCHED_OFF,
        Event.BODY_FEED_OPENED,
        Event.BODY_FEED_ENDED,
        Event.NOTE_SHARED,
        Event.NOTE_TAKEN_BACK,
        Event.CHECKED_IN,
        Event.ATTENDANCE_CORRECTED,
        Event.ATTENDANCE_MARKED,
        Event.HELP_CALLED,
        Event.HELP_TAKEN,
        Event.HELP_ENDED,
        Event.CARDS_ORDERED,
        Event.ITEM_LINKED,
        Event.ITEM_UNLINKED,
        Event.ITEM_STARTED,  # what is released at a moment of the meeting tells so itself (PAPER_RELEASED)
        Event.PAGE_SHOWN,
        Event.ITEM_TAKEN_AHEAD,
        Event.HANDED_OVER,  # whoever presides reads what a member reads
        Event.HANDED_BACK,
        Event.PRESIDER_CHANGED,
        Event.SCRIPT_WRITTEN,
        Event.LEFT,
        Event.SURVEY_ANSWERED,
        Event.SURVEY_CLOSED,
        Event.CRITERION_SCORED,
        Event.EVALUATION_FORM_KEPT,
        Event.NOTICE_TOLD,
        Event.SCENE_SHOWN,
        Event.FLOOR_ASKED,
        Event.FLOOR_WITHDRAWN,
        Event.SPEAKER_CALLED,
        Event.SPEECH_STARTED,
        Event.SPEECH_STOPPED,
        Event.SPEECH_EXTENDED,
        Event.QUEUE_REORDERED,
        Event.SPEAKER_SKIPPED,
        Event.SPEECH_PAUSED,
        Event.SPEECH_WENT_ON,
        Event.HANDED_TO_WRITING,
        Event.LIST_CLOSED,
        Event.LIST_OPENED,
        Event.QUEUE_CLEARED,
        Event.STATEMENT_MARKED,
        Event.OPINION_POSTED,
        Event.OPINION_WITHDRAWN,
        Event.OPINION_HIDDEN,
        Event.OPINION_SHOWN,
        Event.OPINION_AGREED,
        Event.OPINION_DISAGREED,
        Event.MINUTES_PART_WRITTEN,
        Event.MINUTES_SIGNED_FIRST,
        Event.QUESTION_PREPARED,
        Event.QUESTION_READY,
        Event.VOTE_OPENED,
        Event.VOTE_PAUSED,
        Event.VOTE_RESUMED,
        Event.BALLOT_RECEIVED,
        Event.VOTE_CLOSED,
        Event.RESULT_PUBLISHED,
        Event.QUESTION_CANCELLED,
        Event.COUNTS_ENTERED,
        Event.QUESTION_EDITED,
        Event.QUESTION_REMOVED,
        Event.QUESTIONS_ORDERED,
        Event.REVIEW_STARTED,
        Event.REVIEW_ENDED,
        Event.MEMBER_READY,
        Event.VOTE_EXTENDED,
        Event.VOTE_REPEATED,
        Event.SPOKEN_ENTERED,
        Event.SPOKEN_CONFIRMED,
        Event.SPOKEN_REFUSED,
        Event.COMMITTEE_FORMED,
        Event.COMMITTEE_DISSOLVED,
        Event.FIGURES_ENTERED,
        Event.FIGURES_CONFIRMED,
        Event.TIE_SETTLED,
        Event.EVIDENCE_MADE,
        Event.ROUND_ANSWERED,
        Event.ROUND_REMINDED,
        Event.ROUND_EXTENDED,
        Event.SESSION_CONVENED,
        Event.SESSION_EDITED,
        Event.PRESIDIUM_SEATED,
        Event.QUESTION_GROUP_PLANNED,
        Event.QUESTION_GROUP_EDITED,
        Event.QUESTION_GROUP_REMOVED,
        Event.QUESTION_GROUPS_ORDERED,
        Event.QUESTION_GROUP_AGREED,
        Event.QUESTION_ASSIGNED,
        Event.QUESTION_GROUP_OPENED,
        Event.QUESTION_GROUP_STOPPED,
        Event.QUESTION_GROUP_ENDED,
        Event.QUESTION_TO_WRITING,
        Event.PROMISE_NOTED,
        Event.PROMISE_EDITED,
        Event.PROMISE_ANSWERED,
        Event.REMINDER_SENT,
        Event.TASK_RECEIVED,
        Event.TASK_REPORTED,
        Event.TASK_ACCEPTED,
        Event.TASK_SENT_BACK,
        Event.TASK_URGED,
        Event.TASK_EXTENDED,
        Event.TASK_CHANGE_ASKED,
        Event.TASK_OBSTACLE_RAISED,
        Event.TASK_OBSTACLE_SETTLED,
    }
)


@dataclass(frozen=True)
class Grant:
    """Somebody may see a file: its SHA-256, and since when and for how long this is taken as known."""

    sha256: str
    known_at: datetime
    known_for: timedelta

    def holds(self, now: datetime) -> bool:
        """Whether it is still the same day, and not too long ago."""
        return (
            timedelta(0) <= now - self.known_at < self.known_for and clock.local(now).date() == clock.local(self.known_at).date()
        )


@dataclass(frozen=True)
class Asked:
    """Who asks for what, and how often rights had changed when the question was put."""

    key: tuple[bytes, int]
    changes: int


class Grants:
    """What is known in this process. `changes` counts how often all of it was forgotten."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[bytes, int], Grant] = OrderedDict()
        self._store: Database | None = None
        self._told = 0  # the newest entry of the record that was looked at
        self.changes = 0

    def ask(self, cookies: str, authorization: str, file_id: int) -> tuple[Asked, Grant | None]:
        """Whether a browser or program may see a file, as far as it is known. Its cookies and token are kept as a digest only."""
        self.hear()
        who = sha256(f"{cookies}\n{authorization}".encode("utf-8", "surrogateescape")).digest()
        asked = Asked((who, file_id), self.changes)
        grant = self._known.get(asked.key)
        if grant is not None and not grant.holds(clock.now()):
            del self._known[asked.key]
            grant = None
        return asked, grant

    def keep(self, asked: Asked, actor: Actor, digest: str) -> None:
        """What the store answered; not kept when rights changed since the question was put."""
        self.hear()
        if asked.changes != self.changes:
            return
        seconds = LONGEST_SECONDS if actor.only_meeting is None else VISITOR_SECONDS
        self._known[asked.key] = Grant(digest, clock.now(), timedelta(seconds=seconds))
        while len(self._known) > MOST:
            self._known.popitem(last=False)

    def hear(self) -> None:
        """Reads what the record tells since the last time, in microseconds; forgets all after a change of rights."""
        store = database()
        if store is not self._store:
            self._store, self._told = store, store.newest_entry() or 0
            self.forget()
            return
        told = store.events_after(self._told)
        if told:
            self._told = told[-1][0]
            if any(event not in HARMLESS for _, event in told):
                self.forget()

    def forget(self) -> None:
        """Every right is asked for anew."""
        self._known.clear()
        self.changes += 1


grants = Grants()
