"""The states of a meeting: who approves by the book, what is late, what comes after, when the file is closed, the way so far."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from meeting.agenda.models import Meeting
from meeting.agenda.screens import state_of
from meeting.events import Event
from meeting.rulebook.models import RuleBook
from tests.agenda.preparing import Do, code, issued, made, row, told
from tests.conftest import Council


def test_the_book_names_who_approves(do: Do, council: Council) -> None:
    council.update(RuleBook, council.book(), approver="chief")
    meeting_id = made(do, council)
    do("minh", "agenda.submit", meeting_id=meeting_id)

    assert code(do, "hung", "agenda.approve", meeting_id=meeting_id) == "forbidden"
    assert code(do, "hung", "agenda.reject", meeting_id=meeting_id, reason="x") == "forbidden"
    assert do("minh", "agenda.approve", meeting_id=meeting_id)["state"] == "approved"


def test_the_chair_approves_and_the_chief_does_not_where_the_book_says_so(do: Do, council: Council) -> None:
    council.update(RuleBook, council.book(), approver="chair")
    meeting_id = made(do, council)
    do("minh", "agenda.submit", meeting_id=meeting_id)

    assert code(do, "minh", "agenda.approve", meeting_id=meeting_id) == "forbidden"
    assert do("hung", "agenda.reject", meeting_id=meeting_id, reason="thiếu nội dung")["state"] == "rejected"


def test_a_programme_laid_before_the_approver_too_late_is_recorded_so(
    do: Do, council: Council, at: Callable[[datetime], None]
) -> None:
    council.update(RuleBook, council.book(), approver="chair", programme_days=3)
    early, late = made(do, council), made(do, council, place="Phòng 3")
    at(datetime(2026, 12, 7, 9, 0, tzinfo=UTC))  # Monday: three working days before Thursday the 10th end at 17:00
    assert do("minh", "agenda.submit", meeting_id=early)["late"] is False
    at(datetime(2026, 12, 8, 2, 0, tzinfo=UTC))

    answer = do("minh", "agenda.submit", meeting_id=late)

    assert (answer["late"], answer["due_at"]) == (True, "2026-12-07T17:00:00+07:00")
    assert [each["late"] for each in told(council, Event.PROGRAMME_SUBMITTED)] == [False, True]


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "draft"}, "Planned"),
        ({"state": "issued"}, "Issued"),
        ({"state": "held"}, "Held"),
        ({"state": "held", "minutes_state": "signed"}, "Minutes signed"),
        ({"state": "held", "minutes_state": "signed", "notice_state": "not_required"}, "No conclusions to issue"),
        ({"state": "held", "notice_state": "issued"}, "Conclusions issued"),
        ({"state": "held", "notice_state": "issued", "evaluation_state": "closed"}, "Evaluation closed"),
        ({"state": "archived", "notice_state": "issued"}, "Filed"),
    ],
)
def test_the_state_says_how_far_a_meeting_has_come(values: dict[str, Any], name: str) -> None:
    plain = {"minutes_state": "none", "notice_state": "none_yet", "evaluation_state": "open"}

    assert state_of(Meeting(**{**plain, **values}))[0] == name


def test_the_office_files_a_meeting_whose_papers_are_complete(do: Do, council: Council, api: Any) -> None:
    meeting_id = council.meeting(state="held")

    assert code(do, "van", "agenda.archive", meeting_id=meeting_id) == "minutes_unsigned"
    council.update(Meeting, meeting_id, minutes_state="signed")
    assert code(do, "van", "agenda.archive", meeting_id=meeting_id) == "notice_open"
    council.update(Meeting, meeting_id, notice_state="issued")
    for stranger in ("hoa", "hung", "dung"):
        assert code(do, stranger, "agenda.archive", meeting_id=meeting_id) == "forbidden"
    assert code(do, "khach", "agenda.archive", meeting_id=meeting_id) == "not_found"

    assert api("van").act("agenda.archive", meeting_id=meeting_id)[0] == 200

    assert row(council, meeting_id).state == "archived"
    assert told(council, Event.MEETING_ARCHIVED) == [{"minutes": "signed", "notice": "issued", "evaluation": "open"}]
    assert code(do, "van", "agenda.archive", meeting_id=meeting_id) == "wrong_state"


def test_the_way_of_a_meeting_is_told_to_the_desk_only(do: Do, council: Council, client: Any, api: Any) -> None:
    meeting_id = issued(do, council)
    do("hung", "agenda.postpone", meeting_id=meeting_id, reason="bão số 12")

    way = api("minh").get(f"/meetings/{meeting_id}/history")[1]["data"]

    assert [each["event"].split(".")[1] for each in way] == ["meeting_created", "meeting_issued", "meeting_postponed"]
    assert (way[2]["by"], way[2]["reason"]) == ("Ông Đỗ Mạnh Hùng", "bão số 12")
    assert api("hoa").get(f"/meetings/{meeting_id}/history")[0] == 403
    assert api("khach").get(f"/meetings/{meeting_id}/history")[0] == 404
    assert "Diễn biến đến nay" in client("minh").get(f"/meetings/{meeting_id}").get_data(as_text=True)
    assert "Diễn biến đến nay" not in client("hoa").get(f"/meetings/{meeting_id}").get_data(as_text=True)


def test_clashes_stand_on_the_meeting_for_those_who_prepare_it(do: Do, council: Council, client: Any, api: Any) -> None:
    first = made(do, council)
    made(do, council, "HĐND", place="Phòng 3")

    found = api("minh").get(f"/meetings/{first}/clashes")[1]

    assert found == {
        "place_taken": False,
        "room_taken": False,
        "people": ["Ông Lê Anh Tuấn", "Ông Phan Thị Hoa", "Ông Tạ Quang Minh"],
    }
    assert "3 người được mời họp nơi khác" in client("minh").get(f"/meetings/{first}").get_data(as_text=True)
    assert api("hung").get(f"/meetings/{first}/clashes")[0] == 403


def test_meetings_are_found_by_unit_period_and_item(do: Do, council: Council, client: Any, api: Any) -> None:
    one = issued(do, council, items=[{"title": "Chỉnh trang vỉa hè", "unit_id": council.unit("kinh_te")}])
    other = issued(do, council, place="Phòng 3", starts_at="2027-02-10T01:00:00+00:00")

    def ids(query: str, username: str = "minh") -> list[int]:
        return [each["id"] for each in api(username).get(f"/meetings?{query}")[1]["data"]]

    assert ids("q=via he") == [one]
    assert ids("since=2027-01-01") == [other]
    assert ids("until=2026-12-31") == [one]
    assert ids(f"unit={council.unit('kinh_te')}") == [one]
    assert sorted(ids(f"attending={council.unit('van_phong')}")) == [one, other]
    assert ids(f"attending={council.unit('van_hoa')}") == []
    shown = client("dung").get("/meetings?whose=prepares").get_data(as_text=True)
    assert (f"/meetings/{one}" in shown, f'href="/meetings/{other}"' in shown) == (True, False)
