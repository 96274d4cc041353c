"""What this room brings: the file store, reading in the worker, page images and the upload door."""

from flask import Flask

from meeting.documents import api, copies, copies_doors, copies_jobs, describing, jobs, office, remaking, service, views
from meeting.documents.serving import PageDoor

__all__ = ["api", "copies", "copies_doors", "copies_jobs", "describing", "jobs", "register", "remaking", "service"]


def register(app: Flask) -> None:
    """Adds the addresses of page images and originals, and the short way to pages before them."""
    app.register_blueprint(views.pages)
    app.jinja_env.globals.update(accepted_files=office.accepted, office_files=office.can_convert)
    app.register_blueprint(copies_doors.pages)
    app.wsgi_app = PageDoor(app.wsgi_app)  # type: ignore[method-assign]
