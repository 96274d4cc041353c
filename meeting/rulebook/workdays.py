"""Acts on the work calendar: set a day off or worked, take a setting back, take over a list."""

from datetime import date
from typing import Any

from sqlalchemy import select

from meeting.acts import Tx, act
from meeting.errors import Refused
from meeting.events import Event
from meeting.organization.rows import read_rows
from meeting.permissions import Action
from meeting.rulebook.day_list import NewDay, Problem, read_days
from meeting.rulebook.days import FIRST_YEAR, LAST_YEAR
from meeting.rulebook.inputs import DayInput, ImportDaysInput, SetDayInput
from meeting.rulebook.models import CalendarDay


@act("rulebook.set_day", Action.MANAGE_CALENDAR)
def set_day(tx: Tx, wanted: SetDayInput) -> dict[str, Any]:
    """Says that a day is off or worked here, with its name and the decision behind it; it goes before the country's calendar.

    Due times of meetings that were not issued are counted anew at once; those already given to units stay. Setting the same
    again changes nothing. Refused as `day_out_of_range`. Records what the day was set to before and is now.
    """
    tx.require(Action.MANAGE_CALENDAR)
    _check_year(wanted.day)
    before = _set(tx, wanted.day, wanted.works, wanted.name, wanted.source)
    after = {"works": wanted.works, "name": wanted.name, "source": wanted.source}
    if before == after:
        tx.nothing_to_record("the day is set so already")
    else:
        tx.record(Event.CALENDAR_DAY_SET, None, day=wanted.day.isoformat(), before=before, **after)
    return {"day": wanted.day.isoformat(), "works": wanted.works}


def _set(tx: Tx, day: date, works: bool, name: str, source: str) -> dict[str, Any] | None:
    row = tx.find(CalendarDay, day)
    before = {"works": row.works, "name": row.name, "source": row.source} if row else None
    if row is None:
        tx.add(CalendarDay(day=day, works=works, name=name, source=source))
    else:
        row.works, row.name, row.source = works, name, source
    return before


def _check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("day_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)


@act("rulebook.clear_day", Action.MANAGE_CALENDAR)
def clear_day(tx: Tx, wanted: DayInput) -> dict[str, Any]:
    """Takes back what was set for a day: the country's calendar holds again. Refused as `day_not_set`. Recorded."""
    tx.require(Action.MANAGE_CALENDAR)
    row = tx.find(CalendarDay, wanted.day)
    if row is None:
        raise Refused("day_not_set", day=wanted.day.isoformat())
    tx.record(Event.CALENDAR_DAY_CLEARED, None, day=wanted.day.isoformat(), works=row.works, name=row.name, source=row.source)
    tx.delete(row)
    return {"day": wanted.day.isoformat()}


@act("rulebook.import_days", Action.MANAGE_CALENDAR)
def import_days(tx: Tx, wanted: ImportDaysInput) -> dict[str, Any]:
    """Takes over a list of days off and worked days (the year's decision). Days on file are set anew, others stay.

    A dry run only tells: `{count, days: [{day, works, name, source, before}], problems: [{line, code, facts}]}`. The real run is
    all or nothing: refused as `days_problems` with the same list. Recorded once, with every day.
    """
    tx.require(Action.MANAGE_CALENDAR)
    rows = read_rows(wanted.csv.encode(), "days.csv") if wanted.csv else wanted.rows
    days, problems = read_days(rows)
    plain = [_plain_problem(each) for each in problems]
    if problems and not wanted.dry_run:
        raise Refused("days_problems", count=len(problems), problems=plain)
    told = [_plain(each, before) for each, before in _with_before(tx, days)]
    if wanted.dry_run:
        tx.nothing_to_record("a dry run changes nothing")
        return {"count": len(days), "days": told, "problems": plain}
    for each in days:
        _set(tx, each.day, each.works, each.name, each.source)
    tx.record(Event.CALENDAR_IMPORTED, None, days=told)
    return {"count": len(days), "days": told, "problems": []}


def _with_before(tx: Tx, days: list[NewDay]) -> list[tuple[NewDay, bool | None]]:
    known = select(CalendarDay).where(CalendarDay.day.in_([each.day for each in days]))
    before = {row.day: row.works for row in tx.scalars(known)}
    return [(each, before.get(each.day)) for each in days]


def _plain(each: NewDay, before: bool | None) -> dict[str, Any]:
    return {"day": each.day.isoformat(), "works": each.works, "name": each.name, "source": each.source, "before": before}


def _plain_problem(each: Problem) -> dict[str, Any]:
    return {"line": each.line, "code": each.code, "facts": each.facts}
