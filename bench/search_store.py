"""A grown store for the bench of search: passages of real text in hundreds of meetings, written as rows.

Every text stands there twice, the second time cut 30 syllables later, until there are as many passages as asked for. Most are
pages of papers, others lines of notices and resolutions, tasks, minutes.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Item, Meeting
from meeting.conclusions.models import Notice, NoticeLine
from meeting.documents.models import Page
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import OfficialNumber
from meeting.search.language.words import clean
from meeting.search.models import Passage
from meeting.search.passages import service
from meeting.tables import Setting
from meeting.tasks.models import Task
from tests.search.judged import house, texts
from tests.search.judged.house import House
from tests.search.judged.store import Filler, go_on_after
from tests.search.judged.texts import Text

SYLLABLES = 60
PIECES = 20  # of a document
FIRST_DAY, DAYS = date(2016, 1, 4), 3950
KINDS = ("TB-UBND", "QĐ-UBND", "NQ-HĐND", "BC-UBND", "TTr-UBND")


def fill(passages: int) -> tuple[House, list[str]]:
    """Fills the store of this process; answers the house and the passages' texts."""
    with Session(database.database().writing) as session:
        made = house.build(session)
        session.add(Setting(name=service.FED_SETTING, value=service.FEED_VERSION))  # nothing is to be read anew
        session.commit()
    with database.database().writing.begin() as connection:
        filler = Filler(connection, made.holders, list(made.units.values()), page_letters=1)
        filler.fill(_documents(passages))
        return made, _passages(connection, filler)


def pieces(body: str, start: int) -> list[str]:
    """A text in pieces of so many syllables, each one line."""
    words = body.split()[start:]
    return [" ".join(words[at : at + SYLLABLES]) for at in range(0, len(words), SYLLABLES)]


def _documents(passages: int) -> Iterator[Text]:
    chance, left, number = random.Random(8), passages, 0
    for start in (0, SYLLABLES // 2, SYLLABLES // 3):
        for text in texts.all_texts():
            cut = pieces(text.body, start)
            for first in range(0, len(cut), PIECES):
                lines = cut[first : first + PIECES][:left]
                if not lines:
                    return
                number += 1
                left -= len(lines)
                yield _document(number, text, lines, chance)


def _document(number: int, text: Text, lines: list[str], chance: random.Random) -> Text:
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    ours = text.key.startswith("reg")
    symbol = text.symbol if ours and text.symbol else f"{number % 400 + 1}/{KINDS[number % len(KINDS)]}"
    form = "reg" if ours or number % 4 == 0 else "paper"
    return Text(f"{form}-{number}", symbol, text.title, day, "\n".join(lines))


def _passages(connection: Connection, filler: Filler) -> list[str]:
    """The passages of what was filled, as the feeding writes them."""
    rows = list(_rows(filler))
    for number, row in enumerate(rows, start=1):
        row |= {"id": number, "seq": number, "text": clean(row["text"]), "title": clean(row["title"])[:300]}
    for start in range(0, len(rows), 10_000):
        connection.execute(insert(Passage.__table__), rows[start : start + 10_000])
    go_on_after(connection, Passage)
    return [row["text"] for row in rows]


def _rows(filler: Filler) -> Iterator[dict[str, Any]]:
    by_id = {model: {row["id"]: row for row in filler.rows(model)} for model in (Meeting, Notice, OfficialNumber, Requirement)}
    meetings = by_id[Meeting]
    versions = {row["file_id"]: row for row in filler.rows(Submission)}
    for page in filler.rows(Page):
        version = versions[page["file_id"]]
        asked = by_id[Requirement][version["requirement_id"]]
        yield _row(
            "paper",
            meetings[asked["meeting_id"]],
            source_id=version["id"],
            part=page["number"],
            page=page["number"],
            place=f"trang {page['number']}",
            document_id=page["file_id"],
            item_id=asked["item_id"],
            unit_id=asked["unit_id"],
            symbol=version["symbol"],
            title=asked["what"],
            text=page["text"],
            dated=version["received_at"].date(),
            state="published",
        )
    for line in filler.rows(NoticeLine):
        document = by_id[Notice][line["notice_id"]]
        meeting = meetings[document["meeting_id"]]
        yield _row(
            "notice" if document["family"] == "conclusion" else "resolution",
            meeting,
            source_id=document["id"],
            part=line["position"],
            place=f"mục {line['position']}",
            symbol=by_id[OfficialNumber][document["number_id"]]["symbol"],
            title=meeting["title"],
            text=line["text"],
            dated=document["issued_on"],
            state="in_force",
        )
    for task in filler.rows(Task):
        meeting = meetings[task["meeting_id"]]
        yield _row(
            "task",
            meeting,
            source_id=task["id"],
            unit_id=task["lead_unit_id"],
            symbol=task["source_symbol"],
            title=meeting["title"],
            text=task["text"],
            dated=task["assigned_at"].date(),
            due_on=task["due_on"],
            state=task["state"],
        )
    for item in filler.rows(Item):
        meeting = meetings[item["meeting_id"]]
        yield _row(
            "item",
            meeting,
            source_id=item["id"],
            item_id=item["id"],
            title=meeting["title"],
            text=item["title"],
            dated=meeting["starts_at"].date(),
        )


def _row(kind: str, meeting: dict[str, Any], **values: Any) -> dict[str, Any]:
    empty = {"part": 0, "page": None, "place": "", "document_id": None, "item_id": None, "unit_id": None, "symbol": ""}
    rest = {"person_id": None, "state": "", "due_on": None, "revision": 1, "indexed": 0, "gone": False}
    return empty | rest | {"kind": kind, "meeting_id": meeting["id"], "body_id": meeting["body_id"]} | values
