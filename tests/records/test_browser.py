"""The archive file of a filed meeting, in a real browser: asked for on the meeting's page, downloaded with its list."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from meeting import clock
from meeting.conclusions.models import Minutes, MinutesVersion
from tests.browsing import PHONE, House
from tests.waiting import until
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations

__all__ = ["house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_the_office_has_it_made_and_downloads_it(house: House, tmp_path: Path) -> None:
    council, begun = house.council, clock.now() - timedelta(days=9)
    over = {"starts_at": begun, "opened_at": begun, "closed_at": begun + timedelta(hours=2)}
    meeting = council.meeting(state="archived", minutes_state="signed", **over)
    (minutes,) = council.write(Minutes(meeting_id=meeting, text="Thông qua.", drafted_at=begun, state="signed", signed_at=begun))
    council.write(MinutesVersion(minutes_id=minutes, version=1, text="Thông qua.", edited_at=begun, signed_at=begun))
    page = house.open("minh", f"/meetings/{meeting}", PHONE)
    with page.expect_response("**/acts/records.ask_archive") as heard:
        page.locator("[data-act='records.ask_archive']").click()
    assert heard.value.status == 200
    link = page.locator("a[href^='/archives/']")

    def offered() -> bool:
        page.goto(f"/meetings/{meeting}")
        return link.count() == 1

    until(offered, "the archive file is offered")
    expect(link).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as taken:
        link.click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)

    assert file.suffix == ".zip"
    with zipfile.ZipFile(file) as inside:
        listed = {row["path"] for row in json.loads(inside.read("danh-muc.json"))["files"]}
        assert {"danh-muc.json", "muc-luc.xlsx", "muc-luc.pdf"} | listed == set(inside.namelist())
    assert any(path.startswith("4-bien-ban/") for path in listed)
