"""What OParl 1.1 demands of each kind of object, as far as a program can check it. Its own JSON schemas are in no package."""

import re
from datetime import date, datetime
from typing import Any

SCHEMA = "https://schema.oparl.org/1.1/"
TEXT, URL, FLAG, NUMBER, DAY, MOMENT = "text", "url", "flag", "number", "day", "moment"

# property: kind; [kind] is a list; a name with a capital letter an embedded object of that type. "!" marks what must be there.
OBJECTS: dict[str, dict[str, Any]] = {
    "System": {"!oparlVersion": URL, "!body": URL, "name": TEXT, "website": URL, "product": URL},
    "Body": {
        "system": URL, "!name": TEXT, "shortName": TEXT, "website": URL, "!organization": URL, "!person": URL, "!meeting": URL,
        "!paper": URL, "!legislativeTerm": ["LegislativeTerm"], "agendaItem": URL, "consultation": URL, "file": URL,
        "locationList": URL, "legislativeTermList": URL, "membership": URL, "classification": TEXT,
    },
    "Organization": {
        "body": URL, "name": TEXT, "shortName": TEXT, "membership": [URL], "meeting": URL, "classification": TEXT,
        "subOrganizationOf": URL, "startDate": DAY, "endDate": DAY,
    },
    "Person": {
        "body": URL, "name": TEXT, "familyName": TEXT, "givenName": TEXT, "formOfAddress": TEXT, "status": [TEXT],
        "membership": ["Membership"],
    },
    "Membership": {
        "person": URL, "organization": URL, "role": TEXT, "votingRight": FLAG, "startDate": DAY, "endDate": DAY,
    },
    "Meeting": {
        "name": TEXT, "meetingState": TEXT, "cancelled": FLAG, "start": MOMENT, "end": MOMENT, "location": "Location",
        "organization": [URL], "participant": [URL], "resultsProtocol": "File", "agendaItem": ["AgendaItem"],
    },
    "AgendaItem": {
        "meeting": URL, "!order": NUMBER, "number": TEXT, "name": TEXT, "public": FLAG, "consultation": URL, "result": TEXT,
        "resolutionText": TEXT, "start": MOMENT, "end": MOMENT,
    },
    "Paper": {
        "body": URL, "name": TEXT, "reference": TEXT, "date": DAY, "paperType": TEXT, "mainFile": "File",
        "originatorOrganization": [URL], "consultation": ["Consultation"],
    },
    "Consultation": {
        "paper": URL, "agendaItem": URL, "meeting": URL, "organization": [URL], "authoritative": FLAG, "role": TEXT,
    },
    "File": {
        "name": TEXT, "fileName": TEXT, "mimeType": TEXT, "date": DAY, "size": NUMBER, "!accessUrl": URL, "downloadUrl": URL,
        "meeting": [URL], "paper": [URL],
    },
    "Location": {"description": TEXT, "meetings": [URL]},
    "LegislativeTerm": {"body": URL, "name": TEXT, "startDate": DAY, "endDate": DAY},
}  # fmt: skip
GONE = {"id", "type", "created", "modified", "deleted"}


def faults(told: dict[str, Any], kind: str = "", where: str = "") -> list[str]:
    """What is wrong with an object; nothing when it is as the standard says."""
    where = where or str(told.get("id"))
    found = [] if _is(told.get("id"), URL) else [f"{where}: id"]
    name = str(told.get("type", "")).removeprefix(SCHEMA)
    if name not in OBJECTS or (kind and name != kind):
        return [*found, f"{where}: type {told.get('type')}"]
    if name != "System" or "created" in told:
        found += [f"{where}: {each}" for each in ("created", "modified") if not _is(told.get(each), MOMENT)]
    if told.get("deleted"):
        return [*found, *(f"{where}: {each} on a tombstone" for each in told.keys() - GONE)]
    rules = {key.removeprefix("!"): value for key, value in OBJECTS[name].items()}
    found += [f"{where}: {key[1:]} is missing" for key in OBJECTS[name] if key.startswith("!") and key[1:] not in told]
    for key, value in told.items():
        if key in GONE or ":" in key:
            continue
        if key not in rules:
            found.append(f"{where}: {key} is unknown")
        else:
            found += _against(value, rules[key], f"{where}: {key}")
    return found


def _against(value: Any, rule: Any, where: str) -> list[str]:
    if isinstance(rule, list):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        return [fault for each in value for fault in _against(each, rule[0], where)]
    if rule[0].isupper():
        return faults(value, rule, where) if isinstance(value, dict) else [f"{where} is no object"]
    return [] if _is(value, rule) else [f"{where}: {value!r}"]


def _is(value: Any, kind: str) -> bool:
    if kind == FLAG:
        return isinstance(value, bool)
    if kind == NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, str) or not value:
        return False
    if kind == URL:
        return re.fullmatch(r"https?://[^\s]+", value) is not None
    try:
        if kind == DAY:
            date.fromisoformat(value)
        elif kind == MOMENT:
            return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
    return True
