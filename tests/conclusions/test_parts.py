"""What the secretariat writes while the meeting runs: kept, merged, told once, taken up again; and the course that grows."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from meeting import database
from meeting.conclusions.merging import CLASH
from meeting.conclusions.models import Minutes, MinutesPart, MinutesPartVersion, MinutesVersion
from meeting.conclusions.rules import REST, check_part_open, rests_between
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import state
from tests.conclusions.conftest import Desk
from tests.conftest import Council, Program

Do = Callable[..., dict[str, Any]]
At = Callable[[datetime], None]
EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture
def running(council: Council, do: Do, at: At) -> int:
    """A meeting in session; Bình, a second secretary of the body, is Van with that role too."""
    at(EIGHT)
    return council.meeting(state="in_session", starts_at=EIGHT, opened_at=EIGHT)


def write(do: Do, who: str, meeting_id: int, text: str, version: int, **more: Any) -> dict[str, Any]:
    return do(who, "conclusions.write_part", meeting_id=meeting_id, text=text, version=version, **more)


def refusal(do: Do, *args: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*args, **wanted)
    return caught.value.code


def told(council: Council, meeting_id: int) -> list[dict[str, Any]]:
    wanted = select(Entry.facts).where(Entry.chain == meeting_id, Entry.event == "conclusions.minutes_part_written")
    return list(council.all(wanted.order_by(Entry.seq)))


@pytest.mark.parametrize(
    ("kind", "signed", "code"),
    [
        ("issued", False, ""),
        ("in_session", False, ""),
        ("paused", False, ""),
        ("held", False, ""),
        ("held", True, "minutes_signed"),
        ("draft", False, "part_closed"),
        ("cancelled", False, "part_closed"),
    ],
)
def test_one_writes_from_the_invitation_to_the_signature(kind: str, signed: bool, code: str) -> None:
    if code:
        with pytest.raises(Refused, match=code):
            check_part_open(kind, signed=signed)
    else:
        check_part_open(kind, signed=signed)


def test_the_pen_is_laid_down_after_a_rest() -> None:
    assert not rests_between(EIGHT, EIGHT + REST)
    assert rests_between(EIGHT, EIGHT + REST + timedelta(seconds=1))


def test_each_change_is_a_version_and_the_journal_tells_the_first(council: Council, do: Do, running: int) -> None:
    item = council.items(running)[0]

    first = write(do, "minh", running, "Bà Hoa đề nghị", 0, item_id=item)
    second = write(do, "minh", running, "Bà Hoa đề nghị làm rõ", 1, item_id=item)
    again = write(do, "minh", running, "Bà Hoa đề nghị làm rõ", 2, item_id=item)

    assert [each["version"] for each in (first, second, again)] == [1, 2, 2]
    assert council.all(select(MinutesPartVersion.text).order_by(MinutesPartVersion.version)) == [
        "Bà Hoa đề nghị",
        "Bà Hoa đề nghị làm rõ",
    ]
    assert told(council, running) == [{"item_id": item, "version": 1}]


def test_who_writes_again_after_a_rest_is_told_again(council: Council, do: Do, running: int, at: At) -> None:
    write(do, "minh", running, "A", 0)
    at(EIGHT + timedelta(minutes=10))
    write(do, "minh", running, "A\nB", 1)

    assert [each["version"] for each in told(council, running)] == [1, 2]


def test_two_editors_lose_nothing(council: Council, do: Do, running: int) -> None:
    write(do, "minh", running, "Mở đầu", 0)
    write(do, "minh", running, "Mở đầu\nÝ của Minh", 1)

    answer = write(do, "minh", running, "Mở đầu\nÝ viết ở máy khác", 1)

    assert answer == {"version": 3, "text": "Mở đầu\nÝ của Minh\nÝ viết ở máy khác"}


def test_the_same_line_changed_twice_is_marked(do: Do, running: int) -> None:
    write(do, "minh", running, "Đề nghị", 0)
    write(do, "minh", running, "Đề nghị bổ sung", 1)

    assert write(do, "minh", running, "Đề xuất", 1)["text"] == f"Đề nghị bổ sung\n{CLASH}\nĐề xuất"


def test_an_old_text_is_taken_up_again_by_writing_it_anew(council: Council, do: Do, running: int) -> None:
    write(do, "minh", running, "Đúng", 0)
    write(do, "minh", running, "Sai", 1)

    assert write(do, "minh", running, "Đúng", 2) == {"version": 3, "text": "Đúng"}
    assert council.one(select(MinutesPart.text)) == "Đúng"


def test_only_the_secretariat_writes(council: Council, do: Do, running: int) -> None:
    item = {"meeting_id": running, "text": "X"}

    assert refusal(do, "hoa", "conclusions.write_part", **item) == "forbidden"
    assert refusal(do, "hung", "conclusions.write_part", **item) == "forbidden"
    assert refusal(do, "khach", "conclusions.write_part", **item) == "not_found"
    other = council.items(council.meeting())[0]
    assert refusal(do, "minh", "conclusions.write_part", **item, item_id=other) == "not_found"


class TestReading:
    def test_parts_and_their_versions(self, do: Do, council: Council, running: int, api: Callable[[str], Program]) -> None:
        item = council.items(running)[0]
        write(do, "minh", running, "Một", 0, item_id=item)
        write(do, "minh", running, "Một hai", 1, item_id=item)

        parts = api("minh").get(f"/meetings/{running}/minutes/parts?item_id={item}")[1]["data"]
        versions = api("hung").get(f"/meetings/{running}/minutes/parts/{item}/versions")[1]["data"]

        assert [(each["item_id"], each["version"], each["text"]) for each in parts] == [(item, 2, "Một hai")]
        assert [(each["version"], each["text"]) for each in versions] == [(2, "Một hai")]  # one stretch of writing
        for name in ("hoa", "khach", "tuan"):
            assert api(name).get(f"/meetings/{running}/minutes/parts")[0] == 404
            assert api(name).get(f"/meetings/{running}/course")[0] == 404

    def test_the_desk_hears_that_a_part_changed_but_nobody_else(self, do: Do, council: Council, running: int) -> None:
        write(do, "minh", running, "Một", 0)

        def heard(name: str) -> Any:
            with database.reading() as session:
                return state.joined(session, running, council.actor(name))["state"]["minutes"]

        assert heard("minh")["parts"]["0"]["version"] == 1
        assert "text" not in heard("minh")["parts"]["0"]
        assert heard("hoa") is None

    def test_the_course_grows(self, council: Council, do: Do, at: At, api: Callable[[str], Program]) -> None:
        at(EIGHT - timedelta(hours=1))
        meeting_id = int(council.meeting(starts_at=EIGHT, items=2))
        first, second = council.items(meeting_id)
        at(EIGHT)
        for name in ("hung", "hoa", "tuan"):
            do(name, "live.check_in", meeting_id=meeting_id)
        do("hung", "live.open", meeting_id=meeting_id)
        do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=first)
        floor = do("hoa", "speaking.ask", meeting_id=meeting_id, item_id=first, kind="speech", subject="Bố trí vốn")["floor_id"]
        do("hung", "speaking.call", floor_id=floor)
        do("hung", "speaking.start", floor_id=floor)
        at(EIGHT + timedelta(minutes=2))
        do("hung", "speaking.stop", floor_id=floor)
        do("hung", "live.pause", meeting_id=meeting_id)
        at(EIGHT + timedelta(minutes=12))
        do("hung", "live.resume", meeting_id=meeting_id)
        do("hung", "live.postpone_item", meeting_id=meeting_id, item_id=second, reason="Chờ thẩm định")

        status, course = api("minh").get(f"/meetings/{meeting_id}/course")

        assert status == 200
        assert course["attendance"][0].startswith("1. Có mặt: 3/3 thành viên")
        titles = [row["title"] for row in course["items"][0]["rows"]]
        assert titles[0].endswith("phát biểu, 2 phút")
        assert titles[1:] == [
            "Cuộc họp tạm nghỉ",
            "Cuộc họp tiếp tục",
            "Cuộc họp quyết định lùi thời điểm trình nội dung “Nội dung 2” (lý do: Chờ thẩm định)",
        ]
        assert course["items"][1]["aside"] == "lùi thời điểm trình: Chờ thẩm định"


class TestDraft:
    def test_what_was_written_stands_in_the_draft_and_fills_the_open_place(self, council: Council, do: Do, at: At) -> None:
        at(EIGHT)
        meeting_id = int(council.meeting(starts_at=EIGHT, items=2))
        first = council.items(meeting_id)[0]
        for name in ("hung", "hoa", "tuan"):
            do(name, "live.check_in", meeting_id=meeting_id)
        do("hung", "live.open", meeting_id=meeting_id)
        do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=first)
        write(do, "minh", meeting_id, "Cơ bản thống nhất.\nKết luận của chủ tọa: Thông qua.", 0, item_id=first)
        write(do, "minh", meeting_id, "Cuộc họp có hai nội dung.", 0)
        at(EIGHT + timedelta(minutes=30))
        do("hung", "live.close", meeting_id=meeting_id)

        lines = council.one(select(Minutes.text).where(Minutes.meeting_id == meeting_id)).splitlines()

        begins = lines.index("II. DIỄN BIẾN")
        assert lines[begins + 1 : begins + 6] == [
            "Cuộc họp có hai nội dung.",
            "",
            "1. Nội dung 1 (08 giờ 00 đến 08 giờ 30)",
            "Cơ bản thống nhất.",
            "Kết luận của chủ tọa: Thông qua.",
        ]

    def test_what_comes_after_the_close_goes_into_the_draft_as_it_was_edited(self, desk: Desk, do: Do, council: Council) -> None:
        edited = "I. THÀNH PHẦN THAM DỰ\n1. Có mặt: 3/3 thành viên.\nSửa bởi Minh"
        do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=edited, version=1)

        write(do, "minh", desk.meeting_id, "Ghi khi mất mạng", 0)

        text = council.one(select(Minutes.text).where(Minutes.meeting_id == desk.meeting_id))
        assert "Sửa bởi Minh" in text
        assert "Ghi khi mất mạng" in text
        assert council.all(select(MinutesVersion.version).order_by(MinutesVersion.version)) == [1, 2, 3]

    def test_signed_minutes_take_nothing_more(self, desk: Desk, do: Do) -> None:
        do("minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id)

        assert refusal(do, "minh", "conclusions.write_part", meeting_id=desk.meeting_id, text="X") == "minutes_signed"

    def test_unsettled_lines_are_not_signed(self, desk: Desk, do: Do) -> None:
        do("minh", "conclusions.edit_minutes", meeting_id=desk.meeting_id, text=f"A\n{CLASH}\nB")

        assert refusal(do, "minh", "conclusions.sign_minutes", meeting_id=desk.meeting_id) == "minutes_clashes"


@given(st.integers(min_value=0, max_value=10**6))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_editors_at_random_end_with_everything_both_wrote(council: Council, do: Do, seed: int) -> None:
    """Each types paragraphs of their own anywhere, saves now and then from an old version, and takes the answer."""
    chance = random.Random(seed)
    meeting_id = council.meeting(state="in_session")
    held: dict[str, tuple[str, int]] = {"một": ("", 0), "hai": ("", 0)}
    typed: list[str] = []
    for step in range(14):
        name = chance.choice(["một", "hai"])
        text, version = held[name]
        lines = text.split("\n") if text else []
        lines.insert(chance.randint(0, len(lines)), f"{name} viết {seed}-{step}")
        typed.append(f"{name} viết {seed}-{step}")
        held[name] = ("\n".join(lines), version)
        if chance.random() < 0.6:
            answer = write(do, "minh", meeting_id, held[name][0], version)
            held[name] = (answer["text"], answer["version"])
    for name in ("một", "hai", "một"):
        answer = write(do, "minh", meeting_id, *held[name])
        held[name] = (answer["text"], answer["version"])

    end = held["một"][0].split("\n")
    assert held["một"][0] == held["hai"][0] or held["hai"][1] < held["một"][1]
    assert [line for line in typed if line not in end] == []
    assert CLASH not in end


def test_an_item_with_notes_stays_on_the_programme(council: Council, do: Do) -> None:
    meeting = council.meeting()
    item = council.items(meeting)[1]
    write(do, "minh", meeting, "Đại biểu thống nhất.", 0, item_id=item)

    assert refusal(do, "minh", "agenda.remove_item", item_id=item) == "item_has_notes"
