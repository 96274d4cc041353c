"""The pages of rule books and of the work calendar: parse, ask one query, render."""

import json
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask_babel import get_locale
from werkzeug.wrappers import Response

from meeting import clock
from meeting.errors import Missing, Refused
from meeting.organization.queries import bodies
from meeting.organization.rows import read_rows
from meeting.rulebook import exporting, queries, screens, wording
from meeting.web import doors
from meeting.web.doors import actor, page, session
from meeting.writer import perform

pages = Blueprint("rulebook", __name__)
MOST_BYTES = 2 * 1024 * 1024


def _number(name: str) -> int | None:
    raw = request.args.get(name, "")
    return int(raw) if raw.isdecimal() and len(raw) < 10 else None


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


@pages.get("/rules")
def rules() -> str:
    """The kinds of meetings of a body and their main rules; where no body is yet, the administrator is told what comes first."""
    if actor().is_admin and not bodies(session()):
        return page("organization/no_bodies.html", here="rules")
    return page("rulebook/overview.html", **screens.overview(session(), actor(), _number("body")))


@pages.get("/rules/<int:type_id>")
def kind(type_id: int) -> str:
    """A rule book in words, with its versions."""
    return page("rulebook/kind.html", **screens.kind_page(session(), actor(), type_id, _number("book")))


@pages.get("/rules/<int:type_id>/edit")
def edit(type_id: int) -> str:
    """New rules from a day on."""
    return page("rulebook/edit.html", **screens.edit_page(session(), actor(), type_id, _day("starts_on")))


@pages.get("/rules/export.json")
def export() -> Response:
    """The rule books of a body as a file for other bodies of its kind."""
    file = exporting.file_of(session(), actor(), _number("body") or 0)
    text = json.dumps(file, ensure_ascii=False, indent=1) + "\n"
    name = f"quy-dinh-hop-{file['body_kind']}-{clock.today().isoformat()}.json"
    return Response(text, mimetype="application/json", headers={"Content-Disposition": f"attachment; filename={name}"})


@pages.route("/rules/import", methods=["GET", "POST"])
def take_over() -> str:
    """A file of rule books: choose it, see what would change, take it over."""
    body = _managed_body()
    starts_on = _day("starts_on")
    shown: dict[str, Any] = {"body": body, "file": None, "labels": wording.RULE_LABELS, "starts_on": starts_on, "error": ""}
    if request.method == "GET":
        return page("rulebook/import.html", **shown)
    try:
        file = _read_json()
        begins = request.form.get("starts_on") or None
        wanted = {"body_id": body.id, "file": file, "dry_run": True, "starts_on": begins}
        found = perform(actor(), "rulebook.import_books", wanted)
    except Refused as refused:
        return page("rulebook/import.html", **{**shown, "error": doors.say(refused.code, refused.facts)})
    return page("rulebook/import.html", **{**shown, "file": file, "found": found, "begins": begins})


def _managed_body() -> Any:
    found = next((each for each in queries.readable_bodies(session(), actor()) if each.id == _number("body")), None)
    if found is None or not queries.may_manage(actor(), found):
        raise Missing()
    return found


def _read_json() -> Any:
    sent = request.files.get("file")
    content = sent.read(MOST_BYTES + 1) if sent else b""
    try:
        found = json.loads(content) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused("rules_file_unreadable")
    return found


@pages.get("/rules/calendar")
def calendar() -> str:
    """The work calendar of a year."""
    language = str(get_locale())[:2]
    return page("rulebook/calendar.html", **screens.calendar_page(session(), actor(), _number("year"), language))


@pages.route("/rules/calendar/import", methods=["GET", "POST"])
def import_days() -> str:
    """A list of days off and worked days: choose the file, see the problems line by line, take it over."""
    if not screens.manages_calendar(session(), actor()):
        raise Missing()
    if request.method == "GET":
        return page("rulebook/import_days.html", rows=None)
    sent = request.files.get("file")
    try:
        rows = read_rows(sent.read() if sent else b"", sent.filename or "" if sent else "")
        found = perform(actor(), "rulebook.import_days", {"rows": rows, "dry_run": True})
    except Refused as refused:
        return page("rulebook/import_days.html", rows=None, error=doors.say(refused.code, refused.facts))
    return page("rulebook/import_days.html", rows=rows, found=found, file_name=sent.filename if sent else "", say=doors.say)


@pages.get("/rules/calendar/sample.csv")
def sample_days() -> Response:
    """A list to start from, as Excel opens it."""
    lines = (
        "Ngày;Loại;Tên;Căn cứ",
        "22/08/2026;làm bù;Làm bù cho 31/8;Thông báo về nghỉ lễ Quốc khánh",
        "31/08/2026;nghỉ;Nghỉ bù;",
    )
    body = "\ufeff" + "\r\n".join(lines) + "\r\n"
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": "attachment; filename=lich-lam-viec.csv"})
