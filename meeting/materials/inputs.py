"""What a client sends with each act of this room."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from meeting.acts import ActInput

Text = Annotated[str, Field(max_length=4000)]
Audience = Literal["all", "members", "office"]
Check = Literal["yes", "no", "na"]


class RequestInput(ActInput):
    """A paper asked of one unit, or of several at once (`unit_ids`), for one item, several (`item_ids`) or the whole meeting.

    Without units each item's own unit is asked. Without `due_at` the rule of the meeting's book counts.
    """

    meeting_id: int
    item_id: int | None = None
    item_ids: Annotated[list[int], Field(max_length=100)] = []
    unit_id: int | None = None
    unit_ids: Annotated[list[int], Field(max_length=100)] = []
    what: Annotated[str, Field(min_length=1, max_length=300)]
    form: Text = ""
    due_at: AwareDatetime | None = None
    due_reason: Text = ""
    document_type_id: int | None = None
    audience: Audience = "all"


class SequenceInput(ActInput):
    """All papers an item passes through. `committee_id` prepares the stages of a committee, `units` names others by stage."""

    meeting_id: int
    item_id: int
    committee_id: int | None = None
    units: Annotated[dict[str, int], Field(max_length=20)] = {}
    form: Text = ""


class ChangeDueInput(ActInput):
    """Another due time, with the reason."""

    requirement_id: int
    due_at: AwareDatetime
    reason: Text


class RequirementInput(ActInput):
    """One paper that was asked for."""

    requirement_id: int


class DraftInput(ActInput):
    """What the unit works on: a file and a word to the office, for the unit's own eyes. No file: the draft is given up."""

    requirement_id: int
    file_id: int | None = None
    message: Text = ""


class SubmitInput(ActInput):
    """A version of a paper. `reason` is needed when it is late. Sending it declares that it holds no state secret.

    `to_head` lays it before the unit's head first, where the book leaves the choice.
    """

    requirement_id: int
    file_id: int
    reason: Text = ""
    message: Text = ""
    declared: bool = True
    to_head: bool = False
    symbol: Annotated[str, Field(max_length=60)] = ""
    authority_id: int | None = None
    signed_on: date | None = None


class HeadApproveInput(ActInput):
    """The head sends the version on. `reason` is needed when it is late and the officer gave none."""

    submission_id: int
    reason: Text = ""


class HeadRejectInput(ActInput):
    """The head gives the version back to the officers."""

    submission_id: int
    reason: Text


class ReviewInput(ActInput):
    """The version that waits; `submission_id` guards against deciding on one that was replaced meanwhile."""

    requirement_id: int | None = None
    submission_id: int | None = None


class ChecksInput(ReviewInput):
    """The answers to the office's three questions, with a reason where one failed."""

    complete: Check | None = None
    form: Check | None = None
    signed: Check | None = None
    complete_reason: Text = ""
    form_reason: Text = ""
    signed_reason: Text = ""


class AcceptInput(ChecksInput):
    """The waiting version is accepted, and read by those invited at once unless `publish` is false."""

    publish: bool = True


class ReturnInput(ChecksInput):
    """The version goes back with a reason (one in words, or one for a failed check) and perhaps a new due time."""

    reason: Text = ""
    due_at: AwareDatetime | None = None


class AskTimeInput(ActInput):
    """More time for a paper, and why."""

    requirement_id: int
    due_at: AwareDatetime
    reason: Text


class GrantTimeInput(ActInput):
    """More time is given: as asked, or another time."""

    extension_id: int
    due_at: AwareDatetime | None = None
    answer: Text = ""


class RefuseTimeInput(ActInput):
    """No more time is given, with the reason."""

    extension_id: int
    answer: Text


class DecideLateInput(ActInput):
    """What becomes of a late paper. The reason is one of those offered (`preset`), or in words."""

    requirement_id: int
    decision: Literal["accepted", "postponed", "read_out", "refused"]
    preset: Annotated[str, Field(max_length=60)] = ""
    reason: Text = ""


class RemindInput(ActInput):
    """One paper, all that one unit still owes to a meeting, or all that is owed to it."""

    meeting_id: int | None = None
    requirement_id: int | None = None
    unit_id: int | None = None


class WithdrawInput(ActInput):
    """The paper is no longer asked for."""

    requirement_id: int
    reason: Text


class MarkReadInput(ActInput):
    """The page on the screen now, others seen since the last call, and the seconds the paper was looked at meanwhile."""

    file_id: int
    page: Annotated[int, Field(ge=1)]
    seen: Annotated[list[int], Field(max_length=2000)] = []
    seconds: Annotated[int, Field(ge=0, le=86_400)] = 0
