"""The page that says whether a document is genuine: open to all, limited in rate, the same for a phone and a desk."""

from hashlib import sha256
from typing import Any

from flask import Blueprint, redirect, request, url_for
from limits import parse
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from meeting.conclusions import genuine
from meeting.conclusions.sealing import grouped, plain_code
from meeting.errors import Missing, Refused
from meeting.permissions import Actor
from meeting.web import security
from meeting.web.api import resource
from meeting.web.doors import open_to_all, page, session
from meeting.web.sockets import socketio

pages = Blueprint("genuine", __name__)
ASKED_PER_ADDRESS = parse("60 per minute")
COMPARED_PER_ADDRESS = parse("20 per 10 minutes")
PIECE = 256 * 1024


@resource("/genuine/<code>", "Whether a document is genuine, by the code it bears")
def genuine_document(session: Session, _actor: Actor, code: str) -> dict[str, Any]:
    """What the public page `/xac-thuc/<code>` shows; not found for a code that leads nowhere."""
    found = genuine.found(session, code)
    if found is None:
        raise Missing()
    return found.told()


@pages.get(genuine.PATH)
@open_to_all
def ask() -> Response | str:
    """Where a code is typed that no camera reads."""
    _limit()
    code = plain_code(request.args.get("code", ""))
    return redirect(url_for("genuine.answer", code=grouped(code))) if code else page("conclusions/genuine.html", typed="")


@pages.get(f"{genuine.PATH}/<code>")
@open_to_all
def answer(code: str) -> str | tuple[str, int]:
    """What the code leads to, or that it leads nowhere."""
    _limit()
    return _shown(code)


@pages.post(f"{genuine.PATH}/<code>")
@open_to_all
def compare(code: str) -> str | tuple[str, int]:
    """Compares a file the asker holds, for browsers that cannot do it themselves. Its bytes are counted through and not kept."""
    security.limit(COMPARED_PER_ADDRESS, "compared", request.remote_addr or "")
    came = request.files.get("file")
    if came is None:
        raise Refused("no_file")
    digest = sha256()
    while piece := came.stream.read(PIECE):
        digest.update(piece)
        socketio.sleep(0)
    return _shown(code, digest.hexdigest())


def _shown(code: str, compared: str = "") -> str | tuple[str, int]:
    found = genuine.found(session(), code)
    if found is None:
        return page("conclusions/genuine.html", typed=grouped(plain_code(code))), 404
    tone, headline = genuine.STANDINGS[found.standing]
    context: dict[str, Any] = {"found": found, "tone": tone, "headline": headline, "typed": grouped(found.code)}
    return page("conclusions/genuine.html", **context, compared=compared, same=bool(compared) and compared == found.sha256)


def _limit() -> None:
    security.limit(ASKED_PER_ADDRESS, "genuine", request.remote_addr or "")
