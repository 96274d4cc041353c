"""Pages of keeping."""

from flask import Blueprint, Response, send_file
from flask_babel import gettext

from meeting.permissions import Action
from meeting.records import archiving, retention, screens
from meeting.web.doors import actor, page, session
from meeting.web.formats import write_number
from meeting.writer import perform

pages = Blueprint("records", __name__)


@pages.get("/keeping")
def backups() -> str:
    """Are there backups, when is the next, would they bring everything back?"""
    return page("records/backups.html", **screens.overview(session(), actor()))


@pages.get("/retention")
def terms() -> str:
    """What is kept for how long, and why? What was removed?"""
    screens.demand(session(), actor(), Action.KEEP_RETENTION)
    rules, days = retention.rules(session()), retention.days_of(session())
    labels = {rule.key: rule.what for rule in rules}
    return page("records/retention.html", rules=rules, days=days, prunings=retention.prunings(session()), labels=labels)


@pages.get("/archives/<int:archive_id>")
def archive(archive_id: int) -> Response:
    """The archive file that was made for me. Each download is noted."""
    path, row = archiving.taken(session(), actor(), archive_id)
    perform(actor(), "records.take_archive", {"archive_id": archive_id})
    answer = send_file(path, mimetype="application/zip", as_attachment=True, download_name=row.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.app_template_filter("filled")
def filled(sentence: str, facts: dict[str, object]) -> str:
    """A sentence of a room with its facts, in the reader's language."""
    shown = {name: write_number(fact, 1) if isinstance(fact, float) else fact for name, fact in facts.items()}
    try:
        return str(gettext(sentence)) % shown
    except (KeyError, TypeError, ValueError):
        return str(gettext(sentence)).partition("%(")[0].rstrip(" :.(")
