"""What a draft can be made from: conclusions in the secretary's minutes, results of votes, promises, opinions; nothing twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic import Field
from sqlalchemy.orm import Session

from meeting.acts import ActInput, Tx, act
from meeting.agenda.models import Meeting
from meeting.conclusions import history
from meeting.conclusions.arranging import arrange
from meeting.conclusions.course import OPEN_PLACE
from meeting.conclusions.folding import fold
from meeting.conclusions.lines import LONGEST_LINE, LineFields, check_and_add
from meeting.conclusions.merging import CLASH
from meeting.conclusions.models import Instrument
from meeting.conclusions.part_queries import texts_of
from meeting.conclusions.queries import minutes_of
from meeting.conclusions.rules import NoticeState, step
from meeting.conclusions.versions import changed
from meeting.discussion.queries import opinions_of
from meeting.permissions import Action
from meeting.questioning.queries import told_of

CONCLUDED = re.compile(r"^\s*(?:[-+*]\s*)?ket luan(?: cua)?(?: chu toa| chu tich| dong chi| hoi nghi| phien hop)?[^:]{0,60}:\s*")


@dataclass(frozen=True)
class Source:
    """One text that may become a line. `kind`: minutes, vote, promise, opinion."""

    kind: str
    item_id: int | None
    text: str
    by: str = ""

    @property
    def key(self) -> str:
        """Names it, as long as its words are the same."""
        return sha256(f"{self.kind}|{self.item_id}|{self.by}|{self.text}".encode()).hexdigest()[:16]


class TakeInput(ActInput):
    """Which texts become lines, by their keys."""

    notice_id: int
    keys: list[str] = Field(min_length=1, max_length=100)


def concluded_in(text: str) -> list[str]:
    """The conclusions in the secretary's text: behind "Kết luận của chủ tọa:", to the next empty line. Pure."""
    found: list[str] = []
    inside = False
    for line in text.splitlines():
        head = CONCLUDED.match(fold(line) + " ")
        if head is not None:
            inside, said = True, line.partition(":")[2].strip()
        elif not line.strip():
            inside, said = False, ""
        else:
            said = line.strip().lstrip("-+*• ").strip() if inside else ""
        if said and said != CLASH:
            found.append(said[:1].upper() + said[1:])
    return found


def sources_of(session: Session, meeting: Meeting) -> list[Source]:
    """Everything a line could be made from, item by item, the minutes first."""
    order: dict[int | None, int] = {None: 0} | {item.id: place for place, item in enumerate(meeting.items, start=1)}
    ranks = {"minutes": 0, "vote": 1, "promise": 2, "opinion": 3}
    found = {source.key: source for source in _all(session, meeting) if source.text.strip() and OPEN_PLACE not in source.text}
    return sorted(found.values(), key=lambda each: (order.get(each.item_id, 0), ranks[each.kind]))


def _all(session: Session, meeting: Meeting) -> Iterator[Source]:
    parts = texts_of(session, meeting.id)
    written = [(item_id, said) for item_id, text in parts.items() for said in concluded_in(text)]
    yield from (Source("minutes", item_id, said) for item_id, said in written)
    minutes = minutes_of(session, meeting.id)
    known = {fold(said) for _, said in written}
    if minutes is not None:
        yield from (Source("minutes", None, said) for said in concluded_in(minutes.text) if fold(said) not in known)
    yield from (Source("vote", item_id, text) for item_id, text in history.decisions_of(session, meeting))
    yield from (Source("promise", item_id, text) for item_id, _, text in told_of(session, meeting))
    for opinion in opinions_of(session, meeting):
        if opinion.parent_id is None:
            yield Source("opinion", opinion.item_id, opinion.text.strip(), opinion.person.called)


def is_taken(source: Source, document: Instrument) -> bool:
    """Whether a line of the document has these words already."""
    wanted = fold(source.text).rstrip(" .;")
    return any(wanted in fold(line.text) for line in document.lines)


@act("conclusions.take_sources", Action.WRITE_CONCLUSIONS)
def take_sources(tx: Tx, wanted: TakeInput) -> dict[str, Any]:
    """Makes lines of the chosen conclusions, results of votes, promises and opinions of the meeting, each once.

    What a line says already is left out. Refused: `notice_not_draft`, `notice_issued`. Recorded with their number.
    """
    document = tx.get(Instrument, wanted.notice_id)
    tx.require(Action.WRITE_CONCLUSIONS, document)
    step("edit", NoticeState(document.state))
    chosen = [each for each in sources_of(tx.reading, document.meeting) if each.key in set(wanted.keys)]
    added = []
    for source in chosen:
        if not is_taken(source, document):
            text = source.text[:LONGEST_LINE]
            added.append(check_and_add(tx, document, LineFields(item_id=source.item_id, text=text)).id)
    if not added:
        tx.nothing_to_record("the lines say all this already")
        return {"line_ids": [], "notice_version": document.version}
    arrange(tx, document)
    changed(tx, document, "taken", lines=len(added))
    return {"line_ids": added, "notice_version": document.version}
