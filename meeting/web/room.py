"""Registers the pages of the frame and what all templates share."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from meeting.web import formats, frame, security, shell
from meeting.web.views import web


def register(app: Flask) -> None:
    """The blueprints, the filters, the frame, and the nonce of the one inline script."""
    app.register_blueprint(web)
    formats.register(app)
    app.context_processor(frame.in_templates)
    static = Path(str(app.static_folder))
    app.jinja_env.globals.update(csp_nonce=security.nonce, icons_url=lambda: shell.icons_address(static))
