"""Handing out in a real browser: a new version is compared by the worker, its reader is led to what changed."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pymupdf
import pytest
import requests
from playwright.sync_api import expect

from meeting import clock
from meeting.documents.typeset import FONTS
from tests.browsing import PHONE, TOUCH, House
from tests.waiting import PATIENCE, painted, until
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.server]

PARTS = [
    "Tổng chi ngân sách phường năm 2027 dự kiến là 78.240 triệu đồng, trong đó chi đầu tư phát triển 42.600 triệu đồng, "
    "chi thường xuyên 33.400 triệu đồng, dự phòng ngân sách 2.240 triệu đồng.",
    "Ủy ban nhân dân phường giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì, phối hợp với các đơn vị thực hiện kế hoạch.",
    "Danh mục công trình khởi công mới gồm trường mầm non, tuyến ngõ 91 và hệ thống thoát nước tổ dân phố số 5.",
    "Nguồn bảo đảm gồm thu từ đấu giá quyền sử dụng đất xen kẹt và bổ sung cân đối của ngân sách thành phố.",
]


def pdf(parts: list[str]) -> bytes:
    """One part a page, each filled with sentences of its own."""
    document = pymupdf.open()
    for number, part in enumerate(parts, start=1):
        page = document.new_page(width=595, height=842)
        page.insert_font("tinos", fontfile=str(FONTS / "Tinos-Regular.ttf"))
        page.insert_text((290, 40), str(number), fontname="tinos", fontsize=11)
        more = " ".join(f"Mục {part[:9]} {at}: thực hiện trong quý {at} theo phân công." for at in range(1, 5))
        page.insert_textbox(pymupdf.Rect(72, 80, 523, 780), f"{part}\n\n{more}", fontname="tinos", fontsize=14)
    content = document.tobytes()
    document.close()
    return bytes(content)


class Office:
    """The acts of several people over the API of a running server."""

    def __init__(self, house: House) -> None:  # noqa: F811
        self.house = house

    def act(self, who: str, name: str, **wanted: Any) -> dict[str, Any]:
        answer = self._ask("post", who, f"/acts/{name}", json=wanted)
        assert answer["ok"], answer
        return answer

    def get(self, who: str, path: str) -> dict[str, Any]:
        return self._ask("get", who, path)

    def _ask(self, verb: str, who: str, path: str, **more: Any) -> dict[str, Any]:
        url = f"{self.house.server.address}/api/v1{path}"
        found: dict[str, Any] = requests.request(
            verb, url, headers={"Authorization": f"Bearer token-{who}"}, timeout=PATIENCE, **more
        ).json()
        return found

    def version(self, requirement_id: int, parts: list[str]) -> int:
        """Dũng sends a version, the worker reads it, Minh accepts it."""
        sent = self._ask("post", "dung", "/files", files={"file": ("To trinh.pdf", pdf(parts), "application/pdf")})
        self.act("dung", "materials.submit", requirement_id=requirement_id, file_id=sent["file_id"], reason="Theo yêu cầu")
        self.until("dung", f"/documents/{sent['file_id']}", lambda found: found.get("state") == "ready")
        self.act("minh", "materials.accept", requirement_id=requirement_id)
        return int(sent["file_id"])

    def until(self, who: str, path: str, true: Any) -> None:
        until(lambda: true(self.get(who, path)), f"{path} did not become true")


@pytest.fixture(scope="module")
def handed(running: House) -> tuple[int, int]:  # noqa: F811
    """A meeting with a paper in two versions; Hoa has read the first. Returns meeting and requirement."""
    office = Office(running)
    council = running.council
    meeting_id = council.meeting(items=4, starts_at=clock.now() + timedelta(days=20))
    items = council.items(meeting_id)
    asked = office.act(
        "minh", "materials.request", meeting_id=meeting_id, item_id=items[1], unit_id=council.unit("kinh_te"),
        what="Tờ trình dự toán thu, chi ngân sách phường năm 2027",
    )  # fmt: skip
    other = office.act(
        "minh", "materials.request", meeting_id=meeting_id, item_id=items[2], unit_id=council.unit("kinh_te"),
        what="Báo cáo tiến độ giải phóng mặt bằng",
    )  # fmt: skip
    council.invite(meeting_id, "khach", voting=False, invited_at=clock.now())
    first = office.version(asked["requirement_id"], PARTS)
    office.act("hoa", "materials.look", meeting_id=meeting_id)
    office.act("hoa", "materials.mark_read", file_id=first, page=2, seen=[1])
    office.version(other["requirement_id"], PARTS[2:])
    office.act("minh", "materials.return", requirement_id=asked["requirement_id"], reason="Rà soát số liệu chi đầu tư")
    figures = PARTS[0].replace("42.600", "45.100").replace("33.400", "30.900")
    changed = [figures, PARTS[1], PARTS[3], f"{PARTS[2]} Bổ sung tuyến ngõ 68."]
    office.version(asked["requirement_id"], changed)
    office.until("hoa", f"/requirements/{asked['requirement_id']}/changes", lambda found: found["state"] == "ready")
    return meeting_id, asked["requirement_id"]


def shot(page: Any, name: str) -> None:
    """Keeps a picture where the person at the machine wants one."""
    folder = os.environ.get("HANDING_SHOTS")
    if folder:
        page.wait_for_timeout(400)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_a_reader_is_led_from_the_row_to_the_pages_that_changed(house: House, handed: tuple[int, int]) -> None:  # noqa: F811
    meeting_id, _ = handed
    page = house.open("hoa", f"/meetings/{meeting_id}?tab=papers")
    expect(page.get_by_text("Mới từ lần xem trước")).to_have_count(1)
    shot(page, "meeting")

    page.get_by_text("Xem thay đổi").first.click()
    page.wait_for_selector(".cword ins")
    expect(page.locator(".cwords")).to_contain_text("45.100")
    page.get_by_text("So theo chữ").click()
    page.wait_for_selector(".passages ins")

    expect(page.locator(".passages ins").filter(has_text="45.100").first).to_be_visible()
    expect(page.locator(".pair img")).to_have_count(2)
    shot(page, "compare")
    assert violations(page) == []
    assert page.evaluate(SMALL) == []
    page.get_by_label("Thay đổi sau").click()
    page.wait_for_load_state("load")
    shot(page, "compare2")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shot(page, "compare_phone")
    painted(page)
    assert page.evaluate(WIDE) <= 0

    page.set_viewport_size(TOUCH)  # type: ignore[arg-type]
    page.get_by_text("Đọc bản 2").click()
    page.wait_for_selector(".vpage img")
    shot(page, "viewer")
    expect(page.locator(".vstrip")).to_contain_text("Đã đọc bản 1: 2 trang khác")
    assert violations(page) == []


def test_the_versions_lie_side_by_side_and_are_gone_through_change_by_change(house: House, handed: tuple[int, int]) -> None:  # noqa: F811
    page = house.open("hoa", f"/papers/{handed[1]}/changes")
    page.wait_for_selector(".csheet img")
    expect(page.locator(".cbar")).to_contain_text("bản 1")
    for side in ("old", "new"):
        expect(page.locator(f".cpane.{side} .clines line").nth(1)).to_be_attached()
    old = page.locator(".cpane.old .clines rect").first.bounding_box()
    sheet = page.locator(".cpane.old .csheet").bounding_box()
    assert old is not None
    assert sheet is not None
    assert sheet["x"] < old["x"] < sheet["x"] + sheet["width"]
    shot(page, "side")
    assert violations(page) == []
    assert page.evaluate(SMALL) == []

    expect(page.locator(".cfoot-mid")).to_contain_text("1 / ")
    page.keyboard.press("n")
    expect(page.locator(".cfoot-mid")).to_contain_text("2 / ")
    expect(page.locator(".cwords del")).to_contain_text("33.400")
    page.keyboard.press("p")
    expect(page.get_by_label("Thay đổi trước")).to_be_disabled()
    rows = page.locator(".centry").count()
    page.get_by_role("switch").click()
    expect(page.locator(".centry").nth(rows)).to_be_attached()
    page.locator(".centry.added, .centry.moved, .centry.removed").first.click()
    shot(page, "side_whole")
    page.keyboard.press("ArrowLeft")

    page.keyboard.press("+")
    left, right = (page.locator(f".cpane.{side} .cstage") for side in ("old", "new"))
    left.evaluate("stage => { stage.scrollTop = stage.scrollHeight; }")
    until(lambda: right.evaluate("stage => stage.scrollTop") > 0, "the other side does not go along")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shot(page, "side_phone")
    painted(page)
    assert page.evaluate(WIDE) <= 0
    page.get_by_role("tab").first.click()
    expect(page.locator(".cpane.old")).to_be_visible()
    expect(page.locator(".cpane.new")).to_be_hidden()


@pytest.mark.parametrize(
    ("who", "path", "name"),
    [
        ("minh", "/meetings/ID/papers/release", "release"),
        ("hung", "/meetings/ID/papers/readiness", "readiness"),
        ("hung", "/meetings/ID", "chair"),
        ("hoa", "/", "home"),
        ("hoa", "/papers", "papers"),
    ],
)
def test_the_screens_serve_everybody(house: House, handed: tuple[int, int], who: str, path: str, name: str) -> None:  # noqa: F811
    page = house.open(who, path.replace("ID", str(handed[0])))
    shot(page, name)

    assert violations(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    shot(page, f"{name}_phone")
    painted(page)
    assert page.evaluate(WIDE) <= 0


def test_the_office_sets_for_whom_a_paper_is(house: House, handed: tuple[int, int]) -> None:  # noqa: F811
    meeting_id, requirement_id = handed
    page = house.open("minh", f"/meetings/{meeting_id}/papers/release")
    page.locator(f'[data-opens="for-{requirement_id}"]').click()
    shot(page, "audience")
    page.locator(f"#aud-{requirement_id}").select_option("members")
    page.locator(f"#for-{requirement_id} [type=submit]").click()

    page.wait_for_selector("text=Chỉ thành viên")

    listed = Office(house).get("khach", f"/meetings/{meeting_id}/papers")["data"]
    assert [len(row["papers"]) for row in listed] == [0, 0, 1, 0]
