"""Suggestions while typing: what may be meant, best first, and nothing that one may not read."""

from collections.abc import Callable
from typing import Any

import pytest

from meeting.agenda.models import Item
from meeting.conclusions.models import Notice
from meeting.database import reading
from meeting.search.kept.suggesting import MOST, Suggestion, suggest
from tests.conftest import CAST, Council, Program

Do = Callable[..., dict[str, Any]]
Write = Callable[..., int]
Feed = Callable[..., None]
Suggest = Callable[..., list[Suggestion]]


@pytest.fixture
def offer(council: Council) -> Suggest:
    """What is suggested to somebody: `offer("hoa", "thoát nư")`."""

    def suggested(who: str, typed: str) -> list[Suggestion]:
        with reading() as session:
            return suggest(session, council.actor(who), typed)

    return suggested


@pytest.fixture
def ward(council: Council, notice: Write, feed: Feed) -> dict[str, int]:
    """A held meeting of the UBND and one of the Party, each with an item and a notice; people and units."""
    meetings = {"UBND": council.meeting(state="held", items=1), "Đảng ủy": council.meeting("Đảng ủy", state="held", items=1)}
    council.update(Item, council.items(meetings["UBND"])[0], title="Kế hoạch thoát nước đô thị năm 2027")
    council.update(Item, council.items(meetings["Đảng ủy"])[0], title="Kế hoạch nhân sự đại hội")
    ids = {
        "open": notice("Khơi thông cống rãnh.", meeting_id=meetings["UBND"], number=135),
        "party": notice("Chuẩn bị đại hội.", body="Đảng ủy", meeting_id=meetings["Đảng ủy"], number=136),
    }
    feed(*meetings.values(), 0, kinds=("item", "notice", "person", "unit"))
    return {**meetings, **ids}


def texts(found: list[Suggestion], kind: str = "") -> list[str]:
    return [each.text for each in found if not kind or each.kind == kind]


@pytest.mark.parametrize(
    "typed",
    ["Kế hoạch thoát", "ke hoach thoat nu", "KE HOACH", "thoát nước", "thoats nuwowcs", "thoat1 nu7o7c1", "đô thị", "2027"],
)
def test_a_title_is_found_by_the_beginnings_of_its_words(offer: Suggest, ward: dict[str, int], typed: str) -> None:
    assert texts(offer("hoa", typed), "title")[0] == "Kế hoạch thoát nước đô thị năm 2027"


@pytest.mark.parametrize("typed", ["135", "135/", "135/tb", "135/TB-UB", "tb-ubnd"])
def test_part_of_a_symbol_gives_the_symbol_and_where_it_opens(offer: Suggest, ward: dict[str, int], typed: str) -> None:
    (found,) = [each for each in offer("hoa", typed) if each.kind == "symbol"]

    assert (found.text, found.url) == ("135/TB-UBND", f"/notices/{ward['open']}")


def test_people_and_units_open_what_they_have_to_do_with(council: Council, offer: Suggest, ward: dict[str, int]) -> None:
    people = [each for each in offer("hoa", "lê anh") if each.kind == "person"]
    units = [each for each in offer("hoa", "phong kinh") if each.kind == "unit"]

    assert [(each.text, each.url) for each in people] == [("Lê Anh Tuấn", f"/search?person={council.person('tuan')}")]
    assert [each.url for each in units] == [f"/search?unit={council.unit('kinh_te')}"]


def test_own_recent_searches_come_first_and_nobody_elses(offer: Suggest, do: Do, ward: dict[str, int]) -> None:
    do("hoa", "search.remember", typed="thoát nước ngập úng", question={"kind": "notice"})
    do("tuan", "search.remember", typed="thoát nước của Tuấn")

    found = offer("hoa", "thoat")

    assert found[0] == Suggestion(
        "thoát nước ngập úng", "recent", "/search?q=tho%C3%A1t+n%C6%B0%E1%BB%9Bc+ng%E1%BA%ADp+%C3%BAng&kind=notice"
    )
    assert "thoát nước của Tuấn" not in texts(found)
    assert texts(offer("hoa", "")) == ["thoát nước ngập úng"]


def test_behind_a_field_word_its_values_complete_the_question(offer: Suggest, ward: dict[str, int]) -> None:
    assert texts(offer("hoa", "cống rãnh đơn vị: kinh")) == ['cống rãnh đơn vị: "Phòng Kinh tế, Hạ tầng và Đô thị"']
    assert texts(offer("hoa", "người: lê anh")) == ['người: "Lê Anh Tuấn"']
    assert texts(offer("hoa", "số: 135/")) == ["số: 135/TB-UBND"]
    assert len(texts(offer("hoa", "đơn vị:"))) == 3
    assert texts(offer("khach", "đơn vị:")) == texts(offer("khach", "số: 135/")) == []
    assert texts(offer("hoa", "số: 136/")) == []


def test_marks_typed_as_written_come_first(council: Council, offer: Suggest, feed: Feed) -> None:
    meeting_id = council.meeting(items=2)
    first, second = council.items(meeting_id)
    council.update(Item, first, title="Dự toán năm 2027")
    council.update(Item, second, title="Đủ điều kiện thành lập")
    feed(meeting_id)

    assert texts(offer("hoa", "đủ"), "title") == ["Đủ điều kiện thành lập", "Dự toán năm 2027"]
    assert texts(offer("hoa", "dự"), "title") == ["Dự toán năm 2027", "Đủ điều kiện thành lập"]


def test_there_are_never_more_than_eight(council: Council, offer: Suggest, do: Do, feed: Feed) -> None:
    meeting_id = council.meeting(items=12)
    for number, item in enumerate(council.items(meeting_id)):
        council.update(Item, item, title=f"Phòng chống dịch đợt {number}")
        do("hoa", "search.remember", typed=f"phòng chống {number}")
    feed(meeting_id, 0, kinds=("item", "unit", "person"))

    found = offer("hoa", "phong")

    assert len(found) == MOST
    kinds = [each.kind for each in found]
    assert sorted(kinds, key=["recent", "symbol", "title", "person", "unit"].index) == kinds
    assert {"recent", "title", "unit"} <= set(kinds)


@pytest.mark.parametrize("who", sorted(CAST))
def test_the_partys_titles_and_symbols_are_suggested_to_nobody_else(offer: Suggest, ward: dict[str, int], who: str) -> None:
    sees = who in ("lan", "hung", "minh")  # Minh keeps the minutes of this very meeting

    assert ("136/TB-ĐU" in texts(offer(who, "136/tb"))) is sees
    assert ("Kế hoạch nhân sự đại hội" in texts(offer(who, "ke hoach nhan su"))) is sees
    assert any("Đảng ủy" in text for text in texts(offer(who, "phien hop dang"))) is sees


@pytest.mark.parametrize("typed", ["ke hoach", "135", "phien", "lê anh tuấn", "phòng kinh tế"])
def test_a_guest_who_is_invited_nowhere_is_suggested_nothing(offer: Suggest, ward: dict[str, int], typed: str) -> None:
    assert offer("khach", typed) == []


def test_a_draft_is_suggested_to_the_desk_alone_and_to_all_once_it_is_issued(
    council: Council, notice: Write, feed: Feed, offer: Suggest
) -> None:
    meeting_id = council.meeting(state="held")
    draft = notice("Dự thảo.", meeting_id=meeting_id, number=190, state="draft")
    feed(meeting_id)
    assert texts(offer("hoa", "190/")) == []
    assert texts(offer("minh", "190/")) == ["190/TB-UBND"]
    council.update(Notice, draft, state="issued")
    feed(meeting_id)
    assert texts(offer("hoa", "190/")) == ["190/TB-UBND"]
    council.update(Notice, draft, state="draft")
    feed(meeting_id)

    assert texts(offer("hoa", "190/")) == []


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, '"', "-", "()", "%_*", "\x00", "đơn vị:", "🙂", "a " * 5000, "1/2/3/4-5", "W", "ww dd aa1"]
)
def test_whatever_is_typed_is_no_error(api: Callable[[str], Program], ward: dict[str, int], typed: str) -> None:
    from urllib.parse import urlencode

    status, answer = api("hoa").get(f"/search/suggestions?{urlencode({'q': typed})}")

    assert status == 200
    assert len(answer["data"]) <= MOST


def test_over_the_api_each_has_text_kind_and_address(api: Callable[[str], Program], ward: dict[str, int]) -> None:
    assert api("hoa").get("/search/suggestions?q=135/")[1]["data"] == [
        {"text": "135/TB-UBND", "kind": "symbol", "url": f"/notices/{ward['open']}"}
    ]
    assert api("").get("/search/suggestions?q=135/")[0] == 401
