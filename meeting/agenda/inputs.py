"""What a client sends with each act of this room."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from meeting.acts import ActInput

Title = Annotated[str, Field(min_length=1, max_length=300)]
Place = Annotated[str, Field(max_length=300)]
Reason = Annotated[str, Field(max_length=2000)]
Minutes = Annotated[int, Field(ge=0, le=1440)]


class Part(BaseModel):
    """A part of an input. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NewItem(Part):
    """One item of a new programme."""

    title: Title
    kind: str = "matter"
    unit_id: int | None = None
    presenter_id: int | None = None
    minutes_planned: Minutes = 0
    outside: bool = False


class CreateInput(ActInput):
    """A new meeting. The type gives the body and its rules; instead of `type_id`: `body` (short name), perhaps `type` (code)."""

    type_id: int | None = None
    body: str | None = None
    type: str | None = None
    title: Title
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    place: Place = ""
    chair_id: int | None = None
    secretary_id: int | None = None
    urgent: bool = False
    guests: list[int] = Field(default=[], max_length=1000)
    items: list[NewItem] = Field(default=[], max_length=200)


class EditInput(ActInput):
    """Changes of a meeting; what is not named stays."""

    meeting_id: int
    title: Title | None = None
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    place: Place | None = None
    chair_id: int | None = None
    secretary_id: int | None = None
    urgent: bool | None = None


class AddItemInput(ActInput):
    """One more item, at the end or at a position."""

    meeting_id: int
    title: Title
    kind: str = "matter"
    unit_id: int | None = None
    presenter_id: int | None = None
    minutes_planned: Minutes = 0
    outside: bool = False
    position: int | None = None


class EditItemInput(ActInput):
    """Changes of an item; what is not named stays."""

    item_id: int
    title: Title | None = None
    kind: str | None = None
    unit_id: int | None = None
    presenter_id: int | None = None
    minutes_planned: Minutes | None = None
    outside: bool | None = None


class MoveItemInput(ActInput):
    """Where an item goes: one place up or down, or to a position (1 is the first)."""

    item_id: int
    to: Literal["up", "down"] | None = None
    position: int | None = None


class ItemInput(ActInput):
    """One item."""

    item_id: int


class Invitee(Part):
    """Somebody to invite: as a voting member of the body, or as a guest, perhaps to some items only."""

    person_id: int
    voting: bool = False
    item_ids: list[int] | None = None


class ParticipantsInput(ActInput):
    """Who is added or changed, and who is taken off."""

    meeting_id: int
    add: list[Invitee] = Field(default=[], max_length=1000)
    remove: list[int] = Field(default=[], max_length=1000)


class MeetingInput(ActInput):
    """One meeting."""

    meeting_id: int


class ReasonInput(ActInput):
    """One meeting and a reason."""

    meeting_id: int
    reason: Reason = ""


class PostponeInput(ActInput):
    """One meeting, a reason, and the new time when it is known already."""

    meeting_id: int
    reason: Reason = ""
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


class ReplyInput(ActInput):
    """The answer to an invitation."""

    meeting_id: int
    reply: Literal["accepted", "declined"]
    reason: Reason = ""
