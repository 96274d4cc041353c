"""Tablets on a line that lets no WebSocket through: they keep to their process by the cookie, and find the other when it dies."""

from contextlib import ExitStack

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests import browsing
from tests.conftest import Council
from tests.grown.house import House
from tests.grown.test_failing import Seat, running, say, says
from tests.waiting import until

__all__ = ["running"]

pytestmark = pytest.mark.server

DEAF = """window.WebSocket = class extends WebSocket {
    constructor(address, ...more) { super(String(address).replace("/socket.io/", "/no-line-here/"), ...more); }
}"""


class PollingSeat(Seat):
    """A tablet that only polls, and keeps its cookies as a browser does."""

    @classmethod
    def at(cls, house: House, place: str, username: str, meeting_id: int) -> "PollingSeat":
        jar = requests.Session()
        jar.cookies.set("meeting_place", place)
        seat = cls(house.front.address, f"token-{username}", transports=("polling",), jar=jar)
        seat.stay(meeting_id)
        return seat


def test_tablets_that_only_poll_stay_at_their_process_and_find_the_other_when_it_dies(house: House, running: int) -> None:
    victim, other = house.web
    before = [house.sockets(web) for web in house.web]
    with ExitStack() as stack:
        seats = [PollingSeat.at(house, place, who, running) for place in house.places() for who in ("hoa", "tuan", "minh")]
        for each in seats:
            stack.callback(each.close)
        assert {each.io.transport() for each in seats} == {"polling"}
        assert [house.sockets(web) - had for web, had in zip(house.web, before, strict=True)] == [3, 3]
        for number, web in enumerate(house.web * 3):
            says(web, running, f"hoi lai {number}")
        assert seats[0].call("discussion.post", meeting_id=running, text="hoi lai tu xa")["ok"]
        for each in seats:
            each.until(lambda seat: len(seat.sections["discussion"]["comments"]) == 7)
        assert not any(each.down_at for each in seats), "a line fell though no process died"

        victim.kill()
        until(lambda: all(each.down_at for each in seats[:3]), "a line did not fall")
        for each in seats[:3]:
            each.come_back()
        say(f"the last of those that poll was back after {max(each.back for each in seats[:3]):.2f} s")
        says(other, running, "hoi lai sau do")
        for each in seats:
            until(lambda each=each: each.shows(8), "a screen stayed behind")  # type: ignore[misc]
        assert not any(each.down_at for each in seats[3:]), "a line at the other process fell too"
        victim.start()
        says(house.front, running, "hoi lai ve")
        for each in seats:
            until(lambda each=each: each.shows(9), "a screen stayed behind after the process came back")  # type: ignore[misc]


@pytest.mark.browser
def test_a_screen_without_websocket_goes_on_by_itself_when_its_process_dies(house: House, running: int, council: Council) -> None:
    victim, other = house.web
    with browsing.chromium() as browser:
        had = house.sockets(victim)
        page, asked = deaf(browser, house, council)
        page.goto(f"/meetings/{running}/room")
        until(lambda: house.sockets(victim) > had, "the screen is not at its process")
        says(other, running, "khong day truoc")
        expect(page.get_by_text("khong day truoc").first).to_be_visible()
        page.evaluate("() => { window.isTheSame = true; }")

        victim.kill()
        says(other, running, "khong day trong luc")
        expect(page.get_by_text("khong day trong luc").first).to_be_visible()
        victim.start()
        says(victim, running, "khong day sau")
        expect(page.get_by_text("khong day sau").first).to_be_visible()

        assert page.evaluate("() => window.isTheSame"), "it was loaded anew"
        assert any("transport=polling" in each for each in asked)
        assert not any(each.startswith("ws") and "/no-line-here/" not in each for each in asked)
        page.context.close()


def deaf(browser: Browser, house: House, council: Council) -> tuple[Page, list[str]]:
    """Hoa's browser at the first process, in which no WebSocket comes about, and all that it asks for."""
    hall = browsing.House(house.front, browser, council)
    session = {"name": "session", "value": hall.cookie("hoa"), "url": house.front.address}
    place = {"name": "meeting_place", "value": house.places()[0], "url": house.front.address}
    context = browser.new_context(base_url=house.front.address, locale="vi-VN", viewport=browsing.TOUCH, service_workers="block")
    context.add_cookies([session, place])  # type: ignore[list-item]
    context.add_init_script(DEAF)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda line: asked.append(line.url))
    return page, asked
