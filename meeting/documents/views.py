"""Page images and originals: the reader's right is asked each time, the browser keeps what it may by content hash."""

from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

from flask import Blueprint, Response, make_response, request

from meeting.documents import queries, store
from meeting.documents.rules import WIDTHS, nearest_width
from meeting.errors import Missing, Refused
from meeting.web.api import asked_number
from meeting.web.doors import actor, session

pages = Blueprint("documents", __name__)

IMAGE_KINDS = {".png": "image/png", ".jpg": "image/jpeg"}


@pages.get("/documents/<int:file_id>/pages/<int:number>")
def image(file_id: int, number: int) -> Response:
    """The picture of a page, at the kept width that fits `?w=` best."""
    file, _ = queries.readable(session(), actor(), file_id)
    width = nearest_width(asked_number("w", WIDTHS[1]) or WIDTHS[1])
    path = store.image_path(file.sha256, number, width)
    if path is None:
        raise Refused("page_not_ready") if number <= file.page_count else Missing()
    return kept_by_hash(path, f"{file.sha256[:32]}-{number}-{width}", IMAGE_KINDS[path.suffix])


@pages.get("/documents/<int:file_id>/original")
def original(file_id: int) -> Response:
    """The file as it was sent, byte for byte, to be saved: it is never opened inside this site."""
    file, _ = queries.readable(session(), actor(), file_id)
    answer = kept_by_hash(store.file_path(file.sha256), file.sha256, file.media_type)
    answer.headers["Content-Disposition"] = saved_as(file.name)
    return answer


def saved_as(name: str) -> str:
    """The header under which a browser saves a file by its Vietnamese name: headers carry plain letters only (RFC 6266)."""
    spelt = normalize("NFD", name.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    plain = "".join(sign for sign in spelt if sign.isprintable() and sign not in '"\\')
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def kept_by_hash(path: Path, tag: str, kind: str) -> Response:
    """The bytes with a tag of their content; 304 when the browser has them. Private, and asked again each time."""
    answer = make_response()
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    if request.if_none_match.contains(tag):
        answer.status_code = 304
        return answer
    if not path.exists():
        raise Missing()
    answer.data = path.read_bytes()
    answer.mimetype = kind
    return answer
