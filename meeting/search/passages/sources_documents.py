"""Passages of what a meeting ends in: notices and resolutions line by line, minutes item by item."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from meeting.agenda.models import Item, Meeting
from meeting.conclusions import part_queries, queries
from meeting.conclusions.life_queries import standing_of
from meeting.conclusions.models import Instrument, NoticeLine
from meeting.conclusions.sheets import line_text
from meeting.documents import queries as documents
from meeting.search.passages.pieces import Heading, Pages, Part, by_item, paragraphs
from meeting.search.passages.sources import Found, day_of, reads

RANK = 1000  # passages of minutes are numbered by their item, so that a change in one does not move those of the next
HEAD, END = "phần mở đầu", "phần kết thúc"


@reads("notice")
def notices(session: Session, scope: int, source_id: int) -> list[Found]:
    """Conclusion notices of a meeting, drafts and documents no longer in force among them."""
    return _documents(session, scope, source_id, "conclusion")


@reads("resolution")
def resolutions(session: Session, scope: int, source_id: int) -> list[Found]:
    """Resolutions and decisions of a meeting."""
    return _documents(session, scope, source_id, "decision")


def _documents(session: Session, scope: int, source_id: int, family: str) -> list[Found]:
    wanted = select(Instrument).where(Instrument.meeting_id == scope, Instrument.family == family)
    if source_id:
        wanted = wanted.where(Instrument.id == source_id)
    found = session.scalars(wanted.options(selectinload(Instrument.lines))).unique()
    return [piece for document in found for piece in _pieces_of(session, document)]


def _pieces_of(session: Session, document: Instrument) -> list[Found]:
    """A document: its head, then line by line, each with its place as it is cited."""
    meeting, file_id = document.meeting, document.document_id
    pages = documents.page_texts(session, file_id) if file_id else []
    read = Pages(pages)
    head = "\n".join(part for part in (document.abstract, document.grounds, document.opening) if part)
    whole = Found(
        document.id,
        0,
        meeting.title,
        head,
        document.issued_on or day_of(meeting),
        document.number.symbol if document.number else "",
        document.item_id,
        pages[0][0] if pages else None,
        file_id,
        state=standing_of(document).word,
    )
    places = _places(document)
    return [whole, *(_line(whole, line, place, read, document) for line, place in zip(document.lines, places, strict=True))]


def _line(whole: Found, line: NoticeLine, place: str, pages: Pages, document: Instrument) -> Found:
    printed = line_text(line, document.meeting.body.is_party)
    text = f"{line.title.strip()}. {printed}" if line.title.strip() else printed
    return Found(
        whole.source_id,
        line.position,
        whole.title,
        text,
        whole.dated,
        whole.symbol,
        line.item_id or whole.item_id,
        pages.page_of(printed) if whole.document_id else None,
        whole.document_id,
        line.lead_unit_id,
        line.officer_id or line.leader_id,
        whole.state,
        line.due_on,
        place,
    )


def _places(document: Instrument) -> list[str]:
    """Where each line stands: Điều 3; of a notice the number of its heading, or its own."""
    if document.family == "decision":
        return [f"Điều {place}" for place, _ in enumerate(document.lines, start=1)]
    groups = [(item_id, list(group)) for item_id, group in groupby(document.lines, key=lambda line: line.item_id)]
    headed = [item_id for item_id, _ in groups if item_id is not None]
    if len(headed) < 2:
        return [f"mục {place}" for place, _ in enumerate(document.lines, start=1)]
    return list(_under_headings(groups))


def _under_headings(groups: Sequence[tuple[int | None, Sequence[NoticeLine]]]) -> Iterator[str]:
    place = 0
    for item_id, lines in groups:
        place += item_id is not None
        for number, _ in enumerate(lines, start=1):
            own = f"ý {number}" if len(lines) > 1 or item_id is None else ""
            yield ", ".join(part for part in (f"mục {place}" if item_id is not None else "", own) if part)


@reads("minutes")
def minutes(session: Session, scope: int, source_id: int) -> list[Found]:  # noqa: ARG001 - a meeting has one
    """The minutes of a meeting by item, from the first word that is written while it runs. Their source is the meeting."""
    meeting = session.get(Meeting, scope)
    if meeting is None:
        return []
    known = {item.id: item for item in session.scalars(select(Item).where(Item.meeting_id == scope).order_by(Item.position))}
    written = queries.minutes_of(session, scope)
    if written is None:
        return _being_written(session, meeting, known)
    symbol = written.number.symbol if written.number else ""
    pages = documents.page_texts(session, written.document_id) if written.document_id else []
    parts = by_item(written.text, [Heading(item.id, item.label, item.title) for item in known.values()])
    return [
        Found(
            meeting.id,
            RANK * (part.rank + 1) + number,
            meeting.title,
            text,
            day_of(meeting),
            symbol,
            part.heading.item_id if part.heading else None,
            page,
            written.document_id,
            unit_id=known[part.heading.item_id].unit_id if part.heading else None,
            state=written.state,
            place=_place(part, parts),
        )
        for part, number, text, page in _cut(parts, Pages(pages))
    ]


def _cut(parts: Sequence[Part], pages: Pages) -> Iterator[tuple[Part, int, str, int | None]]:
    for part in parts:
        for number, text in enumerate(paragraphs(part.text), start=1):
            if not (text.isupper() and "\n" not in text):  # the bare heading of a chapter
                yield part, number, text, pages.page_of(text)


def _place(part: Part, parts: Sequence[Part]) -> str:
    if part.heading is not None:
        return f"mục {part.heading.label}"
    return HEAD if not any(each.heading for each in parts if each.rank < part.rank) else END


def _being_written(session: Session, meeting: Meeting, items: dict[int, Item]) -> list[Found]:
    """What the secretary wrote so far, item by item."""
    found: list[Found] = []
    ranks = {item_id: rank for rank, item_id in enumerate(items, start=1)}
    for part in part_queries.parts_of(session, meeting.id):
        item = items.get(part.item_id or 0)
        rank, place = (ranks[item.id], f"mục {item.label}") if item else (0, HEAD)
        for number, text in enumerate(paragraphs(part.text), start=1):
            said = f"{item.label}. {item.title}\n{text}" if item and number == 1 else text
            unit_id = item.unit_id if item else None
            found.append(
                Found(
                    meeting.id,
                    RANK * (rank + 1) + number,
                    meeting.title,
                    said,
                    day_of(meeting),
                    item_id=part.item_id,
                    unit_id=unit_id,
                    state="writing",
                    place=place,
                )
            )
    return found
