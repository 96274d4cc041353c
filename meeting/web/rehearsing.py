"""The main pages are made once before people ask for them: each statement and template is slow the first time it is met.

To make the first page of a process takes up to a second of the processor, in which no tablet is heard. A rehearsal takes as
long, but gives way after each statement. It only reads: the views are called without what stands before and after a request.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import get_ident
from typing import Any

from flask import Flask, g
from sqlalchemy import Engine, event

from meeting.errors import Refused
from meeting.permissions import Actor
from meeting.web.sockets import socketio

log = logging.getLogger("meeting.web")


def rehearse(app: Flask, who: Actor, addresses: Sequence[str]) -> int:
    """Makes these pages for somebody, and throws them away. Answers how many could be made."""
    made = 0
    with _giving_way():
        for address in addresses:
            try:
                with app.test_request_context(address):
                    g.actor = who
                    app.dispatch_request()
                made += 1
            except Refused:
                continue  # a page that this person may not see
            except Exception:
                log.exception("a page could not be rehearsed", extra={"address": address})
            socketio.sleep(0)
    return made


@contextmanager
def _giving_way() -> Iterator[None]:
    """Others go on after each statement of this green thread."""
    me = get_ident()

    def breathe(*_statement: Any) -> None:
        if get_ident() == me:
            socketio.sleep(0)

    event.listen(Engine, "before_cursor_execute", breathe)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", breathe)
