"""Pages of this room: one's own notifications, and the bell of every page."""

from flask import Blueprint

from meeting.notify import queries
from meeting.notify.kinds import KINDS
from meeting.notify.wording import text_of, title_of
from meeting.web.doors import actor, actor_or_none, language, page, session

pages = Blueprint("notify", __name__)


@pages.get("/notifications")
def notifications() -> str:
    """What was I told?"""
    mine = queries.mine(session(), actor())
    return page("notify/notifications.html", mine=mine, kinds=KINDS, unseen=sum(each.seen_at is None for each in mine))


@pages.app_context_processor
def in_templates() -> dict[str, object]:
    """The bell's count, and a notification in words."""

    def unseen() -> int:
        who = actor_or_none()
        return queries.count_unseen(session(), who) if who else 0

    return {
        "unseen_notifications": unseen,
        "told_title": lambda each: title_of(each.kind, each.facts, language()),
        "told_text": lambda each: text_of(each.kind, each.facts, language()),
    }
