"""What the screens of a meeting are given, and what other programs read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from meeting import database
from meeting.live import state
from tests.conftest import MORNING, Council, Program

Do = Callable[..., dict[str, Any]]


def joined(council: Council, username: str, meeting_id: int, wanted: str = "") -> dict[str, Any]:
    with database.reading() as session:
        return state.joined(session, meeting_id, council.actor(username), wanted)


def test_members_get_counts_and_the_desk_gets_names(council: Council, do: Do) -> None:
    found = council.meeting()
    do("hoa", "live.check_in", meeting_id=found)

    member = joined(council, "hoa", found)["state"]["attendance"]
    desk = joined(council, "hung", found)["state"]["attendance"]
    hall = joined(council, "hung", found, "hall")["state"]["attendance"]

    rules = {"vi": "ít nhất hai phần ba tổng số thành viên", "en": "at least two thirds of all members"}
    assert member == {
        "present": 1,
        "total": 3,
        "guests": 0,
        "substitutes": 0,
        "remote": 0,
        "late": 0,
        "left": 0,
        "excused": 0,
        "absent": 2,
        "item": None,
        "quorum": {"met": False, "need": 2, "rule": rules["vi"], "rules": rules},
    }
    assert {(line["name"], line["presence"]) for line in desk["people"]} == {
        ("Ông Phan Thị Hoa", "present"),
        ("Ông Lê Anh Tuấn", "absent"),
        ("Ông Đỗ Mạnh Hùng", "absent"),
    }
    assert {tuple(line) for line in hall["people"]} == {("id", "name", "presence", "voting")}


def test_me_says_whether_i_am_here_and_what_i_may_do(council: Council, do: Do) -> None:
    found = council.meeting()

    before = joined(council, "hoa", found)["me"]
    do("hoa", "live.check_in", meeting_id=found)
    after = joined(council, "hoa", found)["me"]

    assert before["attendance"] == {
        "presence": "absent",
        "voting": True,
        "arrived_at": None,
        "may_check_in": True,
        "counts": False,
        "remote": False,
        "room": True,
        "code": False,
        "seat": None,
    }
    assert (after["attendance"]["presence"], after["attendance"]["may_check_in"]) == ("present", False)
    assert "live.check_in" in before["can"]
    assert "live.run" not in before["can"]
    assert joined(council, "minh", found)["me"]["attendance"] is None


def test_agenda_tells_the_current_item_and_its_clock(council: Council, do: Do, at: Callable[..., None]) -> None:
    found = council.meeting()
    for who in ("hoa", "tuan"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    first, second, _ = council.items(found)
    at(MORNING)
    do("hung", "live.go_to_item", meeting_id=found, item_id=first)
    at(MORNING + timedelta(minutes=2))
    do("hung", "live.go_to_item", meeting_id=found, item_id=second)

    agenda = joined(council, "hoa", found)["state"]["agenda"]

    assert agenda["current_id"] == second
    assert [(i["number"], i["state"], i["seconds_used"]) for i in agenda["items"]] == [
        (1, "done", 120),
        (2, "current", 0),
        (3, "planned", 0),
    ]
    assert agenda["items"][1]["since"] == (MORNING + timedelta(minutes=2)).isoformat()


def test_limited_guest_sees_only_his_items(council: Council, do: Do) -> None:
    found = council.meeting()
    first, second, _ = council.items(found)
    council.invite(found, "khach", item_ids=[second])
    do("hoa", "discussion.post", meeting_id=found, item_id=first, text="Chỉ cho nội dung 1")
    do("hoa", "discussion.post", meeting_id=found, item_id=second, text="Cho nội dung 2")

    seen = joined(council, "khach", found)["state"]

    assert [item["id"] for item in seen["agenda"]["items"]] == [second]
    assert [comment["text"] for comment in seen["discussion"]["comments"]] == ["Cho nội dung 2"]
    assert seen["discussion"]["total"] == 1


def test_a_limited_guest_hears_that_another_matter_is_dealt_with_and_not_which(council: Council, do: Do) -> None:
    found = council.meeting()
    first, second, _ = council.items(found)
    council.invite(found, "khach", item_ids=[second])
    for who in ("hung", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)

    told = []
    for item in (None, first, second):
        if item:
            do("hung", "live.go_to_item", meeting_id=found, item_id=item)
        agenda = joined(council, "khach", found)["state"]["agenda"]
        told.append((agenda["current_id"], agenda["elsewhere"]))

    assert told == [(None, False), (None, True), (second, False)]


def test_meeting_is_read_as_its_sections(council: Council, api: Callable[[str], Program]) -> None:
    found = council.meeting()

    status, body = api("hoa").get(f"/meetings/{found}")

    assert status == 200
    assert body["meeting"]["state"] == "issued"
    assert body["meeting"]["body"] == "UBND"
    assert {"agenda", "attendance", "speaking", "questioning", "discussion", "page", "notice", "me", "seq"} <= set(body)
    assert api("khach").get(f"/meetings/{found}")[0] == 404


def test_unit_officer_reads_the_programme_but_not_the_discussion(council: Council, api: Callable[[str], Program]) -> None:
    found = council.meeting(form="hybrid", link="https://hop.example.vn/phong")

    status, body = api("dung").get(f"/meetings/{found}")

    assert status == 200
    assert "agenda" in body
    assert "discussion" not in body
    assert body["meeting"]["link"] == "", "the way into the video conference is for those who take part"
    assert api("hoa").get(f"/meetings/{found}")[1]["meeting"]["link"] == "https://hop.example.vn/phong"


def test_attendance_list_is_for_those_in_the_meeting(council: Council, api: Callable[[str], Program]) -> None:
    found = council.meeting()

    status, body = api("hoa").get(f"/meetings/{found}/attendance")

    assert status == 200
    assert [line["name"] for line in body["data"]] == ["Ông Phan Thị Hoa", "Ông Đỗ Mạnh Hùng", "Ông Lê Anh Tuấn"]
    assert api("khach").get(f"/meetings/{found}/attendance")[0] == 404


def test_journal_tells_the_desk_everything_and_members_their_own(council: Council, do: Do, api: Callable[[str], Program]) -> None:
    found = council.meeting()
    do("hoa", "live.check_in", meeting_id=found)
    do("tuan", "live.check_in", meeting_id=found)

    _, desk = api("minh").get(f"/meetings/{found}/journal")
    _, own = api("hoa").get(f"/meetings/{found}/journal")
    _, later = api("minh").get(f"/meetings/{found}/journal?since=1")

    assert [entry["seq"] for entry in desk["data"]] == [1, 2]
    assert [entry["actor"]["id"] for entry in own["data"]] == [council.person("hoa")]
    assert [entry["seq"] for entry in later["data"]] == [2]
    assert api("khach").get(f"/meetings/{found}/journal")[0] == 404


def test_each_role_is_led_to_its_own_screen(council: Council, client: Callable[[str], Any]) -> None:
    found = council.meeting()

    assert client("hoa").get(f"/meetings/{found}/room").status_code == 200
    assert client("hung").get(f"/meetings/{found}/room").location.endswith("/console")
    assert client("minh").get(f"/meetings/{found}/room").location.endswith("/desk")
    assert client("hung").get(f"/meetings/{found}/room?seat=delegate").status_code == 200
    for page, allowed in (("console", "hung"), ("desk", "minh"), ("attendance", "van"), ("hall", "minh")):
        assert client(allowed).get(f"/meetings/{found}/{page}").status_code == 200
        assert client("hoa").get(f"/meetings/{found}/{page}").status_code == 403
        assert client("khach").get(f"/meetings/{found}/{page}").status_code == 404
