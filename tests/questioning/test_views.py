"""The pages and resources of questioning: who reads what, the register with its filters, the table for Excel."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.questioning import screens
from meeting.speaking.models import Floor
from tests.conftest import MORNING, Council
from tests.questioning.conftest import Chamber, Do

Api = Callable[[str], Any]
Client = Callable[[str], Any]


@pytest.fixture(autouse=True)
def morning(at: Callable[..., None]) -> None:
    """The day of the sitting."""
    at(MORNING + timedelta(hours=6))


def note(chamber: Chamber, do: Do, text: str, due: str, who: str = "truong") -> int:
    person = chamber.council.person(who)
    made = do("minh", "questioning.note_promise", meeting_id=chamber.meeting, text=text, due_on=due, person_id=person)
    return int(made["promise_id"])


@pytest.fixture
def three(chamber: Chamber, do: Do) -> list[int]:
    """One promise due soon, one later, one kept."""
    found = [
        note(chamber, do, text, due)
        for text, due in (("Ngõ 91", "2026-11-25"), ("Ngõ 93", "2026-12-30"), ("Ngõ 95", "2026-12-01"))
    ]
    do("minh", "questioning.keep_promise", promise_id=found[2], note="=Xong")
    return found


def test_register_by_filter_for_those_inside(chamber: Chamber, three: list[int], api: Api) -> None:
    def read(who: str, query: str = "") -> list[str]:
        return [each["text"] for each in api(who).get(f"/promises{query}")[1]["data"]]

    assert read("hoa") == ["Ngõ 91", "Ngõ 93", "Ngõ 95"]  # open ones by due date, then closed ones
    assert read("hoa", "?state=due_soon") == ["Ngõ 91"]
    assert read("hoa", "?state=kept") == ["Ngõ 95"]
    assert read("hoa", "?state=overdue") == []
    assert read("dung", "?q=ngo 93") == ["Ngõ 93"]  # the unit's officer serves the body
    assert read("hoa", f"?person={chamber.council.person('lan')}") == []
    assert read("hoa", f"?meeting={chamber.meeting}&body=HĐND") == ["Ngõ 91", "Ngõ 93", "Ngõ 95"]
    assert read("hung") == []  # no role in the HĐND
    assert read("khach") == read("admin") == []
    assert api("hung").get(f"/promises/{three[0]}")[0] == 404
    found = api("truong").get(f"/promises/{three[2]}")[1]
    assert (found["standing"], found["kept_note"], found["person"]["name"]) == ("kept", "=Xong", "Ông Cao Xuân Trường")


def test_guest_knows_only_his_own_promise(chamber: Chamber, council: Council, do: Do, three: list[int], api: Api) -> None:
    council.invite(chamber.meeting, "khach")
    own = note(chamber, do, "Của khách", "2026-12-30", "khach")
    assert [each["id"] for each in api("khach").get("/promises")[1]["data"]] == [own]
    assert api("khach").get(f"/promises/{three[0]}")[0] == 404
    do("khach", "questioning.answer_promise", promise_id=own, agrees=True)


def test_pages_open(chamber: Chamber, three: list[int], client: Client, do: Do) -> None:
    chamber.group()
    question = chamber.question("hoa", "Bằng văn bản", addressee_id=chamber.council.person("truong"), written=True)
    do("minh", "questioning.to_writing", floor_id=question)

    page = client("minh").get("/promises").text
    assert "Ngõ 91" in page
    assert "Ngõ 95" in page
    assert "Ngõ 95" not in client("minh").get("/promises?state=open").text
    assert "Bằng văn bản" in client("truong").get("/promises?view=written").text
    assert 'data-act="questioning.written_answer"' in client("minh").get("/promises?view=written").text
    assert 'data-act="questioning.keep_promise"' in client("minh").get(f"/promises/{three[0]}").text
    assert 'data-act="questioning.keep_promise"' not in client("hoa").get(f"/promises/{three[0]}").text
    assert "questioning.answer_promise" in client("truong").get(f"/promises/{three[0]}").text
    assert client("hung").get(f"/promises/{three[0]}").status_code == 404
    assert client("hung").get(f"/meetings/{chamber.meeting}/questions").status_code == 404
    assert "questioning.make_group" in client("minh").get(f"/meetings/{chamber.meeting}/questions").text
    assert "Ngõ 91" in client("truong").get("/").text  # to be confirmed


def test_table_for_excel_takes_the_same_filters_and_holds_no_formula(three: list[int], client: Client) -> None:
    answer = client("minh").get("/promises.xlsx?state=kept")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][6], len(rows)) == ("Nội dung lời hứa", 2)
    assert (rows[1][6], rows[1][9], rows[1][11]) == ("Ngõ 95", "Đã thực hiện", "'=Xong")


def test_questions_are_read_by_author_respondent_and_desk_until_they_are_put(
    ahead: Chamber, api: Api, client: Client, do: Do
) -> None:
    group = ahead.group()
    ahead.question("hoa", "Câu của Hoa", group_id=group)

    def read(who: str) -> list[str]:
        groups = api(who).get(f"/meetings/{ahead.meeting}/questions")[1]["data"]
        return [each["text"] for each in groups[0]["questions"]]

    assert read("hoa") == read("truong") == read("minh") == read("lan") == ["Câu của Hoa"]
    assert read("tuan") == []
    assert "Câu của Hoa" not in client("tuan").get(f"/meetings/{ahead.meeting}/questions").text
    assert api("khach").get(f"/meetings/{ahead.meeting}/questions")[0] == 404
    assert "Trật tự đô thị" in client("tuan").get(f"/meetings/{ahead.meeting}").text


def test_next_meeting_shows_what_is_due_by_then(chamber: Chamber, council: Council, three: list[int], client: Client) -> None:
    soon = council.meeting("HĐND", starts_at=clock.now() + timedelta(days=10))
    page = client("hoa").get(f"/meetings/{soon}").text
    assert "Ngõ 91" in page
    assert "Ngõ 93" not in page  # due later
    assert "Ngõ 95" not in page  # kept
    other = council.meeting("UBND", starts_at=clock.now() + timedelta(days=10))
    assert "Ngõ 91" not in client("hoa").get(f"/meetings/{other}").text
    assert council.one(select(Meeting.state).where(Meeting.id == soon)) == "issued"


def test_acts_over_the_api(chamber: Chamber, api: Api) -> None:
    truong = chamber.council.person("truong")
    status, asked = api("hoa").act("questioning.ask", meeting_id=chamber.meeting, text="Ngõ 91", addressee_id=truong)
    assert (status, asked["position"]) == (200, 1)
    assert api("khach").act("questioning.agree", group_id=1)[0] == 404
    assert api("hoa").act("questioning.ask", meeting_id=chamber.meeting, text="")[0] == 422
    assert chamber.council.one(select(Floor.subject).where(Floor.id == asked["floor_id"])) == "Ngõ 91"


def test_minutes_tell_questions_answers_and_promises(chamber: Chamber, do: Do, client: Client) -> None:
    group, _ = chamber.answered("hoa")
    do("minh", "questioning.note_promise", meeting_id=chamber.meeting, text="Xong trước Tết", due_on="2026-12-30")
    do("lan", "questioning.end_group", group_id=group)
    do("lan", "live.close", meeting_id=chamber.meeting)

    page = client("minh").get(f"/meetings/{chamber.meeting}/minutes").text
    assert "chất vấn Ông Cao Xuân Trường" in page
    assert "trả lời chất vấn của Ông Phan Thị Hoa" in page
    assert "cam kết: “Xong trước Tết”" in page


def test_a_limited_guest_reads_the_questions_of_the_own_items_only(chamber: Chamber, council: Council, do: Do, api: Api) -> None:
    council.invite(chamber.meeting, "khach", item_ids=[chamber.other_item])
    chamber.put(chamber.question("hoa", "Câu hỏi của nội dung khác", addressee_id=council.person("truong")))
    chamber.group("Nhóm của nội dung khác", "truong", item_id=chamber.item)
    chamber.group("Nhóm của mình", "khach", item_id=chamber.other_item)

    (_, told), (_, whole) = (api(who).get(f"/meetings/{chamber.meeting}/questions") for who in ("khach", "tuan"))

    assert ([each["title"] for each in told["data"]], told["loose"]) == (["Nhóm của mình"], [])
    with database.reading() as session:
        meeting = session.get_one(Meeting, chamber.meeting)
        card = screens.questions_card(session, council.actor("khach"), meeting)
    assert [each.title for each in card["groups"]] == ["Nhóm của mình"]
    assert [each["text"] for each in whole["loose"]] == ["Câu hỏi của nội dung khác"]
