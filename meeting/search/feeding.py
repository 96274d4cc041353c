"""Which event makes which passages stale: every event of the journal is here, or excused with its reason."""

from collections.abc import Mapping

from sqlalchemy import select

from meeting import jobs
from meeting.acts import Tx, on
from meeting.events import Event
from meeting.jobs import job
from meeting.journal import Told
from meeting.materials.models import Requirement, Submission
from meeting.search import service
from meeting.search.rules import KINDS

REBUILD = "search.rebuild"

#: Event: the kinds of passages of its meeting that are read anew.
FED: Mapping[Event, tuple[str, ...]] = {
    Event.MEETING_CREATED: ("item",),
    Event.MEETING_EDITED: KINDS,  # its title stands above everything
    Event.MEETING_OPENED: ("item",),
    Event.MEETING_POSTPONED: ("item",),
    Event.ITEM_ADDED: ("item",),
    Event.ITEM_EDITED: ("item", "paper"),
    Event.ITEM_REMOVED: ("item",),
    Event.ITEM_SET_ASIDE: ("item",),
    Event.ITEM_RESTORED: ("item",),
    Event.PAPER_SUBMITTED: ("paper",),
    Event.PAPER_ACCEPTED: ("paper",),
    Event.PAPER_RETURNED: ("paper",),
    Event.PAPER_LAID_BEFORE_HEAD: ("paper",),
    Event.REQUIREMENT_WAIVED: ("paper",),
    Event.PAPER_PUBLISHED: ("paper",),
    Event.PAPER_TAKEN_BACK: ("paper",),
    Event.OPINION_POSTED: ("opinion",),
    Event.OPINION_WITHDRAWN: ("opinion",),
    Event.OPINION_HIDDEN: ("opinion",),
    Event.OPINION_SHOWN: ("opinion",),
    Event.RESULT_PUBLISHED: ("question",),
    Event.QUESTION_CANCELLED: ("question",),
    Event.MINUTES_DRAFTED: ("minutes",),
    Event.MINUTES_EDITED: ("minutes",),
    Event.MINUTES_SIGNED: ("minutes",),
    Event.NOTICE_DRAFTED: ("notice",),
    Event.NOTICE_EDITED: ("notice",),
    Event.NOTICE_ISSUED: ("notice", "task"),
    Event.DOCUMENT_SET: ("notice", "minutes"),
    Event.PROMISE_NOTED: ("promise",),
    Event.PROMISE_EDITED: ("promise",),
    Event.TASK_ASSIGNED: ("task",),
    Event.TASK_EXTENDED: ("task",),
}

#: Handled by reactions of their own, below.
HANDLED = frozenset({Event.FILE_READY, Event.FILE_REFUSED, Event.RESTORED})

PEOPLE = "people and roles are not searched; rights are asked anew at every search"
COURSE = "says how the meeting goes; the minutes tell it"
STATE = "changes who may read, not what is written; rights are asked anew at every search"
RULES = "rules of meetings are not searched"
WEEK = "the programme of a week is found by its day"
CATALOGUES = "forms offer the catalogues; they hold no text of a meeting"
SEATS = "a seat is found on the seating plan"
JUDGEMENT = "grades are read in the report, not found by words"

EXCUSED: Mapping[Event, str] = {
    Event.UNIT_ADDED: PEOPLE,
    Event.UNIT_EDITED: PEOPLE,
    Event.UNIT_RETIRED: PEOPLE,
    Event.BODY_ADDED: PEOPLE,
    Event.PERSON_ADDED: PEOPLE,
    Event.PERSON_EDITED: PEOPLE,
    Event.ROLE_GIVEN: PEOPLE,
    Event.ROLE_ENDED: PEOPLE,
    Event.PEOPLE_IMPORTED: PEOPLE,
    Event.PASSWORD_CHANGED: PEOPLE,
    Event.ACCOUNT_CHANGED: PEOPLE,
    Event.GROUP_FORMED: PEOPLE,
    Event.GROUP_EDITED: PEOPLE,
    Event.GROUP_SEATED: PEOPLE,
    Event.GROUP_LEFT: PEOPLE,
    Event.GROUP_RETIRED: PEOPLE,
    Event.TOKEN_CREATED: PEOPLE,
    Event.TOKEN_REVOKED: PEOPLE,
    Event.ENTRY_ADDED: CATALOGUES,
    Event.ENTRY_EDITED: CATALOGUES,
    Event.ENTRY_RETIRED: CATALOGUES,
    Event.ENTRY_RESTORED: CATALOGUES,
    Event.ENTRIES_ORDERED: CATALOGUES,
    Event.CATALOGUES_FILLED: CATALOGUES,
    Event.ROOM_ADDED: CATALOGUES,
    Event.ROOM_EDITED: CATALOGUES,
    Event.ROOM_RETIRED: CATALOGUES,
    Event.ROOM_RESTORED: CATALOGUES,
    Event.ROOMS_ORDERED: CATALOGUES,
    Event.ROOM_PLAN_SAVED: CATALOGUES,
    Event.SEATING_PLAN_TAKEN: SEATS,
    Event.SEATS_ASSIGNED: SEATS,
    Event.SEATS_ARRANGED: SEATS,
    Event.SEATS_CLEARED: SEATS,
    Event.TYPES_INSTALLED: RULES,
    Event.TYPE_ADDED: RULES,
    Event.TYPE_RENAMED: RULES,
    Event.TYPE_RETIRED: RULES,
    Event.TYPE_BROUGHT_BACK: RULES,
    Event.RULES_CHANGED: RULES,
    Event.RULES_WITHDRAWN: RULES,
    Event.RULES_IMPORTED: RULES,
    Event.WAYS_SET: RULES,
    Event.CALENDAR_DAY_SET: RULES,
    Event.CALENDAR_DAY_CLEARED: RULES,
    Event.CALENDAR_IMPORTED: RULES,
    Event.ITEM_MOVED: "the order of items is not searched",
    Event.PARTICIPANTS_SET: PEOPLE,
    Event.SESSION_CONVENED: "a session is found through its sittings",
    Event.SESSION_EDITED: "see SESSION_CONVENED",
    Event.SITTING_ADDED: "the sitting was found as a meeting before",
    Event.SITTING_TAKEN_OUT: "see SITTING_ADDED",
    Event.PRESIDIUM_SEATED: PEOPLE,
    Event.AUDIENCE_SET: STATE,
    Event.PAPER_RELEASED: STATE,
    Event.NOTE_SHARED: "notes are found in the paper they stand on, by those who may read them",
    Event.NOTE_TAKEN_BACK: "see NOTE_SHARED",
    Event.VERSIONS_COMPARED: "the pages of both versions are found by themselves",
    Event.PROGRAMME_SUBMITTED: STATE,
    Event.PROGRAMME_APPROVED: STATE,
    Event.PROGRAMME_REJECTED: STATE,
    Event.MEETING_ISSUED: STATE,
    Event.INVITATION_ANSWERED: PEOPLE,
    Event.INVITATION_DRAFTED: "what an invitation says is found with its meeting",
    Event.INVITATION_EDITED: "what an invitation says is found with its meeting",
    Event.INVITATION_SIGNED: STATE,
    Event.INVITATION_REOPENED: STATE,
    Event.INVITATION_ISSUED: "what an invitation says is found with its meeting",
    Event.INVITATION_SET: "what an invitation says is found with its meeting",
    Event.ABSENCE_DECIDED: PEOPLE,
    Event.SUBSTITUTE_NAMED: PEOPLE,
    Event.SUBSTITUTE_CONSENTED: PEOPLE,
    Event.SUBSTITUTE_REFUSED: PEOPLE,
    Event.SUBSTITUTE_WITHDRAWN: PEOPLE,
    Event.GUEST_ADDED: PEOPLE,
    Event.GUEST_LINK_MADE: PEOPLE,
    Event.GUEST_LINK_REVOKED: PEOPLE,
    Event.GUEST_LINK_USED: PEOPLE,
    Event.MEETING_CANCELLED: STATE,
    Event.MEETING_ARCHIVED: STATE,
    Event.PROGRAMME_HANDED_OUT: "each change was read when it was made",
    Event.SERIES_PLANNED: "each of its meetings is read as it is made",
    Event.TEMPLATE_SAVED: "templates are not searched",
    Event.TEMPLATE_EDITED: "templates are not searched",
    Event.FILE_RECEIVED: "its text is read first",
    Event.SCANNER_AWAY: "the administrator is told",
    Event.COPY_ASKED: "a copy holds what its paper holds",
    Event.PAPERS_REQUESTED: "nothing was handed in yet",
    Event.DUE_CHANGED: "due times are not searched",
    Event.UNIT_REMINDED: "reminders are not searched",
    Event.PREPARATION_BEGUN: "nothing was handed in yet",
    Event.PAPER_APPROVED_BY_HEAD: "it is handed in at the same moment",
    Event.PAPER_REJECTED_BY_HEAD: "the version was read when it was laid before the head",
    Event.CHECK_BEGUN: "the text of the paper stays as it is",
    Event.TIME_ASKED: "due times are not searched",
    Event.TIME_GRANTED: "due times are not searched",
    Event.TIME_REFUSED: "due times are not searched",
    Event.LATE_DECIDED: "what the chair decides on a late paper stands beside the paper",
    Event.REPLY_MAILED: PEOPLE,
    Event.TABLET_REVOKED: PEOPLE,
    Event.FEED_OPENED: PEOPLE,
    Event.FEED_REVOKED: PEOPLE,
    Event.WEEK_ENTRY_ADDED: WEEK,
    Event.WEEK_ENTRY_EDITED: WEEK,
    Event.WEEK_ENTRY_REMOVED: WEEK,
    Event.WEEK_PUBLISHED: WEEK,
    Event.WEEK_SET: WEEK,
    Event.CHECKED_IN: COURSE,
    Event.LEFT: COURSE,
    Event.NOTICE_TOLD: COURSE,
    Event.SCENE_SHOWN: COURSE,
    Event.ATTENDANCE_MARKED: COURSE,
    Event.ATTENDANCE_CORRECTED: COURSE,
    Event.HELP_CALLED: COURSE,
    Event.HELP_TAKEN: COURSE,
    Event.HELP_ENDED: COURSE,
    Event.CARDS_ORDERED: COURSE,
    Event.MEETING_PAUSED: COURSE,
    Event.MEETING_RESUMED: COURSE,
    Event.MEETING_ADJOURNED: COURSE,
    Event.ITEM_TAKEN_AHEAD: COURSE,
    Event.HANDED_OVER: COURSE,
    Event.HANDED_BACK: COURSE,
    Event.PRESIDER_CHANGED: COURSE,
    Event.SCRIPT_WRITTEN: "the run sheet is for those who preside and is never searched",
    Event.MEETING_CLOSED: COURSE,
    Event.ITEM_STARTED: COURSE,
    Event.PAGE_SHOWN: COURSE,
    Event.FLOOR_ASKED: COURSE,
    Event.FLOOR_WITHDRAWN: COURSE,
    Event.SPEAKER_CALLED: COURSE,
    Event.SPEECH_STARTED: COURSE,
    Event.SPEECH_STOPPED: COURSE,
    Event.SPEECH_EXTENDED: COURSE,
    Event.QUEUE_REORDERED: COURSE,
    Event.SPEAKER_SKIPPED: COURSE,
    Event.SPEECH_PAUSED: COURSE,
    Event.SPEECH_WENT_ON: COURSE,
    Event.HANDED_TO_WRITING: COURSE,
    Event.LIST_CLOSED: COURSE,
    Event.LIST_OPENED: COURSE,
    Event.QUEUE_CLEARED: COURSE,
    Event.STATEMENT_MARKED: JUDGEMENT,
    Event.OPINION_AGREED: COURSE,
    Event.OPINION_DISAGREED: COURSE,
    Event.MINUTES_PART_WRITTEN: "the minutes are searched once they are drafted",
    Event.QUESTION_PREPARED: "a question is found once its result is published",
    Event.QUESTION_READY: "a question is found once its result is published",
    Event.VOTE_OPENED: "a question is found once its result is published",
    Event.VOTE_PAUSED: COURSE,
    Event.VOTE_RESUMED: COURSE,
    Event.BALLOT_RECEIVED: "ballots are never searched",
    Event.VOTE_CLOSED: "a question is found once its result is published",
    Event.COUNTS_ENTERED: "a question is found once its result is published",
    Event.QUESTION_GROUP_PLANNED: COURSE,
    Event.QUESTION_GROUP_EDITED: COURSE,
    Event.QUESTION_GROUP_REMOVED: COURSE,
    Event.QUESTION_GROUPS_ORDERED: COURSE,
    Event.QUESTION_GROUP_AGREED: COURSE,
    Event.QUESTION_ASSIGNED: COURSE,
    Event.QUESTION_GROUP_OPENED: COURSE,
    Event.QUESTION_GROUP_STOPPED: COURSE,
    Event.QUESTION_GROUP_ENDED: COURSE,
    Event.QUESTION_TO_WRITING: COURSE,
    Event.QUESTION_ANSWERED_IN_WRITING: "the paper with the answer is read where it stands",
    Event.PROMISE_ANSWERED: "the state of a promise is read at every search",
    Event.PROMISE_KEPT: "the state of a promise is read at every search",
    Event.PROMISE_LAPSED: "the state of a promise is read at every search",
    Event.NOTICE_SUBMITTED: STATE,
    Event.NOTICE_APPROVED: STATE,
    Event.NOTICE_SENT_BACK: STATE,
    Event.NOTICE_SIGNED: STATE,
    Event.NOTICE_NOT_REQUIRED: "there is no text",
    Event.TASK_RECEIVED: "the state of a task is read at every search",
    Event.TASK_REPORTED: "the state of a task is read at every search",
    Event.TASK_ACCEPTED: "the state of a task is read at every search",
    Event.TASK_SENT_BACK: "the state of a task is read at every search",
    Event.TASK_URGED: "the state of a task is read at every search",
    Event.MEETING_GRADED: JUDGEMENT,
    Event.PAPER_GRADED: JUDGEMENT,
    Event.STATEMENT_GRADED: JUDGEMENT,
    Event.EVALUATION_CLOSED: JUDGEMENT,
    Event.REGISTER_IMPORTED: JUDGEMENT,
    Event.REMINDER_SENT: "a reminder is found where it reminds of something",
    Event.CHANNELS_SET: "settings are not text that anybody looks up",
    Event.DEMO_FILLED: "the demo is filled by acts, which feed search themselves",
}


@on(*FED)
def make_stale(tx: Tx, entry: Told) -> None:
    """Marks the passages that this event changed."""
    if entry.chain:
        for kind in FED[entry.event]:
            service.mark(tx, kind, entry.chain)


@on(Event.FILE_READY, Event.FILE_REFUSED)
def make_file_stale(tx: Tx, entry: Told) -> None:
    """The pages of a file are read now, or gone: the papers of every meeting that holds it are read anew."""
    holders = select(Requirement.meeting_id).join(Submission).where(Submission.file_id == entry.facts["file_id"])
    for meeting_id in set(tx.scalars(holders)):
        service.mark(tx, "paper", meeting_id)


@on(Event.RESTORED)
def start_anew(tx: Tx, entry: Told) -> None:  # noqa: ARG001 - the form of a reaction
    """After a restore the index belongs to another time: it is written anew."""
    jobs.enqueue(tx, REBUILD)


@job(REBUILD)
def rebuild() -> None:
    """Writes the whole index anew."""
    service.rebuild()
