"""What the acts of the shelf take."""

from typing import Annotated

from pydantic import Field

from meeting.acts import ActInput

Title = Annotated[str, Field(min_length=1, max_length=200)]


class MakeFolder(ActInput):
    """A new folder; without a parent it lies on the shelf itself."""

    name: Title
    parent_id: int | None = None


class RenameFolder(ActInput):
    """Another name of a folder."""

    folder_id: int
    name: Title


class MoveFolder(ActInput):
    """Where a folder shall lie."""

    folder_id: int
    parent_id: int | None = None


class OneFolder(ActInput):
    """A folder."""

    folder_id: int


class PutPaper(ActInput):
    """A file one has sent or may read, and where it shall lie. Without a title it keeps its own."""

    file_id: int
    folder_id: int | None = None
    title: str = Field(default="", max_length=200)


class RenamePaper(ActInput):
    """Another title of a paper on the shelf."""

    paper_id: int
    title: Title


class MovePaper(ActInput):
    """Where a paper shall lie."""

    paper_id: int
    folder_id: int | None = None


class OnePaper(ActInput):
    """A paper on the shelf."""

    paper_id: int


class SweepShelves(ActInput):
    """What was thrown away long ago, for the worker."""
