"""Preparing and handing out through the API alone, on the real server and worker: who owes what, and was it in time."""

import hashlib
import secrets
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from icalendar import Calendar

from meeting import clock
from tests.serving import Server, serving
from tests.waiting import PATIENCE
from tests.walk.office import Office, paper

pytestmark = pytest.mark.server


@pytest.fixture
def server(template: Path, tmp_path: Path):
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    with serving(tmp_path, "--empty") as running:
        yield running


def test_a_meeting_is_prepared_and_handed_out(server):
    office = Office(server)
    rules(office)
    meeting_id, items = prepares(office)
    asked = asks(office, meeting_id, items)
    passes_the_head(office, asked)
    is_checked(office, asked)
    more_time(office, meeting_id, items)
    late(office, meeting_id, items)
    invites(office, meeting_id)
    absences(office, meeting_id)
    new_version(office, meeting_id, asked)
    guests(office, server, meeting_id)
    calendars(office, server, meeting_id)
    counts(office, meeting_id)


def soon(**ahead: float) -> str:
    return (datetime.now(clock.LOCAL) + timedelta(**ahead)).isoformat()


def rules(office: Office) -> None:
    """The office sets how papers pass the head and who approves the programme; the calendar counts its own days."""
    (kind,) = office.get("minh", "/rules?body=UBND")["data"]
    today = datetime.now(clock.LOCAL).date().isoformat()
    wanted = {
        "type_id": kind["id"],
        "starts_on": today,
        "head_approval": "required",
        "approver": "chair",
        "substitutes": "speaks",
    }
    assert office.refused("hoa", "rulebook.edit_book", **wanted) == "forbidden"
    office.do("minh", "rulebook.edit_book", **wanted)
    assert office.refused("lan", "rulebook.set_day", day="2027-03-06", works=True) == "forbidden"
    office.do("minh", "rulebook.set_day", day="2027-03-06", works=True, name="Làm bù")


def prepares(office: Office) -> tuple[int, list[int]]:
    starts = clock.local(clock.now()).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=21)
    room = office.do("minh", "catalogues.add_room", name="Hội trường tầng 2", place="Trụ sở", capacity=60)["room_id"]
    wanted = {
        "body": "UBND",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=3)).isoformat(),
        "room_id": room,
    }
    titles = ["Khai mạc", "Dự toán ngân sách", "Chỉnh trang vỉa hè"]
    made = office.do("minh", "agenda.create", title="Phiên họp tháng 12", items=[{"title": each} for each in titles], **wanted)
    assert office.refused("minh", "agenda.create", title="Trùng phòng", **wanted) == "room_taken"
    parts = office.do("minh", "agenda.add_item", meeting_id=made["meeting_id"], title="Phần thu", parent_id=made["item_ids"][1])
    programme = office.get("minh", f"/meetings/{made['meeting_id']}/programme")["data"]
    assert [each["label"] for each in programme] == ["1", "2", "2.1", "3"]
    return made["meeting_id"], [*made["item_ids"], parts["item_id"]]


def asks(office: Office, meeting_id: int, items: list[int]) -> int:
    asked = office.do(
        "minh",
        "materials.request",
        meeting_id=meeting_id,
        item_id=items[1],
        unit_id=office.units["kinh_te"],
        what="Tờ trình dự toán",
    )
    assert office.refused("khach", "materials.begin", requirement_id=asked["requirement_id"]) == "not_found"
    office.do("dung", "materials.begin", requirement_id=asked["requirement_id"])
    return asked["requirement_id"]


def hands_in(office: Office, requirement_id: int, *pages: str, **wanted: Any) -> dict[str, Any]:
    file_id = office.upload("dung", paper(*pages), "to-trinh.pdf").json()["file_id"]
    office.until("dung", f"/documents/{file_id}", lambda body: body["state"] == "ready")
    return office.do("dung", "materials.submit", requirement_id=requirement_id, file_id=file_id, **wanted)


def state(office: Office, requirement_id: int) -> str:
    return str(office.get("minh", f"/requirements/{requirement_id}")["state"])


def passes_the_head(office: Office, requirement_id: int) -> None:
    first = hands_in(office, requirement_id, "Tờ trình, bản nháp")
    assert state(office, requirement_id) == "with_head"
    assert office.refused("dung", "materials.approve_for_unit", submission_id=first["submission_id"]) == "forbidden"
    assert office.refused("minh", "materials.accept", submission_id=first["submission_id"]) in ("nothing_to_review", "not_found")
    office.do("truong", "materials.reject_for_unit", submission_id=first["submission_id"], reason="Thiếu số liệu thu")
    second = hands_in(office, requirement_id, "Tờ trình dự toán: thu 42.600 triệu đồng", "Phụ lục 1", "Phụ lục 2")
    office.do("truong", "materials.approve_for_unit", submission_id=second["submission_id"])
    found = office.get("minh", f"/requirements/{requirement_id}")
    assert (found["state"], found["first_late_minutes"]) == ("submitted", 0)


def is_checked(office: Office, requirement_id: int) -> None:
    before = office.get("minh", f"/requirements/{requirement_id}")["first_received_at"]
    office.do("minh", "materials.take_up", requirement_id=requirement_id)
    wanted = {"requirement_id": requirement_id, "complete": "yes", "form": "no", "signed": "yes"}
    office.do("minh", "materials.return", form_reason="Sai thể thức", due_at=soon(days=10), **wanted)
    better = hands_in(office, requirement_id, "Tờ trình dự toán: thu 42.600 triệu đồng", "Phụ lục 1", "Phụ lục 2")
    office.do("truong", "materials.approve_for_unit", submission_id=better["submission_id"])
    office.do("minh", "materials.accept", requirement_id=requirement_id, complete="yes", form="yes", signed="yes")
    assert state(office, requirement_id) == "published"
    assert office.get("minh", f"/requirements/{requirement_id}")["first_received_at"] == before


def more_time(office: Office, meeting_id: int, items: list[int]) -> None:
    unit = office.units["kinh_te"]
    asked = office.do("minh", "materials.request", meeting_id=meeting_id, item_id=items[2], unit_id=unit, what="Báo cáo vỉa hè")
    requirement_id = asked["requirement_id"]
    wanted = office.do("dung", "materials.ask_time", requirement_id=requirement_id, due_at=soon(days=20), reason="Chờ khảo sát")
    assert office.refused("dung", "materials.grant_time", extension_id=wanted["extension_id"]) == "forbidden"
    office.do("minh", "materials.grant_time", extension_id=wanted["extension_id"], due_at=soon(days=20))
    found = office.get("dung", f"/requirements/{requirement_id}")
    assert found["first_due_at"] < found["due_at"]


def late(office: Office, meeting_id: int, items: list[int]) -> None:
    """Due in two seconds and not there: the chair takes it although it is late."""
    wanted = {"meeting_id": meeting_id, "item_id": items[3], "unit_id": office.units["kinh_te"], "what": "Số liệu thu"}
    requirement_id = office.do("minh", "materials.request", due_at=soon(seconds=2), due_reason="Gấp", **wanted)["requirement_id"]
    time.sleep(2.5)
    board = office.get("minh", f"/meetings/{meeting_id}/board?show=overdue")["data"]
    assert [each["requirement_id"] for each in board] == [requirement_id]
    decision = {"requirement_id": requirement_id, "decision": "accepted", "reason": "Số liệu vừa có"}
    assert office.refused("minh", "materials.decide_late", **decision) == "forbidden"
    office.do("hung", "materials.decide_late", **decision)
    sent = hands_in(office, requirement_id, "Số liệu thu", reason="Chờ số liệu của thuế")
    office.do("truong", "materials.approve_for_unit", submission_id=sent["submission_id"])
    office.do("minh", "materials.accept", requirement_id=requirement_id)
    assert office.get("minh", f"/requirements/{requirement_id}")["first_late_minutes"] >= 1


def invites(office: Office, meeting_id: int) -> None:
    assert office.refused("minh", "agenda.issue", meeting_id=meeting_id) == "needs_approval"
    office.do("minh", "agenda.submit", meeting_id=meeting_id)
    assert office.refused("minh", "agenda.approve", meeting_id=meeting_id) == "forbidden"
    office.do("hung", "agenda.approve", meeting_id=meeting_id)
    invitation_id = office.do("minh", "invitations.draft", meeting_id=meeting_id)["invitation_id"]
    office.do("minh", "invitations.sign", invitation_id=invitation_id)
    assert office.refused("hoa", "invitations.issue", invitation_id=invitation_id) in ("not_found", "forbidden")
    office.do("van", "invitations.issue", invitation_id=invitation_id, with_meeting=True)
    done = office.until("hoa", f"/invitations/{invitation_id}", lambda body: body.get("document_id"))
    assert done["symbol"].endswith("/GM-UBND")
    issued = office.get("hoa", "/meetings?body=UBND&when=upcoming")["data"]
    assert [(each["id"], each["state"], each["programme_version"]) for each in issued] == [(meeting_id, "issued", 1)]


def absences(office: Office, meeting_id: int) -> None:
    office.do("hoa", "agenda.reply", meeting_id=meeting_id, reply="declined", reason="Đi công tác")
    office.do("minh", "invitations.decide_absence", meeting_id=meeting_id, person_id=office.people["hoa"], decision="approved")
    named = office.do(
        "tuan", "invitations.name_substitute", meeting_id=meeting_id, substitute_id=office.people["khach"], reason="Trùng lịch"
    )
    assert office.refused("minh", "invitations.consent", substitution_id=named["substitution_id"]) == "forbidden"
    office.do("hung", "invitations.consent", substitution_id=named["substitution_id"])
    assert [each["id"] for each in office.get("khach", "/meetings?when=upcoming")["data"]] == [meeting_id]


def new_version(office: Office, meeting_id: int, requirement_id: int) -> None:
    """A reader opened version 3; version 4 changes one page, and the reader is told which."""
    found = office.get("tuan", f"/meetings/{meeting_id}/papers")["data"]
    read = next(each["document_id"] for row in found for each in row["papers"] if each["title"] == "Tờ trình dự toán")
    office.do("tuan", "materials.mark_read", file_id=read, page=1, seen=[1, 2, 3])
    sent = hands_in(
        office, requirement_id, "Tờ trình dự toán: thu 43.100 triệu đồng", "Phụ lục 1", "Phụ lục 2", reason="Cập nhật số thu"
    )
    office.do("truong", "materials.approve_for_unit", submission_id=sent["submission_id"])
    office.do("minh", "materials.accept", requirement_id=requirement_id)
    address = f"/requirements/{requirement_id}/changes"
    changes = office.until("tuan", address, lambda body: body["state"] == "ready")
    assert [(page["kind"], page["new_page"]) for page in changes["pages"]] == [("changed", 1), ("unchanged", 2), ("unchanged", 3)]
    told = office.get("tuan", "/notifications")["data"]
    assert any("Tờ trình dự toán" in str(each) for each in told)


def guests(office: Office, server: Server, meeting_id: int) -> None:
    """A guest without an account comes in by a personal link and finds one meeting, nothing else."""
    guest = office.do("minh", "invitations.add_guest", meeting_id=meeting_id, full_name="Trần Văn Khách", honorific="Ông")
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).hexdigest()
    link = office.do("minh", "invitations.make_link", meeting_id=meeting_id, person_id=guest["person_id"], sha256=digest)
    browser = requests.Session()
    opened = browser.get(f"{server.address}/g/{token}", timeout=PATIENCE)
    if opened.request.path_url.startswith("/g/"):
        field = opened.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        browser.post(f"{server.address}/g/{token}", data={"csrf_token": field}, timeout=PATIENCE)
    assert browser.get(f"{server.address}/meetings/{meeting_id}", timeout=PATIENCE).status_code == 200
    for closed in ("/search?q=du toan", "/people", "/calendar", "/reports", f"/meetings/{meeting_id}/papers", "/rules"):
        assert browser.get(f"{server.address}{closed}", timeout=PATIENCE).status_code in (403, 404), closed
    office.do("minh", "invitations.revoke_link", link_id=link["link_id"])
    assert browser.get(f"{server.address}/meetings/{meeting_id}", allow_redirects=False, timeout=PATIENCE).status_code != 200


def calendars(office: Office, server: Server, meeting_id: int) -> None:
    token = secrets.token_urlsafe(32)
    office.do("tuan", "calendars.open_feed", sha256=hashlib.sha256(token.encode()).hexdigest())
    answer = requests.get(f"{server.address}/feed/{token}.ics", timeout=PATIENCE)
    (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Phiên họp tháng 12"
    office.do("tuan", "calendars.revoke_feed")
    assert requests.get(f"{server.address}/feed/{token}.ics", timeout=PATIENCE).status_code == 404


def counts(office: Office, meeting_id: int) -> None:
    board = office.get("hung", f"/meetings/{meeting_id}/board")
    assert (board["counts"]["total"], board["counts"]["accepted"], board["counts"]["open"]) == (3, 2, 1)
    today = datetime.now(clock.LOCAL).date()
    span = f"from={today}&to={today + timedelta(days=40)}"
    address = f"/reports/units/{office.units['kinh_te']}?{span}&figure=late"
    ledger = office.get("truong", address)
    assert (ledger["asked"], ledger["on_time"], ledger["late"], ledger["returned"], len(ledger["papers"])) == (2, 1, 1, 1, 1)
    assert office.server.get("hoa", address)[0] == 403
