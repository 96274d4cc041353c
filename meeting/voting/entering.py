"""Counts that people bring: hands counted at the table, paper ballots counted by the committee."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import update

from meeting.acts import Tx, act
from meeting.errors import N_, Refused, declare
from meeting.events import Event
from meeting.permissions import Action
from meeting.voting import committee, figures, queries, rules
from meeting.voting.forms import Paper
from meeting.voting.models import Question
from meeting.voting.service import QuestionInput, asked, before_opening

declare(
    {
        "counted_by_committee": N_("Paper ballots are counted by the counting committee, who enter the figures themselves."),
        "not_on_paper": N_("Figures are entered only for paper ballots."),
        "figures_locked": N_("The figures are confirmed. The head of the committee can take that back before the vote closes."),
        "head_confirms": N_("Only the head of the counting committee confirms the figures."),
        "figures_changed": N_("The figures were changed in the meantime. Look at them again before confirming."),
    }
)

before_opening(committee.check_ready)

Number = Annotated[int, Field(ge=0, le=1_000_000)]


class CountsInput(QuestionInput):
    """Hands counted, by option, or by line with the hands for each mark; `chair` is the chair's own side, for a tie."""

    counts: dict[str, Number] = Field(default_factory=dict)
    lines: dict[str, dict[str, Number]] | None = None
    chair: Literal["for", "against"] | None = None


class FiguresInput(QuestionInput):
    """Paper ballots issued and returned; marks by option, or by line; ballots that no mark accounts for are invalid."""

    issued: Number
    returned: Number
    invalid: Number | None = None
    counts: dict[str, Number] | None = None
    lines: dict[str, dict[str, Number]] | None = None


class ConfirmInput(QuestionInput):
    """Confirming; `entered_at` says which figures were looked at, so that nobody confirms others."""

    entered_at: str | None = None


@act("voting.enter_counts", Action.ENTER_COUNTS)
def enter_counts(tx: Tx, wanted: CountsInput) -> dict[str, Any]:
    """Writes down a show of hands; again until the close, the last entry counts. With lines: the hands for each of them.

    `chair` is the chair's own side, for a tie. Refused: `not_by_hand`, `counted_by_committee`, `vote_not_open`, `vote_closed`,
    `counts_too_many`, `choice_not_offered`, `line_unknown`, `mark_not_offered`, `figures_too_many`. Recorded as
    `voting.counts_entered` with the counts: they were seen by the whole room.
    """
    question = asked(tx, Action.ENTER_COUNTS, wanted)
    if question.kind != "hand":
        raise Refused("not_by_hand")
    if question.on_paper:
        raise Refused("counted_by_committee")
    rules.check_voting_time(question.state)
    counts = _hands(question, wanted, len(queries.electors_here(tx.reading, question)))
    changed = update(Question).where(Question.id == question.id).values(hand_counts=counts, hand_chair=wanted.chair)
    tx.execute(changed)
    tx.record(Event.COUNTS_ENTERED, question, question_id=question.id, counts=counts)
    return {}


def _hands(question: Question, wanted: CountsInput, present: int) -> dict[str, Any]:
    paper = paper_of(question)
    if not paper.has_lines:
        rules.check_hand_counts(question.options, wanted.counts, present)
        return {key: wanted.counts.get(key, 0) for key in question.options}
    lines = {number: figures.LineFigures(marks) for number, marks in _numbered(wanted.lines).items()}
    return figures.check_hands(paper, figures.Figures(0, 0, 0, wanted.counts, lines), present)


@act("voting.enter_figures", Action.ENTER_FIGURES)
def enter_figures(tx: Tx, wanted: FiguresInput) -> dict[str, Any]:
    """Writes down what the committee counted: ballots issued, returned, invalid, and the marks; again until the head confirms.

    The sums must agree, for each person on the ballot. Refused: `not_on_paper`, `vote_not_open`, `vote_closed`, `figures_locked`
    and what `figures.checked` finds. Recorded as `voting.figures_entered` with the figures: the committee reads them out.
    """
    question = _on_paper(tx, wanted)
    if question.figures_confirmed_at is not None:
        raise Refused("figures_locked")
    paper = paper_of(question)
    typed = figures.given(paper, wanted.issued, wanted.returned, wanted.invalid, wanted.counts, _numbered(wanted.lines))
    names = {line.id: line.title for line in question.lines}
    register = len(queries.register(tx.reading, question.id))
    kept = figures.kept(paper, figures.checked(paper, typed, register, names))
    changed = {"figures": kept, "figures_by_id": tx.actor.person_id, "figures_at": tx.now}
    tx.execute(update(Question).where(Question.id == question.id).values(changed))
    tx.record(Event.FIGURES_ENTERED, question, question_id=question.id, figures=kept)
    return {"entered_at": tx.now.isoformat()}


@act("voting.confirm_figures", Action.ENTER_FIGURES)
def confirm_figures(tx: Tx, wanted: ConfirmInput) -> dict[str, Any]:
    """The head of the committee says that the figures are right: from then on nobody changes them, and the vote may close.

    Twice is harmless. Refused: `not_on_paper`, `head_confirms`, `figures_missing`, `figures_changed`, `vote_not_open`,
    `vote_closed`. Recorded as `voting.figures_confirmed` with the figures.
    """
    question = _on_paper(tx, wanted)
    if not committee.is_head(tx.reading, question, tx.actor.person_id):
        raise Refused("head_confirms")
    if question.figures is None or question.figures_at is None:
        raise Refused("figures_missing")
    if wanted.entered_at is not None and wanted.entered_at != question.figures_at.isoformat():
        raise Refused("figures_changed")
    if question.figures_confirmed_at is not None:
        tx.nothing_to_record("the figures are confirmed already")
        return {}
    _confirm(tx, question, True)
    return {}


@act("voting.reopen_figures", Action.ENTER_FIGURES)
def reopen_figures(tx: Tx, wanted: QuestionInput) -> dict[str, Any]:
    """The head takes the confirmation back before the vote closes, so that a mistake can be mended.

    Harmless where nothing is confirmed. Refused: `not_on_paper`, `head_confirms`, `vote_closed`. Recorded as
    `voting.figures_confirmed` with `taken_back`.
    """
    question = _on_paper(tx, wanted)
    if not committee.is_head(tx.reading, question, tx.actor.person_id):
        raise Refused("head_confirms")
    if question.figures_confirmed_at is None:
        tx.nothing_to_record("nothing is confirmed")
        return {}
    _confirm(tx, question, False)
    return {}


def _confirm(tx: Tx, question: Question, confirmed: bool) -> None:
    values = {
        "figures_confirmed_by_id": tx.actor.person_id if confirmed else None,
        "figures_confirmed_at": tx.now if confirmed else None,
    }
    tx.execute(update(Question).where(Question.id == question.id).values(values))
    told = {"taken_back": True} if not confirmed else {}
    tx.record(Event.FIGURES_CONFIRMED, question, question_id=question.id, figures=question.figures, **told)


def _on_paper(tx: Tx, wanted: QuestionInput) -> Question:
    """The paper vote, while its box is open: held or not, because a committee counts while the room waits."""
    question = asked(tx, Action.ENTER_FIGURES, wanted)
    if not question.on_paper:
        raise Refused("not_on_paper")
    if question.state != "paused":
        rules.check_voting_time(question.state)
    return question


def _numbered(lines: Mapping[str, Mapping[str, int]] | None) -> dict[int, dict[str, int]]:
    if not all(key.isascii() and key.isdigit() and len(key) < 19 for key in lines or {}):
        raise Refused("line_unknown")
    return {int(key): dict(marks) for key, marks in (lines or {}).items()}


def paper_of(question: Question) -> Paper:
    """What stands on the ballot paper of a question."""
    lines = tuple(line.id for line in question.lines)
    return Paper(question.form, question.kind, tuple(question.options), lines, question.seats)
