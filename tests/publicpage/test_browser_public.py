"""The public page in a real browser without scripts: it can be read, tapped and turned over by everybody."""

from typing import Any

import pytest

from meeting import clock
from meeting.tasks.models import Task
from tests.browsing import DESK, PHONE, House
from tests.tasks.many import put_tasks
from tests.waiting import PATIENCE
from tests.web.conftest import house, running
from tests.web.test_browser_access import violations
from tests.web.test_browser_frame import SMALL, WIDE

__all__ = ["house", "running"]
pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture(scope="module")
def shown(running: House) -> None:
    """Forty released tasks, so that the list has a second page."""
    for key in put_tasks(running.council, 40):
        words = {"public_text": "Cải tạo vỉa hè phố Ngọc Lâm đoạn từ ngõ 91 đến ngõ 115", "public_result": "Đã xong 60%"}
        running.council.update(Task, key, state="in_progress", given=True, released_at=clock.now(), **words)


@pytest.mark.parametrize("path", ["/cong-khai", "/cong-khai/ubnd", "/cong-khai/ubnd?lang=en&page=2", "/cong-khai/khong-co"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_serves_everybody_without_scripts(house: House, shown: None, path: str, size: dict[str, int]) -> None:
    context: Any = house.browser.new_context(base_url=house.server.address, viewport=size, bypass_csp=True)
    try:
        page = context.new_page()
        scripts: list[str] = []
        page.on("request", lambda asked: scripts.append(asked.url) if asked.resource_type == "script" else None)
        page.goto(path)

        assert page.locator("h1").count() == 1
        assert violations(page) == []
        assert page.evaluate(SMALL) == []
        assert page.evaluate(WIDE) <= 0
        assert scripts == []
        assert context.cookies() == []
    finally:
        context.close()


def test_pages_and_languages_are_links(house: House, shown: None) -> None:
    context = house.browser.new_context(base_url=house.server.address, java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE * 1000)
    try:
        page = context.new_page()
        page.goto("/cong-khai")
        page.get_by_role("link", name="Ủy ban nhân dân phường").click()
        page.get_by_role("link", name="Trang sau").click()
        page.wait_for_url("**/cong-khai/ubnd?page=2")
        page.get_by_role("link", name="English").click()
        page.wait_for_url("**/cong-khai/ubnd?page=2&lang=en")
        assert page.get_by_role("heading", name="Key tasks and results").is_visible()
    finally:
        context.close()
