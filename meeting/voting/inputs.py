"""What a client sends to prepare questions."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from meeting.acts import ActInput
from meeting.voting.service import QuestionInput, Seconds

Kind = Literal["open", "secret", "hand"]
Form = Literal["matter", "paper", "alternatives", "election", "dismissal", "relief", "choose", "survey", "confidence"]
Words = Annotated[str, Field(max_length=300)]


class Part(BaseModel):
    """A part of an input. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class OptionInput(BaseModel):
    """An option by its key, as the live state names it."""

    key: str


class LineInput(Part):
    """A person or a proposition on the paper; of a person the title is the name, taken from the list of people if left out."""

    title: Words = ""
    person_id: int | None = None
    office: Words = ""
    detail: Words = ""


Lines = Annotated[list[LineInput], Field(max_length=200)]
Options = list[str | OptionInput]


class PrepareInput(ActInput):
    """A question to be put to the vote. What is left out is as the law, the rule book and the form have it.

    `candidates` are the `lines` of an election.
    """

    item_id: int
    title: str = Field(min_length=1, max_length=300)
    kind: Kind | None = None
    form: Form | None = None
    lines: Lines | None = None
    candidates: Lines | None = None
    seats: int | None = Field(default=None, ge=0)
    office: Words = ""
    on_paper: bool | None = None
    options: Options | None = None
    rule: str | None = None
    seconds: Seconds = 0
    explanation: str = Field(default="", max_length=4000)
    changeable: bool = True


class EditInput(QuestionInput):
    """What changes in a draft; what is not named stays. Lines that are named take the place of all lines."""

    item_id: int | None = None
    title: str | None = Field(default=None, min_length=1, max_length=300)
    kind: Kind | None = None
    form: Form | None = None
    lines: Lines | None = None
    seats: int | None = Field(default=None, ge=0)
    office: Words | None = None
    on_paper: bool | None = None
    options: Options | None = None
    rule: str | None = None
    seconds: Seconds | None = None
    explanation: str | None = Field(default=None, max_length=4000)
    changeable: bool | None = None


class OrderInput(ActInput):
    """The questions whose boxes were not opened yet, in the order wanted."""

    meeting_id: int
    question_ids: list[int] = Field(max_length=500)
