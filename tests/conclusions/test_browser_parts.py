"""Two secretaries write the minutes of a running meeting: one text out of two, also when one's line is cut and comes back."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from meeting.conclusions.merging import CLASH
from meeting.conclusions.models import MinutesPart
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.writer import perform
from tests.browsing import DESK, House
from tests.conftest import MORNING, Council
from tests.waiting import until
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]

CASES = json.loads(Path(__file__).with_name("merging_cases.json").read_text(encoding="utf-8"))
MERGE = """async ([base, theirs, mine]) => (await import('/static/js/conclusions/merging.js')).merged(base, theirs, mine)"""


def in_session(council: Council) -> tuple[int, int]:
    """A meeting in session; Vân writes beside Minh."""

    def do(who: str, name: str, /, **wanted: Any) -> dict[str, Any]:
        return perform(council.actor(who), name, wanted)

    second = {"person_id": council.person("van"), "body_id": council.body("UBND"), "role": Role.SECRETARY}
    if council.one(select(Membership.id).filter_by(**second)) is None:
        council.write(Membership(**second, starts_on=MORNING.date()))
    found = council.meeting()
    for who in ("hoa", "tuan", "hung"):
        do(who, "live.check_in", meeting_id=found)
    do("hung", "live.open", meeting_id=found)
    first = council.items(found)[0]
    do("hung", "live.go_to_item", meeting_id=found, item_id=first)
    return found, first


def field_of(page: Page, item: int) -> Locator:
    return page.locator(f'[data-part="{item}"] textarea')


def saved(page: Page, item: int) -> None:
    expect(page.locator(f'[data-part="{item}"] .said-sent')).to_be_visible()


def kept(council: Council, item: int) -> str:
    return council.one(select(MinutesPart.text).where(MinutesPart.item_id == item)) or ""


def test_two_secretaries_write_one_text_over_a_cut_line(house: House) -> None:  # noqa: F811
    council = house.council
    found, item = in_session(council)
    minh = house.open("minh", f"/meetings/{found}/minutes", DESK)
    van = house.open("van", f"/meetings/{found}/desk", DESK)
    van.get_by_role("tab", name="biên bản").click()
    one, other = field_of(minh, item), field_of(van, item)

    one.fill("Bà Hoa đề nghị làm rõ.")
    saved(minh, item)
    expect(other).to_have_value("Bà Hoa đề nghị làm rõ.")
    expect(van.get_by_text("cũng đang ghi ở đây")).to_be_visible()

    van.context.set_offline(True)
    other.press("End")
    other.press_sequentially("\nGhi khi mất mạng")
    expect(van.get_by_text("đang giữ trên máy này")).to_be_visible()
    one.press("Home")
    one.press_sequentially("Mở đầu.\n")
    until(lambda: kept(council, item).startswith("Mở đầu."), "the other's text was not saved")
    van.context.set_offline(False)

    whole = "Mở đầu.\nBà Hoa đề nghị làm rõ.\nGhi khi mất mạng"
    until(lambda: kept(council, item) == whole, "the two texts did not become one")
    expect(one).to_have_value(whole)
    expect(other).to_have_value(whole)
    one.press_sequentially("Tiếp. ")  # the caret stayed at the line it was in
    until(lambda: kept(council, item) == whole.replace("Bà Hoa", "Tiếp. Bà Hoa"), "the caret was moved")
    assert house.faults == []


def test_what_was_not_sent_is_there_after_a_reload_and_an_old_text_comes_back(house: House) -> None:  # noqa: F811
    council = house.council
    found, item = in_session(council)
    page = house.open("minh", f"/meetings/{found}/minutes", DESK)
    field_of(page, item).fill("Bản đúng")
    saved(page, item)
    page.route("**/api/v1/acts/**", lambda route: route.abort())
    page.context.set_offline(True)
    field_of(page, item).press_sequentially(" và chưa gửi")
    page.context.set_offline(False)
    page.unroute("**/api/v1/acts/**")
    page.reload()

    expect(field_of(page, item)).to_have_value("Bản đúng và chưa gửi")
    until(lambda: kept(council, item) == "Bản đúng và chưa gửi", "what was kept on the device was not sent")
    page.locator(f'[data-part="{item}"]').get_by_role("button", name="Các lần ghi trước").click()
    expect(page.locator(".ver")).to_have_count(1)
    assert house.faults == []


def test_the_screens_merge_by_the_same_rule(house: House) -> None:  # noqa: F811
    page = house.look("minh", "/meetings", DESK)

    for name, *texts in CASES:
        base, theirs, mine, wanted = (text.replace("#", CLASH) for text in texts)
        assert page.evaluate(MERGE, [base, theirs, mine]) == wanted, name
