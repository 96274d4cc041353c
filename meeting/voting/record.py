"""The voting record of members: how each voted in the open votes of a period, once their results were published.

Secret votes are left out altogether: not even that somebody took part is told. Shows of hands have no names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.agenda.queries import given_name_first
from meeting.errors import Forbidden, Missing
from meeting.organization.models import Body, Person
from meeting.permissions import ALLOWED, Action, Actor, Role
from meeting.voting import wording
from meeting.voting.forms import PICKED
from meeting.voting.models import Elector, OpenBallot, Question, QuestionLine, Result

SILENT = "silent"  # on the register, gave no ballot


@dataclass(frozen=True)
class Vote:
    """What one member voted on one matter, or on one line of a paper."""

    question: Question
    meeting: Meeting
    title: str
    line: str
    mark: str  # a mark, or SILENT
    text: str
    spoken: bool
    passed: bool | None  # None: nothing was decided (a survey)

    def label(self, language: str = "vi") -> str:
        """The mark in words; empty where no ballot was given."""
        return "" if self.mark == SILENT else wording.label(self.mark, language, self.question.form)


@dataclass(frozen=True)
class Ballot:
    """An open ballot as it lies in the store."""

    choice: str
    marks: dict[str, Any] | None
    text: str
    spoken: bool


@dataclass
class Tally:
    """One member's votes by mark."""

    person: Person
    marks: dict[str, int] = field(default_factory=dict)
    spoken: int = 0

    def count(self, mark: str, number: int = 1, spoken: int = 0) -> None:
        """Counts some votes of one mark."""
        self.marks[mark] = self.marks.get(mark, 0) + number
        self.spoken += spoken

    @property
    def asked(self) -> int:
        """How often this member could vote openly."""
        return sum(self.marks.values())

    @property
    def given(self) -> int:
        """How often a ballot was given."""
        return self.asked - self.marks.get(SILENT, 0)


@dataclass(frozen=True)
class Wanted:
    """Whose votes, of which days, in which bodies (None: all)."""

    since: date
    until: date
    bodies: frozenset[int] | None = None


def bodies_read(actor: Actor) -> frozenset[int]:
    """The bodies of whose members this person may read every record."""
    return actor.bodies_as(*ALLOWED[Action.READ_VOTING_RECORD])


def bodies_of(session: Session, actor: Actor) -> list[Body]:
    """The same as rows, by name."""
    return list(session.scalars(select(Body).where(Body.id.in_(bodies_read(actor))).order_by(Body.name)))


def has_own(actor: Actor) -> bool:
    """Whether there is a record of one's own: of who votes somewhere."""
    return bool(actor.bodies_as(*ALLOWED[Action.READ_OWN_RECORD] & {Role.MEMBER, Role.CHAIR}))


def check_reader(session: Session, actor: Actor, person_id: int) -> tuple[Person, frozenset[int] | None]:
    """Whose record is meant, and in which bodies the reader may know it: one's own in all, another's where one is chair, office
    or inspector. Missing where one may know nothing of the person."""
    person = session.get(Person, person_id)
    if person is None or actor.only_meeting is not None:
        raise Missing()
    if person.id == actor.person_id:
        return person, None
    bodies = bodies_read(actor)
    if not bodies or not session.scalar(_asked(Wanted(date.min, date.max, bodies), [person.id]).limit(1)):
        raise Missing()
    return person, bodies


def check_overview(actor: Actor) -> frozenset[int]:
    """The bodies whose members' records may be read; refused to whom none is."""
    bodies = bodies_read(actor)
    if not bodies:
        raise Forbidden()
    return bodies


def _asked(wanted: Wanted, people: Sequence[int] | None, *, lined: bool | None = None) -> Select[int]:
    """The ids of the published open votes of a period on whose register one of these people (None: anybody) stood.

    `lined`: only those with lines, or only single matters.
    """
    found = (
        select(Question.id)
        .join(Meeting, Meeting.id == Question.meeting_id)
        .where(Question.kind == "open", Question.state == "published")
    )
    if lined is not None:
        found = found.where(Question.form != "matter" if lined else Question.form == "matter")
    if people is not None:
        listed = select(Elector.question_id).where(Elector.person_id.in_(people))
        found = found.where(Question.id.in_(listed))
    if wanted.bodies is not None:
        found = found.where(Meeting.body_id.in_(wanted.bodies))
    if wanted.since > date.min:
        found = found.where(Question.opened_at >= clock.at_local(wanted.since))
    if wanted.until < date.max:
        found = found.where(Question.opened_at < clock.at_local(wanted.until + timedelta(days=1)))
    return found


def votes_of(
    session: Session, wanted: Wanted, people: Sequence[int] | None = None, *, lined: bool | None = None
) -> dict[int, list[Vote]]:
    """The votes of some people (None: of everybody) by person, the latest first. Five set queries, however many there are."""
    asked = _asked(wanted, people, lined=lined)
    latest = select(Question).where(Question.id.in_(asked)).order_by(Question.opened_at.desc(), Question.id.desc())
    questions = {each.id: each for each in session.scalars(latest)}
    registers = _registers(session, asked, people)
    ballots = _ballots(session, asked, people)
    lines, verdicts = _lines(session, questions), _verdicts(session, asked)
    found: dict[int, list[Vote]] = {}
    for question in questions.values():
        for person in registers.get(question.id, ()):
            given = _votes(question, ballots.get((question.id, person)), lines.get(question.id, []), verdicts)
            found.setdefault(person, []).extend(given)
    return found


def _registers(session: Session, asked: Select[int], people: Sequence[int] | None) -> dict[int, list[int]]:
    wanted = select(Elector.question_id, Elector.person_id).where(Elector.question_id.in_(asked))
    if people is not None:
        wanted = wanted.where(Elector.person_id.in_(people))
    found: dict[int, list[int]] = {}
    for question, person in session.execute(wanted):
        found.setdefault(question, []).append(person)
    return found


def _ballots(session: Session, asked: Select[int], people: Sequence[int] | None) -> dict[tuple[int, int], Ballot]:
    columns = (OpenBallot.choice, OpenBallot.marks, OpenBallot.text, OpenBallot.spoken)
    wanted = select(OpenBallot.question_id, OpenBallot.person_id, *columns).where(OpenBallot.question_id.in_(asked))
    if people is not None:
        wanted = wanted.where(OpenBallot.person_id.in_(people))
    return {(row[0], row[1]): Ballot(*row[2:]) for row in session.execute(wanted)}


def _lines(session: Session, questions: Mapping[int, Question]) -> dict[int, list[QuestionLine]]:
    ids = [each.id for each in questions.values() if each.form != "matter"]
    found: dict[int, list[QuestionLine]] = {}
    if ids:
        wanted = select(QuestionLine).where(QuestionLine.question_id.in_(ids)).order_by(QuestionLine.position)
        for line in session.scalars(wanted):
            found.setdefault(line.question_id, []).append(line)
    return found


def _verdicts(session: Session, asked: Select[int]) -> dict[tuple[int, int], bool]:
    """Whether it passed: by question, and by line (0: the question as a whole)."""
    found: dict[tuple[int, int], bool] = {}
    for result in session.scalars(select(Result).where(Result.question_id.in_(asked))):
        found[(result.question_id, 0)] = result.passed
        for line in result.lines or ():
            found[(result.question_id, int(line["line_id"]))] = bool(line["passed"])
    return found


def _votes(
    question: Question, ballot: Ballot | None, lines: Sequence[QuestionLine], verdicts: Mapping[tuple[int, int], bool]
) -> list[Vote]:
    """One vote for a matter, for what was picked, or for each line of a paper."""
    meeting, whole = question.meeting, verdicts.get((question.id, 0))
    spoken, text = (ballot.spoken, ballot.text) if ballot else (False, "")
    if not lines or ballot is None:
        mark = ballot.choice if ballot else SILENT
        return [Vote(question, meeting, question.title, "", mark, text, spoken, whole)]
    marks: dict[str, Any] = ballot.marks or {}
    if question.form in PICKED:
        picked = [line for line in lines if marks.get(str(line.id)) == "for"]
        if not picked:
            return [Vote(question, meeting, question.title, "", "abstain", text, spoken, whole)]
        lines = picked
    return [
        Vote(
            question,
            meeting,
            question.title,
            line.title,
            str(marks.get(str(line.id), SILENT)),
            text,
            spoken,
            verdicts.get((question.id, line.id)),
        )
        for line in lines
    ]


def tally(person: Person, votes: Sequence[Vote]) -> Tally:
    """One member's votes by mark."""
    found = Tally(person)
    for vote in votes:
        found.count(vote.mark, spoken=vote.spoken)
    return found


def overview(session: Session, wanted: Wanted) -> list[Tally]:
    """Every member of these bodies who could vote openly in the period, by given name.

    Single matters are counted by the database: a year has tens of thousands of ballots. Papers with lines are few.
    """
    asked = _asked(wanted, None, lined=False)
    lined = votes_of(session, wanted, lined=True)
    registers = select(Elector.person_id, func.count()).where(Elector.question_id.in_(asked)).group_by(Elector.person_id)
    times = {person: number for person, number in session.execute(registers)}  # noqa: C416 - rows, not pairs
    people = session.scalars(select(Person).where(Person.id.in_({*times, *lined})))
    found = {each.id: tally(each, lined.get(each.id, ())) for each in people}
    helped = func.sum(case((OpenBallot.spoken, 1), else_=0))
    by_choice = select(OpenBallot.person_id, OpenBallot.choice, func.count(), helped).where(OpenBallot.question_id.in_(asked))
    for person, choice, number, spoken in session.execute(by_choice.group_by(OpenBallot.person_id, OpenBallot.choice)):
        if person in found:
            found[person].count(choice, number, spoken)
            times[person] = times.get(person, number) - number
    for person, left in times.items():
        if left > 0:
            found[person].count(SILENT, left)
    return sorted(found.values(), key=lambda each: given_name_first(each.person.full_name))
