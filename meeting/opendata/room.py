"""What this room brings: open data for anybody, and the card on the page of a sitting."""

from flask import Flask

from meeting.opendata import panels, service, views

__all__ = ["panels", "register", "service"]


def register(app: Flask) -> None:
    """Adds the doors; the first of the functions after a request is the last that is called."""
    app.register_blueprint(views.pages)
    app.after_request_funcs.setdefault(None, []).insert(0, views.let_others_read)
