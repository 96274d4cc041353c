"""What happens in the rooms is read anew for search: only what was named, with its state, and nothing is ever lost."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meeting import clock, config, database, jobs
from meeting.agenda.models import Item
from meeting.conclusions.models import Minutes, MinutesPart, Notice
from meeting.database import reading
from meeting.events import Event
from meeting.organization.models import Person
from meeting.permissions import SYSTEM
from meeting.search.finding.queries import Found
from meeting.search.models import Passage, StaleMark
from meeting.search.passages import feeding, service, sources, unfed
from meeting.search.rights.sight import SOURCES
from meeting.search.rules import KINDS
from meeting.tables import Setting
from meeting.writer import perform
from tests.conftest import Council
from tests.search.grown import on_both

Do = Callable[..., dict[str, Any]]
Find = Callable[..., Found]


def rows(council: Council, kind: str, *, gone: bool = False) -> list[Passage]:
    """The passages of a kind, in order."""
    wanted = select(Passage).where(Passage.kind == kind).order_by(Passage.source_id, Passage.part)
    return council.all(wanted if gone else wanted.where(~Passage.gone))


def marks(council: Council) -> set[tuple[str, int, int]]:
    """What waits to be read anew."""
    return {(each.kind, each.scope, each.source_id) for each in council.all(select(StaleMark))}


@pytest.fixture
def task(council: Council) -> dict[str, Any]:
    """A task out of a document of the city."""
    return {
        "body_id": council.body("UBND"),
        "origin": "superior",
        "text": "Báo cáo kết quả chuyển đổi số quý IV",
        "source_symbol": "512/UBND-VX",
        "source_issuer": "UBND thành phố",
        "source_on": "2026-11-20",
        "lead_unit_id": council.unit("kinh_te"),
        "officer_id": council.person("dung"),
        "due_on": "2026-12-20",
        "product": "Bảng tổng hợp",
        "process": "Thu thập; trình ký",
        "leader_id": council.person("hung"),
    }


# ---- nothing is forgotten ---------------------------------------------------------------------------------------------------


def test_every_event_is_handled_or_excused() -> None:
    known = {*feeding.FED, *feeding.HANDLED, *unfed.EXCUSED}

    assert known == set(Event)
    assert len(known) == len(feeding.FED) + len(feeding.HANDLED) + len(unfed.EXCUSED)
    assert all(len(why) > 10 for why in unfed.EXCUSED.values())


def test_every_kind_has_a_source_and_a_right() -> None:
    assert set(sources.READERS) == set(SOURCES) == set(KINDS)


def test_only_the_worker_keeps_passages(council: Council, ask: Callable[..., Any]) -> None:
    meeting_id = council.meeting()
    acts: dict[str, dict[str, Any]] = {
        "search.keep": {"kind": "item", "scope": meeting_id, "passages": []},
        "search.anew": {"version": "1"},
        "search.fed": {"scope": meeting_id, "times": 1},
        "search.purge": {},
    }
    for username in ("minh", "lan", "admin", "khach"):
        for name, wanted in acts.items():
            assert ask(username, name, **wanted).body["code"] == "forbidden"


# ---- only what was named ----------------------------------------------------------------------------------------------------


@on_both
def test_a_report_reads_one_task_anew(council: Council, do: Do, task: dict[str, Any], find: Find) -> None:
    first = do("minh", "tasks.enter", **task, assign=True)["task_id"]
    do("minh", "tasks.enter", **{**task, "text": "Việc khác"}, assign=True)
    jobs.run_waiting()
    before = {row.source_id: (row.seq, row.revision) for row in rows(council, "task")}

    do("dung", "tasks.receive", task_id=first)
    assert marks(council) == {("task", 0, first)}
    jobs.run_waiting()

    after = {row.source_id: (row.seq, row.revision) for row in rows(council, "task")}
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {first}
    assert after[first] == (max(seq for seq, _ in after.values()), before[first][1])  # its words stay as they were
    assert next(row.state for row in rows(council, "task") if row.source_id == first) == "received"
    assert marks(council) == set()


def test_a_task_from_above_is_found_by_all_it_says(council: Council, do: Do, task: dict[str, Any], find: Find) -> None:
    task_id = do("minh", "tasks.enter", **task, assign=True)["task_id"]
    jobs.run_waiting()

    (row,) = rows(council, "task")
    assert (row.meeting_id, row.body_id, row.unit_id) == (None, council.body("UBND"), council.unit("kinh_te"))
    assert (row.person_id, row.symbol, row.state) == (council.person("dung"), "512/UBND-VX", "assigned")
    assert row.due_on == date(2026, 12, 20)
    for typed in ("chuyển đổi số", "512/UBND-VX", "UBND thành phố", "Bảng tổng hợp", "Hồ Tiến Dũng"):
        assert [hit.passage.source_id for hit in find("dung", typed, kind="task").hits] == [task_id], typed
    assert find("lan", "chuyển đổi số").total == 0


def test_another_title_of_the_meeting_reads_all_of_it(council: Council, do: Do) -> None:
    meeting_id = council.meeting(state="draft")
    do("minh", "agenda.edit", meeting_id=meeting_id, title="Phiên họp chuyên đề đất đai")
    assert ("*", meeting_id, 0) in marks(council)
    jobs.run_waiting()

    assert {row.title for row in rows(council, "item")} == {"Phiên họp chuyên đề đất đai"}
    assert marks(council) == set()


def test_what_is_unchanged_is_not_touched(council: Council, do: Do) -> None:
    meeting_id = council.meeting(state="draft")
    service.keep_source("item", meeting_id)
    before = [(row.id, row.seq, row.revision) for row in rows(council, "item")]

    service.keep_source("item", meeting_id)

    assert [(row.id, row.seq, row.revision) for row in rows(council, "item")] == before


# ---- what goes, and what stays though it no longer holds --------------------------------------------------------------------


@on_both
def test_a_removed_item_is_gone_and_thrown_away_a_day_later(council: Council, do: Do, find: Find, at: Callable[..., Any]) -> None:
    meeting_id = council.meeting(state="draft")
    first, *_ = council.items(meeting_id)
    service.keep_source("item", meeting_id)
    service.catch_up()
    newest = council.one(select(func.max(Passage.seq)))

    do("minh", "agenda.remove_item", item_id=first)
    jobs.run_waiting()

    gone = [row for row in rows(council, "item", gone=True) if row.gone]
    assert [(row.source_id, row.item_id) for row in gone] == [(first, None)]
    assert gone[0].seq > newest
    assert first not in {hit.passage.source_id for hit in find("minh", "nội dung").hits}
    assert perform(SYSTEM, "search.purge", {}) == {"purged": 0}
    at(clock.now() + timedelta(days=1))
    assert perform(SYSTEM, "search.purge", {}) == {"purged": 1}
    assert first not in {row.source_id for row in rows(council, "item", gone=True)}


def test_what_was_gone_comes_back(council: Council) -> None:
    meeting_id = council.meeting()
    service.keep_source("item", meeting_id)
    passages: list[Any] = []
    perform(SYSTEM, "search.keep", {"kind": "item", "scope": meeting_id, "passages": passages})
    assert rows(council, "item") == []

    service.keep_source("item", meeting_id)

    assert [row.gone for row in rows(council, "item", gone=True)] == [False] * 3


@pytest.mark.parametrize("how", ["withdrawn", "replaced", "corrected"])
def test_what_no_longer_holds_stays_found_and_says_so(council: Council, notice: Callable[..., int], find: Find, how: str) -> None:
    meeting_id = council.meeting(state="held")
    notice_id = notice("Xử lý lấn chiếm vỉa hè.", meeting_id=meeting_id)
    service.keep_source("notice", meeting_id)
    service.catch_up()
    assert {row.state for row in rows(council, "notice")} == {"in_force"}

    council.update(Notice, notice_id, **{f"{how}_at": clock.now()})
    service.keep_source("notice", meeting_id, notice_id)

    assert {row.state for row in rows(council, "notice")} == {how}
    assert [hit.passage.state for hit in find("hoa", "vỉa hè").hits] == [how]


# ---- minutes ----------------------------------------------------------------------------------------------------------------


def test_minutes_are_found_while_they_are_written_at_every_pause(council: Council, do: Do, find: Find) -> None:
    meeting_id = council.meeting(state="in_session")
    item = council.items(meeting_id)[1]
    part = {"meeting_id": meeting_id, "item_id": item}
    version = do("minh", "conclusions.write_part", **part, text="Thống nhất lắp camera")["version"]
    jobs.run_waiting()
    do("minh", "conclusions.write_part", **part, text="Thống nhất lắp camera giám sát ngõ 12", version=version)
    jobs.run_waiting()

    (hit,) = find("minh", "giám sát ngõ 12").hits
    assert (hit.passage.kind, hit.passage.source_id, hit.passage.item_id) == ("minutes", meeting_id, item)
    assert (hit.passage.state, hit.passage.place) == ("writing", "mục 2")
    assert find("hoa", "giám sát ngõ 12").total == 0


def test_signed_minutes_are_cut_by_item(council: Council, find: Find) -> None:
    meeting_id = council.meeting(state="held")
    head = "I. THÀNH PHẦN\n1. Có mặt: 3.\n\nII. DIỄN BIẾN\n"
    text = f"{head}1. Nội dung 1 (8 giờ)\nBàn về chợ.\n2. Nội dung 2\nBàn về cầu.\nIII. KẾT THÚC\nHết."
    council.write(Minutes(meeting_id=meeting_id, state="signed", text=text, drafted_at=clock.now()))
    service.keep_source("minutes", meeting_id)

    found = [(row.place, row.item_id) for row in rows(council, "minutes")]

    first, second, _ = council.items(meeting_id)
    assert found[-3:] == [("mục 1", first), ("mục 2", second), ("phần kết thúc", None)]
    assert set(found[:-3]) == {("phần mở đầu", None)}


def test_writing_goes_over_into_the_draft_and_leaves_nothing_behind(council: Council) -> None:
    meeting_id = council.meeting(state="held")
    item = council.items(meeting_id)[0]
    council.write(MinutesPart(meeting_id=meeting_id, item_id=item, text="Ghi nhanh", edited_at=clock.now()))
    service.keep_source("minutes", meeting_id)
    council.write(Minutes(meeting_id=meeting_id, state="draft", text="1. Nội dung 1\nGhi sạch", drafted_at=clock.now()))

    service.keep_source("minutes", meeting_id)

    assert [(row.text, row.state) for row in rows(council, "minutes")] == [("1. Nội dung 1\nGhi sạch", "draft")]


# ---- people and units -------------------------------------------------------------------------------------------------------


def test_people_are_found_by_who_they_are_and_never_by_their_telephone(council: Council, do: Do, find: Find) -> None:
    council.update(Person, council.person("dung"), phone="0901234567", email="dung@phuong.vn")
    service.keep_source("person", 0)
    service.keep_source("unit", 0)
    service.catch_up()

    assert [hit.passage.title for hit in find("hoa", "hồ tiến dũng", kind="person").hits] == ["Hồ Tiến Dũng"]
    unit = "Phòng Kinh tế, Hạ tầng và Đô thị"
    assert [hit.passage.title for hit in find("hoa", "kinh tế hạ tầng đô thị", kind="unit").hits] == [unit]
    for typed in ("0901234567", "dung@phuong.vn"):
        assert find("admin", typed).total == 0
    lan = next(row for row in rows(council, "person") if row.source_id == council.person("lan"))
    assert lan.text == "Ông Vũ Thị Mai Lan. Bí thư Đảng ủy, Chủ tịch HĐND. HĐND."  # no word of a seat in the Party


def test_a_new_position_is_found_and_who_left_is_not(council: Council, do: Do, find: Find) -> None:
    service.keep_source("person", 0)
    do(
        "admin",
        "organization.edit_person",
        person_id=council.person("tuan"),
        full_name="Lê Anh Tuấn",
        position="Trưởng ban Pháp chế",
    )
    jobs.run_waiting()
    assert find("hoa", "trưởng ban pháp chế").total == 1

    council.update(Person, council.person("tuan"), retired_on=clock.today())

    assert find("hoa", "trưởng ban pháp chế").total == 0  # at once
    service.keep_source("person", 0, council.person("tuan"))
    assert council.person("tuan") not in {row.source_id for row in rows(council, "person")}


def test_another_name_of_a_unit_is_read_wherever_it_stands(council: Council, do: Do, task: dict[str, Any]) -> None:
    do("minh", "tasks.enter", **task, assign=True)
    meeting_id = council.meeting()
    council.update(Item, council.items(meeting_id)[0], unit_id=council.unit("kinh_te"))
    jobs.run_waiting()

    do("admin", "organization.edit_unit", unit_id=council.unit("kinh_te"), name="Phòng Kinh tế", short_name="kinh_te")
    jobs.run_waiting()

    assert "Chủ trì: Phòng Kinh tế." in rows(council, "task")[0].text
    assert "Đơn vị chuẩn bị: Phòng Kinh tế." in rows(council, "item")[0].text
    assert "Phòng Kinh tế" in {row.title for row in rows(council, "unit")}


# ---- nothing is lost --------------------------------------------------------------------------------------------------------


def test_a_mark_that_came_while_reading_stays(council: Council) -> None:
    meeting_id = council.meeting()
    with Session(database.database().writing) as session:
        session.add(StaleMark(kind="item", scope=meeting_id, source_id=0, times=2))
        session.commit()

    perform(SYSTEM, "search.keep", {"kind": "item", "scope": meeting_id, "times": 1, "passages": []})
    assert marks(council) == {("item", meeting_id, 0)}

    service.feed()
    assert marks(council) == set()
    assert len(rows(council, "item")) == 3


KILLED = """
import os, signal, sys
from meeting import app, config, database, jobs
from meeting.search.passages import service
from meeting.writer import perform
from tests.conftest import Council
config.use(config.Settings(data=config.Path(sys.argv[1]), database_url=sys.argv[2]))
database.use(database.Database(sys.argv[2]))
app.load_rooms()
jobs.queue.held = True
meeting_id = int(sys.argv[3])
perform(Council().actor("minh"), "agenda.add_item", {"meeting_id": meeting_id, "title": "Hệ thống thoát nước"})
if sys.argv[4] == "kept":
    service.keep_source("item", meeting_id)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("when", ["marked", "kept"])
def test_killed_after_the_act_or_before_the_index_nothing_is_lost(council: Council, find: Find, when: str) -> None:
    meeting_id = council.meeting(state="draft")
    where = [str(config.settings().data), config.settings().database_url, str(meeting_id), when]

    done = subprocess.run([sys.executable, "-c", KILLED, *where], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr

    service.sweep()

    assert find("minh", "thoát nước").total == 1
    assert marks(council) == set()


def test_other_rules_of_reading_read_everything_anew(council: Council) -> None:
    meeting_id = council.meeting()
    assert rows(council, "item") == []

    service.sweep()

    with reading() as session:
        assert session.scalar(select(Setting.value).where(Setting.name == service.FED_SETTING)) == service.FEED_VERSION
    assert {row.meeting_id for row in rows(council, "item")} == {meeting_id}
    assert len(rows(council, "person")) == 10
    assert marks(council) == set()


def test_after_a_restore_everything_is_read_anew(council: Council) -> None:
    meeting_id = council.meeting()

    perform(SYSTEM, "records.restored", {"epoch_before": 1})
    assert marks(council) == {("*", 0, 0), ("*", meeting_id, 0)}
    jobs.run_waiting()

    assert len(rows(council, "item")) == 3
    assert council.one(select(func.count()).select_from(Passage).where(Passage.indexed != Passage.revision)) == 0


def test_what_cannot_be_read_holds_up_nothing_else(council: Council) -> None:
    meeting_id = council.meeting()
    with Session(database.database().writing) as session:
        session.add_all(StaleMark(kind=kind, scope=meeting_id, source_id=0) for kind in ("strange", "item", service.EVERY))
        session.commit()

    service.feed()

    assert len(rows(council, "item")) == 3
    assert len(rows(council, "meeting")) == 1
    assert marks(council) == {("strange", meeting_id, 0)}  # a later version may know what it is


def test_single_sources_come_before_whole_meetings(council: Council) -> None:
    meetings = [council.meeting() for _ in range(3)]
    item = council.items(meetings[0])[0]
    with Session(database.database().writing) as session:
        session.add_all(StaleMark(kind=service.EVERY, scope=each, source_id=0) for each in meetings)
        session.add_all([StaleMark(kind="item", scope=meetings[1], source_id=0)])
        session.add_all([StaleMark(kind="item", scope=meetings[0], source_id=item)])
        session.commit()
    with reading() as session:
        taken = [(kind, source) for kind, _, source, _ in service._next(session)]

    assert taken == [("item", item), ("item", 0)]
    assert council.one(select(func.count()).select_from(Item)) == 9
