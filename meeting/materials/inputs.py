"""What a client sends with each act of this room."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from meeting.acts import ActInput

Text = Annotated[str, Field(max_length=4000)]


class RequestInput(ActInput):
    """A paper asked of one unit, or of several at once (`unit_ids`). Without `due_at` the rule of the meeting's type counts."""

    meeting_id: int
    item_id: int | None = None
    unit_id: int | None = None
    unit_ids: Annotated[list[int], Field(max_length=100)] = []
    what: Annotated[str, Field(min_length=1, max_length=300)]
    form: Text = ""
    due_at: AwareDatetime | None = None
    due_reason: Text = ""


class ChangeDueInput(ActInput):
    """Another due time, with the reason."""

    requirement_id: int
    due_at: AwareDatetime
    reason: Text


class SubmitInput(ActInput):
    """A version of a paper. `reason` is needed when it is late. Sending it declares that it holds no state secret."""

    requirement_id: int
    file_id: int
    reason: Text = ""
    message: Text = ""
    declared: bool = True


class AcceptInput(ActInput):
    """The newest version is accepted; `submission_id` guards against accepting one that was replaced meanwhile."""

    requirement_id: int | None = None
    submission_id: int | None = None


class ReturnInput(AcceptInput):
    """The newest version goes back with a reason and perhaps a new due time."""

    reason: Text
    due_at: AwareDatetime | None = None


class RemindInput(ActInput):
    """One unit, or all that still owe something to the meeting."""

    meeting_id: int | None = None
    requirement_id: int | None = None


class WithdrawInput(ActInput):
    """The paper is no longer asked for."""

    requirement_id: int
    reason: Text


class MarkReadInput(ActInput):
    """The page on the screen now, and others seen since the last call."""

    file_id: int
    page: Annotated[int, Field(ge=1)]
    seen: Annotated[list[int], Field(max_length=2000)] = []


class NoteInput(ActInput):
    """A private note on a page; an empty text removes it."""

    file_id: int
    page: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(max_length=20_000)]
