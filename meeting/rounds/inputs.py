"""What a client sends with each act of this room."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from meeting.acts import ActInput

Title = Annotated[str, Field(min_length=1, max_length=300)]
Text = Annotated[str, Field(max_length=10_000)]
Reason = Annotated[str, Field(max_length=2000)]
Choice = Literal["for", "against", "abstain", "other"]
SignedReply = Literal["none", "optional", "required"]
People = Annotated[list[int], Field(max_length=1000)]


class RoundInput(ActInput):
    """Names a round."""

    round_id: int


class DraftRoundInput(ActInput):
    """A new round. Left out: all members of the body are asked, with all options it has, by its usual rule, and whoever drafts
    it has charge of it."""

    body_id: int
    title: Title
    text: Text = ""
    due_at: AwareDatetime
    ground: str = Field(max_length=40)
    ground_text: Reason = ""
    people: People = []
    options: list[Choice] | None = None
    rule: str | None = Field(default=None, max_length=60)
    officer_id: int | None = None
    unit_id: int | None = None
    signed_reply: SignedReply = "none"
    changeable: bool = True


class EditRoundInput(RoundInput):
    """Changes of a draft; what is not named stays."""

    title: Title | None = None
    text: Text | None = None
    due_at: AwareDatetime | None = None
    ground: str | None = Field(default=None, max_length=40)
    ground_text: Reason | None = None
    people: People | None = None
    options: list[Choice] | None = None
    rule: str | None = Field(default=None, max_length=60)
    officer_id: int | None = None
    unit_id: int | None = None
    signed_reply: SignedReply | None = None
    changeable: bool | None = None


class RoundPaperInput(RoundInput):
    """A file for the dossier; without a title it is called as the file."""

    file_id: int
    title: str = Field(default="", max_length=300)


class PaperInput(ActInput):
    """Names a paper of a dossier."""

    paper_id: int


class AnswerRoundInput(RoundInput):
    """One's own answer: a choice, words (needed with "other"), the signed file where one is asked for."""

    choice: Choice
    text: Text = ""
    file_id: int | None = None


class EnterSlipInput(AnswerRoundInput):
    """The answer of somebody who signed a slip on paper, with its scan."""

    person_id: int


class ExtendRoundInput(RoundInput):
    """A later deadline and why."""

    due_at: AwareDatetime
    reason: Reason = ""


class CancelRoundInput(RoundInput):
    """Why it is called off."""

    reason: Reason = ""


class DecideRoundInput(RoundInput):
    """What the chair decides, with a word on it."""

    decision: Literal["approved", "to_session", "refused"]
    text: Text = ""


class ReportRoundInput(RoundInput):
    """The meeting and item at which it is reported; without an item one is added to the programme."""

    to_meeting_id: int
    item_id: int | None = None
