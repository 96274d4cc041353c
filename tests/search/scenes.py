"""A council in which everything that can be found stands in random states, and people who see it from everywhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from meeting.agenda.models import Item, Meeting, Participant
from meeting.conclusions.models import Minutes, MinutesPart, Notice, NoticeLine, Resolution
from meeting.discussion.models import Opinion
from meeting.documents.models import File, Page, packed
from meeting.materials.models import Requirement, Submission
from meeting.materials.release_models import Release
from meeting.organization.models import Membership, OfficialNumber, Person
from meeting.permissions import Actor, Role
from meeting.questioning.models import Promise
from meeting.rounds.models import OpinionRound, RoundMember
from meeting.tasks.models import Task, TaskFormerUnit
from meeting.voting.models import Question, Result, VoteReview
from tests.conftest import MORNING, Council

CAST = ("lan", "hung", "minh", "van", "hoa", "tuan", "dung", "truong", "khach", "admin")
BODIES = ("UBND", "HĐND", "Đảng ủy")
UNITS = ("kinh_te", "van_phong", "van_hoa")
STATES = ("draft", "issued", "in_session", "held", "cancelled")
LATER = datetime(2026, 12, 24, 1, 0, tzinfo=UTC)


class Scene:
    """Fills a council; every word it writes holds the name of its kind, so that each document has words of its own."""

    def __init__(self, council: Council, seed: int, meetings: int = 5) -> None:
        self.council, self.dice = council, Random(seed)
        self.serial = 0
        self.people = {username: council.person(username) for username in CAST}
        self.units = [council.unit(code) for code in UNITS]
        self.bodies = {body: council.body(body) for body in BODIES}
        self.meetings = [self.meeting() for _ in range(meetings)]
        self._outside()

    # dice

    def chance(self, share: float) -> bool:
        """Whether something happens that happens so often."""
        return self.dice.random() < share

    def one(self, *values: Any) -> Any:
        """One of some values."""
        return self.dice.choice(values)

    def somebody(self) -> int:
        """One of the cast."""
        return self.dice.choice(list(self.people.values()))

    def word(self) -> str:
        """A word that stands nowhere else."""
        self.serial += 1
        return f"từ{self.serial}khóa"

    # a meeting with all it has

    def meeting(self) -> int:
        """A meeting in a random state with items, people and everything else."""
        body = self.one(*BODIES)
        meeting_id = self.council.meeting(body, items=3, state=self.one(*STATES))
        self.council.update(
            Meeting,
            meeting_id,
            chair_id=self.one(None, self.somebody(), self.somebody()),
            secretary_id=self.one(None, self.people["minh"], self.somebody()),
            presider_id=self.one(None, None, self.somebody()),
            sitting=self.one("", "", "group"),
        )
        items = self.council.items(meeting_id)
        self.council.update(Item, items[2], outside=self.chance(0.5), state=self.one("planned", "withdrawn"))
        self._people(meeting_id, items)
        for _ in range(3):
            self._paper(meeting_id, self.one(None, *items))
            self._question(meeting_id, self.one(*items))
            self._opinion(meeting_id, self.one(None, *items))
        self._documents(meeting_id, body)
        self._minutes(meeting_id, items)
        self._promise(meeting_id, body)
        return meeting_id

    def _people(self, meeting_id: int, items: list[int]) -> None:
        invited = set(self.council.all(select(Participant.person_id).where(Participant.meeting_id == meeting_id)))
        outside = [person for person in self.people.values() if person not in invited]
        for person in self.dice.sample(outside, k=min(len(outside), 3)):
            limit = self.one(None, [items[0]], items[:2], [])
            self.council.write(
                Participant(
                    meeting_id=meeting_id,
                    person_id=person,
                    voting=self.chance(0.2),
                    item_ids=limit,
                    presidium=self.chance(0.2),
                    stands_for_id=self.one(None, *invited) if invited else None,
                )
            )

    def _paper(self, meeting_id: int, item: int | None) -> None:
        (file_id,) = self.council.write(
            File(
                sha256=f"{meeting_id:030d}{self.dice.getrandbits(100):034d}"[:64],
                name="bao-cao.pdf",
                media_type="application/pdf",
                size_bytes=9,
                uploaded_by=self.people["dung"],
                uploaded_at=MORNING,
                state=self.one("ready", "ready", "reading", "refused"),
                page_count=1,
                pages_done=self.one(1, 1, 0),
            )
        )
        text = f"Trang báo cáo {self.word()}"
        self.council.write(Page(file_id=file_id, number=1, width=595, height=842, text=text, boxes=packed([]), source="text"))
        published = self.one(None, MORNING)
        state = self.one("accepted", "returned", "sent", "with_head") if published is None else self.one("accepted", "returned")
        (requirement_id,) = self.council.write(
            Requirement(
                meeting_id=meeting_id,
                item_id=item,
                unit_id=self.one(*self.units),
                what="Báo cáo",
                due_at=MORNING,
                asked_by=self.people["minh"],
                asked_at=MORNING,
                state=self.one("accepted", "accepted", "waived"),
                audience=self.one("all", "members", "office"),
            )
        )
        at_office = state != "with_head"
        self.council.write(
            Submission(
                requirement_id=requirement_id,
                number=1,
                file_id=file_id,
                received_at=MORNING if at_office else None,
                late_minutes=0 if at_office else None,
                sent_by=self.people["dung"],
                state=state,
                published_at=published,
            )
        )
        if self.chance(0.5):
            made, group = self.one(None, MORNING), self.one("members", "guests")
            common = {"set_by": self.people["minh"], "set_at": MORNING}
            self.council.write(Release(requirement_id=requirement_id, audience=group, at=LATER, made_at=made, **common))
        if self.chance(0.6):
            common = {"meeting_id": meeting_id, "item_id": item, "document_id": file_id, "page": 1}
            self.council.write(Opinion(**common, person_id=self.somebody(), text=f"Ý kiến trang {self.word()}", at=MORNING))

    def _question(self, meeting_id: int, item: int) -> None:
        state = self.one("draft", "ready", "open", "published", "cancelled")
        opened = MORNING if state in ("open", "published") or self.chance(0.3) else None
        (question_id,) = self.council.write(
            Question(
                meeting_id=meeting_id,
                item_id=item,
                title=f"Thông qua {self.word()}",
                kind="open",
                rule="more_than_half",
                tie="none",
                options=["for", "against"],
                state=state,
                opened_at=opened,
                prepared_by=self.people["minh"],
                prepared_at=MORNING,
            )
        )
        if state == "published":
            self._result(question_id)
        if self.chance(0.2):
            self.council.write(VoteReview(meeting_id=meeting_id, started_at=MORNING, started_by_id=self.people["minh"]))

    def _result(self, question_id: int) -> None:
        counts = {"total": 3, "present": 3, "cast": 3, "base": "total", "base_count": 3, "needed": 2}
        row = Result(question_id=question_id, counts={"for": 2, "against": 1}, passed=self.chance(0.5), **counts)
        row.id = question_id  # type: ignore[attr-defined]
        self.council.write(row)

    def _opinion(self, meeting_id: int, item: int | None) -> None:
        gone = {"withdrawn_at": MORNING, "withdrawn_by": self.somebody()} if self.chance(0.2) else {}
        common = {"meeting_id": meeting_id, "item_id": item, "person_id": self.somebody(), "at": MORNING}
        self.council.write(Opinion(**common, text=f"Ý kiến {self.word()}", **gone))

    def _documents(self, meeting_id: int, body: str) -> None:
        for family, kind in ((Notice, "TB"), (Resolution, "NQ")):
            state = self.one("draft", "approved", "signed", "numbered", "issued", "issued")
            number = None
            if state in ("numbered", "issued"):
                self.serial += 1
                symbol = f"{self.serial}/{kind}-{body}"
                given = OfficialNumber(body_id=self.bodies[body], kind=kind, period="2026", number=self.serial, symbol=symbol)
                (number,) = self.council.write(given)
            (document,) = self.council.write(
                family(
                    meeting_id=meeting_id,
                    kind=kind,
                    state=state,
                    abstract=f"Văn bản {self.word()}",
                    opening="",
                    closing="",
                    recipients="",
                    drafted_at=MORNING,
                    drafted_by_id=self.people["minh"],
                    number_id=number,
                    issued_on=date(2026, 11, 20) if state == "issued" else None,
                    signer_id=self.one(None, self.somebody()),
                    withdrawn_at=MORNING if state == "issued" and self.chance(0.3) else None,
                )
            )
            (line,) = self.council.write(NoticeLine(notice_id=document, position=1, text=f"Giao việc {self.word()}"))
            if state == "issued":
                self._task(self.bodies[body], meeting_id, document, line)

    def _minutes(self, meeting_id: int, items: list[int]) -> None:
        if self.chance(0.3):
            self.council.write(MinutesPart(meeting_id=meeting_id, item_id=items[0], text=f"Ghi {self.word()}", edited_at=MORNING))
        elif self.chance(0.8):
            state, text = self.one("draft", "signed"), f"I. MỞ ĐẦU\n{self.word()}\n1. Nội dung 1\n{self.word()}"
            self.council.write(Minutes(meeting_id=meeting_id, state=state, text=text, drafted_at=MORNING))

    def _promise(self, meeting_id: int, body: str) -> None:
        common = {"body_id": self.bodies[body], "meeting_id": meeting_id, "due_on": date(2026, 12, 1), "made_at": MORNING}
        by = {"person_id": self.somebody(), "noted_by_id": self.people["minh"]}
        self.council.write(Promise(**common, **by, text=f"Sẽ làm {self.word()}"))

    def _task(self, body_id: int, meeting_id: int | None = None, notice: int | None = None, line: int | None = None) -> None:
        lead, before = self.dice.sample(self.units, k=2)
        (task_id,) = self.council.write(
            Task(
                body_id=body_id,
                meeting_id=meeting_id,
                notice_id=notice,
                line_id=line,
                origin="line" if line else "superior",
                source_symbol="" if line else f"{self.serial}/CV-TP",
                text=f"Nhiệm vụ {self.word()}",
                lead_unit_id=lead,
                leader_id=self.one(None, self.somebody()),
                officer_id=self.one(None, self.people["dung"], self.people["truong"]),
                given=self.chance(0.7),
                assigned_at=MORNING,
            )
        )
        if self.chance(0.5):
            self.council.write(TaskFormerUnit(task_id=task_id, unit_id=before, until=MORNING + timedelta(days=1)))

    def _outside(self) -> None:
        for _ in range(6):
            body = self.one(*BODIES)
            self._task(self.bodies[body])
            self._round(self.bodies[self.one(*BODIES)])

    def _round(self, body_id: int) -> None:
        sent = self.one(None, MORNING)
        (round_id,) = self.council.write(
            OpinionRound(
                body_id=body_id,
                title=f"Lấy ý kiến {self.word()}",
                options=["for", "against"],
                rule="more_than_half",
                tie="none",
                ground="urgent",
                due_at=LATER,
                state="draft" if sent is None else self.one("open", "closed", "cancelled"),
                officer_id=self.somebody(),
                wanted=[],
                created_by_id=self.people["minh"],
                created_at=MORNING,
                sent_at=sent,
            )
        )
        for person in self.dice.sample(list(self.people.values()), k=3):
            row = RoundMember(round_id=round_id, person_id=person)
            row.id = person  # type: ignore[attr-defined]
            self.council.write(row)

    # who looks

    def onlookers(self) -> list[Actor]:
        """The cast and others: an inspector, a member of the Party only, a guest by a link, whoever lost a role."""
        actors = [self.council.actor(username) for username in CAST]
        hoa, dung, khach, minh = (self.council.actor(username) for username in ("hoa", "dung", "khach", "minh"))
        ubnd, party = self.bodies["UBND"], self.bodies["Đảng ủy"]
        return [
            *actors,
            replace(khach, name="thanh tra", roles=frozenset({(ubnd, Role.INSPECTOR)})),
            replace(khach, name="đảng viên", roles=frozenset({(party, Role.MEMBER)})),
            replace(khach, name="cán bộ đảng", unit_id=self.units[0], roles=frozenset({(party, Role.OFFICER)})),
            replace(khach, name="quản trị đơn vị", unit_id=self.units[0], roles=frozenset({(ubnd, Role.UNIT_ADMIN)})),
            replace(dung, name="chuyển phòng", unit_id=self.units[2]),
            replace(hoa, name="hết vai trò", roles=frozenset()),
            *(replace(each, name="đường dẫn", only_meeting=self.meetings[0]) for each in (khach, hoa, minh)),
        ]

    def party_only(self) -> int:
        """Somebody on file who sits in the Party only."""
        (person,) = self.council.write(Person(full_name="Đinh Văn Riêng", honorific="Ông", position="Đảng ủy viên"))
        self.council.write(
            Membership(person_id=person, body_id=self.bodies["Đảng ủy"], role=Role.MEMBER, starts_on=date(2026, 1, 1))
        )
        return person
