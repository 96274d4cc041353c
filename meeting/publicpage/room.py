"""What this room brings: pages and feeds for anybody."""

from flask import Flask

from meeting.publicpage import views


def register(app: Flask) -> None:
    """Adds the pages; the first of the functions after a request is the last that is called."""
    app.register_blueprint(views.pages)
    app.after_request_funcs.setdefault(None, []).insert(0, views.leave_no_trace)
