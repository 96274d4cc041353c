"""Casting ballots: one by one or, when many wait, up to a hundred with set queries. Both ways run the same code."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from meeting.acts import ActInput, GatherSpec, Tx, act
from meeting.errors import Missing, Refused
from meeting.events import Event
from meeting.live import queries as live
from meeting.permissions import Action, Actor
from meeting.voting import box, forms, lapsing, rules
from meeting.voting.forms import Ballot, Paper
from meeting.voting.models import Elector, OpenBallot, Question, QuestionLine, Receipt, SealedBallot

MOST_LINES = 100
Choice = Literal["for", "against", "abstain", "other"]
Mark = Literal["for", "against", "abstain", "high", "medium", "low"]
Choices = Annotated[dict[str, Mark], Field(max_length=MOST_LINES)]


class CastInput(ActInput):
    """A ballot: one choice, or a mark for each line of the paper by its id.

    It has no field that could tie a secret choice to anything but itself.
    """

    question_id: int
    choice: Choice | None = None
    text: str = Field(default="", max_length=2000)
    choices: Choices | None = None

    def __repr__(self) -> str:
        """Says nothing of what was chosen, wherever it may be printed."""
        return f"CastInput(question_id={self.question_id})"

    __str__ = __repr__


Ballots = Sequence[tuple[Actor, CastInput]]


def cast_many(tx: Tx, ballots: Ballots) -> list[dict[str, Any] | Refused]:
    """Takes the ballots of different people on one question, in order of arrival; answers each by the same rule.

    Rows are written with one statement a table; in a secret vote the sealed rows carry random keys and no time.
    """
    question = tx.get(Question, ballots[0][1].question_id)
    hats = tx.require_each(Action.CAST_BALLOT, question, [who for who, _ in ballots])
    standing = _Standing(tx, question, [who.person_id for who, _ in ballots])
    paper = paper_of(tx.reading, question)
    answers: list[dict[str, Any] | Refused] = []
    taken: list[tuple[Actor, Ballot]] = []
    for who, wanted in ballots:
        worn = hats[who.person_id]
        found = worn if isinstance(worn, Refused) else _admitted(question, paper, standing, who.person_id, wanted)
        answers.append(found if isinstance(found, Refused) else {"received_at": tx.now.isoformat()})
        if isinstance(found, Ballot):
            taken.append((who, found))
    if taken:
        write(tx, question, paper, taken, standing.voted)
        if question.kind == "open":
            lapsing.lapse(tx, question.id, [who.person_id for who, _ in taken])
        said = [(who, {"question_id": question.id, "again": who.person_id in standing.voted}) for who, _ in taken]
        tx.record_many(Event.BALLOT_RECEIVED, question, said)
    return answers


class _Standing:
    """How some people stand towards a question: on the register, in the room, voted already. Three set queries."""

    def __init__(self, tx: Tx, question: Question, people: Sequence[int]) -> None:
        listed = select(Elector.person_id).where(Elector.question_id == question.id, Elector.person_id.in_(people))
        received = select(Receipt.person_id).where(Receipt.question_id == question.id, Receipt.person_id.in_(people))
        self.electors = set(tx.scalars(listed))
        self.voted = set(tx.scalars(received))
        self.present = live.present_voters(tx.reading, question.meeting)
        self.over = rules.is_over(question.ends_at, tx.now)


def paper_of(session: Session, question: Question) -> Paper:
    """What the ballots of a question are held against."""
    lines: Sequence[int] = ()
    if question.form != "matter":
        listed = select(QuestionLine.id).where(QuestionLine.question_id == question.id).order_by(QuestionLine.position)
        lines = session.scalars(listed).all()
    return Paper(question.form, question.kind, tuple(question.options), tuple(lines), question.seats)


def _admitted(question: Question, paper: Paper, standing: _Standing, person_id: int, wanted: CastInput) -> Ballot | Refused:
    try:
        if wanted.meeting_id is not None and wanted.meeting_id != question.meeting_id:
            raise Missing()
        rules.admit(
            state=question.state,
            kind=question.kind,
            elector=person_id in standing.electors,
            present=person_id in standing.present,
            voted=person_id in standing.voted,
            changeable=question.changeable,
            over=standing.over,
        )
        return forms.read(paper, wanted.choice, wanted.choices, wanted.text)
    except Refused as refused:
        return refused


def write(
    tx: Tx, question: Question, paper: Paper, taken: Sequence[tuple[Actor, Ballot]], voted: set[int], *, spoken: bool = False
) -> None:
    """Puts admitted ballots into the box with their receipts; `voted`: whose ballot is in already (open votes only)."""
    first = [(who, ballot) for who, ballot in taken if who.person_id not in voted]
    again = [(who, ballot) for who, ballot in taken if who.person_id in voted]
    if question.kind == "secret":
        assert question.public_key is not None
        sealed = [box.seal(question.public_key, forms.pack(paper, ballot)) for _, ballot in first]
        rows = [{"key": box.fresh_key(), "question_id": question.id, "box": each} for each in sealed]
        tx.execute(insert(SealedBallot.__table__), rows)  # type: ignore[arg-type]
    elif first:
        rows = [{"question_id": question.id, "person_id": who.person_id, **_open_row(ballot, spoken)} for who, ballot in first]
        tx.execute(insert(OpenBallot.__table__), rows)  # type: ignore[arg-type]
    if again:
        _replace(tx, question, again, spoken)
    if first:
        receipts = [{"question_id": question.id, "person_id": who.person_id, "at": tx.now} for who, _ in first]
        tx.execute(insert(Receipt.__table__), receipts)  # type: ignore[arg-type]


def _open_row(ballot: Ballot, spoken: bool) -> dict[str, Any]:
    marks = {str(line): mark for line, mark in ballot.marks.items()} or None
    return {"choice": ballot.choice, "text": ballot.text, "marks": marks, "spoken": spoken}


def _replace(tx: Tx, question: Question, again: Sequence[tuple[Actor, Ballot]], spoken: bool) -> None:
    """Open votes only: the ballot received last before the close is the one that counts."""
    ballots, receipts = OpenBallot.__table__, Receipt.__table__
    mine = (ballots.c.question_id == question.id) & (ballots.c.person_id == bindparam("who"))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("choice", "text", "marks", "spoken")}
    rows = [
        {"who": who.person_id, **{f"new_{name}": value for name, value in _open_row(ballot, spoken).items()}}
        for who, ballot in again
    ]
    tx.execute(update(ballots).where(mine).values(values), rows)  # type: ignore[arg-type]
    received = (receipts.c.question_id == question.id) & (receipts.c.person_id.in_([who.person_id for who, _ in again]))
    tx.execute(update(receipts).where(received).values(at=tx.now))  # type: ignore[arg-type]


def keeps_digest(session: Session, wanted: Any) -> bool:
    """Only of ballots on an open vote: a digest of a secret ballot is guessed from three choices."""
    known: dict[int, bool] = session.info.setdefault("voting.keeps_digest", {})
    if wanted.question_id not in known:
        kind = session.scalar(select(Question.kind).where(Question.id == wanted.question_id))
        known[wanted.question_id] = kind == "open"
    return known[wanted.question_id]


@act(
    "voting.cast",
    Action.CAST_BALLOT,
    gather=GatherSpec(key=lambda wanted: wanted.question_id, run=cast_many),
    keeps_digest=keeps_digest,
)
def cast(tx: Tx, wanted: CastInput) -> dict[str, Any]:
    """Puts one ballot into the box and says when it was received.

    An open ballot may be changed until the close (unless the question forbids it); a secret one is final. Refused: `by_hand`,
    `vote_not_open`, `vote_paused`, `vote_closed`, `not_elector`, `already_voted`, `no_second_ballot`, `not_present`,
    `choice_not_offered`, `no_text_here`, `text_missing`; of a paper with lines `lines_missing`, `line_unknown`,
    `mark_not_offered`, `pick_one`, `too_many_chosen`. Recorded as `voting.ballot_received`: that a
    ballot came, never which.
    """
    (answer,) = cast_many(tx, [(tx.actor, wanted)])
    if isinstance(answer, Refused):
        raise answer
    return answer
