"""The sign-in journal on screen and as a file."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from meeting.organization import exporting, retention, sign_in_queries, wording
from meeting.organization.listed_roles import read_day
from meeting.organization.sign_in_queries import PAGE, Wanted
from meeting.organization.views import number, organization, table_file
from meeting.permissions import INSTALLATION, Action, allows
from meeting.web.doors import actor, page, session


def wanted_sign_ins() -> Wanted:
    """The filters of the address; what cannot be read as one is none."""
    said = {name: request.args.get(name, "").strip() for name in ("username", "person", "address", "outcome", "way")}
    days = {name: read_day(request.args.get(name, "").strip()) for name in ("since", "until")}
    return Wanted(**said, since=days["since"], until=days["until"])


@organization.get("/sign-ins")
def sign_ins() -> str:
    """Who came in or tried to, when, from where and which way."""
    wanted, start = wanted_sign_ins(), number("start") or 0
    count = sign_in_queries.count(session(), actor(), wanted)
    ways = [(way, gettext(wording.WAY_LABELS.get(way, way))) for way in sign_in_queries.ways(session())]
    return page(
        "organization/sign_ins.html",
        lines=sign_in_queries.sign_ins(session(), actor(), wanted, PAGE, start),
        wanted=wanted,
        count=count,
        start=start,
        size=PAGE,
        ways=ways,
        way_labels=wording.WAY_LABELS,
        at=_at,
        keep_days=retention.TERM.days(session()),
        least_days=retention.TERM.least_days,
        may_keep=allows(Action.KEEP_RETENTION, INSTALLATION.hats_of(actor(), session())),
    )


def _at(endpoint: str, **changes: str | int | None) -> str:
    """The address of a page with the filters of this one."""
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if value and name != "start"}
    return url_for(endpoint, **{**kept, **changes})


@organization.get("/sign-ins/export.<kind>")
def export_sign_ins(kind: str) -> Response:
    """The lines asked for, as a file."""
    found = exporting.sign_ins_table(session(), actor(), wanted_sign_ins())
    return table_file(found, kind, "nhat-ky-dang-nhap", "Nhật ký đăng nhập")
