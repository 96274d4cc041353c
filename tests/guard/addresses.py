"""Every address that can be read, with values for its places, and what an answer says whatever its kind."""

import html
import io
import zipfile
from itertools import product
from typing import Any

import pymupdf
from sqlalchemy import select
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from meeting import database
from meeting.agenda.models import Meeting
from meeting.organization.models import Body
from tests.guard.house import Watched

#: Values for the places of an address that are words.
WORDS: dict[str, list[str]] = {
    "name": ["fields", "meeting", "members"],
    "kind": ["xlsx", "csv", "meeting", "TB"],
    "token": ["nobody-knows-this"],
    "key": ["1", "u1", "no-such-key"],
    "code": ["ABCD-1234", "A1"],
    "slug": ["ubnd", "hdnd"],
    "unit": ["1"],
    "person": ["1"],
    "of": ["meetings", "tasks", "people"],
    "figure": ["held", "late"],
    "filename": ["css/app.css"],
    "form": ["xlsx", "csv"],
    "given": ["123456"],
    "month": ["2026-11"],
    "number": ["1"],
    "version": ["1"],
}
AT = {
    "catalogues": {"name": ["field", "position"]},
    "guides": {"name": ["member", "secretary", "no-such"]},
}
PAPERS = {"publicpage.paper": "notice", "opendata.download": "notice", "exchange_reads.paper_file": "submission"}


def reads(watched: Watched) -> list[Rule]:
    """All rules that answer a GET."""
    return sorted(
        (rule for rule in watched.app.url_map.iter_rules() if "GET" in (rule.methods or ())), key=lambda rule: rule.rule
    )


def is_open(watched: Watched, rule: Rule) -> bool:
    """Whether nobody need be signed in."""
    return rule.endpoint == "static" or getattr(watched.app.view_functions[rule.endpoint], "open_to_all", False)


def meetings(*short_names: str) -> list[int]:
    """Some meetings of these bodies, in as many states as there are."""
    with database.reading() as session:
        rows = session.execute(
            select(Meeting.state, Body.id, Meeting.id).join(Body).where(Body.short_name.in_(short_names)).order_by(Meeting.id)
        )
        by_state = {(state, body): key for state, body, key in rows}
    return sorted(by_state.values())


def filled(watched: Watched, rule: Rule, of: list[int]) -> list[str]:
    """The addresses of a rule: for each meeting, and for each word that a place may take."""
    room = rule.endpoint.partition(".")[0]
    places = sorted(rule.arguments)
    choices = [_values(watched, rule, place, of, room) for place in places]
    with watched.app.test_request_context():
        adapter = watched.app.url_map.bind("localhost")
        return [adapter.build(rule.endpoint, dict(zip(places, each, strict=True))) for each in product(*choices)]


def _values(watched: Watched, rule: Rule, place: str, of: list[int], room: str) -> list[Any]:
    converter = rule._converters[place]
    if place == "meeting_id":
        return of
    if place == "paper_id" and rule.endpoint in PAPERS:
        return [watched.ids(f"{PAPERS[rule.endpoint]}_id", room)]
    if isinstance(converter, IntegerConverter):
        return [1] if place in ("number", "version") else [watched.ids(place, room)]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    return list(AT.get(room, {}).get(place) or WORDS[place])


def said(heard: Any) -> str:
    """All that an answer says: a page, JSON, the sheets of a workbook, the pages of a PDF."""
    body = heard.get_data()
    if body[:4] == b"%PDF":
        with pymupdf.open(stream=body, filetype="pdf") as paper:
            return " ".join(" ".join(page.get_text().split()) for page in paper)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b" ".join(parts.read(name) for name in parts.namelist())
    text = body.decode(errors="replace")
    return " ".join(html.unescape(text.replace('\\"', '"').replace("\\n", " ")).split())
