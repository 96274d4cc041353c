"""The main walks on two web processes behind nginx, with the files in an object store: in a house that nobody used before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import chromium
from tests.conftest import Council
from tests.grown.house import House
from tests.walk.test_api import test_a_meeting_from_preparation_to_follow_up
from tests.walk.walking import WALKERS, Walk, get_passwords
from tests.walk.whole import STEPS

__all__ = ["test_a_meeting_from_preparation_to_follow_up"]

pytestmark = pytest.mark.server


@pytest.fixture
def walk(house: House, council: Council, tmp_path: Path) -> Iterator[Walk]:
    """Every second person comes in at the other process, and stays there by the cookie."""
    get_passwords(council)
    places = house.places()

    def at(place: str) -> dict[str, Any]:
        cookie = {"name": "meeting_place", "value": place, "domain": "127.0.0.1", "path": "/"}
        more = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
        return {"storage_state": {"cookies": [{**cookie, **more}], "origins": []}}

    people = {who: at(places[number % 2]) for number, who in enumerate((*WALKERS, "binh"))}
    with chromium() as browser:
        walk = Walk(house.front.address, browser, tmp_path, more=people)
        yield walk
        walk.ends()


@pytest.mark.browser
def test_people_at_both_processes_walk_through_one_meeting(walk: Walk, house: House) -> None:
    def both_serve_screens(_walk: Walk) -> None:
        assert all(house.sockets(web) >= 2 for web in house.web)

    walk.goes(STEPS, votes=both_serve_screens)
