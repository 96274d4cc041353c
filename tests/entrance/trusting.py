"""A real Chromium that trusts a council's authority, or does not."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright


@contextmanager
def chromium_at_home(home: Path, trusted: Path | None) -> Iterator[Browser]:
    """A browser of its own, with its driver."""
    with sync_playwright() as playwright, launched(playwright.chromium, home, trusted) as running:
        yield running


@contextmanager
def launched(kind: BrowserType, home: Path, trusted: Path | None) -> Iterator[Browser]:
    """Its own store of certificates holds the authority, as group policy or a profile puts it there; it finds the names here."""
    chromium, certutil = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("certutil")
    if chromium is None or certutil is None:
        pytest.skip("no Chromium is installed" if chromium is None else "certutil (libnss3-tools) is not installed")
    kept = home / ".pki" / "nssdb"
    kept.mkdir(parents=True)
    subprocess.run([certutil, "-N", "--empty-password", "-d", f"sql:{kept}"], check=True, timeout=60)
    if trusted is not None:
        asked = ["-A", "-n", "council", "-t", "C,,", "-i", str(trusted), "-d", f"sql:{kept}"]
        subprocess.run([certutil, *asked], check=True, timeout=60)
    rules = "--host-resolver-rules=MAP *.test 127.0.0.1"
    running = kind.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--disable-gpu", "--disable-quic", rules],
        env={**os.environ, "HOME": str(home)},
    )
    yield running
    running.close()


def continues_anyway(page: Page) -> None:
    """Past the warning, by the word that does what the button under “Advanced” does."""
    page.locator("#main-message").wait_for()
    page.keyboard.type("thisisunsafe")
    page.wait_for_url(lambda url: url.startswith("https://"), wait_until="commit")
    page.wait_for_selector("html[data-ready]", state="attached")
