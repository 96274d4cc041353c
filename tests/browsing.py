"""Real browsers on a running server: each person with a context of their own, signed in as in the session cookie."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from meeting.web import doors
from tests.conftest import Council
from tests.serving import Server
from tests.waiting import PATIENCE

TOUCH = {"width": 1180, "height": 820}
DESK = {"width": 1440, "height": 900}
HALL = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=PATIENCE * 1000)


def again_if_aborted(page: Page, step: Callable[..., Any]) -> Callable[..., Any]:
    """The same step, once more where a page that loads itself anew after an act came first: people tap again too."""

    def stepped(*words: Any, **options: Any) -> Any:
        try:
            return step(*words, **options)
        except Error as error:
            if "ERR_ABORTED" not in error.message and "interrupted by another navigation" not in error.message:
                raise
        page.wait_for_load_state("load")
        return step(*words, **options)

    return stepped


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium; skips the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
        yield browser
        browser.close()


@dataclass
class House:
    """A running server with people in front of it."""

    server: Server
    browser: Browser
    council: Council
    contexts: list[BrowserContext] = field(default_factory=list)
    desks: dict[str, Page] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def open(self, username: str, path: str, size: dict[str, int] | None = None, **options: Any) -> Page:
        """A page as this person, on a device of their own. Errors of scripts and of the policy are collected in `faults`."""
        device = {"viewport": size or TOUCH, "locale": "vi-VN", "service_workers": "block", **options}
        page = self._page(username, device)
        self.contexts.append(page.context)
        return self._shown(page, path)

    def look(self, username: str, path: str, size: dict[str, int]) -> Page:
        """The same as `open`, on a device that this person keeps for the whole module: for tests that only look, quicker."""
        if username not in self.desks:
            self.desks[username] = self._page(username, {"locale": "vi-VN", "service_workers": "block"})
        self.desks[username].set_viewport_size(size)  # type: ignore[arg-type]
        return self._shown(self.desks[username], path)

    def _page(self, username: str, device: dict[str, Any]) -> Page:
        context = self.browser.new_context(base_url=self.server.address, **device)
        if username:
            context.add_cookies([{"name": "session", "value": self.cookie(username), "url": self.server.address}])
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.goto = again_if_aborted(page, page.goto)  # type: ignore[method-assign]
        page.reload = again_if_aborted(page, page.reload)  # type: ignore[method-assign]
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._heard)
        return page

    def _shown(self, page: Page, path: str) -> Page:
        page.goto(path, wait_until="load")
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def cookie(self, username: str) -> str:
        """The session cookie of somebody who has signed in."""
        signing = Flask("signing")
        signing.secret_key = (self.server.data / "storage" / "session.key").read_text()
        serializer = SecureCookieSessionInterface().get_signing_serializer(signing)
        assert serializer is not None
        who = doors.loader.session_id(self.council.actor(username))
        return str(serializer.dumps({"_user_id": who, "_fresh": True}))

    def close(self) -> None:
        """Everybody goes home."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
