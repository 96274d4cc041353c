"""The description of the whole API in OpenAPI 3.1, made from the registry of acts, the reads and the doors of forms."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from meeting.acts import REGISTRY, Act
from meeting.inputs import LARGEST_NUMBER
from meeting.permissions import Actor
from meeting.web.api import DESCRIBERS, FORMS, PREFIX, RESOURCES, Form, Resource, resource

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "ok", "code", "message", "facts"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "ok": {"const": False},
        "code": {"type": "string", "minLength": 1, "description": "stable: programs go by it"},
        "message": {"type": "string", "minLength": 1, "description": "a sentence in the reader's language"},
        "facts": {"type": "object", "description": "what the sentence was filled with; `fields` of `malformed` by name"},
    },
}
DONE: Schema = {"type": "object", "required": ["ok"], "properties": {"ok": {"const": True}}}
FOUND: Schema = {"type": "object"}
LIST: Schema = {
    "type": "object",
    "required": ["data", "next"],
    "properties": {
        "data": {"type": "array"},
        "next": {"type": ["string", "null"], "description": "the cursor of what follows; null at the end"},
    },
}
SCHEMAS = {"Problem": PROBLEM, "Done": DONE, "Found": FOUND, "List": LIST}
WORDS = {
    400: "Not JSON, or neither a token nor the page's own sign that it asked",
    401: "Nobody is signed in, or the token is not valid",
    403: "The role does not allow this",
    404: "There is no such thing, or none that one may know of",
    409: "A rule says no",
    413: "Larger than is taken",
    422: "Some fields are missing or wrong",
    429: "Too many requests: wait a moment",
    503: "Busy, and nothing was saved: the same request may be sent again",
}
OF_ACTS = (400, 401, 403, 404, 409, 422, 429, 503)
OF_READS = (401, 403, 404, 409, 422, 429, 503)
OF_FORMS = (*OF_ACTS, 413)


@cache
def description() -> dict[str, Any]:
    """OpenAPI 3.1. Made once: nothing of it depends on who reads it."""
    parts: dict[str, Any] = dict(SCHEMAS)
    paths: dict[str, Any] = {f"{PREFIX}/acts/{act.name}": {"post": _act(act, parts)} for act in REGISTRY.values()}
    for found in RESOURCES.values():
        paths.setdefault(_path(found.path), {})["get"] = _read(found, parts)
    for form in FORMS.values():
        paths.setdefault(_path(form.path), {})["post"] = _form(form)
    told: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Họp không giấy", "version": "1"},
        "paths": paths,
        "components": {"schemas": parts, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    }
    for add_to in DESCRIBERS:
        add_to(told)
    return told


def _act(act: Act, parts: dict[str, Any]) -> Schema:
    schema = act.input.model_json_schema(ref_template="#/components/schemas/{model}")
    parts |= schema.pop("$defs", {})
    schema.get("properties", {})["request_id"] = {"type": "string", "description": "the same again: done once, answered twice"}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"operationId": act.name, "summary": act.summary, "requestBody": body, "responses": responses("Done", OF_ACTS)}


def _read(found: Resource, parts: dict[str, Any]) -> Schema:
    query = [{"name": name, "in": "query", "description": word, "schema": TEXT} for name, word in found.query.items()]
    told = responses("List" if "cursor" in found.query else "Found", OF_READS, found.media_type)
    if found.answer is not None:
        told["200"]["content"][found.media_type]["schema"] = _answer(found.answer, parts)
    if found.conditional:
        told["304"] = {"description": "As known by If-None-Match"}
    return {"operationId": found.name, "summary": found.summary, "parameters": _inside(found.path) + query, "responses": told}


def _answer(shape: Any, parts: dict[str, Any]) -> Schema:
    """The schema of an answer, from the type that the code that gives it is checked against."""
    schema: Schema = TypeAdapter(shape).json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    for name, part in schema.pop("$defs", {}).items():
        if parts.setdefault(name, part) != part:
            raise ValueError(f"two shapes are called {name}")
    return schema


def _form(form: Form) -> Schema:
    fields = {name: {"type": "string", "description": word} for name, word in form.fields.items()}
    with_file = "file" in fields
    if with_file:
        fields["file"]["format"] = "binary"
    schema = {"type": "object", "properties": fields}
    content = {kind: {"schema": schema} for kind in ["multipart/form-data", *([] if with_file else ["application/json"])]}
    return {
        "operationId": form.name,
        "summary": form.summary,
        "parameters": _inside(form.path),
        "requestBody": {"content": content},
        "responses": responses("Done", OF_FORMS),
    }


def _path(path: str) -> str:
    return PREFIX + path.replace("<int:", "{").replace("<", "{").replace(">", "}")


def _inside(path: str) -> list[Schema]:
    row: Schema = {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}
    return [
        {"name": part.strip("<>").split(":")[-1], "in": "path", "required": True, "schema": row if ":" in part else TEXT}
        for part in path.split("/")
        if part.startswith("<")
    ]


def responses(schema: str, refusals: tuple[int, ...], media_type: str = "application/json") -> Schema:
    """The answers of one operation: what is found or done, and each kind of refusal."""
    found = {"description": "Done", "content": {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"200": found} | {str(code): {"description": WORDS[code], "content": problem} for code in refusals}


@resource("/openapi.json", "This description")
def openapi(_session: Session, _actor: Actor) -> dict[str, Any]:
    """The description of the API."""
    return description()
