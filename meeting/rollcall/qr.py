"""The picture of a code: dark squares that a tablet's camera reads as the address of the page that checks in."""

import io

import segno
from flask import has_request_context, request

from meeting import config


def address(meeting_id: int, code: str, base: str = "") -> str:
    """The address behind a code. `base`: where this installation is reached, when no request tells it."""
    root = config.settings().public_url or base or (request.url_root.rstrip("/") if has_request_context() else "")
    return f"{root}/meetings/{meeting_id}/seat/{code}"


def svg(content: str, *, border: int = 2) -> str:
    """The code as a picture in one path: black on white in every theme, because cameras want it so."""
    kept = io.BytesIO()
    code = segno.make(content, error="m", boost_error=False)
    code.save(kept, kind="svg", border=border, light="#fff", xmldecl=False, omitsize=True)
    return kept.getvalue().decode()
