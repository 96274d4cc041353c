"""Pure rules of numbers and symbols of official papers."""

from collections.abc import Iterable
from datetime import date

from meeting.errors import N_, Refused, declare

declare(
    {
        "number_taken": N_("Number %(number)s is already taken by another paper of this body."),
        "number_positive": N_("A number begins at 1."),
        "number_not_chosen": N_("The system numbers the documents of this body, without gaps: leave the number out."),
        "number_wanted": N_("This body takes its numbers from the e-office register: enter number and date."),
        "issued_in_future": N_("The date %(day)s lies in the future."),
        "issued_before_last": N_("%(symbol)s bears the date %(day)s: the next number cannot bear an earlier one."),
    }
)

MOST_NUMBER = 99_999  # no register of a year or a term goes so far: a longer number is a slip of the hand
SYSTEM, CLERK = "system", "clerk"  # who numbers the documents of a body


def numbering_period(day: date, party: bool, term_started_on: date | None) -> str:
    """Within which numbers are unique: "2026" for the state, "from 2025-08-15" for the Party.

    The state begins with 01 every 1 January (NĐ 30/2020, Phụ lục I, mục II.3). Party papers run on through a term,
    which begins the day after the congress (HD 36-HD/VPTW, mục 1.3.1); while no term is on file they go by year too.
    """
    if party and term_started_on is not None and term_started_on <= day:
        return f"from {term_started_on.isoformat()}"
    return str(day.year)


def symbol(kind: str, body_code: str, party: bool) -> str:
    """What follows the number: "TB-UBND" for the state, "TB/ĐU" for the Party."""
    return f"{kind}/{body_code}" if party else f"{kind}-{body_code}"


def number_text(number: int) -> str:
    """A number as papers write it: 0 before those under 10."""
    return f"{number:02d}"


def full_symbol(number: int, kind: str, body_code: str, party: bool) -> str:
    """Number and symbol together: "07/TB-UBND", "07-TB/ĐU"."""
    between = "-" if party else "/"
    return f"{number_text(number)}{between}{symbol(kind, body_code, party)}"


def next_number(taken: Iterable[int], wanted: int | None = None) -> int:
    """The number a paper gets: the one the clerk enters, or one more than the highest of the period.

    Refused: `number_positive` below 1, `number_taken` when another paper of the body and period has it.
    """
    used = set(taken)
    if wanted is None:
        return max(used, default=0) + 1
    if wanted < 1:
        raise Refused("number_positive")
    if wanted in used:
        raise Refused("number_taken", number=number_text(wanted))
    return wanted


def number_in_order(taken: Iterable[int], wanted: int | None, numbering: str) -> int:
    """The number of a document of a body that is numbered in order, or by the clerk from the register of the e-office.

    By the system it follows the highest of body, kind and period, so that there is no gap, and nobody chooses it
    (`number_not_chosen`; naming the very next one is no choice). By the clerk it has to be entered (`number_wanted`), is given
    once (`number_taken`) and may leave gaps.
    """
    if numbering == CLERK:
        if wanted is None:
            raise Refused("number_wanted")
        return next_number(taken, wanted)
    following = next_number(taken)
    if wanted is not None and wanted != following:
        raise Refused("number_not_chosen")
    return following


def check_dated(day: date, today: date, numbering: str, last: tuple[str, date] | None = None) -> None:
    """Whether a document may bear this date: never a later day than today (`issued_in_future`).

    Where the system numbers, dates follow the numbers: never before the `last` one of the period (`issued_before_last`).
    """
    if day > today:
        raise Refused("issued_in_future", day=day.strftime("%d/%m/%Y"))
    if numbering != CLERK and last is not None and day < last[1]:
        raise Refused("issued_before_last", symbol=last[0], day=last[1].strftime("%d/%m/%Y"))
