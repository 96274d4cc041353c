"""Everything that takes a right, by name: one row of the table in `meeting.permissions` each."""

from enum import StrEnum


class Action(StrEnum):
    """One row of the table each. The value is what `me.can` carries to the screens."""

    # organization
    MANAGE_PEOPLE = "organization.manage"  # units, people, roles, imports, accounts
    READ_PEOPLE = "organization.read"  # lists of people and units for administration
    MANAGE_GROUPS = "organization.manage_groups"  # Tổ đại biểu, Ban, working groups of a body
    MANAGE_UNIT = "organization.manage_unit"  # people of one's own unit
    GIVE_RIGHTS = "organization.give_rights"  # extra rights beside the roles
    PRUNE_SIGN_INS = "organization.prune_sign_ins"  # the worker, by the retention policy only
    READ_SIGN_INS = "organization.read_sign_ins"  # the sign-in journal
    KEEP_OWN_ACCOUNT = "organization.keep_own_account"  # own password, language, text size, tokens
    # entrance
    ADMIT = "entrance.admit"  # the door itself: second steps taken, identities found
    # guides
    READ_GUIDES = "guides.read"
    KEEP_GUIDES = "guides.keep"  # edit what the guides say
    GIVE_FEEDBACK = "guides.give_feedback"
    ANSWER_FEEDBACK = "guides.answer_feedback"
    # catalogues
    READ_CATALOGUES = "catalogues.read"  # positions, kinds of documents, authorities, rooms: no secret inside
    MANAGE_CATALOGUES = "catalogues.manage"
    # rulebook
    READ_RULES = "rulebook.read"  # the rule books of a body
    MANAGE_RULES = "rulebook.manage"  # kinds of meetings and their rules
    MANAGE_CALENDAR = "rulebook.manage_calendar"  # days off and worked days of the installation
    # agenda
    READ_MEETING = "agenda.read"  # programme, time, place, participants
    LINK_ITEMS = "agenda.link_items"  # items of several meetings that are one matter
    PREPARE_MEETING = "agenda.prepare"  # create and edit meeting, programme, participants
    APPROVE_PROGRAMME = "agenda.approve"
    ISSUE_MEETING = "agenda.issue"  # send the invitations
    MOVE_MEETING = "agenda.move"  # postpone or cancel; put off an item
    ARCHIVE_MEETING = "agenda.archive"  # close its file
    REPLY_INVITATION = "agenda.reply"
    # invitations
    READ_INVITATION = "invitations.read"  # the invitation paper
    SIGN_INVITATION = "invitations.sign"
    SEE_REPLIES = "invitations.see_replies"  # who was sent what, who answered how
    DECIDE_ABSENCE = "invitations.decide_absence"
    DECIDE_SUBSTITUTE = "invitations.decide_substitute"  # the chair's consent
    OPEN_BY_LINK = "invitations.open_by_link"  # the door notes that a guest came in by a personal link
    # documents
    UPLOAD_FILE = "documents.upload"
    READ_OUT_DOCUMENT = "documents.read_out"  # the worker reports pages and text
    TAKE_COPY = "documents.take_copy"  # a copy of what one may read, with one's own name on each page
    # shelf
    KEEP_SHELF = "shelf.keep"  # own papers in folders
    # materials
    READ_PAPERS = "materials.read"
    READ_BOARD = "materials.read_board"  # which unit delivered what, and when
    REQUEST_PAPERS = "materials.request"
    SUBMIT_PAPERS = "materials.submit"
    APPROVE_UNIT_PAPERS = "materials.approve_for_unit"  # the unit's head: before a paper leaves the unit
    ASK_TIME = "materials.ask_time"  # the unit: more time for a paper
    GRANT_TIME = "materials.grant_time"  # the office: grants or refuses it
    DECIDE_LATE = "materials.decide_late"  # the chair: what becomes of a late paper
    REVIEW_PAPERS = "materials.review"  # accept, return, remind
    PUBLISH_PAPERS = "materials.publish"  # hand out, take back, say for whom and from when
    MAKE_RELEASES = "materials.make_releases"  # the worker makes timed releases true and compares versions
    SEE_READINESS = "materials.see_readiness"  # how many members have opened what; names are REVIEW_PAPERS
    KEEP_NOTES = "materials.keep_notes"  # own reading marks and private notes on what one may read
    # tablets
    KEEP_OWN_TABLETS = "tablets.keep_own"  # what is kept on one's own devices, their names, their end
    KEEP_TABLETS = "tablets.keep"  # the desk: pair, reset, take off anybody's
    OPEN_TABLETS = "tablets.open"  # the door itself: a browser paired, a PIN tried
    SET_TABLET_LOCK = "tablets.set_lock"  # after how many minutes tablets lock themselves
    # notes
    SHARE_NOTES = "notes.share"  # show own notes on papers to a group or to the whole meeting
    CARRY_NOTES = "notes.carry"  # the worker takes notes along to a new version
    # calendars
    KEEP_OWN_CALENDAR = "calendars.keep_own"  # own feed address
    READ_WEEK = "calendars.read_week"  # the weekly programme of a body
    KEEP_WEEK = "calendars.keep_week"  # entries that are no meetings
    PUBLISH_WEEK = "calendars.publish_week"
    TAKE_REPLIES = "calendars.take_replies"  # the worker and the pipe command read answers out of mails
    # live
    JOIN_LIVE = "live.join"
    SEE_DESK = "live.see_desk"  # names of who is present, who has not voted
    SHOW_HALL = "live.show_hall"  # the big screen
    CHECK_IN = "live.check_in"
    CORRECT_ATTENDANCE = "live.correct_attendance"
    RUN_MEETING = "live.run"  # open, pause, resume, close, go to item
    HAND_OVER = "live.hand_over"  # the meeting or an item to a deputy, and back
    SHOW_PAGE = "live.show_page"  # lead the page at any item, say a word to all
    LEAD_PAGE = "live.lead_page"  # lead it while one may: SHOW_PAGE always, others while they present the current item
    READ_JOURNAL = "live.read_journal"
    # speaking
    ASK_FLOOR = "speaking.ask"
    ENTER_FLOOR = "speaking.enter"  # ask for somebody else who raised a hand
    RUN_FLOOR = "speaking.run"  # call, start, stop, reorder
    # discussion
    POST_OPINION = "discussion.post"
    MODERATE = "discussion.moderate"
    # rollcall
    MAKE_SHEETS = "rollcall.make_sheets"  # attendance sheets and seat cards
    CALL_HELP = "rollcall.call_help"
    ANSWER_HELP = "rollcall.answer_help"
    # questioning
    KEEP_GROUPS = "questioning.keep_groups"  # groups of questions, before the sitting and in it
    RUN_QUESTIONING = "questioning.run"  # open, stop, end a group; call, answer
    KEEP_PROMISES = "questioning.keep_promises"
    READ_PROMISES = "questioning.read_promises"
    # runsheet
    READ_SCRIPT = "runsheet.read"  # kịch bản điều hành
    KEEP_SCRIPT = "runsheet.keep"
    # sittings
    KEEP_SESSIONS = "sittings.keep"  # kỳ họp with its sittings and presidium
    READ_SESSIONS = "sittings.read"
    # voting
    PREPARE_VOTE = "voting.prepare"
    RUN_VOTE = "voting.run"  # review, open, pause, resume, close, publish, cancel
    CAST_BALLOT = "voting.cast"  # and say that one is ready
    CAST_FOR = "voting.cast_for"  # enter what somebody without a working tablet said aloud
    CONFIRM_SPOKEN = "voting.confirm_spoken"
    ENTER_COUNTS = "voting.enter_counts"  # a show of hands
    KEEP_COMMITTEE = "voting.keep_committee"  # the people who count paper ballots
    ENTER_FIGURES = "voting.enter_figures"  # of paper ballots
    SETTLE_TIE = "voting.settle_tie"  # by a statement after the count
    TAKE_EVIDENCE = "voting.take_evidence"  # the pack that can be verified elsewhere
    READ_OWN_RECORD = "voting.read_own_record"  # how one voted oneself, over time
    READ_VOTING_RECORD = "voting.read_record"  # of anybody, open votes only
    # rounds
    KEEP_ROUNDS = "rounds.keep"  # written opinions: draft, send, remind, extend, close
    ANSWER_ROUND = "rounds.answer"
    READ_ROUNDS = "rounds.read"
    DECIDE_ROUND = "rounds.decide"
    RUN_ROUNDS = "rounds.run_by_time"  # the worker closes what is over and reminds
    # conclusions
    READ_CONCLUSIONS = "conclusions.read"
    WRITE_CONCLUSIONS = "conclusions.write"  # minutes and notices as text
    SIGN_MINUTES = "conclusions.sign_minutes"
    APPROVE_CONCLUSIONS = "conclusions.approve"
    SIGN_CONCLUSIONS = "conclusions.sign"
    ISSUE_CONCLUSIONS = "conclusions.issue"
    KEEP_FORMS = "conclusions.keep_forms"  # the usual words and signers of a body's papers, and who numbers them
    PUBLISH_CONCLUSIONS = "conclusions.publish"  # on the public page, and off it
    SEND_UP = "conclusions.send_up"  # a resolution to the body above
    # signing
    KEEP_OWN_KEYS = "signing.keep_own_keys"  # one's own certificates for signing
    KEEP_BODY_KEYS = "signing.keep_body_keys"  # those of a body
    # tasks
    READ_TASKS = "tasks.read"
    REPORT_TASK = "tasks.report"
    REVIEW_TASK = "tasks.review"  # accept, send back, urge, extend
    KEEP_TASKS = "tasks.keep"  # enter, edit, assign, transfer, cancel; answer proposals and obstacles
    RELEASE_TASKS = "tasks.release"  # show a task and its result to the public
    REVIEW_MONTH = "tasks.review_month"  # the monthly review
    # evaluation
    GRADE = "evaluation.grade"
    READ_EVALUATION = "evaluation.read"
    READ_REPORT = "evaluation.report"  # figures by body and period
    READ_LEDGER = "evaluation.ledger"  # punctuality of all units of a body; a unit's people only of their own
    IMPORT_REGISTER = "evaluation.import_register"
    KEEP_EVALUATION_FORM = "evaluation.keep_form"
    ANSWER_SURVEY = "evaluation.answer_survey"
    CLOSE_EVALUATIONS = "evaluation.close_by_time"  # the worker finishes what is over
    KEEP_PROCEDURES = "evaluation.keep_procedures"  # the steps of holding a meeting, with roles and norms
    # exchange
    KEEP_CLIENTS = "exchange.keep_clients"  # other systems: keys, rights, addresses that are told
    SEND_WEBHOOKS = "exchange.send"  # the worker tells other systems
    # opendata
    SHOW_SITTING = "opendata.show"  # a sitting of the council to the public, and back
    KEEP_OPEN_DATA = "opendata.keep"  # the worker keeps what the public reads up to date
    # practice
    PRACTISE = "practice.hold"  # make and end practice meetings
    # notify, search, records
    READ_NOTICES = "notify.read"  # one's own notices
    SET_CHANNELS = "notify.set_channels"  # the matrix, quiet hours and steps of reminders of a body
    SEND_NOTICES = "notify.send"  # the worker reports deliveries
    FEED_SEARCH = "search.feed"  # the worker keeps the passages
    KEEP_SEARCHES = "search.keep_own"  # own saved and recent searches
    FIND_PEOPLE = "search.find_people"  # people and units among what is found
    KEEP_BACKUPS = "records.keep_backups"  # schedule, see and check backups
    KEEP_RETENTION = "records.keep_retention"  # how long journals of sign-ins and the like are kept
    TAKE_ARCHIVE = "records.take_archive"  # the archive file of a closed meeting
    READ_HEALTH = "health.read"  # the doctor's page and figures
    KEEP_RECORDS = "records.keep"  # verify, back up, restore
