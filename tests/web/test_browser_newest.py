"""What a screen takes and what it leaves: the wire contract of the live state, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import House

pytestmark = [pytest.mark.browser, pytest.mark.server]

BEGIN = """async () => {
  const { newest } = await import('/static/js/web/newest.js');
  window.state = newest(7, () => 1000);
  window.seen = () => [state.sections.value, state.me.value];
  state.replace({ epoch: 'a', seq: 10, state: { agenda: 'ten', voting: 'ten' }, me: { voted: false } });
}"""


@pytest.fixture
def screen(house: House) -> Page:
    """A screen that joined meeting 7 at version 10."""
    page = house.open("hoa", "/components")
    page.evaluate(BEGIN)
    return page


def told(page: Page, seq: int, epoch: str = "a", meeting_id: int = 7, **sections: Any) -> str:
    """A message `live.state` arrives; what became of it."""
    message = {"meeting_id": meeting_id, "epoch": epoch, "seq": seq, "sections": sections}
    return str(page.evaluate("(message) => state.takeState(message)", message))


def told_me(page: Page, seq: int, **me: Any) -> str:
    """A message `live.me` arrives; what became of it."""
    return str(page.evaluate("(m) => state.takeMe(m)", {"meeting_id": 7, "epoch": "a", "seq": seq, "me": me}))


def test_a_newer_section_replaces_and_leaves_the_others(screen: Page) -> None:
    assert told(screen, 11, voting="eleven") == "taken"
    assert screen.evaluate("seen()") == [{"agenda": "ten", "voting": "eleven"}, {"voted": False}]


def test_an_equal_version_is_taken(screen: Page) -> None:
    assert told(screen, 10, voting="ten again") == "taken"
    assert screen.evaluate("seen()")[0]["voting"] == "ten again"


def test_each_section_has_its_own_version(screen: Page) -> None:
    told(screen, 20, voting="twenty")

    assert told(screen, 15, voting="fifteen", agenda="fifteen") == "taken"
    assert screen.evaluate("seen()")[0] == {"agenda": "fifteen", "voting": "twenty"}


def test_what_is_older_is_left(screen: Page) -> None:
    assert told(screen, 9, voting="nine") == "older"
    assert told_me(screen, 9, voted=True) == "older"
    assert screen.evaluate("seen()") == [{"agenda": "ten", "voting": "ten"}, {"voted": False}]


def test_my_own_part_follows_the_same_rule(screen: Page) -> None:
    assert told_me(screen, 12, voted=True) == "taken"
    assert screen.evaluate("seen()")[1] == {"voted": True}


def test_another_epoch_asks_for_a_new_join_and_changes_nothing(screen: Page) -> None:
    assert told(screen, 99, epoch="b", voting="restored") == "foreign"
    assert screen.evaluate("seen()")[0]["voting"] == "ten"


def test_another_meeting_is_none_of_our_business(screen: Page) -> None:
    assert told(screen, 99, meeting_id=8, voting="theirs") == "elsewhere"
    assert screen.evaluate("seen()")[0]["voting"] == "ten"


def test_a_join_replaces_even_by_a_lower_version(screen: Page) -> None:
    told(screen, 50, voting="fifty", notice="gone soon")

    screen.evaluate("() => state.replace({ epoch: 'b', seq: 3, state: { voting: 'three' }, me: { voted: true } })")

    assert screen.evaluate("seen()") == [{"voting": "three"}, {"voted": True}]
    assert told(screen, 4, epoch="b", voting="four") == "taken"


def test_what_arrives_before_the_answer_of_the_join_is_looked_at_after_it(screen: Page) -> None:
    screen.evaluate("() => state.expect()")
    assert told(screen, 12, voting="twelve") == "early"
    assert told(screen, 8, agenda="eight") == "early"
    assert screen.evaluate("seen()")[0] == {"agenda": "ten", "voting": "ten"}

    screen.evaluate("() => state.replace({ epoch: 'a', seq: 11, state: { agenda: 'eleven', voting: 'eleven' } })")

    assert screen.evaluate("seen()")[0] == {"agenda": "eleven", "voting": "twelve"}
