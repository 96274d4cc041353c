"""One meeting from preparation to follow-up through the API and Socket.IO alone, on the real server and worker."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from meeting import clock
from tests.serving import Tablet, serving
from tests.walk.office import Office, paper

pytestmark = pytest.mark.server


@pytest.fixture
def server(template: Path, tmp_path: Path):
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    with serving(tmp_path, "--empty") as running:
        yield running


def test_a_meeting_from_preparation_to_follow_up(server):
    office = Office(server)
    meeting_id, items = prepares(office)
    papers(office, meeting_id, items)
    invites(office, meeting_id)
    tablets = opens(office, meeting_id)
    speaks(office, tablets, items)
    votes(office, tablets, meeting_id, items)
    notice = concludes(office, meeting_id, items)
    grades(office, meeting_id)
    follows(office, notice)
    finds(office, meeting_id)
    for tablet in tablets.values():
        tablet.close()


def prepares(office: Office) -> tuple[int, list[int]]:
    starts = clock.local(clock.now()).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=14)
    titles = ["Khai mạc", "Dự toán ngân sách năm 2027", "Chỉnh trang vỉa hè", "Công tác hộ tịch", "Bế mạc"]
    made = office.do(
        "minh",
        "agenda.create",
        body="UBND",
        title="Phiên họp thường kỳ tháng 12",
        starts_at=starts.isoformat(),
        ends_at=(starts + timedelta(hours=3)).isoformat(),
        place="Phòng họp 1",
        chair_id=office.people["hung"],
        items=[{"title": title, "minutes_planned": 20} for title in titles],
    )
    assert office.refused("hoa", "agenda.add_item", meeting_id=made["meeting_id"], title="Chen vào") in ("not_found", "forbidden")
    assert office.refused("khach", "agenda.issue", meeting_id=made["meeting_id"]) == "not_found"
    return made["meeting_id"], made["item_ids"]


def papers(office: Office, meeting_id: int, items: list[int]) -> None:
    wanted = [
        ("kinh_te", items[1], "Tờ trình dự toán"),
        ("van_hoa", items[2], "Báo cáo vỉa hè"),
        ("van_phong", items[3], "Báo cáo hộ tịch"),
    ]
    asked = [
        office.do("minh", "materials.request", meeting_id=meeting_id, item_id=item, unit_id=office.units[unit], what=title)
        for unit, item, title in wanted
    ]
    first = asked[0]["requirement_id"]
    assert office.refused("khach", "materials.submit", requirement_id=first, file_id=1) == "not_found"

    handed = office.upload(
        "dung", paper("Tờ trình dự toán ngân sách: thu 42.600 triệu đồng.", "Kết luận kèm theo."), "to-trinh.pdf"
    ).json()
    sent = office.do("dung", "materials.submit", requirement_id=first, file_id=handed["file_id"])
    assert sent["late_minutes"] == 0
    office.until("dung", f"/documents/{handed['file_id']}", lambda body: body["state"] == "ready")
    assert office.refused("dung", "materials.accept", submission_id=sent["submission_id"]) == "forbidden"
    office.do("minh", "materials.return", submission_id=sent["submission_id"], reason="Thiếu phụ lục 2")
    better = office.upload("dung", paper("Tờ trình dự toán ngân sách, bản 2.", "Phụ lục 2."), "to-trinh-2.pdf").json()
    office.until("dung", f"/documents/{better['file_id']}", lambda body: body["state"] == "ready")
    again = office.do("dung", "materials.submit", requirement_id=first, file_id=better["file_id"])
    office.do("minh", "materials.accept", submission_id=again["submission_id"])
    board = office.get("minh", f"/meetings/{meeting_id}/requirements")["data"]
    assert len(board) == 3


def invites(office: Office, meeting_id: int) -> None:
    office.do("minh", "agenda.issue", meeting_id=meeting_id)
    office.do("hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted")
    assert office.refused("tuan", "agenda.reply", meeting_id=meeting_id, reply="declined") == "reason_needed"
    office.do("tuan", "agenda.reply", meeting_id=meeting_id, reply="declined", reason="Đi công tác")
    assert meeting_id in [m["id"] for m in office.get("hoa", "/meetings?body=UBND&when=upcoming")["data"]]
    assert office.get("khach", "/meetings")["data"] == []
    found = office.get("hoa", f"/meetings/{meeting_id}/papers")["data"]
    assert [len(row["papers"]) for row in found] == [0, 1, 0, 0, 0]


def opens(office: Office, meeting_id: int) -> dict[str, Tablet]:
    tablets = {name: Tablet(office.server.address, f"token-{name}").connect() for name in ("hung", "hoa", "tuan", "minh")}
    for tablet in tablets.values():
        assert tablet.join(meeting_id)["ok"]
    stranger = Tablet(office.server.address, "token-khach").connect()
    assert stranger.join(meeting_id)["code"] == "not_found"
    stranger.close()
    office.do("hung", "live.open", meeting_id=meeting_id)
    for name in ("hung", "hoa", "tuan"):
        assert tablets[name].call("live.check_in", meeting_id=meeting_id)["ok"]
    tablets["hoa"].until(lambda t: t.sections["attendance"]["present"] == 3 and t.sections["attendance"]["quorum"]["met"] is True)
    tablets["minh"].until(lambda t: sum(p["presence"] == "present" for p in t.sections["attendance"]["people"]) == 3)
    assert "people" not in tablets["hoa"].sections["attendance"]
    return tablets


def speaks(office: Office, tablets: dict[str, Tablet], items: list[int]) -> None:
    chair, hoa, tuan = tablets["hung"], tablets["hoa"], tablets["tuan"]
    meeting_id = hoa.sections["meeting"]["id"]
    assert chair.call("live.go_to_item", meeting_id=meeting_id, item_id=items[1])["ok"]
    hoa.until(lambda t: t.sections["agenda"]["current_id"] == items[1])
    asked = hoa.call("speaking.ask", meeting_id=meeting_id, item_id=items[1], kind="speech", subject="Thu từ đất")
    tuan_asked = tuan.call("speaking.ask", meeting_id=meeting_id, item_id=items[1], kind="speech")
    assert (asked["position"], tuan_asked["position"]) == (1, 2)
    assert tuan.call("speaking.withdraw", floor_id=tuan_asked["floor_id"])["ok"]
    assert hoa.call("speaking.call", floor_id=asked["floor_id"])["code"] == "forbidden"
    for verb in ("call", "start"):
        assert chair.call(f"speaking.{verb}", floor_id=asked["floor_id"])["ok"]
    tuan.until(lambda t: (t.sections["speaking"]["current"] or {}).get("ends_at"))
    assert chair.call("speaking.stop", floor_id=asked["floor_id"])["ok"]
    tuan.until(lambda t: t.sections["speaking"]["current"] is None)
    assert tuan.call("discussion.post", meeting_id=meeting_id, item_id=items[1], text="Cần thêm phương án dự phòng")["ok"]
    hoa.until(lambda t: [c["text"] for c in t.sections["discussion"]["comments"]] == ["Cần thêm phương án dự phòng"])


def votes(office: Office, tablets: dict[str, Tablet], meeting_id: int, items: list[int]) -> None:
    for kind in ("open", "secret"):
        question = office.do(
            "minh", "voting.prepare", meeting_id=meeting_id, item_id=items[1], title=f"Thông qua ({kind})", kind=kind
        )
        question_id = question["question_id"]
        office.do("hung", "voting.open", question_id=question_id, confirm=True)
        tablets["hoa"].until(lambda t, q=question_id: t.sections["voting"]["open"] == [q])
        first = tablets["hoa"].call("voting.cast", request_id=f"{kind}-1", question_id=question_id, choice="for")
        assert tablets["hoa"].call("voting.cast", request_id=f"{kind}-1", question_id=question_id, choice="for") == first
        second = tablets["hoa"].call("voting.cast", question_id=question_id, choice="against")
        assert second["ok"] if kind == "open" else second["code"] == "already_voted"
        tablets["tuan"].call("voting.cast", question_id=question_id, choice="for")
        assert office.refused("khach", "voting.cast", question_id=question_id, choice="for") == "not_found"
        tablets["hung"].call("voting.cast", question_id=question_id, choice="for")
        assert tablets["hoa"].sections["voting"]["current"]["result"] is None
        office.do("hung", "voting.close", question_id=question_id)
        assert office.refused("tuan", "voting.cast", question_id=question_id, choice="for") == "vote_closed"
        office.do("hung", "voting.publish", question_id=question_id)
        tablets["hoa"].until(lambda t: (t.sections["voting"]["current"] or {}).get("result"))
        result = office.get("hoa", f"/questions/{question_id}")["result"]
        assert result["counts"] == ({"for": 2, "against": 1} if kind == "open" else {"for": 3, "against": 0})
        assert result["passed"] is True
        assert "3" in result["sentence"]


def concludes(office: Office, meeting_id: int, items: list[int]) -> dict[str, Any]:
    office.do("hung", "live.close", meeting_id=meeting_id)
    minutes = office.get("minh", f"/meetings/{meeting_id}/minutes")
    assert "Cần thêm phương án dự phòng" in str(minutes) or minutes["text"]
    due = (datetime.now(clock.LOCAL).date() + timedelta(days=30)).isoformat()
    lines = [
        {"text": "Thống nhất dự toán ngân sách năm 2027."},
        {
            "text": "Giao Phòng Kinh tế, Hạ tầng và Đô thị hoàn thiện phương án thu, kết luận về vỉa hè.",
            "lead_unit_id": office.units["kinh_te"],
            "cooperating_unit_ids": [office.units["van_hoa"]],
            "leader_id": office.people["hung"],
            "due_on": due,
            "item_id": items[1],
        },
    ]
    drafted = office.do("minh", "conclusions.draft", meeting_id=meeting_id, lines=lines)
    notice_id = drafted["notice_id"]
    office.do("minh", "conclusions.submit", notice_id=notice_id)
    assert office.refused("hoa", "conclusions.approve", notice_id=notice_id) == "not_found"  # a draft is the desk's
    office.do("hung", "conclusions.approve", notice_id=notice_id)
    office.do("minh", "conclusions.sign", notice_id=notice_id)
    office.do("van", "conclusions.issue", notice_id=notice_id)
    notice = office.until("hoa", f"/notices/{notice_id}", lambda body: body.get("document_id"))
    assert notice["symbol"].endswith("/TB-UBND")
    return notice


def grades(office: Office, meeting_id: int) -> None:
    assert office.refused("minh", "evaluation.grade", meeting_id=meeting_id, verdict="met") == "forbidden"
    office.do("hung", "evaluation.grade", meeting_id=meeting_id, verdict="met", reason="Chuẩn bị tốt")
    today = datetime.now(clock.LOCAL).date()
    span = f"from={today - timedelta(days=1)}&to={today + timedelta(days=30)}"
    report = office.get("hung", f"/reports/meetings?{span}")["data"]
    row = next(row for row in report if row["body"] == "UBND")
    assert (row["meetings"], row["with_notice"], row["not_meeting_requirements"]) == (1, 1, 0)


def follows(office: Office, notice: dict[str, Any]) -> None:
    assert office.get("dung", "/tasks")["data"] == []  # three of the five clears are missing: still the desk's
    (task,) = office.get("minh", "/tasks")["data"]
    assert task["missing"] == ["person", "process", "result"]
    assert office.refused("minh", "tasks.assign", task_id=task["id"]) == "task_not_clear"
    clear = {"officer_id": office.people["dung"], "process": "Tính lại nguồn thu; lấy ý kiến", "product": "Phương án thu"}
    office.do("minh", "tasks.edit", task_id=task["id"], **clear)
    office.do("minh", "tasks.assign", task_id=task["id"])
    office.do("truong", "tasks.receive", task_id=task["id"])
    office.do("dung", "tasks.report", task_id=task["id"], progress_percent=100, text="Đã trình phương án", done=True)
    assert office.refused("dung", "tasks.accept", task_id=task["id"]) == "forbidden"
    office.do("minh", "tasks.send_back", task_id=task["id"], reason="Thiếu số liệu quý IV")
    office.do("dung", "tasks.report", task_id=task["id"], progress_percent=100, text="Đã bổ sung", done=True)
    office.do("minh", "tasks.accept", task_id=task["id"])
    assert office.get("minh", f"/tasks/{task['id']}")["state"] == "accepted"


def finds(office: Office, meeting_id: int) -> None:
    for words in ("ket luan", "kết luận"):
        found = office.until("hoa", f"/search?q={words}", lambda body: any(hit["kind"] == "notice" for hit in body["data"]))
        assert found["total"] >= 1
    assert office.get("khach", "/search?q=ket luan")["total"] == 0
    found = office.until("hoa", "/search?q=phụ lục 2", lambda body: any(hit["kind"] == "paper" for hit in body["data"]))
    hit = next(hit for hit in found["data"] if hit["kind"] == "paper")
    assert hit["page"] == 2
