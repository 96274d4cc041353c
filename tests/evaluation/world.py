"""Meetings, papers, tasks and opinion rounds as chance has them: reports on them must lead to the rows they count."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Meeting, Participant
from meeting.conclusions.models import Notice
from meeting.evaluation.models import MeetingGrade, RegisterRow
from meeting.live.models import Attendance
from meeting.live.rules import PRESENCES
from meeting.materials.models import Requirement
from meeting.organization.models import OfficialNumber
from meeting.rounds.models import OpinionRound, RoundAnswer, RoundMember
from meeting.rulebook.models import MeetingType, RuleBook
from meeting.speaking.models import Floor
from meeting.tasks.models import Task, TaskStep
from tests.conftest import CAST, CHAIRS, UNITS, Council

MEMBERS = ("lan", "hung", "hoa", "tuan", "minh")
MEETING_STATES = ("held", "held", "held", "archived", "issued", "cancelled", "in_session")


class World:
    """Fills the store of a test. One seed, one world."""

    def __init__(self, council: Council, seed: int, now: datetime) -> None:
        self.council, self.chance, self.now = council, random.Random(seed), now
        self.people = {username: council.person(username) for username in CAST}
        self.units = [council.unit(code) for code in UNITS]
        self.bodies = {short: council.body(short) for short in CHAIRS}
        self.kinds = {short: (council.type(short), council.book(short)) for short in CHAIRS}
        self.session: Session
        self.types: dict[str, list[tuple[int, int]]] = {}

    def _put(self, *rows: Any) -> list[int]:
        self.session.add_all(rows)
        self.session.flush()
        return [getattr(row, "id", 0) for row in rows]

    def fill(self, meetings: int = 24) -> None:
        """Everything, in one transaction."""
        with Session(database.database().writing, expire_on_commit=False) as self.session:
            self.types = {short: self._types(short) for short in CHAIRS}
            self._all(meetings)
            self.session.commit()

    def _all(self, meetings: int) -> None:
        for _ in range(meetings):
            self._meeting()
        for number in range(12):
            self._register(number)
        for number in range(20):
            self._task(number)
        for number in range(6):
            self._round(number)

    def moment(self, days: int = 500) -> datetime:
        """Some moment of the last days, or soon."""
        return self.now - timedelta(days=self.chance.randint(-9, days), hours=self.chance.randint(0, 23))

    def _types(self, short: str) -> list[tuple[int, int]]:
        found = [self.kinds[short]]
        for code in ("thematic", "urgent"):
            (kind,) = self._put(MeetingType(body_id=self.bodies[short], code=code, name=code))
            days = {"papers_due_days": 2, "invite_days": 2, "notice_days": self.chance.randint(0, 9)}
            required = self.chance.random() < 0.7
            book = RuleBook(type_id=kind, starts_on=date(2020, 1, 1), notice_required=required, **days)
            found.append((kind, self._put(book)[0]))
        return found

    def _meeting(self) -> None:
        short = self.chance.choice(list(CHAIRS))
        starts, state = self.moment(), self.chance.choice(MEETING_STATES)
        kind, book = self.chance.choice(self.types[short])
        over = starts + timedelta(hours=3) if self.chance.random() < 0.8 else None
        notice = self.chance.choice(("none_yet", "draft", "issued", "issued", "not_required"))
        row = Meeting(
            body_id=self.bodies[short],
            type_id=kind,
            book_id=book,
            title=f"Phiên họp {short}",
            state=state,
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            opened_at=starts if over else None,
            closed_at=over,
            urgent=self.chance.random() < 0.2,
            chair_id=self.chance.choice([self.people["lan"], self.people["hung"], None]),
            notice_state=notice,
            created_at=starts,
            created_by=self.people["minh"],
        )
        (key,) = self._put(row)
        self._seats(key)
        if notice == "issued" and self.chance.random() < 0.8:
            self._notices(key, short, starts)
        if self.chance.random() < 0.7:
            self._grade(key)
        self._papers(key, starts)

    def _seats(self, key: int) -> None:
        for username in MEMBERS:
            person = self.people[username]
            voting, absence = self.chance.random() < 0.8, self.chance.choice(("", "", "asked", "approved", "refused"))
            self._put(Participant(meeting_id=key, person_id=person, voting=voting, absence=absence))
            if self.chance.random() < 0.8:
                presence = self.chance.choice(PRESENCES)
                self._put(Attendance(meeting_id=key, person_id=person, presence=presence))
            for _ in range(self.chance.choice((0, 0, 1, 3))):
                self._speech(key, person)

    def _speech(self, key: int, person: int) -> None:
        state = self.chance.choice(("done", "done", "withdrawn"))
        begun = self.now if self.chance.random() < 0.8 else None
        speech = {"kind": "speech", "queue": "speaking", "limit_seconds": 300, "seconds": self.chance.randint(5, 900)}
        self._put(Floor(meeting_id=key, person_id=person, state=state, started_at=begun, asked_at=self.now, **speech))

    def _notices(self, key: int, short: str, starts: datetime) -> None:
        for _ in range(self.chance.choice((1, 1, 2))):
            number = self.chance.randint(1, 10**6)
            (number_id,) = self._put(
                OfficialNumber(body_id=self.bodies[short], kind="TB", period="2026", number=number, symbol=f"{number}/TB-{short}")
            )
            issued_on = starts.date() + timedelta(days=self.chance.randint(0, 12))
            words = {"abstract": "", "opening": "", "closing": "", "recipients": "", "drafted_by_id": self.people["minh"]}
            withdrawn = self.now if self.chance.random() < 0.1 else None
            stands = {"state": "issued", "issued_on": issued_on, "number_id": number_id, "withdrawn_at": withdrawn}
            self._put(Notice(meeting_id=key, drafted_at=starts, issued_at=starts, **words, **stands))

    def _grade(self, key: int) -> None:
        verdict, shade = self.chance.choice((("met", "good"), ("met", "fair"), ("met", ""), ("not_met", "")))
        said = {"verdict": verdict, "shade": shade, "reason": "Thiếu tài liệu" if verdict == "not_met" else ""}
        self._put(MeetingGrade(meeting_id=key, graded_at=self.now, graded_by_id=self.people["hung"], **said))

    def _papers(self, key: int, starts: datetime) -> None:
        for _ in range(self.chance.randint(0, 4)):
            due = starts - timedelta(days=2)
            late = self.chance.choice((None, 0, 0, 45, 3000))
            received = None if late is None else due + timedelta(minutes=late or -60)
            asked = {"asked_by": self.people["minh"], "asked_at": due - timedelta(days=5), "due_at": due, "asked_due_at": due}
            came = {"first_received_at": received, "first_late_minutes": late, "state": "submitted" if received else "asked"}
            unit = self.chance.choice(self.units)
            self._put(Requirement(meeting_id=key, unit_id=unit, what="Tờ trình", **asked, **came))

    def _register(self, number: int) -> None:
        short, day = self.chance.choice(list(CHAIRS)), self.moment().date()
        symbol = f"{number}/TB-{short}" if self.chance.random() < 0.5 else ""
        said = {"kind": self.chance.choice(("thường kỳ", "đột xuất", "Chuyên đề", "", "khác")), "notice_symbol": symbol}
        verdict = self.chance.choice(("", "met", "not_met"))
        self._put(RegisterRow(body_id=self.bodies[short], held_on=day, verdict=verdict, imported_at=self.now, **said))

    def _task(self, number: int) -> None:
        given = self.moment()
        state = self.chance.choice(
            ("draft", "assigned", "received", "in_progress", "reported", "accepted", "accepted", "cancelled")
        )
        due = self.chance.choice((None, given.date() + timedelta(days=self.chance.randint(1, 90))))
        done = given.date() + timedelta(days=self.chance.randint(0, 120)) if state in ("reported", "accepted") else None
        gone = given + timedelta(days=self.chance.randint(0, 60)) if state == "cancelled" else None
        unit, leader = self.chance.choice(self.units), self.chance.choice([None, self.people["lan"], self.people["hung"]])
        task = Task(
            body_id=self.chance.choice(list(self.bodies.values())),
            origin="own",
            text=f"Nhiệm vụ {number}",
            lead_unit_id=unit,
            leader_id=leader,
            state=state,
            assigned_at=given,
            due_on=due,
            first_due_on=due,
            done_on=done,
            cancelled_at=gone,
        )
        (key,) = self._put(task)
        if due and self.chance.random() < 0.4:
            moved = {"due_before": due - timedelta(days=20), "due_after": due, "at": self.moment(), "by_id": self.people["minh"]}
            self._put(TaskStep(task_id=key, kind="extended", **moved))

    def _round(self, number: int) -> None:
        sent = self.moment()
        state = self.chance.choice(("draft", "open", "closed", "decided", "cancelled"))
        result = {"passed": self.chance.random() < 0.5} if state in ("closed", "decided") else None
        round_id = self._put(
            OpinionRound(
                body_id=self.chance.choice(list(self.bodies.values())),
                title=f"Lấy ý kiến {number}",
                options=["for", "against"],
                rule="more_than_half_of_total",
                tie="none",
                ground="urgent",
                due_at=sent + timedelta(days=5),
                state=state,
                officer_id=self.people["minh"],
                wanted=[],
                result=result,
                created_by_id=self.people["minh"],
                created_at=sent,
                sent_at=None if state == "draft" else sent,
                closed_at=sent + timedelta(days=4) if result else None,
            )
        )[0]
        with_answers = [username for username in MEMBERS if self.chance.random() < 0.6]
        rows: list[Any] = [RoundMember(round_id=round_id, person_id=self.people[name]) for name in MEMBERS]
        given = {"choice": "for", "at": sent, "first_at": sent}
        rows += [RoundAnswer(round_id=round_id, person_id=self.people[name], **given) for name in with_answers]
        self._put(*rows)
