"""Voting on real tablets: what is green was acknowledged, what was not is said loudly, and no device keeps a ballot."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import House
from tests.voting.conftest import Chamber
from tests.web.conftest import house, running

__all__ = ["house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]

ON_THE_DEVICE = """async () => JSON.stringify({
  local: {...localStorage}, session: {...sessionStorage}, cookies: document.cookie,
  databases: (await (indexedDB.databases?.() ?? [])).map(each => each.name), address: location.href,
})"""


@pytest.fixture
def chamber(house: House) -> Chamber:
    """An HĐND in session, run over the API."""
    council = house.council
    meeting_id = council.meeting("HĐND")
    made = Chamber(council, "HĐND", meeting_id, council.items(meeting_id))
    for username in ("lan", "hoa", "tuan"):
        house.server.act(username, "live.check_in", meeting_id=meeting_id)
    house.server.act("lan", "live.open", meeting_id=meeting_id)
    house.server.act("lan", "live.go_to_item", meeting_id=meeting_id, item_id=made.items[0])
    return made


def opened(house: House, chamber: Chamber, kind: str) -> int:
    wanted = {"meeting_id": chamber.meeting_id, "item_id": chamber.items[0], "title": "Thông qua nghị quyết", "kind": kind}
    _, prepared = house.server.act("minh", "voting.prepare", **wanted)
    status, heard = house.server.act("lan", "voting.open", question_id=prepared["question_id"], confirm=True)
    assert status == 200, heard
    return int(prepared["question_id"])


def tablet(house: House, chamber: Chamber, username: str) -> Page:
    return house.open(username, f"/meetings/{chamber.meeting_id}/room")


def test_an_open_vote_takes_over_is_sent_by_one_tap_and_may_be_changed(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    question = opened(house, chamber, "open")

    page.locator(".choice.c-a").click()
    expect(page.locator(".receipt")).to_contain_text("Tán thành")
    page.locator(".change .btn", has_text="Không tán thành").click()
    expect(page.locator(".receipt")).to_contain_text("Không tán thành")
    house.server.act("lan", "voting.close", question_id=question)
    house.server.act("lan", "voting.publish", question_id=question)
    expect(page.locator(".outcome")).to_contain_text("Không được thông qua")

    _, found = house.server.get("hoa", f"/questions/{question}")
    assert found["result"]["counts"] == {"for": 0, "against": 1, "abstain": 0}


def test_without_a_line_the_ballot_is_not_recorded_until_the_server_says_so(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    question = opened(house, chamber, "open")
    page.locator(".choice.c-a").wait_for()

    page.context.set_offline(True)
    page.locator(".choice.c-a").click()
    expect(page.locator(".r-warn")).to_be_visible(timeout=10_000)
    expect(page.locator(".receipt:not(.r-warn)")).to_have_count(0)
    page.context.set_offline(False)
    expect(page.locator(".receipt:not(.r-warn)")).to_contain_text("Tán thành")

    house.server.act("lan", "voting.close", question_id=question)
    _, found = house.server.get("lan", f"/questions/{question}")
    assert found["result"]["counts"]["for"] == 1


def test_a_secret_ballot_is_chosen_reviewed_cast_and_forgotten(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    question = opened(house, chamber, "secret")

    page.locator(".cand").nth(1).click()
    page.get_by_role("button", name="Xem lại phiếu").click()
    page.get_by_role("button", name="Bỏ vào hòm phiếu").click()
    expect(page.locator(".inbox")).to_be_visible()

    kept = page.evaluate(ON_THE_DEVICE)
    shown = page.locator("body").inner_text()
    assert not any(word in kept for word in ("against", "voting.cast", "choice"))
    assert "Không tán thành" not in shown
    page.reload()
    expect(page.locator(".inbox")).to_be_visible()
    house.server.act("lan", "voting.close", question_id=question)


def test_a_secret_ballot_that_was_lost_on_the_way_is_told_so_once_the_line_is_back(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    question = opened(house, chamber, "secret")
    page.locator(".cand").first.click()
    page.get_by_role("button", name="Xem lại phiếu").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Bỏ vào hòm phiếu").click()
    expect(page.locator(".r-warn")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".r-warn")).to_contain_text("chưa vào hòm phiếu")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.locator(".inbox")).to_be_visible()
    house.server.act("lan", "voting.close", question_id=question)
    status, heard = house.server.act("lan", "voting.publish", question_id=question, confirm=True)
    assert status == 200, heard
    assert house.server.get("hoa", f"/questions/{question}")[1]["result"]["cast"] == 1


def test_the_chair_opens_closes_and_announces_from_the_console_and_the_hall_shows_it(house: House, chamber: Chamber) -> None:
    chair, hall = tablet(house, chamber, "lan"), house.open("lan", f"/meetings/{chamber.meeting_id}/hall")
    delegate = tablet(house, chamber, "tuan")

    chair.get_by_role("tab", name="Biểu quyết").click()
    chair.get_by_role("button", name="Soạn mới").click()
    chair.locator("#vote-title").fill("Thông qua chương trình kỳ họp")
    chair.get_by_role("button", name="Lưu vấn đề này").click()
    chair.locator(".vrow .btn").click()
    chair.locator("dialog[open] .btn-primary").click()
    delegate.locator(".choice.c-a").click()
    expect(hall.locator(".hcount")).to_contain_text("1/3")
    chair.get_by_role("button", name="Đóng biểu quyết").click()
    chair.locator("dialog[open] .btn-primary").click()
    chair.get_by_role("button", name="Công bố kết quả").click()

    expect(hall.locator(".verdict")).to_contain_text("Không được thông qua")
    expect(delegate.locator(".outcome")).to_be_visible()


def test_a_vote_takes_the_whole_tablet_from_an_open_dialog_and_gives_back_what_was_typed(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    page.get_by_role("button", name="Đăng ký phát biểu").click()
    asking = page.get_by_role("dialog", name="Đăng ký phát biểu")
    asking.get_by_label("Tranh luận").check()
    asking.get_by_label("Về vấn đề gì?").fill("Về dự toán thu ngân sách")
    page.keyboard.press("Home")
    question = opened(house, chamber, "open")

    page.locator(".choice.c-a").click()
    expect(page.locator(".receipt")).to_be_focused()
    expect(page.locator("dialog")).to_be_hidden()
    house.server.act("lan", "voting.close", question_id=question)
    house.server.act("lan", "voting.publish", question_id=question)
    page.locator(".takeover").get_by_role("button", name="Về phòng họp").first.click()

    expect(asking.get_by_label("Về vấn đề gì?")).to_be_focused()
    page.keyboard.type("Hỏi ")
    expect(asking.get_by_label("Về vấn đề gì?")).to_have_value("Hỏi Về dự toán thu ngân sách")
    expect(asking.get_by_label("Tranh luận")).to_be_checked()
    asking.get_by_role("button", name="Đăng ký phát biểu").click()
    expect(page.get_by_role("button", name="Rút đăng ký")).to_be_visible()
    expect(page.locator("dialog")).to_have_count(0)


def test_a_list_that_lay_open_comes_back_after_the_vote_and_is_shut_as_ever(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    page.get_by_role("button", name="Đăng ký phát biểu").wait_for()
    page.keyboard.press("?")
    keys = page.locator("dialog", has=page.locator(".keys"))
    expect(keys).to_be_visible()
    opened(house, chamber, "secret")

    page.locator(".takeover .cand").first.wait_for()
    expect(keys).to_be_hidden()
    page.locator(".takeover").get_by_role("button", name="Về phòng họp").first.click()

    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
