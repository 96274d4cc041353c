"""The page of one's own shelf."""

from flask import Blueprint
from flask_babel import gettext

from meeting import config
from meeting.documents import office
from meeting.documents.kinds import ACCEPT_ALWAYS, ACCEPT_OFFICE
from meeting.shelf import queries
from meeting.web.api import asked, asked_number
from meeting.web.doors import actor, page, say, session

pages = Blueprint("shelf", __name__)


@pages.get("/shelf")
def shelf() -> str:
    """Folders and papers; `?folder=` one folder, `?q=` what was found, `?thrown=1` what was thrown away."""
    words, thrown = asked("q")[:200], asked("thrown") == "1"
    shown = queries.shelf(session(), actor(), asked_number("folder"), words, thrown)
    return page(
        "shelf/shelf.html",
        shelf=shown,
        folder_choices=lambda but=None: queries.choices(shown.every, gettext("My shelf"), but),
        say=say,
        words=words,
        thrown=thrown,
        accepts=f"{ACCEPT_ALWAYS},{ACCEPT_OFFICE}" if office.can_convert() else ACCEPT_ALWAYS,
        max_bytes=config.settings().max_upload_bytes,
    )
