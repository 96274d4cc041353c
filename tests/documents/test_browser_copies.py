"""Taking a paper along in a real browser: the menu of the viewer, the sheet of a copy, what its signatures say."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from playwright.sync_api import expect

from meeting.documents.access import least
from tests.browsing import PHONE, TOUCH, House
from tests.documents.papers import paper
from tests.documents.signing import added_to, signed, signer
from tests.materials.test_browser_handing import Office
from tests.waiting import until
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

MENU = ".vbar .vmenu:last-child"


class Desk(Office):
    """A unit's paper in the hands of the delegates."""

    def published(self, content: bytes, takeable: str = "original") -> int:
        """Dũng sends the paper, Minh accepts it and says what may be taken away."""
        council = self.house.council
        meeting_id = council.meeting()
        asked = {"meeting_id": meeting_id, "item_id": council.items(meeting_id)[0], "unit_id": council.unit("kinh_te")}
        requirement_id = self.act("minh", "materials.request", **asked, what="Tờ trình ngân sách")["requirement_id"]
        file = {"file": ("To trinh.pdf", content, "application/pdf")}
        file_id = int(self._ask("post", "dung", "/files", files=file)["file_id"])
        self.act("dung", "materials.submit", requirement_id=requirement_id, file_id=file_id, reason="Theo yêu cầu")
        self.until("dung", f"/documents/{file_id}", lambda found: found.get("state") == "ready")
        self.act("minh", "materials.accept", requirement_id=requirement_id)
        self.act("minh", "materials.set_audience", requirement_id=requirement_id, audience="all", takeable=takeable)
        return file_id


def shot(page: Any, name: str) -> None:
    """A picture for people who look, where a folder for them is named."""
    if folder := os.environ.get("MEETING_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def menu(page: Any) -> Any:
    page.locator(MENU).get_by_role("button").first.click()
    return page.locator(MENU).get_by_role("group")


@pytest.fixture
def desk(house: House) -> Desk:  # noqa: F811
    return Desk(house)


def test_a_delegate_downloads_a_copy_with_her_name_on_each_page(house, desk, tmp_path):  # noqa: F811
    page = house.open("hoa", f"/documents/{desk.published(paper(3))}")
    rows = menu(page)
    rows.get_by_role("button", name="Tải bản sao ghi tên tôi").wait_for()
    shot(page, "copy-menu")

    with page.expect_download() as coming:
        rows.get_by_role("button", name="Tải bản sao ghi tên tôi").click()
        page.get_by_role("dialog").wait_for()
    coming.value.save_as(tmp_path / "copy.pdf")
    page.get_by_text("Bản sao đã sẵn sàng").wait_for()
    shot(page, "copy-ready")

    assert coming.value.suggested_filename.endswith("bản của ông Phan Thị Hoa.pdf")
    with pymupdf.open(tmp_path / "copy.pdf") as copied:
        assert all("Phan Thị Hoa" in each.get_text() for each in copied)
    expect(rows).to_be_hidden()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    with page.expect_download() as coming:
        menu(page).get_by_role("link", name="Tải tệp gốc").click()
    assert coming.value.suggested_filename == "To trinh.pdf"
    assert house.faults == []


def test_a_paper_for_reading_only_offers_nothing_to_take(house, desk):  # noqa: F811
    file_id = desk.published(paper(1), "none")

    page = house.open("hoa", f"/documents/{file_id}", PHONE)
    rows = menu(page)
    rows.get_by_text("Chỉ đọc tại đây").wait_for()
    shot(page, "copy-none")

    assert rows.get_by_role("button", name="Tải").count() == rows.get_by_role("link", name="Tải").count() == 0
    assert least("none", "copy") == "none"
    page.emulate_media(media="print")
    until(lambda: page.evaluate("getComputedStyle(document.body).display") == "none", "the page can be printed")
    office = house.open("minh", f"/documents/{file_id}")
    expect(menu(office).get_by_role("link", name="Tải tệp gốc")).to_have_count(1)


def test_signatures_are_said_in_plain_words(house, desk):  # noqa: F811
    with ThreadPoolExecutor(1) as apart:  # signing runs a loop of its own; the browser has one in this thread
        content = apart.submit(lambda: signed(added_to(signed(paper(3))), "ChuKy2", 1, signer("Đỗ Mạnh Hùng"))).result()

    page = house.open("hoa", f"/documents/{desk.published(content)}", TOUCH)
    page.get_by_role("button", name="Thay đổi sau khi ký").click()
    sheet = page.get_by_role("dialog")
    sheet.wait_for()
    shot(page, "copy-signatures")

    told = sheet.locator(".vsig")
    expect(told).to_have_count(2)
    expect(told.nth(0)).to_contain_text("Vũ Thị Mai Lan")
    expect(told.nth(0)).to_contain_text("Nội dung đã thay đổi sau chữ ký")
    expect(told.nth(1)).to_contain_text("Hợp lệ khi ký")
    expect(told.nth(1)).to_contain_text("Chưa kiểm tra được tổ chức cấp chứng thư")
    assert violations(page) == []
    told.nth(1).get_by_role("button", name="Trang 2").click()
    sheet.wait_for(state="detached")
    page.wait_for_function("document.querySelector('.pgno input')?.value === '2'")
    assert house.faults == []
