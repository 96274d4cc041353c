"""Voting again: a new question that names the old one. The old one and its result stay as they are."""

from typing import Annotated, Any

from pydantic import Field

from meeting.acts import Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action
from meeting.voting import forms, preparing, rules
from meeting.voting.lawful import Line
from meeting.voting.models import Question, Result
from meeting.voting.service import QuestionInput, asked


class RepeatInput(QuestionInput):
    """Which lines stand again (all of them if none is named), and why."""

    lines: Annotated[list[int], Field(max_length=200)] | None = None
    reason: str = Field(default="", max_length=2000)


@act("voting.repeat", Action.PREPARE_VOTE)
def repeat(tx: Tx, wanted: RepeatInput) -> dict[str, Any]:
    """Prepares the same vote anew, or a run-off among some of its lines, as the next round; the old one is never touched.

    Of an election the seats that are still empty are put to the vote. It is a draft like any other and may be edited. Refused:
    `question_state` unless the old vote is over, `line_unknown`, and as `voting.prepare` by the rules of today. Recorded as
    `voting.question_prepared` naming the old one, and as `voting.vote_repeated` of the old one naming the new.
    """
    old = asked(tx, Action.PREPARE_VOTE, wanted)
    rules.check_state(old.state, *rules.OVER)
    preparing.check_item(old.item, None)
    lines = _standing(old, wanted.lines)
    columns = preparing.composed(
        old.meeting, old.form, lines, kind=old.kind, on_paper=old.on_paper, rule=old.rule, options=list(old.options),
        seats=_seats(tx, old, lines, some=wanted.lines is not None), office=old.office, seconds=old.seconds,
    )  # fmt: skip
    question = tx.add(
        Question(
            meeting_id=old.meeting_id,
            item_id=old.item_id,
            title=old.title,
            explanation=old.explanation,
            changeable=old.changeable,
            again_of_id=old.id,
            round=old.round + 1,
            **preparing.new(tx, old.meeting_id),
            **columns,
        )
    )
    preparing.put_lines(tx, question, lines)
    said = {"again_of": old.id, "round": question.round, "reason": wanted.reason}
    tx.record(Event.QUESTION_PREPARED, question, **preparing.told(question, lines), **said)
    tx.record(
        Event.VOTE_REPEATED, question, question_id=old.id, title=old.title, by=question.id, round=question.round,
        reason=wanted.reason,
    )  # fmt: skip
    return {"question_id": question.id}


def _standing(old: Question, wanted: list[int] | None) -> list[Line]:
    """The lines that stand again, in the order of the old paper."""
    if wanted is None:
        return preparing.lines_on(old)
    if old.form == "matter" or not set(wanted) <= {line.id for line in old.lines}:
        raise Refused("line_unknown")
    kept = {line.id for line in old.lines if line.id in wanted}
    return [Line(line.title, line.person_id, line.office, line.detail) for line in old.lines if line.id in kept]


def _seats(tx: Tx, old: Question, lines: list[Line], *, some: bool) -> int | None:
    """All seats again, or in a run-off those that are still empty."""
    if old.form not in forms.ON_PEOPLE or not old.seats:
        return None
    result = tx.find(Result, old.id)
    filled = sum(bool(line.get("elected")) for line in (result.lines or [])) if result and some else 0
    return max(1, min(old.seats - filled, len(lines)))
