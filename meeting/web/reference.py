"""The API's description as a page for people: `/api/docs`."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from meeting.acts import REGISTRY
from meeting.permissions import BY_ROLE
from meeting.web import describing as describing  # noqa: PLC0414 - brings the description
from meeting.web.api import PREFIX, RESOURCES
from meeting.web.doors import page

reference = Blueprint("reference", __name__)
#: An upper room's own part of the page: the reads for other systems.
SYSTEM_READS: list[Callable[[], list[dict[str, Any]]]] = []


@reference.get("/api/docs")
def docs() -> str:
    """All acts and resources, with fields and who may."""
    acts = [_act(act) for _, act in sorted(REGISTRY.items()) if "system" not in BY_ROLE[act.action]]
    resources = sorted(RESOURCES.values(), key=lambda each: each.path)
    systems = [each for sections in SYSTEM_READS for each in sections()]
    return page("web/api_docs.html", acts=acts, resources=resources, prefix=PREFIX, systems=systems)


def _act(act: Any) -> dict[str, Any]:
    schema = act.input.model_json_schema()
    required = set(schema.get("required", []))
    fields = [
        {"name": name, "type": _type(field), "required": name in required} for name, field in schema.get("properties", {}).items()
    ]
    return {"name": act.name, "summary": act.summary, "fields": fields, "roles": sorted(BY_ROLE[act.action])}


def _type(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " | ".join(_type(each) for each in field["anyOf"])
    if "enum" in field:
        return " | ".join(str(each) for each in field["enum"])
    if "const" in field:
        return str(field["const"])
    if field.get("type") == "array":
        return f"[{_type(field.get('items', {}))}]"
    return str(field.get("format") or field.get("type") or "object")
