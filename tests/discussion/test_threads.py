"""Replies, marks of agreement, what is hidden, opinions on pages, and what can be taken away."""

import io
import zipfile
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from meeting import database
from meeting.acts import parse
from meeting.agenda.models import Meeting
from meeting.batch import Waiting
from meeting.discussion.models import Agreement, Opinion
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import state
from meeting.materials.models import Requirement
from meeting.writer import writer
from tests.conftest import Council, Program
from tests.counting import asked
from tests.materials.conftest import Desk
from tests.materials.conftest import desk as desk  # noqa: PLC0414 - the fixture
from tests.materials.handing import hand_in

Do = Callable[..., dict[str, Any]]


@pytest.fixture
def held(council: Council, do: Do) -> tuple[int, int]:
    """A meeting in session with one opinion of Hoa on its first item."""
    found = council.meeting(state="in_session")
    posted = do("hoa", "discussion.post", meeting_id=found, item_id=council.items(found)[0], text="Đề nghị làm rõ")
    return found, int(posted["comment_id"])


def joined(council: Council, username: str, meeting_id: int) -> dict[str, Any]:
    with database.reading() as session:
        return state.joined(session, meeting_id, council.actor(username))


def shown(council: Council, username: str, meeting_id: int) -> list[dict[str, Any]]:
    comments: list[dict[str, Any]] = joined(council, username, meeting_id)["state"]["discussion"]["comments"]
    return comments


def told(council: Council, meeting_id: int, name: str) -> list[Any]:
    wanted = select(Entry.facts).where(Entry.chain == meeting_id, Entry.event == name).order_by(Entry.seq)
    return list(council.all(wanted))


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


class TestReplies:
    def test_a_reply_stands_under_its_opinion_and_on_its_item(self, council: Council, do: Do, held: tuple[int, int]) -> None:
        found, opinion = held

        reply = do("tuan", "discussion.post", meeting_id=found, parent_id=opinion, text="Xin tiếp thu")["comment_id"]

        (line,) = shown(council, "hung", found)
        assert [(each["id"], each["text"], each["parent_id"]) for each in line["replies"]] == [(reply, "Xin tiếp thu", opinion)]
        assert council.one(select(Opinion.item_id).where(Opinion.id == reply)) == council.items(found)[0]
        assert told(council, found, "discussion.opinion_posted")[-1]["parent_id"] == opinion

    def test_a_reply_has_no_replies(self, council: Council, do: Do, held: tuple[int, int]) -> None:
        found, opinion = held
        reply = do("tuan", "discussion.post", meeting_id=found, parent_id=opinion, text="Xin tiếp thu")["comment_id"]

        assert refusal(do, "hoa", "discussion.post", meeting_id=found, parent_id=reply, text="…") == "reply_to_reply"

    def test_only_what_stands_is_answered(self, council: Council, do: Do, held: tuple[int, int]) -> None:
        found, opinion = held
        other = council.meeting(state="in_session")

        assert refusal(do, "tuan", "discussion.post", meeting_id=other, parent_id=opinion, text="…") == "not_found"
        do("minh", "discussion.hide", comment_id=opinion, reason="Lạc đề")
        assert refusal(do, "tuan", "discussion.post", meeting_id=found, parent_id=opinion, text="…") == "opinion_hidden"

    def test_taken_back_with_replies_it_keeps_its_place_without_words(
        self, council: Council, do: Do, held: tuple[int, int]
    ) -> None:
        found, opinion = held
        do("tuan", "discussion.post", meeting_id=found, parent_id=opinion, text="Xin tiếp thu")
        do("hoa", "discussion.withdraw", comment_id=opinion)

        (line,) = shown(council, "minh", found)
        assert (line["gone"], line["text"], line["replies"][0]["text"]) == (True, "", "Xin tiếp thu")
        assert refusal(do, "tuan", "discussion.post", meeting_id=found, parent_id=opinion, text="…") == "opinion_withdrawn"


class TestMarks:
    def test_each_agrees_once_and_may_take_it_back(self, council: Council, do: Do, held: tuple[int, int]) -> None:
        found, opinion = held

        for _ in range(2):
            do("tuan", "discussion.agree", comment_id=opinion)
        do("hung", "discussion.agree", comment_id=opinion)
        assert shown(council, "hoa", found)[0]["agrees"] == 2
        assert joined(council, "tuan", found)["me"]["discussion"]["agreed"] == [opinion]
        for _ in range(2):
            do("tuan", "discussion.disagree", comment_id=opinion)

        assert shown(council, "hoa", found)[0]["agrees"] == 1
        assert len(told(council, found, "discussion.opinion_agreed")) == 2
        assert told(council, found, "discussion.opinion_disagreed") == [{"comment_id": opinion}]

    def test_one_does_not_agree_with_oneself_nor_with_what_does_not_stand(self, do: Do, held: tuple[int, int]) -> None:
        _, opinion = held

        assert refusal(do, "hoa", "discussion.agree", comment_id=opinion) == "own_opinion"
        assert refusal(do, "minh", "discussion.agree", comment_id=opinion) == "forbidden"
        assert refusal(do, "khach", "discussion.agree", comment_id=opinion) == "not_found"
        do("hoa", "discussion.withdraw", comment_id=opinion)
        assert refusal(do, "tuan", "discussion.agree", comment_id=opinion) == "opinion_withdrawn"

    def test_marks_are_closed_with_the_meeting(self, council: Council, do: Do, held: tuple[int, int]) -> None:
        found, opinion = held
        council.update(Meeting, found, state="held")

        assert refusal(do, "tuan", "discussion.agree", comment_id=opinion) == "discussion_closed"
        assert refusal(do, "tuan", "discussion.disagree", comment_id=opinion) == "discussion_closed"

    def test_many_taps_are_taken_together(self, council: Council, held: tuple[int, int]) -> None:
        found, opinion = held
        taps: deque[Waiting] = deque()
        for number, name in enumerate(("tuan", "hung", "khach", "hoa")):
            act, model = parse("discussion.agree", {"comment_id": opinion})
            taps.append(Waiting(council.actor(name), act, model, f"r-{number}", f"d-{number}"))
        together = list(taps)

        while taps:
            writer._batch(taps)

        assert [each.answer.status for each in together if each.answer] == [200, 200, 404, 409]
        assert set(council.all(select(Agreement.person_id))) == {council.person("tuan"), council.person("hung")}
        assert len(told(council, found, "discussion.opinion_agreed")) == 2


class TestHiding:
    def test_others_see_that_it_is_hidden_its_author_why(self, council: Council, do: Do, held: tuple[int, int]) -> None:
        found, opinion = held

        do("hung", "discussion.hide", comment_id=opinion, reason="Không thuộc nội dung này")

        (others,), (desk,) = shown(council, "tuan", found), shown(council, "minh", found)
        assert (others["hidden"], others["text"], others["reason"]) == (True, "", "")
        assert (desk["hidden"], desk["text"], desk["reason"]) == (True, "Đề nghị làm rõ", "Không thuộc nội dung này")
        own = {"id": opinion, "text": "Đề nghị làm rõ", "reason": "Không thuộc nội dung này"}
        assert joined(council, "hoa", found)["me"]["discussion"]["hidden"] == [own]
        assert joined(council, "tuan", found)["me"]["discussion"]["hidden"] == []
        assert told(council, found, "discussion.opinion_hidden")[0]["reason"] == "Không thuộc nội dung này"

    def test_it_is_shown_again(self, council: Council, do: Do, held: tuple[int, int]) -> None:
        found, opinion = held
        do("hung", "discussion.hide", comment_id=opinion, reason="Nhầm")

        do("minh", "discussion.show_again", comment_id=opinion)

        assert shown(council, "tuan", found)[0]["text"] == "Đề nghị làm rõ"
        assert told(council, found, "discussion.opinion_shown") == [{"comment_id": opinion, "person_id": council.person("hoa")}]

    def test_who_may_and_when(self, council: Council, do: Do, held: tuple[int, int]) -> None:
        found, opinion = held
        hide, again = "discussion.hide", "discussion.show_again"

        assert refusal(do, "minh", hide, comment_id=opinion) == "reason_needed"
        assert refusal(do, "minh", hide, comment_id=opinion, reason="  ") == "reason_needed"
        assert refusal(do, "tuan", hide, comment_id=opinion, reason="X") == "forbidden"
        assert refusal(do, "khach", hide, comment_id=opinion, reason="X") == "not_found"
        assert refusal(do, "minh", again, comment_id=opinion) == "opinion_stands"
        assert refusal(do, "tuan", again, comment_id=opinion) == "forbidden"
        do("minh", hide, comment_id=opinion, reason="X")
        assert refusal(do, "minh", hide, comment_id=opinion, reason="X") == "opinion_withdrawn"
        assert refusal(do, "hoa", "discussion.withdraw", comment_id=opinion) == "opinion_withdrawn"
        council.update(Meeting, found, state="held")
        assert refusal(do, "minh", again, comment_id=opinion) == "opinion_in_minutes"

    def test_what_its_author_took_back_is_not_shown_again(self, do: Do, held: tuple[int, int]) -> None:
        _, opinion = held
        do("hoa", "discussion.withdraw", comment_id=opinion)

        assert refusal(do, "minh", "discussion.show_again", comment_id=opinion) == "opinion_withdrawn"


@pytest.fixture
def paper(desk: Desk) -> int:
    """A published paper of the desk's meeting with two pages."""
    return hand_in(desk, "Trang 1", "Trang 2")


class TestPages:
    def test_an_opinion_on_a_page_belongs_to_the_papers_item(self, council: Council, do: Do, desk: Desk, paper: int) -> None:
        answer = do("hoa", "discussion.post", meeting_id=desk.meeting_id, document_id=paper, page=2, text="Sai số")

        kept = council.one(select(Opinion).where(Opinion.id == answer["comment_id"]))
        (line,) = shown(council, "tuan", desk.meeting_id)
        assert (kept.document_id, kept.page, kept.item_id) == (paper, 2, council.items(desk.meeting_id)[1])
        assert (line["document_id"], line["page"], line["paper"]) == (paper, 2, "Tờ trình dự toán ngân sách năm 2027")

    def test_who_may_not_read_the_paper_reads_no_opinion_on_it(
        self, council: Council, do: Do, desk: Desk, paper: int, api: Callable[[str], Program]
    ) -> None:
        opinion = do("hoa", "discussion.post", meeting_id=desk.meeting_id, document_id=paper, page=1, text="Sai số")["comment_id"]
        council.invite(desk.meeting_id, "khach")
        council.update(Requirement, desk.requirement_id, audience="members")
        post = {"meeting_id": desk.meeting_id, "document_id": paper, "page": 1, "text": "…"}

        assert refusal(do, "khach", "discussion.post", **post) == "not_found"
        assert refusal(do, "khach", "discussion.agree", comment_id=opinion) == "not_found"
        assert refusal(do, "khach", "discussion.post", meeting_id=desk.meeting_id, parent_id=opinion, text="…") == "not_found"
        assert shown(council, "khach", desk.meeting_id) == []
        assert api("khach").get(f"/meetings/{desk.meeting_id}/comments")[1]["data"] == []
        assert len(api("hoa").get(f"/meetings/{desk.meeting_id}/comments?document_id={paper}&page=1")[1]["data"]) == 1

    def test_pages_that_are_not_there(self, do: Do, desk: Desk, paper: int) -> None:
        post = ("hoa", "discussion.post")
        meeting = {"meeting_id": desk.meeting_id, "text": "…"}

        assert refusal(do, *post, **meeting, document_id=paper, page=99) == "opinion_page_unknown"
        assert refusal(do, *post, **meeting, page=1) == "opinion_page_alone"
        assert refusal(do, *post, **meeting, document_id=paper + 1000, page=1) == "not_found"

    def test_a_paper_of_another_meeting_is_not_known(self, council: Council, do: Do, paper: int) -> None:
        other = council.meeting()

        assert refusal(do, "hoa", "discussion.post", meeting_id=other, document_id=paper, page=1, text="…") == "not_found"


def test_reading_through_the_api(council: Council, do: Do, held: tuple[int, int], api: Callable[[str], Program]) -> None:
    found, opinion = held
    do("tuan", "discussion.post", meeting_id=found, parent_id=opinion, text="Xin tiếp thu")
    assert api("tuan").act("discussion.agree", comment_id=opinion)[0] == 200

    _, read = api("hung").get(f"/meetings/{found}/comments")

    assert [(row["agrees"], [reply["text"] for reply in row["replies"]]) for row in read["data"]] == [(1, ["Xin tiếp thu"])]
    assert api("khach").act("discussion.agree", comment_id=opinion)[0] == 404


class TestExport:
    def test_as_a_table(self, council: Council, do: Do, held: tuple[int, int], client: Callable[[str], Any]) -> None:
        found, opinion = held
        do("tuan", "discussion.post", meeting_id=found, parent_id=opinion, text="=SUM(A1)")
        do("tuan", "discussion.agree", comment_id=opinion)
        do("minh", "discussion.hide", comment_id=opinion, reason="Lạc đề")

        desk = load_workbook(io.BytesIO(client("minh").get(f"/meetings/{found}/opinions.xlsx").data)).active
        other = load_workbook(io.BytesIO(client("tuan").get(f"/meetings/{found}/opinions.xlsx").data)).active

        assert desk is not None
        assert other is not None
        lines = list(desk.iter_rows(min_row=4, values_only=True))
        assert lines[0][7:10] == ("Đề nghị làm rõ", 1, "Lạc đề")
        assert "=SUM(A1)" in str(lines[1][7])
        assert not str(lines[1][7]).startswith("=")
        said = [str(line[7]) for line in other.iter_rows(min_row=4, values_only=True)]
        assert "Đề nghị làm rõ" not in " ".join(said)
        assert client("khach").get(f"/meetings/{found}/opinions.xlsx").status_code == 404

    def test_as_a_text(self, council: Council, do: Do, held: tuple[int, int], client: Callable[[str], Any]) -> None:
        found, _ = held
        do("tuan", "discussion.post", meeting_id=found, text="Ngân sách < chi & thu")

        sent = client("hoa").get(f"/meetings/{found}/opinions.docx").data

        with zipfile.ZipFile(io.BytesIO(sent)) as packed:
            words = packed.read("word/document.xml").decode()
        assert "Đề nghị làm rõ" in words
        assert "Ngân sách &lt; chi &amp; thu" in words


def statements(call: Callable[[], Any]) -> int:
    """How many statements a call sends to the store."""
    with asked() as sent:
        call()
    return len(sent)


def test_long_lists_cost_the_same(council: Council, held: tuple[int, int]) -> None:
    found, opinion = held
    person, moment = council.person("tuan"), datetime(2026, 11, 24, 2, tzinfo=UTC)
    before = statements(lambda: shown(council, "tuan", found))

    under = [opinion if number % 3 == 0 else None for number in range(120)]
    council.write(*(Opinion(meeting_id=found, person_id=person, text="Ý kiến", at=moment, parent_id=parent) for parent in under))

    assert len(shown(council, "tuan", found)) == 60
    assert joined(council, "tuan", found)["state"]["discussion"]["older"]
    assert statements(lambda: shown(council, "tuan", found)) <= before
