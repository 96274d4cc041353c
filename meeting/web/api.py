"""The API's plumbing: one door for all acts, decorators for what can be read and for forms, problems as JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar, get_type_hints

from flask import Blueprint, Response, request
from typing_extensions import TypedDict, is_typeddict
from werkzeug.exceptions import RequestEntityTooLarge

from meeting.errors import N_, Malformed, Refused
from meeting.inputs import LARGEST_NUMBER
from meeting.web import doors, security
from meeting.writer import answer

PREFIX = "/api/v1"
api = Blueprint("api", __name__)
Reader = Callable[..., Any]
MAX_PAGE = 200
ACT_BYTES = 2 * 1024 * 1024  # of the input of an act; files have a door of their own


Row = TypeVar("Row")
Line = TypeVar("Line")


class Listing(TypedDict, Generic[Line]):
    """All there is."""

    data: list[Line]


class Page(TypedDict, Generic[Line]):
    """A part of a list."""

    data: list[Line]
    next: str | None  # the cursor of what follows


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
    media_type: str = "application/json"
    conditional: bool = False  # knows If-None-Match
    answer: Any = None  # the shape, where the function says more than "an object": a typed dictionary


@dataclass(frozen=True)
class Form:
    """A door for what no act can carry: files, and secrets that go nowhere else."""

    path: str
    name: str
    summary: str
    fields: Mapping[str, str]


RESOURCES: dict[str, Resource] = {}
FORMS: dict[str, Form] = {}
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
        RESOURCES[name] = Resource(path, name, summary, query, answer=_shape(function))

        def view(**values: Any) -> Response:
            who = doors.actor()
            security.limit(security.READS_PER_ACCOUNT, "read", str(who.account_id))
            found = function(doors.session(), who, **values)
            return found if isinstance(found, Response) else as_json(found)

        api.add_url_rule(path, name, view)
        return function

    return register


def _shape(function: Reader) -> Any:
    said = get_type_hints(function).get("return")
    return said if is_typeddict(getattr(said, "__origin__", said)) else None


def answers_as(*, media_type: str = "application/json", conditional: bool = False) -> Callable[[Reader], Reader]:
    """Before `resource`, where the answer is of another kind, or knows `If-None-Match`."""

    def register(function: Reader) -> Reader:
        name = function.__name__
        RESOURCES[name] = replace(RESOURCES[name], media_type=media_type, conditional=conditional)
        return function

    return register


def form(path: str, fields: Mapping[str, str]) -> Callable[[Reader], Reader]:
    """Makes `POST /api/v1<path>` of a function; `fields` names what it takes with a word on each. A `file` comes as multipart."""

    def register(function: Reader) -> Reader:
        summary = (function.__doc__ or "").strip().partition("\n")[0]
        FORMS[function.__name__] = Form(path, function.__name__, summary, fields)
        api.post(path)(function)
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
    return dict(page_of(rows, shape))


def page_of(rows: Sequence[Row], shape: Callable[[Row], Line]) -> Page[Line]:
    """The same, for reads that tell the shape of a line."""
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
