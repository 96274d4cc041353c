"""What the calendar pages show: months as grids, weeks as days, lists by month."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.rules import STATE_NAMES
from meeting.calendars import queries, week_queries
from meeting.calendars.queries import Sought
from meeting.calendars.rules import days_between, decided_by, monday_of
from meeting.errors import N_, Malformed
from meeting.organization.models import Body
from meeting.permissions import Action, Actor, Role, allows

VIEWS = ("list", "month", "week")
STEP_WEEK = timedelta(days=7)
IN_CELL = 3  # meetings named in a day of the month; more are counted
IN_LIST = 50


@dataclass(frozen=True)
class Day:
    """One day of a calendar."""

    on: date
    meetings: list[Meeting]
    inside: bool = True  # of the month shown

    @property
    def more(self) -> int:
        """How many meetings do not fit into the cell."""
        return max(0, len(self.meetings) - IN_CELL)


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    view: str = "list"
    day: date = field(default_factory=clock.today)
    when: str = "upcoming"
    text: str = ""
    state: str = ""
    body: str = ""
    role: str = ""  # of the unit: attends, prepares
    show: int = IN_LIST

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Asked":
        """Out of the query of an address; what is not known is ignored, a day that is none is refused as malformed."""
        view = values.get("view", "")
        show = values.get("show", "")
        return cls(
            view=view if view in VIEWS else "list",
            day=day_of(values.get("day", "")),
            when=values.get("when", "upcoming"),
            text=values.get("q", "").strip()[:200],
            state=values.get("state", "") if values.get("state", "") in STATE_NAMES else "",
            body=values.get("body", ""),
            role=values.get("role", "") if values.get("role", "") in ("attends", "prepares") else "",
            show=max(IN_LIST, min(int(show), 1000)) if show.isdecimal() and len(show) < 6 else IN_LIST,
        )

    @property
    def kept(self) -> dict[str, str | None]:
        """The filters, to go along to another view."""
        return {
            name: value or None
            for name, value in (("q", self.text), ("state", self.state), ("body", self.body), ("role", self.role))
        }


def day_of(text: str) -> date:
    """The day an address asks for, today without one. Refused as malformed when it is none."""
    if not text:
        return clock.today()
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Malformed({"day": N_("A date is expected.")}) from None
    if not 1980 <= found.year <= 2200:
        raise Malformed({"day": N_("A date is expected.")})
    return found


def calendar_page(session: Session, actor: Actor, asked: Asked, scope: str) -> dict[str, Any]:
    """One's own calendar (`mine`) or that of one's unit (`unit`) in the view asked for."""
    first, last = _span(asked)
    sought = Sought(asked.text, asked.when if asked.view == "list" else "", asked.state, asked.body, first, last)
    if scope == "unit":
        found = queries.of_unit(session, actor, sought, asked.role)
    else:
        found = queries.mine(session, actor, sought)
    if asked.view != "list":
        found = [each for each in found if asked.state or each.state != "cancelled"]
    elif asked.when != "upcoming":
        found.reverse()
    shown = found[: asked.show] if asked.view == "list" else found
    return {
        "asked": asked,
        "scope": scope,
        "total": len(found),
        "months": _months(shown) if asked.view == "list" else [],
        "weeks": _weeks(asked.day, found) if asked.view == "month" else [],
        "days": _days(monday_of(asked.day), found) if asked.view == "week" else [],
        "today": clock.today(),
        "steps": _steps(asked),
        "replies": queries.replies_of(session, actor, shown),
        "prepared": queries.prepared_by_unit(session, actor, shown) if scope == "unit" else set(),
        "attending": queries.attending_of_unit(session, actor, shown) if scope == "unit" else {},
        "bodies": _bodies(found),
        "states": STATE_NAMES,
        "has_unit": actor.unit_id is not None,
    }


def _span(asked: Asked) -> tuple[date | None, date | None]:
    if asked.view == "month":
        days = list(Calendar().itermonthdates(asked.day.year, asked.day.month))
        return days[0], days[-1]
    if asked.view == "week":
        monday = monday_of(asked.day)
        return monday, monday + timedelta(days=6)
    return None, None


def _steps(asked: Asked) -> tuple[date, date]:
    """The day to go back to and the one to go on to."""
    if asked.view == "month":
        first = asked.day.replace(day=1)
        return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    return asked.day - STEP_WEEK, asked.day + STEP_WEEK


def _bodies(meetings: Sequence[Meeting]) -> list[Body]:
    return sorted({each.body.id: each.body for each in meetings}.values(), key=lambda body: body.id)


def _months(meetings: Sequence[Meeting]) -> list[tuple[date, list[Meeting]]]:
    """The list under the heads of its months."""
    by_month = groupby(meetings, key=lambda each: clock.local(each.starts_at).date().replace(day=1))
    return [(month, list(group)) for month, group in by_month]


def _weeks(day: date, meetings: Sequence[Meeting]) -> list[list[Day]]:
    return [
        [replace(each, inside=each.on.month == day.month) for each in _filled(week, meetings)]
        for week in Calendar().monthdatescalendar(day.year, day.month)
    ]


def _days(monday: date, meetings: Sequence[Meeting]) -> list[Day]:
    return _filled([monday + timedelta(days=number) for number in range(7)], meetings)


def _filled(days: Sequence[date], meetings: Sequence[Meeting]) -> list[Day]:
    """Each day with its meetings; one of several days stands on each of them."""
    on: dict[date, list[Meeting]] = {day: [] for day in days}
    for each in meetings:
        ends = clock.local(each.ends_at) if each.ends_at else None
        for day in days_between(clock.local(each.starts_at), ends, days[0], days[-1]):
            on[day].append(each)
        goes_on = clock.local(each.resumes_at).date() if each.is_adjourned and each.resumes_at else None
        if goes_on in on and each not in on[goes_on]:
            on[goes_on].append(each)
    return [Day(day, found) for day, found in on.items()]


def week_page(session: Session, actor: Actor, body: str, day: date) -> dict[str, Any]:
    """The weekly work calendar of one body, or of all one's bodies together."""
    monday = monday_of(day)
    if body:
        week = week_queries.week_of_body(session, actor, week_queries.body_named(session, actor, body), monday)
    else:
        week = week_queries.week_of_all(session, actor, monday)
    hats: frozenset[Role] = actor.roles_in(week.body.id) if week.body else frozenset()
    programme = week.programme
    keeps, publishes = allows(Action.KEEP_WEEK, hats), allows(Action.PUBLISH_WEEK, hats)
    document = (programme.full_document_id if keeps or publishes else None) or programme.document_id if programme else None
    bodies = week_queries.readable_bodies(session, actor)
    chosen = week.body.id if week.body else None
    return {
        "week": week,
        "bodies": bodies,
        "bodies_tabs": [(each.short_name, _week_address(each, monday), each.id == chosen) for each in bodies],
        "before": monday - STEP_WEEK,
        "after": monday + STEP_WEEK,
        "today": clock.today(),
        "keeps": keeps,
        "publishes": publishes,
        "document": document,
        "decided_by": decided_by(monday),
        "is_late": clock.today() > decided_by(monday),
    }


def _week_address(body: Body, monday: date) -> str:
    return url_for("calendars.week", body=body.short_name, day=monday.isoformat())
