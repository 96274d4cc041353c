"""What all official forms of a ballot share: the question in their words, heading, committee, first and last sentence.

Source: NQ 104/2025/UBTVQH15, annex. What nobody knows yet stays open, to be written by hand.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.agenda.session_models import CouncilSession
from meeting.clock import local
from meeting.documents.phrases import lowered
from meeting.documents.typeset import Layout, Sheet, body_lines
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Person
from meeting.voting import official_words as words
from meeting.voting.committee import committee_of, seats_of
from meeting.voting.models import Question, QuestionLine
from meeting.voting.official_words import DOTS, BodyWords

Made = tuple[Layout, Sheet, datetime]  # what the typesetter takes; the moment is that of the facts, in whole seconds


@dataclass(frozen=True)
class Paper:
    """A question as the forms speak of it."""

    question: Question
    words: BodyWords
    session_name: str  # "kỳ họp thứ 5", "phiên họp thường kỳ tháng 11"
    called: dict[int, str]  # how each line's person is named, by line id
    term: str = DOTS  # khóa, where the body or else a title of the session or the meeting names it
    years: str = DOTS  # nhiệm kỳ

    @property
    def meeting(self) -> Meeting:
        """Where the vote is held."""
        return self.question.meeting

    @property
    def office(self) -> str:
        """What is filled or taken away; empty where nobody stands on the ballot."""
        offices = {line.office for line in self.question.lines if line.office}
        return self.question.office or (offices.pop() if len(offices) == 1 else words.office_of(self.question.title))

    @property
    def several_offices(self) -> bool:
        """Whether those on the ballot stand for different offices (form 1.1.2)."""
        return len({line.office for line in self.question.lines if line.office}) > 1

    def office_of(self, line: QuestionLine) -> str:
        """What one person stands for or holds."""
        return line.office or self.office

    @property
    def on_deputies(self) -> bool:
        """Forms 1.2 and 3.4: the seat of a deputy itself."""
        return (
            self.meeting.body.kind == "council"
            and self.question.form in ("dismissal", "relief")
            and words.of_deputies(self.office)
        )


def paper_of(session: Session, question: Question) -> Paper:
    """A question with the words of its body and the names on it."""
    body = question.meeting.body
    ids = [line.person_id for line in question.lines if line.person_id is not None]
    people = {each.id: each for each in session.scalars(select(Person).where(Person.id.in_(ids)))} if ids else {}
    called = {}
    for line in question.lines:
        person = people.get(line.person_id or 0)
        called[line.id] = words.named(line.title, person.honorific if person else "", body.is_party)
    meeting = question.meeting
    found = session.get(CouncilSession, meeting.session_id) if meeting.session_id else None
    titles = (body.term, found.name if found else "", meeting.title)
    session_name = f"kỳ họp thứ {found.number}" if found else _session_name(meeting)
    term, years = words.term_in(*titles), words.years_in(*titles)
    return Paper(question, words.body_words(body.kind, body.name), session_name, called, term, years)


def _session_name(meeting: Meeting) -> str:
    return words.session_in(meeting.title) if meeting.body.kind == "council" else lowered(meeting.title)


def heading(paper: Paper, title: str, abstract: list[str]) -> Sheet:
    """The heading all these forms share: the body, its term and session, the title."""
    body = paper.meeting.body
    sheet = Sheet(
        style="party" if body.is_party else "state",
        body=body_lines(body.name),
        title=title,
        abstract=[each for each in abstract if each],
    )
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    if body.kind == "council":
        sheet["under_body"] = [f"KHÓA {paper.term}", f"{paper.session_name[:1].upper()}{paper.session_name[1:]}"]
    return sheet


def day_words(moment: datetime | None) -> str:
    """ "ngày 05 tháng 02 năm 2026", or the places for it."""
    if moment is None:
        return f"ngày {DOTS} tháng {DOTS} năm {DOTS}"
    day = local(moment)
    return f"ngày {day:%d} tháng {day:%m} năm {day.year}"


def hour_words(moment: datetime | None) -> str:
    """ "09 giờ 30 phút", or the places for it."""
    return f"{local(moment):%H giờ %M phút}" if moment else f"{DOTS} giờ {DOTS} phút"


def committee_lines(session: Session, paper: Paper) -> list[str]:
    """Who counted: name, that they are members of the body, post. Three open lines while nobody is named."""
    seats = seats_of(committee_of(session, paper.question))
    if not seats:
        posts = ("Trưởng Ban", "Ủy viên", "Ủy viên")
        return [
            f"{place}. Ông (Bà) {words.LONG_DOTS}, {paper.words.counter}, {post};" for place, post in enumerate(posts, start=1)
        ]
    party = paper.meeting.body.is_party
    return [
        f"{place}. {words.named(seat.person.full_name, seat.person.honorific, party)}, {paper.words.counter}, "
        f"{'Trưởng Ban' if seat.post == 'head' else 'Ủy viên'};"
        for place, seat in enumerate(seats, start=1)
    ]


def head_name(session: Session, question: Question) -> str:
    """The head of the committee, who signs."""
    return next((seat.person.full_name for seat in seats_of(committee_of(session, question)) if seat.post == "head"), "")


def opening(paper: Paper) -> str:
    """The sentence that all minutes begin with."""
    question = paper.question
    when = question.figures_at or question.closed_at or question.opened_at
    term = f", khóa {paper.term}" if paper.meeting.body.kind == "council" else ""
    return f"Hôm nay, {day_words(when)}, tại {paper.session_name}, {paper.words.full}{term}, Ban kiểm phiếu bao gồm:"


def ending(paper: Paper, moment: datetime | None) -> str:
    """How many copies, when and where."""
    where = paper.meeting.place or words.LONG_DOTS
    return f"Biên bản này được lập thành 03 bản vào hồi {hour_words(moment)}, {day_words(moment)} tại {where}."


def close_entry(session: Session, question: Question) -> Entry | None:
    """The journal's entry of a close, found without reading those of other votes: each may list thousands of ballots."""
    if question.closed_at is None or question.state not in ("closed", "published"):
        return None
    wanted = select(Entry).where(
        Entry.chain == question.meeting_id, Entry.event == Event.VOTE_CLOSED.value, Entry.at >= question.closed_at
    )
    rows = session.scalars(wanted.order_by(Entry.seq).execution_options(yield_per=1))
    return next((each for each in rows if each.facts.get("question_id") == question.id), None)


def trace_of(entry: Entry | None) -> str:
    """Where a close stands in the journal: ties the signed paper to the evidence."""
    return f"Nhật ký biểu quyết: bản ghi số {entry.seq}, mã {entry.hash}." if entry else ""
