"""Pages of this room: one's own notifications and channels, a body's channels, and the bell of every page."""

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from meeting.errors import SENTENCES, Forbidden
from meeting.notify import queries, screens
from meeting.notify.wording import text_of, title_of
from meeting.web.doors import actor, actor_or_none, language, page, session

pages = Blueprint("notify", __name__)


@pages.get("/notifications")
def notifications() -> str:
    """What was I told?"""
    return page("notify/notifications.html", **screens.inbox(session(), actor()))


@pages.get("/channels")
def channels() -> str:
    """By which channels am I told what, when not, and on which devices?"""
    return page("notify/channels.html", **screens.own(session(), actor()))


@pages.get("/channels/body")
def first_body() -> Response:
    """The first body whose channels one may set."""
    bodies = screens.bodies_set_by(session(), actor())
    if not bodies:
        raise Forbidden()
    return redirect(url_for("notify.body_channels", body_id=bodies[0].id))


@pages.get("/channels/<int:body_id>")
def body_channels(body_id: int) -> str:
    """Whom does a body tell what by which channel, and when does it remind?"""
    content = screens.of_body(session(), actor(), body_id, request.args.get("role", ""), gettext(screens.EXAMPLE))
    return page("notify/body.html", **content)


@pages.app_context_processor
def in_templates() -> dict[str, object]:
    """The bell's count, and a notification in words."""

    def unseen() -> int:
        who = actor_or_none()
        return queries.count_unseen(session(), who) if who else 0

    def newest() -> int:
        who = actor_or_none()
        return queries.newest(session(), who) if who else 0

    return {
        "unseen_notifications": unseen,
        "newest_notification": newest,
        "told_title": lambda each: title_of(each.kind, each.facts, language()),
        "told_text": lambda each: text_of(each.kind, each.facts, language()),
        "said_why": lambda error: gettext(SENTENCES[error]) % {"limit": "…", "phone": "…"} if error in SENTENCES else error,
    }
