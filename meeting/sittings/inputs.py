"""What the acts on sessions are given."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from meeting.acts import ActInput

Name = Annotated[str, Field(min_length=1, max_length=300)]
Kind = Literal["preparatory", "opening", "plenary", "group", "closing"]


class ConveneInput(ActInput):
    """A session with its days; `number`: which one of the term it is."""

    body_id: int
    name: Name
    number: int = Field(ge=1, le=999)
    kind: Literal["regular", "special"] = "regular"
    starts_on: date
    ends_on: date


class SessionInput(ActInput):
    """Names the session."""

    session_id: int


class EditSessionInput(SessionInput):
    """What is to be different; what is not named stays."""

    name: Name | None = None
    number: int | None = Field(default=None, ge=1, le=999)
    kind: Literal["regular", "special"] | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class AddSittingInput(SessionInput):
    """A new sitting. Of a Tổ: `group_id`; its chair and secretary are the group's head and deputy unless named."""

    sitting: Kind
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    title: str = Field(default="", max_length=300)
    place: str = Field(default="", max_length=300)
    room_id: int | None = None
    type_id: int | None = None
    group_id: int | None = None
    chair_id: int | None = None
    secretary_id: int | None = None
    copied_from_id: int | None = None  # a sitting whose matters are discussed here


class AddGroupsInput(SessionInput):
    """Sittings of several Tổ at the same time; without `group_ids` of all Tổ of the body."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    group_ids: list[int] | None = Field(default=None, max_length=40)
    copied_from_id: int | None = None


class AttachInput(SessionInput):
    """A meeting that is planned already becomes a sitting."""

    meeting_id: int
    sitting: Kind
    group_id: int | None = None


class MeetingInput(ActInput):
    """Names the sitting."""

    meeting_id: int


class PresidiumInput(SessionInput):
    """Who sits with the presiding person in all sittings of the whole council; nobody: an empty list."""

    person_ids: list[int] = Field(max_length=12)
