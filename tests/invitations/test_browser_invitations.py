"""The paper, the answers and a guest's telephone in real browsers."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.invitations.models import Invitation, Substitution
from meeting.organization.identity import hashed
from meeting.rulebook.models import RuleBook
from meeting.writer import perform
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.waiting import painted, until
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

__all__ = ["house", "running"]
pytestmark = pytest.mark.browser


def soon() -> datetime:
    """Eight o'clock in some days."""
    return clock.at_local(clock.today() + timedelta(days=9), 8)


def test_a_paper_keeps_itself_is_signed_and_goes_out_with_the_meeting(house: House) -> None:
    council = house.council
    meeting = council.meeting(state="draft", starts_at=soon())
    page = house.open("minh", f"/meetings/{meeting}/invitations", DESK)
    page.get_by_role("button", name="Soạn giấy mời").click()
    page.wait_for_url(re.compile(r"/invitations/\d+$"))
    page.wait_for_selector("html[data-ready]", state="attached")

    page.fill("[name=closing]", "Đề nghị các thành viên mang theo máy tính bảng./.")
    expect(page.locator("[data-preview]")).to_contain_text("mang theo máy tính bảng./.")
    expect(page.locator("[data-saved-text]")).to_have_text("Đã lưu")
    assert council.one(select(Invitation.version)) == 2
    other = house.open("minh", page.url, DESK)
    other.fill("[name=closing]", "Sửa ở nơi khác./.")
    expect(other.locator("[data-preview]")).to_contain_text("Sửa ở nơi khác./.")
    page.fill("[name=closing]", "Viết đè./.")
    expect(page.locator("form [data-error]")).to_contain_text("Người khác vừa sửa")
    assert council.one(select(Invitation.closing)) == "Sửa ở nơi khác./."
    page.close(run_before_unload=False)

    other.get_by_role("button", name="Ký", exact=True).click()
    other.get_by_role("dialog").get_by_role("button", name="Ký").click()
    expect(other.locator(".steps .now")).to_contain_text("Lấy số")
    clerk = house.open("van", other.url, DESK)
    clerk.locator('[data-opens="issue"]').click()
    clerk.get_by_role("dialog").get_by_role("button", name="Phát hành").click()
    expect(clerk.locator("h1")).to_contain_text("01/GM-UBND")
    assert council.one(select(Meeting.state).where(Meeting.id == meeting)) == "issued"


def test_a_member_sends_somebody_and_the_chair_agrees_in_one_tap(house: House) -> None:
    council = house.council
    council.update(RuleBook, council.book("UBND"), substitutes="speaks")
    meeting = council.meeting(starts_at=soon())
    page = house.open("hoa", f"/meetings/{meeting}", TOUCH)
    expect(page.locator(".reply .btn")).to_have_count(3)
    page.get_by_role("link", name="Cử người dự thay").click()
    page.wait_for_selector("html[data-ready]", state="attached")
    page.fill("[name=q]", "truong")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(page.locator(".inv-row")).to_have_count(1)
    page.get_by_role("button", name="Cử").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Đi công tác")
    dialog.get_by_role("button", name="Cử").click()
    page.wait_for_url(re.compile(rf"/meetings/{meeting}$"))
    expect(page.locator(".reply")).to_contain_text("Chờ người chủ trì đồng ý")

    chair = house.open("hung", "/", TOUCH)
    chair.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(chair.locator(".consent-row")).to_have_count(0)
    assert council.one(select(Substitution.state).where(Substitution.meeting_id == meeting)) == "consented"


def test_a_guest_answers_and_writes_on_a_telephone(house: House) -> None:
    council = house.council
    meeting = council.meeting(starts_at=soon())
    minh = council.actor("minh")
    guest = {"meeting_id": meeting, "full_name": "Trần Văn Bình", "honorific": "Ông"}
    person = perform(minh, "invitations.add_guest", guest)["person_id"]
    token = "k" * 43
    perform(minh, "invitations.make_link", {"meeting_id": meeting, "person_id": person, "sha256": hashed(token)})

    page = house.open("", f"/g/{token}", TOUCH)

    assert page.url.endswith("/guest")
    assert violations(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    painted(page)
    assert page.evaluate(WIDE) <= 0
    assert page.evaluate(SMALL) == []
    page.get_by_role("button", name="Tôi sẽ dự").click()
    expect(page.locator(".reply")).to_contain_text("Ông/bà sẽ dự họp")
    row = select(Participant).where(Participant.meeting_id == meeting, Participant.person_id == person)
    until(lambda: council.one(row).seen_at is not None, "nobody noted that the guest has opened it")
    assert council.one(row).reply == "accepted"


def test_the_desk_of_answers_fits_a_telephone_and_a_keyboard(house: House) -> None:
    council = house.council
    meeting = council.meeting(starts_at=soon())
    perform(council.actor("hoa"), "agenda.reply", {"meeting_id": meeting, "reply": "declined", "reason": "Ốm"})
    page = house.open("minh", f"/meetings/{meeting}/invitations?show=waiting", DESK)
    assert violations(page) == []

    page.get_by_role("button", name="Đồng ý", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".inv-row")).to_have_count(0)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"/meetings/{meeting}/invitations")
    assert page.evaluate(WIDE) <= 0
