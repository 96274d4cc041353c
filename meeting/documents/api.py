"""The doors of files: upload, documents and pages as JSON."""

from typing import Any

from flask import Response, request
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from meeting import config
from meeting.documents import kinds, queries, scanner, store
from meeting.documents.describing import outline_of, signatures_of
from meeting.documents.finding import pages_with
from meeting.documents.first_look import look
from meeting.documents.models import File
from meeting.documents.rules import MAX_PAGES, NOTES, PDF
from meeting.errors import Forbidden, Refused
from meeting.permissions import INSTALLATION, SYSTEM, Action, Actor, allows
from meeting.web import security
from meeting.web.api import as_json, asked, asked_number, form, resource
from meeting.web.doors import actor, say
from meeting.web.sockets import socketio
from meeting.writer import perform


@form("/files", {"file": "one file"})
def upload() -> Response:
    """Takes one file (multipart, field `file`): `{file_id, sha256}`. A file that cannot be read is refused at once."""
    who = actor()
    security.limit(security.UPLOADS_PER_ACCOUNT, "upload", str(who.account_id))
    if not allows(Action.UPLOAD_FILE, INSTALLATION.hats_of(who, None)):
        raise Forbidden()
    return as_json({"ok": True, **take(who, *_sent())})


def _sent() -> tuple[Any, str]:
    try:
        sent = request.files.get("file")
    except RequestEntityTooLarge:
        raise Refused("too_large", limit_mb=config.settings().max_upload_bytes // (1024 * 1024)) from None
    if sent is None:
        raise Refused("no_file")
    return sent.stream, sent.filename or ""


def take(who: Actor, stream: Any, name: str) -> dict[str, Any]:
    """Stores a stream, has it scanned, looks at it, registers it. What scanner or look refuse is registered as refused."""
    name = kinds.clean_name(name)
    kinds.check_name(name)
    try:
        received = store.take_in(stream, lambda: socketio.sleep(0), scanner.scan)
    except Refused as refused:
        if refused.code == "scanner_away" and scanner.tell_now():
            perform(SYSTEM, "documents.scanner_away", {"scanner": config.settings().virus_scanner})
        raise
    found = _found_in(received)
    refusal = {"refusal": found["refusal"], "refusal_facts": found["facts"]} if found else {}
    kept = perform(who, "documents.receive", {"ticket": received.ticket, "name": name, **refusal})
    if found:
        raise Refused(found["refusal"], **found["facts"])
    return kept


def _found_in(received: store.Received) -> dict[str, Any] | None:
    if received.virus:
        return {"refusal": "virus_found", "facts": {"virus": received.virus}}
    return look(store.file_path(received.sha256), socketio.sleep) if received.media_type == PDF else None


@resource("/documents/<int:file_id>", "A document with its progress and the sizes of its pages")
def document(session: Session, actor: Actor, file_id: int) -> dict[str, Any]:
    """One document that the reader may open."""
    file, place = queries.readable(session, actor, file_id)
    where = {"title": place.title, "detail": place.detail, "meeting_id": place.meeting_id, "item_id": place.item_id}
    found = {"outline": outline_of(file), "signatures": signatures_of(file), "takeable": place.takeable, "notes": notes_of(file)}
    return {**queries.file_json(file), **where, **found, "pages": queries.shapes(session, file_id)}


@resource("/documents/<int:file_id>/pages/<int:number>", "The text of a page with its words' boxes")
def page(session: Session, actor: Actor, file_id: int, number: int) -> dict[str, Any]:
    """One page: `words` are [left, top, right, bottom, word] in thousandths; `image` takes `?w=` pixels."""
    file, found = queries.page_of(session, actor, file_id, number)
    return {
        "number": found.number,
        "of": file.page_count,
        "width": found.width,
        "height": found.height,
        "source": found.source,
        "text": found.text,
        "words": found.words,
        "image": f"/documents/{file_id}/pages/{number}",
    }


MOST_WORDED = 100  # pages in one answer
MOST_FOLLOWED, ID_DIGITS = 50, 18  # files in one answer; no id is longer


@resource(
    "/documents/<int:file_id>/words", "The words of some pages with their boxes", **{"from": "first page", "to": "last page"}
)
def words(session: Session, actor: Actor, file_id: int) -> dict[str, Any]:
    """Pages with text and words ([left, top, right, bottom, word] in thousandths); at most 100, without those not made yet."""
    queries.readable(session, actor, file_id)
    first = min(max(1, asked_number("from", 1) or 1), MAX_PAGES)
    last = min(asked_number("to", first + MOST_WORDED - 1) or 0, first + MOST_WORDED - 1)
    found = queries.worded_pages(session, file_id, first, last)
    return {"data": [{"number": each.number, "source": each.source, "text": each.text, "words": each.words} for each in found]}


@resource("/files/progress", "How far the reading of one's own files is", ids="file ids, with commas between")
def files_progress(session: Session, actor: Actor) -> dict[str, Any]:
    """Pages done of n for each, and the refusal in words."""
    asked_for = [each.strip() for each in request.args.get("ids", "").split(",")[:MOST_FOLLOWED]]
    ids = [int(each) for each in asked_for if each.isdecimal() and len(each) <= ID_DIGITS]
    return {"data": [queries.file_json(file) | _said(file) for file in queries.progress(session, actor, ids)]}


def _said(file: File) -> dict[str, Any]:
    return {"message": say(file.refusal, file.refusal_facts) if file.refusal else "", "notes": notes_of(file)}


def notes_of(file: File) -> list[dict[str, str]]:
    """What readers should know of a paper, `{code, message}` in their language: shown in Unicode, pictures without words."""
    return [{"code": code, "message": gettext(NOTES[code])} for code in file.notes or [] if code in NOTES]


@resource("/documents/<int:file_id>/find", "The pages of a document that hold some words, marks and case apart", q="the words")
def find_in_document(session: Session, actor: Actor, file_id: int) -> dict[str, Any]:
    """Page numbers with how often the words stand there in a row."""
    queries.readable(session, actor, file_id)
    found = pages_with(asked("q")[:200], queries.page_texts(session, file_id))
    return {"data": [{"page": number, "count": count} for number, count in found]}
