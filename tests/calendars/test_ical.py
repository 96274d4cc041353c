"""Calendar files: what stands in them, and that they survive being read and written again."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from meeting.calendars.ical import Appointment, Attendee, Contact, calendar_file

MORNING = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)
HOA = Contact("Bà Phan Thị Hoa", "hoa@giangbien.example")
HUNG = Contact('Ông Đỗ, "Mạnh" Hùng', "hung@giangbien.example")
PLAIN = Appointment(
    uid="meeting-7.abcdefghijklmnopqrstuvwx@hop-khong-giay",
    sequence=2,
    stamp=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    starts_at=MORNING,
    ends_at=MORNING + timedelta(hours=3),
    title="Phiên họp thường kỳ tháng 12",
    place="Phòng họp 2",
    address="https://hop.example/meetings/7",
    text="Ủy ban nhân dân phường\nChủ trì: Ông Đỗ Mạnh Hùng",
    categories=("UBND", "Phiên họp thường kỳ"),
    organizer=Contact("Ủy ban nhân dân phường", "vanphong@giangbien.example"),
    attendees=(Attendee(HUNG, "CHAIR", "ACCEPTED"), Attendee(HOA, "REQ-PARTICIPANT", asked=True)),
)

TITLES = [
    "Kỳ họp thứ mười hai, Hội đồng nhân dân phường; bàn về ngân sách: thu, chi và dự phòng",
    "Ẫ Ỗ Ữ ặ ệ ỡ ự ẵ Đ đ " * 12,
    "x" * 74 + "ắ" * 80,
    "Dấu gạch \\ ngược, phẩy, chấm phẩy; và \"ngoặc kép\" 'đơn'",
    "BEGIN:VEVENT",
    "Hai\ndòng\r\nba dòng",
    "Chữ điều khiển \x07\x0b\x1f bị bỏ",
    "Tổ hợp rời: Hội đồng",
    "😀 phiên họp 🇻🇳",
    "",
]


def parsed(appointment: Appointment, method: str = "REQUEST") -> Calendar:
    return Calendar.from_ical(calendar_file([appointment], method))  # type: ignore[arg-type]


def event_of(calendar: Calendar) -> Calendar:
    (event,) = calendar.walk("VEVENT")
    return event


def test_an_invitation_names_time_place_people_and_sequence() -> None:
    calendar = parsed(PLAIN)
    event = event_of(calendar)

    assert calendar["method"] == "REQUEST"
    assert (event["uid"], event["sequence"], event["status"]) == (PLAIN.uid, 2, "CONFIRMED")
    assert event["dtstart"].to_ical() == b"20261210T080000"
    assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert event.decoded("dtstart") == MORNING
    assert event.decoded("dtend") == MORNING + timedelta(hours=3)
    assert (event["summary"], event["location"]) == ("Phiên họp thường kỳ tháng 12", "Phòng họp 2")
    assert event["url"] == "https://hop.example/meetings/7"
    assert event["categories"].cats == ["UBND", "Phiên họp thường kỳ"]
    assert event["organizer"] == "mailto:vanphong@giangbien.example"
    chair, hoa = event["attendee"]
    assert (chair, chair.params["ROLE"], chair.params["PARTSTAT"]) == ("mailto:hung@giangbien.example", "CHAIR", "ACCEPTED")
    assert chair.params["CN"] == 'Ông Đỗ, "Mạnh" Hùng'
    assert (hoa.params["ROLE"], hoa.params["PARTSTAT"], hoa.params["RSVP"]) == ("REQ-PARTICIPANT", "NEEDS-ACTION", "TRUE")


def test_the_zone_is_described_and_has_no_summer_time() -> None:
    (zone,) = parsed(PLAIN).walk("VTIMEZONE")
    (standard,) = zone.walk("STANDARD")

    assert zone["tzid"] == "Asia/Ho_Chi_Minh"
    assert standard.decoded("tzoffsetto") == timedelta(hours=7)
    assert zone.walk("DAYLIGHT") == []


def test_an_alarm_rings_an_hour_before_but_not_for_a_cancelled_meeting() -> None:
    (alarm,) = parsed(PLAIN).walk("VALARM")

    assert alarm.decoded("trigger") == timedelta(hours=-1)
    assert parsed(replace(PLAIN, status="CANCELLED"), "CANCEL").walk("VALARM") == []


def test_a_cancellation_is_marked_and_frees_the_time() -> None:
    event = event_of(parsed(replace(PLAIN, status="CANCELLED", sequence=3), "CANCEL"))

    assert (event["status"], event["transp"], event["sequence"]) == ("CANCELLED", "TRANSPARENT", 3)


def test_a_substitute_and_the_member_name_each_other() -> None:
    member = Attendee(HOA, "REQ-PARTICIPANT", "DELEGATED", sends="tuan@giangbien.example")
    substitute = Attendee(Contact("Tuấn", "tuan@giangbien.example"), "REQ-PARTICIPANT", stands_for="hoa@giangbien.example")

    hoa, tuan = event_of(parsed(replace(PLAIN, attendees=(member, substitute))))["attendee"]

    assert (hoa.params["PARTSTAT"], hoa.params["DELEGATED-TO"]) == ("DELEGATED", "mailto:tuan@giangbien.example")
    assert tuan.params["DELEGATED-FROM"] == "mailto:hoa@giangbien.example"


def test_a_session_of_several_days_spans_them() -> None:
    event = event_of(parsed(replace(PLAIN, ends_at=MORNING + timedelta(days=2, hours=9))))

    assert event["dtend"].to_ical() == b"20261212T170000"


def test_a_meeting_without_an_end_is_taken_to_last_half_a_day() -> None:
    assert event_of(parsed(replace(PLAIN, ends_at=None))).decoded("dtend") == MORNING + timedelta(hours=4)


def test_a_feed_has_a_name_no_method_and_nobody_s_address() -> None:
    calendar = Calendar.from_ical(calendar_file([PLAIN], name="Lịch họp của bà Hoa"))

    assert "method" not in calendar
    assert calendar["x-wr-calname"] == "Lịch họp của bà Hoa"
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert "attendee" not in event_of(calendar)


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says() -> None:
    written = calendar_file([replace(PLAIN, title=TITLES[1], text=TITLES[2] * 5)], "REQUEST")

    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert b"\n" not in written.replace(b"\r\n", b"")
    written.decode("utf-8")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", ""])
def test_files_survive_a_round_trip(title: str, method: str) -> None:
    written = calendar_file([replace(PLAIN, title=title, place=title, text=title, categories=(title, "a,b;c"))], method)  # type: ignore[arg-type]

    once = Calendar.from_ical(written)
    again = Calendar.from_ical(once.to_ical())

    assert (again, again.to_ical()) == (once, written)


def test_whatever_people_type_comes_back_as_it_was() -> None:
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậ ,;:\\\"'^=\t.-–/()[]%😀"
    dice = random.Random(30)  # always the same cases

    for _ in range(200):
        title = " ".join("".join(dice.choices(letters, k=dice.randint(0, 140))).split())
        event = event_of(parsed(replace(PLAIN, title=title, organizer=Contact(title, "a@b.vn"))))

        assert str(event["summary"]) == title
        assert event["organizer"].params.get("CN", "") == title.replace("\\", "")


def test_nothing_typed_can_add_a_line_of_its_own() -> None:
    evil = "Họp\r\nATTENDEE:mailto:evil@example.com\nEND:VEVENT"

    event = event_of(parsed(replace(PLAIN, title=evil, place=evil, organizer=Contact(evil, "a@b.vn"), attendees=())))

    assert "attendee" not in event
    assert event["summary"] == "Họp ATTENDEE:mailto:evil@example.com END:VEVENT"
