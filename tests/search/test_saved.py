"""Saved searches: one's own, under a name, with limits; over the acts, the API and the page."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from meeting.errors import Refused
from meeting.journal import Entry
from meeting.search.kept import saved_rules
from meeting.search.kept.saved_models import SavedHit, SavedSearch
from tests.conftest import Council, Program

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], FlaskClient]
Api = Callable[[str], Program]


@pytest.fixture
def saved(do: Do) -> int:
    """A saved search of Hoa; its id."""
    return int(do("hoa", "search.save", name="Vỉa hè", question={"q": "vỉa hè", "body": "UBND"})["saved_id"])


def row(council: Council, saved_id: int) -> SavedSearch:
    found: SavedSearch = council.one(select(SavedSearch).where(SavedSearch.id == saved_id))
    return found


def test_a_search_is_kept_with_its_filters(council: Council, saved: int) -> None:
    kept = row(council, saved)

    assert (kept.name, kept.question, kept.alert) == ("Vỉa hè", {"q": "vỉa hè", "body": "UBND"}, True)
    assert kept.url == "/search?q=v%E1%BB%89a+h%C3%A8&body=UBND"


def test_the_words_are_the_name_where_none_is_given(council: Council, do: Do) -> None:
    saved_id = do("hoa", "search.save", typed="thoát nước", alert=False)["saved_id"]

    assert (row(council, saved_id).name, row(council, saved_id).alert) == ("thoát nước", False)


@pytest.mark.parametrize("question", [{}, {"sort": "date"}, {"q": "   "}])
def test_nothing_is_not_saved(do: Do, question: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        do("hoa", "search.save", name="Tất cả", question=question)

    assert refused.value.code == "search_without_words"


def test_the_same_question_is_saved_once(do: Do, saved: int) -> None:
    with pytest.raises(Refused) as refused:
        do("hoa", "search.save", name="Khác", question={"q": "Vỉa Hè", "body": "UBND", "sort": "date"})

    assert refused.value.code == "search_saved_already"
    assert do("tuan", "search.save", question={"q": "vỉa hè", "body": "UBND"})["saved_id"] != saved


def test_there_is_a_limit(do: Do, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_rules, "MOST_SAVED", 2)
    do("hoa", "search.save", typed="một")
    do("hoa", "search.save", typed="hai")

    with pytest.raises(Refused) as refused:
        do("hoa", "search.save", typed="ba")

    assert refused.value.code == "saved_searches_full"


def test_name_and_telling_are_changed(council: Council, do: Do, saved: int) -> None:
    do("hoa", "search.change", saved_id=saved, name="Lòng đường, vỉa hè", alert=False)

    assert (row(council, saved).name, row(council, saved).alert) == ("Lòng đường, vỉa hè", False)


def test_an_empty_name_becomes_the_words(council: Council, do: Do, saved: int) -> None:
    do("hoa", "search.change", saved_id=saved, name="  ")

    assert row(council, saved).name == "vỉa hè"


def test_a_forgotten_search_takes_its_hits_along(council: Council, do: Do, saved: int) -> None:
    council.write(SavedHit(saved_id=saved, kind="notice", source_id=1, found_at=row(council, saved).created_at))

    do("hoa", "search.forget", saved_id=saved)

    assert council.all(select(SavedSearch.id)) == council.all(select(SavedHit.id)) == []


def test_what_is_new_becomes_seen(council: Council, do: Do, saved: int) -> None:
    council.write(SavedHit(saved_id=saved, kind="notice", source_id=1, found_at=row(council, saved).created_at))

    assert do("hoa", "search.seen", saved_id=saved) == {"seen": 1}
    assert do("hoa", "search.seen", saved_id=saved) == {"seen": 0}


@pytest.mark.parametrize("who", ["tuan", "minh", "admin", "khach"])
@pytest.mark.parametrize("name", ["search.change", "search.forget", "search.seen"])
def test_others_are_not_even_told_that_it_exists(council: Council, do: Do, saved: int, who: str, name: str) -> None:
    with pytest.raises(Refused, match="not_found"):
        do(who, name, saved_id=saved)

    assert row(council, saved).name == "Vỉa hè"


def test_nothing_of_it_stands_in_the_journal(council: Council, do: Do) -> None:
    before = council.one(select(func.count()).select_from(Entry))
    saved_id = do("hoa", "search.save", typed="chuyện riêng")["saved_id"]
    do("hoa", "search.change", saved_id=saved_id, name="x")
    do("hoa", "search.forget", saved_id=saved_id)

    assert council.one(select(func.count()).select_from(Entry)) == before


def test_over_the_api_one_sees_only_ones_own(api: Api, saved: int) -> None:
    status, mine = api("hoa").get("/search/saved")

    assert status == 200
    assert [(each["saved_id"], each["name"], each["new"], each["alert"]) for each in mine["data"]] == [(saved, "Vỉa hè", 0, True)]
    assert api("tuan").get("/search/saved")[1]["data"] == []
    assert api("admin").get("/search/saved")[1]["data"] == []
    assert api("hoa").get(f"/search/saved/{saved}/hits") == (200, {"data": [], "next": None})
    assert api("tuan").get(f"/search/saved/{saved}/hits")[0] == 404
    assert api("hoa").get("/search/saved/999/hits")[0] == 404


def test_acts_go_through_the_api_too(api: Api) -> None:
    status, answer = api("hoa").act("search.save", question={"q": "thoát nước"}, alert=True)

    assert status == 200
    assert api("hoa").act("search.forget", saved_id=answer["saved_id"])[0] == 200
    assert api("hoa").act("search.save", question={})[1]["code"] == "search_without_words"
    assert api("hoa").act("search.alert", saved_id=1, asked_seq=0, until=1, found=[], waiting=[])[0] == 403
    assert api("hoa").act("search.asked", saved_ids=[1], until=1)[0] == 403


def test_the_page_shows_names_words_and_filters(client: Client, council: Council, saved: int) -> None:
    page = client("hoa").get(f"/search/saved?open={saved}").get_data(as_text=True)

    assert f'id="saved-{saved}"' in page
    assert "saved-open" in page
    assert "Vỉa hè" in page
    assert "UBND" in page
    assert json.dumps({"saved_id": saved, "alert": False}, sort_keys=True).replace('"', "&#34;") in page


def test_the_page_of_others_shows_nothing_of_it(client: Client, saved: int) -> None:
    page = client("tuan").get(f"/search/saved?open={saved}").get_data(as_text=True)

    assert "vỉa hè" not in page.casefold()


def test_a_filter_names_only_what_its_owner_may_know_of(client: Client, council: Council, do: Do) -> None:
    party = council.meeting("Đảng ủy", state="held")
    do("hoa", "search.save", typed="quy hoạch", question={"meeting": str(party)})
    do("lan", "search.save", typed="quy hoạch", question={"meeting": str(party)})

    assert "Phiên họp Đảng ủy" not in client("hoa").get("/search/saved").get_data(as_text=True)
    assert "Phiên họp Đảng ủy" in client("lan").get("/search/saved").get_data(as_text=True)
