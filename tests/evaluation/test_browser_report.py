"""Reports in a real browser: from the sentence to a figure to its meeting; a large file; keeping a procedure."""

from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import select

from meeting import clock
from meeting.evaluation.models import Procedure
from tests.browsing import DESK, House
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_from_the_sentence_to_the_meeting_and_to_a_large_file(house: House) -> None:  # noqa: F811
    begun = clock.now() - timedelta(days=3)
    meeting_id = house.council.meeting(state="held", starts_at=begun, opened_at=begun, closed_at=begun + timedelta(hours=2))
    page = house.open("minh", "/reports?body=UBND", DESK)

    expect(page.locator("[data-sentences]")).to_contain_text("UBND tổ chức")
    page.get_by_role("button", name="Chép").click()
    expect(page.locator("[data-copies]")).to_contain_text("Đã chép")
    page.locator(".report-table tbody a.tap").first.click()
    expect(page.locator(".evidence-row").first).to_be_visible()
    page.locator(f'.evidence-row a[href="/meetings/{meeting_id}"]').click()
    expect(page).to_have_url(f"{house.server.address}/meetings/{meeting_id}")

    page.goto("/reports?body=UBND&from=2020-01-01&to=2026-12-31")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator(".export summary").click()
    held: list[Route] = []  # the first question after the file waits on the line, so that its progress can be looked at
    page.route("**/api/v1/reports/files/*", lambda route: held.append(route), times=1)
    with page.expect_download() as fetched:
        page.locator("[data-form=xlsx]").click()
        expect(page.locator("[data-making] progress")).to_be_visible()
        while not held:
            page.wait_for_timeout(50)
        held[0].continue_()
    assert fetched.value.suggested_filename == "bao-cao-cuoc-hop-20200101-20261231.xlsx"
    assert house.faults == []


def test_a_procedure_is_kept_with_a_step_left_out(house: House) -> None:  # noqa: F811
    body = house.council.body("UBND")
    page = house.open("minh", "/reports/procedure/edit?body=UBND", DESK)
    minutes = page.locator("[data-step=minutes]")
    minutes.locator("[data-rule]").select_option("own")
    expect(minutes.locator("[data-own-norm]")).to_be_visible()
    page.get_by_role("button", name="Lưu quy trình").click()
    expect(minutes.locator("[data-fault]")).to_contain_text("Định mức")

    minutes.locator("[data-norm]").fill("3")
    page.locator("[data-step=plan] [data-leave]").click()
    expect(page.locator("[data-take=plan]")).to_be_visible()
    page.get_by_role("button", name="Lưu quy trình").click()
    page.wait_for_url("**/reports/procedure?body=UBND")

    (steps,) = house.council.all(select(Procedure.steps).where(Procedure.body_id == body))
    kept = {step["key"]: step for step in steps}
    assert "plan" not in kept
    assert (kept["minutes"]["norm"], kept["minutes"]["unit"]) == (3, "working")
    assert house.faults == []
