"""Reading through the API alone, on the real server and worker: a paper is read, written on, changed, kept and led."""

import io
import shutil
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pymupdf
import pytest
import requests
import socketio

from meeting import clock
from tests.serving import Server, serving
from tests.waiting import PATIENCE
from tests.walk.office import Office, paper

pytestmark = pytest.mark.server

FIRST = "Điều 1. Bố trí 42.600 triệu đồng cho chi đầu tư phát triển năm sau, ưu tiên thoát nước ngõ 91."
MENDED = f"Căn cứ nghị quyết đã thông qua. {FIRST.replace('42.600', '41.900')}"
PASSAGE = "ưu tiên thoát nước ngõ 91"


@pytest.fixture
def server(template: Path, tmp_path: Path):
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    with serving(tmp_path, "--empty") as running:
        yield running


def test_a_paper_is_read_written_on_led_and_kept(server):
    office = Office(server)
    meeting_id, item_id, requirement_id = prepares(office)
    first = hands_in(office, requirement_id, FIRST, "Trang hai của tờ trình.", "Trang ba.")
    reads(office, server, first)
    key = writes(office, first)
    shares(office, first, key)
    takes_a_copy(office, server, first)
    second = hands_in(office, requirement_id, MENDED, "Trang hai của tờ trình.", "Trang ba.", reason="Sửa số liệu")
    follows_the_text(office, first, second, key)
    keeps(office, server, meeting_id, second)
    shelves(office, second)
    is_led(office, server, meeting_id, item_id, second)


def prepares(office: Office) -> tuple[int, int, int]:
    starts = clock.local(clock.now()).replace(minute=0, second=0, microsecond=0) + timedelta(days=21)
    wanted = {"body": "UBND", "title": "Phiên họp tháng sau", "place": "Hội trường", "starts_at": starts.isoformat()}
    items = [{"title": "Dự toán ngân sách", "presenter_id": office.people["truong"]}, {"title": "Việc khác"}]
    made = office.do("minh", "agenda.create", **wanted, ends_at=(starts + timedelta(hours=3)).isoformat(), items=items)
    people = [{"person_id": office.people[who], "voting": True} for who in ("hung", "hoa", "tuan")]
    people.append({"person_id": office.people["truong"], "voting": False})
    office.do("minh", "agenda.set_participants", meeting_id=made["meeting_id"], add=people)
    office.do("van", "agenda.issue", meeting_id=made["meeting_id"])
    asked = office.do(
        "minh",
        "materials.request",
        meeting_id=made["meeting_id"],
        item_id=made["item_ids"][0],
        unit_id=office.units["kinh_te"],
        what="Tờ trình dự toán",
    )
    return made["meeting_id"], made["item_ids"][0], asked["requirement_id"]


def hands_in(office: Office, requirement_id: int, *pages: str, reason: str = "") -> int:
    file_id = office.upload("dung", paper(*pages), "to-trinh.pdf").json()["file_id"]
    office.until("dung", f"/documents/{file_id}", lambda body: body["state"] == "ready")
    sent = office.do("dung", "materials.submit", requirement_id=requirement_id, file_id=file_id, reason=reason)
    office.do("minh", "materials.accept", submission_id=sent["submission_id"])
    return int(file_id)


def picture(server: Server, who: str, path: str) -> requests.Response:
    return requests.get(server.address + path, headers={"Authorization": f"Bearer token-{who}"}, timeout=PATIENCE)


def reads(office: Office, server: Server, file_id: int) -> None:
    opening = office.get("hoa", f"/documents/{file_id}/reading")
    assert (opening["page_count"], len(opening["pages"]), opening["takeable"]) == (3, 3, "original")
    words = office.get("hoa", f"/documents/{file_id}/words?from=1&to=50")["data"]
    assert [page["number"] for page in words] == [1, 2, 3]
    assert "thoát" in [word[4] for word in words[0]["words"]]
    for width in opening["widths"]:
        seen = picture(server, "hoa", f"/documents/{file_id}/pages/1?w={width}")
        assert (seen.status_code, seen.headers["Content-Type"].split("/")[0]) == (200, "image")
    assert picture(server, "khach", f"/documents/{file_id}/pages/1?w=240").status_code == 404
    assert server.get("khach", f"/documents/{file_id}/words?from=1&to=50")[0] == 404
    office.do("hoa", "materials.mark_read", file_id=file_id, page=1, seen=[1, 2], seconds=75)
    assert office.get("hoa", f"/documents/{file_id}/reading")["seen"] == [1, 2]


def writes(office: Office, file_id: int) -> str:
    words = office.get("hoa", f"/documents/{file_id}/words?from=1&to=1")["data"][0]["words"]
    plain = [word[4].strip(".,") for word in words]
    begins = plain.index("ưu")
    boxes = [word[:4] for word in words[begins : begins + len(PASSAGE.split())]]
    key = str(uuid.uuid4())
    note = {"file_id": file_id, "key": key, "kind": "highlight", "page": 1, "text": "Hỏi tiến độ ngõ 91"}
    anchor = {"quote": {"exact": PASSAGE, "prefix": "năm sau", "suffix": ""}, "boxes": boxes}
    put = office.do("hoa", "notes.put", **note, anchor=anchor)
    again = office.do("hoa", "notes.put", **note, anchor=anchor)
    assert (put["revision"], again["revision"], again["conflict"]) == (1, 1, False)
    assert office.refused("khach", "notes.put", **note, anchor=anchor) == "not_found"
    assert office.get("tuan", f"/documents/{file_id}/notes")["data"] == []
    return key


def shares(office: Office, file_id: int, key: str) -> None:
    body = next(each["id"] for each in office.get("minh", "/bodies")["data"] if each["body"] == "UBND")
    group = office.do("minh", "organization.form_group", body_id=body, name="Tổ kinh tế")["group_id"]
    for who in ("hoa", "tuan"):
        office.do("minh", "organization.seat_in_group", group_id=group, person_id=office.people[who])
    (mine,) = office.get("hoa", f"/documents/{file_id}/notes")["data"]
    kept = {name: mine[name] for name in ("kind", "page", "color", "text", "anchor", "strokes")}
    shared = {**kept, "file_id": file_id, "key": key, "base_revision": 1, "shared": "group", "group_id": group}
    office.do("hoa", "notes.put", **shared)
    (seen,) = office.get("tuan", f"/documents/{file_id}/notes")["data"]
    assert (seen["mine"], seen["text"], seen["person"]["id"]) == (False, "Hỏi tiến độ ngõ 91", office.people["hoa"])
    assert office.get("hung", f"/documents/{file_id}/notes")["data"] == []
    exported = office.get("hoa", f"/documents/{file_id}/notes.jsonld")
    assert "http://www.w3.org/ns/anno.jsonld" in exported["@context"]


def takes_a_copy(office: Office, server: Server, file_id: int) -> None:
    for kind, told in (("stamped", "Hoa"), ("noted", "Hỏi tiến độ ngõ 91")):
        copy_id = office.do("hoa", "documents.ask_copy", file_id=file_id, kind=kind)["copy_id"]
        office.until("hoa", f"/copies/{copy_id}", lambda body: body["state"] == "ready")
        assert picture(server, "tuan", f"/copies/{copy_id}/file").status_code == 404
        brought = picture(server, "hoa", f"/copies/{copy_id}/file")
        document = pymupdf.open(stream=io.BytesIO(brought.content), filetype="pdf")
        texts = [" ".join(page.get_text().split()) for page in document]
        assert all("Hoa" in text for text in texts[:3])
        assert told in " ".join(texts)


def follows_the_text(office: Office, first: int, second: int, key: str) -> None:
    notes = office.until("hoa", f"/documents/{second}/notes", lambda body: body["data"])["data"]
    assert [(each["page"], each["text"], each["lost"]) for each in notes] == [(1, "Hỏi tiến độ ngõ 91", False)]
    assert notes[0]["anchor"]["quote"]["exact"].startswith("ưu tiên thoát nước")
    assert notes[0]["carried_from"]["version"] == 1
    assert [each["key"] for each in office.get("hoa", f"/documents/{first}/notes")["data"]] == [key]
    strip = office.until("hoa", f"/documents/{second}/reading", lambda body: (body["strip"] or {}).get("changed_pages"))["strip"]
    assert (strip["read_number"], strip["changed_pages"]) == (1, [1])
    assert office.get("hoa", f"/documents/{first}/reading")["strip"]["newer"]["file_id"] == second


def keeps(office: Office, server: Server, meeting_id: int, file_id: int) -> None:
    pack = office.get("hoa", f"/meetings/{meeting_id}/pack")
    addresses = [url for url, _size, _mark, _kind in pack["entries"]]
    assert any(f"/documents/{file_id}/pages/1" in each for each in addresses)
    assert any(f"/documents/{file_id}/words" in each for each in addresses)
    assert pack["bytes"] == sum(size for _url, size, _mark, _kind in pack["entries"])
    for address in addresses:
        assert picture(server, "hoa", address).status_code == 200, address
    assert server.get("khach", f"/meetings/{meeting_id}/pack")[0] == 404


def shelves(office: Office, file_id: int) -> None:
    office.do("hoa", "shelf.put", file_id=file_id, title="Dự toán để đọc lại")
    assert [each["title"] for each in office.get("hoa", "/shelf?q=doc+lai")["data"]] == ["Dự toán để đọc lại"]
    assert office.get("tuan", "/shelf")["data"] == []


def is_led(office: Office, server: Server, meeting_id: int, item_id: int, file_id: int) -> None:
    """The presenter leads the page while the item is current, and a passage glows on everybody's tablet."""
    heard: dict[str, Any] = {}
    with socketio.SimpleClient() as tablet:
        tablet.connect(server.address, namespace="/live", auth={"token": "token-hoa"}, transports=["websocket"])
        tablet.call("live.join", {"meeting_id": meeting_id})
        shown = {"meeting_id": meeting_id, "document_id": file_id, "page": 2}
        assert office.refused("truong", "live.show_page", **shown)
        for who in ("hung", "hoa", "tuan"):
            office.do(who, "live.check_in", meeting_id=meeting_id)
        office.do("hung", "live.open", meeting_id=meeting_id)
        office.do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=item_id)
        office.do("truong", "live.show_page", **shown)
        boxes = [[100, 100, 400, 130]]
        office.do("truong", "live.point", meeting_id=meeting_id, document_id=file_id, page=2, boxes=boxes)
        assert office.refused("hoa", "live.show_page", **shown)
        deadline = clock.now() + timedelta(seconds=30)
        while clock.now() < deadline and not (heard.get("page") or {}).get("point"):
            event, *told = tablet.receive(timeout=PATIENCE)
            if event == "live.state":
                heard.update(told[0]["sections"])
    assert (heard["page"]["document_id"], heard["page"]["page"]) == (file_id, 2)
    assert heard["page"]["point"]["boxes"] == boxes
