"""Registers the entrance: second steps, identities at a provider, safe lines."""

from flask import Flask

from meeting.entrance import coming, linking, models, openid_views, queries, service
from meeting.entrance.openid_views import openid_pages
from meeting.entrance.safe_line import safe_line
from meeting.entrance.views import entrance
from meeting.web import doors
from meeting.web.doors import loader

__all__ = ["linking", "models", "register", "service"]

loader.next_step = coming.next_step
loader.other_ways = openid_views.ways
loader.way_out = openid_views.way_out


def register(app: Flask) -> None:
    """Opens the pages."""
    app.register_blueprint(entrance)
    app.register_blueprint(openid_pages)
    app.register_blueprint(safe_line)
    app.jinja_env.globals["has_second_step"] = lambda account_id: queries.confirmed(doors.session(), account_id) is not None
