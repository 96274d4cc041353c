"""Members answer, on the system or by a signed slip on paper that the office enters with its scan."""

from typing import Any

from meeting.acts import Tx, act
from meeting.documents.models import File
from meeting.errors import Forbidden, Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.rounds import queries, rules
from meeting.rounds.drafting import kept, own_file
from meeting.rounds.inputs import AnswerRoundInput, EnterSlipInput, RoundInput
from meeting.rounds.models import OpinionRound, RoundAnswer, RoundMember


def _member(row: OpinionRound, person_id: int) -> RoundMember | None:
    return next((each for each in row.members if each.person_id == person_id), None)


@act("rounds.mark_seen", Action.READ_ROUNDS)
def mark_seen(tx: Tx, wanted: RoundInput) -> dict[str, Any]:
    """Notes that a member who is asked has opened the round: the first time only. Others leave no trace."""
    row = tx.get(OpinionRound, wanted.round_id)
    tx.require(Action.READ_ROUNDS, row)
    tx.nothing_to_record("who has opened a round stands beside the name")
    mine = _member(row, tx.actor.person_id)
    if mine is not None and mine.seen_at is None:
        mine.seen_at = tx.now
    return {}


@act("rounds.answer", Action.ANSWER_ROUND)
def answer(tx: Tx, wanted: AnswerRoundInput) -> dict[str, Any]:
    """A member answers with a choice and, where wanted, words; until the close the answer may be changed where the round
    allows it. "Other opinion" needs words and counts as not in favour.

    The server's time counts. Refused: `round_not_asked`, `round_left`, `round_not_open`, `round_late`, `round_choice`,
    `round_text_missing`, `round_answered`, `signed_reply_missing`, `signed_reply_not_asked`, `signed_reply_not_pdf`,
    `file_gone`. Recorded without the choice, which stands in the answer alone until the close.
    """
    row = kept(tx, wanted.round_id, Action.ANSWER_ROUND)
    member = _member(row, tx.actor.person_id)
    if member is None:
        raise Forbidden("round_not_asked")
    _check_belongs(tx, row, member)
    before = queries.answer_of(row, tx.actor.person_id)
    _check(tx, row, wanted, before)
    file = own_file(tx, wanted.file_id) if wanted.file_id is not None else None
    held = file or (before.file if before and not before.on_paper else None)
    rules.check_signed(row.signed_reply, held.media_type if held else None)
    return _take(tx, row, wanted, tx.actor.person_id, held, before, None)


@act("rounds.enter_slip", Action.KEEP_ROUNDS)
def enter_slip(tx: Tx, wanted: EnterSlipInput) -> dict[str, Any]:
    """The office enters the answer of a member who signed a slip on paper, with the scan of it: recorded as such.

    It counts like the others (NĐ 315/2025, Điều 3.3b), may be corrected by the office, and never replaces an answer that the
    member gave on the system. Refused: `round_slip_missing`, `round_not_asked`, `round_left`, `round_answered_itself`,
    `round_not_open`, `round_late`, `round_choice`, `round_text_missing`, `file_gone`, `not_found`.
    """
    row = kept(tx, wanted.round_id)
    member = _member(row, wanted.person_id)
    if member is None:
        raise Refused("round_not_asked")
    _check_belongs(tx, row, member)
    before = queries.answer_of(row, wanted.person_id)
    if before is not None and not before.on_paper:
        raise Refused("round_answered_itself", name=member.person.called)
    _check(tx, row, wanted, before, by_office=True)
    file = own_file(tx, wanted.file_id) if wanted.file_id is not None else (before.file if before else None)
    if file is None:
        raise Refused("round_slip_missing")
    return _take(tx, row, wanted, wanted.person_id, file, before, tx.actor.person_id)


def _check_belongs(tx: Tx, row: OpinionRound, member: RoundMember) -> None:
    """Whoever left the body after the round was sent stays on its register, and answers for it no more."""
    if member.person_id not in {each.id for each in queries.members_of(tx.reading, row.body_id)}:
        raise Refused("round_left", name=member.person.called)


def _check(tx: Tx, row: OpinionRound, wanted: AnswerRoundInput, before: RoundAnswer | None, *, by_office: bool = False) -> None:
    rules.check_answer(
        state=row.state,
        due_at=row.due_at,
        now=tx.now,
        options=row.options,
        choice=wanted.choice,
        text=wanted.text,
        answered=before is not None,
        changeable=row.changeable or by_office,
    )


def _take(
    tx: Tx,
    row: OpinionRound,
    wanted: AnswerRoundInput,
    person_id: int,
    file: File | None,
    before: RoundAnswer | None,
    entered_by: int | None,
) -> dict[str, Any]:
    """Keeps the answer and records that it came."""
    known = {"choice": wanted.choice, "text": wanted.text, "file_id": file.id if file else None, "entered_by_id": entered_by}
    if before is None:
        tx.add(RoundAnswer(round_id=row.id, person_id=person_id, first_at=tx.now, at=tx.now, **known))
    elif all(getattr(before, name) == value for name, value in known.items()):
        tx.nothing_to_record("the same answer is in already")
        return {"received_at": before.at.isoformat()}
    else:
        for name, value in known.items():
            setattr(before, name, value)
        before.at, before.changes = tx.now, before.changes + 1
    member = _member(row, person_id)
    if member is not None and member.seen_at is None and entered_by is None:
        member.seen_at = tx.now
    tx.flush()
    tx.reading.expire(row, ["answers"])
    facts = {"person_id": person_id, "again": before is not None, "on_paper": entered_by is not None}
    numbers = {"answered": len(row.answers), "asked": row.asked}
    tx.record(Event.ROUND_ANSWERED, row, round_id=row.id, **facts, sha256=file.sha256 if file else "", **numbers)
    return {"received_at": tx.now.isoformat()}
