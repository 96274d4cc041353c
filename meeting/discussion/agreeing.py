"""The marks under opinions: "I agree", one a person, put and taken back. Many tap at once, so they are taken together."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from meeting.acts import GatherSpec, Tx, act
from meeting.discussion import rules
from meeting.discussion.models import Agreement, Opinion
from meeting.discussion.moderating import CommentInput
from meeting.errors import Refused
from meeting.events import Event
from meeting.permissions import Action, Actor

Marks = Sequence[tuple[Actor, CommentInput]]
Answers = list[dict[str, Any] | Refused]


def agree_many(tx: Tx, marks: Marks) -> Answers:
    """Puts the marks of different people under one opinion: three statements for all of them."""
    opinion, answers, standing = _asked(tx, marks)
    fresh = [who for (who, _), answer in zip(marks, answers, strict=True) if _taken(answer) and who.person_id not in standing]
    if fresh:
        rows = [{"opinion_id": opinion.id, "person_id": who.person_id, "at": tx.now} for who in fresh]
        tx.execute(insert(Agreement), rows)
    _tell(tx, Event.OPINION_AGREED, opinion, fresh)
    return answers


def disagree_many(tx: Tx, marks: Marks) -> Answers:
    """Takes the marks of different people back."""
    opinion, answers, standing = _asked(tx, marks)
    put = [who for (who, _), answer in zip(marks, answers, strict=True) if _taken(answer) and who.person_id in standing]
    if put:
        people = [who.person_id for who in put]
        tx.execute(delete(Agreement).where(Agreement.opinion_id == opinion.id, Agreement.person_id.in_(people)))
    _tell(tx, Event.OPINION_DISAGREED, opinion, put)
    return answers


def _taken(answer: "dict[str, Any] | Refused") -> bool:
    return not isinstance(answer, Refused)


def _asked(tx: Tx, marks: Marks) -> tuple[Opinion, Answers, set[int]]:
    """The opinion, what each is answered, and who of them has put a mark before."""
    opinion = tx.get(Opinion, marks[0][1].comment_id)
    hats = tx.require_each(Action.POST_OPINION, opinion, [who for who, _ in marks])
    people = [who.person_id for who, _ in marks]
    standing = set(
        tx.scalars(select(Agreement.person_id).where(Agreement.opinion_id == opinion.id, Agreement.person_id.in_(people)))
    )
    return opinion, [_answer(opinion, who, hats[who.person_id]) for who, _ in marks], standing


def _answer(opinion: Opinion, who: Actor, worn: "frozenset[Any] | Refused") -> "dict[str, Any] | Refused":
    if isinstance(worn, Refused):
        return worn
    try:
        rules.check_answerable(opinion.meeting.state, gone=opinion.gone, hidden=opinion.hidden)
        if who.person_id == opinion.person_id:
            raise Refused("own_opinion")
    except Refused as refused:
        return refused
    return {}


def _tell(tx: Tx, event: Event, opinion: Opinion, people: Sequence[Actor]) -> None:
    if not people:
        tx.nothing_to_record("the mark stood so already")
        return
    facts = {"comment_id": opinion.id}
    tx.record_many(event, opinion, [(who, facts) for who in people])


def _one(answers: Answers) -> dict[str, Any]:
    (answer,) = answers
    if isinstance(answer, Refused):
        raise answer
    return answer


@act(
    "discussion.agree",
    Action.POST_OPINION,
    gather=GatherSpec(key=lambda wanted: wanted.comment_id, run=agree_many),
)
def agree(tx: Tx, wanted: CommentInput) -> dict[str, Any]:
    """A participant puts the mark "I agree" under somebody's opinion or reply. A second tap changes nothing.

    Refused: `own_opinion`, `opinion_withdrawn`, `opinion_hidden`, `discussion_closed`, `not_found`. Recorded.
    """
    return _one(agree_many(tx, [(tx.actor, wanted)]))


@act(
    "discussion.disagree",
    Action.POST_OPINION,
    gather=GatherSpec(key=lambda wanted: wanted.comment_id, run=disagree_many),
)
def disagree(tx: Tx, wanted: CommentInput) -> dict[str, Any]:
    """Takes the mark back, as long as opinions are open. Without a mark nothing changes. Refused as `discussion.agree`."""
    return _one(disagree_many(tx, [(tx.actor, wanted)]))
