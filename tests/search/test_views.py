"""The page of searching in all its states."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import Council

Client = Callable[[str], FlaskClient]
LINE = "Xử lý dứt điểm các điểm tái lấn chiếm vỉa hè."


@pytest.fixture
def ward(council: Council, notice: Callable[..., int], feed: Callable[..., None]) -> int:
    """A held meeting of the UBND with one issued notice; the notice's id."""
    meeting_id = council.meeting(state="held")
    notice_id = notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)
    return notice_id


def text(client: Client, username: str, address: str) -> str:
    answer = client(username).get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_empty_page_says_what_can_be_found(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search")

    assert "data-search-box autofocus" in page
    assert "<article" not in page


def test_a_hit_stands_with_its_marks_and_the_printed_page_beside_it(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=via+he")

    assert "<mark>vỉa hè</mark>" in page
    assert f'href="/notices/{ward}"' in page
    assert 'data-marks="[&#34;vỉa hè&#34;]"' in page.replace("&quot;", "&#34;").replace("\\u1ec9", "ỉ").replace("\\u00e8", "è")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page


def test_a_kind_narrows_and_counts_stay(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=nội+dung&kind=notice")

    assert 'href="/search?q=n%E1%BB%99i+dung&amp;kind=item"' in page
    assert "<article" not in page


@pytest.mark.parametrize("typed", ['"', "-", "((", "%", "*", "a" * 3000, "<script>alert(1)</script>", "\x00", "OR AND NOT"])
def test_whatever_is_typed_gives_a_page(client: Client, ward: int, typed: str) -> None:
    page = client("hoa").get("/search", query_string={"q": typed, "kind": "nonsense", "body": "x", "year": "abc", "open": "z"})

    assert page.status_code == 200
    assert "<script>alert(1)" not in page.get_data(as_text=True)


def test_the_choice_of_bodies_and_years_tells_nothing_of_others(client: Client, council: Council, ward: int) -> None:
    council.meeting("Đảng ủy", state="held")

    assert "Đảng ủy" not in text(client, "hoa", "/search?q=vỉa+hè")
    assert "Đảng ủy" in text(client, "lan", "/search")


def test_nobody_searches_without_signing_in(client: Client) -> None:
    assert client("").get("/search?q=a").status_code == 302
