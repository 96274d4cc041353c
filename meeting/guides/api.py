"""Guides and remarks as JSON, and the door through which pictures and videos of guides come in."""

from typing import Any, BinaryIO, cast

from flask import Response, request
from sqlalchemy.orm import Session

from meeting.documents import kinds, scanner, store
from meeting.errors import Forbidden, Refused
from meeting.guides import queries, videos
from meeting.guides.models import Remark
from meeting.guides.queries import Shown
from meeting.guides.rules import MAX_PICTURE_BYTES
from meeting.permissions import Action, Actor
from meeting.web import doors, security
from meeting.web.api import as_json, asked, form, paged, resource
from meeting.web.sockets import socketio
from meeting.writer import perform


@resource("/guides", "The guides, one's own first", language="vi or en")
def guides(session: Session, actor: Actor) -> dict[str, Any]:
    """Names, titles, whether the office changed them."""
    mine, others = queries.guides(session, actor, asked("language", doors.language()))
    return {"data": [{**_named(each), "own": each in mine} for each in (*mine, *others)]}


@resource("/guides/<name>", "One guide with its parts", language="vi or en")
def guide(session: Session, _actor: Actor, name: str) -> dict[str, Any]:
    """The text as Markdown, and its parts as Markdown and HTML."""
    shown = queries.guide(session, name, asked("language", doors.language()))
    parts = [{"anchor": each.anchor, "title": each.title, "text": each.text, "html": each.html} for each in shown.parsed.sections]
    return {**_named(shown), "text": shown.text, "sections": parts}


def _named(shown: Shown) -> dict[str, Any]:
    return {
        "name": shown.name,
        "language": shown.language,
        "title": shown.parsed.title,
        "revision": shown.revision,
        "shipped": shown.is_shipped,
        "shipped_changed": shown.shipped_changed,
    }


@resource("/guides/<name>/versions", "The versions of a guide", language="vi or en")
def guide_versions(session: Session, actor: Actor, name: str) -> dict[str, Any]:
    """Who saved it when, the newest first; for those who keep guides."""
    if not queries.may(session, actor, Action.KEEP_GUIDES):
        raise Forbidden()
    rows = queries.versions(session, name, asked("language", doors.language()))
    return {
        "data": [
            {"number": each.number, "by": each.writer.called, "at": each.written_at.isoformat(), "shipped": each.as_shipped}
            for each in rows
        ]
    }


@resource(
    "/feedback", "Remarks: one's own, or with all=1 everybody's for the administrator", all="1", state="", kind="", q="words"
)
def feedback(session: Session, actor: Actor) -> dict[str, Any]:
    """Remarks with their states and answers."""
    if asked("all") != "1":
        return paged(queries.own_remarks(session, actor), _remark)
    if not queries.may(session, actor, Action.ANSWER_FEEDBACK):
        raise Forbidden()
    return paged(queries.remarks(session, asked("state"), asked("kind"), asked("q")), _remark)


def _remark(row: Remark) -> dict[str, Any]:
    return {
        "id": row.id,
        "person": row.person.called,
        "kind": row.kind,
        "text": row.text,
        "page": row.page,
        "browser": row.browser,
        "given_at": row.given_at.isoformat(),
        "state": row.state,
        "answer": row.answer,
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
    }


@form("/guides/files", {"file": "a picture or a video", "title": "its caption"})
def upload_guide_file() -> Response:
    """Takes one picture or video for guides (multipart: `file`, `title`): `{id, mark}`; the mark is what stands in the text."""
    who = doors.actor()
    security.limit(security.UPLOADS_PER_ACCOUNT, "upload", str(who.account_id))
    if not queries.may(doors.session(), who, Action.KEEP_GUIDES):
        raise Forbidden()
    sent = request.files.get("file")
    if sent is None:
        raise Refused("no_file")
    name = kinds.clean_name(sent.filename or "")
    title = request.form.get("title", "").strip()[:200] or name.rpartition(".")[0][:200] or "?"
    stream = cast("BinaryIO", sent.stream)
    if videos.looks_like_one(stream):
        return as_json({"ok": True, **perform(who, "guides.add_video", {**videos.take_in(stream), "title": title})})
    try:
        received = store.take_in(stream, lambda: socketio.sleep(0), scanner.scan)
    except Refused as refused:
        if refused.code.startswith(("unknown", "not_accepted")):
            raise Refused("not_a_guide_picture", most=MAX_PICTURE_BYTES // 1024**2) from None
        raise
    if received.virus:
        raise Refused("virus_found", virus=received.virus)
    return as_json({"ok": True, **perform(who, "guides.add_picture", {"ticket": received.ticket, "name": name, "title": title})})
