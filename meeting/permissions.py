"""Who may do what: one table. Rights hold for each body and each meeting, never everywhere.

A subject (a body, a meeting, or something that belongs to one) says which hats an actor wears towards it. The table below
says which hats may do an action. Somebody without any hat there is told that there is no such thing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Role(StrEnum):
    """A hat worn in one body or in one meeting."""

    MEMBER = "member"  # thành viên, đại biểu: votes
    CHAIR = "chair"  # chủ trì, chủ tọa
    PRESIDER = "presider"  # chủ tọa điều hành: presides now, the chair or the deputy it was handed to
    PRESIDIUM = "presidium"  # đoàn chủ tọa: sits beside the presiding person
    SECRETARY = "secretary"  # thư ký, chuyên viên Văn phòng: prepares and keeps the minutes
    CHIEF = "chief"  # Chánh Văn phòng: checks, signs by order
    CLERK = "clerk"  # văn thư: number, seal, issue
    OFFICER = "officer"  # cán bộ đơn vị: hands in papers, reports tasks
    HEAD = "head"  # lãnh đạo đơn vị
    GUEST = "guest"  # khách mời: speaks when invited, no vote
    INSPECTOR = "inspector"  # thanh tra, cấp trên: reads figures and evidence
    UNIT_ADMIN = "unit_admin"  # quản trị đơn vị
    ADMIN = "admin"  # quản trị hệ thống: people, units, figures; no papers
    SYSTEM = "system"  # the worker and the command line, never a person


class Action(StrEnum):
    """One row of the table each. The value is what `me.can` carries to the screens."""

    # organization
    MANAGE_PEOPLE = "organization.manage"  # units, people, roles, imports, accounts
    READ_PEOPLE = "organization.read"  # lists of people and units for administration
    MANAGE_GROUPS = "organization.manage_groups"  # Tổ đại biểu, Ban, working groups of a body
    READ_SIGN_INS = "organization.read_sign_ins"  # the sign-in journal
    KEEP_OWN_ACCOUNT = "organization.keep_own_account"  # own password, language, text size, tokens
    # catalogues
    READ_CATALOGUES = "catalogues.read"  # positions, kinds of documents, authorities, rooms: no secret inside
    MANAGE_CATALOGUES = "catalogues.manage"
    # rulebook
    READ_RULES = "rulebook.read"  # the rule books of a body
    MANAGE_RULES = "rulebook.manage"  # kinds of meetings and their rules
    MANAGE_CALENDAR = "rulebook.manage_calendar"  # days off and worked days of the installation
    # agenda
    READ_MEETING = "agenda.read"  # programme, time, place, participants
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
    RUN_VOTE = "voting.run"  # open, pause, resume, close, publish, cancel
    CAST_BALLOT = "voting.cast"
    ENTER_COUNTS = "voting.enter_counts"
    # conclusions
    READ_CONCLUSIONS = "conclusions.read"
    WRITE_CONCLUSIONS = "conclusions.write"  # minutes and notices as text
    SIGN_MINUTES = "conclusions.sign_minutes"
    APPROVE_CONCLUSIONS = "conclusions.approve"
    SIGN_CONCLUSIONS = "conclusions.sign"
    ISSUE_CONCLUSIONS = "conclusions.issue"
    # tasks
    READ_TASKS = "tasks.read"
    REPORT_TASK = "tasks.report"
    REVIEW_TASK = "tasks.review"  # accept, send back, urge, extend
    # evaluation
    GRADE = "evaluation.grade"
    READ_EVALUATION = "evaluation.read"
    READ_REPORT = "evaluation.report"  # figures by body and period
    READ_LEDGER = "evaluation.ledger"  # punctuality of all units of a body; a unit's people only of their own
    IMPORT_REGISTER = "evaluation.import_register"
    # notify, search, records
    READ_NOTICES = "notify.read"  # one's own notices
    SET_CHANNELS = "notify.set_channels"  # the matrix, quiet hours and steps of reminders of a body
    SEND_NOTICES = "notify.send"  # the worker reports deliveries
    FEED_SEARCH = "search.feed"  # the worker keeps the passages
    KEEP_RECORDS = "records.keep"  # verify, back up, restore


_CHAIR = {Role.CHAIR}
_PRESIDING = {Role.PRESIDER}
_PODIUM = {Role.CHAIR, Role.PRESIDER, Role.PRESIDIUM}
_DESK = {Role.SECRETARY, Role.CHIEF}
_OFFICE = _DESK | {Role.CLERK}
_UNIT = {Role.OFFICER, Role.HEAD}
_SEATED = {Role.MEMBER, Role.CHAIR, Role.GUEST}
_INSIDE = _SEATED | {Role.PRESIDER, Role.PRESIDIUM} | _OFFICE | _UNIT | {Role.INSPECTOR}
_EVERYONE = set(Role) - {Role.SYSTEM}


def _row(*groups: Iterable[Role]) -> frozenset[Role]:
    return frozenset(role for group in groups for role in group)


ALLOWED: Mapping[Action, frozenset[Role]] = {
    Action.MANAGE_PEOPLE: _row([Role.ADMIN, Role.SYSTEM]),
    Action.READ_PEOPLE: _row([Role.ADMIN, Role.UNIT_ADMIN]),
    Action.MANAGE_GROUPS: _row(_DESK),
    Action.READ_SIGN_INS: _row([Role.ADMIN]),
    Action.KEEP_OWN_ACCOUNT: _row(_EVERYONE),
    Action.READ_CATALOGUES: _row(_EVERYONE),
    Action.MANAGE_CATALOGUES: _row(_DESK, [Role.ADMIN, Role.SYSTEM]),
    Action.READ_RULES: _row(_INSIDE, [Role.ADMIN, Role.SYSTEM]),
    Action.MANAGE_RULES: _row(_CHAIR, _DESK),
    Action.MANAGE_CALENDAR: _row(_DESK, [Role.ADMIN]),
    Action.READ_MEETING: _row(_INSIDE),
    Action.PREPARE_MEETING: _row(_DESK),
    Action.APPROVE_PROGRAMME: _row(_CHAIR, [Role.CHIEF]),  # which of them: the rule book
    Action.ISSUE_MEETING: _row(_OFFICE),
    Action.MOVE_MEETING: _row(_CHAIR, _PRESIDING, _DESK),
    Action.ARCHIVE_MEETING: _row(_OFFICE),
    Action.REPLY_INVITATION: _row(_SEATED),
    Action.READ_INVITATION: _row(_INSIDE),
    Action.SIGN_INVITATION: _row(_CHAIR, [Role.CHIEF]),
    Action.SEE_REPLIES: _row(_CHAIR, _OFFICE),
    Action.DECIDE_ABSENCE: _row(_CHAIR, _DESK),
    Action.DECIDE_SUBSTITUTE: _row(_CHAIR),
    Action.OPEN_BY_LINK: _row([Role.SYSTEM]),
    Action.UPLOAD_FILE: _row(_UNIT, _DESK, _CHAIR, [Role.CLERK, Role.MEMBER]),
    Action.READ_OUT_DOCUMENT: _row([Role.SYSTEM]),
    Action.TAKE_COPY: _row(_EVERYONE),
    Action.KEEP_SHELF: _row(_UNIT, _DESK, _CHAIR, [Role.CLERK, Role.MEMBER]),
    Action.READ_PAPERS: _row(_SEATED, _OFFICE),
    Action.READ_BOARD: _row(_CHAIR, _OFFICE, [Role.INSPECTOR]),
    Action.REQUEST_PAPERS: _row(_DESK),
    Action.SUBMIT_PAPERS: _row(_UNIT),
    Action.APPROVE_UNIT_PAPERS: _row([Role.HEAD]),
    Action.ASK_TIME: _row(_UNIT),
    Action.GRANT_TIME: _row(_DESK),
    Action.DECIDE_LATE: _row(_CHAIR, _PRESIDING),
    Action.REVIEW_PAPERS: _row(_DESK),
    Action.PUBLISH_PAPERS: _row(_DESK),
    Action.MAKE_RELEASES: _row([Role.SYSTEM]),
    Action.SEE_READINESS: _row(_PODIUM, _DESK),
    Action.KEEP_NOTES: _row(_EVERYONE),
    Action.KEEP_OWN_TABLETS: _row(_EVERYONE),
    Action.SHARE_NOTES: _row(_SEATED, _OFFICE),
    Action.CARRY_NOTES: _row([Role.SYSTEM]),
    Action.KEEP_OWN_CALENDAR: _row(_EVERYONE),
    Action.READ_WEEK: _row([Role.MEMBER, Role.INSPECTOR], _CHAIR, _OFFICE, _UNIT),
    Action.KEEP_WEEK: _row(_OFFICE),
    Action.PUBLISH_WEEK: _row(_CHAIR, [Role.CHIEF]),
    Action.TAKE_REPLIES: _row([Role.SYSTEM]),
    Action.JOIN_LIVE: _row(_SEATED, _OFFICE),
    Action.SEE_DESK: _row(_PODIUM, _DESK),
    Action.SHOW_HALL: _row(_PODIUM, _OFFICE),
    Action.CHECK_IN: _row(_SEATED),
    Action.CORRECT_ATTENDANCE: _row(_OFFICE),
    Action.RUN_MEETING: _row(_PRESIDING),
    Action.HAND_OVER: _row(_CHAIR, _PRESIDING),
    Action.SHOW_PAGE: _row(_PODIUM, _DESK),
    Action.LEAD_PAGE: _row(_SEATED, _DESK),
    Action.READ_JOURNAL: _row(_CHAIR, _DESK, [Role.INSPECTOR]),
    Action.ASK_FLOOR: _row(_SEATED),
    Action.ENTER_FLOOR: _row(_PODIUM, _DESK),
    Action.RUN_FLOOR: _row(_PRESIDING, [Role.PRESIDIUM]),
    Action.POST_OPINION: _row(_SEATED),
    Action.MODERATE: _row(_PODIUM, _DESK),
    Action.MAKE_SHEETS: _row(_CHAIR, _PRESIDING, _OFFICE),
    Action.CALL_HELP: _row(_SEATED),
    Action.ANSWER_HELP: _row(_OFFICE),
    Action.KEEP_GROUPS: _row(_PODIUM, _DESK),
    Action.RUN_QUESTIONING: _row(_PRESIDING, [Role.PRESIDIUM]),
    Action.KEEP_PROMISES: _row(_PODIUM, _DESK),
    Action.READ_PROMISES: _row(_INSIDE),
    Action.READ_SCRIPT: _row(_PODIUM, _DESK),
    Action.KEEP_SCRIPT: _row(_PODIUM, _DESK),
    Action.KEEP_SESSIONS: _row(_DESK),
    Action.READ_SESSIONS: _row(_INSIDE),
    Action.PREPARE_VOTE: _row(_CHAIR, _PRESIDING, _DESK),
    Action.RUN_VOTE: _row(_PRESIDING),
    Action.CAST_BALLOT: _row([Role.MEMBER]),
    Action.ENTER_COUNTS: _row(_CHAIR, _PRESIDING, _DESK),
    Action.READ_CONCLUSIONS: _row(_INSIDE),
    Action.WRITE_CONCLUSIONS: _row(_DESK),
    Action.SIGN_MINUTES: _row(_CHAIR, [Role.CHIEF]),
    Action.APPROVE_CONCLUSIONS: _row(_CHAIR),
    Action.SIGN_CONCLUSIONS: _row(_CHAIR, [Role.CHIEF]),
    Action.ISSUE_CONCLUSIONS: _row([Role.CLERK, Role.CHIEF]),
    Action.READ_TASKS: _row(_INSIDE),
    Action.REPORT_TASK: _row(_UNIT),
    Action.REVIEW_TASK: _row(_CHAIR, _DESK),
    Action.GRADE: _row(_CHAIR),
    Action.READ_EVALUATION: _row(_CHAIR, _DESK, [Role.INSPECTOR]),
    Action.READ_REPORT: _row(_CHAIR, _OFFICE, [Role.INSPECTOR, Role.ADMIN]),
    Action.READ_LEDGER: _row(_CHAIR, _OFFICE, _UNIT, [Role.INSPECTOR, Role.ADMIN]),
    Action.IMPORT_REGISTER: _row([Role.ADMIN, Role.SYSTEM]),
    Action.READ_NOTICES: _row(_EVERYONE),
    Action.SET_CHANNELS: _row(_DESK),
    Action.SEND_NOTICES: _row([Role.SYSTEM]),
    Action.FEED_SEARCH: _row([Role.SYSTEM]),
    Action.KEEP_RECORDS: _row([Role.SYSTEM]),
}


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person with the roles that hold today, or the system itself."""

    account_id: int
    person_id: int
    name: str
    unit_id: int | None = None
    roles: frozenset[tuple[int, Role]] = field(default_factory=frozenset)  # (body_id, role)
    is_admin: bool = False
    system: bool = False
    username: str = ""
    language: str = "vi"
    text_size: int = 100
    easy: bool = False  # three large buttons in the chamber
    position: str = ""  # shown under the name
    only_meeting: int | None = None  # a guest who came in by a personal link: this meeting and nothing else

    def roles_in(self, body_id: int) -> frozenset[Role]:
        """The hats worn in one body."""
        return frozenset(role for body, role in self.roles if body == body_id)

    def bodies_as(self, *roles: Role) -> frozenset[int]:
        """The bodies in which the actor has one of these roles (any role when none is named)."""
        return frozenset(body for body, role in self.roles if not roles or role in roles)


SYSTEM = Actor(account_id=0, person_id=0, name="system", system=True, username="system")


class Subject(Protocol):
    """Something that rights are asked for."""

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """The hats the actor wears towards this subject; none means: not to be known of."""


class Installation:
    """The subject of actions that belong to no body: people, imports, one's own account."""

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Everyone signed in wears the hats they have anywhere; administrators and the system theirs."""
        hats = {role for _, role in actor.roles}
        if actor.is_admin:
            hats.add(Role.ADMIN)
        if actor.system:
            hats.add(Role.SYSTEM)
        return frozenset(hats or {Role.GUEST})


INSTALLATION = Installation()


def allows(action: Action, hats: Iterable[Role]) -> bool:
    """Whether one of these hats may do the action."""
    return not ALLOWED[action].isdisjoint(hats)


def actions_of(hats: Iterable[Role]) -> list[Action]:
    """All that these hats may do, in the order of the table (for `me.can`)."""
    worn = set(hats)
    return [action for action, roles in ALLOWED.items() if not roles.isdisjoint(worn)]
