"""Saved searches in a real browser, with a real worker that tells of what is new."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from meeting.database import reading
from meeting.notify.models import Notification
from meeting.search.kept.saved_models import SavedSearch
from meeting.search.models import Passage
from tests.browsing import PHONE, House
from tests.search.issuing import issued
from tests.waiting import painted, until
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

__all__ = ["house", "running"]
pytestmark = pytest.mark.browser


def known() -> bool:
    """The worker has asked the saved search for the first time."""
    with reading() as session:
        return session.scalar(select(SavedSearch.known)) is not None


def told() -> bool:
    with reading() as session:
        return session.scalar(select(Notification.id).where(Notification.kind == "search_hit")) is not None


def fed(words: str) -> bool:
    with reading() as session:
        rows = session.scalars(select(Passage).where(Passage.title.contains(words))).all()
        return bool(rows) and all(row.indexed == row.revision for row in rows)


def saved_by(house: House, username: str) -> bool:
    with reading() as session:
        mine = select(SavedSearch.id).where(SavedSearch.person_id == house.council.person(username))
        return session.scalar(mine) is not None


def card(page: Page) -> Locator:
    return page.locator("section.saved").first


def test_a_saved_search_tells_what_is_new_and_is_kept_in_order(house: House) -> None:
    meeting_id = house.council.meeting()
    house.server.act("hoa", "search.save", name="Chợ tạm", question={"q": "chợ tạm", "kind": "notice"})
    until(known, "the worker did not ask the saved search")
    notice_id = issued(house, meeting_id, "Giải tỏa chợ tạm trước ngày 30 tháng 12.")
    until(told, "nobody was told of the new hit")

    page = house.open("hoa", "/notifications")
    page.get_by_text("1 kết quả mới cho “Chợ tạm”").click()
    expect(page).to_have_url(re.compile(r"/search/saved\?open="))
    expect(card(page)).to_contain_text("1 kết quả mới")
    expect(card(page).locator(".saved-hits a")).to_have_attribute("href", re.compile(rf"^/notices/{notice_id}\?mark="))
    assert violations(page) == []
    assert page.evaluate(SMALL) == []

    card(page).get_by_role("button", name="Đánh dấu đã xem").click()
    expect(card(page)).not_to_contain_text("1 kết quả mới")

    card(page).get_by_role("button", name="Đổi tên").click()
    page.get_by_role("textbox", name="Tên").fill("Chợ tạm, chợ cóc")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(card(page).get_by_role("heading")).to_have_text("Chợ tạm, chợ cóc")

    card(page).get_by_role("button", name="Ngừng báo").click()
    expect(card(page)).to_contain_text("Không báo kết quả mới")

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate("() => { document.documentElement.dataset.text = '130'; }")
    painted(page)
    assert page.evaluate(WIDE) <= 0

    card(page).get_by_role("button", name="Xóa").click()
    page.get_by_role("dialog").get_by_role("button", name="Xóa").click()
    expect(page.get_by_text("Chưa lưu tìm kiếm nào")).to_be_visible()


def test_what_was_searched_is_saved_from_its_page_and_suggested_again(house: House) -> None:
    meeting_id = house.council.meeting()
    assert house.server.act("minh", "agenda.edit", meeting_id=meeting_id, title="Phiên họp về cây xanh đô thị")[0] == 200
    until(lambda: fed("cây xanh"), "the meeting was never fed to search")
    page = house.open("tuan", "/search?q=cây+xanh+đô+thị")
    page.get_by_role("button", name="Lưu tìm kiếm").click()
    page.get_by_role("dialog").get_by_role("button", name="Lưu", exact=True).click()
    until(lambda: saved_by(house, "tuan"), "the search was not saved")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.goto("/search/saved")
    expect(page.locator("section.saved").get_by_role("heading")).to_have_text("cây xanh đô thị")
    page.goto("/search")
    page.locator("[data-search-box]").press_sequentially("cay xa")
    expect(page.get_by_role("option").first).to_have_text(re.compile("cây xanh đô thị"))
