"""What a client sends with an act, and the sentences for fields that are missing or wrong."""

import unicodedata
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from meeting.errors import N_, Malformed

LARGEST_NUMBER = 2**63 - 1  # what a database column holds
TOO_LARGE = N_("The number is too large.")
YEARS = range(1000, 3000)  # of days and moments: beyond, no calendar of ours can reckon with them
#: Signs that neither a table nor a printed page can hold; pasted texts bring them along. Some of them end a line.
_UNWRITTEN = {sign: None for sign in (*range(1, 32), 0x7F, 0xFFFE, 0xFFFF) if sign not in (9, 10, 13)} | {11: "\n", 12: "\n"}


class ActInput(BaseModel):
    """What a client sends with an act. Unknown fields are refused; `meeting_id` is always allowed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=200_000)
    meeting_id: int | None = None


def read(model: type[ActInput], raw: Any) -> ActInput:
    """The input as its model, or `malformed` with a sentence for each field."""
    if not isinstance(raw, dict):
        raise Malformed({"": N_("An object is expected.")})
    try:
        found = model.model_validate({name: _plain(value, name) for name, value in raw.items()})
    except ValidationError as error:
        raise Malformed({_field(problem): _sentence(problem) for problem in error.errors()}) from None
    except RecursionError:  # lists within lists without end
        raise Malformed({"": WRONG_FIELD}) from None
    for name, value in found:
        _check_held(value, name)
    return found


def _check_held(value: Any, field: str) -> None:
    """Refuses a day or moment so far away that nothing can be reckoned from it, and a number that was sent as a text and that no
    store could hold."""
    if isinstance(value, date) and value.year not in YEARS:
        raise Malformed({field: N_("A date is expected.")})
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise Malformed({field: TOO_LARGE})
    if isinstance(value, list):
        for each in value:
            _check_held(each, field)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check_held(inner, f"{field}.{name}")
    elif isinstance(value, BaseModel):
        for name, inner in value:
            _check_held(inner, f"{field}.{name}")


def _plain(value: Any, field: str) -> Any:
    """The value with its text in NFC, without signs nobody can see; refused when no store could hold it (a NUL in a text, a
    number beyond 64 bits)."""
    if isinstance(value, str):
        if "\x00" in value:
            raise Malformed({field: WRONG_FIELD})
        return unicodedata.normalize("NFC", value.translate(_UNWRITTEN))
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise Malformed({field: TOO_LARGE})
    if isinstance(value, list):
        return [_plain(each, field) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each, f"{field}.{name}") for name, each in value.items()}
    return value


def _field(problem: Any) -> str:
    return ".".join(str(part) for part in problem["loc"])


FIELD_SENTENCES = {
    "missing": N_("This field is required."),
    "extra_forbidden": N_("This field is not known."),
    "string_too_short": N_("This is too short."),
    "string_too_long": N_("This is too long."),
    "literal_error": N_("This is not one of the possible choices."),
    "int_parsing": N_("A whole number is expected."),
    "int_type": N_("A whole number is expected."),
    "date_parsing": N_("A date is expected."),
    "date_from_datetime_parsing": N_("A date is expected."),
    "datetime_parsing": N_("A date and time are expected."),
    "datetime_from_date_parsing": N_("A date and time are expected."),
    "timezone_aware": N_("A date and time are expected."),
    "greater_than": N_("The number is too small."),
    "greater_than_equal": N_("The number is too small."),
    "less_than": TOO_LARGE,
    "less_than_equal": TOO_LARGE,
}
WRONG_FIELD = N_("This value is not valid.")


def _sentence(problem: Any) -> str:
    return FIELD_SENTENCES.get(problem["type"], WRONG_FIELD)
