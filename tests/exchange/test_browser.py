"""The matrix of rights in a real browser: a switch is one act; the Party's only after a second word."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from meeting.exchange.models import ClientRight
from meeting.writer import perform
from tests.browsing import DESK, House
from tests.waiting import until
from tests.web.conftest import house, running  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_rights_are_switched_and_the_party_is_asked_about(house: House) -> None:  # noqa: F811
    council = house.council
    named = {"name": "Quản lý văn bản", "contact": "Phòng CNTT", "sha256": "a" * 64}
    number = perform(council.actor("admin"), "exchange.add_client", named)["client_id"]
    page = house.open("admin", f"/clients/{number}", DESK)

    def given() -> list[tuple[int, str]]:
        rows = council.all(select(ClientRight).order_by(ClientRight.id))
        return [(row.body_id, row.kind) for row in rows]

    page.get_by_role("switch", name="UBND: Nhiệm vụ").check()
    until(lambda: given() == [(council.body("UBND"), "tasks")], "the right was not given")

    party = page.get_by_role("switch", name="Đảng ủy: Tài liệu")
    party.click()
    page.get_by_role("dialog").get_by_role("button", name="Quay lại").click()
    expect(party).not_to_be_checked()
    party.click()
    page.get_by_role("dialog").get_by_role("button", name="Đồng ý").click()
    until(lambda: (council.body("Đảng ủy"), "papers") in given(), "the right of the Party was not given")
