"""A session of the council through the API alone, on the real server: everything that happens in the chamber, end to end."""

import io
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from openpyxl import load_workbook

from meeting import clock
from tests.serving import Server, serving
from tests.waiting import PATIENCE
from tests.walk.office import Office

pytestmark = pytest.mark.server


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    with serving(tmp_path, "--empty") as running:
        yield running


def test_a_session_is_opened_run_questioned_and_closed(server: Server) -> None:
    office = Office(server)
    meeting_id, items = convenes(office)
    hand_out(office, meeting_id)
    comes_in(office, meeting_id)
    hands_over(office, meeting_id, items)
    speaks(office, meeting_id, items)
    discusses(office, meeting_id, items)
    questions(office, meeting_id, items)
    is_shown(office, meeting_id)
    rests(office, meeting_id, items)
    closes(office, server, meeting_id, items)


def state(office: Office, meeting_id: int, who: str = "lan") -> dict[str, Any]:
    found: dict[str, Any] = office.get(who, f"/meetings/{meeting_id}")
    return found


def convenes(office: Office) -> tuple[int, list[int]]:
    bodies = {row["body"]: row["id"] for row in office.get("minh", "/bodies")["data"]}
    today = clock.local(clock.now()).date()
    wanted = {"name": "Kỳ họp thứ năm", "number": 5, "starts_on": today.isoformat()}
    session = office.do(
        "minh", "sittings.convene", body_id=bodies["HĐND"], ends_on=(today + timedelta(days=3)).isoformat(), **wanted
    )
    starts = clock.now() + timedelta(minutes=5)
    made = office.do(
        "minh",
        "sittings.add",
        session_id=session["session_id"],
        sitting="opening",
        starts_at=starts.isoformat(),
        place="Hội trường",
    )
    items = [
        office.do("minh", "agenda.add_item", meeting_id=made["meeting_id"], title=title, kind=kind, minutes_planned=20)["item_id"]
        for title, kind in (
            ("Khai mạc", "opening"),
            ("Dự toán ngân sách", "matter"),
            ("Chỉnh trang vỉa hè", "matter"),
            ("Chất vấn và trả lời chất vấn", "questioning"),
        )
    ]
    for name, people in (("Tổ 1", {"hoa": "head", "lan": "member"}), ("Tổ 2", {"tuan": "head"})):
        group = office.do("minh", "organization.form_group", body_id=bodies["HĐND"], name=name, kind="delegation")
        for who, post in people.items():
            seat = {"group_id": group["group_id"], "person_id": office.people[who], "post": post}
            office.do("minh", "organization.seat_in_group", **seat)
    tomorrow = (starts + timedelta(days=1)).isoformat()
    beside = {"session_id": session["session_id"], "starts_at": tomorrow, "copied_from_id": made["meeting_id"]}
    assert len(office.do("minh", "sittings.add_groups", **beside)["meeting_ids"]) == 2
    office.do("minh", "sittings.set_presidium", session_id=session["session_id"], person_ids=[office.people["hoa"]])
    assert len(office.get("minh", f"/sessions/{session['session_id']}")["sittings"]) == 3
    return int(made["meeting_id"]), items


def hand_out(office: Office, meeting_id: int) -> None:
    guest = [{"person_id": office.people["truong"], "voting": False}]
    office.do("minh", "agenda.set_participants", meeting_id=meeting_id, add=guest)
    office.do("van", "agenda.issue", meeting_id=meeting_id)
    assert state(office, meeting_id)["meeting"]["session"]["name"] == "Kỳ họp thứ năm"


def comes_in(office: Office, meeting_id: int) -> None:
    office.do("lan", "live.check_in", meeting_id=meeting_id)
    office.do("lan", "live.open", meeting_id=meeting_id)
    assert office.refused("khach", "live.check_in", meeting_id=meeting_id) == "not_found"
    office.do(
        "van", "live.mark", meeting_id=meeting_id, people=[office.people["hoa"], office.people["truong"]], presence="present"
    )
    office.do("tuan", "live.check_in", meeting_id=meeting_id)
    office.do("tuan", "live.leave", meeting_id=meeting_id)
    found = state(office, meeting_id)["attendance"]
    assert (found["present"], found["total"], found["guests"], found["left"]) == (2, 3, 1, 1)
    assert found["quorum"]["met"] is True
    office.do("tuan", "live.check_in", meeting_id=meeting_id)
    call = office.do("tuan", "rollcall.call_help", meeting_id=meeting_id, kind="tablet")
    assert state(office, meeting_id, "minh")["help"][0]["person"]["id"] == office.people["tuan"]
    office.do("van", "rollcall.take_help", call_id=call["call_id"])
    office.do("van", "rollcall.end_help", call_id=call["call_id"])


def hands_over(office: Office, meeting_id: int, items: list[int]) -> None:
    assert office.refused("hoa", "live.go_to_item", meeting_id=meeting_id, item_id=items[0]) == "forbidden"
    office.do("lan", "live.hand_over", meeting_id=meeting_id, to_id=office.people["hoa"], reason="Vắng mặt 30 phút")
    office.do("hoa", "live.go_to_item", meeting_id=meeting_id, item_id=items[0])
    assert office.refused("lan", "live.go_to_item", meeting_id=meeting_id, item_id=items[1]) == "forbidden"
    assert state(office, meeting_id)["meeting"]["presider"]["id"] == office.people["hoa"]
    office.do("lan", "live.take_back", meeting_id=meeting_id)
    office.do("lan", "live.take_ahead", meeting_id=meeting_id, item_id=items[2], reason="Theo đề nghị của đại biểu")
    office.do("lan", "live.go_to_item", meeting_id=meeting_id, item_id=items[2])


def speaks(office: Office, meeting_id: int, items: list[int]) -> None:
    def ask(who: str, **more: Any) -> int:
        return int(office.do(who, "speaking.ask", meeting_id=meeting_id, item_id=items[2], **more)["floor_id"])

    first, second, third = ask("hoa", subject="Vỉa hè phố chợ"), ask("tuan"), ask("truong", kind="order")
    queue = [each["id"] for each in state(office, meeting_id)["speaking"]["queue"]]
    assert queue == [third, first, second]  # ý kiến về trình tự goes first
    for act, floor in (("call", third), ("start", third), ("stop", third), ("start", first), ("pause", first), ("go_on", first)):
        office.do("lan", f"speaking.{act}", floor_id=floor)
    assert office.refused("lan", "speaking.start", floor_id=second) == "someone_speaks"
    office.do("hoa", "speaking.extend", floor_id=first, seconds=60)  # of the presidium
    office.do("lan", "speaking.stop", floor_id=first)
    office.do("lan", "speaking.to_writing", floor_id=second)
    found = office.get("minh", f"/meetings/{meeting_id}/speeches")["data"]
    assert [each["id"] for each in found if each["started_at"]] == [third, first]


def discusses(office: Office, meeting_id: int, items: list[int]) -> None:
    said = office.do("tuan", "discussion.post", meeting_id=meeting_id, item_id=items[2], text="Cần lối đi cho người khuyết tật.")
    answer = {"meeting_id": meeting_id, "item_id": items[2], "text": "Đã bổ sung.", "parent_id": said["comment_id"]}
    reply = office.do("truong", "discussion.post", **answer)
    office.do("hoa", "discussion.agree", comment_id=said["comment_id"])
    office.do("minh", "discussion.hide", comment_id=reply["comment_id"], reason="Đăng nhầm nội dung")
    (shown,) = state(office, meeting_id, "hoa")["discussion"]["comments"]
    assert (shown["id"], shown["agrees"]) == (said["comment_id"], 1)


def questions(office: Office, meeting_id: int, items: list[int]) -> None:
    group = office.do(
        "minh",
        "questioning.make_group",
        meeting_id=meeting_id,
        title="Tiến độ thoát nước",
        respondent_id=office.people["truong"],
        item_id=items[3],
    )["group_id"]
    office.do("lan", "live.go_to_item", meeting_id=meeting_id, item_id=items[3])
    office.do("lan", "questioning.open_group", group_id=group)
    asked = office.do("tuan", "questioning.ask", meeting_id=meeting_id, group_id=group, text="Khi nào xong cống phố chợ?")[
        "floor_id"
    ]
    for act in ("call", "start", "stop"):
        office.do("lan", f"speaking.{act}", floor_id=asked)
    office.do("lan", "questioning.answer", floor_id=asked)
    due = (clock.today() + timedelta(days=30)).isoformat()
    promise = office.do("minh", "questioning.note_promise", meeting_id=meeting_id, text="Xong cống phố chợ", due_on=due)
    running = state(office, meeting_id)["questioning"]["current"]
    assert running["kind"] == "explain"
    office.do("lan", "speaking.stop", floor_id=running["id"])
    office.do("lan", "questioning.end_group", group_id=group)
    listed = office.get("tuan", "/promises")["data"]
    assert [each["id"] for each in listed] == [promise["promise_id"]]


def is_shown(office: Office, meeting_id: int) -> None:
    office.do("minh", "live.show_scene", meeting_id=meeting_id, scene="agenda")
    assert state(office, meeting_id, "hoa")["scene"]["name"] == "agenda"
    office.do("lan", "live.show_scene", meeting_id=meeting_id, scene="auto")
    assert office.refused("tuan", "live.show_scene", meeting_id=meeting_id, scene="agenda") == "forbidden"


def rests(office: Office, meeting_id: int, items: list[int]) -> None:
    office.do("lan", "live.postpone_item", meeting_id=meeting_id, item_id=items[1], reason="Chờ thẩm tra bổ sung")
    tomorrow: datetime = clock.now() + timedelta(days=1)
    office.do("lan", "live.adjourn", meeting_id=meeting_id, resumes_at=tomorrow.isoformat(), reason="Hết giờ làm việc")
    found = state(office, meeting_id)
    assert (found["meeting"]["state"], found["attendance"]["present"]) == ("paused", 0)
    assert office.refused("lan", "live.resume", meeting_id=meeting_id) == "no_quorum"
    for who in ("lan", "hoa"):
        office.do(who, "live.check_in", meeting_id=meeting_id)
    office.do("lan", "live.resume", meeting_id=meeting_id)


def closes(office: Office, server: Server, meeting_id: int, items: list[int]) -> None:
    part = {"meeting_id": meeting_id, "item_id": items[2]}
    one = office.do("minh", "conclusions.write_part", **part, text="Thống nhất chủ trương.\nGiao đơn vị hoàn thiện.", version=0)
    office.do(
        "minh",
        "conclusions.write_part",
        **part,
        text="Thống nhất chủ trương.\nGiao đơn vị hoàn thiện.\nXong trước Tết.",
        version=1,
    )
    merged = office.do(
        "minh", "conclusions.write_part", **part, text="Các đại biểu thống nhất chủ trương.\nGiao đơn vị hoàn thiện.", version=1
    )
    assert one["version"] == 1
    assert merged["text"] == "Các đại biểu thống nhất chủ trương.\nGiao đơn vị hoàn thiện.\nXong trước Tết."
    office.do("lan", "live.close", meeting_id=meeting_id)
    minutes = office.get("minh", f"/meetings/{meeting_id}/minutes")["text"]
    for words in ("Xong trước Tết", "Khi nào xong cống phố chợ?", "Xong cống phố chợ", "Chờ thẩm tra bổ sung", "Phan Thị Hoa"):
        assert words in minutes, minutes
    rows = sheet(server, f"/meetings/{meeting_id}/attendance.xlsx")
    assert any(row[1] and "Phan Thị Hoa" in str(row[1]) for row in rows)
    assert server.get("khach", f"/meetings/{meeting_id}")[0] == 404


def sheet(server: Server, path: str) -> list[Any]:
    answer = requests.get(server.address + path, headers={"Authorization": "Bearer token-minh"}, timeout=PATIENCE)
    assert answer.status_code == 200, (path, answer.text[:300])
    return list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
