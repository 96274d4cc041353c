"""Searching: who finds what, in what order, and how soon."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from meeting import config, jobs
from meeting.agenda.models import Participant
from meeting.events import Event
from meeting.search import feeding, index, service, sources
from meeting.search.models import Passage, StaleMark
from meeting.search.queries import Found
from meeting.search.rules import KINDS
from meeting.search.sight import SOURCES
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


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # whoosh leaves the cut file open
def test_an_index_that_cannot_be_opened_is_rebuilt(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Find
) -> None:
    meeting_id = council.meeting(state="held")
    notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)
    folder = config.settings().search_index
    for segment in folder.glob("v1-*/*.seg"):
        segment.write_bytes(b"cut")
    for table in folder.glob("v1-*/*.toc"):
        table.write_bytes(b"cut")
    index._indexes.clear()
    assert find("hoa", "vỉa hè").ready is False

    service.sweep()

    assert find("hoa", "vỉa hè").total == 1


def test_a_rebuild_tells_how_far_it_is(council: Council, notice: Callable[..., int], feed: Callable[..., None]) -> None:
    meeting_id = council.meeting(state="held")
    notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)
    told: list[tuple[int, int]] = []

    done = service.rebuild(lambda at, total: told.append((at, total)))

    assert done == council.one(select(func.count()).select_from(Passage)) == 5
    assert told[-1] == (5, 5)


def test_only_the_worker_keeps_passages(council: Council, ask: Callable[..., object]) -> None:
    meeting_id = council.meeting()
    for username in ("minh", "lan", "admin", "khach"):
        kept = ask(username, "search.keep", kind="item", meeting_id=meeting_id, times=1, passages=[])
        noted = ask(username, "search.indexed", passages=[])
        assert (kept.body["code"], noted.body["code"]) == ("forbidden", "forbidden")  # type: ignore[attr-defined]


def test_every_event_is_handled_or_excused() -> None:
    handled = set(feeding.FED) | feeding.HANDLED

    assert handled | set(feeding.EXCUSED) == set(Event)
    assert handled & set(feeding.EXCUSED) == set()
    assert all(feeding.EXCUSED.values())


def test_every_kind_has_a_source_and_a_right() -> None:
    assert set(sources.READERS) == set(SOURCES) == set(KINDS)


def test_the_api_answers_with_the_agreed_fields(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], api: Callable[..., object]
) -> None:
    meeting_id = council.meeting(state="held")
    notice_id = notice(LINE, meeting_id=meeting_id)
    feed(meeting_id)

    _, answer = api("hoa").get("/search?q=via+he")  # type: ignore[attr-defined]

    (hit,) = answer["data"]
    assert answer["total"] == 1
    assert {name: hit[name] for name in ("kind", "id", "symbol", "date", "page", "url")} == {
        "kind": "notice",
        "id": notice_id,
        "symbol": "142/TB-UBND",
        "date": "2026-11-20",
        "page": None,
        "url": f"/notices/{notice_id}",
    }
    assert "vỉa hè" in hit["passage"]
    assert hit["title"] == "Phiên họp UBND"
