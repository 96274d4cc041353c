"""Whether a file that was brought back is the paper that was laid out (PyMuPDF; runs only in the signing process).

Both are compared page by page in the two ways they are used: the words a program reads, and the picture people see. Signing
tools may save a file anew, so its bytes prove nothing; words and picture cannot both stay the same with another content.
Outside the places left open for number, date and signatures nothing may differ. What tools lay over a page (annotations) is
looked at too: only signatures and our own fields may.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image, ImageChops, ImageDraw

from meeting.documents import gate
from meeting.errors import Refused

DPI = 100
MARGIN = 2.0  # points around a place that may be touched when it is filled
DARKER = 48  # of 255: a difference that can be seen
POINTS_ALIKE = 2.0  # how far apart page sizes may be
WIDGET, LINK = 19, 1
AROUND = (90.0, 60.0)  # points beside, above and below a place of signatures: tools put their pictures over names there

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)
OPEN = ("number", "day", "month", "year")

Box = tuple[float, float, float, float]


def check_same(laid_out: Path, brought: Path) -> None:
    """Refused: `back_not_pdf`, `back_other_paper`, `back_other_text`, `back_other_look`, `back_covered`; as every file that comes
    in, `active_content`, `attached_program`, `too_heavy`: it is what the public may be given."""
    ours, theirs = _opened(laid_out), _opened(brought)
    gate.check_objects(theirs)
    gate.check_attached(theirs)
    slots = places_in(ours)
    if ours.page_count != theirs.page_count:
        raise Refused("back_other_paper")
    if not _alike(ours[0], theirs[0], slots):
        raise Refused("back_other_paper")
    for place in range(ours.page_count):
        boxes = [_box(slot) for slot in slots if slot["page"] == place + 1]
        one, other = ours[place], theirs[place]
        signing = [_box(slot) for slot in slots if slot["page"] == place + 1 and slot["name"] not in OPEN]
        if _covered(other, boxes) or _hidden(one, other, boxes, signing):
            raise Refused("back_covered", page=place + 1)
        if _words(one, boxes) != _words(other, boxes):
            raise Refused("back_other_text", page=place + 1)
        if not _look_alike(one, other, boxes):
            raise Refused("back_other_look", page=place + 1)


def places_in(laid_out: pymupdf.Document) -> list[dict[str, Any]]:
    """The open places of a laid-out paper: where its form has its fields."""
    found = []
    for page in laid_out:
        for field in page.widgets():
            box = field.rect
            size = {"x": box.x0, "y": box.y0, "width": box.width, "height": box.height}
            found.append({"name": field.field_name, "page": page.number + 1, **size})
    return found


def filled_in(laid_out: Path, brought: Path) -> dict[str, str]:
    """What stands in the places for number and date, whether written into our fields or printed there by a tool."""
    document = _opened(brought)
    found = {}
    for slot in places_in(_opened(laid_out)):
        if slot["name"] in OPEN:
            page = document[slot["page"] - 1]
            text = next((str(field.field_value or "") for field in page.widgets() if field.field_name == slot["name"]), "")
            text = text or " ".join(word[4] for word in page.get_text("words") if _in_one(word[:4], [_box(slot)]))
            if text.strip():
                found[slot["name"]] = " ".join(unicodedata.normalize("NFC", text).split())
    return found


def _opened(path: Path) -> pymupdf.Document:
    try:
        document = pymupdf.open(str(path), filetype="pdf")
        if document.page_count and not document.needs_pass:
            return document
    except Exception:
        raise Refused("back_not_pdf") from None
    raise Refused("back_not_pdf")


def _alike(one: pymupdf.Page, other: pymupdf.Page, slots: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the first pages have anything in common: half of the words. Else it is simply the wrong file."""
    boxes = [_box(slot) for slot in slots if slot["page"] == 1]
    ours, theirs = set(_words(one, boxes)), set(_words(other, boxes))
    return len(ours & theirs) * 2 >= len(ours)


def _words(page: pymupdf.Page, boxes: Sequence[Box]) -> list[str]:
    """The words of a page's own content in their order, but those in the open places. Hyphens and spaces as they are read."""
    words = page.get_text("words", sort=False, flags=pymupdf.TEXT_PRESERVE_LIGATURES)
    return [unicodedata.normalize("NFC", word[4]) for word in words if not _in_one(word[:4], boxes)]


def _in_one(word: Sequence[float], boxes: Sequence[Box]) -> bool:
    across, down = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return any(
        left - MARGIN <= across <= right + MARGIN and top - MARGIN <= down <= low + MARGIN for left, top, right, low in boxes
    )


def _look_alike(one: pymupdf.Page, other: pymupdf.Page, boxes: Sequence[Box]) -> bool:
    if abs(one.rect.width - other.rect.width) > POINTS_ALIKE or abs(one.rect.height - other.rect.height) > POINTS_ALIKE:
        return False
    ours, theirs = _picture(one, boxes), _picture(other, boxes)
    if ours.size != theirs.size:
        return False
    return not ImageChops.difference(ours, theirs).point(lambda light: 255 if light >= DARKER else 0).getbbox()


def _picture(page: pymupdf.Page, boxes: Sequence[Box]) -> Image.Image:
    """The page without what lies over it, the open places blank."""
    drawn = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, annots=False)
    picture = Image.frombytes("L", (drawn.width, drawn.height), bytes(drawn.samples))
    scale, pen = DPI / 72, ImageDraw.Draw(picture)
    for left, top, right, low in boxes:
        pen.rectangle(
            ((left - MARGIN) * scale, (top - MARGIN) * scale, (right + MARGIN) * scale, (low + MARGIN) * scale), fill=255
        )
    return picture


def _covered(page: pymupdf.Page, boxes: Sequence[Box]) -> bool:
    """Whether an annotation that is no signature and no link lies outside the open places."""
    signed = [field for field in page.widgets() if field.field_type != pymupdf.PDF_WIDGET_TYPE_SIGNATURE]
    others = [note for note in page.annots() if note.type[0] not in (WIDGET, LINK)]
    return any(not _inside(each.rect, boxes) for each in (*signed, *others))


def _hidden(one: pymupdf.Page, other: pymupdf.Page, boxes: Sequence[Box], signing: Sequence[Box]) -> bool:
    """Whether the picture of a signature lies over words of the paper that do not stand about the place of the signatures."""
    across, down = AROUND
    near = [*boxes, *((box[0] - across, box[1] - down, box[2] + across, box[3] + down) for box in signing)]
    words = [word[:4] for word in one.get_text("words") if not _in_one(word[:4], near)]
    looks = [field.rect for field in other.widgets() if field.field_type == pymupdf.PDF_WIDGET_TYPE_SIGNATURE]
    return any(look.intersects(word) for look in looks if not look.is_empty for word in words)


def _inside(rect: pymupdf.Rect, boxes: Sequence[Box]) -> bool:
    return any(
        left - MARGIN <= rect.x0 and top - MARGIN <= rect.y0 and rect.x1 <= right + MARGIN and rect.y1 <= low + MARGIN
        for left, top, right, low in boxes
    )


def _box(slot: Mapping[str, Any]) -> Box:
    return (slot["x"], slot["y"], slot["x"] + slot["width"], slot["y"] + slot["height"])
