"""Who may do what: one table. Rights hold for each body and each meeting, never everywhere.

A subject (a body, a meeting, or something that belongs to one) says which hats an actor wears towards it. The table below
says which hats may do an action. Somebody without any hat there is told that there is no such thing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, cast

from meeting.actions import Action as Action  # noqa: PLC0414 - part of this module's own words
from meeting.grantable import rights_for


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
    COUNTER = "counter"  # Ban kiểm phiếu: counts paper ballots of a question
    GUEST = "guest"  # khách mời: speaks when invited, no vote
    INSPECTOR = "inspector"  # thanh tra, cấp trên: reads figures and evidence
    UNIT_ADMIN = "unit_admin"  # quản trị đơn vị
    ADMIN = "admin"  # quản trị hệ thống: people, units, figures; no papers
    SYSTEM = "system"  # the worker and the command line, never a person


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


BY_ROLE: Mapping[Action, frozenset[Role]] = {
    Action.MANAGE_PEOPLE: _row([Role.ADMIN, Role.SYSTEM]),
    Action.READ_PEOPLE: _row([Role.ADMIN, Role.UNIT_ADMIN]),
    Action.MANAGE_UNIT: _row([Role.UNIT_ADMIN, Role.ADMIN]),
    Action.GIVE_RIGHTS: _row([Role.ADMIN]),
    Action.PRUNE_SIGN_INS: _row([Role.SYSTEM]),
    Action.MANAGE_GROUPS: _row(_DESK),
    Action.READ_SIGN_INS: _row([Role.ADMIN]),
    Action.KEEP_OWN_ACCOUNT: _row(_EVERYONE),
    Action.ADMIT: _row([Role.SYSTEM]),
    Action.READ_GUIDES: _row(_EVERYONE),
    Action.KEEP_GUIDES: _row(_DESK, [Role.ADMIN]),
    Action.GIVE_FEEDBACK: _row(_EVERYONE),
    Action.ANSWER_FEEDBACK: _row([Role.ADMIN]),
    Action.READ_CATALOGUES: _row(_EVERYONE),
    Action.MANAGE_CATALOGUES: _row(_DESK, [Role.ADMIN, Role.SYSTEM]),
    Action.READ_RULES: _row(_INSIDE, [Role.ADMIN, Role.SYSTEM]),
    Action.MANAGE_RULES: _row(_CHAIR, _DESK),
    Action.MANAGE_CALENDAR: _row(_DESK, [Role.ADMIN]),
    Action.READ_MEETING: _row(_INSIDE),
    Action.PREPARE_MEETING: _row(_DESK),
    Action.LINK_ITEMS: _row(_DESK),
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
    Action.KEEP_TABLETS: _row(_OFFICE, [Role.ADMIN]),
    Action.OPEN_TABLETS: _row([Role.SYSTEM]),
    Action.SET_TABLET_LOCK: _row([Role.ADMIN]),
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
    Action.CAST_FOR: _row(_DESK),
    Action.CONFIRM_SPOKEN: _row(_PRESIDING),
    Action.ENTER_COUNTS: _row(_CHAIR, _PRESIDING, _DESK),
    Action.KEEP_COMMITTEE: _row(_CHAIR, _PRESIDING, _DESK),
    Action.ENTER_FIGURES: _row([Role.COUNTER]),
    Action.SETTLE_TIE: _row(_CHAIR, _PRESIDING),
    Action.TAKE_EVIDENCE: _row(_CHAIR, _PRESIDING, _DESK, [Role.INSPECTOR]),
    Action.READ_OWN_RECORD: _row([Role.MEMBER], _CHAIR),
    Action.READ_VOTING_RECORD: _row(_CHAIR, _OFFICE, [Role.INSPECTOR]),
    Action.KEEP_ROUNDS: _row(_DESK),
    Action.ANSWER_ROUND: _row([Role.MEMBER], _CHAIR),
    Action.READ_ROUNDS: _row([Role.MEMBER], _CHAIR, _OFFICE, [Role.INSPECTOR]),
    Action.DECIDE_ROUND: _row(_CHAIR),
    Action.RUN_ROUNDS: _row([Role.SYSTEM]),
    Action.READ_CONCLUSIONS: _row(_INSIDE),
    Action.WRITE_CONCLUSIONS: _row(_DESK),
    Action.SIGN_MINUTES: _row(_CHAIR, _DESK),  # who of them: the rule book
    Action.APPROVE_CONCLUSIONS: _row(_CHAIR),
    Action.SIGN_CONCLUSIONS: _row(_CHAIR, [Role.CHIEF]),
    Action.ISSUE_CONCLUSIONS: _row([Role.CLERK, Role.CHIEF]),
    Action.KEEP_FORMS: _row(_DESK),
    Action.PUBLISH_CONCLUSIONS: _row(_CHAIR, [Role.CHIEF]),
    Action.SEND_UP: _row(_OFFICE),
    Action.KEEP_OWN_KEYS: _row(_EVERYONE),
    Action.KEEP_BODY_KEYS: _row([Role.CLERK, Role.CHIEF]),
    Action.READ_TASKS: _row(_INSIDE),
    Action.REPORT_TASK: _row(_UNIT),
    Action.REVIEW_TASK: _row(_CHAIR, _DESK),
    Action.KEEP_TASKS: _row(_CHAIR, _DESK),
    Action.RELEASE_TASKS: _row(_CHAIR, [Role.CHIEF]),
    Action.REVIEW_MONTH: _row(_CHAIR, _DESK),
    Action.GRADE: _row(_CHAIR),
    Action.READ_EVALUATION: _row(_CHAIR, _DESK, [Role.INSPECTOR]),
    Action.READ_REPORT: _row(_CHAIR, _OFFICE, [Role.INSPECTOR, Role.ADMIN]),
    Action.READ_LEDGER: _row(_CHAIR, _OFFICE, _UNIT, [Role.INSPECTOR, Role.ADMIN]),
    Action.IMPORT_REGISTER: _row([Role.ADMIN, Role.SYSTEM]),
    Action.KEEP_EVALUATION_FORM: _row(_CHAIR, _DESK),
    Action.ANSWER_SURVEY: _row([Role.MEMBER], _CHAIR),
    Action.CLOSE_EVALUATIONS: _row([Role.SYSTEM]),
    Action.KEEP_PROCEDURES: _row(_DESK),
    Action.READ_NOTICES: _row(_EVERYONE),
    Action.SET_CHANNELS: _row(_DESK),
    Action.SEND_NOTICES: _row([Role.SYSTEM]),
    Action.FEED_SEARCH: _row([Role.SYSTEM]),
    Action.KEEP_SEARCHES: _row(_EVERYONE),
    Action.FIND_PEOPLE: _row(_INSIDE - {Role.GUEST}, [Role.ADMIN, Role.UNIT_ADMIN]),
    Action.KEEP_CLIENTS: _row([Role.ADMIN]),
    Action.SEND_WEBHOOKS: _row([Role.SYSTEM]),
    Action.SHOW_SITTING: _row(_CHAIR, [Role.CHIEF]),
    Action.KEEP_OPEN_DATA: _row([Role.SYSTEM]),
    Action.PRACTISE: _row(_DESK),
    Action.KEEP_BACKUPS: _row([Role.ADMIN, Role.SYSTEM]),
    Action.KEEP_RETENTION: _row([Role.ADMIN]),
    Action.TAKE_ARCHIVE: _row(_OFFICE),
    Action.READ_HEALTH: _row([Role.ADMIN]),
    Action.KEEP_RECORDS: _row([Role.SYSTEM]),
}


def hat(action: Action) -> Role:
    """An extra right as a hat of its own: it stands beside the roles in every row that it opens."""
    return cast("Role", action)


def _with_rights(action: Action, roles: frozenset[Role]) -> frozenset[Role]:
    return roles | {hat(right) for right in rights_for(action)}


#: The table that is asked: roles, and the extra rights that can be given beside them.
ALLOWED: Mapping[Action, frozenset[Role]] = {action: _with_rights(action, roles) for action, roles in BY_ROLE.items()}


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
    extra: frozenset[tuple[int, Action]] = field(default_factory=frozenset)  # rights beside the roles: (body_id, right)
    practice: frozenset[int] = frozenset()  # bodies of a practice: worked in by their own address, in no list of bodies
    as_of: int | None = field(default=None, compare=False)  # PostgreSQL: how long the record of rights was when this was read

    @property
    def hats(self) -> frozenset[tuple[int, Role]]:
        """Roles and extra rights, each with its body."""
        return self.roles | {(body, hat(right)) for body, right in self.extra} if self.extra else self.roles

    def roles_in(self, body_id: int) -> frozenset[Role]:
        """The hats worn in one body: roles, and extra rights as hats of their own."""
        return frozenset(role for body, role in self.hats if body == body_id)

    def bodies_as(self, *roles: Role) -> frozenset[int]:
        """The bodies in which the actor has one of these hats (any when none is named). Those of a practice are never listed."""
        return frozenset(body for body, role in self.hats if not roles or role in roles) - self.practice


SYSTEM = Actor(account_id=0, person_id=0, name="system", system=True, username="system")


class Subject(Protocol):
    """Something that rights are asked for."""

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """The hats the actor wears towards this subject; none means: not to be known of."""


class Installation:
    """The subject of actions that belong to no body: people, imports, one's own account."""

    def hats_of(self, actor: Actor, session: Any) -> frozenset[Role]:
        """Everyone signed in wears the hats they have anywhere; administrators and the system theirs."""
        hats = {role for _, role in actor.hats}
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
