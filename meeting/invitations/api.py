"""What other programs read of this room: papers, how everybody answered, substitutes, links (never their tokens)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.queries import meeting_of
from meeting.errors import Forbidden
from meeting.invitations import queries, screens
from meeting.invitations.models import GuestLink, Invitation, Substitution
from meeting.organization.models import Person
from meeting.permissions import Action, Actor, allows
from meeting.web.api import asked, paged, resource


@resource("/meetings/<int:meeting_id>/invitations", "The invitation papers of a meeting, the newest first")
def meeting_invitations(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Drafts are the office's and the chair's; issued papers everybody's who knows of the meeting."""
    meeting, _ = meeting_of(session, actor, meeting_id)
    return paged(queries.papers_of(session, actor, meeting), paper_line)


@resource("/invitations/<int:invitation_id>", "An invitation paper with its words")
def invitation(session: Session, actor: Actor, invitation_id: int) -> dict[str, Any]:
    """The whole paper."""
    found = queries.readable_paper(session, actor, invitation_id)
    words = {name: getattr(found, name) for name in ("abstract", "opening", "content", "closing", "recipients")}
    return {**paper_line(found), **words, "facts": screens.sheet_facts(found)}


def paper_line(each: Invitation) -> dict[str, Any]:
    """A paper in a list."""
    return {
        "id": each.id,
        "meeting_id": each.meeting_id,
        "kind": each.kind,
        "state": each.state,
        "version": each.version,
        "symbol": each.number.symbol if each.number else None,
        "issued_on": each.issued_on.isoformat() if each.issued_on else None,
        "signed_at": _local(each.signed_at),
        "signed_by": each.signed_by.called if each.signed_by else None,
        "replaces_id": each.replaces_id,
        "document_id": each.document_id,
    }


@resource(
    "/meetings/<int:meeting_id>/replies",
    "How everybody answered the invitation (chair and office)",
    show="absent, waiting, silent, accepted, substitutes or guests",
)
def meeting_replies(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """Sent, seen, answered, absences with their reasons and decisions, who stands in for whom."""
    found = screens.desk_of(session, actor, meeting_id)
    return {**paged(found.shown(asked("show")), reply_line), "counts": found.counts}


def reply_line(row: screens.Row) -> dict[str, Any]:
    """One person's invitation."""
    each = row.invited
    return {
        "person_id": each.person_id,
        "name": each.person.called,
        "position": each.person.position,
        "voting": each.voting,
        "state": row.state,
        "reply": each.reply,
        "reason": each.reason,
        "absence": each.absence,
        "answer": each.absence_answer,
        "stands_for": each.stands_for.called if each.stands_for else None,
        "substitute": row.substitution.substitute.called if row.substitution else None,
        "invited_at": _local(each.invited_at),
        "seen_at": _local(each.seen_at),
        "replied_at": _local(each.replied_at),
    }


@resource("/meetings/<int:meeting_id>/substitutes", "Who was named to stand in for whom, and what became of it")
def meeting_substitutes(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """All of them for the chair and the office; a member reads the own ones, a substitute those that name them."""
    meeting, hats = meeting_of(session, actor, meeting_id)
    rows = queries.substitutions_of(session, meeting.id)
    if not allows(Action.SEE_REPLIES, hats):
        rows = [each for each in rows if actor.person_id in (each.person_id, each.substitute_id)]
    return paged(rows, substitution_line)


def substitution_line(each: Substitution) -> dict[str, Any]:
    """One naming."""
    return {
        "id": each.id,
        "person_id": each.person_id,
        "person": each.person.called,
        "substitute_id": each.substitute_id,
        "substitute": each.substitute.called,
        "state": each.state,
        "votes": each.votes,
        "reason": each.reason,
        "answer": each.answer,
        "named_at": _local(each.named_at),
        "decided_at": _local(each.decided_at),
    }


@resource("/meetings/<int:meeting_id>/substitute-candidates", "Who may be named as one's substitute", q="words of the name")
def substitute_candidates(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """People on file who are not invited, those of one's own unit first, and whether they are expected elsewhere then."""
    meeting, _ = meeting_of(session, actor, meeting_id)
    screens.check_may_name(session, actor, meeting)
    found = screens.candidates_page(session, actor, meeting, asked("q"))
    return {"data": [candidate_line(*each) for each in found], "next": None}


def candidate_line(person: Person, busy: bool) -> dict[str, Any]:
    """Somebody who may be named."""
    unit = person.unit.name if person.unit else None
    return {"id": person.id, "name": person.called, "position": person.position, "unit": unit, "busy": busy}


@resource("/meetings/<int:meeting_id>/guest-links", "Personal links of guests: until when, how often opened (office)")
def guest_links(session: Session, actor: Actor, meeting_id: int) -> dict[str, Any]:
    """The newest link of each guest. Neither tokens nor their hashes are told."""
    _, hats = meeting_of(session, actor, meeting_id)
    if not allows(Action.PREPARE_MEETING, hats):
        raise Forbidden()
    return paged(list(queries.links_of(session, meeting_id).values()), link_line)


def link_line(each: GuestLink) -> dict[str, Any]:
    """One link."""
    return {
        "id": each.id,
        "person_id": each.person_id,
        "name": each.person.called,
        "expires_at": _local(each.expires_at),
        "revoked_at": _local(each.revoked_at),
        "used_at": _local(each.used_at),
        "uses": each.uses,
        "open": screens.link_state(each) == "open",
    }


def _local(moment: datetime | None) -> str | None:
    return clock.local(moment).isoformat() if moment else None
