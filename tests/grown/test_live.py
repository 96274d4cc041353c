"""The live state on two web processes: what the tests of one process demand holds for screens at either of them."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import requests
from socketio.exceptions import BadNamespaceError, DisconnectedError
from socketio.exceptions import TimeoutError as NoAnswer
from sqlalchemy import select

from meeting import database
from meeting.organization.models import Membership
from tests.conftest import Council
from tests.grown.house import House
from tests.live import test_cut_lines, test_sockets
from tests.live.test_cut_lines import (
    test_five_chairs_click_at_once_and_one_thing_happens,
    test_ten_tablets_with_falling_lines_end_with_one_truth,
)
from tests.live.test_sockets import (
    test_a_second_window_hears_at_once_whose_screens_are_connected,
    test_a_tablet_whose_token_ended_is_let_go,
    test_act_sent_again_with_its_number_counts_once,
    test_somebody_taken_off_the_meeting_hears_nothing_more,
    test_stranger_joins_nothing,
    test_tablet_that_was_away_gets_the_true_state_by_joining,
    test_tablets_see_each_others_acts,
)
from tests.serving import Server, Tablet
from tests.waiting import PATIENCE, until

__all__ = [
    "test_a_second_window_hears_at_once_whose_screens_are_connected",
    "test_a_tablet_whose_token_ended_is_let_go",
    "test_act_sent_again_with_its_number_counts_once",
    "test_five_chairs_click_at_once_and_one_thing_happens",
    "test_somebody_taken_off_the_meeting_hears_nothing_more",
    "test_stranger_joins_nothing",
    "test_tablet_that_was_away_gets_the_true_state_by_joining",
    "test_tablets_see_each_others_acts",
    "test_ten_tablets_with_falling_lines_end_with_one_truth",
]

pytestmark = pytest.mark.server


@pytest.fixture
def running(
    request: pytest.FixtureRequest, council: Council, server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Server, int] | tuple[Server, int, list[int]]]:
    """A meeting behind nginx, as the borrowed tests want it."""
    if request.function.__module__ == test_sockets.__name__:
        found = council.meeting()
        council.invite(found, "truong")
        database.use(None)
        yield server, found
        return
    monkeypatch.setattr(test_cut_lines, "SECONDS", 5.0)
    found = council.meeting(state="in_session")
    items = council.items(found)
    database.use(None)
    for who in ("hung", "hoa", "tuan"):
        assert server.act(who, "live.check_in", meeting_id=found)[0] == 200
    yield server, found, items


def test_both_processes_show_the_same_and_their_numbers_rise(house: House, council: Council) -> None:
    """Acts come in at one and at the other by turns; every screen ends with the same, and no number ever goes back."""
    found = council.meeting(state="in_session")
    items = council.items(found)
    for who in ("hung", "hoa", "tuan"):
        assert house.web[0].act(who, "live.check_in", meeting_id=found)[0] == 200
    with ExitStack() as stack:
        screens = []
        for web in house.web:
            for who in ("hung", "hoa", "minh"):
                screen = Tablet(web.address, f"token-{who}").connect()
                stack.callback(screen.close)
                assert screen.join(found)["ok"]
                screens.append(screen)
        for step in range(12):
            web = house.web[step % 2]
            assert web.act("hung", "live.go_to_item", meeting_id=found, item_id=items[step % 3])[0] == 200
            assert house.web[1 - step % 2].act("tuan", "discussion.post", meeting_id=found, text=f"Ý kiến {step}")[0] == 200
        last = items[11 % 3]
        for screen in screens:
            screen.until(lambda each: each.sections["agenda"]["current_id"] == last)
            screen.until(lambda each: len(each.sections["discussion"]["comments"]) == 12)
        for here, there in zip(screens[:3], screens[3:], strict=True):
            until(lambda here=here, there=there: here.sections == there.sections, "the processes show different things")  # type: ignore[misc]
            until(lambda here=here, there=there: here.me == there.me, "the processes say different things to one person")  # type: ignore[misc]
        for screen in screens:
            for name in screen.sections:
                numbers = [message["seq"] for _, message in screen.messages if name in message["sections"]]
                assert numbers == sorted(numbers), name
        people = [council.person(who) for who in ("hung", "hoa", "minh")]
        screens[0].until(lambda each: each.sections["connections"] == sorted(people))
        screens[5].until(lambda each: each.sections["connections"] == sorted(people))


def refused_or_let_go(tablet: Tablet, act: str, **wanted: Any) -> bool:
    """Whether an act is refused: in words, or because the line is gone, as it is for whoever has no right here any more."""
    try:
        heard = tablet.io.call(act, wanted, namespace="/live", timeout=10)
    except (NoAnswer, BadNamespaceError, DisconnectedError):
        return not tablet.io.connected
    return heard["code"] in ("forbidden", "not_found")


def test_a_right_taken_away_at_one_process_is_gone_at_the_other(house: House, council: Council) -> None:
    """At once for every act, whatever the other process knew of the person a moment before."""
    here, there = house.web
    found = council.meeting(state="in_session")
    tablet = Tablet(there.address, "token-van").connect()
    try:
        assert tablet.join(found)["ok"]
        seen = {"meeting_id": found, "people": [council.person("hoa")], "presence": "present"}
        assert tablet.call("live.mark", **seen)["ok"]
        assert there.act("van", "live.mark", **seen)[0] == 200
        held = select(Membership.id).where(
            Membership.person_id == council.person("van"), Membership.body_id == council.body("UBND")
        )
        assert here.act("admin", "organization.end_role", membership_id=council.one(held))[0] == 200

        assert refused_or_let_go(tablet, "live.mark", **seen)
        assert there.act("van", "live.mark", **seen)[0] in (403, 404)
        assert there.get("van", f"/meetings/{found}")[0] == 404
    finally:
        tablet.close()
        again = {"person_id": council.person("van"), "body_id": council.body("UBND"), "role": "clerk"}
        assert here.act("admin", "organization.set_role", **again)[0] == 200


def test_tries_at_a_password_are_counted_by_both_together(house: House, server: Server) -> None:
    def tries(web: Server) -> int:
        browser = requests.Session()
        page = browser.get(web.address + "/sign-in", timeout=PATIENCE).text
        mark = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        form = {"csrf_token": mark, "username": "nobody-here", "password": "sai"}
        return browser.post(web.address + "/sign-in", data=form, timeout=PATIENCE).status_code

    heard = [tries(house.web[number % 2]) for number in range(11)]

    assert 429 not in heard[:10]
    assert heard[10] == 429


def test_who_edits_beside_one_is_seen_at_the_other_process(house: House, council: Council) -> None:
    """Two windows on the minutes, one at each process."""
    found = council.meeting(state="held")
    here, there = house.web
    notice = here.act("minh", "conclusions.draft", meeting_id=found, lines=[{"text": "Thống nhất."}])[1]["notice_id"]
    mine, theirs = (f"/notices/{notice}/standing?window={name}&line={name}1" for name in "ab")

    def seen() -> bool:
        here.get("minh", mine)
        return [each["line"] for each in there.get("hung", theirs)[1]["here"]] == ["a1"]

    until(seen, "the other window is not seen")
    here.get("minh", mine + "&leaves=1")
    until(lambda: there.get("hung", theirs)[1]["here"] == [], "the closed window is still seen")
