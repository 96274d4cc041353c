"""The reads for other systems, under /api/v1/exchange. Each answer has an ETag, each refusal a code and a sentence."""

import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, g, request, send_file
from flask_babel import force_locale

from meeting import clock
from meeting.documents import store
from meeting.documents.models import File
from meeting.errors import N_, Malformed, Missing, Refused
from meeting.exchange import calls, describing, entry, reading, shapes
from meeting.exchange.rules import Caller
from meeting.web import api, doors
from meeting.web.doors import open_to_all, session

exchange = Blueprint("exchange_reads", __name__)
MOST_IN_LIST = 200
NOT_A_DAY = N_("A date is expected.")
Read = Callable[..., Any]


def spoken() -> str:
    """The language of refusals: what the program accepts best, Vietnamese where it says nothing."""
    return request.accept_languages.best_match(["vi", "en"]) or "vi"


@exchange.before_request
def begin() -> None:
    """Nobody is signed in here, whatever cookie comes along."""
    g.actor, g.exchange_began = None, time.monotonic()


@exchange.after_request
def log_call(answer: Response) -> Response:
    """One line for each call of a system that is known."""
    answer.headers["Vary"] = "Authorization, X-API-Key, Accept-Language"
    client = g.get("exchange_client")
    if client is not None:
        took = round((time.monotonic() - g.exchange_began) * 1000)
        line = calls.Call(client, clock.now(), (request.remote_addr or "")[:60], request.path[:300], answer.status_code, took)
        calls.log.add(line)
    return answer


@exchange.errorhandler(Refused)
def refused(error: Refused) -> Response:
    """problem+json in the language of the program."""
    with force_locale(spoken()):
        answer = api.as_json(doors.refused_body(error), error.status)
    answer.headers.update(entry.told_off(error))
    return answer


def read(path: str) -> Callable[[Read], Read]:
    """Makes a GET of a function(caller, **path values) that answers a JSON value, or a whole answer."""

    def register(function: Read) -> Read:
        def view(**values: Any) -> Response:
            found = function(entry.caller(session()), **values)
            return found if isinstance(found, Response) else tagged(found)

        exchange.add_url_rule(path, function.__name__, open_to_all(view))
        return function

    return register


def tagged(value: Any) -> Response:
    """JSON with the digest of its content, 304 where the program has it."""
    answer = Response(json.dumps(value, ensure_ascii=False) + "\n", mimetype="application/json")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def asked_day(name: str) -> date | None:
    """A local day of the query."""
    written = api.asked(name)
    if not written:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        raise Malformed({name: NOT_A_DAY}) from None
    if not 1970 <= found.year <= 2200:
        raise Malformed({name: NOT_A_DAY})
    return found


def part() -> reading.Asked:
    """Which part of a list is asked for: `from`, `to`, `limit`, `cursor`."""
    size = max(1, min(api.asked_number("limit", 50) or 50, MOST_IN_LIST))
    start = max(0, min(api.asked_number("cursor", 0) or 0, 1_000_000))
    return reading.Asked(asked_day("from"), asked_day("to"), start, size)


def _meetings(find: Callable[..., list[Any]], caller: Caller, code: str, past: bool) -> dict[str, Any]:
    asked = part()
    rows = [shapes.meeting_line(each) for each in find(session(), caller, code, asked, past=past)]
    return shapes.listed(rows, asked.start, asked.size)


@read("/")
def here(caller: Caller) -> dict[str, Any]:
    """Who I am here, and what I may read."""
    return shapes.own(session(), caller)


@read("/units/<path:unit>/meetings/upcoming")
def unit_upcoming(caller: Caller, unit: str) -> dict[str, Any]:
    """Upcoming meetings of a unit or body (function 54)."""
    return _meetings(reading.of_unit, caller, unit, False)


@read("/units/<path:unit>/meetings/past")
def unit_past(caller: Caller, unit: str) -> dict[str, Any]:
    """Past meetings of a unit or body (function 55)."""
    return _meetings(reading.of_unit, caller, unit, True)


@read("/people/<person>/meetings/upcoming")
def person_upcoming(caller: Caller, person: str) -> dict[str, Any]:
    """Upcoming meetings of a person (function 56)."""
    return _meetings(reading.of_person, caller, person, False)


@read("/people/<person>/meetings/past")
def person_past(caller: Caller, person: str) -> dict[str, Any]:
    """Past meetings of a person (function 57)."""
    return _meetings(reading.of_person, caller, person, True)


@read("/meetings/<int:meeting_id>")
def meeting(caller: Caller, meeting_id: int) -> dict[str, Any]:
    """One meeting with its programme (function 58)."""
    return shapes.meeting_whole(reading.meeting_of(session(), caller, meeting_id), caller)


@read("/meetings/<int:meeting_id>/papers")
def papers(caller: Caller, meeting_id: int) -> dict[str, Any]:
    """The papers of a meeting (function 59)."""
    found = reading.meeting_of(session(), caller, meeting_id, "meetings", "papers")
    rows = [shapes.paper(*each) for each in reading.papers_of(session(), found)]
    asked = part()
    return shapes.listed(rows[asked.start : asked.start + asked.size + 1], asked.start, asked.size)


@read("/papers/<int:paper_id>/file")
def paper_file(caller: Caller, paper_id: int) -> Response:
    """The file of a paper, whole or in ranges (function 59)."""
    row, version = reading.paper_of(session(), caller, paper_id)
    return _file(version.file, row.what)


@read("/notices")
def notices(caller: Caller) -> dict[str, Any]:
    """Issued notices, resolutions and decisions."""
    asked = part()
    rows = [shapes.notice(each, caller) for each in reading.notices(session(), caller, asked)]
    return shapes.listed(rows, asked.start, asked.size)


@read("/notices/<int:notice_id>")
def notice(caller: Caller, notice_id: int) -> dict[str, Any]:
    """One issued document."""
    return shapes.notice(reading.notice_of(session(), caller, notice_id), caller)


@read("/notices/<int:notice_id>/file")
def notice_file(caller: Caller, notice_id: int) -> Response:
    """The PDF of an issued document."""
    found = reading.notice_of(session(), caller, notice_id)
    file = session().get(File, found.document_id) if found.document_id else None
    if file is None or file.was_refused:
        raise Missing()
    return _file(file, found.number.symbol if found.number else found.kind)


@read("/tasks")
def tasks(caller: Caller) -> dict[str, Any]:
    """Tasks that were given."""
    asked = part()
    rows = [shapes.task(each, caller) for each in reading.tasks(session(), caller, asked)]
    return shapes.listed(rows, asked.start, asked.size)


@read("/tasks/<int:task_id>")
def task(caller: Caller, task_id: int) -> dict[str, Any]:
    """One task."""
    return shapes.task(reading.task_of(session(), caller, task_id), caller)


def _file(file: File, title: str) -> Response:
    try:
        answer = send_file(
            store.file_path(file.sha256), mimetype=file.media_type, conditional=True, etag=file.sha256[:32], max_age=0
        )
    except FileNotFoundError:
        raise Missing() from None
    ending = "." + file.name.rpartition(".")[2] if "." in file.name else ""
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title.replace('/', '-') + ending, safe='')}"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@exchange.get("/openapi.json")
@open_to_all
def description() -> Response:
    """The description of these reads alone, for whoever builds against them: it needs no key and holds nothing of a council."""
    return tagged(describing.whole())
