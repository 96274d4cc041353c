"""What a device sends with a note, and the form in which it is kept."""

import uuid
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from meeting.acts import ActInput
from meeting.notes.rules import MAX_BOXES, MAX_CONTEXT, MAX_POINTS, MAX_QUOTE, MAX_STROKES, MAX_TEXT


def _plain(value: float) -> float:
    """One decimal, within the page; whole numbers as such, so that the same drawing is the same text."""
    kept = round(min(1000.0, max(0.0, value)), 1)
    return int(kept) if kept == int(kept) else kept


Permille = Annotated[float, Field(allow_inf_nan=False), AfterValidator(_plain)]  # of the page's width or height
Box = tuple[Permille, Permille, Permille, Permille]
Point = tuple[Permille, Permille, Permille]  # x, y, pressure in thousandths (500 everywhere: not measured)
Key = Annotated[str, AfterValidator(lambda key: str(uuid.UUID(key)))]


class QuoteInput(ActInput):
    """The passage word for word, with some words before and after it."""

    exact: Annotated[str, Field(max_length=MAX_QUOTE)] = ""
    prefix: Annotated[str, Field(max_length=MAX_CONTEXT)] = ""
    suffix: Annotated[str, Field(max_length=MAX_CONTEXT)] = ""


class AnchorInput(ActInput):
    """Where a note stands on its page."""

    quote: QuoteInput | None = None
    boxes: Annotated[list[Box], Field(max_length=MAX_BOXES)] | None = None
    at: tuple[Permille, Permille] | None = None


class StrokeInput(ActInput):
    """One stroke of a drawing; `width` in thousandths of the page's width."""

    points: Annotated[list[Point], Field(max_length=MAX_POINTS)]
    width: Permille = 4


class PutInput(ActInput):
    """A note under the key its device gave it; `base_revision` is the newest the device knew of, 0 for a new one."""

    file_id: int
    key: Key
    base_revision: Annotated[int, Field(ge=0)] = 0
    kind: Literal["highlight", "ink", "sticky", "bookmark"]
    page: Annotated[int, Field(ge=1)]
    color: Literal["yellow", "green", "pink", "blue", "red", "ink"] = "yellow"
    text: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    anchor: AnchorInput = AnchorInput()
    strokes: Annotated[list[StrokeInput], Field(max_length=MAX_STROKES)] = []
    shared: Literal["me", "group", "meeting"] = "me"
    group_id: int | None = None

    @property
    def content(self) -> dict[str, Any]:
        """What the note says and where, as it is kept and compared."""
        quote = self.anchor.quote
        anchor: dict[str, Any] = {"boxes": [list(box) for box in self.anchor.boxes or []]}
        if quote is not None and quote.exact:
            anchor["quote"] = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
        if self.anchor.at is not None:
            anchor["at"] = list(self.anchor.at)
        return {
            "kind": self.kind,
            "page": self.page,
            "color": self.color,
            "text": self.text,
            "anchor": anchor,
            "strokes": [{"points": [list(each) for each in stroke.points], "width": stroke.width} for stroke in self.strokes],
            "shared": self.shared,
            "group_id": self.group_id if self.shared == "group" else None,
        }


class RemoveInput(ActInput):
    """A note to be removed, as far as the device knew it."""

    file_id: int
    key: Key
    base_revision: Annotated[int, Field(ge=0)] = 0
