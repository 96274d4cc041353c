"""One's own calendar and that of one's unit: what is in them, what can be found, what is not in them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item, Meeting
from tests.conftest import Council, Program
from tests.counting import asked

Client = Callable[[str], FlaskClient]
Api = Callable[[str], Program]


def titles(api: Api, username: str, query: str = "", path: str = "/calendar") -> list[str]:
    status, heard = api(username).get(f"{path}?{query}")
    assert status == 200
    return [each["title"] for each in heard["data"]]


@pytest.fixture
def three(council: Council) -> list[int]:
    """A meeting held, one tomorrow, one in forty days."""
    made = []
    for days, state, title in (
        (-20, "held", "Giao ban tháng 10"),
        (1, "issued", "Phiên họp ngân sách"),
        (40, "issued", "Tổng kết năm"),
    ):
        meeting_id = council.meeting(starts_at=clock.now() + timedelta(days=days), state=state)
        council.update(Meeting, meeting_id, title=title)
        made.append(meeting_id)
    return made


def test_upcoming_and_past_are_told_apart(three: list[int], api: Api) -> None:
    assert titles(api, "hoa", "when=upcoming") == ["Phiên họp ngân sách", "Tổng kết năm"]
    assert titles(api, "hoa", "when=past") == ["Giao ban tháng 10"]


def test_meetings_are_found_by_word_state_time_and_matter(three: list[int], api: Api, council: Council) -> None:
    council.update(Item, council.items(three[2])[1], title="Khen thưởng cuối năm")
    soon = (clock.today() + timedelta(days=3)).isoformat()

    assert titles(api, "hoa", "q=ngan sach") == ["Phiên họp ngân sách"]
    assert titles(api, "hoa", "q=khen thuong") == ["Tổng kết năm"]
    assert titles(api, "hoa", "state=held") == ["Giao ban tháng 10"]
    assert titles(api, "hoa", f"from={clock.today()}&to={soon}") == ["Phiên họp ngân sách"]
    assert titles(api, "hoa", "q=không có") == []


def test_a_matter_a_guest_is_not_invited_to_is_not_found(three: list[int], api: Api, council: Council) -> None:
    first, second, _ = council.items(three[1])
    council.update(Item, second, title="Nhân sự")
    council.invite(three[1], "khach", item_ids=[first])

    assert titles(api, "khach") == ["Phiên họp ngân sách"]
    assert titles(api, "khach", "q=nhan su") == []
    assert titles(api, "hoa", "q=nhan su") == ["Phiên họp ngân sách"]


def test_one_s_own_calendar_holds_nothing_of_others(council: Council, api: Api) -> None:
    council.meeting("Đảng ủy")
    council.meeting(state="draft")

    assert titles(api, "hoa") == titles(api, "khach") == titles(api, "dung") == []
    assert titles(api, "hung") == ["Phiên họp Đảng ủy", "Phiên họp UBND"]


def test_the_unit_sees_what_it_attends_and_what_it_prepares(council: Council, api: Api) -> None:
    attended, prepared, other = council.meeting(), council.meeting("HĐND"), council.meeting()
    council.invite(attended, "truong")
    council.update(Item, council.items(prepared)[0], unit_id=council.unit("kinh_te"))
    council.update(Meeting, other, title="Không liên quan")

    status, heard = api("dung").get("/calendar/unit")

    assert status == 200
    found = {each["id"]: (each["prepares"], each["attending"]) for each in heard["data"]}
    assert found == {attended: (False, ["Ông Cao Xuân Trường"]), prepared: (True, [])}
    assert titles(api, "dung", "role=attends", "/calendar/unit") == ["Phiên họp UBND"]
    assert titles(api, "dung", "role=prepares", "/calendar/unit") == ["Phiên họp HĐND"]
    assert titles(api, "hoa", "", "/calendar/unit") == []


def test_a_unit_sees_no_meeting_its_reader_may_not_know_of(council: Council, api: Api) -> None:
    meeting_id = council.meeting("Đảng ủy")
    council.update(Item, council.items(meeting_id)[0], unit_id=council.unit("kinh_te"))

    assert titles(api, "dung", "", "/calendar/unit") == []


@pytest.mark.parametrize("view", ["list", "month", "week"])
@pytest.mark.parametrize("path", ["/calendar", "/calendar/unit"])
def test_every_view_opens_with_and_without_meetings(
    three: list[int], council: Council, client: Client, view: str, path: str
) -> None:
    day = clock.today().isoformat()

    for username in ("hoa", "dung", "minh", "khach", "admin"):
        assert client(username).get(f"{path}?view={view}&day={day}").status_code == 200
    assert client("hoa").get(f"/calendar?view={view}&day={day}&q=không có&state=held").status_code == 200


def test_the_month_shows_a_session_on_each_of_its_days(council: Council, client: Client) -> None:
    starts = clock.at_local(clock.today().replace(day=10), 8)
    meeting_id = council.meeting("HĐND", starts_at=starts)
    council.update(Meeting, meeting_id, ends_at=starts + timedelta(days=2, hours=9))

    page = client("hoa").get(f"/calendar?view=month&day={clock.today()}").text

    assert page.count(f'href="/meetings/{meeting_id}"') == 3


def test_a_calendar_takes_as_many_queries_for_many_meetings_as_for_few(council: Council, client: Client) -> None:
    council.meeting()
    browser = client("hoa")
    seen = []
    for path in ("/calendar", "/calendar?view=month", "/week?body=UBND"):
        with asked() as few:
            browser.get(path)
        seen.append(len(few))
    for _ in range(5):
        council.meeting()
    again = []
    for path in ("/calendar", "/calendar?view=month", "/week?body=UBND"):
        with asked() as many:
            browser.get(path)
        again.append(len(many))

    assert again == seen


def test_the_file_of_one_meeting_keeps_its_uid(council: Council, client: Client) -> None:
    meeting_id = council.meeting()

    heard = client("hoa").get(f"/meetings/{meeting_id}/meeting.ics")

    assert (heard.status_code, heard.mimetype) == (200, "text/calendar")
    assert f"UID:meeting-{meeting_id}@hop-khong-giay" in heard.text
    assert "METHOD" not in heard.text
    assert client("khach").get(f"/meetings/{meeting_id}/meeting.ics").status_code == 404
    assert council.all(select(Meeting.id)) == [meeting_id]
