"""Grading on the chair's tablet by finger, the half-minute survey on a phone, the form at a desk: in real browsers."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item, Meeting
from meeting.evaluation.models import EvaluationForm, MeetingGrade, PaperGrade, StatementGrade, SurveyTurn
from meeting.materials.models import Requirement
from meeting.writer import perform
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.conftest import Council
from tests.evaluation.held import here
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.server]

PORTRAIT = {"width": 820, "height": 1180}


def over(council: Council, **values: Any) -> int:
    """A meeting of the UBND that ended an hour ago, with papers of two units, one of them late."""
    starts = clock.now() - timedelta(hours=3)
    known = {"opened_at": starts, "closed_at": starts + timedelta(hours=2), "issued_at": starts - timedelta(days=9), **values}
    number = council.meeting(state="held", starts_at=starts, **known)
    for item in council.items(number):
        council.update(Item, item, state="done")
    for username in ("hung", "hoa", "tuan"):
        here(council, number, username)
    due = starts - timedelta(days=4)
    for unit, late in (("kinh_te", 0), ("van_hoa", 130)):
        asked = {"due_at": due, "asked_at": due - timedelta(days=5), "asked_by": council.person("minh")}
        came = {"first_received_at": due + timedelta(minutes=late), "first_late_minutes": late, "state": "submitted"}
        council.write(Requirement(meeting_id=number, unit_id=council.unit(unit), what="Tờ trình", **asked, **came))
    return number


def sound(page: Page) -> None:
    """Nobody is shut out: axe finds nothing, targets are fat where fingers touch, nothing runs off the side."""
    if page.viewport_size != PHONE:
        assert violations(page) == []
    if page.locator(".shell-rail").count():
        assert page.evaluate(SMALL) == []
    assert page.evaluate(WIDE) <= 0


def test_three_taps_on_the_tablet_and_a_change_afterwards(house: House) -> None:  # noqa: F811
    council = house.council
    number = over(council)
    hung = house.open("hung", f"/meetings/{number}/evaluation", TOUCH, has_touch=True)
    sound(hung)

    hung.get_by_role("group", name="Tất cả cơ quan, đơn vị").get_by_text("Đạt", exact=True).tap()
    for unit in ("Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa – Xã hội"):
        expect(hung.get_by_role("group", name=unit).get_by_role("radio", name="Đạt", exact=True)).to_be_checked()
    hung.get_by_role("group", name="Chung các ý kiến phát biểu").get_by_text("Tốt", exact=True).tap()
    expect(hung.get_by_role("group", name="Có giải pháp cụ thể").get_by_role("radio", name="Tốt")).to_be_checked()
    hung.locator("[data-whole]").get_by_text("Đạt yêu cầu", exact=True).tap()
    expect(hung.locator("[data-saved]")).to_be_visible()
    expect(hung.locator("[data-whole][aria-busy]")).to_have_count(0)
    hung.get_by_role("button", name="Hoàn tất đánh giá").tap()
    hung.get_by_role("dialog").locator("[value=yes]").tap()
    hung.wait_for_url(f"**/meetings/{number}")

    assert council.all(select(PaperGrade.verdict).where(PaperGrade.meeting_id == number)) == ["met", "met"]
    assert council.all(select(StatementGrade.shade).where(StatementGrade.meeting_id == number)) == ["good", "good"]
    assert council.one(select(Meeting.evaluation_state).where(Meeting.id == number)) == "closed"
    row = council.one(select(MeetingGrade).where(MeetingGrade.meeting_id == number))
    assert (row.verdict, row.computed, row.late) == ("met", "met", False)

    hung.goto(f"/meetings/{number}/evaluation")
    hung.wait_for_selector("html[data-ready]", state="attached")
    expect(hung.locator("[data-whole] input").first).to_be_disabled()
    hung.get_by_role("button", name="Sửa đánh giá").tap()
    hung.locator("[data-whole]").get_by_text("Khá", exact=True).tap()
    hung.get_by_role("dialog").get_by_label("Lý do").fill("Bổ sung biên bản đã ký")
    hung.get_by_role("dialog").locator("[value=yes]").tap()
    expect(hung.get_by_text("Sửa sau khi kết thúc")).to_be_visible()
    expect(hung.get_by_text("Bổ sung biên bản đã ký").first).to_be_visible()
    assert council.one(select(MeetingGrade.late).where(MeetingGrade.meeting_id == number)) is True
    assert house.faults == []


def test_a_verdict_against_the_form_asks_why_and_sources_open(house: House) -> None:  # noqa: F811
    council = house.council
    number = over(council)
    council.update(Item, council.items(number)[2], state="planned")
    hung = house.open("hung", f"/meetings/{number}/evaluation", PORTRAIT, has_touch=True)
    expect(hung.get_by_text("Nội dung không có kết luận: 3. Nội dung 3.")).to_be_visible()

    hung.locator("[data-whole]").get_by_text("Đạt yêu cầu", exact=True).tap()
    hung.keyboard.press("Escape")
    expect(hung.get_by_role("radio", name="Đạt yêu cầu", exact=True)).not_to_be_checked()
    hung.locator("[data-whole]").get_by_text("Đạt yêu cầu", exact=True).tap()
    hung.get_by_role("dialog").get_by_label("Lý do").fill("Nội dung 3 họp riêng tuần sau")
    hung.get_by_role("dialog").locator("[value=yes]").tap()
    expect(hung.locator(".graded-meeting [data-reason]")).to_have_text("Nội dung 3 họp riêng tuần sau")
    assert council.one(select(MeetingGrade.override_reason).where(MeetingGrade.meeting_id == number)) != ""

    line = hung.locator(".evi", has_text="Tài liệu nộp đúng hạn")
    line.locator("summary").tap()
    expect(line.get_by_text("chậm 130 phút")).to_be_visible()
    sound(hung)
    hung.set_viewport_size(PHONE)  # type: ignore[arg-type]
    hung.evaluate("() => { document.documentElement.dataset.text = '130'; }")
    assert hung.evaluate(WIDE) <= 0
    assert house.faults == []


def test_half_a_minute_on_the_phone(house: House) -> None:  # noqa: F811
    council = house.council
    form = {"criteria": [{"code": "result", "points": 100}], "starts_on": "2020-01-01", "smallest_sample": 3}
    survey = [{"code": "papers"}, {"code": "heard", "text": "Ý kiến của tôi được ghi nhận"}]
    hdnd = council.body("HĐND")
    perform(council.actor("minh"), "evaluation.keep_form", {"body_id": hdnd, "survey": survey, **form})
    starts = clock.now() - timedelta(hours=2)
    number = council.meeting("HĐND", state="in_session", starts_at=starts, opened_at=starts, items=0)
    council.invite(number, "hung", voting=True)
    for username in ("lan", "hoa", "tuan", "hung"):
        here(council, number, username)
    perform(council.actor("lan"), "live.close", {"meeting_id": number})

    hoa = house.open("hoa", "/", PHONE, has_touch=True)
    hoa.get_by_role("link", name="Cuộc họp thế nào?").first.tap()
    expect(hoa.get_by_text("Ý kiến của tôi được ghi nhận")).to_be_visible()
    sound(hoa)
    hoa.get_by_role("button", name="Gửi câu trả lời").tap()
    expect(hoa.locator("[data-error]")).to_have_text("Hãy trả lời ít nhất một câu hỏi.")
    hoa.get_by_text("Rất tốt").first.tap()
    hoa.get_by_text("Chưa tốt").nth(1).tap()
    hoa.get_by_role("button", name="Gửi câu trả lời").tap()
    expect(hoa.get_by_text("Cảm ơn, đã nhận câu trả lời.")).to_be_visible()

    turns = select(SurveyTurn.person_id).where(SurveyTurn.meeting_id == number)
    assert council.all(turns) == [council.person("hoa")]
    tuan = house.open("tuan", f"/meetings/{number}/survey", TOUCH, has_touch=True)
    sound(tuan)
    assert house.faults == []


def test_the_form_is_changed_at_a_desk(house: House) -> None:  # noqa: F811
    council = house.council
    ubnd = council.body("UBND")
    minh = house.open("minh", f"/evaluation/form?body={ubnd}", DESK)
    sound(minh)
    minh.get_by_label("Điểm", exact=True).first.fill("0")
    minh.get_by_label("Áp dụng cho cuộc họp từ ngày").fill("01/01/2031")
    minh.get_by_role("button", name="Lưu mẫu đánh giá").click()
    expect(minh.get_by_text("Điểm là số nguyên từ 1 đến 1000.").first).to_be_visible()
    minh.get_by_label("Điểm", exact=True).first.fill("30")
    expect(minh.locator("[data-sum]")).to_have_text("110")
    expect(minh.locator("[data-share]").first).to_have_text("27,3")
    minh.get_by_role("button", name="Lưu mẫu đánh giá").click()
    expect(minh.get_by_text("Các mẫu đã dùng")).to_be_visible()

    (row,) = council.all(select(EvaluationForm).where(EvaluationForm.body_id == ubnd))
    assert (row.starts_on.isoformat(), row.criteria[0]["points"]) == ("2031-01-01", 30)
    minh.set_viewport_size(PHONE)  # type: ignore[arg-type]
    minh.evaluate("() => { document.documentElement.dataset.text = '130'; }")
    assert minh.evaluate(WIDE) <= 0
    assert house.faults == []
