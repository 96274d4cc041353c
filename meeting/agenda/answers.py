"""The shapes of what other programs read of this room. Moments are ISO 8601 with the council's offset."""

from typing_extensions import TypedDict


class MeetingLine(TypedDict):
    """A meeting in a list."""

    id: int
    title: str
    body: str  # short name
    state: str
    starts_at: str | None
    ends_at: str | None
    place: str
    form: str
    closed: bool
    minutes: str
    notice: str
    evaluation: str
    programme_version: int
    type: str


class ProgrammeItem(TypedDict):
    """An item of a programme."""

    id: int
    number: int
    label: str
    parent_id: int | None
    position: int
    title: str
    kind: str
    state: str
    unit: str | None
    presenter: str | None
    presenters: list[str]
    reason: str
    minutes_planned: int
    outside: bool


class InvitedLine(TypedDict):
    """Somebody invited, as everybody at the meeting may know."""

    person_id: int
    name: str
    position: str
    voting: bool


class InviteeLine(InvitedLine, total=False):
    """The rest is told to the desk only."""

    reply: str
    reason: str
    replied_at: str | None
    invited_at: str | None
    seen_at: str | None


class Due(TypedDict):
    """So many days before the meeting."""

    days: int
    unit: str  # working or calendar


class MeetingTypeLine(TypedDict):
    """A type of meeting with the rules that hold today."""

    id: int
    code: str
    name: str
    body: str
    papers_due: Due
    invitation_due: Due
    quorum: str
    needs_approval: bool
    source: str
    verified: bool


class DueTimes(TypedDict):
    """When what is due for a meeting, and what else is on then."""

    papers_due_at: str | None
    invitation_due_at: str | None
    invitation_late: bool
    programme_due_at: str | None
    place_taken: bool
    room_taken: bool
    busy: list[str]


class VersionLine(TypedDict):
    """A version of a programme in a list."""

    number: int
    made_at: str
    made_by: str | None
    why: str


class StepLine(TypedDict):
    """A step of a meeting's way."""

    at: str
    event: str
    by: str
    reason: str
    late: bool
    starts_at: str | None
