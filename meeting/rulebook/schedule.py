"""What is due when before a meeting. Pure: the rules, the beginning and the calendar in, one table out.

Every time is local and is the last moment in time: the closing of the office on the due day, never after the beginning.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from meeting.rulebook.deadlines import OFFICE_CLOSES, Notice, WorkCalendar, due_at
from meeting.rulebook.values import Values

#: Stages that come on one moment stand in the order in which the work is done.
ORDER = ("invitation", "papers", "check", "stage", "programme", "notice")


@dataclass(frozen=True)
class Due:
    """One line of the table. `days` and `unit` say how it was counted; `rule` names the rule whose source holds."""

    key: str  # programme, papers, check, invitation, notice, or the key of a stage
    rule: str
    due_at: datetime
    days: int
    unit: str
    what: str = ""  # of a stage: the paper that is owed, as the rule book names it
    by: str = ""  # of a stage: unit or committee

    @property
    def is_after(self) -> bool:
        """Whether it is due after the meeting."""
        return self.key == "notice"


def days_after(day: date, days: int, unit: str, calendar: WorkCalendar) -> date:
    """So many working or calendar days after a day, which itself is not counted."""
    if unit == "calendar":
        return day + timedelta(days=days)
    while days > 0:
        day += timedelta(days=1)
        days -= calendar.works(day)
    return day


def check_due_at(received_at: datetime, days: int, calendar: WorkCalendar, closes: time = OFFICE_CLOSES) -> datetime:
    """Until when the office says what a dossier lacks: so many working days after it came (NĐ 315/2025 Điều 12.2: 2)."""
    return datetime.combine(days_after(received_at.date(), days, "working", calendar), closes, received_at.tzinfo)


def due_table(
    values: Values,
    starts_at: datetime,
    calendar: Callable[[int], WorkCalendar],
    closes: time = OFFICE_CLOSES,
    ends_at: datetime | None = None,
) -> list[Due]:
    """All that is due for a meeting, the earliest first. `starts_at` is local; `calendar` gives the calendar of a year.

    The programme is on it only where it has a time or somebody who approves it; the check only where the office has a time for
    it; the conclusion notice (counted on from the meeting) only where one must follow.
    """
    days = calendar(starts_at.year)

    def before(number: int, unit: str) -> datetime:
        return due_at(starts_at, Notice(number, unit), days, closes)

    papers = before(values.papers_due_days, values.papers_due_unit)
    table = [
        Due("invitation", "invitation", before(values.invite_days, values.invite_unit), values.invite_days, values.invite_unit),
        Due("papers", "papers", papers, values.papers_due_days, values.papers_due_unit),
    ]
    table += [_stage(stage, before(stage["days"], stage["unit"])) for stage in values.sequence]
    if values.check_days:
        checked = min(check_due_at(papers, values.check_days, days, closes), starts_at)
        table.append(Due("check", "check", checked, values.check_days, "working"))
    if values.programme_days or values.approver != "none":
        programme = before(values.programme_days, values.programme_unit)
        table.append(Due("programme", "programme", programme, values.programme_days, values.programme_unit))
    if values.notice_required:
        table.append(_notice(values, ends_at or starts_at, calendar, closes))
    return sorted(table, key=_in_order)


def _stage(stage: Mapping[str, Any], at: datetime) -> Due:
    return Due(stage["key"], "sequence", at, stage["days"], stage["unit"], stage["what"], stage["by"])


def _notice(values: Values, over_at: datetime, calendar: Callable[[int], WorkCalendar], closes: time) -> Due:
    last = days_after(over_at.date(), values.notice_days, values.notice_unit, calendar(over_at.year))
    at = max(datetime.combine(last, closes, over_at.tzinfo), over_at)
    return Due("notice", "notice", at, values.notice_days, values.notice_unit)


def _in_order(line: Due) -> tuple[datetime, int]:
    return line.due_at, ORDER.index(line.key if line.key in ORDER else "stage")
