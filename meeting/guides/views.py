"""The pages of guides and remarks, and the piece of a guide that opens beside any screen."""

from typing import Any

from flask import Blueprint, Response, request, send_file
from limits import parse
from werkzeug.wrappers import Response as AnyResponse

from meeting.documents import serving, store
from meeting.documents.views import saved_as
from meeting.errors import Forbidden, Missing, Refused
from meeting.guides import export, queries, rendering, rules, screens
from meeting.permissions import Action
from meeting.web import security
from meeting.web.doors import actor, language, page, session

pages = Blueprint("guides", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PREVIEWS = parse("120 per minute")


def _demand(action: Action) -> None:
    if not queries.may(session(), actor(), action):
        raise Forbidden()


def _language() -> str:
    asked = request.args.get("language", "")
    return asked if asked in rules.LANGUAGES else language()


@pages.get("/guides")
def guides() -> str:
    """One's own guides first, then all others."""
    mine, others = queries.guides(session(), actor(), _language())
    return page("guides/guides.html", mine=mine, others=others, keeps=queries.may(session(), actor(), Action.KEEP_GUIDES))


@pages.get("/guides/<name>")
def guide(name: str) -> str:
    """One guide with its contents at the side."""
    shown = queries.guide(session(), name, _language())
    return page("guides/guide.html", shown=shown, guide=shown.parsed, keeps=queries.may(session(), actor(), Action.KEEP_GUIDES))


@pages.get("/guides/<name>/edit")
def edit(name: str) -> str:
    """The text with its preview beside it, the versions, and what the product changed since; `?version=` shows an earlier one."""
    _demand(Action.KEEP_GUIDES)
    return page("guides/edit.html", **screens.editor(session(), name, _language(), request.args.get("version", None, type=int)))


@pages.post("/guides/preview")
def preview() -> str:
    """The HTML of a text that is being written."""
    _demand(Action.KEEP_GUIDES)
    security.limit(PREVIEWS, "guide-preview", str(actor().account_id))
    text = request.form.get("text", "")
    rules.check_text(text if text.startswith("# ") else f"# .\n{text}")
    return page("guides/_text.html", guide=rendering.parsed(text))


@pages.get("/guides/here")
def here() -> str:
    """The part for one screen (`?endpoint=`), to be laid beside it."""
    name, section = queries.here(session(), actor(), request.args.get("endpoint", ""), language())
    return page("guides/_here.html", name=name, section=section)


@pages.get("/guides/files/<int:file_id>")
def file(file_id: int) -> AnyResponse:
    """A picture as it was drawn anew, or a video, piece by piece as the browser asks for it."""
    found = queries.file(session(), actor(), file_id)
    if found.file is None:
        return send_file(store.file_path(found.sha256), found.media_type, conditional=True, etag=found.sha256)
    if found.file.was_refused:
        raise Missing()
    drawn = serving.page_image(actor(), found.file, 1)
    if drawn is None:
        raise Refused("page_not_ready")
    return drawn


@pages.get("/feedback")
def feedback() -> str:
    """One's own remarks with their answers; the administrator sees everybody's, by state and kind."""
    return page("guides/feedback.html", **screens.feedback(session(), actor(), _filters()))


@pages.get("/feedback.xlsx")
def feedback_xlsx() -> Response:
    """The administrator's list as a workbook, filtered as the page is."""
    _demand(Action.ANSWER_FEEDBACK)
    answer = Response(export.as_xlsx(queries.remarks(session(), **_filters())), mimetype=XLSX)
    answer.headers["Content-Disposition"] = saved_as("gop-y.xlsx")
    return answer


def _filters() -> dict[str, Any]:
    return {
        "state": request.args.get("state", ""),
        "kind": request.args.get("kind", ""),
        "words": request.args.get("q", "")[:200],
    }
