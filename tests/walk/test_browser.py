"""One meeting from preparation to follow-up by people at their screens: eight browsers, four of them delegates."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browsing import chromium
from tests.conftest import Council
from tests.serving import serving
from tests.walk.walking import Walk, get_passwords
from tests.walk.whole import STEPS

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def walk(council: Council, store: Path, tmp_path: Path) -> Iterator[Walk]:
    get_passwords(council)
    with serving(tmp_path, "--empty") as running, chromium() as browser:
        walk = Walk(running.address, browser, tmp_path)
        yield walk
        walk.ends()


def test_a_meeting_from_preparation_to_follow_up(walk: Walk) -> None:
    walk.goes(STEPS)
