"""The weekly work calendar: drafted by the office, published by the chief, changes marked, closed meetings for nobody else."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pymupdf
import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from meeting import clock, jobs
from meeting.agenda.models import Meeting, Participant
from meeting.calendars.models import WeekEntry, WeekProgramme
from meeting.documents import store
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from tests.calendars.conftest import Do
from tests.conftest import Council, Program

Client = Callable[[str], FlaskClient]
Api = Callable[[str], Program]
At = Callable[[datetime], None]

MONDAY = "2026-12-07"
TUESDAY = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)
FRIDAY_BEFORE = datetime(2026, 12, 4, 3, 0, tzinfo=UTC)
READERS = ("lan", "hung", "minh", "van", "hoa", "tuan", "dung", "truong")


def add(do: Do, council: Council, username: str = "van", **changes: str) -> int:
    wanted = {"title": "Tiếp công dân", "starts_at": "2026-12-09T14:00:00+07:00", "chair": "Ông Đỗ Mạnh Hùng", "place": "Phòng 1"}
    made = do(username, "calendars.add_entry", body_id=council.body("UBND"), **{**wanted, **changes})
    return int(made["entry_id"])


def publish(do: Do, council: Council, username: str = "minh", body: str = "UBND") -> dict[str, object]:
    return do(username, "calendars.publish_week", body_id=council.body(body), monday=MONDAY)


def lines(api: Api, username: str, body: str = "UBND") -> list[tuple[str, str]]:
    status, heard = api(username).get(f"/weeks?body={body}&day=2026-12-10")
    assert status == 200
    return [(each["title"], each["mark"]) for each in heard["data"]]


def test_the_office_adds_work_that_is_no_meeting(council: Council, do: Do, api: Api) -> None:
    add(do, council)

    status, heard = api("van").get("/weeks?body=UBND&day=2026-12-10")

    assert (status, heard["monday"], heard["state"], heard["decided_by"]) == (200, MONDAY, "draft", "2026-12-04")
    (line,) = heard["data"]
    assert (line["day"], line["half"], line["starts"], line["chair"]) == ("2026-12-09", "afternoon", "14:00", "Ông Đỗ Mạnh Hùng")
    (told,) = council.all(select(Entry).where(Entry.event == Event.WEEK_ENTRY_ADDED))
    assert (told.facts["title"], told.facts["body_id"]) == ("Tiếp công dân", council.body("UBND"))


def test_a_draft_is_the_office_s_own(council: Council, do: Do, api: Api) -> None:
    add(do, council)

    seen = {each: lines(api, each) for each in READERS if each != "lan"}

    assert {each for each, found in seen.items() if found} == {"minh", "van", "hung"}


def test_what_was_published_is_read_by_everybody_in_the_body(council: Council, do: Do, api: Api, at: At) -> None:
    at(FRIDAY_BEFORE)
    council.meeting(starts_at=TUESDAY)
    add(do, council)

    answer = publish(do, council)

    assert (answer["version"], answer["late"]) == (1, False)
    expected = [("Phiên họp UBND", ""), ("Tiếp công dân", "")]
    assert all(lines(api, each) == expected for each in ("hung", "minh", "van", "hoa", "tuan", "dung", "truong"))
    assert [api(each).get("/weeks?body=UBND&day=2026-12-10")[0] for each in ("lan", "khach", "admin")] == [404, 404, 404]
    (told,) = council.all(select(Entry).where(Entry.event == Event.WEEK_PUBLISHED))
    assert (told.facts["version"], told.facts["lines"], told.facts["late"]) == (1, 2, False)


def test_a_meeting_one_is_not_invited_to_has_no_link(council: Council, do: Do, api: Api, at: At) -> None:
    at(FRIDAY_BEFORE)
    meeting_id = council.meeting(starts_at=TUESDAY)
    row = council.one(select(Participant.id).where(Participant.person_id == council.person("tuan")))
    council.update(Participant, row, person_id=council.person("khach"), voting=False)

    before = lines(api, "tuan")
    publish(do, council)
    found = {each: api(each).get("/weeks?body=UBND&day=2026-12-10")[1]["data"][0] for each in ("hoa", "tuan")}

    assert before == []
    assert found["tuan"]["title"] == "Phiên họp UBND"
    assert (found["hoa"]["meeting_id"], found["tuan"]["meeting_id"]) == (meeting_id, None)


def test_a_closed_meeting_is_in_no_week_of_others(council: Council, do: Do, api: Api, at: At, client: Client) -> None:
    at(FRIDAY_BEFORE)
    meeting_id = council.meeting(starts_at=TUESDAY, closed=True)
    council.update(Meeting, meeting_id, title="Họp kín về nhân sự")
    row = council.one(select(Participant.id).where(Participant.person_id == council.person("tuan")))
    council.update(Participant, row, person_id=council.person("khach"), voting=False)
    add(do, council)

    publish(do, council)
    jobs.run_waiting()

    assert lines(api, "hoa")[0][0] == "Họp kín về nhân sự"
    assert lines(api, "tuan") == [("Tiếp công dân", "")]
    page = client("tuan").get("/week?body=UBND&day=2026-12-08").text
    assert "Họp kín" not in page
    week = council.one(select(WeekProgramme))
    assert "Họp kín" not in text_of(council, week.document_id)
    assert "Họp kín" in text_of(council, week.full_document_id)
    opened = {
        each: client(each).get(f"/documents/{week.full_document_id}/original").status_code for each in ("minh", "hung", "hoa")
    }
    assert opened == {"minh": 200, "hung": 200, "hoa": 404}


def test_the_party_s_week_stays_with_the_party(council: Council, do: Do, api: Api, client: Client, at: At) -> None:
    at(FRIDAY_BEFORE)
    council.meeting("Đảng ủy", starts_at=TUESDAY)

    publish(do, council, "lan", "Đảng ủy")

    assert lines(api, "hung", "Đảng ủy") == [("Phiên họp Đảng ủy", "")]
    assert [api(each).get("/weeks?body=Đảng ủy&day=2026-12-10")[0] for each in ("minh", "hoa", "van", "admin")] == [404] * 4
    assert all("Đảng ủy" not in client(each).get("/week?day=2026-12-10").text for each in ("van", "hoa", "dung"))


def test_changes_after_the_publication_are_marked_until_it_is_published_again(council: Council, do: Do, api: Api, at: At) -> None:
    at(FRIDAY_BEFORE)
    meeting_id = council.meeting(starts_at=TUESDAY)
    entry, gone = add(do, council), add(do, council, title="Đi cơ sở")
    publish(do, council)

    council.update(Meeting, meeting_id, place="Hội trường")
    do("van", "calendars.edit_entry", entry_id=entry, starts_at="2026-12-10T08:00:00+07:00")
    do("van", "calendars.remove_entry", entry_id=gone)
    add(do, council, title="Họp báo")
    marked = dict(lines(api, "hoa"))
    again = publish(do, council)

    assert marked == {"Phiên họp UBND": "changed", "Tiếp công dân": "changed", "Đi cơ sở": "dropped", "Họp báo": "added"}
    assert (again["version"], {mark for _, mark in lines(api, "hoa")}) == (2, {""})


def test_publishing_the_same_again_changes_nothing(council: Council, do: Do, at: At) -> None:
    at(FRIDAY_BEFORE)
    add(do, council)

    versions = [publish(do, council)["version"], publish(do, council)["version"]]

    assert versions == [1, 1]
    assert len(council.all(select(Entry).where(Entry.event == Event.WEEK_PUBLISHED))) == 1


def test_a_week_published_after_the_friday_is_recorded_as_late(council: Council, do: Do, at: At) -> None:
    at(datetime(2026, 12, 5, 1, 0, tzinfo=UTC))
    add(do, council)

    assert publish(do, council)["late"] is True


@pytest.mark.parametrize("username", ["van", "hoa", "tuan", "dung", "truong"])
def test_only_chief_and_chair_publish(council: Council, do: Do, username: str) -> None:
    add(do, council)

    with pytest.raises(Refused, match="forbidden"):
        publish(do, council, username)


@pytest.mark.parametrize("username", ["lan", "khach", "admin"])
def test_a_stranger_finds_no_week(council: Council, do: Do, username: str) -> None:
    entry = add(do, council)

    for act, wanted in (
        ("calendars.publish_week", {"body_id": council.body("UBND"), "monday": MONDAY}),
        ("calendars.add_entry", {"body_id": council.body("UBND"), "title": "x", "starts_at": "2026-12-09T14:00:00+07:00"}),
        ("calendars.edit_entry", {"entry_id": entry, "title": "x"}),
        ("calendars.remove_entry", {"entry_id": entry}),
    ):
        with pytest.raises(Refused, match="not_found"):
            do(username, act, **wanted)


@pytest.mark.parametrize("username", ["hoa", "hung", "dung"])
def test_only_the_office_keeps_the_entries(council: Council, do: Do, username: str) -> None:
    with pytest.raises(Refused, match="forbidden"):
        add(do, council, username)


def test_what_makes_no_sense_is_refused(council: Council, do: Do) -> None:
    entry = add(do, council)

    with pytest.raises(Refused, match="ends_before_start"):
        add(do, council, ends_at="2026-12-09T13:00:00+07:00")
    with pytest.raises(Refused, match="ends_before_start"):
        do("van", "calendars.edit_entry", entry_id=entry, ends_at="2026-12-09T13:00:00+07:00")
    with pytest.raises(Refused, match="week_not_monday"):
        do("minh", "calendars.publish_week", body_id=council.body("UBND"), monday="2026-12-08")
    with pytest.raises(Refused, match="week_empty"):
        do("minh", "calendars.publish_week", body_id=council.body("UBND"), monday="2026-12-14")
    do("van", "calendars.remove_entry", entry_id=entry)
    with pytest.raises(Refused, match="week_entry_gone"):
        do("van", "calendars.edit_entry", entry_id=entry, title="Khác")


def test_harmless_repeats_record_nothing(council: Council, do: Do) -> None:
    entry = add(do, council)

    do("van", "calendars.edit_entry", entry_id=entry, title="Tiếp công dân")
    do("van", "calendars.remove_entry", entry_id=entry)
    do("van", "calendars.remove_entry", entry_id=entry)

    told = [each.event for each in council.all(select(Entry).order_by(Entry.id)) if each.event.startswith("calendars.")]
    assert told == [Event.WEEK_ENTRY_ADDED, Event.WEEK_ENTRY_REMOVED]
    assert council.one(select(WeekEntry.removed_at)) is not None


def text_of(council: Council, file_id: int) -> str:
    sha256 = council.one(select(File.sha256).where(File.id == file_id))
    with pymupdf.open(store.file_path(sha256), filetype="pdf") as document:
        return " ".join(" ".join(page.get_text().split()) for page in document)


@pytest.mark.parametrize(
    ("body", "motto"), [("UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("Đảng ủy", "ĐẢNG CỘNG SẢN VIỆT NAM")]
)
def test_the_pdf_has_the_form_of_its_body(council: Council, do: Do, at: At, client: Client, body: str, motto: str) -> None:
    at(FRIDAY_BEFORE)
    council.meeting(body, starts_at=TUESDAY)
    chief = "minh" if body == "UBND" else "lan"
    publish(do, council, chief, body)

    jobs.run_waiting()

    week = council.one(select(WeekProgramme))
    text = text_of(council, week.document_id)
    for words in (
        motto,
        "LỊCH CÔNG TÁC TUẦN",
        "từ ngày 07/12/2026 đến ngày 13/12/2026",
        "Thành phần",
        f"Phiên họp {body}",
        "08:00",
    ):
        assert words in text
    assert week.full_document_id is None
    reader = "hoa" if body == "UBND" else "hung"
    assert client(reader).get(f"/documents/{week.document_id}/original").status_code == 200
    assert client("khach").get(f"/documents/{week.document_id}/original").status_code == 404
    assert f"/documents/{week.document_id}/original" in client(reader).get(f"/week?body={body}&day={MONDAY}").text


def test_a_pdf_of_a_replaced_version_is_left_aside(council: Council, do: Do, at: At) -> None:
    at(FRIDAY_BEFORE)
    add(do, council)
    publish(do, council)
    add(do, council, title="Họp báo")
    publish(do, council)

    jobs.run_waiting()

    week = council.one(select(WeekProgramme))
    assert "Họp báo" in text_of(council, week.document_id)
    assert "thay thế bản phát hành lần 1" in text_of(council, week.document_id)
    assert len(council.all(select(Entry).where(Entry.event == Event.WEEK_SET))) == 1


def test_a_session_of_several_days_stands_on_each(council: Council, api: Api, at: At) -> None:
    at(FRIDAY_BEFORE)
    meeting_id = council.meeting("HĐND", starts_at=TUESDAY)
    council.update(Meeting, meeting_id, ends_at=datetime(2026, 12, 10, 10, 0, tzinfo=UTC))

    heard = api("hoa").get("/weeks?body=HĐND&day=2026-12-10")[1]["data"]

    assert [(each["day"], each["half"]) for each in heard] == [
        ("2026-12-08", "day"),
        ("2026-12-09", "day"),
        ("2026-12-10", "day"),
    ]


def test_the_week_of_all_one_s_bodies_shows_what_one_may_know_of(council: Council, client: Client) -> None:
    council.meeting(starts_at=TUESDAY)
    council.meeting("HĐND", starts_at=TUESDAY)

    page = client("hoa").get("/week?day=2026-12-10").text

    assert "Phiên họp UBND" in page
    assert "Phiên họp HĐND" in page
    assert "Phiên họp" not in client("khach").get("/week?day=2026-12-10").text
    assert "Phiên họp UBND" not in client("hoa").get("/week?day=2026-12-18").text
    assert client("hoa").get("/meetings/week?day=2026-12-10").headers["Location"].endswith("/week?day=2026-12-10")


def test_the_week_comes_as_a_calendar_file_too(council: Council, do: Do, client: Client, at: At) -> None:
    at(FRIDAY_BEFORE)
    council.meeting(starts_at=TUESDAY)
    add(do, council)
    publish(do, council)

    heard = client("hoa").get("/week.ics?body=UBND&day=2026-12-10")

    events = Calendar.from_ical(heard.data).walk("VEVENT")
    assert [str(each["summary"]) for each in events] == ["Phiên họp UBND", "Tiếp công dân"]
    assert heard.mimetype == "text/calendar"
    assert client("khach").get("/week.ics?body=UBND").status_code == 404


@pytest.mark.parametrize("day", ["yesterday", "2026-13-40", "0001-01-01"])
def test_a_day_that_is_none_is_refused_with_a_sentence(client: Client, council: Council, day: str) -> None:
    assert client("hoa").get(f"/week?day={day}").status_code == 422
    assert client("hoa").get(f"/calendar?view=month&day={day}").status_code == 422


def test_the_form_for_other_work_is_the_office_s(council: Council, client: Client) -> None:
    today = date(2026, 12, 8)

    assert "calendars.add_entry" in client("van").get(f"/week?body=UBND&day={today}").text
    assert "calendars.add_entry" not in client("hoa").get(f"/week?body=UBND&day={today}").text
    assert clock.LOCAL.key == "Asia/Ho_Chi_Minh"
