"""Before the box opens: the register is frozen, and electors say from their tablets that they are ready."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from meeting.acts import GatherSpec, Tx, act
from meeting.errors import N_, Missing, Refused, declare
from meeting.events import Event
from meeting.live import queries as live
from meeting.permissions import Action, Actor
from meeting.voting import digests, queries, registers, rules
from meeting.voting.models import Elector, Question, ReadyMark
from meeting.voting.service import QuestionInput, asked

declare(
    {
        "ready_too_early": N_(
            "This meeting is not issued yet, so its list of the invited may still change. Freeze the register of electors "
            "afterwards."
        ),
    }
)


class MarkInput(QuestionInput):
    """Ready, or not any more."""

    ready: bool = True


Marks = Sequence[tuple[Actor, MarkInput]]


@act("voting.ready", Action.PREPARE_VOTE)
def ready(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """Freezes the register of electors: everyone invited with a vote. Several questions may be ready; twice is harmless.

    Refused: `question_state`, `ready_too_early` before the meeting is issued, `review_running`. Recorded as
    `voting.question_ready` with the register and its digest.
    """
    question = asked(tx, Action.PREPARE_VOTE, wanted)
    if question.state == "ready":
        tx.nothing_to_record("the register stands already")
        return {}
    rules.check_state(question.state, "draft")
    if question.meeting.is_private:
        raise Refused("ready_too_early")
    if queries.review(tx.reading, question.meeting_id) is not None:
        raise Refused("review_running")
    people = registers.freeze(tx, question)
    question.state, question.ready_at = "ready", tx.now
    tx.record(
        Event.QUESTION_READY, question, question_id=question.id, title=question.title, electors=len(people), people=people,
        register=digests.register(people),
    )  # fmt: skip
    return {}


def mark_many(tx: Tx, marks: Marks) -> list[dict[str, Any] | Refused]:
    """Notes for different people that they are ready for one question, or not any more; answers each by the same rule."""
    question = tx.get(Question, marks[0][1].question_id)
    hats = tx.require_each(Action.CAST_BALLOT, question, [who for who, _ in marks])
    people = [who.person_id for who, _ in marks]
    listed = select(Elector.person_id).where(Elector.question_id == question.id, Elector.person_id.in_(people))
    electors, marked = set(tx.scalars(listed)), queries.ready_among(tx.reading, question.id, people)
    present = live.present_voters(tx.reading, question.meeting)
    answers: list[dict[str, Any] | Refused] = []
    changed: list[tuple[Actor, MarkInput]] = []
    for who, wanted in marks:
        worn = hats[who.person_id]
        refused = worn if isinstance(worn, Refused) else _refusal(question, wanted, who.person_id, electors, present)
        answers.append(refused or {"ready": wanted.ready})
        if refused is None and wanted.ready != (who.person_id in marked):
            changed.append((who, wanted))
    _write(tx, question, changed)
    return answers


def _refusal(question: Question, wanted: MarkInput, person: int, electors: set[int], present: set[int]) -> Refused | None:
    try:
        if wanted.meeting_id is not None and wanted.meeting_id != question.meeting_id:
            raise Missing()
        rules.check_state(question.state, "ready")
        if person not in electors:
            raise Refused("not_elector")
        if person not in present:
            raise Refused("not_present")
    except Refused as refused:
        return refused
    return None


def _write(tx: Tx, question: Question, changed: Marks) -> None:
    if not changed:
        tx.nothing_to_record("it is so already")
        return
    comes = [who.person_id for who, wanted in changed if wanted.ready]
    goes = [who.person_id for who, wanted in changed if not wanted.ready]
    if comes:
        rows = [{"question_id": question.id, "person_id": person, "at": tx.now} for person in comes]
        tx.execute(insert(ReadyMark.__table__), rows)  # type: ignore[arg-type]
    if goes:
        tx.execute(delete(ReadyMark).where(ReadyMark.question_id == question.id, ReadyMark.person_id.in_(goes)))
    said = [(who, {"question_id": question.id, "ready": wanted.ready}) for who, wanted in changed]
    tx.record_many(Event.MEMBER_READY, question, said)


@act(
    "voting.mark_ready",
    Action.CAST_BALLOT,
    gather=GatherSpec(key=lambda wanted: wanted.question_id, run=mark_many),
)
def mark_ready(tx: Tx, wanted: MarkInput) -> dict[str, Any]:
    """An elector says "ready" on the tablet before the box opens, or takes it back; it is no vote. Twice is harmless.

    Refused: `question_state`, `not_elector`, `not_present`. Recorded as `voting.member_ready`.
    """
    (answer,) = mark_many(tx, [(tx.actor, wanted)])
    if isinstance(answer, Refused):
        raise answer
    return answer
