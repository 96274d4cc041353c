"""Reads of the voting room: registers, receipts, results, and what each screen may see of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting, Participant
from meeting.live import queries as live
from meeting.live.models import Attendance
from meeting.live.rules import counted
from meeting.organization.models import Person
from meeting.voting.majority import Counted, Verdict, decide
from meeting.voting.models import (
    BareBallot,
    Elector,
    OpenBallot,
    Question,
    QuestionLine,
    ReadyMark,
    Receipt,
    Result,
    SpokenBallot,
    VoteReview,
)

RUNNING = ("open", "paused")


def questions_of(session: Session, meeting_id: int) -> list[Question]:
    """All questions of a meeting, in the order in which they shall be voted on."""
    wanted = select(Question).where(Question.meeting_id == meeting_id).order_by(Question.position, Question.id)
    return list(session.scalars(wanted))


def running(session: Session, meeting_id: int) -> Question | None:
    """The question whose box is open (or paused) in this meeting."""
    return session.scalar(select(Question).where(Question.meeting_id == meeting_id, Question.state.in_(RUNNING)).limit(1))


def register(session: Session, question_id: int) -> set[int]:
    """The people on a question's frozen register."""
    return set(session.scalars(select(Elector.person_id).where(Elector.question_id == question_id)))


def voted(session: Session, question_id: int) -> set[int]:
    """The people whose ballot is in."""
    return set(session.scalars(select(Receipt.person_id).where(Receipt.question_id == question_id)))


def cast_count(session: Session, question: Question) -> int:
    """How many ballots are in. Never says which."""
    if question.kind == "hand":
        return _cast_by_hand(question)
    return session.scalar(select(func.count()).where(Receipt.question_id == question.id)) or 0


def _cast_by_hand(question: Question) -> int:
    """Hands counted, or paper ballots returned; of hands on several lines the most that voted on one."""
    if question.on_paper:
        return int((question.figures or {}).get("returned", 0))
    counts = question.hand_counts or {}
    single = sum(count for count in counts.values() if isinstance(count, int))
    return single + max((sum(line.values()) for line in (counts.get("lines") or {}).values()), default=0)


@dataclass(frozen=True)
class Numbers:
    """How many stand on a register, how many of them are here (or have voted), how many ballots are in."""

    register: int = 0
    here: int = 0
    cast: int = 0

    @property
    def not_cast(self) -> int:
        """Who is here and has not voted."""
        return max(0, self.here - self.cast)


def _in_room(question: Question) -> ColumnElement[bool]:
    """Attendance joined to the register: here in the sense of the rule book."""
    return and_(
        Attendance.meeting_id == question.meeting_id,
        Attendance.person_id == Elector.person_id,
        Attendance.presence.in_(counted(question.meeting.book.remote)),
    )


def _seated(question: Question) -> ColumnElement[bool]:
    """Participants joined to the register: those who have a vote now."""
    return and_(Participant.meeting_id == question.meeting_id, Participant.person_id == Elector.person_id, Participant.voting)


def numbers(session: Session, question: Question) -> Numbers:
    """The three numbers of one question by one query over its register; says of nobody whether they are among them."""
    voted_too = and_(Receipt.question_id == Elector.question_id, Receipt.person_id == Elector.person_id)
    here = or_(Receipt.person_id.is_not(None), and_(Attendance.person_id.is_not(None), Participant.person_id.is_not(None)))
    wanted = (
        select(func.count(), func.sum(case((here, 1), else_=0)), func.count(Receipt.person_id))
        .select_from(Elector)
        .outerjoin(Receipt, voted_too)
        .outerjoin(Attendance, _in_room(question))
        .outerjoin(Participant, _seated(question))
        .where(Elector.question_id == question.id)
    )
    listed, present, cast = session.execute(wanted).one()
    found = cast if question.kind != "hand" else _cast_by_hand(question)
    return Numbers(int(listed), int(present or 0), int(found))


def lines_of(session: Session, questions: Sequence[Question]) -> dict[int, list[QuestionLine]]:
    """What stands on the papers of some questions, in order, by question id: one query, none where all are single matters."""
    wanted = [question.id for question in questions if question.form != "matter"]
    found: dict[int, list[QuestionLine]] = {number: [] for number in wanted}
    if wanted:
        listed = select(QuestionLine).where(QuestionLine.question_id.in_(wanted)).order_by(QuestionLine.position)
        for line in session.scalars(listed):
            found[line.question_id].append(line)
    return found


def passed(session: Session, questions: Sequence[Question]) -> set[int]:
    """Which of some questions were announced as passed: one query, none while nothing is announced."""
    wanted = [question.id for question in questions if question.state == "published"]
    if not wanted:
        return set()
    return set(session.scalars(select(Result.question_id).where(Result.question_id.in_(wanted), Result.passed)))


def review(session: Session, meeting_id: int) -> VoteReview | None:
    """The review of the list of questions that runs now."""
    wanted = select(VoteReview).where(VoteReview.meeting_id == meeting_id, VoteReview.ended_at.is_(None))
    return session.scalar(wanted.order_by(VoteReview.id.desc()).limit(1))


def waiting(session: Session, meeting_id: int) -> Question | None:
    """The question whose register is frozen and whose box will open: the one made ready last."""
    wanted = select(Question).where(Question.meeting_id == meeting_id, Question.state == "ready")
    return session.scalar(wanted.order_by(Question.ready_at.desc(), Question.id.desc()).limit(1))


def ready_count(session: Session, question_id: int) -> int:
    """How many electors have said that they are ready."""
    return session.scalar(select(func.count()).where(ReadyMark.question_id == question_id)) or 0


def ready_among(session: Session, question_id: int, people: Sequence[int]) -> set[int]:
    """Who of these people has said so."""
    wanted = select(ReadyMark.person_id).where(ReadyMark.question_id == question_id, ReadyMark.person_id.in_(people))
    return set(session.scalars(wanted))


def spoken_of(session: Session, question_id: int) -> list[SpokenBallot]:
    """What the secretary entered for others in an open vote, in order."""
    wanted = select(SpokenBallot).where(SpokenBallot.question_id == question_id).order_by(SpokenBallot.id)
    return list(session.scalars(wanted))


def electors_here(session: Session, question: Question) -> set[int]:
    """Those on the register who are in the room or whose ballot is in: the n of "19 of n ballots received"."""
    listed = register(session, question.id)
    present = live.present_voters(session, question.meeting) & listed
    return present | voted(session, question.id)


def counted_open(session: Session, question: Question) -> dict[str, int]:
    """The choices of an open vote by option. Only for the close."""
    wanted = select(OpenBallot.choice, func.count()).where(OpenBallot.question_id == question.id).group_by(OpenBallot.choice)
    found = {key: value for key, value in session.execute(wanted)}  # noqa: C416 - rows, not pairs
    return {key: found.get(key, 0) for key in question.options}


def chair_side(session: Session, question: Question) -> str | None:
    """The side on which the chair voted, where that is known: in an open vote or a show of hands."""
    if question.kind == "hand":
        return question.hand_chair
    if question.kind != "open" or question.meeting.chair_id is None:
        return None
    found = session.get(OpenBallot, (question.id, question.meeting.chair_id))
    return found.choice if found else None


def verdict_of(result: Result, rule: str) -> Verdict:
    """The verdict as it was frozen at the close."""
    votes = result.counts.get("for", 0)
    return Verdict(rule, result.base, result.base_count, result.needed, votes, result.passed, result.tie)


def judged(session: Session, question: Question, counted: Counted) -> Verdict:
    """Applies the question's rule to a count."""
    return decide(question.rule, counted, question.tie, chair_side(session, question))


def names_by_choice(session: Session, question: Question) -> dict[str, list[str]]:
    """Who voted how in an open vote on a single matter, by option, in the order of names. Callers check that it is published."""
    if question.form != "matter":
        return {}
    wanted = (
        select(OpenBallot.choice, Person)
        .join(Person, Person.id == OpenBallot.person_id)
        .where(OpenBallot.question_id == question.id)
    )
    found: dict[str, list[str]] = {key: [] for key in question.options}
    for choice, person in session.execute(wanted):
        found[choice].append(person.called)
    return {key: sorted(names) for key, names in found.items()}


def names_by_line(session: Session, question: Question) -> dict[int, dict[str, list[str]]]:
    """The same of a paper with lines: by line and mark. Callers check that it is an open vote and published."""
    wanted = (
        select(OpenBallot.marks, Person)
        .join(Person, Person.id == OpenBallot.person_id)
        .where(OpenBallot.question_id == question.id, OpenBallot.marks.is_not(None))
    )
    found: dict[int, dict[str, list[str]]] = {}
    for marks, person in session.execute(wanted):
        for line, mark in marks.items():
            found.setdefault(int(line), {}).setdefault(mark, []).append(person.called)
    return {line: {mark: sorted(names) for mark, names in marks.items()} for line, marks in found.items()}


def other_opinions(session: Session, question: Question) -> list[dict[str, str]]:
    """The texts of "other opinion" in a published open vote, with their names."""
    wanted = (
        select(OpenBallot.text, Person)
        .join(Person, Person.id == OpenBallot.person_id)
        .where(OpenBallot.question_id == question.id, OpenBallot.choice == "other")
    )
    return sorted(
        ({"name": person.called, "text": text} for text, person in session.execute(wanted)), key=lambda each: each["name"]
    )


def missing(session: Session, question: Question) -> list[dict[str, Any]]:
    """Who is here and has not voted yet, by name: for those who preside, in open votes whose rules allow it."""
    return _here_without(session, question, Receipt)


def not_ready(session: Session, question: Question) -> list[dict[str, Any]]:
    """Who on the register is here and has not said that they are ready, by name."""
    return _here_without(session, question, ReadyMark)


def _here_without(session: Session, question: Question, mark: type[Receipt] | type[ReadyMark]) -> list[dict[str, Any]]:
    """Electors in the room without such a row, in the order of names; rows of a few columns, because they may be hundreds."""
    wanted = (
        select(Person.id, Person.honorific, Person.full_name)
        .join(Elector, Elector.person_id == Person.id)
        .join(Attendance, _in_room(question))
        .join(Participant, _seated(question))
        .outerjoin(mark, and_(mark.question_id == Elector.question_id, mark.person_id == Elector.person_id))
        .where(Elector.question_id == question.id, mark.person_id.is_(None))
    )
    found = [{"id": row.id, "name": f"{row.honorific} {row.full_name}".strip()} for row in session.execute(wanted)]
    return sorted(found, key=lambda each: str(each["name"]))


def receipts_of(session: Session, question_id: int, people: Sequence[int]) -> dict[int, datetime]:
    """When the ballots of some people were received, by person."""
    wanted = select(Receipt.person_id, Receipt.at).where(Receipt.question_id == question_id, Receipt.person_id.in_(people))
    return {person: at for person, at in session.execute(wanted)}  # noqa: C416 - rows, not pairs


def bare_counts(session: Session, question: Question) -> dict[str, int]:
    """The opened ballots of a secret vote by option: must equal the result for ever."""
    wanted = select(BareBallot.choice, func.count()).where(BareBallot.question_id == question.id).group_by(BareBallot.choice)
    found = {key: value for key, value in session.execute(wanted)}  # noqa: C416 - rows, not pairs
    return {key: found.get(key, 0) for key in question.options}


def current(session: Session, meeting: Meeting) -> Question | None:
    """The question all screens look at: the one whose box is open, else the one opened last."""
    found = running(session, meeting.id)
    if found is not None:
        return found
    last = select(Question).where(Question.meeting_id == meeting.id, Question.opened_at.is_not(None))
    return session.scalar(last.order_by(Question.opened_at.desc(), Question.id.desc()).limit(1))
