"""A paper's life on its screens: sent to the head, approved, checked with a no, corrected from a draft, late before the chair."""

import io
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting import clock
from meeting.materials.models import Requirement, Submission
from meeting.rulebook.models import RuleBook
from tests.browsing import DESK, PHONE, House
from tests.documents.papers import paper
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations

pytestmark = [pytest.mark.browser, pytest.mark.server]
__all__ = ["house", "running"]


@pytest.fixture(scope="module")
def asked(running: House) -> int:
    """The economic unit is asked for a paper of a meeting in three weeks."""
    council = running.council
    council.update(RuleBook, council.book(), head_approval="optional")
    meeting = council.meeting(starts_at=clock.now() + timedelta(days=21))
    wanted = {"item_id": council.items(meeting)[0], "unit_id": council.unit("kinh_te"), "what": "Tờ trình dự toán năm 2027"}
    status, answer = running.server.act("minh", "materials.request", meeting_id=meeting, **wanted)
    assert status == 200, answer
    return int(answer["requirement_id"])


def choose(page: Page, name: str) -> None:
    page.set_input_files("#paper", {"name": name, "mimeType": "application/pdf", "buffer": io.BytesIO(paper(2)).getvalue()})
    expect(page.locator("[data-checks]")).to_be_visible()


def nothing_wrong(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_life_of_a_paper_on_its_screens(house: House, asked: int) -> None:
    council = house.council
    officer = house.open("dung", f"/papers/owed/{asked}", DESK)
    nothing_wrong(officer)
    choose(officer, "to-trinh-1.pdf")
    officer.get_by_label("Tôi cam kết").check()
    officer.get_by_role("button", name="Trình lãnh đạo đơn vị").click()
    expect(officer.get_by_text("Việc tiếp theo: Ông Cao Xuân Trường duyệt hoặc trả lại.")).to_be_visible()

    head = house.open("truong", "/papers/owed", DESK)
    head.get_by_role("link", name="Tờ trình dự toán năm 2027").first.click()
    expect(head.locator(".sheets img").first).to_be_visible()
    nothing_wrong(head)
    head.get_by_role("button", name="Duyệt và gửi").click()
    head.wait_for_url("**/papers/owed")

    office = house.open("minh", f"/papers/check/{asked}", DESK)
    nothing_wrong(office)
    office.get_by_role("group", name="Hồ sơ có đủ không?").get_by_text("Không", exact=True).click()
    office.locator("[name=complete_reason]").fill("Bổ sung phụ lục 2")
    expect(office.get_by_role("button", name="Duyệt bản 1")).to_be_disabled()
    office.get_by_role("button", name="Trả lại", exact=True).click()
    office.wait_for_url("**/papers?show=review")

    again = house.open("dung", f"/papers/owed/{asked}", PHONE)
    expect(again.get_by_text("Bổ sung phụ lục 2").first).to_be_visible()
    choose(again, "to-trinh-2.pdf")
    again.get_by_role("button", name="Lưu nháp").click()
    expect(again.get_by_text("Bản nháp của đơn vị")).to_be_visible()
    nothing_wrong(again)
    again.get_by_label("Tôi cam kết").check()
    again.get_by_role("button", name="Nộp bản 2").click()
    expect(again.get_by_text("Việc tiếp theo: Văn phòng trả lời")).to_be_visible()

    states = council.all(select(Submission.state).where(Submission.requirement_id == asked).order_by(Submission.number))
    assert states == ["returned", "sent"]


def test_the_chair_decides_on_a_late_paper_in_one_tap(house: House, asked: int) -> None:
    council = house.council
    first = council.one(select(Requirement).where(Requirement.id == asked))
    wanted = {"meeting_id": first.meeting_id, "unit_id": council.unit("van_hoa"), "what": "Kế hoạch phục vụ Tết"}
    late = house.server.act("minh", "materials.request", **wanted)[1]["requirement_id"]
    council.update(Requirement, late, due_at=clock.now() - timedelta(hours=2))

    chair = house.open("hung", f"/meetings/{first.meeting_id}/papers/late")
    nothing_wrong(chair)
    chair.get_by_role("button", name="Cho đọc tại phiên họp").first.click()
    expect(chair.get_by_text("Chủ trì cho đọc tài liệu tại phiên họp")).to_be_visible()

    row = council.one(select(Requirement).where(Requirement.id == late))
    assert (row.late_decision, row.late_decision_preset) == ("read_out", "short_paper")
