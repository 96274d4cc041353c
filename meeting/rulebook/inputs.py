"""What a client sends with each act of this room."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from meeting.acts import ActInput
from meeting.rulebook.values import COLUMNS

Title = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(max_length=2000)]


class Part(BaseModel):
    """A part of an input. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class BodyInput(ActInput):
    """One body."""

    body_id: int


class WaysInput(ActInput):
    """The office hours of a body, and how it addresses people; what is not named stays."""

    body_id: int
    opens_at: str | None = None
    closes_at: str | None = None
    address_form: Literal["ong_ba", "dong_chi"] | None = None


class TypeInput(ActInput):
    """One kind of meeting."""

    type_id: int


class BookInput(ActInput):
    """One rule book."""

    book_id: int


class AddTypeInput(ActInput):
    """A new kind of meeting; its first rules are those of another kind of the same body (`like_id`), else of its first kind."""

    body_id: int
    name: Title
    code: str = ""
    like_id: int | None = None
    starts_on: datetime.date | None = None


class EditTypeInput(ActInput):
    """The name of a kind of meeting."""

    type_id: int
    name: Title


class SourceInput(Part):
    """Where a rule stands; `verified`: somebody held it against the text."""

    article: Text = ""
    verified: bool = False
    note: Text = ""


class StageInput(Part):
    """One paper of the sequence."""

    key: str = ""
    what: Title
    days: int = 0
    unit: str = "working"
    by: str = "unit"


class EditBookInput(ActInput):
    """New rules of a kind of meeting from a day on; what is not named stays as it was the day before."""

    type_id: int
    starts_on: datetime.date
    instrument: Text | None = None
    sources: dict[str, SourceInput] = Field(default={}, max_length=40)
    papers_due_days: int | None = None
    papers_due_unit: str | None = None
    invite_days: int | None = None
    invite_unit: str | None = None
    programme_days: int | None = None
    programme_unit: str | None = None
    check_days: int | None = None
    approver: str | None = None
    head_approval: str | None = None
    substitutes: str | None = None
    substitute_consent: bool | None = None
    substitutable: str | None = None
    closed: bool | None = None
    summons: str | None = None
    sequence: list[StageInput] | None = Field(default=None, max_length=12)
    voters: str | None = None
    quorum: str | None = None
    majority: str | None = None
    tie: str | None = None
    choices: str | list[str] | None = None
    notice_required: bool | None = None
    notice_days: int | None = None
    notice_unit: str | None = None
    signer: str | None = None
    speech_seconds: int | None = None
    debate_seconds: int | None = None
    question_seconds: int | None = None
    explain_seconds: int | None = None
    answer_seconds: int | None = None
    warn_seconds: int | None = None
    floor_order: str | None = None
    debate_first: bool | None = None
    turns_per_item: int | None = None
    check_in: str | None = None
    remote: str | None = None
    elections: str | None = None
    electronic_votes: Text | None = None
    missing_names: bool | None = None
    minutes_signers: str | None = None
    longest_minutes: int | None = None

    def given(self) -> dict[str, Any]:
        """The columns that were named, in the shape of the store."""
        named = {each: getattr(self, each) for each in COLUMNS if getattr(self, each) is not None}
        if isinstance(named.get("choices"), list):
            named["choices"] = " ".join(named["choices"])
        if "sequence" in named:
            stages = [stage.model_dump() for stage in named["sequence"]]
            named["sequence"] = tuple({**stage, "key": stage["key"] or f"stage_{n}"} for n, stage in enumerate(stages, 1))
        return named


class DayInput(ActInput):
    """One day of the work calendar."""

    day: datetime.date


class SetDayInput(ActInput):
    """What a day is here: worked or off, with its name and the decision that says so."""

    day: datetime.date
    works: bool
    name: Annotated[str, Field(max_length=300)] = ""
    source: Text = ""


class ImportDaysInput(ActInput):
    """The cells of a list of days, its heading first; or `csv`: the text of a CSV file."""

    rows: list[list[str]] = Field(default=[], max_length=1001)
    csv: str = ""
    dry_run: bool = True


class ImportBooksInput(ActInput):
    """A file of rule books for a body. They begin on `starts_on`, else on the day the file names for each."""

    body_id: int
    file: dict[str, Any]
    starts_on: datetime.date | None = None
    dry_run: bool = True
