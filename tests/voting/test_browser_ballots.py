"""Ballots with lines on real tablets: filled in undisturbed, reviewed, cast once, and shown on the wall only when announced."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import HALL, PHONE, House
from tests.voting.conftest import Chamber
from tests.voting.test_browser import ON_THE_DEVICE, chamber, tablet
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations

__all__ = ["chamber", "house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]

MATTERS = [{"title": "Thông qua chương trình kỳ họp"}, {"title": "Thông qua kế hoạch đầu tư công trung hạn của phường"}]
ASIDE = "() => document.documentElement.scrollWidth - innerWidth"
FRAME = "() => ['.cbar', '.ballot-page > .dock'].reduce((sum, part) => sum + document.querySelector(part).offsetHeight, 0)"
SMALL = """() => [...document.querySelectorAll('.takeover :is(button, a, summary, textarea)')]
  .filter((each) => each.offsetParent)
  .map((each) => [each.innerText, each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 47.5 || box.width < 47.5).map(([text]) => text)"""


def asked(house: House, username: str, name: str, **wanted: Any) -> dict[str, Any]:
    status, heard = house.server.act(username, name, **wanted)
    assert status == 200, heard
    return dict(heard)


def prepared(house: House, chamber: Chamber, **wanted: Any) -> int:
    whole = {"meeting_id": chamber.meeting_id, "item_id": chamber.items[0], "title": "Thông qua các nghị quyết", **wanted}
    return int(asked(house, "minh", "voting.prepare", **whole)["question_id"])


def opened(house: House, chamber: Chamber, **wanted: Any) -> int:
    seconds = wanted.pop("limit", None)
    question = prepared(house, chamber, **wanted)
    asked(house, "lan", "voting.open", question_id=question, confirm=True, **({"seconds": seconds} if seconds else {}))
    return question


def box(page: Page, row: int, place: int) -> Any:
    return page.locator(".mrow").nth(row).get_by_role("radio").nth(place)


def test_news_from_the_room_never_touches_a_half_filled_ballot_and_it_can_be_changed_until_the_close(
    house: House, chamber: Chamber
) -> None:
    page = tablet(house, chamber, "hoa")
    question = opened(house, chamber, form="paper", kind="open", lines=MATTERS, limit=600)
    box(page, 0, 1).click()
    expect(page.locator(".ballot .num[role=timer], .dock .num[role=timer]").first).to_be_attached()
    asked(house, "tuan", "voting.cast", question_id=question, choices=dict.fromkeys(lines_of(house, question), "for"))
    asked(house, "lan", "voting.pause", question_id=question)
    expect(page.locator(".ballot .note-warn")).to_contain_text("tạm dừng")
    asked(house, "lan", "voting.resume", question_id=question)
    asked(house, "lan", "voting.extend", question_id=question, seconds=60)
    expect(page.locator(".ballot .note-warn")).to_have_count(0)
    expect(page.locator(".sealed-foot")).to_contain_text("1/3")
    expect(box(page, 0, 1)).to_have_attribute("aria-checked", "true")

    page.get_by_role("button", name="Chọn nốt 1 nội dung").click()
    expect(box(page, 1, 0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(box(page, 1, 2)).to_have_attribute("aria-checked", "true")
    assert page.evaluate(SMALL) == []
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.locator(".receipt")).to_be_focused()
    page.reload()
    page.get_by_role("button", name="Phiếu đã ghi nhận").or_(page.locator(".receipt")).first.wait_for()
    expect(page.locator(".marked li").nth(0)).to_contain_text("Không tán thành")
    expect(page.locator(".marked li").nth(1)).to_contain_text("Không biểu quyết")

    page.get_by_role("button", name="Sửa phiếu").click()
    box(page, 0, 0).click()
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.locator(".marked li").nth(0)).not_to_contain_text("Không")
    asked(house, "lan", "voting.close", question_id=question)
    asked(house, "lan", "voting.publish", question_id=question)
    expect(page.locator(".lresult li")).to_have_count(2)
    expect(page.locator(".lresult li").nth(0)).to_contain_text("Tán thành 2")


def lines_of(house: House, question: int) -> list[str]:
    _, found = house.server.get("hoa", f"/questions/{question}")
    return [str(line["id"]) for line in found["lines"]]


def test_an_election_is_marked_by_keyboard_reviewed_cast_once_and_leaves_nothing_on_the_tablet(
    house: House, chamber: Chamber
) -> None:
    chamber.rules(electronic_votes="Điều 9 Nội quy kỳ họp")
    people = [{"person_id": chamber.council.person(name)} for name in ("hoa", "tuan")]
    page, wall = tablet(house, chamber, "hoa"), house.open("lan", f"/meetings/{chamber.meeting_id}/hall", HALL)
    question = opened(house, chamber, form="election", kind="secret", lines=people, seats=1, title="Bầu Phó Chủ tịch")

    expect(page.locator(".ballot h1")).to_be_focused()
    box(page, 0, 0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(box(page, 1, 1)).to_have_attribute("aria-checked", "true")
    assert violations(page) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate(ASIDE) <= 0
    assert page.evaluate(SMALL) == []
    assert page.evaluate(FRAME) < 844 / 4, "bar and dock leave the phone to the ballot"
    page.locator(".ballot").evaluate("each => each.scrollTo(0, each.scrollHeight)")
    page.get_by_role("button", name="Xem lại phiếu").click()
    expect(page.locator(".marked li")).to_have_count(2)
    assert page.locator(".ballot").evaluate("each => each.scrollTop") == 0, "what is reviewed is seen from its top"
    page.get_by_role("button", name="Bỏ vào hòm phiếu").click()
    expect(page.locator(".inbox")).to_be_focused()
    assert not any(word in page.evaluate(ON_THE_DEVICE) for word in ("against", "voting.cast", "choices"))
    page.reload()
    expect(page.locator(".inbox")).to_be_visible()
    expect(page.locator("[aria-checked], .marked")).to_have_count(0)

    expect(wall.locator(".hcount")).to_contain_text("1/3")
    expect(wall.locator(".hpaper li")).to_have_count(2)
    asked(house, "lan", "voting.close", question_id=question)
    asked(house, "lan", "voting.publish", question_id=question, confirm=True)
    expect(wall.locator(".hline")).to_have_count(2)
    expect(wall.locator(".hline").first).to_contain_text("Không trúng cử")
    expect(page.locator(".lresult li")).to_have_count(2)
    page.get_by_role("button", name="Về phòng họp").click()
    expect(page.locator(".takeover")).to_have_count(0)


def test_before_a_vote_the_list_is_looked_through_and_readiness_is_told(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    question = prepared(house, chamber, form="paper", kind="open", lines=MATTERS)
    asked(house, "lan", "voting.start_review", meeting_id=chamber.meeting_id)
    page.get_by_role("button", name="Xem danh mục", exact=True).click()
    expect(page.locator("dialog[open] .review-list > li")).to_contain_text(["Thông qua các nghị quyết"])
    page.keyboard.press("Escape")
    asked(house, "lan", "voting.end_review", meeting_id=chamber.meeting_id)
    asked(house, "minh", "voting.ready", question_id=question)

    page.locator(".before-vote").get_by_role("button", name="Sẵn sàng").click()
    expect(page.locator(".ready-said")).to_be_visible()
    expect(page.locator(".before-vote")).to_contain_text("1/3")
    asked(house, "lan", "voting.open", question_id=question)
    expect(page.locator(".ballot h1")).to_be_focused()
    page.get_by_role("button", name="Về phòng họp").click()
    expect(page.locator("#live-dock")).to_contain_text("Đang biểu quyết")
    asked(house, "lan", "voting.cancel", question_id=question, reason="Để xem lại")


def test_what_the_secretary_entered_waits_for_the_chair_and_then_stands_in_the_receipt(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    question = opened(house, chamber, kind="open", title="Thông qua nghị quyết")
    hoa = chamber.council.person("hoa")
    entered = asked(house, "minh", "voting.cast_for", question_id=question, person_id=hoa, choice="against", reason="Máy hỏng")

    expect(page.locator(".r-warn")).to_contain_text("Thư ký đã ghi hộ")
    asked(house, "lan", "voting.confirm_spoken", question_id=question, spoken_id=entered["spoken_id"])
    expect(page.locator(".receipt:not(.r-warn)")).to_contain_text("thư ký ghi hộ")
    expect(page.locator(".receipt")).to_contain_text("Không tán thành")
    asked(house, "lan", "voting.close", question_id=question)
