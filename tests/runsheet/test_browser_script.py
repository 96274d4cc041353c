"""The run sheet in browsers: saved as one writes, two editors keep both their words, the console shows them, members never."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from meeting import clock
from meeting.writer import perform
from tests.browsing import DESK, PHONE, House
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def meeting(running: House) -> int:  # noqa: F811
    return running.council.meeting(starts_at=clock.now() + timedelta(days=40))


def test_two_editors_keep_both_their_words_and_the_console_says_them(house: House, meeting: int) -> None:  # noqa: F811
    office = house.open("minh", f"/meetings/{meeting}/script", DESK)
    chair = house.open("hung", f"/meetings/{meeting}/script", DESK)
    for page in (office, chair):
        expect(page.get_by_label("Mở đầu")).to_be_visible()
        usual = page.get_by_label("Mở đầu").input_value()

    office.get_by_label("Mở đầu").fill(f"{usual}\nThư ký nhắc: xin mời khách lên hàng đầu.")
    expect(office.get_by_text("Đã lưu")).to_be_visible()
    chair.get_by_label("Mở đầu").fill(f"Lời của chủ tọa.\n{usual}")
    expect(chair.get_by_text("Hai nội dung đã được gộp lại")).to_be_visible()
    expect(chair.get_by_text("Đã lưu")).to_be_visible()

    both = f"Lời của chủ tọa.\n{usual}\nThư ký nhắc: xin mời khách lên hàng đầu."
    expect(chair.get_by_label("Mở đầu")).to_have_value(both)
    office.reload()
    expect(office.get_by_label("Mở đầu")).to_have_value(both)

    for who in ("hung", "hoa", "tuan"):
        perform(house.council.actor(who), "live.check_in", {"meeting_id": meeting})
    perform(house.council.actor("hung"), "live.open", {"meeting_id": meeting})
    first = house.council.items(meeting)[0]
    perform(house.council.actor("hung"), "live.go_to_item", {"meeting_id": meeting, "item_id": first})
    chair.goto(f"/meetings/{meeting}/console")
    chair.get_by_role("tab", name="Kịch bản").click()
    expect(chair.locator(".rs-card")).to_contain_text("Thư ký nhắc: xin mời khách lên hàng đầu.")
    assert house.open("hoa", f"/meetings/{meeting}/room").locator(".rs-card").count() == 0
    assert house.faults == []


def test_words_written_without_a_line_are_sent_when_it_is_back(house: House, meeting: int) -> None:  # noqa: F811
    page = house.open("minh", f"/meetings/{meeting}/script", DESK)
    expect(page.get_by_label("Kết thúc")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_label("Kết thúc").fill("Viết khi mất mạng")
    expect(page.get_by_text("Mất kết nối. Nội dung đang viết được giữ tại đây")).to_be_visible()
    page.context.set_offline(False)

    expect(page.get_by_text("Đã lưu")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Kết thúc")).to_have_value("Viết khi mất mạng")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_fit_and_are_accessible(house: House, meeting: int, size: dict[str, int]) -> None:  # noqa: F811
    page = house.open("minh", f"/meetings/{meeting}/script", size)
    expect(page.get_by_label("Mở đầu")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    printed = house.open("minh", f"/meetings/{meeting}/script/print", size)
    expect(printed.locator(".rs-sheet")).to_have_count(3)
    assert printed.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(printed) == []
