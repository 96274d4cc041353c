"""Searching over the API."""

from collections.abc import Callable
from typing import Any

import pytest

from meeting.search import api as search_api
from meeting.search.addresses import address_of
from meeting.search.models import Passage
from meeting.search.rules import KINDS, STANDINGS
from meeting.web.api import RESOURCES
from meeting.web.describing import description
from tests.conftest import Council

Api = Callable[[str], Any]


@pytest.fixture
def ward(council: Council, notice: Callable[..., int], feed: Callable[..., None]) -> list[int]:
    """Three held meetings of the UBND with a notice each; the notices."""
    meetings = [council.meeting(state="held", items=1) for _ in range(3)]
    found = [
        notice("Về chợ.", "Trật tự vỉa hè, vỉa hè phố 2.", meeting_id=meeting_id, number=number)
        for number, meeting_id in enumerate(meetings, start=7)
    ]
    feed(*meetings)
    return found


def get(api: Api, query: str, username: str = "hoa") -> dict[str, Any]:
    status, answer = api(username).get(f"/search?{query}")
    assert status == 200
    return dict(answer)


def test_a_hit_says_what_it_is_and_where_it_stands(council: Council, ward: list[int], api: Api) -> None:
    answer = get(api, "q=via+he&size=1")

    (hit,) = answer["data"]
    assert {name: hit[name] for name in ("kind", "symbol", "date", "page", "body", "meeting", "state", "due_on", "place")} == {
        "kind": "notice",
        "symbol": "7/TB-UBND",
        "date": "2026-11-20",
        "page": None,
        "body": "UBND",
        "meeting": "Phiên họp UBND",
        "state": "in_force",
        "due_on": None,
        "place": "mục 2",
    }
    assert hit["marks"] == ["vỉa hè", "vỉa hè"]
    assert hit["title_marks"] == []
    assert hit["places"] == [{"page": None, "place": "mục 2", "hits": 2}]
    assert hit["url"] == f"/notices/{hit['id']}?mark=via+he"
    assert (answer["total"], answer["pages"], answer["next"]) == (3, 3, "2")


def test_pages_by_number_and_by_next(council: Council, ward: list[int], api: Api) -> None:
    by_number = [get(api, f"q=via+he&size=1&page={page}")["data"][0]["id"] for page in (1, 2, 3)]
    found, cursor = [], "1"
    while cursor:
        answer = get(api, f"q=via+he&limit=1&cursor={cursor}")
        found.append(answer["data"][0]["id"])
        cursor = answer["next"]

    assert sorted(by_number) == sorted(ward)
    assert found == by_number


def test_facets_are_named_and_counted(council: Council, ward: list[int], api: Api) -> None:
    facets = get(api, "q=&kind=notice")["facets"]

    assert facets["kind"] == [
        {"value": "notice", "label": "Thông báo kết luận", "count": 3, "chosen": True},
        {"value": "item", "label": "Nội dung họp", "count": 3, "chosen": False},
    ]
    assert facets["state"] == [{"value": "in_force", "label": "Đang có hiệu lực", "count": 3, "chosen": False}]
    assert facets["body"] == [{"value": "UBND", "label": "UBND", "count": 3, "chosen": False}]
    assert [facet["value"] for facet in facets["period"]] == ["this-month", "this-quarter", "this-year"]


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense&q=via+he",
        "page=0&q=via+he",
        "page=-5&q=via+he",
        "page=99999999999999999999&q=via+he",
        "size=0&q=via+he",
        "size=abc&limit=x&cursor=y&q=via+he",
        "unit=x&meeting=%C2%B2&person=1e9&q=via+he",
        "from=yesterday&to=2026-13-45&q=via+he",
        "year=0000&q=via+he",
        "state=%00&sort=random&q=via+he",
        "q=via+he&q=x",
        "since=&until=&q=via+he",
    ],
)
def test_parameters_that_make_no_sense_are_left_out(council: Council, ward: list[int], api: Api, query: str) -> None:
    assert get(api, query)["total"] == 3


def test_a_body_nobody_has_heard_of_leaves_nothing(council: Council, ward: list[int], api: Api) -> None:
    assert get(api, "q=via+he&body=Nowhere")["total"] == 0


def test_no_more_than_fifty_at_once(council: Council, ward: list[int], api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_api, "MOST_AT_ONCE", 2)

    assert len(get(api, "q=via+he&size=5000")["data"]) == 2


def test_days_narrow(council: Council, ward: list[int], api: Api) -> None:
    assert get(api, "q=via+he&from=2026-11-20&to=2026-11-20")["total"] == 3
    assert get(api, "q=via+he&from=2026-11-21")["total"] == 0
    assert get(api, "q=via+he&until=2026-11-19")["total"] == 0
    assert get(api, "q=via+he&year=2026")["total"] == 3


def test_who_may_not_read_is_told_nothing(council: Council, ward: list[int], api: Api) -> None:
    for stranger in ("khach", "admin"):
        answer = get(api, "q=via+he", stranger)
        assert (answer["data"], answer["total"], answer["nearest"], answer["kinds"]) == ([], 0, [], {})
        assert not any(answer["facets"].values())


def test_other_spellings_are_offered(council: Council, ward: list[int], api: Api) -> None:
    assert "vỉa hè" in get(api, "q=v%E1%BB%89a+hef")["nearest"]


def test_every_parameter_is_described(council: Council) -> None:
    said = RESOURCES["search"].query

    assert set(said) >= {"q", "kind", "body", "unit", "meeting", "person", "state", "from", "to", "year", "sort", "page", "size"}
    assert all(kind in said["kind"] for kind in KINDS)
    assert all(state in said["state"] for state in STANDINGS)
    described = description()["paths"]["/api/v1/search"]["get"]["parameters"]
    assert {each["name"] for each in described} == set(said)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("notice", "/notices/5?mark=v%E1%BB%89a+h%C3%A8"),
        ("resolution", "/resolutions/5?mark=v%E1%BB%89a+h%C3%A8"),
        ("minutes", "/meetings/7/minutes?mark=v%E1%BB%89a+h%C3%A8"),
        ("paper", "/documents/9?page=3&q=v%E1%BB%89a+h%C3%A8"),
        ("item", "/meetings/7?tab=programme&mark=v%E1%BB%89a+h%C3%A8#item-5"),
        ("question", "/meetings/7/votes?mark=v%E1%BB%89a+h%C3%A8#vote-5"),
        ("task", "/tasks/5?mark=v%E1%BB%89a+h%C3%A8"),
        ("opinion", "/meetings/7?tab=opinions&mark=v%E1%BB%89a+h%C3%A8"),
        ("promise", "/promises/5?mark=v%E1%BB%89a+h%C3%A8"),
        ("round", "/rounds/5?mark=v%E1%BB%89a+h%C3%A8"),
        ("meeting", "/meetings/7?mark=v%E1%BB%89a+h%C3%A8"),
        ("person", "/search?person=5"),
        ("unit", "/search?unit=5"),
    ],
)
def test_a_hit_opens_where_its_words_stand(kind: str, address: str) -> None:
    passage = Passage(kind=kind, source_id=5, meeting_id=7, document_id=9, page=3)

    assert address_of(passage, typed="vỉa hè") == address
    assert address_of(passage) == address.replace("mark=v%E1%BB%89a+h%C3%A8", "").replace("&q=v%E1%BB%89a+h%C3%A8", "").replace(
        "?#", "#"
    ).replace("&#", "#").rstrip("?&")


def test_a_paper_opens_at_another_of_its_pages() -> None:
    assert address_of(Passage(kind="paper", document_id=9, page=3), 8, "x") == "/documents/9?page=8&q=x"
