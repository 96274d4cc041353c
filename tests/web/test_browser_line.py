"""A lost line in a real browser: nothing is lost, nothing counts twice, a ballot is never kept."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import waiting
from tests.browsing import House

pytestmark = [pytest.mark.browser, pytest.mark.server]

CONNECT = """async (meeting) => {
  const { connect } = await import('/static/js/web/live.js');
  window.live = connect(meeting);
  for (let waited = 0; waited < 600 && !live.joined.value; waited += 1) await new Promise((resume) => setTimeout(resume, 50));
  return live.joined.value;
}"""
KEPT = (
    """async () => (await (await import('/static/js/web/kept.js')).all('outbox')).map((held) => [held.name, held.input.text])"""
)
SOME = f"async () => {{ const held = await ({KEPT})(); return held.length ? held : null; }}"
NONE = f"async () => (await ({KEPT})()).length === 0"


def until(page: Page, script: str) -> Any:
    """The value of a script as soon as it is true; wait_for_function is not allowed by the page's policy."""
    return waiting.until(lambda: page.evaluate(script), f"never: {script}")


@pytest.fixture
def meeting(house: House) -> int:
    """A meeting in session, in which Hoa sits."""
    return house.council.meeting(state="in_session")


def test_the_true_state_shows_by_itself_when_the_line_is_back(house: House, meeting: int) -> None:
    page = house.open("hoa", "/components")
    assert page.evaluate(CONNECT, meeting)
    page.context.set_offline(True)
    until(page, "() => live.connection.value === 'offline'")
    house.server.act("minh", "live.pause", meeting_id=meeting)
    house.server.act("hung", "live.pause", meeting_id=meeting)
    page.context.set_offline(False)

    until(page, "() => live.sections.value.meeting?.state === 'paused' && live.joined.value")


def test_a_comment_waits_for_the_line_and_counts_once(house: House, meeting: int) -> None:
    page = house.open("hoa", "/components")
    assert page.evaluate(CONNECT, meeting)
    page.context.set_offline(True)
    until(page, "() => !live.joined.value")
    page.evaluate("() => { void live.act('discussion.post', { text: 'Đề nghị làm rõ' }); }")
    assert until(page, SOME) == [["discussion.post", "Đề nghị làm rõ"]]
    page.context.set_offline(False)
    until(page, "() => live.outbox.value.length === 0")

    status, body = house.server.get("minh", f"/meetings/{meeting}")
    assert status == 200
    assert [each["text"] for each in body["discussion"]["comments"]] == ["Đề nghị làm rõ"]


def test_a_held_act_survives_a_reload(house: House, meeting: int) -> None:
    page = house.open("hoa", "/components")
    page.route("**/api/v1/acts/**", lambda route: route.abort())
    page.evaluate(
        """async (meeting) => {
          const { hold } = await import('/static/js/web/outbox.js');
          void hold('discussion.post', { meeting_id: meeting, text: 'Còn lại sau khi tải lại' });
        }""",
        meeting,
    )
    before = until(page, SOME)
    page.unroute_all()
    page.reload()
    until(page, NONE)

    assert before == [["discussion.post", "Còn lại sau khi tải lại"]]
    _, body = house.server.get("minh", f"/meetings/{meeting}")
    assert len(body["discussion"]["comments"]) == 1


def test_what_an_earlier_version_held_is_taken_over(house: House, meeting: int) -> None:
    page = house.open("hoa", "/components")
    page.evaluate(
        """(meeting) => localStorage.setItem(`outbox:${document.documentElement.dataset.account}:abc`, JSON.stringify({
          request_id: 'abc', name: 'discussion.post', at: 1, state: 'queued',
          input: { meeting_id: meeting, text: 'Từ bản cũ' } }))""",
        meeting,
    )
    page.reload()
    until(page, "() => Object.keys(localStorage).every((key) => !key.startsWith('outbox:'))")
    until(page, NONE)

    _, body = house.server.get("minh", f"/meetings/{meeting}")
    assert [each["text"] for each in body["discussion"]["comments"]] == ["Từ bản cũ"]


def test_a_ballot_is_never_kept_on_the_device(house: House, meeting: int) -> None:
    page = house.open("hoa", "/components")
    assert page.evaluate(CONNECT, meeting)
    page.context.set_offline(True)
    until(page, "() => !live.joined.value")

    answer = page.evaluate("() => live.act('voting.cast', { question_id: 1, choice: 'for' })")
    refused = page.evaluate(
        "async () => (await import('/static/js/web/outbox.js')).hold('voting.cast', { question_id: 1, choice: 'for' })"
    )

    assert (answer["ok"], answer["code"], refused["code"]) == (False, "offline", "offline")
    assert page.evaluate("() => JSON.stringify([localStorage, sessionStorage])").count("voting") == 0
    assert page.evaluate(KEPT) == []


def test_the_pill_says_how_the_line_is(house: House, meeting: int) -> None:
    page = house.open("hoa", "/components")
    assert page.evaluate(CONNECT, meeting)
    pill = page.locator(".top [data-conn]")
    expect(pill).to_have_text("Đã kết nối")
    page.context.set_offline(True)
    until(page, "() => live.connection.value === 'offline'")

    expect(pill).to_have_text("Mất mạng, vẫn đọc được")


def test_a_break_shorter_than_three_seconds_alarms_nobody(house: House, meeting: int) -> None:
    page = house.open("hoa", "/components")
    assert page.evaluate(CONNECT, meeting)
    page.evaluate(
        """async () => {
          const { effect } = await import('@preact/signals-core');
          effect(() => { if (!live.joined.value) window.lost ??= performance.now(); });
          effect(() => { if (live.connection.value !== 'ok') window.alarmed ??= performance.now(); });
        }"""
    )
    page.context.set_offline(True)
    until(page, "() => window.alarmed")

    assert page.evaluate("() => window.alarmed - window.lost") >= 2900
    page.context.set_offline(False)
    until(page, "() => live.connection.value === 'ok' && live.joined.value")


def test_an_icon_named_for_the_first_time_is_drawn_without_a_line(house: House) -> None:
    page = house.open("hoa", "/components")
    page.context.set_offline(True)
    drawn = """async () => {
      const { icon } = await import('/static/js/web/elements.js');
      const made = icon('alert-triangle', 56);
      document.querySelector('main').append(made);
      window.made = made;
    }"""

    page.evaluate(drawn)
    until(page, "() => window.made.querySelector('use').getBBox().width > 0")
