"""What each room holds of one matter, as far as one reader may read it: one set query a kind, asked by the rooms' own rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from meeting.agenda.models import Item, Participant
from meeting.conclusions.models import Instrument, Minutes, MinutesPart, NoticeLine
from meeting.discussion.models import Opinion
from meeting.materials.audience import group_of, reaches
from meeting.materials.audience_queries import timings_of
from meeting.materials.models import UNIT_ROLES, Requirement, Submission
from meeting.materials.queries import DESK
from meeting.permissions import Action, Actor, Role, allows
from meeting.questioning import register
from meeting.questioning.models import Promise
from meeting.rounds import queries as rounds
from meeting.rounds.models import OpinionRound
from meeting.search.matters import life_rules
from meeting.speaking.models import Floor, QuestionGroup
from meeting.tasks import visible
from meeting.tasks.models import Task
from meeting.voting import wording
from meeting.voting.models import Question, Result


@dataclass(frozen=True)
class Paper:
    """The version of a paper that is in force for a reader."""

    id: int  # of the version
    requirement_id: int
    what: str
    number: int  # "bản 2"
    file_id: int


@dataclass(frozen=True)
class Vote:
    """A question with its published result."""

    question: Question
    result: Result

    @property
    def counts(self) -> list[tuple[str, int]]:
        """The options with their ballots, in the order of the ballot; none where the paper has several lines."""
        if self.result.lines:
            return []
        wanted = [str(each) for each in self.question.options]
        counts = self.result.counts
        return [(each, int(counts[each])) for each in wanted if isinstance(counts.get(each), int)]

    def sentence(self, language: str) -> str:
        """What came out, with its figures."""
        return wording.record(self.question, self.result, language)


@dataclass(frozen=True)
class Line:
    """One conclusion or article on the matter."""

    id: int
    document_id: int
    item_id: int | None
    title: str
    text: str


@dataclass(frozen=True)
class Part:
    """What minutes say of an item."""

    text: str
    state: str  # writing, draft, signed


@dataclass
class Reader:
    """One reader and the items of one matter that they may read."""

    session: Session
    actor: Actor
    items: Sequence[Item]
    matter: Collection[int]  # all items of the matter, also those that stay unseen

    @cached_property
    def ids(self) -> list[int]:
        """Of the readable items."""
        return [item.id for item in self.items]

    @cached_property
    def hats(self) -> dict[int, frozenset[Role]]:
        """What the reader is towards each item."""
        return {item.id: item.hats_of(self.actor, self.session) for item in self.items}

    @cached_property
    def substitute_in(self) -> set[int]:
        """The meetings in which the reader stands for a member."""
        mine = select(Participant.meeting_id).where(
            Participant.person_id == self.actor.person_id,
            Participant.stands_for_id.is_not(None),
            Participant.meeting_id.in_({item.meeting_id for item in self.items}),
        )
        return set(self.session.scalars(mine))

    @cached_property
    def papers(self) -> dict[int, list[Paper]]:
        """The version of each paper that is in force for this reader, by item."""
        wanted = (
            select(Requirement)
            .where(Requirement.item_id.in_(self.ids), Requirement.state != "waived")
            .options(selectinload(Requirement.submissions).options(lazyload(Submission.sender)))
        )
        rows = list(self.session.scalars(wanted.order_by(Requirement.due_at, Requirement.id)).unique())
        timings = timings_of(self.session, [row.id for row in rows])
        by_id = {item.id: item for item in self.items}
        found: dict[int, list[Paper]] = {}
        for row in rows:
            item = by_id[row.item_id or 0]
            version = None if item.outside else self._version(row, item, timings.get(row.id, []))
            if version is not None and version.file.first_page_read:
                paper = Paper(version.id, row.id, row.what, version.number, version.file_id)
                found.setdefault(item.id, []).append(paper)
        return found

    def _version(self, row: Requirement, item: Item, timings: Sequence[Any]) -> Submission | None:
        """As `materials` opens it: the unit its own, the desk what it received, others what was published and reached them."""
        hats = self.hats[item.id]
        if hats & UNIT_ROLES and row.unit_id == self.actor.unit_id:
            return row.shown or row.latest
        if hats & DESK:
            return row.shown or row.last_received
        hats = hats - UNIT_ROLES
        if not allows(Action.READ_PAPERS, hats):
            return None
        group = group_of(hats, substitute=item.meeting_id in self.substitute_in)
        return row.shown if reaches(row.audience, group, timings) else None

    @cached_property
    def opinions(self) -> dict[int, int]:
        """How many opinions and replies stand on each item; those on a paper only where the paper is read."""
        wanted = select(Opinion).where(Opinion.item_id.in_(self._joined), Opinion.withdrawn_at.is_(None))
        files = {paper.file_id for papers in self.papers.values() for paper in papers}
        found: dict[int, int] = {}
        for row in self.session.scalars(wanted.options(lazyload(Opinion.person))):
            known = row.document_id is None or row.document_id in files or row.person_id == self.actor.person_id
            if known or allows(Action.JOIN_LIVE, row.hats_of(self.actor, self.session)):
                found[row.item_id or 0] = found.get(row.item_id or 0, 0) + 1
        return found

    @cached_property
    def _joined(self) -> list[int]:
        return [item.id for item in self.items if allows(Action.JOIN_LIVE, self.hats[item.id])]

    @cached_property
    def votes(self) -> dict[int, list[Vote]]:
        """Published results by item."""
        wanted = (
            select(Question, Result)
            .join(Result, Result.question_id == Question.id)
            .where(Question.item_id.in_(self.ids), Question.state == "published")
            .options(lazyload(Question.meeting), selectinload(Question.lines))
        )
        found: dict[int, list[Vote]] = {}
        for question, result in self.session.execute(wanted.order_by(Question.position, Question.id)):
            found.setdefault(question.item_id, []).append(Vote(question, result))
        return found

    @cached_property
    def minutes(self) -> dict[int, Part]:
        """What the minutes say of each item: of signed ones the signed text, of a draft only to those who write it.

        Before there is a draft: what the secretary wrote on the item while the meeting ran, for the same people.
        """
        meetings = {item.meeting_id for item in self.items}
        wanted = select(Minutes).where(Minutes.meeting_id.in_(meetings)).options(lazyload(Minutes.meeting))
        rows = [row for row in self.session.scalars(wanted) if self._reads(row)]
        titles = select(Item.meeting_id, Item.id, Item.numbering, Item.position, Item.title)
        headings: dict[int, dict[int, str]] = {}
        for row in self.session.execute(titles.where(Item.meeting_id.in_([each.meeting_id for each in rows]))):
            label = row.numbering or str(row.position)
            headings.setdefault(row.meeting_id, {})[row.id] = f"{label}. {row.title}"
        return self._written | {
            item.id: Part(life_rules.part_of_minutes(row.text, list(its.values()), its[item.id]), row.state)
            for row in rows
            for its in [headings.get(row.meeting_id, {})]
            for item in self.items
            if item.id in its
        }

    @cached_property
    def _written(self) -> dict[int, Part]:
        drafted = select(Minutes.meeting_id)
        wanted = select(MinutesPart).where(MinutesPart.item_id.in_(self.ids), MinutesPart.meeting_id.not_in(drafted))
        rows = self.session.scalars(wanted.where(MinutesPart.text != "").options(lazyload(MinutesPart.edited_by)))
        return {row.item_id or 0: Part(row.text, "writing") for row in rows if self._reads(row)}

    def _reads(self, subject: Minutes | MinutesPart | Instrument) -> bool:
        return allows(Action.READ_CONCLUSIONS, subject.hats_of(self.actor, self.session))

    @cached_property
    def documents(self) -> dict[int, Instrument]:
        """The documents that say something on the matter, by id: on an item, carried by its vote, or with a line on it."""
        lines = select(NoticeLine.notice_id).where(NoticeLine.item_id.in_(self.ids))
        votes = select(Question.id).where(Question.item_id.in_(self.ids))
        on: ColumnElement[bool] = or_(
            Instrument.item_id.in_(self.ids), Instrument.question_id.in_(votes), Instrument.id.in_(lines)
        )
        wanted = select(Instrument).where(on).options(lazyload(Instrument.meeting), joinedload(Instrument.question))
        rows = self.session.scalars(wanted.order_by(Instrument.id)).unique()
        return {row.id: row for row in rows if self._reads(row)}

    @cached_property
    def lines(self) -> list[Line]:
        """The lines on the matter of the documents that are read; of a document on one item every line."""
        own = {key for key, row in self.documents.items() if row.item_id in self.hats and row.family == "conclusion"}
        wanted = select(
            NoticeLine.id, NoticeLine.notice_id, NoticeLine.item_id, NoticeLine.title, NoticeLine.text, NoticeLine.position
        ).where(
            NoticeLine.notice_id.in_(list(self.documents)),
            or_(NoticeLine.item_id.in_(self.ids), NoticeLine.notice_id.in_(own)),
        )
        rows = self.session.execute(wanted.order_by(NoticeLine.notice_id, NoticeLine.position))
        items = {key: row.item_id for key, row in self.documents.items()}
        return [Line(row.id, row.notice_id, row.item_id or items[row.notice_id], row.title, row.text) for row in rows]

    @cached_property
    def tasks(self) -> list[tuple[Task, int]]:
        """The tasks that lines on the matter gave, each with the item: also where a unit knows the task and nothing else."""
        item = NoticeLine.item_id
        whole = select(Instrument.id).where(Instrument.item_id.in_(self.matter))
        born = select(NoticeLine.id).where(or_(item.in_(self.matter), NoticeLine.notice_id.in_(whole)))
        wanted = visible.visible_to(self.actor).where(Task.line_id.in_(born), Task.state != "cancelled")
        lean = lazyload(Task.cooperating), lazyload(Task.former_units), joinedload(Task.notice).joinedload(Instrument.number)
        rows = list(self.session.scalars(wanted.options(*lean).order_by(Task.id)).unique())
        of_line = select(NoticeLine.id, NoticeLine.item_id, Instrument.item_id.label("whole")).join(NoticeLine.notice)
        asked = of_line.where(NoticeLine.id.in_([row.line_id for row in rows]))
        places = {row.id: row.item_id or row.whole for row in self.session.execute(asked)}
        return [(row, places[row.line_id or 0]) for row in rows]

    @cached_property
    def promises(self) -> list[tuple[Promise, int]]:
        """What was promised on the matter, each with the item: by its group of questions, else by the question itself."""
        groups = select(QuestionGroup.id).where(QuestionGroup.item_id.in_(self.matter))
        floors = select(Floor.id).where(Floor.item_id.in_(self.matter))
        on = or_(Promise.group_id.in_(groups), Promise.floor_id.in_(floors))
        known = self.session.scalars(register.visible_to(self.actor).where(on).order_by(Promise.made_at, Promise.id))
        rows = [row for row in known if allows(Action.READ_PROMISES, row.hats_of(self.actor, self.session))]
        of_group = _items(self.session, QuestionGroup, [row.group_id for row in rows])
        of_floor = _items(self.session, Floor, [row.floor_id for row in rows])
        return [(row, of_group.get(row.group_id or 0) or of_floor[row.floor_id or 0]) for row in rows]

    @cached_property
    def rounds(self) -> list[OpinionRound]:
        """The written rounds that were reported on the matter."""
        wanted = rounds.visible_to(self.actor).where(OpinionRound.reported_item_id.in_(self.matter))
        return list(self.session.scalars(wanted.options(*rounds.COUNTED).order_by(OpinionRound.id)).unique())


def _items(session: Session, model: Any, ids: Collection[int | None]) -> Mapping[int, int]:
    wanted = select(model.id, model.item_id).where(model.id.in_([each for each in ids if each]), model.item_id.is_not(None))
    return {row.id: row.item_id for row in session.execute(wanted)}
