"""Rule books as a file that a province can hand to all its communes. Pure: JSON value in, kinds and problems out."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from meeting.errors import N_
from meeting.rulebook import rules
from meeting.rulebook.values import COLUMNS, RULES, Values

FORMAT = "hop-khong-giay/rule-books"
VERSION = 4
READABLE = (1, 2, 3, VERSION)
#: What files of version 1 did not say yet: the rules that held then (the answer had the time of an explanation).
NEW_IN_2 = ("answer_seconds", "warn_seconds", "floor_order", "debate_first", "turns_per_item", "check_in", "remote")
#: And those before version 3: nobody was elected or surveyed in the system, and the chair saw who had not voted.
NEW_IN_3 = ("elections", "electronic_votes", "missing_names")
#: Before version 4 whoever signed the papers of a meeting signed its minutes, the presiding person beside the secretary.
NEW_IN_4 = ("minutes_signers", "longest_minutes")
MOST_KINDS = 60
_TYPES = {each.name: each.type for each in dataclasses.fields(Values)}


@dataclass(frozen=True)
class FileKind:
    """One kind of meeting of the file with its rules."""

    code: str
    name: str
    starts_on: date
    instrument: str
    sources: Mapping[str, Any]
    values: Values


@dataclass(frozen=True)
class FileProblem:
    """What is wrong in the file: at which kind (its code or number), in which field, and the sentence."""

    kind: str
    field: str
    sentence: str


def write_file(body_kind: str, body: str, day: date, kinds: Iterable[FileKind]) -> dict[str, Any]:
    """The file of a body's rule books, those in force on the day."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "body_kind": body_kind,
        "body": body,
        "written_on": day.isoformat(),
        "kinds": [
            {
                "code": each.code,
                "name": each.name,
                "starts_on": each.starts_on.isoformat(),
                "instrument": each.instrument,
                "sources": dict(each.sources),
                "values": each.values.plain(),
            }
            for each in kinds
        ],
    }


def is_file(file: Any) -> bool:
    """Whether a JSON value is such a file of this version or one before, with kinds in it."""
    if not isinstance(file, dict) or file.get("format") != FORMAT or file.get("version") not in READABLE:
        return False
    kinds = file.get("kinds")
    return isinstance(kinds, list) and 0 < len(kinds) <= MOST_KINDS


def read_file(file: Mapping[str, Any], body_kind: str) -> tuple[list[FileKind], list[FileProblem]]:
    """The kinds of a file and every problem, in their order. Nothing is guessed: a missing value is a problem."""
    found: list[FileKind] = []
    problems: list[FileProblem] = []
    for number, raw in enumerate(file["kinds"], 1):
        if not isinstance(raw, dict):
            problems.append(FileProblem(str(number), "", N_("An object is expected.")))
            continue
        raw = _of_today(raw, file["version"])
        label = str(raw.get("code") or number)[:60]
        wrong = [*_wrong_head(raw), *_wrong_types(raw.get("values")), *_wrong_sources(raw.get("sources"))]
        if label in {each.code for each in found}:
            wrong.append(("code", N_("This code stands in the file twice.")))
        if not wrong:
            kind = _kind(raw)
            wrong = rules.problems(kind.values, body_kind)
            if not wrong:
                found.append(kind)
        problems += [FileProblem(label, name, sentence) for name, sentence in wrong]
    return found, problems


def _of_today(raw: Mapping[str, Any], version: int) -> Mapping[str, Any]:
    """A kind of an older file with the values it did not name yet."""
    values = raw.get("values")
    if version == VERSION or not isinstance(values, dict):
        return raw
    lacking = {1: (*NEW_IN_2, *NEW_IN_3, *NEW_IN_4), 2: (*NEW_IN_3, *NEW_IN_4), 3: NEW_IN_4}[version]
    today = {each.name: each.default for each in dataclasses.fields(Values) if each.name in lacking}
    if version == 1 and "explain_seconds" in values:
        today["answer_seconds"] = values["explain_seconds"]
    if values.get("signer") == "chief":
        today["minutes_signers"] = "chief"
    return {**raw, "values": {**today, **values}}


def _kind(raw: Mapping[str, Any]) -> FileKind:
    columns = {**raw["values"], "sequence": tuple(raw["values"]["sequence"])}
    sources = {rule: {"article": "", "verified": False, "note": "", **raw["sources"].get(rule, {})} for rule in RULES}
    starts_on = date.fromisoformat(raw["starts_on"])
    return FileKind(raw["code"], raw["name"].strip(), starts_on, raw["instrument"].strip(), sources, Values(**columns))


def _wrong_head(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    if not isinstance(raw.get("code"), str) or not rules.CODE.fullmatch(raw["code"]):
        found.append(("code", N_("A code has small plain letters, digits and underlines.")))
    if not isinstance(raw.get("name"), str) or not 0 < len(raw["name"].strip()) <= 300:
        found.append(("name", N_("The name is missing.")))
    if not isinstance(raw.get("instrument"), str) or len(raw["instrument"]) > 2000:
        found.append(("instrument", N_("This is too long.")))
    try:
        date.fromisoformat(str(raw.get("starts_on")))
    except ValueError:
        found.append(("starts_on", N_("A date is expected.")))
    return found


def _wrong_types(values: Any) -> list[tuple[str, str]]:
    if not isinstance(values, dict):
        return [("values", N_("An object is expected."))]
    found = [(name, N_("This field is not known.")) for name in sorted(set(values) - set(COLUMNS))]
    for column in COLUMNS:
        if column not in values:
            found.append((column, N_("This field is required.")))
        elif not _fits(values[column], column):
            found.append((column, N_("This value is not valid.")))
    return found


def _fits(value: Any, column: str) -> bool:
    if column == "sequence":
        return isinstance(value, list) and all(isinstance(stage, dict) for stage in value)
    wanted = {"int": int, "str": str, "bool": bool}[getattr(_TYPES[column], "__name__", str(_TYPES[column]))]
    return isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))


def _wrong_sources(sources: Any) -> list[tuple[str, str]]:
    if not isinstance(sources, dict):
        return [("sources", N_("An object is expected."))]
    found = []
    for rule, source in sources.items():
        shape = {"article": str, "verified": bool, "note": str}
        fits = isinstance(source, dict) and all(isinstance(source[key], shape.get(key, type(None))) for key in source)
        if rule not in RULES or not fits:
            found.append((f"sources.{rule}"[:60], N_("This value is not valid.")))
    return found
