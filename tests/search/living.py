"""A matter with something of every kind on it, for the tests of its life."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Item, Meeting
from meeting.agenda.thread_models import ItemLink
from meeting.conclusions.models import Minutes, Notice, NoticeLine, Resolution
from meeting.discussion.models import Opinion
from meeting.documents.models import File
from meeting.errors import Missing
from meeting.materials.models import Requirement, Submission
from meeting.organization.models import OfficialNumber
from meeting.questioning.models import Promise
from meeting.rounds.models import OpinionRound
from meeting.search.matters import lives
from meeting.search.matters.lives import Life
from meeting.speaking.models import QuestionGroup
from meeting.tasks.models import Task
from meeting.voting.models import Question, Result
from tests.conftest import MORNING, Council

BUDGET = "Dự toán ngân sách phường năm 2027"
_serial = 0


def number() -> int:
    """A number that no row has yet."""
    global _serial
    _serial += 1
    return _serial


def item_on(council: Council, at: datetime, body: str = "UBND", title: str = BUDGET, state: str = "done", **values: Any) -> int:
    """A meeting that was held with one item; answers the item."""
    meeting_id = council.meeting(body, items=1, starts_at=at, **{"state": "held", **values})
    (item_id,) = council.items(meeting_id)
    council.update(Item, item_id, title=title, state=state, numbering="1")
    return item_id


def meeting_of(council: Council, item_id: int) -> int:
    """The meeting of an item."""
    return int(council.one(select(Item.meeting_id).where(Item.id == item_id)))


def link(council: Council, item_id: int, earlier_id: int, how: str = "linked") -> None:
    """One item goes on with another."""
    council.write(ItemLink(item_id=item_id, earlier_id=earlier_id, how=how, linked_at=MORNING))


def paper_on(council: Council, item_id: int, what: str = "Tờ trình", versions: int = 1, **values: Any) -> int:
    """A published paper of the unit kinh_te; answers the file of its newest version."""
    state = {"state": "accepted", **values}
    files = council.write(
        *(
            File(
                sha256=f"{number():064d}",
                name="to-trinh.pdf",
                media_type="application/pdf",
                size_bytes=9,
                uploaded_by=council.person("dung"),
                uploaded_at=MORNING,
                state="ready",
                page_count=1,
                pages_done=1,
            )
            for _ in range(versions)
        )
    )
    (requirement_id,) = council.write(
        Requirement(
            meeting_id=meeting_of(council, item_id),
            item_id=item_id,
            unit_id=council.unit("kinh_te"),
            what=what,
            due_at=MORNING,
            asked_by=council.person("minh"),
            asked_at=MORNING,
            first_received_at=MORNING,
            first_late_minutes=0,
            **state,
        )
    )
    published = MORNING if state["state"] == "accepted" else None
    council.write(
        *(
            Submission(
                requirement_id=requirement_id,
                number=place,
                file_id=file_id,
                received_at=MORNING,
                late_minutes=0,
                sent_by=council.person("dung"),
                state="accepted" if published else "sent",
                published_at=published,
            )
            for place, file_id in enumerate(files, 1)
        )
    )
    return files[-1]


def vote_on(
    council: Council, item_id: int, title: str = "Thông qua dự toán", passed: bool = True, state: str = "published"
) -> int:
    """A question with its result."""
    (question_id,) = council.write(
        Question(
            meeting_id=meeting_of(council, item_id),
            item_id=item_id,
            title=title,
            kind="open",
            rule="more_than_half_of_total",
            tie="none",
            options=["for", "against"],
            state=state,
            prepared_by=council.person("minh"),
            prepared_at=MORNING,
        )
    )
    with Session(database.database().writing) as session:
        counts = {"for": 2, "against": 1}
        shares = {"total": 3, "present": 3, "cast": 3, "base": "total", "base_count": 3, "needed": 2}
        session.add(Result(question_id=question_id, counts=counts, passed=passed, **shares))
        session.commit()
    return question_id


def document_on(
    council: Council, item_id: int, *lines: str, family: str = "conclusion", state: str = "issued", **values: Any
) -> int:
    """A notice (or a resolution) of the item's meeting with lines on the item."""
    key = number()
    body_id = council.one(select(Meeting.body_id).where(Meeting.id == meeting_of(council, item_id)))
    kind = "TB" if family == "conclusion" else "NQ"
    (number_id,) = council.write(OfficialNumber(body_id=body_id, kind=kind, period="2026", number=key, symbol=f"{key}/{kind}"))
    made = Notice if family == "conclusion" else Resolution
    values = {"item_id": None if family == "conclusion" else item_id, **values}
    (document_id,) = council.write(
        made(
            meeting_id=meeting_of(council, item_id),
            kind=kind,
            state=state,
            abstract="Về dự toán ngân sách",
            opening="",
            closing="",
            recipients="",
            drafted_at=MORNING,
            drafted_by_id=council.person("minh"),
            number_id=number_id,
            issued_on=date(2026, 11, 24),
            issued_at=MORNING,
            **values,
        )
    )
    council.write(
        *(NoticeLine(notice_id=document_id, item_id=item_id, position=place, text=text) for place, text in enumerate(lines, 1))
    )
    return document_id


def task_of(council: Council, document_id: int, **values: Any) -> int:
    """The task that the first line of a document gave to the unit kinh_te."""
    line = council.one(select(NoticeLine).where(NoticeLine.notice_id == document_id).order_by(NoticeLine.position))
    notice = council.one(select(Notice).where(Notice.id == document_id))
    meeting = council.one(select(Meeting).where(Meeting.id == notice.meeting_id))
    wanted = {"due_on": date(2026, 12, 31), "state": "assigned", **values}
    (task_id,) = council.write(
        Task(
            body_id=meeting.body_id,
            meeting_id=meeting.id,
            notice_id=document_id,
            line_id=line.id,
            text=line.text,
            lead_unit_id=council.unit("kinh_te"),
            assigned_at=MORNING,
            **wanted,
        )
    )
    return task_id


def promise_on(council: Council, item_id: int, state: str = "open") -> int:
    """A promise made while the questions on an item were answered."""
    meeting_id, person = meeting_of(council, item_id), council.person("truong")
    (group_id,) = council.write(
        QuestionGroup(meeting_id=meeting_id, item_id=item_id, title="Nhóm 1", respondent_id=person, position=1, state="ended")
    )
    body_id = council.one(select(Meeting.body_id).where(Meeting.id == meeting_id))
    (promise_id,) = council.write(
        Promise(
            body_id=body_id,
            meeting_id=meeting_id,
            group_id=group_id,
            person_id=person,
            text="Trình phương án trong quý I",
            due_on=date(2027, 3, 31),
            state=state,
            made_at=MORNING,
            noted_by_id=council.person("minh"),
        )
    )
    return promise_id


def round_on(council: Council, item_id: int) -> int:
    """A decided written round that was reported on an item."""
    meeting = council.one(select(Meeting).where(Meeting.id == meeting_of(council, item_id)))
    (round_id,) = council.write(
        OpinionRound(
            body_id=meeting.body_id,
            title="Lấy ý kiến về dự toán",
            options=["for", "against"],
            rule="more_than_half_of_total",
            tie="none",
            ground="urgent",
            due_at=MORNING,
            state="decided",
            officer_id=council.person("minh"),
            wanted=[],
            decision="approved",
            reported_meeting_id=meeting.id,
            reported_item_id=item_id,
            reported_at=MORNING,
            created_by_id=council.person("minh"),
            created_at=MORNING,
            sent_at=MORNING - timedelta(days=9),
        )
    )
    return round_id


def minutes_on(council: Council, item_id: int, said: str = "Hội nghị thống nhất.", state: str = "signed") -> int:
    """Minutes of the item's meeting that say something of the item."""
    title = council.one(select(Item.title).where(Item.id == item_id))
    text = f"I. THÀNH PHẦN\n1. Có mặt: 3/3 thành viên.\n\nII. DIỄN BIẾN\n\n1. {title} (8 giờ 00)\n{said}\n\nIII. KẾT THÚC\nHết."
    return council.write(Minutes(meeting_id=meeting_of(council, item_id), state=state, text=text, drafted_at=MORNING))[0]


def opinion_on(council: Council, item_id: int, who: str = "hoa", **values: Any) -> int:
    """What somebody wrote on an item."""
    place = {"meeting_id": meeting_of(council, item_id), "item_id": item_id, "person_id": council.person(who)}
    return council.write(Opinion(text="Cần bổ sung dự phòng", at=MORNING, **place, **values))[0]


def everything_on(council: Council, item_id: int) -> dict[str, int]:
    """Something of every kind on one item."""
    notice = document_on(council, item_id, "Giao Phòng Kinh tế hoàn thiện dự toán.", "Thống nhất chủ trương.")
    return {
        "paper": paper_on(council, item_id, versions=2),
        "vote": vote_on(council, item_id),
        "notice": notice,
        "resolution": document_on(council, item_id, family="decision"),
        "task": task_of(council, notice),
        "promise": promise_on(council, item_id),
        "round": round_on(council, item_id),
        "minutes": minutes_on(council, item_id),
        "opinion": opinion_on(council, item_id),
    }


def life(council: Council, who: str, item_id: int) -> Life | None:
    """The life as somebody meets it; None: there is no such thing."""
    with database.reading() as session:
        try:
            return lives.life_of(session, council.actor(who), item_id, suggest=True)
        except Missing:
            return None


def days(found: Life | None) -> list[int]:
    """The items of its meetings in order."""
    return [step.item.id for step in found.steps] if found else []
