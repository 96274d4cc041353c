"""Written opinion rounds over a period: how many were asked, how many answered, what came of it. No answer is read here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import N_
from meeting.organization.models import Body
from meeting.rounds.models import OpinionRound, RoundAnswer, RoundMember

#: The figures of rounds and what they are called.
LABELS: Mapping[str, str] = {
    "rounds": N_("Opinion rounds"),
    "open": N_("Still open"),
    "passed": N_("Carried by a majority"),
    "not_passed": N_("Without a majority"),
    "cancelled": N_("Cancelled"),
    "asked": N_("People asked"),
    "answered": N_("People who answered"),
}


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round as reports count it."""

    round_id: int
    body: str
    title: str
    sent_on: date
    due_on: date
    state: str
    passed: bool | None
    asked: int
    answered: int
    days: int | None  # from the sending to the close


_WEIGHTS: Mapping[str, Callable[[RoundRow], int]] = {
    "rounds": lambda row: 1,
    "open": lambda row: row.state == "open",
    "passed": lambda row: row.passed is True,
    "not_passed": lambda row: row.passed is False,
    "cancelled": lambda row: row.state == "cancelled",
    "asked": lambda row: row.asked,
    "answered": lambda row: row.answered,
}


def weight(row: RoundRow, figure: str) -> int:
    """What a round counts in a figure: 0 when it is no part of it."""
    return int(_WEIGHTS[figure](row))


def behind(rows: Iterable[RoundRow], figure: str) -> list[RoundRow]:
    """The rounds behind a figure, the latest first."""
    return sorted((row for row in rows if weight(row, figure)), key=lambda row: (row.sent_on, row.round_id), reverse=True)


def counted(rows: Iterable[RoundRow]) -> dict[str, int]:
    """Every figure of some rounds."""
    found = list(rows)
    return {figure: sum(weight(row, figure) for row in found) for figure in LABELS}


def rounds(session: Session, bodies: Sequence[Body], since: date, until: date) -> list[RoundRow]:
    """The rounds that were sent in the period, both days included. Three queries."""
    names, of = {body.id: body.short_name for body in bodies}, OpinionRound
    sent = (
        of.body_id.in_(list(names)),
        of.sent_at >= clock.at_local(since),
        of.sent_at < clock.at_local(until + timedelta(days=1)),
    )
    ids = select(of.id).where(*sent)
    asked = select(RoundMember.round_id, func.count()).where(RoundMember.round_id.in_(ids)).group_by(RoundMember.round_id)
    answered = select(RoundAnswer.round_id, func.count()).where(RoundAnswer.round_id.in_(ids)).group_by(RoundAnswer.round_id)
    register, answers = _numbers(session, asked), _numbers(session, answered)
    columns = (of.id, of.body_id, of.title, of.sent_at, of.due_at, of.state, of.result, of.closed_at)
    return [
        RoundRow(
            round_id=row.id,
            body=names[row.body_id],
            title=row.title,
            sent_on=clock.local(row.sent_at).date(),
            due_on=clock.local(row.due_at).date(),
            state=row.state,
            passed=bool(row.result["passed"]) if row.result and row.state != "cancelled" else None,
            asked=register.get(row.id, 0),
            answered=answers.get(row.id, 0),
            days=(clock.local(row.closed_at).date() - clock.local(row.sent_at).date()).days if row.closed_at else None,
        )
        for row in session.execute(select(*columns).where(*sent).order_by(of.sent_at, of.id))
    ]


def _numbers(session: Session, wanted: Select[*tuple[Any, ...]]) -> dict[int, int]:
    return {row[0]: row[1] for row in session.execute(wanted)}
