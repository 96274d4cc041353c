"""What other programs may read: kinds of meetings, their rule books, due tables, the work calendar."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import gettext
from pydantic import ValidationError
from sqlalchemy.orm import Session

from meeting import clock
from meeting.errors import N_, Malformed, Missing
from meeting.permissions import Actor
from meeting.rulebook import exporting, queries, rules, schedule, screens, uses, wording
from meeting.rulebook.calendar import holiday_names, vietnamese_calendar, work_calendar
from meeting.rulebook.days import FIRST_YEAR, LAST_YEAR, Day, day_of
from meeting.rulebook.inputs import EditBookInput
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.rulebook.values import RULES, values_of
from meeting.web.api import asked, asked_number, paged, resource


@resource("/rules", "Kinds of meetings one may read the rules of, with the book in force today", body="short name")
def rule_kinds(session: Session, actor: Actor) -> dict[str, Any]:
    """The kinds of all bodies whose rules this person may read."""
    bodies = [each for each in queries.readable_bodies(session, actor) if asked("body") in ("", each.short_name)]
    return paged([kind for body in bodies for kind in queries.kinds_of(session, body.id)], kind_line)


def kind_line(kind: MeetingType) -> dict[str, Any]:
    """A kind of meeting in a list."""
    book = rules.in_force(kind.books, clock.today())
    return {
        "id": kind.id,
        "code": kind.code,
        "name": kind.name,
        "body": kind.body.short_name,
        "retired_on": kind.retired_on.isoformat() if kind.retired_on else None,
        "book": book_line(book) if book else None,
    }


def book_line(book: RuleBook) -> dict[str, Any]:
    """A rule book: its days in force, its values, and the source of each rule."""
    return {
        "id": book.id,
        "starts_on": book.starts_on.isoformat(),
        "ends_on": book.ends_on.isoformat() if book.ends_on else None,
        "instrument": book.instrument,
        "verified": book.verified,
        "values": values_of(book).plain(),
        "sources": book.sources,
        "words": {rule: wording.said_of(rule, book) for rule in RULES},
    }


@resource("/rules/<int:type_id>/books", "All versions of a kind's rule book, the newest first, with what changed")
def rule_books(session: Session, actor: Actor, type_id: int) -> dict[str, Any]:
    """The history of a kind's rules."""
    kind = queries.kind_of(session, actor, type_id)
    return paged(screens.history(kind), lambda each: {**book_line(each.book), "changes": _changes(each.changes)})


def _changes(found: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{**each, "label": str(gettext(label))} for each in found for label in [each["label"]]]


@resource("/rules/export", "The rule books of a body as a file for other bodies of its kind", body="id of the body")
def rules_file(session: Session, actor: Actor) -> dict[str, Any]:
    """The books in force today, as `rulebook.import_books` takes them."""
    return exporting.file_of(session, actor, asked_number("body", 0) or 0)


@resource(
    "/rules/<int:type_id>/due-table",
    "All that is due for a meeting of this kind, the earliest first",
    starts_at="ISO 8601 with offset",
    ends_at="ISO 8601 with offset",
    values="JSON object: values to try instead of those in force",
)
def rule_due_table(session: Session, actor: Actor, type_id: int) -> dict[str, Any]:
    """The due table of a meeting that begins then, also with values somebody is still writing."""
    kind = queries.kind_of(session, actor, type_id)
    starts_at = _moment("starts_at")
    if starts_at is None:
        raise Malformed({"starts_at": N_("A date and time are expected.")})
    book = rules.in_force(kind.books, clock.local(starts_at).date())
    if book is None:
        raise Missing()
    values = replace(values_of(book), **_tried())
    rules.check_values(values, kind.body.kind)
    ends_at = _moment("ends_at")
    table = schedule.due_table(
        values,
        clock.local(starts_at),
        lambda year: work_calendar(session, year),
        queries.closing_time(kind.body),
        clock.local(ends_at) if ends_at else None,
    )
    lines = zip(table, screens.said_lines(table, book.sources), strict=True)
    return {
        "data": [{**due_line(line), "days": due.days, "unit": due.unit, "by": due.by or None} for due, line in lines],
        "next": None,
    }


def due_line(line: screens.DueLine) -> dict[str, Any]:
    """One line of a due table."""
    return {
        "key": line.key,
        "label": line.label,
        "due_at": line.at.isoformat(),
        "words": line.words,
        "article": line.article,
        "verified": line.verified,
        "after": line.is_after,
        "passed": line.passed,
    }


def _tried() -> dict[str, Any]:
    raw = asked("values")
    if not raw:
        return {}
    try:
        found = json.loads(raw)
        given = {name: value for name, value in found.items() if name in EditBookInput.model_fields and name not in ("sources",)}
        return EditBookInput.model_validate({**given, "type_id": 0, "starts_on": clock.today()}).given()
    except ValidationError as error:
        raise Malformed({str(each["loc"][0]): N_("This value is not valid.") for each in error.errors()}) from None
    except (ValueError, AttributeError, RecursionError):
        raise Malformed({"values": N_("An object is expected.")}) from None


def _moment(name: str) -> datetime | None:
    raw = asked(name).replace(" ", "+")
    if not raw:
        return None
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        raise Malformed({name: N_("A date and time are expected.")}) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Malformed({name: N_("A date and time are expected.")})
    return found if found.tzinfo else found.replace(tzinfo=clock.LOCAL)


@resource("/work-calendar", "The days of a year that are not as weekdays say: holidays, days off, worked days", year="2026")
def work_calendar_days(session: Session, _actor: Actor) -> dict[str, Any]:
    """Holidays of the country and what was set here, in order of days. What is not listed is as its weekday says."""
    year = asked_number("year", clock.today().year) or clock.today().year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Malformed({"year": N_("The number is too large.") if year > LAST_YEAR else N_("The number is too small.")})
    own, country, names = queries.own_days(session, year), vietnamese_calendar(year), holiday_names(year)
    days = sorted({*own, *names, *(day for day in country.worked if day.year == year)})
    return {"data": [day_line(day_of(day, country, names, own)) for day in days], "next": None}


def day_line(day: Day) -> dict[str, Any]:
    """One day."""
    return {
        "day": day.day.isoformat(),
        "works": day.works,
        "kind": day.kind,
        "name": day.name,
        "source": day.source,
        "own": day.own,
        "verified": day.verified,
    }


@resource("/work-calendar/differing", "Due times given to units that today's rules and calendar would set otherwise")
def differing_due_times(session: Session, actor: Actor) -> dict[str, Any]:
    """For the coming meetings this person prepares, the earliest first. Nothing of it moves by itself."""
    return paged(uses.differing(session, actor), _differing)


def _differing(each: uses.Differing) -> dict[str, Any]:
    times = {"given_at": clock.local(each.given_at).isoformat(), "now_at": clock.local(each.now_at).isoformat()}
    return {"meeting": each.meeting, "unit": each.unit, "what": each.what, **times}
