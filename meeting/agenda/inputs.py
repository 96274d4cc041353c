"""What a client sends with each act of this room."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from meeting.acts import ActInput
from meeting.agenda.recurrence import Pattern

Title = Annotated[str, Field(min_length=1, max_length=300)]
Place = Annotated[str, Field(max_length=300)]
Reason = Annotated[str, Field(max_length=2000)]
Minutes = Annotated[int, Field(ge=0, le=1440)]
Link = Annotated[str, Field(max_length=300)]
Form = Literal["in_person", "online", "hybrid"]
People = Annotated[list[int], Field(max_length=20)]
Keys = Annotated[list[str], Field(max_length=20)]


class Part(BaseModel):
    """A part of an input. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NewItem(Part):
    """One item of a new programme."""

    title: Title
    kind: str = "matter"
    unit_id: int | None = None
    presenter_id: int | None = None
    presenter_ids: People | None = None  # several, the first one first
    minutes_planned: Minutes = 0
    outside: bool = False
    depth: int = Field(default=0, ge=0, le=2)  # how deep it lies under the items before it


class CreateInput(ActInput):
    """A new meeting. The type gives the body and its rules; instead of `type_id`: `body` (short name), perhaps `type` (code).

    It may be made from a template or like an earlier meeting: `bring` names the pieces that come along.
    """

    type_id: int | None = None
    body: str | None = None
    type: str | None = None
    title: Title
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    place: Place = ""
    room_id: int | None = None
    shared_reason: Reason = ""  # why a room that is taken is used together
    form: Form = "in_person"
    link: Link = ""
    closed: bool | None = None  # None: as the rule book says
    chair_id: int | None = None
    secretary_id: int | None = None
    urgent: bool = False
    template_id: int | None = None
    copied_from_id: int | None = None
    bring: Keys | None = None  # None: everything
    guests: list[int] = Field(default=[], max_length=1000)
    items: list[NewItem] = Field(default=[], max_length=200)


class EditInput(ActInput):
    """Changes of a meeting; what is not named stays."""

    meeting_id: int
    title: Title | None = None
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    place: Place | None = None
    room_id: int | None = None
    shared_reason: Reason | None = None
    form: Form | None = None
    link: Link | None = None
    closed: bool | None = None
    chair_id: int | None = None
    secretary_id: int | None = None
    urgent: bool | None = None
    why: Reason = ""


class AddItemInput(ActInput):
    """One more item, at the end or at a position."""

    meeting_id: int
    title: Title
    kind: str = "matter"
    unit_id: int | None = None
    presenter_id: int | None = None
    presenter_ids: People | None = None
    minutes_planned: Minutes = 0
    outside: bool = False
    position: int | None = None
    parent_id: int | None = None


class EditItemInput(ActInput):
    """Changes of an item; what is not named stays."""

    item_id: int
    title: Title | None = None
    kind: str | None = None
    unit_id: int | None = None
    presenter_id: int | None = None
    presenter_ids: People | None = None
    minutes_planned: Minutes | None = None
    outside: bool | None = None


class MoveItemInput(ActInput):
    """Where an item goes: one step up, down, in under the item above or out; to a position; or to a rank under a parent."""

    item_id: int
    to: Literal["up", "down", "in", "out"] | None = None
    position: int | None = None  # in the flat order (1 is the first), under the same parent
    parent_id: int | None = None
    rank: int | None = None  # among the items under `parent_id` (null: at the top)


class ItemInput(ActInput):
    """One item."""

    item_id: int


class ItemReasonInput(ActInput):
    """One item and a reason."""

    item_id: int
    reason: Reason = ""


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
    room_id: int | None = None  # another room; null keeps the one there is
    place: Place | None = None
    shared_reason: Reason = ""


class ReplyInput(ActInput):
    """The answer to an invitation."""

    meeting_id: int
    reply: Literal["accepted", "declined"]
    reason: Reason = ""


class HandOutInput(ActInput):
    """One meeting and why its programme changed."""

    meeting_id: int
    why: Reason = ""


class RepeatInput(ActInput):
    """A pattern by which a meeting recurs, and what comes along to the further ones."""

    meeting_id: int
    every: Literal["week", "month_weekday", "month_last_weekday", "month_day"] = "week"
    interval: int = Field(default=1, ge=1, le=12)
    holiday: Literal["next", "previous", "skip", "keep"] = "next"
    until: date | None = None
    count: int | None = Field(default=None, ge=1)
    bring: Keys | None = None
    shared_reason: Reason = ""

    def pattern(self) -> Pattern:
        """The pattern as the rules know it."""
        return Pattern(self.every, self.interval, self.holiday, self.until, self.count)

    def kept(self) -> dict[str, Any]:
        """The pattern as it is kept and recorded."""
        return self.model_dump(mode="json", include={"every", "interval", "holiday", "until", "count"})


class SaveTemplateInput(ActInput):
    """A meeting to keep as a template: its name and the pieces kept."""

    meeting_id: int
    name: Title
    bring: Keys | None = None


class EditTemplateInput(ActInput):
    """Changes of a template; what is not named stays. `from_meeting_id` takes its pieces anew from a meeting."""

    template_id: int
    name: Title | None = None
    title: Title | None = None
    place: Place | None = None
    room_id: int | None = None
    form: Form | None = None
    link: Link | None = None
    minutes: int | None = Field(default=None, ge=0, le=10_080)
    from_meeting_id: int | None = None
    bring: Keys | None = None
    retired: bool | None = None
