"""What a client sends with an act, and the sentences for fields that are missing or wrong."""

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from meeting.errors import N_, Malformed


class ActInput(BaseModel):
    """What a client sends with an act. Unknown fields are refused; `meeting_id` is always allowed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, str_max_length=200_000)
    meeting_id: int | None = None


def read(model: type[ActInput], raw: Any) -> ActInput:
    """The input as its model, or `malformed` with a sentence for each field."""
    if not isinstance(raw, dict):
        raise Malformed({"": N_("An object is expected.")})
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise Malformed({_field(problem): _sentence(problem) for problem in error.errors()}) from None


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
    "less_than": N_("The number is too large."),
    "less_than_equal": N_("The number is too large."),
}
WRONG_FIELD = N_("This value is not valid.")


def _sentence(problem: Any) -> str:
    return FIELD_SENTENCES.get(problem["type"], WRONG_FIELD)
