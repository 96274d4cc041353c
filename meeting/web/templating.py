"""Templates are compiled once on a machine, not once in each process, and before anybody waits for them.

To compile a page with all that it includes takes up to half a second, in which no tablet is heard.
"""

import logging
from contextlib import suppress

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from meeting.web.sockets import socketio

log = logging.getLogger("meeting.web")

BREATH_SECONDS = 0.01


def keep_compiled(app: Flask) -> None:
    """Keeps what is compiled in this user's own folder for such things; where there is no safe one, it is compiled each time."""
    with suppress(RuntimeError, OSError):
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache()


def warm_up(app: Flask) -> None:
    """Makes every template ready, one after the other, while everything else goes on."""
    try:
        for name in app.jinja_env.list_templates():
            app.jinja_env.get_template(name)
            socketio.sleep(BREATH_SECONDS)
    except Exception:
        log.exception("the templates were not made ready at the start")
