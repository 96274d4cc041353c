"""Pages of the catalogues and the rooms: parse, ask a query, render."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from meeting.catalogues import exports, queries, screens
from meeting.catalogues.api import demand
from meeting.errors import Refused
from meeting.organization.rows import read_rows
from meeting.permissions import Action
from meeting.web import doors
from meeting.web.doors import actor, page, session
from meeting.writer import perform

pages = Blueprint("catalogues", __name__)


@pages.app_context_processor
def in_templates() -> dict[str, Any]:
    """What forms of lower rooms offer: the positions on the form of a person."""
    return {"positions_offered": lambda: queries.position_names(session())}


def _kind(name: str) -> str:
    if name not in screens.KINDS:
        abort(404)
    return screens.KINDS[name]


@pages.get("/catalogues")
def first() -> Response:
    """The catalogues begin with the positions."""
    return redirect(url_for("catalogues.entries", name="positions"))


@pages.get("/catalogues/<name>")
def entries(name: str) -> str:
    """What is in a catalogue; one entry beside the list to correct it."""
    demand(session(), actor())
    kind = _kind(name)
    if kind == "room":
        abort(404)
    asked = request.args
    content = screens.entries_page(session(), actor(), kind, asked.get("q", ""), asked.get("edit", type=int))
    return page("catalogues/entries.html", **content)


@pages.route("/catalogues/<name>/import", methods=["GET", "POST"])
def import_list(name: str) -> str:
    """A list from Excel: choose the file, see every line and its fault, then import."""
    demand(session(), actor(), Action.MANAGE_CATALOGUES)
    shown = screens.import_page(_kind(name))
    if request.method == "GET":
        return page("catalogues/import.html", rows=None, **shown)
    sent = request.files.get("file")
    file_name = sent.filename or "" if sent else ""
    try:
        rows = read_rows(sent.read() if sent else b"", file_name)
        found = perform(actor(), "catalogues.import_list", {"kind": shown["catalogue"], "rows": rows, "dry_run": True})
    except Refused as refused:
        return page("catalogues/import.html", rows=None, error=doors.say(refused.code, refused.facts), **shown)
    faults = screens.by_line(found["problems"])
    return page("catalogues/import.html", rows=rows, found=found, faults=faults, file_name=file_name, say=doors.say, **shown)


@pages.get("/catalogues/<name>/sample.csv")
def sample(name: str) -> Response:
    """A list to start from, as Excel opens it."""
    kind = _kind(name)
    return _file(exports.as_csv(exports.sample(kind)), "text/csv", f"mau-{exports.FILE_NAMES[kind]}.csv")


@pages.get("/catalogues/<name>/export.<form>")
def export(name: str, form: str) -> Response:
    """What is in use, for Excel; an import takes the same table back."""
    demand(session(), actor())
    kind = _kind(name)
    if form not in screens.FILE_TYPES:
        abort(404)
    rows = exports.table(session(), kind)
    content = exports.as_csv(rows) if form == "csv" else exports.as_xlsx(rows)
    return _file(content, screens.FILE_TYPES[form], f"{exports.FILE_NAMES[kind]}.{form}")


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f"attachment; filename={name}"})


@pages.get("/rooms")
def rooms() -> str:
    """Where can we meet, and how many sit there?"""
    demand(session(), actor())
    words = request.args.get("q", "")
    return page("catalogues/rooms.html", **screens.rooms_page(session(), actor(), words))


@pages.get("/rooms/<int:room_id>")
def room(room_id: int) -> str:
    """A room: place, seats, equipment, plan, and what is held there."""
    demand(session(), actor())
    return page("catalogues/room.html", **screens.room_page(session(), actor(), room_id))


@pages.get("/rooms/<int:room_id>/plan")
def plan(room_id: int) -> str:
    """The plan of a room, to draw it."""
    demand(session(), actor(), Action.MANAGE_CATALOGUES)
    found = queries.room_of(session(), room_id)
    return page("catalogues/plan.html", room=found, kinds=screens.plan_words(gettext))
