"""Taking a number: one row for each number that was ever given, so that the store itself refuses a second one.

Two offices at once: whoever writes holds the store alone until its commit (SQLite), or the one lock of the journal
(PostgreSQL), so that the next number is read after the last one was given.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx
from meeting.organization.models import Body, OfficialNumber
from meeting.organization.symbols import full_symbol, next_number, number_in_order, numbering_period


def next_number_of(session: Session, body: Body, kind: str, day: date) -> int:
    """The number the next paper of this kind would get, to be shown before it is given."""
    return next_number(_taken(session, body, kind, period_of(body, day)))


def period_of(body: Body, day: date) -> str:
    """The year, or the Party's term, within which a body's numbers run."""
    return numbering_period(day, body.is_party, body.term_started_on)


def _taken(session: Session, body: Body, kind: str, period: str) -> list[int]:
    wanted = select(OfficialNumber.number).where(
        OfficialNumber.body_id == body.id, OfficialNumber.kind == kind, OfficialNumber.period == period
    )
    return list(session.scalars(wanted))


def take_number(tx: Tx, body: Body, kind: str, day: date, wanted: int | None) -> OfficialNumber:
    """Gives a paper of this kind its number: the next one of the body's year (or term), or the one that is wanted.

    Refused: `number_taken`, `number_positive`. Called twice it gives two numbers.
    """
    period = period_of(body, day)
    return _give(tx, body, kind, period, next_number(_taken(tx.reading, body, kind, period), wanted))


def take_number_in_order(tx: Tx, body: Body, kind: str, day: date, wanted: int | None) -> OfficialNumber:
    """The same for documents, as the body has it: the system numbers them without gaps, or the clerk enters the number.

    Refused: `number_not_chosen`, `number_wanted`, `number_taken`, `number_positive`.
    """
    period = period_of(body, day)
    taken = _taken(tx.reading, body, kind, period)
    return _give(tx, body, kind, period, number_in_order(taken, wanted, body.numbering))


def check_number(session: Session, body: Body, kind: str, day: date, wanted: int | None) -> None:
    """Refuses what `take_number_in_order` would refuse now; asked where something is to be done before the number is given."""
    number_in_order(_taken(session, body, kind, period_of(body, day)), wanted, body.numbering)


def _give(tx: Tx, body: Body, kind: str, period: str, number: int) -> OfficialNumber:
    symbol = full_symbol(number, kind, body.symbol_code, body.is_party)
    return tx.add(OfficialNumber(body_id=body.id, kind=kind, period=period, number=number, symbol=symbol))
