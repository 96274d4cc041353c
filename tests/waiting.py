"""Waiting for what comes about by itself: never longer than it takes, long enough for a loaded machine."""

import os
import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Page

Found = TypeVar("Found")
PATIENCE = 90.0  # seconds; a page takes tenths of one, but three browsers and their servers may share two cores with others

AT_REST = """() => document.getAnimations().every(
    (each) => each.playState !== 'running' || each.effect?.getComputedTiming().endTime === Infinity
)"""
FRAMES = "() => new Promise((resume) => requestAnimationFrame(() => requestAnimationFrame(() => resume(true))))"


def until(true: Callable[[], Found], what: str, seconds: float = PATIENCE) -> Found:
    """The first true answer."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
    return found


def worked() -> float:
    """Seconds that this process and its ended children have computed: what a piece of work costs, however loaded the machine."""
    return sum(os.times()[:4])


def painted(page: Page) -> None:
    """Waits until the page has drawn what it was told last."""
    page.evaluate(FRAMES)


def at_rest(page: Page) -> bool:
    """Whether no transition runs on the page."""
    return bool(page.evaluate(AT_REST))


def rests(page: Page) -> None:
    """Waits until nothing is fetched any more and no transition runs, as before a look at colours or places."""
    page.wait_for_load_state("networkidle")
    painted(page)
    until(lambda: at_rest(page), "the page never came to rest")
