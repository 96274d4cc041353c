"""Every figure of every report leads to the rows it counts, and the rows counted anew give the figure: over worlds of chance."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import Council
from tests.evaluation.world import World

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
Api = Callable[..., Any]
PERIODS = ("from=2026-01-01&to=2026-12-31", "period=2026-Q3")
KINDS = ("tasks", "leaders", "people", "rounds")


@pytest.fixture(params=range(2))
def world(request: pytest.FixtureRequest, council: Council, at: Callable[..., None]) -> World:
    """A world of chance."""
    at(NOW)
    made = World(council, request.param, NOW)
    made.fill()
    return made


def counted(api: Any, address: str) -> int:
    """The rows behind an address, counted over all their pages; they must say the same as their own total."""
    if address.startswith("/reports/units/"):
        rows, page = 0, 1
        while True:
            status, answer = api.get(f"{address}&page={page}")
            assert status == 200, address
            rows += len(answer["papers"])
            if page >= answer["pages"]:
                return rows
            page += 1
    weights, cursor, total = 0, "0", 0
    while cursor:
        status, answer = api.get(f"{address}&limit=20&cursor={cursor}")
        assert status == 200, address
        weights, total = weights + sum(row["weight"] for row in answer["data"]), answer["total"]
        assert all(row["weight"] > 0 for row in answer["data"])
        cursor = answer["next"]
    assert weights == total, address
    return weights


def figures_of(answer: Any) -> Iterator[tuple[int, str]]:
    """Every number of a report with the address of its rows."""
    for table in answer["tables"]:
        for cells in [*table["rows"], *([table["foot"]] if table["foot"] else [])]:
            for cell in cells:
                value = cell["value"]
                number = value["part"] if isinstance(value, dict) else value
                if cell["evidence"] and isinstance(number, int):
                    yield number, cell["evidence"]


def test_every_figure_of_the_other_reports_is_the_sum_of_its_rows(world: World, api: Api) -> None:
    checked = 0
    for username, period, kind in product(("minh", "lan"), PERIODS, KINDS):
        _, answer = api(username).get(f"/reports/{kind}?{period}")
        for number, address in figures_of(answer):
            assert counted(api(username), address) == number, address
            checked += 1

    assert checked > 80


LINK = re.compile(r'<a class="num tap[^"]*" href="(/reports/[^"]+)"[^>]*>([\d./]+)</a>')


def test_every_number_with_a_link_on_the_page_is_the_sum_of_its_rows(
    world: World, api: Api, client: Callable[[str], FlaskClient]
) -> None:
    readers = {"minh": ("/reports", "/reports/units", "/reports/tasks"), "lan": ("/reports",), "truong": ("/reports/tasks",)}
    checked = 0
    for username, addresses in readers.items():
        for address, period in product(addresses, PERIODS):
            page = client(username).get(f"{address}?{period}").get_data(as_text=True)
            for link, text in LINK.findall(page):
                number = int(text.split("/")[0].replace(".", ""))
                assert counted(api(username), link.replace("&amp;", "&")) == number, (address, link)
                checked += 1

    assert checked > 100


def test_the_page_behind_a_figure_lists_its_rows(world: World, api: Api, client: Callable[[str], FlaskClient]) -> None:
    address = "/reports/evidence/meetings/with_notice?from=2025-01-01&to=2026-12-31"
    total = api("minh").get(address)[1]["total"]
    page = client("minh").get(address).get_data(as_text=True)

    assert total > 0
    assert page.count('class="evidence-row"') == min(total, 50)
    assert f'aria-current="page"><b class="num">{total}</b>' in page


def test_the_sums_of_bodies_are_the_sums_of_their_months(world: World, api: Api) -> None:
    year = api("minh").get("/reports/meetings?from=2026-01-01&to=2026-12-31")[1]["data"]
    months = [api("minh").get(f"/reports/meetings?period=2026-{month:02d}")[1]["data"] for month in range(1, 13)]

    for place, body in enumerate(year):
        for figure in ("meetings", "with_notice", "notice_in_time", "ungraded", "invited", "came", "not_meeting_requirements"):
            assert body[figure] == sum(month[place][figure] for month in months)


def test_members_invited_are_those_of_the_meetings(world: World, api: Api) -> None:
    """Two reports tell of the same seats: by body and by participant."""
    _, people = api("minh").get("/reports/people?from=2025-01-01&to=2026-12-31")
    _, bodies = api("minh").get("/reports/meetings?from=2025-01-01&to=2026-12-31")

    rows = people["tables"][0]["rows"]
    came = [row[3]["value"] for row in rows]
    assert sum(share["whole"] for share in came) == sum(body["invited"] for body in bodies["data"])
    assert sum(share["part"] for share in came) == sum(body["came"] for body in bodies["data"])
