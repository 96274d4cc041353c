"""What a client sends with each act of this room."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from meeting.acts import ActInput

Text = Annotated[str, Field(max_length=20_000)]
Reason = Annotated[str, Field(max_length=2000)]


class DraftInput(ActInput):
    """The meeting whose invitation is drafted."""

    meeting_id: int


class PaperInput(ActInput):
    """One paper."""

    invitation_id: int


class EditInput(PaperInput):
    """The changed parts of the text and the version they were written on; what is left out stays."""

    version: int
    abstract: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    opening: Text | None = None
    content: Text | None = None
    closing: Text | None = None
    recipients: Text | None = None


class RefreshInput(PaperInput):
    """Proposes the words anew from the meeting as it is now."""

    version: int


class ReopenInput(PaperInput):
    """Why a signed paper is opened again."""

    reason: Reason = ""


class IssueInput(PaperInput):
    """Number and date as entered by the clerk (left out: the next number and today), and whether the meeting goes out with it."""

    number: int | None = None
    issued_on: date | None = None
    with_meeting: bool = False


class DocumentInput(PaperInput):
    """Which document the worker made of a paper."""

    document_id: int


class AbsenceInput(ActInput):
    """The decision on a reported absence, with a word to the person."""

    meeting_id: int
    person_id: int
    decision: Literal["approved", "refused"]
    answer: Reason = ""


class SubstituteInput(ActInput):
    """Who stands in, and why the member does not come. The office may enter it for a member (`person_id`)."""

    meeting_id: int
    substitute_id: int
    reason: Reason = ""
    person_id: int | None = None
    despite_clash: bool = False  # known to be expected elsewhere, and sent all the same


class ConsentInput(ActInput):
    """One substitution the chair agrees to."""

    substitution_id: int


class RefuseInput(ConsentInput):
    """One substitution the chair does not agree to, with the reason."""

    reason: Reason = ""


class GuestInput(ActInput):
    """A guest who is not on file yet."""

    meeting_id: int
    full_name: Annotated[str, Field(min_length=2, max_length=200)]
    honorific: Literal["Ông", "Bà", ""] = ""
    position: Annotated[str, Field(max_length=300)] = ""
    email: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=30)] = ""
    item_ids: list[int] | None = None


class LinkInput(ActInput):
    """The guest who gets a personal link, and until when it opens the meeting."""

    meeting_id: int
    person_id: int
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]  # of a token made at the door; the token itself never comes here
    expires_at: AwareDatetime | None = None


class RevokeInput(ActInput):
    """One link."""

    link_id: int


class OpenInput(ActInput):
    """The link that was opened, and from where."""

    link_id: int
    address: str = ""
