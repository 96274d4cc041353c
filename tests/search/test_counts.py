"""What a filter promises with its number is what it leaves, and the number of all is the same on every page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from meeting import clock
from meeting.search.engines import keeping
from meeting.search.finding import queries
from meeting.search.finding.queries import Found
from meeting.search.passages import service
from meeting.tasks.models import Task
from tests.conftest import MORNING, Council

Find = Callable[..., Found]


@pytest.fixture
def enough(monkeypatch: pytest.MonkeyPatch) -> int:
    """So many phrases are enough already."""
    monkeypatch.setattr(queries, "ENOUGH", 3)
    return 3


def test_a_filter_leaves_as_many_as_it_says_where_phrases_are_enough(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find, enough: int
) -> None:
    ubnd, hdnd = council.meeting(state="held", items=0), council.meeting("HĐND", state="held", items=0)
    for number in range(3):
        notice("Chỉnh trang vỉa hè.", meeting_id=ubnd, number=number + 1)
    notice("Kết luận về vỉa hè.", meeting_id=hdnd, body="HĐND", number=4)
    notice("Vỉa của các hè phố.", meeting_id=hdnd, body="HĐND", number=5)  # only near
    feed(ubnd, hdnd)

    bodies = find("minh", "vỉa hè").facets["body"]

    assert [(facet.value, facet.count) for facet in bodies] == [("UBND", 3), ("HĐND", 1)]
    assert [find("minh", "vỉa hè", body_id=council.body(facet.value)).total for facet in bodies] == [3, 1]


def test_the_number_of_all_does_not_depend_on_the_page(wrote: Callable[..., list[int]], find: Find, enough: int) -> None:
    wrote(*["Chỉnh trang vỉa hè."] * 4, "Vỉa của các hè phố.")

    assert {find("hoa", "vỉa hè", size=size).total for size in (1, 2, 4, 20)} == {4}
    assert {find("hoa", "vỉa hè", size=2, page=page).total for page in (1, 2, 3)} == {4}


def test_words_near_each_other_are_shown_where_a_filter_leaves_no_phrase(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find, enough: int
) -> None:
    ubnd, hdnd = council.meeting(state="held", items=0), council.meeting("HĐND", state="held", items=0)
    for number in range(3):
        notice("Chỉnh trang vỉa hè.", meeting_id=ubnd, number=number + 1)
    near = notice("Vỉa của các hè phố.", meeting_id=hdnd, body="HĐND", number=4)
    feed(ubnd, hdnd)

    found = find("minh", "vỉa hè", body_id=council.body("HĐND"))

    assert [hit.passage.source_id for hit in found.hits] == [near]


def test_what_is_late_says_so_on_the_wire_too(council: Council, api: Callable[[str], Any]) -> None:
    given = {"body_id": council.body("UBND"), "origin": "superior", "assigned_at": MORNING, "given": True}
    work = {"lead_unit_id": council.unit("kinh_te"), "state": "in_progress", "due_on": clock.today()}
    council.write(Task(**given, **work, source_symbol="1/CV-TP", text="Nạo vét cống."))
    service.keep_source("task", 0)
    keeping.catch_up()

    def stands() -> tuple[list[str], list[str]]:
        answer = api("minh").get("/search?q=nao+vet")[1]
        return [hit["state"] for hit in answer["data"]], [each["value"] for each in answer["facets"]["state"]]

    assert stands() == (["running"], ["running"])  # on its last day
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert stands() == (["overdue"], ["overdue"])
