"""What a meeting is for, through the API alone, on the real server: minutes, notice, tasks, verdict, report, public page."""

import shutil
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pymupdf
import pytest
import requests
from openpyxl import load_workbook

from meeting import clock
from tests.serving import Server, serving
from tests.walk.office import Office, paper

pytestmark = pytest.mark.server

TASK = "Giao Phòng Kinh tế chủ trì, phối hợp với Công an phường rà soát 40 miệng thu nước"


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    with serving(tmp_path, "--empty") as running:
        yield running


def test_a_meeting_ends_in_papers_tasks_and_a_report(server: Server) -> None:
    office = Office(server)
    meeting_id, item_id = holds(office)
    signs_minutes(office, meeting_id)
    notice_id, symbol = issues(office, server, meeting_id, item_id)
    task_id = carries_out(office, notice_id)
    judges(office, meeting_id)
    reports(office, server)
    publishes(office, server, notice_id, task_id, symbol)
    replaces(office, notice_id, symbol)


def holds(office: Office) -> tuple[int, int]:
    starts = clock.now() + timedelta(minutes=5)
    made = office.do(
        "minh", "agenda.create", body="UBND", title="Phiên họp thường kỳ", starts_at=starts.isoformat(), place="P. họp 1"
    )
    meeting_id = int(made["meeting_id"])
    item = office.do("minh", "agenda.add_item", meeting_id=meeting_id, title="Thoát nước", kind="matter")["item_id"]
    office.do("van", "agenda.issue", meeting_id=meeting_id)
    for who in ("hung", "hoa", "tuan"):
        office.do(who, "live.check_in", meeting_id=meeting_id)
    office.do("hung", "live.open", meeting_id=meeting_id)
    office.do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=item)
    wrote = {"meeting_id": meeting_id, "item_id": item, "version": 0}
    office.do("minh", "conclusions.write_part", **wrote, text=f"Kết luận: Thống nhất báo cáo.\n{TASK}.")
    office.do("hung", "live.close", meeting_id=meeting_id)
    return meeting_id, int(item)


def signs_minutes(office: Office, meeting_id: int) -> None:
    found = office.get("minh", f"/meetings/{meeting_id}/minutes")
    text = found["text"].replace("[…]", "Đã kết luận.")
    office.do("minh", "conclusions.edit_minutes", meeting_id=meeting_id, text=text, version=found["version"])
    assert office.refused("hung", "conclusions.sign_minutes", meeting_id=meeting_id) == "signed_by_chief"
    office.do("minh", "conclusions.sign_minutes", meeting_id=meeting_id)
    signed = office.until("hoa", f"/meetings/{meeting_id}/minutes", lambda each: each["document_id"])
    assert signed["state"] == "signed"


def issues(office: Office, server: Server, meeting_id: int, item_id: int) -> tuple[int, str]:
    unit = office.get("truong", "/me")["unit_id"]
    notice_id = int(office.do("minh", "conclusions.draft", meeting_id=meeting_id)["notice_id"])
    offer = office.get("minh", f"/notices/{notice_id}/cue?text={TASK}")
    assert offer["due_on"] is None
    assert "due" in offer["missing"]
    due = (clock.today() + timedelta(days=10)).isoformat()
    line = {"item_id": item_id, "text": TASK, "lead_unit_id": unit, "due_on": due, "leader_id": office.people["hung"]}
    line |= {"officer_id": office.people["truong"], "process": "Khảo sát, sửa chữa, nghiệm thu", "product": "Biên bản nghiệm thu"}
    office.do("minh", "conclusions.add_line", notice_id=notice_id, **line)
    assert office.refused("hoa", "conclusions.submit", notice_id=notice_id) in ("not_found", "forbidden")
    office.do("minh", "conclusions.submit", notice_id=notice_id)
    office.do("hung", "conclusions.approve", notice_id=notice_id)
    office.do("minh", "conclusions.sign", notice_id=notice_id)
    numbered = office.do("van", "conclusions.number", notice_id=notice_id)
    office.do("van", "conclusions.issue", notice_id=notice_id)
    found = office.until("hoa", f"/notices/{notice_id}", lambda each: each["document_id"])
    assert found["symbol"] == numbered["symbol"]
    with pymupdf.open(stream=fetched(server, "hoa", f"/documents/{found['document_id']}/original")) as document:
        text = "".join(page.get_text() for page in document)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "rà soát 40 miệng thu nước" in " ".join(text.split())
    docx = zipfile.ZipFile(BytesIO(fetched(server, "hoa", f"/notices/{notice_id}/docx")))
    assert "word/document.xml" in docx.namelist()
    return notice_id, str(found["symbol"])


def fetched(server: Server, who: str | None, path: str) -> bytes:
    headers = {"Authorization": f"Bearer token-{who}"} if who else {}
    deadline = time.monotonic() + 60
    heard = requests.get(server.address + path, headers=headers, timeout=60)
    while heard.status_code == 404 and time.monotonic() < deadline:  # a PDF opens when its first page has been read
        time.sleep(0.2)
        heard = requests.get(server.address + path, headers=headers, timeout=60)
    assert heard.status_code == 200, (path, heard.status_code, heard.text[:300])
    return heard.content


def carries_out(office: Office, notice_id: int) -> int:
    task = next(each for each in office.get("truong", "/tasks")["data"] if each["notice_id"] == notice_id)
    task_id = int(task["id"])
    assert task["state"] == "assigned"
    office.do("dung", "tasks.receive", task_id=task_id)
    late = (clock.today() + timedelta(days=20)).isoformat()
    asked = office.do("dung", "tasks.ask_time", task_id=task_id, due_on=late, text="Chờ vật tư")
    office.do("hung", "tasks.decide_change", change_id=asked["change_id"], granted=True)
    office.do("dung", "tasks.raise_obstacle", task_id=task_id, text="Hai miệng thu nằm trong công trường")
    proof = office.upload("dung", paper("Ảnh nghiệm thu"), "nghiem-thu.pdf").json()["file_id"]
    report = {"task_id": task_id, "progress_percent": 100, "text": "Đã sửa xong 40 miệng thu", "done": True, "file_ids": [proof]}
    office.do("dung", "tasks.report", **report)
    assert office.refused("dung", "tasks.accept", task_id=task_id) == "forbidden"
    assert office.do("minh", "tasks.accept", task_id=task_id)["on_time"] is True
    found = office.get("hoa", f"/tasks/{task_id}")
    assert (found["state"], found["due_on"], found["first_due_on"] < late) == ("accepted", late, True)
    return task_id


def judges(office: Office, meeting_id: int) -> None:
    answers = {"papers": 4, "chairing": 3, "heard": 4, "outcome": 4}  # of two members: they would know each other's
    assert office.refused("hoa", "evaluation.answer_survey", meeting_id=meeting_id, answers=answers) == "survey_closed"
    graded = {"meeting_id": meeting_id, "verdict": "met", "override_reason": "Nội dung được chuẩn bị kỹ"}
    office.do("hung", "evaluation.grade", **graded)
    assert office.refused("hoa", "evaluation.grade", meeting_id=meeting_id, verdict="met") == "forbidden"
    office.do("hung", "evaluation.close", meeting_id=meeting_id)


def reports(office: Office, server: Server) -> None:
    found = office.get("hung", "/reports/meetings")
    row = next(each for each in found["data"] if each["body"] == "UBND")
    assert (row["meetings"], row["with_notice"], row["not_meeting_requirements"], row["ungraded"]) == (1, 1, 0, 0)
    book = load_workbook(BytesIO(fetched(server, "hung", "/reports/meetings.xlsx")))
    assert any("UBND" in str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)


def publishes(office: Office, server: Server, notice_id: int, task_id: int, symbol: str) -> None:
    assert requests.get(server.address + "/cong-khai/ubnd", timeout=60).status_code == 404  # nothing is public yet
    office.do("hung", "conclusions.publish", notice_id=notice_id)
    office.do("hung", "tasks.release", task_id=task_id, public_text="Rà soát miệng thu nước", public_result="Hoàn thành 40/40")
    shown = fetched(server, None, "/cong-khai/ubnd").decode()
    assert symbol in shown
    assert "Rà soát miệng thu nước" in shown
    code = office.get("hoa", f"/notices/{notice_id}")["verify_code"]
    assert symbol in fetched(server, None, f"/xac-thuc/{code}").decode()


def replaces(office: Office, notice_id: int, symbol: str) -> None:
    wanted: dict[str, Any] = {"about_id": notice_id, "relation": "withdraws", "reason": "Ban hành nhầm nội dung"}
    newer = int(office.do("minh", "conclusions.draft", **wanted)["notice_id"])
    if not office.get("minh", f"/notices/{newer}")["lines"]:
        office.do("minh", "conclusions.add_line", notice_id=newer, text=f"Thu hồi {symbol}.")
    for who, act in (("minh", "submit"), ("hung", "approve"), ("minh", "sign"), ("van", "number"), ("van", "issue")):
        office.do(who, f"conclusions.{act}", notice_id=newer)
    old = office.get("hoa", f"/notices/{notice_id}")
    assert old["standing"] == "withdrawn"
    assert old["symbol"] == symbol
