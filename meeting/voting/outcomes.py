"""What a result sheet tells of a vote, read once: the same for paper, table and screen. Names only of published open votes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.queries import given_name_first
from meeting.organization.models import Person
from meeting.voting import wording
from meeting.voting.forms import PICKED
from meeting.voting.models import Elector, OpenBallot, Question, QuestionLine, Result

FORM_WORDS = {
    "matter": "một nội dung",
    "paper": "nhiều nội dung trên một phiếu",
    "alternatives": "lựa chọn phương án",
    "election": "bầu, tán thành hoặc không tán thành từng người",
    "dismissal": "bãi nhiệm",
    "relief": "cho thôi, miễn nhiệm",
    "choose": "bầu, lựa chọn trong danh sách",
    "survey": "lấy phiếu tín nhiệm",
    "confidence": "bỏ phiếu tín nhiệm",
}
MEMBERS = {"council": "đại biểu", "party": "ủy viên"}


@dataclass(frozen=True)
class Voter:
    """How somebody voted in a published open vote."""

    person_id: int
    name: str
    choice: str
    marks: dict[int, str]
    text: str
    spoken: bool


@dataclass(frozen=True)
class Outcome:
    """A question with all that may be told of it."""

    question: Question
    result: Result | None  # None: called off, or not closed
    register: int
    voters: list[Voter] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # on the register, gave no ballot; by name only where voters are
    again_of: str = ""
    again_as: list[str] = field(default_factory=list)

    @property
    def meeting(self) -> Meeting:
        """Where the vote was held."""
        return self.question.meeting

    @property
    def members(self) -> str:
        """How the members of this body are called."""
        return MEMBERS.get(self.meeting.body.kind, "thành viên")

    @property
    def way(self) -> str:
        """How the vote was taken."""
        question = self.question
        if question.kind == "hand":
            return "bỏ phiếu kín bằng phiếu giấy, Ban kiểm phiếu kiểm đếm" if question.on_paper else "biểu quyết giơ tay"
        return "bỏ phiếu kín điện tử" if question.kind == "secret" else "biểu quyết công khai điện tử"

    @property
    def verdict(self) -> str:
        """The verdict in a sentence with its article."""
        return wording.sentences(self.question, self.result)["vi"] if self.result else ""

    @property
    def decides(self) -> bool:
        """Whether something passes or does not: elections fill seats, surveys and votes of confidence measure trust."""
        return self.question.form in ("matter", "paper", "alternatives", "dismissal", "relief")

    @property
    def undecided(self) -> bool:
        """As many for as against, and no statement yet."""
        return self.result is not None and self.result.tie == "open" and not self.result.settled_side

    @property
    def short(self) -> str:
        """The verdict in a few words; of a survey there is none."""
        if self.question.state == "cancelled":
            return "Đã hủy"
        if self.result is None or self.question.form == "survey":
            return ""
        if self.undecided:
            return "Chưa ngã ngũ"
        lines = self.lines()
        won = sum(bool(line["passed"] or line["elected"]) for line in lines)
        if self.question.form in ("election", "choose"):
            return f"Trúng cử {won}/{self.question.seats or len(lines)}"
        if self.question.form == "confidence":
            return f"Được tín nhiệm {won}/{len(lines)}"
        if self.question.form != "alternatives" and 0 < won < len(lines):
            return f"Thông qua {won}/{len(lines)}"
        return "Thông qua" if self.result.passed else "Không thông qua"

    def lines(self) -> list[dict[str, Any]]:
        """What came of each line, with its label and sentences."""
        return wording.lines(self.question, self.result) if self.result else []

    def marks(self) -> list[str]:
        """The marks counted on a line, or the options of the matter."""
        question = self.question
        return ["for"] if question.form in PICKED else [str(key) for key in question.options]

    def label(self, mark: str) -> str:
        """A mark as it stands on the ballot."""
        return wording.label(mark, "vi", self.question.form)


def outcomes_of(session: Session, questions: Sequence[Question], *, desk: bool) -> list[Outcome]:
    """The outcomes of some questions of one meeting, in their order; of closed ones only for the desk. Set queries."""
    ids = [question.id for question in questions]
    if not ids:
        return []
    results = {row.question_id: row for row in session.scalars(select(Result).where(Result.question_id.in_(ids)))}
    open_to_all = [each.id for each in questions if each.kind == "open" and each.state == "published"]
    voters, registers = _voters(session, questions, open_to_all), _registers(session, ids)
    silent = _silent(session, open_to_all)
    named = _repeats(session, questions)
    return [
        Outcome(
            question=question,
            result=results.get(question.id) if question.state == "published" or (desk and question.state == "closed") else None,
            register=registers.get(question.id, 0),
            voters=voters.get(question.id, []),
            silent=silent.get(question.id, []),
            again_of=named[0].get(question.again_of_id or 0, ""),
            again_as=named[1].get(question.id, []),
        )
        for question in questions
    ]


def _voters(session: Session, questions: Sequence[Question], ids: Sequence[int]) -> dict[int, list[Voter]]:
    if not ids:
        return {}
    shown = {each.id: [line.id for line in each.lines] for each in questions if each.id in ids and each.form != "matter"}
    wanted = select(OpenBallot, Person).join(Person, Person.id == OpenBallot.person_id).where(OpenBallot.question_id.in_(ids))
    rows = sorted(session.execute(wanted), key=lambda row: given_name_first(row.Person.full_name))
    found: dict[int, list[Voter]] = {}
    for row in rows:
        ballot, person = row.OpenBallot, row.Person
        marks = {int(key): mark for key, mark in (ballot.marks or {}).items() if int(key) in shown.get(ballot.question_id, [])}
        voter = Voter(person.id, person.called, ballot.choice, marks, ballot.text, ballot.spoken)
        found.setdefault(ballot.question_id, []).append(voter)
    return found


def _registers(session: Session, ids: Sequence[int]) -> dict[int, int]:
    wanted = select(Elector.question_id, func.count()).where(Elector.question_id.in_(ids)).group_by(Elector.question_id)
    return {key: value for key, value in session.execute(wanted)}  # noqa: C416 - rows, not pairs


def _silent(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    if not ids:
        return {}
    given = select(OpenBallot.person_id).where(
        OpenBallot.question_id == Elector.question_id, OpenBallot.person_id == Elector.person_id
    )
    wanted = (
        select(Elector.question_id, Person)
        .join(Person, Person.id == Elector.person_id)
        .where(Elector.question_id.in_(ids), ~given.exists())
    )
    found: dict[int, list[Person]] = {}
    for question, person in session.execute(wanted):
        found.setdefault(question, []).append(person)
    return {
        question: [each.called for each in sorted(people, key=lambda each: given_name_first(each.full_name))]
        for question, people in found.items()
    }


def _repeats(session: Session, questions: Sequence[Question]) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Titles of the questions that these repeat, and of those that repeat these."""
    ids = [each.id for each in questions]
    before = [each.again_of_id for each in questions if each.again_of_id]
    earlier = {row.id: row for row in session.scalars(select(Question).where(Question.id.in_(before)))} if before else {}
    later: dict[int, list[str]] = {}
    for row in session.scalars(select(Question).where(Question.again_of_id.in_(ids)).order_by(Question.id)):
        if row.again_of_id is not None and row.opened_at is not None:
            later.setdefault(row.again_of_id, []).append(round_of(row))
    return {key: round_of(row) for key, row in earlier.items()}, later


def round_of(question: Question) -> str:
    """A question by its title, and its round where there were several."""
    return f"{question.title} (lần {question.round})" if question.round > 1 else question.title


def mark_of(outcome: Outcome, voter: Voter, line: QuestionLine | None = None) -> str:
    """What a voter marked, in words; on a line that may be picked only what was picked."""
    mark = voter.choice if line is None else voter.marks.get(line.id, "")
    return "" if mark in ("", "none") else outcome.label(mark)
