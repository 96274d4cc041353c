"""What a tablet keeps of a ballot: nothing, in no store that a page has, with the line up, with the line down, and after it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import House
from tests.voting.conftest import Chamber
from tests.voting.test_browser import chamber, opened
from tests.web.conftest import house, running

__all__ = ["chamber", "house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]

#: Everything that outlives a page: storages, cookies, every record of every database, every answer in every cache, the history.
KEPT = """async () => {
  const records = [];
  for (const {name} of await (indexedDB.databases?.() ?? [])) {
    const base = await new Promise((done, failed) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    for (const store of base.objectStoreNames) {
      const all = (what) => new Promise((done, failed) => {
        const asked = base.transaction(store).objectStore(store)[what]();
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
      records.push([name, store, await all('getAllKeys'), await all('getAll')]);
    }
    base.close();
  }
  const cached = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      const text = /\\.(js|css|woff2|svg|png)/.test(asked.url) ? '' : await (await cache.match(asked)).text();
      cached.push([name, asked.method, asked.url, text.slice(0, 100000)]);
    }
  }
  return JSON.stringify({
    local: {...localStorage}, session: {...sessionStorage}, cookies: document.cookie, history: history.state,
    address: location.href, records, cached,
  });
}"""
TELLING = ('"against"', '\\"against\\"', "'against'", '"choice', '\\"choice', "voting.cast", "ballot_papers")


def told(page: Page) -> list[str]:
    """What of a ballot can be read in anything this device keeps."""
    kept = page.evaluate(KEPT)
    return [word for word in TELLING if word in kept]


def vote(page: Page, kind: str) -> None:
    """Against it, as a delegate taps."""
    if kind == "open":
        page.locator(".choice").nth(1).click()
        return
    page.locator(".cand").nth(1).click()
    page.get_by_role("button", name="Xem lại phiếu").click()
    page.get_by_role("button", name="Bỏ vào hòm phiếu").click()


@pytest.mark.parametrize("kind", ["secret", "open"])
def test_no_store_of_a_tablet_holds_a_ballot_even_while_the_line_is_down(house: House, chamber: Chamber, kind: str) -> None:
    device: dict[str, Any] = {"service_workers": "allow"}
    page = house.open("hoa", f"/meetings/{chamber.meeting_id}/room", None, **device)
    question = opened(house, chamber, kind)
    page.locator(".cand, .choice").first.wait_for()

    page.context.set_offline(True)
    vote(page, kind)
    expect(page.locator(".r-warn").first).to_be_visible()
    assert told(page) == []
    page.context.set_offline(False)
    if kind == "secret":
        page.reload()  # the ballot was only in the page: nothing is sent by itself
        page.locator(".cand").first.wait_for()
        assert house.server.get("minh", f"/questions/{question}")[1]["cast"] == 0
        vote(page, kind)
        expect(page.locator(".inbox")).to_be_visible()
    else:
        expect(page.locator(".receipt:not(.r-warn)").first).to_be_visible()
    assert told(page) == []
    page.reload()
    expect(page.locator(".inbox, .receipt").first).to_be_visible()
    assert told(page) == []
    assert house.server.get("minh", f"/questions/{question}")[1]["cast"] == 1

    house.server.act("lan", "voting.close", question_id=question)
    _, found = house.server.get("lan", f"/questions/{question}")
    assert found["cast"] == 1
    assert told(page) == []
    assert house.faults == []
