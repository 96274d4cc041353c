"""Opinions in the room and beside the page: written, answered, agreed with, hidden; and kept while the line is down."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting import clock
from meeting.discussion.models import Agreement, Opinion
from meeting.writer import perform
from tests.browsing import DESK, House
from tests.reading.papers import hand_in, lay
from tests.waiting import until
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def held(house: House) -> tuple[int, int, int]:  # noqa: F811
    """A meeting in session at its first item, with a paper of two pages."""
    council = house.council

    def do(who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
        return perform(council.actor(who), name, wanted)

    found = council.meeting(starts_at=clock.now() + timedelta(days=20))
    first = council.items(found)[0]
    paper = lay(council)
    hand_in(council, do, paper, "Tờ trình dự toán", found, first)
    for who in ("hoa", "tuan", "hung"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    do("hung", "live.go_to_item", meeting_id=found, item_id=first)
    return found, first, paper


def test_an_opinion_on_a_page_is_answered_agreed_with_and_hidden(house: House, held: tuple[int, int, int]) -> None:  # noqa: F811
    found, _, paper = held
    reader = house.open("hoa", f"/documents/{paper}?page=1")
    reader.get_by_role("button", name="Ghi ý kiến về trang này").click()
    reader.locator("#page-opinion").fill("Số liệu bảng 2 chưa khớp")
    reader.get_by_role("button", name="Gửi ý kiến").click()
    expect(reader.get_by_role("button", name="1 ý kiến ở trang này")).to_be_visible()

    room = house.open("tuan", f"/meetings/{found}/room")
    said = room.locator(".cm", has_text="Số liệu bảng 2 chưa khớp")
    expect(said.locator(".cm-page")).to_have_attribute("href", f"/documents/{paper}?page=1")
    said.get_by_role("button", name="Đồng ý").click()
    expect(said.get_by_role("button", name="Đồng ý")).to_have_attribute("aria-pressed", "true")
    said.get_by_role("button", name="Trả lời").click()
    said.get_by_label("Trả lời ý kiến của").fill("Xin tiếp thu")
    said.get_by_role("button", name="Gửi trả lời").click()
    expect(said.locator(".cm-reply")).to_contain_text("Xin tiếp thu")
    assert len(house.council.all(select(Agreement.person_id))) == 1

    desk = house.open("minh", f"/meetings/{found}?tab=opinions", DESK)
    desk.locator(".cm").get_by_role("button", name="Ẩn").first.click()
    desk.locator("dialog textarea").fill("Chưa đúng nội dung")
    desk.locator("dialog").get_by_role("button", name="Ẩn").click()
    expect(room.locator(".cm").first).to_contain_text("Ẩn bởi chủ tọa")
    expect(room.locator(".cm").first).not_to_contain_text("Số liệu bảng 2")
    assert house.faults == []


def test_a_reply_waits_for_the_line_and_is_sent_once(house: House, held: tuple[int, int, int]) -> None:  # noqa: F811
    found, first, _ = held
    council = house.council
    perform(council.actor("hoa"), "discussion.post", {"meeting_id": found, "item_id": first, "text": "Đề nghị làm rõ"})
    room = house.open("tuan", f"/meetings/{found}/room")
    said = room.locator(".cm", has_text="Đề nghị làm rõ").first
    said.get_by_role("button", name="Trả lời").click()
    room.context.set_offline(True)
    said.get_by_label("Trả lời ý kiến của").fill("Gửi khi mất mạng")
    said.get_by_role("button", name="Gửi trả lời").click()
    expect(said.locator(".cm.held")).to_contain_text("Gửi khi mất mạng")
    room.context.set_offline(False)

    expect(said.locator(".cm-reply")).to_contain_text("Gửi khi mất mạng")
    until(
        lambda: council.all(select(Opinion.text).where(Opinion.parent_id.is_not(None)))[-1:] == ["Gửi khi mất mạng"], "not sent"
    )
    assert council.all(select(Opinion.text)).count("Gửi khi mất mạng") == 1
    assert house.faults == []
