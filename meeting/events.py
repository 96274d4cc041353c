"""Everything that can be told: the names under which it stands in the journal."""

from enum import StrEnum


class Event(StrEnum):
    """Everything that can be told. The value is what stands in the journal for ever: never renamed."""

    # organization
    BODY_ADDED = "organization.body_added"
    UNIT_ADDED = "organization.unit_added"
    UNIT_EDITED = "organization.unit_edited"
    UNIT_RETIRED = "organization.unit_retired"
    PERSON_ADDED = "organization.person_added"
    PERSON_EDITED = "organization.person_edited"
    ROLE_GIVEN = "organization.role_given"
    ROLE_ENDED = "organization.role_ended"
    PEOPLE_IMPORTED = "organization.people_imported"
    PASSWORD_CHANGED = "organization.password_changed"
    ACCOUNT_CHANGED = "organization.account_changed"  # opened, locked, unlocked
    GROUP_FORMED = "organization.group_formed"
    GROUP_EDITED = "organization.group_edited"
    GROUP_SEATED = "organization.group_seated"  # taken in, or given another post
    GROUP_LEFT = "organization.group_left"
    GROUP_RETIRED = "organization.group_retired"
    TOKEN_CREATED = "organization.token_created"
    TOKEN_REVOKED = "organization.token_revoked"
    # catalogues
    ENTRY_ADDED = "catalogues.entry_added"
    ENTRY_EDITED = "catalogues.entry_edited"
    ENTRY_RETIRED = "catalogues.entry_retired"
    ENTRY_RESTORED = "catalogues.entry_restored"
    ENTRIES_ORDERED = "catalogues.entries_ordered"
    CATALOGUES_FILLED = "catalogues.filled"  # with the defaults or from a list
    ROOM_ADDED = "catalogues.room_added"
    ROOM_EDITED = "catalogues.room_edited"
    ROOM_RETIRED = "catalogues.room_retired"
    ROOM_RESTORED = "catalogues.room_restored"
    ROOMS_ORDERED = "catalogues.rooms_ordered"
    ROOM_PLAN_SAVED = "catalogues.room_plan_saved"
    # rulebook
    TYPES_INSTALLED = "agenda.types_installed"
    TYPE_ADDED = "rulebook.type_added"
    TYPE_RENAMED = "rulebook.type_renamed"
    TYPE_RETIRED = "rulebook.type_retired"
    TYPE_BROUGHT_BACK = "rulebook.type_brought_back"
    RULES_CHANGED = "rulebook.rules_changed"  # a new version from a day on, with every changed rule
    RULES_WITHDRAWN = "rulebook.rules_withdrawn"  # before they began
    RULES_IMPORTED = "rulebook.rules_imported"
    WAYS_SET = "rulebook.ways_set"  # office hours of a body, and how it addresses people
    CALENDAR_DAY_SET = "rulebook.calendar_day_set"
    CALENDAR_DAY_CLEARED = "rulebook.calendar_day_cleared"
    CALENDAR_IMPORTED = "rulebook.calendar_imported"
    # agenda
    SEATING_PLAN_TAKEN = "agenda.seating_plan_taken"  # a room's plan was copied for a meeting
    SEATS_ASSIGNED = "agenda.seats_assigned"
    SEATS_ARRANGED = "agenda.seats_arranged"  # by the machine, in order of rank
    SEATS_CLEARED = "agenda.seats_cleared"
    MEETING_CREATED = "agenda.meeting_created"
    MEETING_EDITED = "agenda.meeting_edited"
    ITEM_ADDED = "agenda.item_added"
    ITEM_EDITED = "agenda.item_edited"
    ITEM_MOVED = "agenda.item_moved"
    ITEM_REMOVED = "agenda.item_removed"
    PARTICIPANTS_SET = "agenda.participants_set"
    PROGRAMME_SUBMITTED = "agenda.programme_submitted"
    PROGRAMME_APPROVED = "agenda.programme_approved"
    PROGRAMME_REJECTED = "agenda.programme_rejected"
    MEETING_ISSUED = "agenda.meeting_issued"
    INVITATION_ANSWERED = "agenda.invitation_answered"
    MEETING_POSTPONED = "agenda.meeting_postponed"
    MEETING_CANCELLED = "agenda.meeting_cancelled"
    MEETING_ARCHIVED = "agenda.meeting_archived"  # its file is closed
    ITEM_SET_ASIDE = "agenda.item_set_aside"  # put off to a later meeting, or withdrawn
    ITEM_RESTORED = "agenda.item_restored"
    PROGRAMME_HANDED_OUT = "agenda.programme_handed_out"  # a new version, with what changed
    SERIES_PLANNED = "agenda.series_planned"
    TEMPLATE_SAVED = "agenda.template_saved"
    TEMPLATE_EDITED = "agenda.template_edited"  # also retired and brought back
    # invitations
    INVITATION_DRAFTED = "invitations.paper_drafted"
    INVITATION_EDITED = "invitations.paper_edited"
    INVITATION_SIGNED = "invitations.paper_signed"
    INVITATION_REOPENED = "invitations.paper_reopened"  # the signature was taken back before the issue
    INVITATION_ISSUED = "invitations.paper_issued"  # with number and date
    INVITATION_SET = "invitations.document_set"  # its PDF was made
    ABSENCE_DECIDED = "invitations.absence_decided"
    SUBSTITUTE_NAMED = "invitations.substitute_named"
    SUBSTITUTE_CONSENTED = "invitations.substitute_consented"  # and has the seat from now on
    SUBSTITUTE_REFUSED = "invitations.substitute_refused"
    SUBSTITUTE_WITHDRAWN = "invitations.substitute_withdrawn"
    GUEST_ADDED = "invitations.guest_added"  # put on file and on the list in one go
    GUEST_LINK_MADE = "invitations.guest_link_made"
    GUEST_LINK_REVOKED = "invitations.guest_link_revoked"
    GUEST_LINK_USED = "invitations.guest_link_used"
    # documents
    FILE_RECEIVED = "documents.file_received"
    FILE_REFUSED = "documents.file_refused"  # broken, encrypted, secret
    FILE_READY = "documents.file_ready"
    SCANNER_AWAY = "documents.scanner_away"  # the virus scanner does not answer, so no file comes in
    COPY_ASKED = "documents.copy_asked"  # somebody takes a copy of a paper, with their name on it
    # materials
    PAPERS_REQUESTED = "materials.papers_requested"
    DUE_CHANGED = "materials.due_changed"
    PAPER_SUBMITTED = "materials.paper_submitted"
    PAPER_ACCEPTED = "materials.paper_accepted"
    PAPER_RETURNED = "materials.paper_returned"
    UNIT_REMINDED = "materials.unit_reminded"
    REQUIREMENT_WAIVED = "materials.requirement_waived"  # the paper is no longer asked for
    PREPARATION_BEGUN = "materials.preparation_begun"  # the unit says that it works on it
    PAPER_LAID_BEFORE_HEAD = "materials.paper_laid_before_head"  # of the unit, before it goes to the office
    PAPER_APPROVED_BY_HEAD = "materials.paper_approved_by_head"  # and sent thereby
    PAPER_REJECTED_BY_HEAD = "materials.paper_rejected_by_head"
    CHECK_BEGUN = "materials.check_begun"  # the office takes it up
    TIME_ASKED = "materials.time_asked"  # the unit wants a later due time
    TIME_GRANTED = "materials.time_granted"
    TIME_REFUSED = "materials.time_refused"
    LATE_DECIDED = "materials.late_decided"  # the chair: accepted, postponed, read out or refused
    PAPER_PUBLISHED = "materials.paper_published"  # handed out to those it is for
    PAPER_TAKEN_BACK = "materials.paper_taken_back"
    AUDIENCE_SET = "materials.audience_set"  # for whom a paper is, and from when
    PAPER_RELEASED = "materials.paper_released"  # a timed release came true for a group
    VERSIONS_COMPARED = "materials.versions_compared"  # what a new version changed, page by page
    # tablets
    TABLET_REVOKED = "tablets.tablet_revoked"  # a device shall forget its papers, its sessions end
    # notes
    NOTE_SHARED = "notes.shared"  # with everybody who reads the paper in the meeting; its words are not told
    NOTE_TAKEN_BACK = "notes.taken_back"
    # calendars
    REPLY_MAILED = "calendars.reply_mailed"  # an answer came by mail; facts say what became of it
    FEED_OPENED = "calendars.feed_opened"  # a private calendar address was made, an older one ended
    FEED_REVOKED = "calendars.feed_revoked"
    WEEK_ENTRY_ADDED = "calendars.week_entry_added"
    WEEK_ENTRY_EDITED = "calendars.week_entry_edited"
    WEEK_ENTRY_REMOVED = "calendars.week_entry_removed"
    WEEK_PUBLISHED = "calendars.week_published"
    WEEK_SET = "calendars.week_set"  # its PDF was made
    # live
    CHECKED_IN = "live.checked_in"
    ATTENDANCE_MARKED = "live.attendance_marked"  # a clerk called the roll: facts name the people and what each is
    ATTENDANCE_CORRECTED = "live.attendance_corrected"
    MEETING_OPENED = "live.meeting_opened"
    MEETING_PAUSED = "live.meeting_paused"
    MEETING_RESUMED = "live.meeting_resumed"
    MEETING_CLOSED = "live.meeting_closed"
    MEETING_ADJOURNED = "live.meeting_adjourned"  # it goes on another day
    ITEM_TAKEN_AHEAD = "live.item_taken_ahead"  # by decision of the meeting
    HANDED_OVER = "live.handed_over"  # somebody is asked to preside over the meeting or an item
    HANDED_BACK = "live.handed_back"  # taken back, given back, or fallen back to the chair
    PRESIDER_CHANGED = "live.presider_changed"  # from now on somebody else presides
    ITEM_STARTED = "live.item_started"
    PAGE_SHOWN = "live.page_shown"
    LEFT = "live.left"  # somebody went away before the end
    NOTICE_TOLD = "live.notice_told"  # a short word to everyone in the room
    SCENE_SHOWN = "live.scene_shown"  # what the big screen shows instead of what happens
    # rollcall
    HELP_CALLED = "rollcall.help_called"  # somebody calls for help from the seat
    HELP_TAKEN = "rollcall.help_taken"
    HELP_ENDED = "rollcall.help_ended"
    CARDS_ORDERED = "rollcall.cards_ordered"  # the worker is to make the cards with the codes of the seats
    # speaking
    FLOOR_ASKED = "speaking.floor_asked"
    FLOOR_WITHDRAWN = "speaking.floor_withdrawn"
    SPEAKER_CALLED = "speaking.speaker_called"
    SPEECH_STARTED = "speaking.speech_started"
    SPEECH_STOPPED = "speaking.speech_stopped"
    SPEECH_EXTENDED = "speaking.speech_extended"
    QUEUE_REORDERED = "speaking.queue_reordered"
    SPEAKER_SKIPPED = "speaking.speaker_skipped"  # called, but another goes first
    SPEECH_PAUSED = "speaking.speech_paused"  # its clock stands
    SPEECH_WENT_ON = "speaking.speech_went_on"
    HANDED_TO_WRITING = "speaking.handed_to_writing"  # written instead of spoken
    LIST_CLOSED = "speaking.list_closed"  # nobody asks for the floor any more
    LIST_OPENED = "speaking.list_opened"
    QUEUE_CLEARED = "speaking.queue_cleared"
    STATEMENT_MARKED = "speaking.statement_marked"  # the chair graded what was said
    # discussion
    OPINION_POSTED = "discussion.opinion_posted"
    OPINION_WITHDRAWN = "discussion.opinion_withdrawn"
    OPINION_HIDDEN = "discussion.opinion_hidden"  # by the chair or the desk, with the reason
    OPINION_SHOWN = "discussion.opinion_shown"  # again, after it was hidden
    OPINION_AGREED = "discussion.opinion_agreed"  # somebody puts their mark under it
    OPINION_DISAGREED = "discussion.opinion_disagreed"  # and takes it back
    # voting
    QUESTION_PREPARED = "voting.question_prepared"
    QUESTION_READY = "voting.question_ready"
    VOTE_OPENED = "voting.vote_opened"
    VOTE_PAUSED = "voting.vote_paused"
    VOTE_RESUMED = "voting.vote_resumed"
    BALLOT_RECEIVED = "voting.ballot_received"
    VOTE_CLOSED = "voting.vote_closed"
    RESULT_PUBLISHED = "voting.result_published"
    QUESTION_CANCELLED = "voting.question_cancelled"
    COUNTS_ENTERED = "voting.counts_entered"
    # questioning
    QUESTION_GROUP_PLANNED = "questioning.group_planned"
    QUESTION_GROUP_EDITED = "questioning.group_edited"
    QUESTION_GROUP_REMOVED = "questioning.group_removed"  # before it was put
    QUESTION_GROUPS_ORDERED = "questioning.groups_ordered"  # by hand, or by the number of agreements
    QUESTION_GROUP_AGREED = "questioning.group_agreed"  # a member wants it put, or no longer
    QUESTION_ASSIGNED = "questioning.question_assigned"  # to a group, or taken out of one
    QUESTION_GROUP_OPENED = "questioning.group_opened"
    QUESTION_GROUP_STOPPED = "questioning.group_stopped"
    QUESTION_GROUP_ENDED = "questioning.group_ended"
    QUESTION_TO_WRITING = "questioning.question_to_writing"  # is to be answered in writing, with the due date
    QUESTION_ANSWERED_IN_WRITING = "questioning.answered_in_writing"
    PROMISE_NOTED = "questioning.promise_noted"
    PROMISE_EDITED = "questioning.promise_edited"
    PROMISE_ANSWERED = "questioning.promise_answered"  # confirmed or objected to by whoever made it
    PROMISE_KEPT = "questioning.promise_kept"
    PROMISE_LAPSED = "questioning.promise_lapsed"  # no longer holds, with the reason
    # runsheet
    SCRIPT_WRITTEN = "runsheet.script_written"  # the words for an item; the words themselves are not told
    # conclusions
    MINUTES_PART_WRITTEN = "conclusions.minutes_part_written"  # somebody began to write on an item
    MINUTES_DRAFTED = "conclusions.minutes_drafted"
    MINUTES_EDITED = "conclusions.minutes_edited"
    MINUTES_SIGNED = "conclusions.minutes_signed"
    NOTICE_DRAFTED = "conclusions.notice_drafted"
    NOTICE_EDITED = "conclusions.notice_edited"
    NOTICE_SUBMITTED = "conclusions.notice_submitted"  # laid before the chair
    NOTICE_APPROVED = "conclusions.notice_approved"
    NOTICE_SENT_BACK = "conclusions.notice_sent_back"
    NOTICE_SIGNED = "conclusions.notice_signed"
    NOTICE_ISSUED = "conclusions.notice_issued"
    NOTICE_NOT_REQUIRED = "conclusions.notice_not_required"
    DOCUMENT_SET = "conclusions.document_set"  # the PDF of an official document was made
    # sittings
    SESSION_CONVENED = "sittings.session_convened"
    SESSION_EDITED = "sittings.session_edited"
    SITTING_ADDED = "sittings.sitting_added"  # a meeting became a sitting of a session
    SITTING_TAKEN_OUT = "sittings.sitting_taken_out"
    PRESIDIUM_SEATED = "sittings.presidium_seated"
    # tasks
    TASK_ASSIGNED = "tasks.task_assigned"
    TASK_RECEIVED = "tasks.task_received"
    TASK_REPORTED = "tasks.task_reported"
    TASK_ACCEPTED = "tasks.task_accepted"
    TASK_SENT_BACK = "tasks.task_sent_back"
    TASK_URGED = "tasks.task_urged"
    TASK_EXTENDED = "tasks.task_extended"
    # evaluation
    MEETING_GRADED = "evaluation.meeting_graded"
    PAPER_GRADED = "evaluation.paper_graded"
    STATEMENT_GRADED = "evaluation.statement_graded"
    EVALUATION_CLOSED = "evaluation.evaluation_closed"
    REGISTER_IMPORTED = "evaluation.register_imported"
    # notify
    REMINDER_SENT = "notify.reminder_sent"  # one step of one matter, to these people
    CHANNELS_SET = "notify.channels_set"  # a body's matrix, quiet hours or steps of reminders
    # records
    DEMO_FILLED = "records.demo_filled"
    RESTORED = "records.restored"
