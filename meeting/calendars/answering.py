"""Answers that came by mail: each mail once, for nobody but its sender, done as the act anybody does on the page."""

import logging
from typing import Any

from pydantic import Field
from sqlalchemy import select

from meeting.acts import ActInput, Tx, act
from meeting.agenda.inputs import ReplyInput
from meeting.agenda.models import Meeting, Participant
from meeting.calendars import letters
from meeting.calendars.appointments import mail_of, sequence_of
from meeting.calendars.models import CalendarInvitation, CalendarState, MailedReply
from meeting.calendars.rules import Known, judged, mailed_reason
from meeting.errors import Refused
from meeting.events import Event
from meeting.invitations.inputs import SubstituteInput
from meeting.organization.models import Account, Person
from meeting.organization.queries import actor_of
from meeting.permissions import SYSTEM, Action, Actor
from meeting.writer import perform

log = logging.getLogger("meeting.calendars")


class MailInput(ActInput):
    """What a mail says, as it was read. `fault` says why it holds no answer."""

    message_id: str = Field(max_length=300)
    sender: str = Field(default="", max_length=300)
    invitation: int | None = None  # the meeting named in its UID
    token: str = Field(default="", max_length=60)
    sequence: int = 0
    answer: str = Field(default="", max_length=20)
    words: str = Field(default="", max_length=600)
    delegate: str = Field(default="", max_length=300)
    fault: str = Field(default="", max_length=200)


def take_in(raw: bytes) -> str:
    """Takes one mail from the mailbox or the pipe and returns what became of it, an outcome of `rules.OUTCOMES`.

    The same mail again is harmless: it gets the outcome it had. Nothing that a mail holds makes this fail.
    """
    wanted = {"message_id": _clean(letters.message_id(raw)), "sender": _clean(letters.sender_of(raw))}
    try:
        found = letters.read(raw)
    except letters.UnreadableError as fault:
        return str(perform(SYSTEM, "calendars.take_reply", {**wanted, "fault": str(fault)[:200]})["outcome"])
    meeting_id, token = found.invitation or (None, "")
    said = {"sequence": found.sequence, "answer": found.answer, "words": _clean(found.words), "delegate": _clean(found.delegate)}
    return str(perform(SYSTEM, "calendars.take_reply", {**wanted, **said, "invitation": meeting_id, "token": token})["outcome"])


def _clean(text: str) -> str:
    """Without letters that no store holds."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:300]


@act("calendars.take_reply", Action.TAKE_REPLIES)
def take_reply(tx: Tx, wanted: MailInput) -> dict[str, Any]:
    """Takes an answer that came by mail: the invited person's own `agenda.reply`, with the words of the mail as the reason.

    The UID's token must be that of an invitation and the sender its person, so nobody answers for another by writing a
    false sender. Nothing is refused: what does not count is kept with its outcome (`unknown`, `forged`, `withdrawn`, `stale`,
    `refused`, `unreadable`). "Tentative" is shown and is no answer; a delegation proposes a substitute to the office.
    Records the mail where it concerns a meeting; the same Message-ID again changes nothing.
    """
    tx.require(Action.TAKE_REPLIES)
    before = tx.scalar(select(MailedReply).where(MailedReply.message_id == wanted.message_id))
    if before is not None:
        tx.nothing_to_record("this mail was taken before")
        return {"outcome": before.outcome, "again": True}
    invitation, meeting = _invitation(tx, wanted)
    row = MailedReply(
        message_id=wanted.message_id,
        meeting_id=meeting.id if meeting else None,
        person_id=invitation.person_id if invitation else None,
        sender=wanted.sender,
        answer=wanted.answer,
        words=wanted.words,
        delegate=wanted.delegate,
        note=wanted.fault,
        outcome="unreadable",
        received_at=tx.now,
    )
    if not wanted.fault:
        row.outcome = judged(_known(tx, invitation), wanted.sender, wanted.sequence, wanted.answer)
    if row.outcome == "take" and invitation and meeting:
        _take(tx, wanted, row, meeting, invitation)
    tx.add(row)
    _record(tx, row, meeting)
    return {"outcome": row.outcome, "again": False}


def _invitation(tx: Tx, wanted: MailInput) -> tuple[CalendarInvitation | None, Meeting | None]:
    if wanted.invitation is None or not wanted.token:
        return None, None
    held = tx.scalar(
        select(CalendarInvitation).where(
            CalendarInvitation.meeting_id == wanted.invitation, CalendarInvitation.token == wanted.token
        )
    )
    return held, tx.find(Meeting, held.meeting_id) if held else None


def _known(tx: Tx, invitation: CalendarInvitation | None) -> Known | None:
    if invitation is None:
        return None
    state = tx.scalar(select(CalendarState).where(CalendarState.meeting_id == invitation.meeting_id))
    person = tx.get(Person, invitation.person_id)
    return Known(mail_of(person), sequence_of(state, invitation), invitation.withdrawn_at is None)


def _take(tx: Tx, wanted: MailInput, row: MailedReply, meeting: Meeting, invitation: CalendarInvitation) -> None:
    """Does the answer as the person. What the rules refuse is kept with the refusal."""
    if wanted.answer == "delegated":
        _propose(tx, wanted, row, meeting, invitation.person_id)
        return
    declined = wanted.answer == "declined"
    reply = ReplyInput(
        meeting_id=meeting.id,
        reply="declined" if declined else "accepted",
        reason=mailed_reason(wanted.words) if declined else "",
    )
    mine = select(Participant.replied_at).where(
        Participant.meeting_id == meeting.id, Participant.person_id == invitation.person_id
    )
    before = tx.scalar(mine)
    try:
        with tx.acting_as(_person(tx, invitation.person_id)):
            tx.call("agenda.reply", reply)
    except Refused as refused:
        row.outcome, row.note = "refused", refused.code
        return
    row.outcome = "same" if tx.scalar(mine) == before else "taken"


def _propose(tx: Tx, wanted: MailInput, row: MailedReply, meeting: Meeting, person_id: int) -> None:
    """Names the substitute as the member would on the page; an address nobody on file has is left to the office."""
    row.outcome, row.delegate_id = "proposed", _named(tx, wanted.delegate)
    if row.delegate_id is None:
        return
    named = SubstituteInput(meeting_id=meeting.id, substitute_id=row.delegate_id, reason=mailed_reason(wanted.words))
    try:
        with tx.acting_as(_person(tx, person_id)):
            tx.call("invitations.name_substitute", named)
    except Refused as refused:
        row.outcome, row.note = "refused", refused.code


def _person(tx: Tx, person_id: int) -> Actor:
    """The person as who the answer is done: with today's roles, also without an account."""
    account = tx.scalar(select(Account).where(Account.person_id == person_id))
    known = actor_of(tx.reading, account)
    return known or Actor(account_id=0, person_id=person_id, name=tx.get(Person, person_id).called)


def _named(tx: Tx, address: str) -> int | None:
    """Who has this address, when exactly one person on file does."""
    found = list(tx.scalars(select(Person.id).where(Person.email == address, Person.retired_on.is_(None)))) if address else []
    return found[0] if len(found) == 1 else None


def _record(tx: Tx, row: MailedReply, meeting: Meeting | None) -> None:
    if meeting is None:
        log.warning("a mail to the calendar belongs to no invitation", extra={"outcome": row.outcome, "reply": row.id})
        tx.nothing_to_record("the mail belongs to no meeting; it is kept with what became of it")
        return
    facts = {"reply_id": row.id, "person_id": row.person_id, "answer": row.answer, "outcome": row.outcome}
    tx.record(Event.REPLY_MAILED, meeting, **facts, delegate_id=row.delegate_id, note=row.note)
