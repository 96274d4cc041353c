"""A line that falls away while a paper goes up costs the officer nothing."""

import pytest
from playwright.sync_api import expect

from tests.browsing import DESK, House
from tests.documents.papers import paper
from tests.materials.test_browser_life import asked
from tests.web.conftest import house, running

pytestmark = [pytest.mark.browser, pytest.mark.server]
__all__ = ["asked", "house", "running"]


def test_a_paper_chosen_without_a_line_goes_up_by_itself_once_it_is_back(house: House, asked: int) -> None:
    page = house.open("dung", f"/papers/owed/{asked}", DESK)
    page.context.set_offline(True)
    page.set_input_files("#paper", {"name": "to-trinh.pdf", "mimeType": "application/pdf", "buffer": paper(1)})
    expect(page.locator("[data-chip]")).to_have_text("Chờ có mạng")
    expect(page.locator("[data-file-error]")).to_contain_text("Mất kết nối")

    page.context.set_offline(False)

    expect(page.locator("[data-chip]")).to_have_text("Sẵn sàng nộp")
    expect(page.locator("[data-file-error]")).to_be_empty()
