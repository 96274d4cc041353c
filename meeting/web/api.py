"""The API's plumbing: one door for all acts, a decorator for what can be read, problems as JSON, the description."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from meeting.acts import REGISTRY
from meeting.errors import N_, Malformed, Refused
from meeting.inputs import LARGEST_NUMBER
from meeting.permissions import Actor
from meeting.web import doors, security
from meeting.writer import answer

PREFIX = "/api/v1"
api = Blueprint("api", __name__)
Reader = Callable[..., Any]
MAX_PAGE = 200
ACT_BYTES = 2 * 1024 * 1024  # of the input of an act; files have a door of their own


class NotJson(Refused):
    """The body is not JSON."""

    status = 400


@dataclass(frozen=True)
class Resource:
    """Something that can be read over the API."""

    path: str
    name: str
    summary: str
    query: Mapping[str, str] = field(default_factory=dict)


RESOURCES: dict[str, Resource] = {}
#: Upper rooms put reads of another kind into the description here.
DESCRIBERS: list[Callable[[dict[str, Any]], None]] = []


def as_json(body: Any, status: int = 200) -> Response:
    """A JSON answer; refusals as problem+json."""
    kind = "application/json" if status < 400 else "application/problem+json"
    if status >= 400:
        body = {"type": "about:blank", "title": body.get("code", ""), "status": status, **body}
    return Response(json.dumps(body, ensure_ascii=False) + "\n", status=status, mimetype=kind)


def resource(path: str, summary: str, **query: str) -> Callable[[Reader], Reader]:
    """Makes `GET /api/v1<path>` of a function(session, actor, **path values) that returns the JSON value
    (or a whole answer, where the kind of JSON has a name of its own).

    `query` names the parameters with a word on each, for the description; the function reads them with `asked()`.
    """

    def register(function: Reader) -> Reader:
        name = function.__name__
        RESOURCES[name] = Resource(path, name, summary, query)

        def view(**values: Any) -> Response:
            who = doors.actor()
            security.limit(security.READS_PER_ACCOUNT, "read", str(who.account_id))
            found = function(doors.session(), who, **values)
            return found if isinstance(found, Response) else as_json(found)

        api.add_url_rule(path, name, view)
        return function

    return register


def asked(name: str, default: str = "") -> str:
    """One parameter of the query."""
    return request.args.get(name, default).strip()


def asked_number(name: str, default: int | None = None) -> int | None:
    """One whole number of the query; refused as malformed when it is not one."""
    raw = asked(name)
    if not raw:
        return default
    try:
        number = int(raw)
    except ValueError:
        raise Malformed({name: N_("A whole number is expected.")}) from None
    if abs(number) > LARGEST_NUMBER:
        raise Malformed({name: N_("The number is too large.")})
    return number


def paged(rows: Sequence[Any], shape: Callable[[Any], Any]) -> dict[str, Any]:
    """A list cut by `limit` and `cursor` (an offset): `{data, next}`; `next` is null at the end."""
    size = max(1, min(asked_number("limit", 50) or 50, MAX_PAGE))
    start = max(0, asked_number("cursor", 0) or 0)
    shown = rows[start : start + size]
    following = str(start + size) if start + size < len(rows) else None
    return {"data": [shape(row) for row in shown], "next": following}


@api.post("/acts/<name>")
def do_act(name: str) -> Response:
    """Any act by its name. `request_id` beside the input makes a repeat harmless."""
    who = doors.actor()
    security.limit(security.ACTS_PER_ACCOUNT, "act", str(who.account_id))
    raw = sent_json()
    if raw is None:
        raise NotJson("not_json")
    request_id = raw.pop("request_id", None) if isinstance(raw, dict) else None
    heard = answer(who, name, raw, str(request_id) if request_id else None)
    return as_json(doors.wire(heard), heard.status)


def sent_json() -> Any:
    """The JSON that came with the request, None when there is none. Refused as malformed beyond `ACT_BYTES`, before it is read:
    while this process takes a long one apart nobody else is answered."""
    request.max_content_length = ACT_BYTES
    try:
        return request.get_json(silent=True)
    except RequestEntityTooLarge:
        raise Malformed({"": N_("This is too long.")}) from None
    except RecursionError:
        return None


def description() -> dict[str, Any]:
    """OpenAPI 3.1, made from the registry of acts and the resources."""
    paths: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for act in REGISTRY.values():
        schema = act.input.model_json_schema(ref_template="#/components/schemas/{model}")
        parts |= schema.pop("$defs", {})
        schema.get("properties", {})["request_id"] = {"type": "string"}
        body = {"required": True, "content": {"application/json": {"schema": schema}}}
        paths[f"{PREFIX}/acts/{act.name}"] = {
            "post": {"operationId": act.name, "summary": act.summary, "requestBody": body, "responses": _responses()}
        }
    for found in RESOURCES.values():
        path = PREFIX + found.path.replace("<int:", "{").replace("<", "{").replace(">", "}")
        paths[path] = {
            "get": {
                "operationId": found.name,
                "summary": found.summary,
                "parameters": _parameters(found),
                "responses": _responses(),
            }
        }
    bearer = {"type": "http", "scheme": "bearer"}
    told: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Họp không giấy", "version": "1"},
        "paths": paths,
        "components": {"schemas": parts, "securitySchemes": {"token": bearer}},
        "security": [{"token": []}],
    }
    for add_to in DESCRIBERS:
        add_to(told)
    return told


def _parameters(found: Resource) -> list[dict[str, Any]]:
    inside = [
        {"name": part.strip("<>").split(":")[-1], "in": "path", "required": True, "schema": {"type": "string"}}
        for part in found.path.split("/")
        if part.startswith("<")
    ]
    query = [
        {"name": name, "in": "query", "description": word, "schema": {"type": "string"}} for name, word in found.query.items()
    ]
    return inside + query


def _responses() -> dict[str, Any]:
    return {"200": {"description": "Done"}, "default": {"description": "Refused: code, message, facts (problem+json)"}}


@resource("/openapi.json", "This description")
def openapi(_session: Session, _actor: Actor) -> dict[str, Any]:
    """The description of the API."""
    return description()
