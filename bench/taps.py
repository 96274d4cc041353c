"""From the tap on a paper to its sharp first page, and from page to page, in a real Chromium on a tablet's screen.

Told in milliseconds from the tap to the frame in which the picture of the page, at the width that is sharp on this glass, stands
decoded on the screen. The browser runs on the same cores as the server.
"""

import shutil
import statistics
import time
from typing import Any

from bench.paper import Laid

SCREENS: dict[str, tuple[Any, float]] = {
    "tablet landscape, ratio 2": ({"width": 1180, "height": 820}, 2.0),
    "tablet portrait, ratio 2": ({"width": 820, "height": 1180}, 2.0),
}
TAPS, TURNS = 7, 12
PAUSE_SECONDS = 0.7  # between two pages, as a reader who leafs through
WATCH = """() => {
  addEventListener("click", () => sessionStorage.setItem("tapped", String(Date.now())), true);
  addEventListener("keydown", () => sessionStorage.setItem("tapped", String(Date.now())), true);
  const sharp = (number) => [...document.querySelectorAll(".vview.open img, .vview.open canvas")].some((each) =>
    each instanceof HTMLImageElement && each.src.includes(`/pages/${number}?`) && each.complete && each.naturalWidth >= 1000
    && each.getBoundingClientRect().width > 100);
  window.whenSharp = (number) => new Promise((done) => {
    const look = () => sharp(number) ? requestAnimationFrame(() => done(Date.now() - Number(sessionStorage.getItem("tapped"))))
      : requestAnimationFrame(look);
    look();
  });
}"""


def report(port: int, laid: Laid, meeting_id: int) -> None:
    """Says the figures, or why there are none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed
    except ImportError:
        path = None
    if path is None:
        print("from the tap to the sharp page: not measured, Chromium or Playwright is not installed")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for place, (name, (size, ratio)) in enumerate(SCREENS.items()):
            tablet = browser.new_context(
                base_url=f"http://127.0.0.1:{port}", viewport=size, device_scale_factor=ratio, locale="vi-VN", has_touch=True
            )
            cookie = laid.cookies[place].partition("=")[2]
            tablet.add_cookies([{"name": "session", "value": cookie, "url": f"http://127.0.0.1:{port}"}])
            _tell(name, tablet, laid, meeting_id)
            tablet.close()
        browser.close()


def _tell(name: str, tablet: Any, laid: Laid, meeting_id: int) -> None:
    tablet.add_init_script(f"({WATCH})()")
    page = tablet.new_page()
    opened = [_open(page, laid, meeting_id) for _ in range(TAPS)]
    turned, jumped = [], []
    for number in range(2, TURNS + 2):
        time.sleep(PAUSE_SECONDS)
        page.keyboard.press("ArrowRight")
        turned.append(page.evaluate(f"whenSharp({number})"))
    time.sleep(PAUSE_SECONDS)
    page.keyboard.press("End")
    jumped.append(page.evaluate(f"whenSharp({laid.pages})"))
    print(
        f"{name}: tap to sharp first page {opened[0]:.0f} ms the first time, then {statistics.median(opened[1:]):.0f} ms "
        f"(worst {max(opened[1:]):.0f}); next page {statistics.median(turned):.0f} ms (worst {max(turned):.0f}); "
        f"a jump to the last page {jumped[0]:.0f} ms",
        flush=True,
    )


def _open(page: Any, laid: Laid, meeting_id: int) -> float:
    page.goto(f"/meetings/{meeting_id}?tab=papers", wait_until="load")
    time.sleep(PAUSE_SECONDS)
    page.locator(f'a[href^="/documents/{laid.file_id}"]').first.click(no_wait_after=True)
    page.wait_for_url(f"**/documents/{laid.file_id}*", wait_until="commit")
    return float(page.evaluate("whenSharp(1)"))
