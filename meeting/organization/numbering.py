"""Taking a number: one row for each number that was ever given, so that the store itself refuses a second one."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.acts import Tx
from meeting.organization.models import Body, OfficialNumber
from meeting.organization.symbols import full_symbol, next_number, numbering_period


def next_number_of(session: Session, body: Body, kind: str, day: date) -> int:
    """The number the next paper of this kind would get, to be shown before it is given."""
    return next_number(_taken(session, body, kind, numbering_period(day, body.is_party, body.term_started_on)))


def _taken(session: Session, body: Body, kind: str, period: str) -> list[int]:
    wanted = select(OfficialNumber.number).where(
        OfficialNumber.body_id == body.id, OfficialNumber.kind == kind, OfficialNumber.period == period
    )
    return list(session.scalars(wanted))


def take_number(tx: Tx, body: Body, kind: str, day: date, wanted: int | None) -> OfficialNumber:
    """Gives a paper of this kind its number: the next one of the body's year (or term), or the one that is wanted.

    Refused: `number_taken`, `number_positive`. Called twice it gives two numbers.
    """
    period = numbering_period(day, body.is_party, body.term_started_on)
    taken = _taken(tx.reading, body, kind, period)
    number = next_number(taken, wanted)
    symbol = full_symbol(number, kind, body.symbol_code, body.is_party)
    return tx.add(OfficialNumber(body_id=body.id, kind=kind, period=period, number=number, symbol=symbol))
