"""What a tablet tells of a ballot when nobody looks at it, and when the server's answer to it was lost."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browsing import House
from tests.voting.conftest import Chamber
from tests.voting.test_browser import chamber, opened, tablet
from tests.web.conftest import house, running

__all__ = ["chamber", "house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_secret_ballot_left_alone_is_blurred_until_it_is_touched(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    page.clock.install()
    question = opened(house, chamber, "secret")
    page.clock.run_for(1_000)
    page.locator(".cand").nth(1).click()
    page.clock.run_for(5_000)
    expect(page.locator(".veil")).to_have_count(0)

    page.clock.run_for(20_000)

    expect(page.locator(".veil")).to_be_visible()
    assert "blur" in page.locator(".ballot-list > .veiled").evaluate("each => getComputedStyle(each).filter")
    expect(page.locator(".ballot-list > .veiled")).to_have_attribute("inert", "")
    page.locator(".veil").click()
    page.clock.run_for(1_000)
    expect(page.locator(".veil")).to_have_count(0)
    expect(page.locator(".cand").nth(1)).to_have_attribute("aria-checked", "true")
    house.server.act("lan", "voting.cancel", question_id=question, reason="Xong")


def test_a_secret_ballot_whose_answer_was_lost_is_found_in_the_box(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    question = opened(house, chamber, "secret")
    answers_lost(page)

    page.locator(".cand").first.click()
    page.get_by_role("button", name="Xem lại phiếu").click()
    page.get_by_role("button", name="Bỏ vào hòm phiếu").click()

    expect(page.locator(".inbox")).to_contain_text("đã vào hòm phiếu")
    expect(page.locator(".r-warn")).to_have_count(0)
    house.server.act("lan", "voting.close", question_id=question)
    assert house.server.get("lan", f"/questions/{question}")[1]["result"]["cast"] == 1


def answers_lost(page: Page) -> None:
    """Ballots reach the server, its answers do not come back."""

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/acts/voting.cast", lost)


def test_a_ballot_held_back_until_the_vote_was_closed_came_too_late(house: House, chamber: Chamber) -> None:
    page = tablet(house, chamber, "hoa")
    question = opened(house, chamber, "open")
    page.locator(".choice.c-a").wait_for()

    page.context.set_offline(True)
    page.locator(".choice.c-a").click()
    expect(page.locator(".r-warn")).to_be_visible()
    house.server.act("lan", "voting.close", question_id=question)
    page.context.set_offline(False)

    expect(page.locator(".r-late")).to_contain_text("không kịp được tính")
    expect(page.locator(".receipt:not(.r-late)")).to_have_count(0)
    assert house.server.get("lan", f"/questions/{question}")[1]["result"]["cast"] == 0
