"""The shapes of the reads as JSON schemas (2020-12): every field is told, none may be missing."""

from typing import Any

from meeting.exchange.rules import KINDS

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer"}
YES: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
MAYBE_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}


def _object(**fields: Schema) -> Schema:
    return {"type": "object", "required": list(fields), "properties": fields, "additionalProperties": False}


def _part(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _maybe(name: str) -> Schema:
    return {"oneOf": [_part(name), {"type": "null"}]}


def _many(name: str) -> Schema:
    return {"type": "array", "items": _part(name)}


def _maybe_many(name: str) -> Schema:
    return {"oneOf": [_many(name), {"type": "null"}]}


LINE: dict[str, Schema] = {
    "id": NUMBER,
    "title": TEXT,
    "body": _part("ExchangeBody"),
    "type": TEXT,
    "state": {"enum": ["issued", "in_session", "paused", "held", "archived", "postponed", "cancelled"]},
    "form": {"enum": ["in_person", "online", "hybrid"]},
    "place": TEXT,
    "starts_at": MOMENT,
    "ends_at": MAYBE_MOMENT,
    "resumes_at": MAYBE_MOMENT,
    "link": TEXT,
}
PARTICIPANT: dict[str, Schema] = {"id": NUMBER, "name": TEXT, "position": TEXT, "unit": MAYBE_TEXT, "voting": YES}
SCHEMAS: dict[str, Schema] = {
    "ExchangeBody": _object(code=TEXT, name=TEXT),
    "ExchangeUnit": _object(id=NUMBER, code=TEXT, name=TEXT),
    "ExchangePerson": _object(id=NUMBER, name=TEXT, position=TEXT),
    "ExchangeSelf": _object(
        client=_object(id=NUMBER, name=TEXT),
        rights={
            "type": "array",
            "items": _object(body=_part("ExchangeBody"), kinds={"type": "array", "items": {"enum": list(KINDS)}}),
        },
    ),
    "ExchangeMeetingLine": _object(**LINE),
    "ExchangeItem": _object(
        id=NUMBER,
        label=TEXT,
        title=TEXT,
        kind=TEXT,
        state=TEXT,
        unit=_maybe("ExchangeUnit"),
        minutes_planned=NUMBER,
        presenters=_maybe_many("ExchangePerson"),
    ),
    "ExchangeParticipant": _object(**PARTICIPANT),
    "ExchangeMeeting": _object(
        **LINE,
        opened_at=MAYBE_MOMENT,
        closed_at=MAYBE_MOMENT,
        programme_version=NUMBER,
        chair=_maybe("ExchangePerson"),
        items=_many("ExchangeItem"),
        participants=_maybe_many("ExchangeParticipant"),
        papers=MAYBE_TEXT,
    ),
    "ExchangePaper": _object(
        id=NUMBER,
        title=TEXT,
        type=MAYBE_TEXT,
        item={"oneOf": [_object(label=TEXT, title=TEXT), {"type": "null"}]},
        unit=_maybe("ExchangeUnit"),
        symbol=TEXT,
        signed_on=MAYBE_DAY,
        version=NUMBER,
        published_at=MAYBE_MOMENT,
        media_type=TEXT,
        bytes=NUMBER,
        pages=NUMBER,
        sha256=MAYBE_TEXT,
        file=MAYBE_TEXT,
    ),
    "ExchangeNotice": _object(
        id=NUMBER,
        kind=TEXT,
        symbol=TEXT,
        abstract=TEXT,
        issued_on=MAYBE_DAY,
        body=_part("ExchangeBody"),
        meeting=MAYBE_TEXT,
        withdrawn_at=MAYBE_MOMENT,
        replaced_at=MAYBE_MOMENT,
        corrected_at=MAYBE_MOMENT,
        file=MAYBE_TEXT,
        link=TEXT,
    ),
    "ExchangeTask": _object(
        id=NUMBER,
        text=TEXT,
        body=_part("ExchangeBody"),
        unit=_maybe("ExchangeUnit"),
        cooperating=_many("ExchangeUnit"),
        officer=_maybe("ExchangePerson"),
        product=TEXT,
        state={"enum": ["assigned", "received", "in_progress", "reported", "accepted", "cancelled"]},
        progress_percent=NUMBER,
        assigned_at=MOMENT,
        due_on=MAYBE_DAY,
        done_on=MAYBE_DAY,
        overdue=YES,
        source=TEXT,
        link=TEXT,
    ),
    "ExchangeProblem": {
        "type": "object",
        "required": ["status", "code", "message"],
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": NUMBER,
            "ok": YES,
            "code": TEXT,
            "message": TEXT,
            "facts": {"type": "object"},
        },
    },
}
