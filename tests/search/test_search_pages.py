"""Pages of what was found, their order, filters alone, and what is offered where nothing was found."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from meeting.search.models import Passage
from tests.conftest import Council
from tests.search.test_search import Find, ids

# ---- pages, order, filters alone --------------------------------------------------------------------------------------------


def test_pages_follow_each_other_without_gap_or_repeat(wrote: Callable[..., list[int]], find: Find) -> None:
    every = wrote(*(f"Trật tự vỉa hè phố {number}." for number in range(7)))

    pages = [find("hoa", "vỉa hè", page=page, size=3) for page in (1, 2, 3, 4)]

    assert [key for page in pages for key in ids(page)] == every
    assert [(page.total, page.pages, len(page.hits)) for page in pages] == [(7, 3, 3), (7, 3, 3), (7, 3, 1), (7, 3, 0)]


def test_by_date_the_newest_comes_first_however_it_answers(wrote: Callable[..., list[int]], find: Find) -> None:
    near, phrase = wrote("Lấn chiếm một đoạn vỉa hè.", "Lấn chiếm vỉa hè.")

    assert ids(find("hoa", "lấn chiếm vỉa hè")) == [phrase, near]
    assert ids(find("hoa", "lấn chiếm vỉa hè", sort="date")) == [near, phrase]


def test_filters_alone_list_what_there_is(wrote: Callable[..., list[int]], find: Find) -> None:
    every = wrote("Trật tự vỉa hè.", "Thoát nước.")

    found = find("hoa", "", kind="notice")

    assert (ids(found), found.total) == (every, 2)
    assert [hit.match.spans for hit in found.hits] == [(), ()]
    assert find("hoa", "").total == 0  # nothing asked at all


def test_only_what_changed_after_a_number(council: Council, wrote: Callable[..., list[int]], find: Find) -> None:
    first, _ = wrote("Trật tự vỉa hè.", "Trật tự vỉa hè.")
    newest = council.one(select(func.max(Passage.seq)))
    assert find("hoa", "vỉa hè", after_seq=newest).total == 0

    council.update(Passage, council.one(select(Passage.id).where(Passage.source_id == first, Passage.part == 1)), seq=newest + 1)

    assert ids(find("hoa", "vỉa hè", after_seq=newest)) == [first]


# ---- nothing found ----------------------------------------------------------------------------------------------------------


def test_the_nearest_spelling_is_offered_as_it_is_written(wrote: Callable[..., list[int]], find: Find) -> None:
    wrote("Xử lý lấn chiếm vỉa hè.")

    found = find("hoa", "lấn chiếm vỉa hef")

    assert found.total == 0
    assert "lấn chiếm vỉa hè" in found.nearest


def test_a_state_typed_among_the_words_is_offered_as_what_it_means(wrote: Callable[..., list[int]], find: Find) -> None:
    wrote("Chỉnh trang vỉa hè.")

    found = find("hoa", "vỉa hè còn hiệu lực")

    assert (found.total, found.nearest[:1]) == (0, ["vỉa hè trạng thái:“còn hiệu lực”"])
    assert find("hoa", found.nearest[0]).total == 1
    assert find("hoa", "vỉa hè chưa xong").nearest == []  # nothing to be found that way either


def test_no_spelling_is_offered_of_what_one_may_not_read(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    meeting_id = council.meeting("Đảng ủy", state="held")
    notice("Kiểm điểm chấp hành kỷ luật.", meeting_id=meeting_id, body="Đảng ủy")
    feed(meeting_id)

    assert find("lan", "chấp hanhf kỷ luật").nearest
    assert find("hoa", "chấp hanhf kỷ luật").nearest == []


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "-", "-vỉa", "((", "*", "%", "số:", "từ: hôm qua", "a" * 2000, "\x00", "🙂", "1/2/3/4"]
)
def test_nothing_typed_is_an_error(council: Council, find: Find, typed: str) -> None:
    assert find("hoa", typed).total == 0
