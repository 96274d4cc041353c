"""The page of searching in all its states, its parts that are fetched alone, and what they tell to whom."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from meeting import clock, database
from meeting.conclusions.models import Notice
from meeting.search.kept.saved_models import RecentSearch
from meeting.search.language import rewriting
from tests.conftest import Council
from tests.counting import asked

Client = Callable[[str], FlaskClient]
LINE = "Xử lý dứt điểm các điểm tái lấn chiếm vỉa hè."
CITED = (
    "Thông báo số 142/TB-UBND ngày 20/11/2026 của Ủy ban nhân dân phường, mục 1: “Xử lý dứt điểm các điểm tái lấn chiếm vỉa hè.”"
)


@pytest.fixture
def ward(council: Council, notice: Callable[..., int], feed: Callable[..., None]) -> int:
    """A held meeting of the UBND with one issued notice; the notice's id."""
    meeting_id = council.meeting(state="held")
    notice_id = notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)
    return notice_id


@pytest.fixture
def many(council: Council, notice: Callable[..., int], feed: Callable[..., None]) -> None:
    """25 issued notices that say the same."""
    meeting_id = council.meeting(state="held")
    for number in range(1, 26):
        notice(f"Chỉnh trang vỉa hè, đợt {number}.", meeting_id=meeting_id, number=number)
    feed(meeting_id)


def text(client: Client, username: str, address: str) -> str:
    answer = client(username).get(address)
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def links(page: str) -> set[str]:
    return set(re.findall(r'href="([^"]*)"', page))


def tried(page: str) -> set[str]:
    """What the examples of asking would type."""
    return set(re.findall(r'data-goes lang="vi">([^<]*)</a><span', page))


# ---- nothing typed -------------------------------------------------------------------------------------


def test_the_empty_page_says_what_can_be_found_and_how_to_type(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search")

    assert "data-search-box autofocus" in page
    assert "<article" not in page
    assert "/search?kind=notice" in links(page)
    assert "Gõ thử" in page
    assert {"142/TB-UBND", "số:142", "20/11/2026", "từ:1/11/2026 đến:30/11/2026"} <= tried(page)
    assert "142/TB-UBND" not in tried(text(client, "khach", "/search"))


def test_kinds_of_which_one_may_read_nothing_are_not_counted(client: Client, ward: int) -> None:
    assert "/search?kind=notice" not in links(text(client, "khach", "/search"))


def test_what_one_searched_lately_stands_there_for_oneself_alone(client: Client, council: Council, ward: int) -> None:
    hoa = council.person("hoa")
    council.write(RecentSearch(person_id=hoa, typed="bãi đỗ xe", question={"q": "bãi đỗ xe"}, at=clock.now()))

    assert "bãi đỗ xe" in text(client, "hoa", "/search")
    assert "bãi đỗ xe" not in text(client, "tuan", "/search")


# ---- hits ----------------------------------------------------------------------------------------------


def test_a_hit_stands_with_its_marks_its_place_and_its_citation(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=via+he")

    assert "<mark>vỉa hè</mark>" in page
    assert '<b class="num t-primary">142/TB-UBND</b>' in page
    assert f"/notices/{ward}?mark=via+he" in links(page)
    assert "Mục 1" in page
    assert f'data-copies="{CITED}"' in page
    assert "1 kết quả" in page


def test_the_first_paint_does_not_wait_for_the_document_beside(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=via+he")

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in page
    assert f'data-first="notice-{ward}"' in page


def test_what_was_replaced_says_so_on_the_card_and_in_the_citation(
    client: Client, council: Council, ward: int, notice: Callable[..., int], feed: Callable[..., None]
) -> None:
    meeting_id = council.meeting(state="held")
    later = notice("Kẻ vạch sơn mới.", meeting_id=meeting_id, number=150)
    council.update(Notice, later, about_id=ward, relation="replaces")
    council.update(Notice, ward, replaced_at=clock.now())
    with database.reading() as session:
        home = session.get_one(Notice, ward).meeting_id
    feed(home, meeting_id)

    page = text(client, "hoa", "/search?q=lấn+chiếm+vỉa+hè")

    assert "Không còn hiệu lực: đã được thay thế bởi 150/TB-UBND" in page
    assert "(đã được thay thế bởi Thông báo số 150/TB-UBND ngày 20/11/2026), mục 1" in page


def test_words_that_stand_only_near_each_other_are_told_as_such(client: Client, ward: int) -> None:
    assert "Không có chỗ nào đúng nguyên cụm" in text(client, "hoa", "/search?q=xử+lý+điểm+lấn+chiếm")
    assert "Không có chỗ nào đúng nguyên cụm" not in text(client, "hoa", "/search?q=tái+lấn+chiếm")


def test_more_hits_are_shown_below_those_that_were_shown(client: Client, many: None) -> None:
    first = text(client, "hoa", "/search?q=vỉa+hè")
    second = text(client, "hoa", "/search?q=vỉa+hè&page=2")

    assert first.count("<article") == 20
    assert "/search?q=vỉa+hè&page=2#r21" in {address.replace("%E1%BB%89", "ỉ").replace("%C3%A8", "è") for address in links(first)}
    assert second.count("<article") == 25
    assert "data-more" not in second


def test_a_page_of_twenty_asks_the_store_as_often_as_one_of_few(client: Client, many: None) -> None:
    hoa = client("hoa")
    hoa.get("/search?q=vỉa+hè")

    def cost(address: str) -> int:
        with asked() as statements:
            hoa.get(address)
        return len(statements)

    assert cost("/search/part?q=vỉa+hè") == cost('/search/part?q="đợt+7"')


# ---- filters -------------------------------------------------------------------------------------------


def test_filters_are_links_with_counts_and_can_be_taken_away(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=nội+dung&kind=notice")
    assert 'href="/search?q=n%E1%BB%99i+dung&kind=item"' in page
    assert "<article" not in page

    page = text(client, "hoa", "/search?q=via+he&body=UBND&year=this-year")
    assert {"/search?q=via+he&year=this-year", "/search?q=via+he&body=UBND", "/search?q=via+he"} <= links(page)
    assert "Bỏ hết bộ lọc" in page


def test_days_are_a_filter_that_stands_there_in_words(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=via+he&from=2026-11-01&to=2026-11-30")

    assert "<article" in page
    assert "<b>01/11/2026</b>" in page
    assert "/search?q=via+he&to=2026-11-30" in links(page)


def test_nothing_found_with_filters_says_what_there_is_without(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=via+he&kind=task")

    assert "Không tìm thấy “via he”" in page
    assert "Nếu bỏ bộ lọc thì có 1 văn bản." in page


def test_nothing_found_offers_the_nearest_spelling(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=vỉa+hẻo")

    assert "Có phải quý vị muốn tìm:" in page
    assert 'class="offer"' in page


def test_a_search_is_kept_with_its_words_and_filters(client: Client, ward: int) -> None:
    page = text(client, "hoa", "/search?q=via+he&body=UBND")

    assert 'data-act="search.save"' in page
    assert '{"question": {"body": "UBND", "q": "via he"}}' in page or '{"question": {"q": "via he", "body": "UBND"}}' in page


# ---- parts ---------------------------------------------------------------------------------------------


def test_the_results_are_fetched_alone_when_the_question_changes(client: Client, ward: int) -> None:
    part = text(client, "hoa", "/search/part?q=via+he")

    assert "<html" not in part
    assert "<mark>vỉa hè</mark>" in part
    assert f"/notices/{ward}?mark=via+he" in links(part)


def test_the_document_beside_is_the_printed_page_with_what_to_mark(client: Client, ward: int) -> None:
    shown = text(client, "hoa", f"/search/preview?hit=notice-{ward}&q=via+he")

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in shown
    assert LINE in shown
    assert 'data-needs="[{"alternatives": [[["via", ""], ["he", ""]]], "strict": false}]"' in shown


@pytest.mark.parametrize(
    "hit", ["notice-{}", "notice-999", "notice-", "notice-²", "nothing-1", "", "notice-" + "9" * 40, "-1", "person-x"]
)
def test_the_document_beside_is_refused_to_whoever_may_not_read_it(client: Client, ward: int, hit: str) -> None:
    assert client("khach").get("/search/preview", query_string={"hit": hit.format(ward), "q": "a"}).status_code == 404


def test_a_page_that_opens_is_told_how_the_words_were_read(client: Client, ward: int) -> None:
    needs = client("hoa").get("/search/marks", query_string={"q": 'vỉa hè "trật tự" -xe'}).get_json()["needs"]

    said = {(tuple(syllable[0] for syllable in need["alternatives"][0]), need["strict"]) for need in needs}
    assert said == {(("via", "he"), False), (("trat", "tu"), True)}
    exact = [syllable[1] for need in needs for syllable in need["alternatives"][0]]
    assert all(exact)


def test_pages_pass_over_the_same_small_words_as_the_search() -> None:
    script = (Path(__file__).parents[2] / "static" / "js" / "search" / "marks.js").read_text(encoding="utf-8")

    assert f'SMALL_WORDS = "{rewriting.SMALL_WORDS}"' in script


# ---- whoever, whatever ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ['"', "-", "((", "%", "*", "a" * 3000, "<script>alert(1)</script>", "\x00", "OR AND NOT", "đơn vị:", "từ:hôm"]
)
@pytest.mark.parametrize("address", ["/search", "/search/part", "/search/marks"])
def test_whatever_is_typed_gives_a_page(client: Client, ward: int, typed: str, address: str) -> None:
    nonsense = {
        "kind": "nonsense",
        "body": "x",
        "year": "abc",
        "open": "z",
        "page": "-4",
        "sort": "?",
        "unit": "²",
        "from": "32/13",
    }
    page = client("hoa").get(address, query_string={"q": typed, **nonsense})

    assert page.status_code == 200
    assert "<script>alert(1)" not in page.get_data(as_text=True)


def test_filters_tell_nothing_of_what_others_read(
    client: Client, council: Council, notice: Callable[..., int], feed: Callable[..., None]
) -> None:
    home = council.meeting("Đảng ủy", state="held")
    notice("Chỉnh trang vỉa hè.", body="Đảng ủy", meeting_id=home)
    feed(home)

    assert "Đảng ủy" not in text(client, "hoa", "/search/part?q=vỉa+hè")
    assert "Đảng ủy" in text(client, "lan", "/search/part?q=vỉa+hè")


@pytest.mark.parametrize("address", ["/search?q=a", "/search/part?q=a", "/search/preview?hit=notice-1", "/search/marks?q=a"])
def test_nobody_searches_without_signing_in(client: Client, address: str) -> None:
    assert client("").get(address).status_code == 302
