"""Opinions with their replies and marks, as the screens and other programs read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.discussion import queries
from meeting.discussion.models import Opinion
from meeting.documents.access import place_of
from meeting.documents.models import File
from meeting.live.queries import iso, person_brief
from meeting.permissions import Actor


@dataclass(frozen=True)
class Thread:
    """One opinion with what was said to it. `paper` is what its paper is called."""

    opinion: Opinion
    replies: Sequence[Opinion] = ()
    paper: str = ""


@dataclass(frozen=True)
class Threads:
    """Some opinions with their replies, and how many agree with each."""

    rows: Sequence[Thread] = ()
    agrees: Mapping[int, int] = field(default_factory=dict)

    def line(self, thread: Thread, moderates: bool) -> dict[str, Any]:
        """An opinion on the wire with its replies."""
        own = {**self.one(thread.opinion, moderates), "paper": thread.paper}
        return own | {"replies": [self.one(each, moderates) for each in thread.replies]}

    def one(self, opinion: Opinion, moderates: bool) -> dict[str, Any]:
        """One of them alone. What is hidden keeps its words for who moderates; taken back it keeps them for nobody."""
        shown = not opinion.gone and (moderates or not opinion.hidden)
        return {
            "id": opinion.id,
            "person": person_brief(opinion.person),
            "item_id": opinion.item_id,
            "document_id": opinion.document_id,
            "page": opinion.page,
            "parent_id": opinion.parent_id,
            "text": opinion.text if shown else "",
            "at": iso(opinion.at),
            "before": opinion.before,
            "hidden": opinion.hidden,
            "gone": opinion.gone,
            "reason": opinion.reason if moderates else "",
            "agrees": self.agrees.get(opinion.id, 0),
        }


def threads_of(session: Session, opinions: Sequence[Opinion], papers: Mapping[int, str]) -> Threads:
    """The opinions whose papers may be read, with replies and marks. Two questions for all of them."""
    shown = [each for each in opinions if each.document_id is None or each.document_id in papers]
    replies = queries.replies_to(session, shown)
    everything = [each.id for each in shown] + [reply.id for under in replies.values() for reply in under]
    rows = [Thread(each, replies.get(each.id, ()), papers.get(each.document_id or 0, "")) for each in shown]
    return Threads(rows, queries.agreements(session, everything))


def papers_for(session: Session, actor: Actor, meeting: Meeting, opinions: Sequence[Opinion]) -> dict[int, str]:
    """What the papers of some opinions are called, as far as this person reads them."""
    found: dict[int, str] = {}
    for file_id in {each.document_id for each in opinions if each.document_id is not None}:
        file = session.get(File, file_id)
        place = place_of(session, actor, file) if file is not None else None
        if place is not None and place.meeting_id == meeting.id:
            found[file_id] = place.title
    return found
