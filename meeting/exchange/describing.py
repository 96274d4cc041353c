"""The reads for other systems in OpenAPI 3.1, with examples that are real answers (a test makes them anew and compares)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext

from meeting.exchange.rules import KINDS
from meeting.exchange.schemas import SCHEMAS
from meeting.exchange.shapes import ROOT

EXAMPLES = Path(__file__).with_name("examples.json")
TAG = "exchange"
SECURITY: list[dict[str, list[str]]] = [{"clientKey": []}, {"clientKeyHeader": []}]
SCHEMES = {
    "clientKey": {"type": "http", "scheme": "bearer", "description": "Key of another system: Authorization: Bearer hkg_…"},
    "clientKeyHeader": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key in a header"},
}
LIST = {
    "limit": "at most 200, 50 when not given",
    "cursor": "from `next` of the answer before",
    "from": "first local day, YYYY-MM-DD",
    "to": "last local day, YYYY-MM-DD",
}
#: path: (operation, summary, what is needed, schema; a list when it begins with "+", a file when it is empty)
READS: dict[str, tuple[str, str, str, str]] = {
    "/": ("own", "Who I am here, and what I may read", "a key", "ExchangeSelf"),
    "/units/{unit}/meetings/upcoming": (
        "unit_upcoming",
        "Upcoming meetings of a unit or body",
        "meetings",
        "+ExchangeMeetingLine",
    ),
    "/units/{unit}/meetings/past": ("unit_past", "Past meetings of a unit or body", "meetings", "+ExchangeMeetingLine"),
    "/people/{person}/meetings/upcoming": (
        "person_upcoming",
        "Upcoming meetings of a person",
        "meetings, people",
        "+ExchangeMeetingLine",
    ),
    "/people/{person}/meetings/past": ("person_past", "Past meetings of a person", "meetings, people", "+ExchangeMeetingLine"),
    "/meetings/{meeting}": ("meeting", "One meeting with its programme", "meetings", "ExchangeMeeting"),
    "/meetings/{meeting}/papers": ("papers", "The papers of a meeting", "meetings, papers", "+ExchangePaper"),
    "/papers/{paper}/file": ("paper_file", "The file of a paper, whole or in ranges", "meetings, papers", ""),
    "/notices": ("notices", "Issued notices, resolutions and decisions", "notices", "+ExchangeNotice"),
    "/notices/{notice}": ("notice", "One issued document", "notices", "ExchangeNotice"),
    "/notices/{notice}/file": ("notice_file", "The PDF of an issued document", "notices", ""),
    "/tasks": ("tasks", "Tasks that were given", "tasks", "+ExchangeTask"),
    "/tasks/{task}": ("task", "One task", "tasks", "ExchangeTask"),
}
NAMED = {
    "unit": "id or short name of a unit, or the short name of a body",
    "person": "id, user name, or official mail address",
}


@cache
def examples() -> dict[str, Any]:
    """The answers that are shown, by operation."""
    found: dict[str, Any] = json.loads(EXAMPLES.read_text(encoding="utf-8")) if EXAMPLES.exists() else {}
    return found


def paths() -> dict[str, Any]:
    """The reads with their parameters, answers and examples."""
    return {ROOT + path: {"get": _operation(path, *told)} for path, told in READS.items()}


def _operation(path: str, name: str, summary: str, needs: str, schema: str) -> dict[str, Any]:
    return {
        "operationId": f"exchange.{name}",
        "tags": [TAG],
        "summary": summary,
        "description": f"Needs the right to: {needs}.",
        "security": SECURITY,
        "parameters": _parameters(path, schema.startswith("+")),
        "responses": {
            "200": _found(name, schema),
            "304": {"description": "As known by If-None-Match"},
            "401": _problem("No key, or one that is unknown or has ended"),
            "403": _problem("Switched off, run out, from another address, or without this right"),
            "404": _problem("There is no such thing, or none that this system may know of"),
            "422": _problem("A parameter cannot be read"),
            "429": _problem("More calls in a minute than agreed; see Retry-After"),
        },
    }


def _parameters(path: str, is_list: bool) -> list[dict[str, Any]]:
    inside = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
    found = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": NAMED.get(name, "id")}
        for name in inside
    ]
    if is_list:
        found += [{"name": name, "in": "query", "schema": {"type": "string"}, "description": word} for name, word in LIST.items()]
    return found


def _found(name: str, schema: str) -> dict[str, Any]:
    if not schema:
        anything = {"schema": {"type": "string", "format": "binary"}}
        return {"description": "The bytes; Range is answered with 206", "content": {"application/pdf": anything}}
    headers = {"ETag": {"schema": {"type": "string"}, "description": "Send it as If-None-Match the next time"}}
    content: dict[str, Any] = {"schema": answer_schema(schema)}
    if name in examples():
        content["example"] = examples()[name]
    return {"description": "Found", "headers": headers, "content": {"application/json": content}}


def answer_schema(schema: str) -> dict[str, Any]:
    """The schema of an answer: one thing, or a list with `next`."""
    one = {"$ref": f"#/components/schemas/{schema.removeprefix('+')}"}
    if not schema.startswith("+"):
        return one
    following = {"type": ["string", "null"], "description": "The cursor of what follows; null at the end"}
    return {
        "type": "object",
        "required": ["data", "next"],
        "properties": {"data": {"type": "array", "items": one}, "next": following},
    }


def _problem(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ExchangeProblem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def add_to(description: dict[str, Any]) -> None:
    """Puts the reads into the description of the whole API."""
    description["paths"] |= paths()
    description["components"]["schemas"] |= SCHEMAS
    description["components"]["securitySchemes"] |= SCHEMES
    description.setdefault("tags", []).append({"name": TAG, "description": "Reads for other systems, with a key of their own"})


def whole() -> dict[str, Any]:
    """The description of these reads alone."""
    made: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Họp không giấy: kết nối với hệ thống khác", "version": "1"},
        "paths": {},
        "components": {"schemas": {}, "securitySchemes": {}},
        "security": SECURITY,
    }
    add_to(made)
    return made


def sections() -> list[dict[str, Any]]:
    """The reads for the page of the API: path, summary, needed rights, an example."""
    return [
        {
            "path": ROOT + path,
            "summary": summary,
            "needs": [gettext(KINDS[kind]) for kind in needs.split(", ") if kind in KINDS],
            "query": LIST if schema.startswith("+") else {},
            "example": json.dumps(examples()[name], ensure_ascii=False, indent=2) if name in examples() else "",
        }
        for path, (name, summary, needs, schema) in READS.items()
    ]
