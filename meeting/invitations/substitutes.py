"""Acts on substitutes: name, consent, refuse, withdraw. One seat, one voice: whoever sits there, it counts once."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from meeting.acts import Tx, act
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.rules import check_reason
from meeting.errors import Refused
from meeting.events import Event
from meeting.invitations import queries, rules
from meeting.invitations.inputs import ConsentInput, RefuseInput, SubstituteInput
from meeting.invitations.models import Substitution
from meeting.organization.models import Person
from meeting.permissions import Action

Holder = Callable[[Session, int, int], bool]
HOLDERS: list[Holder] = []


def holds_seat(function: Holder) -> Holder:
    """Registers who may say that a substitute sits there already: fn(session, meeting_id, person_id)."""
    if function not in HOLDERS:
        HOLDERS.append(function)
    return function


@act("invitations.name_substitute", Action.REPLY_INVITATION)
def name_substitute(tx: Tx, wanted: SubstituteInput) -> dict[str, Any]:
    """A member who cannot come names a person who comes instead, with the reason; the office may enter it for them.

    Where the rule book asks for the chair's consent (UBND: NĐ 315/2025 Điều 24.3) the name waits for it, else the
    substitute has the seat at once. Refused as `not_invited`, `substitution_closed`, `substitutes_not_allowed`,
    `substitute_only_members`, `substitute_not_chair`, `substitute_for_substitute`, `substitute_named_already`,
    `reason_needed`, `person_retired`, `substitute_oneself`, `substitute_invited_already`, `substitute_taken`, and
    `substitute_busy` until that is confirmed. The absence counts as reported. Records who, for whom, why.
    """
    meeting = tx.get(Meeting, wanted.meeting_id)
    for_other = wanted.person_id not in (None, tx.actor.person_id)
    tx.require(Action.PREPARE_MEETING if for_other else Action.REPLY_INVITATION, meeting)
    member = _member(tx, meeting, wanted.person_id or tx.actor.person_id)
    person = _fit(tx, meeting, member, wanted)
    row = tx.add(
        Substitution(
            meeting_id=meeting.id,
            person_id=member.person_id,
            substitute_id=person.id,
            reason=wanted.reason,
            named_at=tx.now,
            named_by_id=tx.actor.person_id,
        )
    )
    _absent(tx, member, wanted.reason)
    names = {"person_id": member.person_id, "substitute_id": person.id}
    tx.record(Event.SUBSTITUTE_NAMED, meeting, substitution_id=row.id, reason=wanted.reason, **names)
    if not meeting.book.substitute_consent:
        _seat(tx, row, member)
    return {"substitution_id": row.id, "state": row.state}


def _member(tx: Tx, meeting: Meeting, person_id: int) -> Participant:
    """Who is to be represented, if the rule book lets them be."""
    member = queries.participant(tx.reading, meeting.id, person_id)
    if member is None:
        raise Refused("not_invited")
    rules.check_substitution_open(meeting.state)
    rules.check_may_be_substituted(
        meeting.book.substitutes,
        meeting.book.substitutable,
        voting=member.voting,
        presides=member.person_id == meeting.chair_id,
        stands_in=member.stands_for_id is not None,
    )
    if queries.open_substitution(tx.reading, meeting.id, person_id) is not None:
        raise Refused("substitute_named_already")
    return member


def _fit(tx: Tx, meeting: Meeting, member: Participant, wanted: SubstituteInput) -> Person:
    """The person named, if they can take the seat."""
    check_reason(wanted.reason)
    person = tx.get(Person, wanted.substitute_id)
    if person.retired_on is not None:
        raise Refused("person_retired", name=person.called)
    _check_free(tx, meeting, member.person_id, person, queries.taken_as_substitutes(tx.reading, meeting.id))
    if not wanted.despite_clash and queries.busy_among(tx.reading, meeting, [person.id]):
        raise Refused("substitute_busy", name=person.called)
    return person


def _check_free(tx: Tx, meeting: Meeting, member_id: int, person: Person, taken: set[int]) -> None:
    invited = {each.person_id for each in queries.participants_of(tx.reading, meeting.id)}
    rules.check_substitute(person_id=member_id, substitute_id=person.id, name=person.called, invited=invited, taken=taken)


def _absent(tx: Tx, member: Participant, reason: str) -> None:
    member.reply, member.reason, member.replied_at = "declined", reason, tx.now
    member.seen_at = member.seen_at or tx.now
    member.absence, member.absence_decided_at, member.absence_decided_by_id = "asked", None, None
    member.absence_answer = ""


@act("invitations.consent", Action.DECIDE_SUBSTITUTE)
def consent(tx: Tx, wanted: ConsentInput) -> dict[str, Any]:
    """The chair agrees to a substitute, who is invited at once and sits for the member; the member's absence is excused.

    The vote passes over only where the rule book says so; otherwise nobody votes for the seat. Refused as
    `substitute_decided`, `substitute_not_open`, `substitution_closed`, `absence_own`, `substitute_invited_already`.
    Recorded with who votes.
    """
    row, meeting = _asked(tx, wanted)
    member = queries.participant(tx.reading, meeting.id, row.person_id)
    if member is None:
        raise Refused("not_invited")
    _check_free(tx, meeting, row.person_id, row.substitute, set())
    row.decided_by_id = tx.actor.person_id
    _seat(tx, row, member)
    return {"state": row.state, "votes": row.votes}


@act("invitations.refuse_substitute", Action.DECIDE_SUBSTITUTE)
def refuse_substitute(tx: Tx, wanted: RefuseInput) -> dict[str, Any]:
    """The chair does not agree, and says why; the member comes, or names somebody else. The reported absence stays to be decided.

    Refused as `reason_needed`, `substitute_decided`, `substitute_not_open`, `substitution_closed`, `absence_own`. Recorded.
    """
    row, meeting = _asked(tx, wanted)
    check_reason(wanted.reason)
    row.state, row.answer, row.decided_at, row.decided_by_id = "refused", wanted.reason, tx.now, tx.actor.person_id
    names = {"person_id": row.person_id, "substitute_id": row.substitute_id}
    tx.record(Event.SUBSTITUTE_REFUSED, meeting, substitution_id=row.id, reason=wanted.reason, **names)
    return {"state": row.state}


def _asked(tx: Tx, wanted: ConsentInput) -> tuple[Substitution, Meeting]:
    row = tx.get(Substitution, wanted.substitution_id)
    tx.require(Action.DECIDE_SUBSTITUTE, row)
    if row.state in ("consented", "refused"):
        raise Refused("substitute_decided")
    if row.state != "asked":
        raise Refused("substitute_not_open")
    rules.check_substitution_open(row.meeting.state)
    rules.check_not_own_absence(row.person_id, tx.actor.person_id)
    return row, row.meeting


def _seat(tx: Tx, row: Substitution, member: Participant) -> None:
    """Gives the seat: the substitute is on the list, the seat's vote lies with exactly one of the two or with nobody."""
    meeting = row.meeting
    member.voting, row.votes = rules.seats(meeting.book.substitutes, member_votes=member.voting, consented=True)
    member.absence, member.absence_decided_at, member.absence_decided_by_id = "approved", tx.now, row.decided_by_id
    row.state, row.decided_at = "consented", tx.now
    tx.add(
        Participant(
            meeting_id=meeting.id,
            person_id=row.substitute_id,
            voting=row.votes,
            stands_for_id=row.person_id,
            item_ids=member.item_ids,
            invited_at=tx.now,
        )
    )
    names = {"person_id": row.person_id, "substitute_id": row.substitute_id}
    tx.record(Event.SUBSTITUTE_CONSENTED, meeting, substitution_id=row.id, votes=row.votes, **names)


@act("invitations.withdraw_substitute", Action.REPLY_INVITATION)
def withdraw_substitute(tx: Tx, wanted: ConsentInput) -> dict[str, Any]:
    """The member (or the office) takes the name back before the meeting begins; the seat and its vote are the member's again.

    Somebody else's substitution is the office's business only. Refused as `substitute_not_open`, `substitution_closed`,
    `substitute_here`. Recorded.
    """
    row = tx.get(Substitution, wanted.substitution_id)
    own = row.person_id == tx.actor.person_id
    tx.require(Action.REPLY_INVITATION if own else Action.PREPARE_MEETING, row)
    if not row.is_open:
        raise Refused("substitute_not_open")
    rules.check_substitution_open(row.meeting.state)
    check_not_here(tx, row)
    give_back(tx, row)
    return {"state": row.state}


def check_not_here(tx: Tx, row: Substitution) -> None:
    """Refused as `substitute_here` once the substitute has checked in."""
    if row.state == "consented" and any(holds(tx.reading, row.meeting_id, row.substitute_id) for holds in HOLDERS):
        raise Refused("substitute_here")


def give_back(tx: Tx, row: Substitution) -> None:
    """Ends a substitution: the substitute leaves the list, the vote returns, the absence is to be decided anew."""
    member = queries.participant(tx.reading, row.meeting_id, row.person_id)
    seated = queries.participant(tx.reading, row.meeting_id, row.substitute_id) if row.state == "consented" else None
    was_seated = row.state == "consented"
    if seated is not None and seated.stands_for_id == row.person_id:
        tx.delete(seated)
    if member is not None:
        member.voting = member.voting or row.votes
        if member.reply == "declined":
            member.absence, member.absence_decided_at, member.absence_decided_by_id = "asked", None, None
    row.state, row.withdrawn_at, row.votes = "withdrawn", tx.now, False
    names = {"person_id": row.person_id, "substitute_id": row.substitute_id}
    tx.record(Event.SUBSTITUTE_WITHDRAWN, row.meeting, substitution_id=row.id, was_seated=was_seated, **names)
