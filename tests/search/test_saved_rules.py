"""What is kept of a question, and when two are the same one."""

import pytest

from meeting.search.kept import saved_rules as rules


@pytest.mark.parametrize(
    ("typed", "parts", "kept"),
    [
        ("thoát  nước ", {}, {"q": "thoát nước"}),
        ("", {"q": "vỉa hè", "kind": "notice"}, {"q": "vỉa hè", "kind": "notice"}),
        ("mới", {"q": "cũ"}, {"q": "mới"}),
        ("a", {"page": "3", "open": "x", "body": " UBND "}, {"q": "a", "body": "UBND"}),
        ("ha\u0300", {}, {"q": "hà"}),
        ("", {}, {}),
        ("x" * 5000, {}, {"q": "x" * rules.TYPED_LETTERS}),
    ],
)
def test_a_question_is_kept_tidily(typed: str, parts: dict[str, str], kept: dict[str, str]) -> None:
    assert rules.question(typed, parts) == kept


@pytest.mark.parametrize(("kept", "asks"), [({"q": "a"}, True), ({"kind": "task"}, True), ({"sort": "date"}, False), ({}, False)])
def test_an_order_alone_asks_for_nothing(kept: dict[str, str], asks: bool) -> None:
    assert rules.asks_something(kept) is asks


def test_capitals_and_order_make_no_other_question() -> None:
    assert rules.sense({"q": "Thoát Nước", "sort": "date"}) == rules.sense({"q": "thoát nước"})
    assert rules.sense({"q": "thoát nước", "kind": "task"}) != rules.sense({"q": "thoát nước"})


def test_the_address_asks_the_same_again() -> None:
    assert rules.address({"q": "vỉa hè", "body": "HĐND"}) == "/search?q=v%E1%BB%89a+h%C3%A8&body=H%C4%90ND"
    assert rules.address({"q": "a"}, sort="date") == "/search?q=a&sort=date"
    assert rules.address({}) == "/search"


@pytest.mark.parametrize(
    ("name", "kept", "called"),
    [("  Việc   của tôi ", {}, "Việc của tôi"), ("", {"q": "vỉa hè"}, "vỉa hè"), ("x" * 300, {}, "x" * rules.NAME_LETTERS)],
)
def test_a_search_without_a_name_is_called_by_its_words(name: str, kept: dict[str, str], called: str) -> None:
    assert rules.name_of(name, kept) == called


def test_a_message_names_the_first_titles_once_each() -> None:
    assert rules.titles_told(["A", "B", "A", ""]) == "A; B"
    assert rules.titles_told(["A", "B", "C", "D"]) == "A; B; C; …"
