"""Page images and originals: the reader's right is asked each time, the browser keeps what it may by content."""

from unicodedata import normalize
from urllib.parse import quote

from flask import Blueprint, Response

from meeting.documents import queries, serving, store
from meeting.documents.copies_rules import check_original
from meeting.errors import Missing, Refused
from meeting.web.doors import actor, session

pages = Blueprint("documents", __name__)


@pages.get("/documents/<int:file_id>/pages/<int:number>")
def image(file_id: int, number: int) -> Response:
    """The picture of a page, at the kept width that fits `?w=` best; with `?v=` (of the SHA-256) the browser keeps it."""
    file, _ = queries.readable(session(), actor(), file_id)
    found = serving.page_image(actor(), file, number)
    if found is None:
        raise Refused("page_not_ready") if 1 <= number <= file.page_count else Missing()
    return found


@pages.get("/documents/<int:file_id>/original")
def original(file_id: int) -> Response:
    """The file as it was sent, byte for byte, to be saved where the office lets it be: it is never opened inside this site."""
    file, place = queries.readable(session(), actor(), file_id)
    check_original(place.takeable)
    try:
        answer = serving.whole_file(store.file_path(file.sha256), file.media_type, file.sha256)
    except FileNotFoundError:
        raise Missing() from None
    answer.headers["Content-Disposition"] = saved_as(file.name)
    return answer


def saved_as(name: str) -> str:
    """The header under which a browser saves a file by its Vietnamese name: headers carry plain letters only (RFC 6266)."""
    spelt = normalize("NFD", name.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    plain = "".join(sign for sign in spelt if sign.isprintable() and sign not in '"\\')
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
