"""Reads of the questioning of one meeting: its groups, who waits, who was heard, what is being answered, what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Item, Meeting, Participant
from meeting.live.models import Attendance
from meeting.live.rules import HERE
from meeting.questioning import rules
from meeting.questioning.models import AnswerView, GroupAgreement, Inquiry, Promise
from meeting.questioning.rules import Line
from meeting.questioning.wording import promised_sentence, written_sentence
from meeting.speaking.models import Floor, QuestionGroup
from meeting.speaking.rules import QUESTIONING


@dataclass(frozen=True)
class Scene:
    """The questioning of one meeting at one moment."""

    groups: Sequence[QuestionGroup]
    floors: Sequence[Floor]  # of the queue of questions, in order of registration; withdrawn ones left out
    texts: dict[int, Inquiry] = field(default_factory=dict)

    @cached_property
    def group(self) -> QuestionGroup | None:
        """The open group, else the one that was stopped last."""
        opened = [each for each in self.groups if each.state in ("open", "stopped")]
        return max(opened, key=lambda each: (each.state == "open", each.opened_at), default=None)

    @property
    def opened(self) -> QuestionGroup | None:
        """The open group."""
        return self.group if self.group and self.group.state == "open" else None

    @cached_property
    def shown(self) -> list[Floor]:
        """What belongs to the group, or everything where questions do not come in groups; writing aside."""
        wanted = self.group.id if self.group else None
        if self.groups and wanted is None:
            return []
        return [each for each in self.floors if each.group_id == wanted and not each.written]

    @cached_property
    def put(self) -> list[Floor]:
        """The questions that were put, in order."""
        begun = [each for each in self.shown if each.kind == "question" and each.started_at is not None]
        return sorted(begun, key=lambda each: (each.started_at or each.asked_at, each.id))

    @property
    def question(self) -> Floor | None:
        """The question being dealt with: the one put last."""
        return self.put[-1] if self.put else None

    @cached_property
    def answered(self) -> set[int]:
        """The questions whose answer has begun."""
        return {each.answers_id for each in self.floors if each.kind == "explain" and each.answers_id and each.started_at}

    @cached_property
    def queue(self) -> list[Floor]:
        """Who waits, in the order of calling."""
        waits = {each.id: each for each in self.shown if each.state == "waiting" and each.kind in ("question", "debate")}
        stands = self.question
        now = (stands.id, stands.person_id) if stands else (None, None)
        ids = rules.order([line_of(each) for each in waits.values()], *now)
        return [waits[each] for each in ids]

    def in_state(self, state: str) -> Floor | None:
        """Who speaks, or is called, among the questions."""
        return next((each for each in self.floors if each.state == state), None)

    def waiting_of(self, person_id: int, kind: str, but: int = 0) -> int | None:
        """The place (1 is the first) of somebody's own waiting request of a kind, among those of its kind."""
        alike = [each for each in self.queue if each.kind == kind and each.id != but]
        return next((place for place, each in enumerate(alike, 1) if each.person_id == person_id), None)

    def unheard_of(self, person_id: int, but: int = 0) -> int:
        """How many questions of somebody wait: for their turn, or for an answer in writing."""
        own = [each for each in self.floors if each.person_id == person_id and each.kind == "question" and each.id != but]
        in_writing = [each for each in own if each.written and each.started_at is None and each.stopped_at is None]
        return len(in_writing) + len([each for each in own if each.state == "waiting"])

    def text_of(self, floor: Floor) -> str:
        """A question in all its words."""
        return self.texts[floor.id].text if floor.id in self.texts else floor.subject


def line_of(floor: Floor) -> Line:
    """A request as the order sees it."""
    return Line(floor.id, floor.kind, floor.person_id, floor.place, floor.answers_id)


def scene_of(session: Session, meeting_id: int) -> Scene:
    """The whole questioning of a meeting in at most three queries."""
    groups = groups_of(session, meeting_id)
    found = select(Floor).outerjoin(Item, Item.id == Floor.item_id)
    found = found.where(Floor.meeting_id == meeting_id, Floor.queue == QUESTIONING, Floor.state != "withdrawn")
    awake = or_(Floor.state != "waiting", Floor.group_id.is_not(None), Item.id.is_(None), Item.state != "done")
    floors = list(session.scalars(found.where(awake).order_by(Floor.id)))  # others wait until their item is taken up again
    return Scene(groups, floors, texts_of(session, meeting_id) if floors else {})


def groups_of(session: Session, meeting_id: int) -> list[QuestionGroup]:
    """The groups of a meeting in their order."""
    found = select(QuestionGroup).where(QuestionGroup.meeting_id == meeting_id)
    return list(session.scalars(found.order_by(QuestionGroup.position, QuestionGroup.id)))


def texts_of(session: Session, meeting_id: int) -> dict[int, Inquiry]:
    """What stands beside the questions of a meeting, by question."""
    found = select(Inquiry).join(Floor, Floor.id == Inquiry.floor_id).where(Floor.meeting_id == meeting_id)
    return {each.floor_id: each for each in session.scalars(found)}


def agreements(session: Session, meeting_id: int) -> dict[int, int]:
    """How many members want each group."""
    found = (
        select(GroupAgreement.group_id, func.count())
        .join(QuestionGroup, QuestionGroup.id == GroupAgreement.group_id)
        .where(QuestionGroup.meeting_id == meeting_id)
        .group_by(GroupAgreement.group_id)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def agreed_by(session: Session, meeting_id: int, person_id: int) -> set[int]:
    """The groups somebody wants."""
    found = select(GroupAgreement.group_id).join(QuestionGroup, QuestionGroup.id == GroupAgreement.group_id)
    return set(session.scalars(found.where(QuestionGroup.meeting_id == meeting_id, GroupAgreement.person_id == person_id)))


def views_of(session: Session, floor_id: int) -> dict[bool, int]:
    """For how many an answer was clear, for how many not."""
    found = select(AnswerView.clear, func.count()).where(AnswerView.floor_id == floor_id).group_by(AnswerView.clear)
    return {row[0]: row[1] for row in session.execute(found)}


def my_views(session: Session, floor_id: int, people: Sequence[int]) -> dict[int, bool]:
    """What some people said of an answer."""
    found = select(AnswerView).where(AnswerView.floor_id == floor_id, AnswerView.person_id.in_(people))
    return {each.person_id: each.clear for each in session.scalars(found)}


def voters_among(session: Session, meeting_id: int, people: Sequence[int]) -> set[int]:
    """Those of some people who take part with a vote."""
    found = select(Participant.person_id).where(Participant.meeting_id == meeting_id, Participant.voting)
    return set(session.scalars(found.where(Participant.person_id.in_(people))))


def invitation(session: Session, meeting_id: int, person_id: int) -> Participant | None:
    """Somebody's place in a meeting."""
    found = select(Participant).where(Participant.meeting_id == meeting_id, Participant.person_id == person_id)
    return session.scalar(found)


def is_here(session: Session, meeting_id: int, person_id: int) -> bool:
    """Whether the roll call has somebody as here now."""
    found = select(Attendance.presence).where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
    return session.scalar(found) in HERE


def promises_in(session: Session, meeting_id: int) -> list[Promise]:
    """The promises of one meeting as they were made."""
    return list(session.scalars(select(Promise).where(Promise.meeting_id == meeting_id).order_by(Promise.id)))


def promises_of(session: Session, group_id: int) -> list[Promise]:
    """The promises noted with one group."""
    return list(session.scalars(select(Promise).where(Promise.group_id == group_id)))


def told_of(session: Session, meeting: Meeting) -> list[tuple[int | None, datetime, str]]:
    """What the minutes tell of it beside the speeches: promises, and questions answered in writing, by item and moment."""
    told = [
        (each.group.item_id if each.group else meeting.current_item_id, each.made_at, promised_sentence(each))
        for each in promises_in(session, meeting.id)
        if each.state != "lapsed"
    ]
    for each in texts_of(session, meeting.id).values():
        if each.written_since and each.written_due_on and each.floor.state != "withdrawn":
            told.append((each.floor.item_id, each.written_since, written_sentence(each)))
    return told


def names_of_answers(session: Session, meeting_id: int) -> dict[int, str]:
    """By id of an answer or a debate: who put the question, or whose answer is debated. For the minutes."""
    asked = select(Floor).where(Floor.meeting_id == meeting_id, Floor.queue == QUESTIONING)
    floors = {each.id: each for each in session.scalars(asked)}
    found = {}
    for each in floors.values():
        question = floors.get(each.answers_id or 0)
        if question is not None:
            other = question.person if each.kind == "explain" else each.addressee or question.addressee
            found[each.id] = other.called if other else ""
    return found
