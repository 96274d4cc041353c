"""What the pages of this room show: the desk of a meeting's invitations, the editor of the paper, a guest's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.queries import by_given_name, meeting_of
from meeting.agenda.rules import may_step
from meeting.errors import N_, Forbidden, Refused
from meeting.invitations import queries, rules, sheets
from meeting.invitations.models import GuestLink, Invitation, Substitution
from meeting.organization.models import Person
from meeting.organization.numbering import next_number_of
from meeting.permissions import Action, Actor, Role, actions_of, allows

#: The states of an invitation in the words of the office (Đã gửi → Đã xem → Xác nhận dự; Báo vắng → Đồng ý, Không đồng ý).
STATES: dict[str, tuple[str, str, str]] = {
    "not_sent": (N_("Not sent yet"), "", "mail"),
    "sent": (N_("Sent"), "", "mail"),
    "seen": (N_("Seen, not answered"), "warn", "eye"),
    "accepted": (N_("Will attend"), "agree", "check"),
    "asked": (N_("Reports absence"), "warn", "clock"),
    "approved": (N_("Absent with leave"), "primary", "check"),
    "refused": (N_("Absence not agreed"), "oppose", "x"),
    "declined": (N_("Absent"), "oppose", "x"),
}
MOST = 20  # people offered as substitutes at once
FILTERS: dict[str, str] = {
    "": N_("All"),
    "waiting": N_("To decide"),
    "silent": N_("Not answered"),
    "accepted": N_("Will attend"),
    "absent": N_("Absent"),
    "substitutes": N_("Substitutes"),
    "guests": N_("Guests"),
}


def state_of(each: Participant) -> str:
    """Where an invitation stands, as a key of STATES."""
    if each.invited_at is None:
        return "not_sent"
    if each.reply == "accepted":
        return "accepted"
    if each.reply == "declined":
        return each.absence or "declined"
    return "seen" if each.seen_at else "sent"


@dataclass(frozen=True)
class Row:
    """One person on the desk: the invitation, who stands in, the personal link."""

    invited: Participant
    substitution: Substitution | None
    link: GuestLink | None
    has_account: bool

    @property
    def state(self) -> str:
        """A key of STATES."""
        return state_of(self.invited)

    def fits(self, show: str) -> bool:
        """Whether the row belongs to a filter."""
        each = self.invited
        waits = self.substitution is not None and self.substitution.state == "asked"
        return {
            "waiting": each.absence == "asked" or waits,
            "silent": each.invited_at is not None and each.reply == "none",
            "accepted": each.reply == "accepted",
            "absent": each.reply == "declined",
            "substitutes": each.stands_for_id is not None or self.substitution is not None,
            "guests": not each.voting and each.stands_for_id is None,
        }.get(show, True)


@dataclass(frozen=True)
class Desk:
    """The invitations of one meeting."""

    meeting: Meeting
    hats: frozenset[Role]
    rows: Sequence[Row]
    papers: Sequence[Invitation]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each filter shows."""
        return {key or "all": len(self.shown(key)) for key in FILTERS}

    def shown(self, show: str) -> list[Row]:
        """The rows of a filter; unknown filters show all."""
        return [each for each in self.rows if each.fits(show)]

    @property
    def issued(self) -> Invitation | None:
        """The paper in force."""
        return next((each for each in self.papers if each.state == "issued"), None)


def desk_of(session: Session, actor: Actor, meeting_id: int) -> Desk:
    """All invitations of a meeting for its chair and its office; forbidden to others, Missing for strangers."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.SEE_REPLIES, hats):
        raise Forbidden()
    people = by_given_name(queries.participants_of(session, meeting.id))
    named = {each.person_id: each for each in reversed(queries.substitutions_of(session, meeting.id)) if each.is_open}
    links = queries.links_of(session, meeting.id) if allows(Action.PREPARE_MEETING, hats) else {}
    accounts = queries.with_accounts(session, [each.person_id for each in people])
    rows = [Row(each, named.get(each.person_id), links.get(each.person_id), each.person_id in accounts) for each in people]
    return Desk(meeting, hats, rows, queries.papers_of(session, actor, meeting))


def desk_page(session: Session, actor: Actor, meeting_id: int, show: str) -> dict[str, Any]:
    """What the desk's page needs."""
    found = desk_of(session, actor, meeting_id)
    show = show if show in FILTERS else ""
    return {
        "desk": found,
        "meeting": found.meeting,
        "show": show,
        "rows": found.shown(show),
        "filters": FILTERS,
        "states": STATES,
        "can": {action.value for action in actions_of(found.hats)},
        "link_state": link_state,
        "linkable": found.meeting.state in ("issued", "in_session", "paused"),
        "me": actor.person_id,
        "document": queries.document_of(session, found.issued),
        "paper": found.papers[0] if found.papers else None,
    }


def link_state(link: GuestLink) -> str:
    """open, revoked or expired."""
    if link.revoked_at is not None:
        return "revoked"
    return "open" if link.expires_at > clock.now() else "expired"


# the paper


def paper_page(session: Session, actor: Actor, invitation_id: int) -> dict[str, Any]:
    """The editor: words at the left, the page as it will be printed at the right, and what comes next."""
    paper = queries.readable_paper(session, actor, invitation_id)
    meeting = paper.meeting
    hats = paper.hats_of(actor, session)
    can = set(actions_of(hats))
    return {
        "paper": paper,
        "meeting": meeting,
        "sheet": sheets.paper_sheet(session, paper),
        "can": steps_of(paper, hats),
        "issues_meeting": may_step("issue", meeting.state) and Action.ISSUE_MEETING in can and _approved(meeting),
        "people": len(queries.participants_of(session, meeting.id)),
        "outdated": sheets.changed_since_signature(paper),
        "next_number": next_number_of(session, meeting.body, rules.NUMBER_KINDS[paper.kind], clock.today()),
        "today": clock.today(),
        "document": queries.document_of(session, paper),
        "newest": (queries.newest_paper(session, meeting.id) or paper).id == paper.id,
    }


def _approved(meeting: Meeting) -> bool:
    return not meeting.book.needs_approval or meeting.state == "approved"


def steps_of(paper: Invitation, hats: frozenset[Role]) -> dict[str, bool]:
    """Which acts are possible now for somebody with these hats."""
    signer = "chair" if paper.kind == rules.DECISION else paper.meeting.book.signer
    role = Role.CHIEF if signer == "chief" else Role.CHAIR
    early = paper.meeting.state in rules.OPEN_STATES
    prepares = allows(Action.PREPARE_MEETING, hats)
    return {
        "edit": prepares and paper.state == "draft",
        "sign": early and role in hats and paper.state == "draft",
        "reopen": prepares and paper.state == "signed",
        "issue": allows(Action.ISSUE_MEETING, hats) and paper.state == "signed",
        "replace": prepares and early and paper.state == "issued",
    }


def sheet_facts(paper: Invitation) -> list[list[str]]:
    """Chair, time and place as they stand on the paper."""
    return paper.facts or sheets.facts_now(paper.meeting)


# substitutes


def check_may_name(session: Session, actor: Actor, meeting: Meeting) -> None:
    """Whether this person may name a substitute now; refused like `invitations.name_substitute`."""
    mine = queries.participant(session, meeting.id, actor.person_id)
    if mine is None:
        raise Refused("not_invited")
    rules.check_substitution_open(meeting.state)
    rules.check_may_be_substituted(
        meeting.book.substitutes,
        meeting.book.substitutable,
        voting=mine.voting,
        presides=mine.person_id == meeting.chair_id,
        stands_in=mine.stands_for_id is not None,
    )


def may_name(session: Session, actor: Actor, meeting: Meeting) -> bool:
    """The same as yes or no, for buttons."""
    try:
        check_may_name(session, actor, meeting)
    except Refused:
        return False
    return True


def candidates_page(session: Session, actor: Actor, meeting: Meeting, words: str) -> list[tuple[Person, bool]]:
    """The first people who fit, and whether each is expected elsewhere at that time."""
    found = queries.candidates(session, meeting, actor.person_id, words)[:MOST]
    busy = queries.busy_among(session, meeting, [each.id for each in found])
    return [(each, each.id in busy) for each in found]
