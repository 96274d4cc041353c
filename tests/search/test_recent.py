"""Recent searches: the newest first, the same words once, the last twenty, nobody else's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from meeting.errors import Refused
from meeting.journal import Entry
from meeting.search.kept import recent, saved_rules
from meeting.search.kept.saved_models import RecentSearch
from tests.conftest import MORNING, Council, Program

Do = Callable[..., dict[str, Any]]
Api = Callable[[str], Program]


@pytest.fixture
def look_for(do: Do, at: Callable[..., None]) -> Callable[..., None]:
    """Searches for some words, one a minute."""
    minutes = iter(range(1000))

    def remember(who: str, *words: str, **question: str) -> None:
        for each in words:
            at(MORNING + timedelta(minutes=next(minutes)))
            do(who, "search.remember", typed=each, question=question)

    return remember


def words(api: Api, who: str) -> list[str]:
    return [each["typed"] for each in api(who).get("/search/recent")[1]["data"]]


def test_the_newest_comes_first_and_the_same_words_once(api: Api, look_for: Callable[..., None]) -> None:
    look_for("hoa", "vỉa hè", "thoát nước", "Vỉa  hè")

    assert words(api, "hoa") == ["Vỉa hè", "thoát nước"]
    assert words(api, "tuan") == []


def test_only_the_last_ones_stay(api: Api, look_for: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_rules, "MOST_RECENT", 3)

    look_for("hoa", "một", "hai", "ba", "bốn", "hai")

    assert words(api, "hoa") == ["hai", "bốn", "ba"]


def test_the_filters_come_along(council: Council, look_for: Callable[..., None]) -> None:
    look_for("hoa", "vỉa hè", kind="notice", page="2")

    assert council.one(select(RecentSearch)).url == "/search?q=v%E1%BB%89a+h%C3%A8&kind=notice"


def test_filters_alone_are_not_remembered(council: Council, do: Do) -> None:
    assert do("hoa", "search.remember", question={"kind": "notice"}) == {"recent_id": None}
    assert council.all(select(RecentSearch)) == []


def test_one_or_all_are_forgotten(api: Api, do: Do, look_for: Callable[..., None]) -> None:
    look_for("hoa", "một", "hai", "ba")
    look_for("tuan", "của Tuấn")
    second = api("hoa").get("/search/recent")[1]["data"][1]["recent_id"]

    do("hoa", "search.forget_recent", recent_id=second)
    assert words(api, "hoa") == ["ba", "một"]

    do("hoa", "search.forget_recent")
    assert words(api, "hoa") == []
    assert words(api, "tuan") == ["của Tuấn"]


def test_somebody_elses_is_not_found(council: Council, do: Do, look_for: Callable[..., None]) -> None:
    look_for("hoa", "một")
    recent_id = council.one(select(RecentSearch.id))

    for who in ("tuan", "admin"):
        with pytest.raises(Refused, match="not_found"):
            do(who, "search.forget_recent", recent_id=recent_id)

    assert council.one(select(func.count()).select_from(RecentSearch)) == 1


def test_nothing_of_it_stands_in_the_journal(council: Council, look_for: Callable[..., None]) -> None:
    before = council.one(select(func.count()).select_from(Entry))

    look_for("hoa", "chuyện riêng")

    assert council.one(select(func.count()).select_from(Entry)) == before


def test_the_page_asks_for_a_few(council: Council, look_for: Callable[..., None]) -> None:
    from meeting.database import reading

    look_for("hoa", *"abcdefgh")

    with reading() as session:
        assert [row.typed for row in recent.recent_of(session, council.actor("hoa"), 3)] == ["h", "g", "f"]
