"""What the acts of guides and remarks take."""

from typing import Annotated, Literal

from pydantic import Field

from meeting.acts import ActInput

GuideName = Annotated[str, Field(min_length=1, max_length=40)]
Language = Literal["vi", "en"]


class SaveGuide(ActInput):
    """The new text of a guide; `revision` is the number of the version that the editor began with (0: the shipped text)."""

    guide: GuideName
    language: Language = "vi"
    text: Annotated[str, Field(max_length=200_000)]
    revision: Annotated[int, Field(ge=0)]


class RestoreGuide(ActInput):
    """A version to be brought back."""

    guide: GuideName
    language: Language = "vi"
    number: Annotated[int, Field(ge=1)]
    revision: Annotated[int, Field(ge=0)]


class ResetGuide(ActInput):
    """Back to the text that comes with the product."""

    guide: GuideName
    language: Language = "vi"
    revision: Annotated[int, Field(ge=0)]


class AddFile(ActInput):
    """A picture or video that the upload door took in, and what it shows."""

    ticket: Annotated[str, Field(max_length=200)]
    name: Annotated[str, Field(max_length=300)] = ""
    title: Annotated[str, Field(min_length=1, max_length=200)]


class AddVideo(ActInput):
    """A video that lies in the store already, for the upload door."""

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    media_type: Literal["video/mp4", "video/webm"]
    size_bytes: Annotated[int, Field(ge=1)]
    title: Annotated[str, Field(min_length=1, max_length=200)]


class OneFile(ActInput):
    """A picture or video of the guides."""

    file_id: int


class SetKeys(ActInput):
    """Whether keyboard shortcuts hold for this person."""

    on: bool


class GiveRemark(ActInput):
    """What a user tells: of what kind, in words, on which page, in which browser."""

    kind: Literal["fault", "wish", "question"]
    text: Annotated[str, Field(min_length=3, max_length=4000)]
    page: Annotated[str, Field(max_length=500)] = ""
    browser: Annotated[str, Field(max_length=400)] = ""


class AnswerRemark(ActInput):
    """The administrator's step: a new state, and an answer where there is one."""

    remark_id: int
    state: Literal["looking", "answered", "closed", "new"] = "answered"
    answer: Annotated[str, Field(max_length=4000)] = ""
