"""What a client sends with each act of this room."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from meeting.acts import ActInput
from meeting.catalogues.plans import LONGEST_LABEL, MOST
from meeting.organization.rows import MOST_ROWS, Rows, read_rows

Kind = Literal["position", "document_type", "authority"]
Title = Annotated[str, Field(min_length=1, max_length=300)]


class EntryInput(ActInput):
    """What an entry says."""

    name: Title
    abbreviation: str = Field(default="", max_length=20)
    style: Literal["", "state", "party"] = ""
    parent_id: int | None = None


class AddEntry(EntryInput):
    """A new entry of a catalogue, at its end."""

    kind: Kind


class EditEntry(EntryInput):
    """What an entry says from now on; all is sent."""

    entry_id: int


class OfEntry(ActInput):
    """One entry."""

    entry_id: int


class MoveEntry(ActInput):
    """Where an entry goes in the order of its catalogue."""

    entry_id: int
    to: Literal["up", "down", "top"]


class Nothing(ActInput):
    """Nothing more to say."""


class ImportList(ActInput):
    """The cells of a list, its heading first."""

    kind: Literal["position", "document_type", "authority", "room"]
    rows: list[list[str]] = Field(default=[], max_length=MOST_ROWS + 1)
    csv: str = ""  # instead of rows: the text of a CSV file
    dry_run: bool = True

    @property
    def cells(self) -> Rows:
        """The rows, whichever way they came. Refused: `unreadable_table`."""
        return read_rows(self.csv.encode(), "list.csv") if self.csv else self.rows


class AddRoom(ActInput):
    """A room."""

    name: Title
    place: str = Field(default="", max_length=300)
    capacity: int = Field(default=0, ge=0, le=100_000)
    equipment: str = Field(default="", max_length=5000)


class EditRoom(AddRoom):
    """What is said of a room from now on; all is sent."""

    room_id: int


class OfRoom(ActInput):
    """One room."""

    room_id: int


class MoveRoom(ActInput):
    """Where a room goes in the list."""

    room_id: int
    to: Literal["up", "down", "top"]


class CellInput(BaseModel):
    """One cell of a plan that holds something."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    row: int = Field(ge=1, le=MOST)
    column: int = Field(ge=1, le=MOST)
    kind: Literal["seat", "head", "guest", "table", "podium", "screen", "door"]
    label: str = Field(default="", max_length=LONGEST_LABEL)


class PlanInput(BaseModel):
    """A room seen from above; see `catalogues.plans`."""

    model_config = ConfigDict(extra="forbid")
    rows: int = Field(ge=1, le=MOST)
    columns: int = Field(ge=1, le=MOST)
    cells: list[CellInput] = Field(default=[], max_length=MOST * MOST)

    def as_value(self) -> dict[str, Any]:
        """As plain values."""
        return self.model_dump()


class SavePlan(ActInput):
    """A room's plan, and the version it was drawn from."""

    room_id: int
    version: int
    plan: PlanInput
