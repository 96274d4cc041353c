"""Looking things up, through the API alone, on the real server: found at once, by every way of typing, by nobody else."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from meeting import clock
from tests.serving import Server, serving
from tests.walk.office import Office, paper

pytestmark = pytest.mark.server

LINE = "Giao Phòng Kinh tế chủ trì chỉnh trang vỉa hè đường Trần Phú, hoàn thành trong quý I năm 2027"
PAGES = ("Báo cáo hiện trạng 12 tuyến phố.", "Kiến nghị lát lại vỉa hè bằng đá tự nhiên, kinh phí 3.697 triệu đồng.")


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    with serving(tmp_path, "--empty") as running:
        yield running


def test_what_was_concluded_is_found_at_once(server: Server) -> None:
    office = Office(server)
    meeting_id, item_id = prepares(office)
    saved = keeps_a_question(office)
    symbol = concludes(office, meeting_id, item_id)
    finds_by_every_way_of_typing(office, symbol)
    narrows(office, meeting_id)
    is_told(office, saved)
    offers_while_typing(office, symbol)
    follows_the_matter(office, item_id)
    survives(office, server)
    loses_the_right(office, server)


def found(office: Office, who: str, typed: str, /, **narrowed: str) -> dict[str, Any]:
    more = "".join(f"&{name}={quote(value)}" for name, value in narrowed.items())
    answer: dict[str, Any] = office.get(who, f"/search?q={quote(typed)}{more}")
    return answer


def kinds(answer: dict[str, Any]) -> set[str]:
    return {hit["kind"] for hit in answer["data"]}


def prepares(office: Office) -> tuple[int, int]:
    unit = office.get("truong", "/me")["unit_id"]
    starts = clock.now() + timedelta(minutes=5)
    wanted = {"body": "UBND", "title": "Phiên họp thường kỳ", "starts_at": starts.isoformat(), "place": "P. họp 1"}
    meeting_id = int(office.do("minh", "agenda.create", **wanted)["meeting_id"])
    item = {"title": "Chỉnh trang vỉa hè các tuyến phố", "kind": "matter", "unit_id": unit}
    item_id = int(office.do("minh", "agenda.add_item", meeting_id=meeting_id, **item)["item_id"])
    due = (clock.now() + timedelta(minutes=4)).isoformat()
    asked = {"item_id": item_id, "unit_id": unit, "what": "Báo cáo chỉnh trang", "due_at": due, "due_reason": "Họp gấp"}
    requirement = office.do("minh", "materials.request", meeting_id=meeting_id, **asked)["requirement_id"]
    file_id = office.upload("dung", paper(*PAGES), "bao-cao.pdf").json()["file_id"]
    sent = office.do("dung", "materials.submit", requirement_id=requirement, file_id=file_id)
    office.until("dung", f"/documents/{file_id}", lambda each: each["state"] == "ready")
    office.do("minh", "materials.accept", submission_id=sent["submission_id"])
    office.do("van", "agenda.issue", meeting_id=meeting_id)
    office.until("hoa", "/search?q=" + quote("đá tự nhiên"), lambda body: body["total"] == 1)
    return meeting_id, item_id


def keeps_a_question(office: Office) -> int:
    kept = office.do("hoa", "search.save", name="Vỉa hè", question={"q": "vỉa hè", "kind": "notice"}, alert=True)
    assert office.refused("tuan", "search.forget", saved_id=kept["saved_id"]) == "not_found"
    return int(kept["saved_id"])


def concludes(office: Office, meeting_id: int, item_id: int) -> str:
    for who in ("hung", "hoa", "tuan"):
        office.do(who, "live.check_in", meeting_id=meeting_id)
    office.do("hung", "live.open", meeting_id=meeting_id)
    office.do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=item_id)
    office.do("hoa", "discussion.post", meeting_id=meeting_id, item_id=item_id, text="Đề nghị lát vỉa hè trước Tết")
    office.do("hung", "live.close", meeting_id=meeting_id)
    notice_id = int(office.do("minh", "conclusions.draft", meeting_id=meeting_id)["notice_id"])
    office.do("minh", "conclusions.add_line", notice_id=notice_id, item_id=item_id, text=LINE)
    assert "notice" not in kinds(found(office, "hoa", "vỉa hè"))  # a draft is the office's
    office.do("minh", "conclusions.submit", notice_id=notice_id)
    office.do("hung", "conclusions.approve", notice_id=notice_id)
    office.do("minh", "conclusions.sign", notice_id=notice_id)
    symbol = str(office.do("van", "conclusions.number", notice_id=notice_id)["symbol"])
    office.do("van", "conclusions.issue", notice_id=notice_id)
    office.until("hoa", "/search?q=" + quote(symbol), lambda body: any(hit["symbol"] == symbol for hit in body["data"]))
    return symbol


def finds_by_every_way_of_typing(office: Office, symbol: str) -> None:
    number = symbol.split("/", maxsplit=1)[0]
    for typed in ("vỉa hè", "via he", "VIA HE", "vi\u0309a he\u0300", '"vỉa hè đường Trần Phú"', f"{number}/TB", symbol.lower()):
        answer = found(office, "hoa", typed)
        assert "notice" in kinds(answer), typed
        assert answer["data"][0]["url"].startswith("/"), typed
    assert {"notice", "item", "paper", "opinion"} <= kinds(found(office, "hoa", "via he"))
    (hit,) = found(office, "hoa", "đá tự nhiên")["data"]
    assert (hit["kind"], hit["page"]) == ("paper", 2)
    assert hit["marks"] == ["đá tự nhiên"]
    assert kinds(found(office, "hoa", "3697 triệu")) == {"paper"}
    assert "paper" not in kinds(found(office, "hoa", 'vỉa hè -"đá tự nhiên"'))
    assert kinds(found(office, "hoa", "kết luận vỉa hè loại:TB")) == {"notice"}
    nothing = found(office, "hoa", "thoats nuowcs ngap ungs")
    assert nothing["total"] == 0
    assert found(office, "hoa", "viahe")["nearest"]
    for nonsense in ('"', "-", "đơn vị:", "số:-", "*" * 2000, "\u0300" * 300, "((( OR AND NOT", "từ:32/13/99999"):
        found(office, "hoa", nonsense)


def narrows(office: Office, meeting_id: int) -> None:
    whole = found(office, "hoa", "vỉa hè")
    for facet in whole["facets"]["kind"]:
        assert found(office, "hoa", "vỉa hè", kind=facet["value"])["total"] == facet["count"]
    assert found(office, "hoa", "vỉa hè", body="UBND")["total"] == whole["total"]
    assert found(office, "hoa", "vỉa hè", body="HĐND")["total"] == 0
    assert found(office, "hoa", "vỉa hè", meeting=str(meeting_id))["total"] == whole["total"]
    assert found(office, "hoa", "vỉa hè đơn vị:kinh tế")["total"] >= 1
    newest = found(office, "hoa", "vỉa hè", sort="date")["data"]
    assert [hit["date"] for hit in newest] == sorted((hit["date"] for hit in newest), reverse=True)


def is_told(office: Office, saved: int) -> None:
    office.until("hoa", "/search/saved", lambda body: any(each["saved_id"] == saved and each["new"] for each in body["data"]))
    (hit,) = office.get("hoa", f"/search/saved/{saved}/hits")["data"]
    assert hit["kind"] == "notice"
    office.until("hoa", "/notifications", lambda body: any("Vỉa hè" in str(each) for each in body["data"]))
    assert office.server.get("tuan", f"/search/saved/{saved}/hits")[0] == 404


def offers_while_typing(office: Office, symbol: str) -> None:
    def offered(who: str, typed: str) -> list[str]:
        return [each["text"] for each in office.get(who, f"/search/suggestions?q={quote(typed)}")["data"]]

    assert any("vỉa hè" in text for text in offered("hoa", "chinh trang via"))
    assert symbol in offered("hoa", symbol[:4])
    assert offered("khach", "chinh trang via") == []
    assert offered("khach", symbol[:4]) == []


def follows_the_matter(office: Office, item_id: int) -> None:
    starts = clock.now() + timedelta(days=9)
    wanted = {"body": "UBND", "title": "Phiên họp sau", "starts_at": starts.isoformat(), "place": "P. họp 1"}
    later = int(office.do("minh", "agenda.create", **wanted)["meeting_id"])
    item = office.do("minh", "agenda.add_item", meeting_id=later, title="Kết quả chỉnh trang vỉa hè", kind="matter")["item_id"]
    office.do("minh", "agenda.link_item", item_id=item, earlier_id=item_id)
    assert office.refused("hoa", "agenda.link_item", item_id=item, earlier_id=item_id)
    for who, times in (("minh", 2), ("hoa", 1)):  # a draft programme is the office's
        life = office.get(who, f"/items/{item_id}/life")
        assert len(life["meetings"]) == times, life


def survives(office: Office, server: Server) -> None:
    before = found(office, "hoa", "vỉa hè")["total"]
    server.kill()
    server.start("--empty")
    assert found(office, "hoa", "vỉa hè")["total"] == before
    server.kill()
    shutil.rmtree(server.data / "search_index")
    server.start("--empty")
    office.until("hoa", "/search?q=" + quote("vỉa hè"), lambda body: body["total"] == before, seconds=90)
    checked = subprocess.run(
        [sys.executable, "-m", "meeting.cli", "search", "check", "--data", str(server.data)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def loses_the_right(office: Office, server: Server) -> None:
    assert found(office, "dung", "vỉa hè")["total"] > 0
    with sqlite3.connect(server.data / "storage" / "meeting.db") as store:
        held = store.execute("SELECT id FROM membership WHERE person_id = ?", (office.people["dung"],)).fetchall()
    for (membership_id,) in held:
        office.do("admin", "organization.end_role", membership_id=membership_id)
    answer = found(office, "dung", "vỉa hè")
    assert (answer["total"], answer["data"], answer["kinds"]) == (0, [], {})
    assert office.get("dung", "/search/suggestions?q=" + quote("chinh trang via"))["data"] == []
