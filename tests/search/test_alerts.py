"""Being told of new hits in saved searches: once, in one message, whatever happens to the worker."""

import pytest
from pyroaring import BitMap
from sqlalchemy import select

from meeting.conclusions.models import NoticeLine
from meeting.database import reading
from meeting.permissions import SYSTEM
from meeting.search.kept import alert_rounds, alerts
from meeting.search.kept.saved_models import SavedHit, SavedSearch
from meeting.writer import perform
from tests.conftest import Council
from tests.search.alerting import LINE, Do, Feed, Save, Write, held, save, sentence, told
from tests.search.grown import on_both

__all__ = ["held", "save"]


@on_both
def test_a_new_document_is_told_once(council: Council, held: int, notice: Write, feed: Feed, save: Save) -> None:
    saved_id = save()
    notice_id = notice(LINE, meeting_id=held)
    feed(held)

    assert alerts.look() == 1
    assert alerts.look() == 0
    (row,) = told(council)
    assert row.url == f"/search/saved?open={saved_id}"
    assert sentence(row) == ("1 kết quả mới cho “vỉa hè”", "Mới có: 142/TB-UBND Phiên họp UBND")
    assert [(hit.kind, hit.source_id) for hit in council.all(select(SavedHit))] == [("notice", notice_id)]
    assert told(council, "tuan") == []


def test_what_was_there_before_is_not_new_whatever_becomes_of_it(
    council: Council, held: int, notice: Write, feed: Feed, save: Save
) -> None:
    notice_id = notice(LINE, meeting_id=held)
    feed(held)
    save()
    line = council.one(select(NoticeLine.id).where(NoticeLine.notice_id == notice_id))
    council.update(NoticeLine, line, text=LINE + " Hoàn thành trước ngày 30.")
    feed(held)

    assert alerts.look() == 0
    assert told(council) == []


def test_a_document_that_is_edited_again_is_not_told_again(
    council: Council, held: int, notice: Write, feed: Feed, save: Save
) -> None:
    save()
    notice_id = notice(LINE, meeting_id=held)
    feed(held)
    alerts.look()
    line = council.one(select(NoticeLine.id).where(NoticeLine.notice_id == notice_id))
    council.update(NoticeLine, line, text=LINE + " Báo cáo vỉa hè hằng tháng.")
    feed(held)

    assert alerts.look() == 0
    assert len(told(council)) == 1


@on_both
def test_a_burst_is_one_message_which_grows_until_it_is_seen(
    council: Council, held: int, notice: Write, feed: Feed, save: Save, do: Do
) -> None:
    saved_id = save()
    for number in (142, 143, 144):
        notice(LINE, meeting_id=held, number=number)
    feed(held)
    assert alerts.look() == 3
    assert sentence(told(council)[0])[0] == "3 kết quả mới cho “vỉa hè”"
    notice(LINE, meeting_id=held, number=145)
    feed(held)
    assert alerts.look() == 1
    assert [sentence(row)[0] for row in told(council)] == ["4 kết quả mới cho “vỉa hè”"]
    do("hoa", "notify.mark_seen")
    do("hoa", "search.seen", saved_id=saved_id)
    notice(LINE, meeting_id=held, number=146)
    feed(held)

    assert alerts.look() == 1
    assert [row.facts["count"] for row in told(council)] == [4, 1]


@on_both
def test_a_worker_that_is_killed_before_telling_tells_afterwards_and_once(
    council: Council, held: int, notice: Write, feed: Feed, save: Save
) -> None:
    save()
    notice(LINE, meeting_id=held)
    feed(held)
    with reading() as session:
        until = alert_rounds.indexed_up_to(session)
        came = alert_rounds.ask(session, alert_rounds.due(session, until, rights_changed=False), until)
    assert len(came.found[0]["found"]) == 1  # found, and killed here
    assert told(council) == []

    assert alerts.look() == 1
    assert perform(SYSTEM, "search.alert", came.found[0]) == {"told": 0}  # whoever comes late
    assert len(told(council)) == 1


def test_nothing_is_told_of_what_came_while_the_telling_was_off(
    council: Council, held: int, notice: Write, feed: Feed, save: Save, do: Do
) -> None:
    saved_id = save()
    do("hoa", "search.change", saved_id=saved_id, alert=False)
    notice(LINE, meeting_id=held)
    feed(held)
    assert alerts.look() == 0
    do("hoa", "search.change", saved_id=saved_id, alert=True)
    assert alerts.look() == 0
    notice(LINE, meeting_id=held, number=150)
    feed(held)

    assert alerts.look() == 1


@pytest.mark.parametrize(
    ("typed", "question", "new"),
    [
        ("vỉa hè", {"kind": "notice"}, 1),
        ("vỉa hè", {"kind": "task"}, 0),
        ("vỉa hè", {"body": "UBND"}, 1),
        ("vỉa hè", {"body": "HĐND"}, 0),
        ("vỉa hè -lấn", {}, 0),
        ("thoát nước", {}, 0),
        ("tai lan chiem", {}, 1),
        ("", {"kind": "notice"}, 1),
        ('"chiếm vỉa hè"', {}, 1),
    ],
)
def test_words_and_filters_hold_for_what_is_new(
    held: int, notice: Write, feed: Feed, save: Save, typed: str, question: dict[str, str], new: int
) -> None:
    save("hoa", typed, **question)
    notice(LINE, meeting_id=held)
    feed(held)

    assert alerts.look() == new


def test_one_search_does_not_wait_for_another(council: Council, held: int, notice: Write, feed: Feed, save: Save) -> None:
    save("hoa", "vỉa hè")
    save("tuan", "lấn chiếm")
    save("tuan", "thoát nước")
    notice(LINE, meeting_id=held)
    feed(held)

    assert alerts.look() == 2
    assert (len(told(council, "hoa")), len(told(council, "tuan"))) == (1, 1)


def test_a_round_without_changes_writes_nothing(council: Council, held: int, notice: Write, feed: Feed, save: Save) -> None:
    save()
    notice("Khơi thông cống rãnh.", meeting_id=held)
    feed(held)
    alerts.look()
    before = council.one(select(SavedSearch)).seen_seq

    with reading() as session:
        assert alert_rounds.due(session, alert_rounds.indexed_up_to(session), rights_changed=False) == []
    alerts.look()
    assert council.one(select(SavedSearch)).seen_seq == before


def test_a_large_set_keeps_its_newest_part() -> None:
    every = BitMap(range(0, 40_000_000, 37))

    kept = alert_rounds.held(alert_rounds.written(every))

    assert kept.max() == every.max()
    assert len(alert_rounds.written(every)) <= 200_000
    assert alert_rounds.held(alert_rounds.written(BitMap([3, 5]))) == BitMap([3, 5])
    assert alert_rounds.held(None) == BitMap()
