"""Each kind of thing that can be found, and who finds it: papers, minutes, tasks, votes, opinions."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import database, jobs
from meeting.conclusions.models import Minutes, NoticeLine
from meeting.discussion.models import Opinion
from meeting.documents.models import File, Page, packed
from meeting.materials.models import Requirement, Submission
from meeting.permissions import SYSTEM
from meeting.search.finding.queries import Found
from meeting.search.language.wanted import read
from meeting.search.models import Passage
from meeting.search.preview import boxes_of
from meeting.tasks.models import Task
from meeting.voting.models import Question, Result
from meeting.writer import perform
from tests.conftest import MORNING, Council

Find = Callable[..., Found]
Feed = Callable[..., None]
PAGES = ("Báo cáo công tác thoát nước.", "Phương hướng: nạo vét mương thoát nước.")


def paper(council: Council, meeting_id: int, state: str = "accepted", file_state: str = "ready", item: int | None = None) -> int:
    """A paper of the unit kinh_te with two pages; returns its file's id."""
    (file_id,) = council.write(
        File(
            sha256=f"{meeting_id:064d}",
            name="bao-cao.pdf",
            media_type="application/pdf",
            size_bytes=9,
            uploaded_by=council.person("dung"),
            uploaded_at=MORNING,
            state=file_state,
            page_count=2,
            pages_done=2,
        )
    )
    council.write(
        *(
            Page(file_id=file_id, number=number, width=595, height=842, text=text, boxes=packed([]), source="text")
            for number, text in enumerate(PAGES, start=1)
        )
    )
    (requirement_id,) = council.write(
        Requirement(
            meeting_id=meeting_id,
            item_id=item,
            unit_id=council.unit("kinh_te"),
            what="Báo cáo",
            due_at=MORNING,
            asked_by=council.person("minh"),
            asked_at=MORNING,
            state=state if state != "sent" else "submitted",
            first_received_at=MORNING,
            first_late_minutes=0,
        )
    )
    council.write(
        Submission(
            requirement_id=requirement_id,
            number=1,
            file_id=file_id,
            received_at=MORNING,
            sent_by=council.person("dung"),
            late_minutes=0,
            state=state,
            published_at=MORNING if state == "accepted" else None,
        )
    )
    return file_id


def finders(find: Find, typed: str, kind: str) -> set[str]:
    """Who of the cast finds something of the kind."""
    cast = ("lan", "hung", "minh", "van", "hoa", "dung", "truong", "khach", "admin")
    return {username for username in cast if any(hit.passage.kind == kind for hit in find(username, typed).hits)}


def test_an_accepted_paper_is_found_at_its_pages(council: Council, feed: Feed, find: Find, api: Callable[..., Any]) -> None:
    meeting_id = council.meeting()
    file_id = paper(council, meeting_id)
    feed(meeting_id, kinds=("paper",))

    (hit,) = find("hoa", "thoát nước").hits

    assert [(place.page, place.hits) for place in hit.places] == [(1, 1), (2, 1)]
    _, answer = api("hoa").get("/search?q=nạo vét")
    assert answer["data"][0]["page"] == 2
    assert answer["data"][0]["url"].startswith(f"/documents/{file_id}?page=2")
    assert finders(find, "thoát nước", "paper") == {"hung", "minh", "van", "hoa", "dung", "truong"}


def test_a_paper_that_waits_is_found_by_desk_and_unit_only(council: Council, feed: Feed, find: Find) -> None:
    meeting_id = council.meeting()
    paper(council, meeting_id, state="sent")
    feed(meeting_id, kinds=("paper",))

    assert finders(find, "thoát nước", "paper") == {"hung", "minh", "van", "dung", "truong"}


def test_a_guest_of_another_item_does_not_find_the_paper(council: Council, feed: Feed, find: Find) -> None:
    meeting_id = council.meeting()
    first, second, _ = council.items(meeting_id)
    paper(council, meeting_id, item=first)
    council.invite(meeting_id, "khach", item_ids=[second])
    feed(meeting_id, kinds=("paper", "item"))

    assert "khach" not in finders(find, "thoát nước", "paper")
    assert find("khach", "Nội dung 2").total == 1


def test_a_refused_file_is_found_no_more(council: Council, feed: Feed, find: Find) -> None:
    meeting_id = council.meeting()
    file_id = paper(council, meeting_id)
    feed(meeting_id, kinds=("paper",))
    assert find("hoa", "thoát nước").total == 1

    council.update(File, file_id, state="refused")

    assert find("hoa", "thoát nước").total == 0  # at once, before the worker took the passages away
    feed(meeting_id, kinds=("paper",))
    assert council.all(select(Passage.id).where(Passage.kind == "paper", ~Passage.gone)) == []


@pytest.mark.parametrize(("state", "who"), [("draft", {"hung", "minh", "van"}), ("signed", {"hung", "minh", "van", "hoa"})])
def test_minutes_are_found_by_who_may_read_them(council: Council, feed: Feed, find: Find, state: str, who: set[str]) -> None:
    meeting_id = council.meeting(state="held")
    text = "I. THỜI GIAN\n1. Nội dung một\nÔng Hùng phát biểu về thoát nước."
    council.write(Minutes(meeting_id=meeting_id, state=state, text=text, drafted_at=MORNING))
    feed(meeting_id, kinds=("minutes",))

    assert finders(find, "thoát nước", "minutes") == who


def test_a_unit_finds_its_task_though_not_the_meeting(
    council: Council, feed: Feed, find: Find, notice: Callable[..., int]
) -> None:
    meeting_id = council.meeting("HĐND", state="held")
    notice_id = notice("Nạo vét mương thoát nước.", body="HĐND", meeting_id=meeting_id)
    line_id = council.one(select(NoticeLine.id).where(NoticeLine.notice_id == notice_id))
    council.write(
        Task(
            body_id=council.body("HĐND"),
            meeting_id=meeting_id,
            notice_id=notice_id,
            line_id=line_id,
            text="Nạo vét mương thoát nước.",
            lead_unit_id=council.unit("kinh_te"),
            assigned_at=MORNING,
        )
    )
    feed(meeting_id, kinds=("task",))

    assert finders(find, "nạo vét", "task") == {"lan", "minh", "van", "hoa", "dung", "truong"}


def test_a_vote_is_found_once_its_result_is_published(council: Council, feed: Feed, find: Find) -> None:
    meeting_id = council.meeting(state="in_session")
    item = council.items(meeting_id)[0]
    (question_id,) = council.write(
        Question(
            meeting_id=meeting_id,
            item_id=item,
            title="Thông qua đề án thoát nước",
            kind="open",
            rule="more_than_half",
            tie="none",
            options=["for", "against"],
            state="published",
            prepared_by=council.person("minh"),
            prepared_at=MORNING,
        )
    )
    counts = {"for": 2, "against": 1}
    _result(council, question_id, counts)
    feed(meeting_id, kinds=("question",))
    assert "hoa" in finders(find, "đề án thoát nước", "question")

    council.update(Question, question_id, state="cancelled")  # it was never opened: the desk's own affair again

    assert finders(find, "đề án thoát nước", "question") == {"hung", "minh"}


def _result(council: Council, question_id: int, counts: dict[str, int]) -> None:
    with Session(database.database().writing) as session:
        session.add(
            Result(
                question_id=question_id,
                counts=counts,
                total=3,
                present=3,
                cast=3,
                base="total",
                base_count=3,
                needed=2,
                passed=True,
            )
        )
        session.commit()


def test_a_withdrawn_opinion_is_found_no_more(council: Council, feed: Feed, find: Find) -> None:
    meeting_id = council.meeting()
    (opinion_id,) = council.write(
        Opinion(meeting_id=meeting_id, person_id=council.person("hoa"), text="Cần thêm kinh phí thoát nước", at=MORNING)
    )
    feed(meeting_id, kinds=("opinion",))
    assert find("tuan", "kinh phí thoát nước").total == 1

    council.update(Opinion, opinion_id, withdrawn_at=MORNING)

    assert find("tuan", "kinh phí thoát nước").total == 0


def test_pages_that_are_read_later_feed_search_by_themselves(council: Council, find: Find) -> None:
    meeting_id = council.meeting()
    file_id = paper(council, meeting_id, file_state="reading")

    perform(SYSTEM, "documents.ready", {"file_id": file_id})
    jobs.run_waiting()

    assert find("hoa", "nạo vét").total == 1


def test_the_words_found_are_boxed_on_the_picture() -> None:
    words: list[list[Any]] = [
        [10, 10, 20, 20, "Nạo"],
        [21, 10, 30, 20, "vét"],
        [31, 10, 40, 20, "mương,"],
        [41, 10, 50, 20, "thoát"],
    ]

    assert boxes_of(words, read("vet muong")) == [[21, 10, 40, 20]]
    assert boxes_of(words, read("cống")) == []


@pytest.mark.parametrize(
    ("state", "stands", "who"),
    [
        ("draft", "draft", {"hung", "minh", "van", "dung", "truong"}),
        ("issued", "upcoming", {"hung", "minh", "van", "hoa", "dung", "truong"}),
        ("paused", "running", {"hung", "minh", "van", "hoa", "dung", "truong"}),
        ("archived", "held", {"hung", "minh", "van", "hoa", "dung", "truong"}),
        ("cancelled", "cancelled", {"hung", "minh", "van", "hoa", "dung", "truong"}),
    ],
)
def test_a_meeting_is_found_by_place_chair_and_kind(
    council: Council, feed: Feed, find: Find, state: str, stands: str, who: set[str]
) -> None:
    meeting_id = council.meeting(state=state, items=0)
    feed(meeting_id, kinds=("meeting",))

    for typed in ("phòng họp 1", "đỗ mạnh hùng", "phiên họp thường kỳ"):
        assert finders(find, typed, "meeting") == who, typed
    (hit,) = find("minh", "phòng họp 1", kind="meeting").hits
    assert (hit.passage.source_id, hit.passage.state, hit.passage.person_id) == (meeting_id, stands, council.person("hung"))
