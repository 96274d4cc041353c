"""What may be drawn over a paper in a copy of it: the reader's notes, as the room above gives them. No PDF library here.

All places are in thousandths of the page as it is seen (turned pages too), from the upper left corner.
"""

from collections.abc import Callable
from typing import Literal, NotRequired, TypedDict

from sqlalchemy.orm import Session

from meeting.documents.models import File
from meeting.permissions import Actor

Colour = Literal["yellow", "green", "pink", "blue", "red", "ink"]


class Stroke(TypedDict):
    """One line of a pen: [x, y, pressure 0 to 1000] points; its width in thousandths of the page's width."""

    points: list[list[int]]
    width: float


class Drawing(TypedDict):
    """One note on a page: highlighted boxes, strokes of ink, a numbered pin of a sticky note, or a bookmark."""

    kind: Literal["highlight", "ink", "sticky", "bookmark"]
    color: str
    boxes: NotRequired[list[list[int]]]  # highlight: [left, top, right, bottom]
    strokes: NotRequired[list[Stroke]]  # ink
    at: NotRequired[list[int]]  # sticky: [x, y]
    number: NotRequired[int]  # sticky, and a highlight with a text: the number on the sheet


class Told(TypedDict):
    """One note on the sheet at the end: the page, its number there, whose it is and what it says."""

    page: int
    number: int
    name: str
    text: str


class Overlay(TypedDict):
    """Everything that is drawn into one copy: drawings by page number, and the sheet at the end in its order."""

    pages: dict[int, list[Drawing]]
    sheet: list[Told]


Provider = Callable[[Session, Actor, File], Overlay | None]


class Overlays:
    """The one function that knows a reader's notes on a paper; None of them means that there is nothing to draw."""

    def __init__(self) -> None:
        self._provider: Provider | None = None

    def provide(self, provider: Provider) -> Provider:
        """Registers `provider(session, actor, file) -> Overlay | None`."""
        self._provider = provider
        return provider

    @property
    def offered(self) -> bool:
        """Whether copies with notes can be asked for."""
        return self._provider is not None

    def of(self, session: Session, actor: Actor, file: File) -> Overlay | None:
        """The reader's notes on a paper, to be drawn; None when there are none."""
        return self._provider(session, actor, file) if self._provider else None


overlays = Overlays()
