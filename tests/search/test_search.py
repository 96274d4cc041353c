"""Searching: who finds what, in what order, and how soon."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.agenda.models import Participant
from meeting.search.finding.queries import Found
from meeting.search.models import Passage, StaleMark
from tests.conftest import Council

Find = Callable[..., Found]
LINE = "Duy trì tổ công tác liên ngành; xử lý dứt điểm các điểm tái lấn chiếm vỉa hè trên 03 tuyến phố."


def seen(found: Found) -> list[tuple[str, int]]:
    return [(hit.passage.kind, hit.passage.source_id) for hit in found.hits]


@pytest.mark.parametrize(
    "typed", ["ket luan", "kết luận", "via he", "vỉa hè", "VỈA HÈ", "ket luan via he", "142/TB-UBND", "142/tb-ubnd"]
)
def test_a_member_finds_the_notice(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find, typed: str
) -> None:
    meeting_id = council.meeting(state="held")
    notice_id = notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)

    found = find("hoa", typed)

    assert ("notice", notice_id) in seen(found)
    hit = next(hit for hit in found.hits if hit.passage.kind == "notice")
    assert hit.passage.symbol == "142/TB-UBND"
    assert hit.passage.text


def test_the_hit_is_marked_as_it_is_written(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    meeting_id = council.meeting(state="held")
    notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)

    (hit,) = find("hoa", "lan chiem via he").hits

    assert [piece.text for piece in hit.pieces if piece.hit] == ["lấn chiếm vỉa hè"]


def test_nobody_finds_what_they_may_not_read(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    party = council.meeting("Đảng ủy", state="held")
    ward = council.meeting("UBND", state="held")
    notice(LINE, body="Đảng ủy", number=31, meeting_id=party)
    notice(LINE, meeting_id=ward)
    feed(party, ward)

    assert find("lan", "vỉa hè").total == 1  # somebody can find the Party's
    assert [hit.passage.symbol for hit in find("lan", "vỉa hè").hits] == ["31/TB-ĐU"]
    assert [hit.passage.symbol for hit in find("hoa", "vỉa hè").hits] == ["142/TB-UBND"]
    assert find("hoa", "vỉa hè").kinds == {"notice": 1}
    for stranger in ("khach", "admin"):
        found = find(stranger, "vỉa hè")
        assert (found.total, found.kinds, found.more) == (0, {}, False)


def test_a_draft_is_found_by_its_makers_only(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    meeting_id = council.meeting(state="held")
    notice(LINE, meeting_id=meeting_id, state="draft")
    feed(meeting_id)

    assert find("minh", "vỉa hè").total == 1
    assert find("hoa", "vỉa hè").total == 0


def test_a_right_taken_away_works_at_the_next_search(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    meeting_id = council.meeting(state="held")
    council.invite(meeting_id, "khach")
    notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)
    assert find("khach", "Nội dung 1").total == 1

    row = council.one(
        select(Participant.id).where(Participant.person_id == council.person("khach"), Participant.meeting_id == meeting_id)
    )
    council.update(Participant, row, person_id=council.person("dung"))

    assert find("khach", "Nội dung 1").total == 0


def test_a_guest_of_one_item_finds_only_that_item(council: Council, feed: Callable[..., None], find: Find) -> None:
    meeting_id = council.meeting()
    first, *_ = council.items(meeting_id)
    council.invite(meeting_id, "khach", item_ids=[first])
    feed(meeting_id)

    assert seen(find("khach", "nội dung")) == [("item", first)]
    assert find("hoa", "nội dung").total == 3


def test_typed_marks_rank_exact_hits_first(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    meeting_id = council.meeting(state="held")
    other = council.meeting(state="held")
    exact = notice("Phối hợp tổ chức họp dân.", meeting_id=meeting_id)
    alike = notice("Tổ hợp tác xã.", meeting_id=other, number=143)
    feed(meeting_id, other, kinds=("notice",))

    assert seen(find("hoa", "hợp tác")) == [("notice", alike)]
    assert seen(find("hoa", "họp"))[0] == ("notice", exact)


def test_a_symbol_finds_its_own_document_first_and_no_other(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    one, two, three = (council.meeting(state="held") for _ in range(3))
    own = notice("Về vỉa hè.", meeting_id=one, number=13)
    mentions = notice("Thực hiện Thông báo số 13/TB-UBND.", meeting_id=two, number=14)
    notice("Số 113/TB-UBND và 13/TB-VP.", meeting_id=three, number=15)
    feed(one, two, three, kinds=("notice",))

    assert seen(find("hoa", "13/TB-UBND")) == [("notice", own), ("notice", mentions)]


def test_an_event_feeds_search_by_itself(council: Council, do: Callable[..., dict[str, object]], find: Find) -> None:
    meeting_id = council.meeting(state="draft")
    assert find("minh", "thoát nước").total == 0

    do("minh", "agenda.add_item", meeting_id=meeting_id, title="Hệ thống thoát nước khu phố 3")
    jobs.run_waiting()

    assert find("minh", "thoat nuoc").total == 1
    assert council.all(select(StaleMark.times)) == []
    assert council.all(select(Passage.id).where(Passage.indexed != Passage.revision)) == []


def test_a_changed_text_is_found_anew_and_the_old_one_no_more(
    council: Council, do: Callable[..., dict[str, object]], find: Find
) -> None:
    meeting_id = council.meeting(state="draft", items=0)
    item = do("minh", "agenda.add_item", meeting_id=meeting_id, title="Hệ thống thoát nước")["item_id"]
    jobs.run_waiting()

    do("minh", "agenda.edit_item", item_id=item, title="Trật tự đô thị")
    jobs.run_waiting()

    assert find("minh", "thoát nước").total == 0
    assert seen(find("minh", "trật tự đô thị")) == [("item", item)]


# ---- phrases, near, parts ---------------------------------------------------------------------------------------------------


def ids(found: Found) -> list[int]:
    return [hit.passage.source_id for hit in found.hits]


def test_a_phrase_comes_before_words_near_each_other(wrote: Callable[..., list[int]], find: Find) -> None:
    near, parts, phrase, apart = wrote(
        "Lấn chiếm toàn bộ vỉa hè ở phố chợ.",
        "Xử lý lấn chiếm. Kiểm tra ngay tuyến vỉa hè.",
        "Xử lý lấn chiếm vỉa hè.",
        "Vỉa. Hè này lấn sang hè kia; cần chiếm lại.",
    )

    found = find("hoa", "lấn chiếm vỉa hè")

    assert ids(found) == [phrase, near, parts]
    assert apart not in ids(found)
    assert (found.total, found.exact, found.near, found.more) == (3, True, False, False)


def test_words_somewhere_in_the_document_are_no_answer(wrote: Callable[..., list[int]], find: Find) -> None:
    wrote("Vỉa của đường này rất cao so với nhà dân hai bên. Mùa hè mưa nhiều.")

    found = find("hoa", "vỉa hè")

    assert (found.total, found.hits, found.kinds) == (0, [], {})


def test_only_near_is_told(wrote: Callable[..., list[int]], find: Find) -> None:
    (near,) = wrote("Lấn chiếm một đoạn vỉa hè.")

    found = find("hoa", "lấn chiếm vỉa hè")

    assert ids(found) == [near]
    assert (found.exact, found.near) == (False, True)
    assert [piece.text for piece in found.hits[0].pieces if piece.hit] == ["Lấn chiếm", "vỉa hè"]


def test_a_chain_of_pairs_is_no_phrase(wrote: Callable[..., list[int]], find: Find) -> None:
    """The engine knows pairs: họp giao, giao ban and ban đầu stand in both, the phrase of four in one."""
    phrase, _ = wrote("Cuộc họp giao ban đầu tuần.", "Họp giao nhiệm vụ. Giao ban sáng. Ban đầu tuần.")

    found = find("hoa", '"họp giao ban đầu"')

    assert ids(found) == [phrase]
    assert found.total == 1


def test_typed_with_marks_the_exact_comes_first_though_older(wrote: Callable[..., list[int]], find: Find) -> None:
    alike, exact = wrote("Hai quỹ hợp nhất ngay hôm nay.", "Hai phe họp nhất định hôm nay.")

    assert ids(find("hoa", "họp nhất")) == [exact, alike]
    assert ids(find("hoa", "hop nhat")) == [alike, exact]


def test_a_minus_leaves_out(wrote: Callable[..., list[int]], find: Find) -> None:
    kept, out = wrote("Trật tự vỉa hè.", "Trật tự vỉa hè và lòng đường.")

    assert set(ids(find("hoa", "vỉa hè"))) == {kept, out}
    assert ids(find("hoa", 'vỉa hè -"lòng đường"')) == [kept]


def test_what_is_no_longer_in_force_comes_after(council: Council, wrote: Callable[..., list[int]], find: Find) -> None:
    newer, older = wrote("Trật tự vỉa hè.", "Trật tự vỉa hè.")
    row = council.one(select(Passage.id).where(Passage.source_id == newer, Passage.part == 0))
    assert ids(find("hoa", "vỉa hè")) == [newer, older]

    council.update(Passage, row, state="replaced", seq=1000)

    found = find("hoa", "vỉa hè")
    assert ids(found) == [older, newer]
    assert [hit.doc.standing for hit in found.hits] == ["in_force", "replaced"]


def test_the_places_of_one_document_stand_together(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    meeting_id = council.meeting(state="held", items=0)
    notice("Về chợ.", "Vỉa hè phố 1, vỉa hè phố 2.", "Vỉa hè phố 3.", meeting_id=meeting_id)
    feed(meeting_id)

    (hit,) = find("hoa", "vỉa hè").hits

    assert [(place.name, place.hits) for place in hit.places] == [("mục 2", 2), ("mục 3", 1)]
    assert hit.passage.place == "mục 2"


def test_the_title_is_marked_too(council: Council, feed: Callable[..., None], find: Find) -> None:
    meeting_id = council.meeting(items=1, state="held")
    feed(meeting_id)

    (hit,) = find("hoa", "phiên họp").hits

    assert [(piece.text, piece.hit) for piece in hit.title_pieces] == [("Phiên họp", True), (" UBND", False)]
