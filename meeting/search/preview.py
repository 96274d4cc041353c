"""The document beside the hits: the printed page of a notice or of minutes, the scanned page of a paper, else the passage itself.

Asked for by itself, after the hits are shown; whether the reader may read it is asked anew.
"""

from dataclasses import dataclass, field
from typing import Any

from pyroaring import BitMap
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from meeting.conclusions import queries as conclusions
from meeting.conclusions import sheets
from meeting.conclusions.models import Instrument
from meeting.documents.models import Page
from meeting.errors import Missing
from meeting.permissions import Actor
from meeting.search.addresses import address_of
from meeting.search.beside import Beside, beside
from meeting.search.finding import catalogue
from meeting.search.finding.answers import Hit, Place
from meeting.search.finding.catalogue import breathe
from meeting.search.finding.cutting import Piece, whole
from meeting.search.language.marking import marks_in
from meeting.search.language.matching import Degree, Match, match
from meeting.search.language.wanted import Wanted
from meeting.search.language.words import clean
from meeting.search.models import Passage
from meeting.search.rights.sight import Sight
from meeting.search.rules import DOCUMENTS, KINDS, head_of

PICTURE_WIDTH = 1200
LOOKED_AT = 400  # passages of one document
JUDGED_AT_ONCE = 12  # of those, before others have their turn


@dataclass(frozen=True)
class Picture:
    """One page of a paper with the places to mark, in thousandths of its width and height."""

    url: str
    page: int
    width: int
    height: int
    boxes: list[list[int]]


@dataclass(frozen=True)
class Preview:
    """What stands beside the hits."""

    hit: Hit
    url: str
    beside: Beside
    sheet: Any = None  # of a notice or minutes
    picture: Picture | None = None  # of a paper
    pieces: list[Piece] = field(default_factory=list)  # otherwise: the whole passage

    @property
    def pages(self) -> list[int]:
        """The pages on which the words stand."""
        return sorted({place.page for place in self.hit.places if place.page is not None})


def preview_of(session: Session, actor: Actor, name: str, wanted: Wanted, page: int | None = None) -> Preview:
    """The preview of a hit by its name (notice-3), at one of its pages; `Missing` for whoever may not read it."""
    hit = hit_of(session, actor, name, wanted, page)
    passage = hit.passage
    sheet: Any = None
    if passage.kind in DOCUMENTS:
        sheet = sheets.notice_sheet(session, session.get_one(Instrument, passage.source_id))
    elif passage.kind == "minutes" and (minutes := conclusions.minutes_of(session, passage.source_id)) is not None:
        sheet = sheets.minutes_sheet(session, minutes)
    return Preview(
        hit=hit,
        url=address_of(passage, typed=wanted.said),
        beside=beside(session, actor, [hit])[hit.name],
        sheet=sheet,
        picture=picture_of(session, passage, wanted) if passage.kind == "paper" else None,
        pieces=whole(passage.text, hit.match.spans),
    )


def hit_of(session: Session, actor: Actor, name: str, wanted: Wanted, page: int | None = None) -> Hit:
    """One document as a hit: its best passage, or the one on the page asked for, and where else the words stand."""
    kind, _, number = name.partition("-")
    shelf = catalogue.current(session)
    known = (
        shelf.number_of(kind, int(number))
        if kind in KINDS and number.isascii() and number.isdigit() and len(number) < 12
        else None
    )
    if known is None or not Sight(session, actor, shelf).readable(BitMap([known])):
        raise Missing()
    rows = session.scalars(
        select(Passage)
        .where(Passage.kind == kind, Passage.source_id == int(number), Passage.gone.is_(False))
        .order_by(Passage.part)
        .limit(LOOKED_AT)
    ).all()
    if not rows:
        raise Missing()
    nothing = Match(Degree.PARTS, False, ())
    found = []
    for at, row in enumerate(rows):
        how = match(wanted, head_of(row), row.text)
        if how is not None and how.spans:
            found.append((row, how))
        if at % JUDGED_AT_ONCE == 0:
            breathe()
    here = [(row, how) for row, how in found if page is not None and row.page == page]
    best = min(here or found, key=lambda each: (each[1].order, each[0].part), default=None)
    passage, how = best or next(((row, nothing) for row in rows if row.page == page), (rows[0], nothing))
    places = [Place(row.page, len(how.spans), row.place) for row, how in found]
    return Hit(passage, how, shelf.docs[known], places)


def picture_of(session: Session, passage: Passage, wanted: Wanted) -> Picture | None:
    """The page of a paper on which the words stand, with the boxes of those words."""
    asked = select(Page).where(Page.file_id == passage.document_id, Page.number == passage.page).options(undefer(Page.boxes))
    page = session.scalar(asked)
    if page is None:
        return None
    url = f"/documents/{page.file_id}/pages/{page.number}?w={PICTURE_WIDTH}"
    return Picture(url, page.number, page.width, page.height, boxes_of(page.words, wanted))


def boxes_of(words: list[list[Any]], wanted: Wanted) -> list[list[int]]:
    """The boxes of what was sought, one for each line it runs over. `words`: [left, top, right, bottom, word]."""
    text = ""
    placed = []
    for *box, word in words:
        shown = clean(str(word))
        placed.append((len(text), len(text) + len(shown), [int(edge) for edge in box]))
        text += shown + " "
    boxes: list[list[int]] = []
    for first, last in marks_in(wanted, text):
        boxes += _joined([box for start, end, box in placed if first < end and start < last])
    return boxes


def _joined(boxes: list[list[int]]) -> list[list[int]]:
    """Neighbours on one line as one box."""
    lines: list[list[int]] = []
    for left, top, right, bottom in boxes:
        if lines and left >= lines[-1][0] and top < lines[-1][3] and bottom > lines[-1][1]:
            before = lines[-1]
            lines[-1] = [before[0], min(before[1], top), max(before[2], right), max(before[3], bottom)]
        else:
            lines.append([left, top, right, bottom])
    return lines
