"""The editor of a notice: a sentence becomes a task by an offer, two people write one line, and the drawn page follows."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlalchemy import select

from meeting import clock
from meeting.conclusions.merging import CLASH
from meeting.conclusions.models import Notice, NoticeLine
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.writer import perform
from tests.browsing import DESK, PHONE, TOUCH, House
from tests.conftest import MORNING, Council
from tests.waiting import painted, until
from tests.web.conftest import house, running  # noqa: F401 - fixtures
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

CASES = json.loads(Path(__file__).with_name("merging_words_cases.json").read_text(encoding="utf-8"))
MERGE = """async (texts) => (await import('/static/js/conclusions/merging_words.js')).mergedWords(...texts)"""
pytestmark = [pytest.mark.browser, pytest.mark.server]


def drafted(council: Council, *texts: str) -> tuple[int, list[int]]:
    """A notice in draft on a meeting that is over; Vân writes beside Minh."""
    second = {"person_id": council.person("van"), "body_id": council.body("UBND"), "role": Role.SECRETARY}
    if council.one(select(Membership.id).filter_by(**second)) is None:
        council.write(Membership(**second, starts_on=MORNING.date()))
    held = clock.now() - timedelta(hours=5)
    found = council.meeting(state="held", starts_at=held, opened_at=held, closed_at=held + timedelta(hours=3))
    first = council.items(found)[0]
    lines = [{"text": text, "item_id": first} for text in texts]
    made = perform(council.actor("minh"), "conclusions.draft", {"meeting_id": found, "lines": lines})
    return made["notice_id"], made["line_ids"]


def opened(house: House, who: str, notice: int, size: dict[str, int] = DESK) -> Page:  # noqa: F811
    page = house.open(who, f"/notices/{notice}", size)
    page.wait_for_selector("html[data-editor=ready]", state="attached")
    return page


def field(page: Page, line: int) -> Locator:
    return page.locator(f'[data-line="{line}"] textarea').first


def stored(council: Council, line: int) -> NoticeLine:
    return council.one(select(NoticeLine).where(NoticeLine.id == line))  # type: ignore[no-any-return]


def test_a_sentence_is_offered_as_a_task_and_its_date_is_asked_for(house: House) -> None:  # noqa: F811
    council = house.council
    notice, (first,) = drafted(council, "Thống nhất chủ trương.")
    page = opened(house, "minh", notice)
    year = clock.today().year

    field(page, first).press("End")
    field(page, first).press("Enter")
    page.keyboard.type("Giao Phòng Kinh tế chủ trì, phối hợp với Văn phòng rà soát hồ sơ, xong trước ngày 31/12.")
    offer = page.locator(".cue")
    expect(offer).to_contain_text("Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì · phối hợp: Văn phòng HĐND và UBND")
    expect(offer).to_contain_text(f"chưa nói năm. Có phải ngày 31/12/{year}?")
    until(lambda: len(council.all(select(NoticeLine.id).where(NoticeLine.notice_id == notice))) == 2, "the line was not saved")
    line = max(council.all(select(NoticeLine.id).where(NoticeLine.notice_id == notice)))
    assert stored(council, line).lead_unit_id is None  # nothing is entered by itself

    offer.get_by_role("button", name="Dùng").click()
    until(lambda: stored(council, line).lead_unit_id == council.unit("kinh_te"), "the lead was not saved")
    assert stored(council, line).due_on is None
    offer.get_by_role("button", name="Đúng").click()
    until(lambda: stored(council, line).due_on is not None, "the date was not saved")
    assert [unit.id for unit in stored(council, line).cooperating] == [council.unit("van_phong")]
    expect(page.locator(".clears")).to_contain_text("thiếu người thực hiện")
    expect(page.locator("table.tsk tbody tr")).to_have_count(1)
    expect(page.locator("#editor-saved .said-sent")).to_be_visible()


def test_two_people_write_one_line_over_a_cut_line(house: House) -> None:  # noqa: F811
    council = house.council
    notice, (line,) = drafted(council, "Giao Phòng Kinh tế rà soát hồ sơ.")
    minh, van = opened(house, "minh", notice), opened(house, "van", notice)
    one, other = field(minh, line), field(van, line)

    other.click()
    expect(minh.get_by_text("cũng đang ở dòng này")).to_be_visible()
    van.context.set_offline(True)
    other.press("End")
    other.press_sequentially(" Báo cáo hằng tháng.")
    expect(van.locator(f'[data-line="{line}"]').get_by_text("đang giữ trên máy này")).to_be_visible()
    one.press("Home")
    one.press_sequentially("Thống nhất. ")
    until(lambda: stored(council, line).text.startswith("Thống nhất."), "the other's words were not saved")
    van.context.set_offline(False)

    whole = "Thống nhất. Giao Phòng Kinh tế rà soát hồ sơ. Báo cáo hằng tháng."
    until(lambda: stored(council, line).text == whole, "the two did not become one")
    expect(one).to_have_value(whole)
    expect(other).to_have_value(whole)
    one.press_sequentially("Trước mắt, ")  # the caret stayed where it was
    until(lambda: stored(council, line).text.startswith("Thống nhất. Trước mắt, Giao"), "the caret was moved")


def test_what_was_typed_without_a_line_is_there_after_a_reload(house: House) -> None:  # noqa: F811
    council = house.council
    notice, (line,) = drafted(council, "Bản đầu")
    page = opened(house, "minh", notice)
    page.route("**/api/v1/acts/**", lambda route: route.abort())
    field(page, line).press("End")
    field(page, line).press_sequentially(" và thêm")
    field(page, line).press("Enter")
    page.keyboard.type("Dòng mới chưa gửi")
    page.keyboard.press("Enter")
    page.keyboard.type("Và dòng nữa")
    expect(page.locator("#editor-saved .said-queued")).to_be_visible()
    page.unroute("**/api/v1/acts/**")
    page.reload()

    def texts() -> list[str]:
        wanted = select(NoticeLine.text).where(NoticeLine.notice_id == notice).order_by(NoticeLine.position)
        return council.all(wanted)  # type: ignore[no-any-return]

    until(lambda: texts() == ["Bản đầu và thêm", "Dòng mới chưa gửi", "Và dòng nữa"], "what was kept here was not sent")


def test_a_line_whose_answer_was_lost_stands_once_after_a_reload(house: House) -> None:  # noqa: F811
    council = house.council
    notice, (line,) = drafted(council, "Bản đầu")
    page = opened(house, "minh", notice)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/v1/acts/**", lose_the_answer)
    field(page, line).press("End")
    field(page, line).press("Enter")
    page.keyboard.type("Dòng mới")
    expect(page.locator("#editor-saved .said-queued")).to_be_visible()
    until(lambda: len(council.all(select(NoticeLine.id).where(NoticeLine.notice_id == notice))) == 2, "the line was not added")
    page.unroute("**/api/v1/acts/**")
    page.reload()
    page.wait_for_selector("html[data-editor=ready]", state="attached")

    expect(page.locator("#editor-saved .said-sent")).to_be_visible()
    expect(page.locator(".cline textarea")).to_have_count(2)
    page.locator(".cline textarea").nth(1).press("End")
    page.keyboard.type(" và thêm")
    wanted = select(NoticeLine.text).where(NoticeLine.notice_id == notice).order_by(NoticeLine.position)
    until(lambda: council.all(wanted) == ["Bản đầu", "Dòng mới và thêm"], "what was typed on was not saved")


def test_the_page_is_drawn_again_and_leads_to_the_line(house: House) -> None:  # noqa: F811
    council = house.council
    notice, (line,) = drafted(council, "Thống nhất chủ trương.")
    page = opened(house, "minh", notice, PHONE)
    page.get_by_role("button", name="Bản in").click()
    picture = page.locator(".pgimg img")
    expect(picture).to_have_count(1)
    before = picture.get_attribute("src") or ""

    page.get_by_role("button", name="Soạn").click()
    field(page, line).fill("Câu dài hơn nhiều. " * 300)
    expect(page.locator("#editor-saved .said-sent")).to_be_visible()
    page.get_by_role("button", name="Bản in").click()
    expect(picture.nth(1)).to_be_visible()  # two pages now
    assert picture.first.get_attribute("src") != before
    expect(page.locator(".pgmark").first).to_be_attached()
    page.locator(".pgimg").first.click(position={"x": 150, "y": 300})
    expect(field(page, line)).to_be_focused()


def test_an_act_of_the_life_waits_for_what_was_typed(house: House) -> None:  # noqa: F811
    council = house.council
    notice, (line,) = drafted(council, "Bản đầu")
    page = opened(house, "minh", notice)

    field(page, line).fill("Bản cuối")
    page.get_by_role("button", name="Trình").click()

    def submitted() -> Any:
        return council.one(select(Notice.submitted_at).where(Notice.id == notice))

    until(lambda: submitted() is not None, "it was not submitted")
    assert stored(council, line).text == "Bản cuối"


@pytest.mark.parametrize(
    ("label", "typed", "more", "field"),
    [
        ("Sản phẩm", "Phương án thu", " và lộ trình", "product"),
        ("Quy trình, các bước thực hiện", "Rà soát", ", trình trước quý IV", "process"),
        ("Hạn hoàn thành", "31/12", "/2030", "due_on"),
    ],
)
def test_what_is_being_typed_stays_when_the_answer_to_an_earlier_field_comes(
    house: House,  # noqa: F811
    label: str,
    typed: str,
    more: str,
    field: str,
) -> None:
    council = house.council
    notice, (line,) = drafted(council, "Giao rà soát hồ sơ")
    page = opened(house, "minh", notice)
    page.locator(f'[data-line="{line}"] textarea').first.click()
    page.get_by_role("button", name="Giao cho đơn vị").first.click()
    held: list[Route] = []
    page.route("**/api/v1/acts/conclusions.**", lambda route: held.append(route))
    task = page.locator(".taskf")
    task.get_by_label("Đơn vị chủ trì").select_option(label="Phòng Kinh tế, Hạ tầng và Đô thị")
    until(lambda: held, "the unit was not sent")
    inside = task.get_by_label(label, exact=True)
    inside.press_sequentially(typed)

    for each in held:
        each.continue_()
    page.unroute("**/api/v1/acts/conclusions.**")
    expect(page.locator("#editor-saved .said-sent")).to_be_visible()
    inside.press_sequentially(more)
    inside.press("Tab")

    until(lambda: getattr(stored(council, line), field), "the field was not saved")
    kept = getattr(stored(council, line), field)
    assert (f"{kept:%d/%m/%Y}" if field == "due_on" else kept) == typed + more


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_editor_serves_everybody_on_every_device(house: House, width: str) -> None:  # noqa: F811
    council = house.council
    notice, (line,) = drafted(council, "Giao Phòng Kinh tế chủ trì rà soát.")
    unit = council.unit("kinh_te")
    perform(council.actor("minh"), "conclusions.save_line", {"line_id": line, "lead_unit_id": unit})
    page = opened(house, "minh", notice, DESK if width == "desk" else PHONE)
    if width == "phone":
        page.evaluate("() => { document.documentElement.dataset.text = '130'; }")
    field(page, line).click()
    expect(page.locator(".taskf")).to_be_visible()

    assert violations(page) == []
    assert page.locator("h1").count() == 1
    painted(page)
    assert page.evaluate(WIDE) <= 0
    page.get_by_role("button", name="Cùng việc này").click()
    expect(page.locator(".ced-beside-v")).to_be_visible()
    assert violations(page) == []


def test_the_screens_merge_words_by_the_same_rule(house: House) -> None:  # noqa: F811
    page = house.look("minh", "/notices", DESK)

    for name, *texts in CASES:
        base, theirs, mine, wanted = (text.replace("#", CLASH) for text in texts)
        assert page.evaluate(MERGE, [base, theirs, mine]) == wanted, name


def test_the_chair_sees_the_draft_grow_and_may_not_write(house: House) -> None:  # noqa: F811
    council = house.council
    notice, (line,) = drafted(council, "Bản đầu")
    hung, minh = opened(house, "hung", notice, TOUCH), opened(house, "minh", notice)
    expect(hung.locator(f'[data-line="{line}"] > p:not([role])')).to_have_text("Bản đầu")
    assert hung.locator(".ced-left textarea").count() == 0
    assert hung.evaluate(SMALL) == []

    field(minh, line).fill("Bản hai")
    expect(hung.locator(f'[data-line="{line}"] > p:not([role])')).to_have_text("Bản hai")
    hung.set_viewport_size(PHONE)  # type: ignore[arg-type]
    hung.get_by_role("button", name="Bản in").click()
    expect(hung.locator(".pgimg img").first).to_be_visible()


def test_a_clash_in_the_words_around_opens_and_is_settled_by_a_press(house: House) -> None:  # noqa: F811
    council = house.council
    notice, _ = drafted(council, "Thống nhất chủ trương.")
    council.update(Notice, notice, closing=f"Đề nghị thực hiện nghiêm./.\n{CLASH}\nĐề nghị thực hiện ngay./.")
    page = opened(house, "minh", notice)

    part = page.locator('[data-part="closing"]')
    expect(part.get_by_role("alert")).to_contain_text("Đề nghị thực hiện ngay./.")
    part.get_by_role("button", name="Giữ bản thứ nhất").click()

    def closing() -> str:
        return str(council.one(select(Notice.closing).where(Notice.id == notice)))

    until(lambda: closing() == "Đề nghị thực hiện nghiêm./.", "the version that was kept was not saved")
    expect(part.get_by_role("alert")).to_have_count(0)
    expect(part.locator("textarea")).to_have_value("Đề nghị thực hiện nghiêm./.")
