"""The course of a running meeting as the secretariat sees it grow: the same facts as the minutes, line by line. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from meeting.conclusions.course import Course, Matter, Note, Statement, Vote, attendance_lines, counted, deed, voted
from meeting.conclusions.wording import minutes_and_seconds

Row = dict[str, Any]


def feed_of(course: Course) -> dict[str, Any]:
    """Who is there, what happened between the items, and each item with its rows in order of time."""
    return {
        "attendance": attendance_lines(course.attendance),
        "rows": rows_of(course.without_item, (), course.notes),
        "items": [_item(matter, course) for matter in course.matters],
    }


def _item(matter: Matter, course: Course) -> dict[str, Any]:
    rows = rows_of(matter.statements, matter.votes, matter.notes)
    if matter.presenter and matter.started_at:
        rows.insert(0, _row(matter.started_at, "auto", f"{matter.presenter} trình bày", ""))
    return {
        "id": matter.item_id,
        "label": str(matter.number),
        "title": matter.title,
        "state": matter.state,
        "outside": matter.outside,
        "heading": matter.heading,
        "aside": matter.aside,
        "started_at": _iso(matter.started_at),
        "ended_at": _iso(matter.ended_at),
        "present": matter.present,
        "total": course.attendance.total,
        "rows": rows,
    }


def rows_of(said: Sequence[Statement], votes: Sequence[Vote], notes: Sequence[Note]) -> list[Row]:
    """Each with its moment, its mark, what happened in bold and the words below it."""
    rows = [_said(each) for each in said]
    rows += [_row(each.at, "vote", f"{_begun(voted(each))} về “{each.title}”", _begun(counted(each))) for each in votes]
    rows += [_row(each.at, "note", _begun(each.text), "") for each in notes]
    return sorted(rows, key=lambda row: str(row["at"]))


def _said(said: Statement) -> Row:
    time = f", {minutes_and_seconds(said.seconds)}" if said.seconds is not None else ""
    return _row(said.at, said.kind, f"{said.person} {deed(said)}{time}", said.text)


def _row(at: datetime, kind: str, title: str, text: str) -> Row:
    return {"at": at.isoformat(), "kind": kind, "title": title, "text": text}


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
