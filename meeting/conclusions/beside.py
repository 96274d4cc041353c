"""Earlier conclusions on the same matter, beside the editor: found by the pairs of syllables that two texts share.

Issued lines never change, so they are read once into memory and new ones are added; the answer itself is read from the store
under the reader's own rights. Open tasks come from the room above by `seen_by`.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import log, sqrt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meeting.agenda.models import Item
from meeting.conclusions.folding import fold
from meeting.conclusions.kinds import KINDS
from meeting.conclusions.models import Instrument, NoticeLine
from meeting.database import database
from meeting.organization.models import Unit
from meeting.permissions import Action, Actor, allows

MOST_SHOWN = 8
MOST_LOOKED_AT = 60
SHARED_AT_LEAST = 2  # pairs of syllables
AT_A_TIME = 250  # lines read before others go on
SYLLABLES = re.compile(r"[a-z0-9]+")
#: Pairs that stand in every conclusion and tell nothing of its matter.
EVERYWHERE = frozenset(
    (
        "chu tri",
        "phoi hop",
        "hop voi",
        "truoc ngay",
        "hoan thanh",
        "thanh truoc",
        "ngay thang",
        "thuc hien",
        "yeu cau",
        "khan truong",
        "bao cao",
        "don vi",
        "lien quan",
        "uy ban",
        "ban nhan",
        "nhan dan",
        "dan phuong",
        "chu tich",
        "to chuc",
        "trien khai",
        "tiep tuc",
        "noi dung",
        "ke hoach",
        "giao phong",
        "cong tac",
        "cac don",
        "vi lien",
    )
)

#: Reads tasks for the editor: of lines (by id) and, by a text's pairs, tasks that no line gave; registered by the tasks room.
TaskReader = Callable[[Session, Actor, Sequence[int], frozenset[str]], list[dict[str, Any]]]
_readers: list[TaskReader] = []


def seen_by(reader: TaskReader) -> TaskReader:
    """Registers how tasks are read."""
    _readers.append(reader)
    return reader


def pairs_of(*texts: str) -> frozenset[str]:
    """The pairs of neighbouring syllables in texts, without those that stand everywhere. Pure."""
    found: set[str] = set()
    for text in texts:
        syllables = SYLLABLES.findall(fold(text))
        found.update(f"{one} {other}" for one, other in pairwise(syllables))
    return frozenset(found - EVERYWHERE)


@dataclass
class Matters:
    """What issued lines are about, in memory."""

    pairs: dict[int, frozenset[str]]
    lines: dict[str, list[int]]
    until: datetime | None = None
    of: object = None

    def near(self, wanted: frozenset[str]) -> list[int]:
        """The lines that share most of the rarer pairs, best first."""
        scores: dict[int, float] = defaultdict(float)
        shared: dict[int, int] = defaultdict(int)
        count = len(self.pairs) + 1
        for pair in wanted:
            holders = self.lines.get(pair, ())
            weight = log(1 + count / (1 + len(holders)))
            for line in holders:
                scores[line] += weight
                shared[line] += 1
        best = [line for line in scores if shared[line] >= min(SHARED_AT_LEAST, len(wanted))]
        return sorted(best, key=lambda line: (-scores[line] / sqrt(1 + len(self.pairs[line])), -line))[:MOST_LOOKED_AT]

    def add(self, line: int, pairs: frozenset[str]) -> None:
        """One more line."""
        if line not in self.pairs:
            self.pairs[line] = pairs
            for pair in pairs:
                self.lines.setdefault(pair, []).append(line)


_matters = Matters({}, {})


def matters(session: Session) -> Matters:
    """All issued lines; those issued since the last time are read first, a few at a time so that nobody waits for it."""
    global _matters
    if _matters.of is not database():
        _matters = Matters({}, {}, of=database())
    known = _matters
    wanted = (
        select(NoticeLine.id, NoticeLine.text, NoticeLine.title, Item.title, Instrument.abstract, Instrument.issued_at)
        .join(Instrument, Instrument.id == NoticeLine.notice_id)
        .outerjoin(Item, Item.id == NoticeLine.item_id)
        .where(Instrument.state == "issued")
        .order_by(Instrument.issued_at, NoticeLine.id)
    )
    if known.until is not None:
        wanted = wanted.where(Instrument.issued_at >= known.until)
    for place, (line, text, title, item, abstract, issued_at) in enumerate(session.execute(wanted).all(), start=1):
        known.add(line, pairs_of(text, title, item or abstract))
        known.until = issued_at
        if place % AT_A_TIME == 0:
            time.sleep(0)
    return known


def conclusions_beside(session: Session, actor: Actor, document: Instrument, texts: Iterable[str]) -> dict[str, Any]:
    """Earlier lines near these texts that the reader may read, each with its task; and open tasks that no line gave."""
    wanted = _without_units(session, pairs_of(*texts))
    if not wanted:
        return {"conclusions": [], "tasks": []}
    found = _readable(session, actor, document, matters(session).near(wanted))
    tasks = [task for read in _readers for task in read(session, actor, [line.id for line in found], wanted)]
    of_line = {task["line_id"]: task for task in tasks if task["line_id"] is not None}
    return {
        "conclusions": [_hit(line, of_line.get(line.id)) for line in found],
        "tasks": [task for task in tasks if task["line_id"] is None][:MOST_SHOWN],
    }


def _without_units(session: Session, wanted: frozenset[str]) -> frozenset[str]:
    """What a text is about, apart from the units it names, as long as that leaves enough to go by."""
    names = pairs_of(*session.scalars(select(Unit.name)))
    return wanted - names if len(wanted - names) >= SHARED_AT_LEAST else wanted


def _readable(session: Session, actor: Actor, document: Instrument, lines: Sequence[int]) -> list[NoticeLine]:
    """The nearest lines of other documents, as far as the reader may read them."""
    known = session.execute(select(NoticeLine.id, NoticeLine.notice_id).where(NoticeLine.id.in_(lines)))
    where = {row.id: row.notice_id for row in known}
    may: dict[int, bool] = {document.id: False}
    chosen: list[int] = []
    for line in (each for each in lines if each in where):
        if where[line] not in may:
            notice = session.get_one(Instrument, where[line])
            may[notice.id] = allows(Action.READ_CONCLUSIONS, notice.hats_of(actor, session))
        if may[where[line]]:
            chosen.append(line)
        if len(chosen) == MOST_SHOWN:
            break
    rows = session.scalars(select(NoticeLine).where(NoticeLine.id.in_(chosen)).options(joinedload(NoticeLine.notice)))
    by_id = {row.id: row for row in rows}
    return [by_id[line] for line in chosen]


def _hit(line: NoticeLine, task: dict[str, Any] | None) -> dict[str, Any]:
    """One earlier conclusion on the wire."""
    notice = line.notice
    return {
        "line_id": line.id,
        "notice_id": notice.id,
        "symbol": notice.number.symbol if notice.number else "",
        "kind": notice.kind,
        "word": KINDS[notice.kind].word if notice.kind in KINDS else "",
        "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
        "withdrawn": notice.withdrawn_at is not None or notice.replaced_at is not None,
        "title": line.item.title if line.item else notice.abstract,
        "text": line.text,
        "task": task,
    }
