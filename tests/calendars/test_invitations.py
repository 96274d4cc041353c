"""What calendars are told of a meeting: REQUEST and CANCEL, the same UID, a sequence that only grows."""

from datetime import UTC, datetime
from email.message import EmailMessage

from icalendar import Calendar
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Meeting
from meeting.calendars.appointments import attach, invitation_part
from meeting.calendars.models import CalendarInvitation
from tests.calendars.conftest import Do, uid
from tests.conftest import Council

STAMP = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def told(council: Council, meeting_id: int, username: str) -> tuple[str, Calendar]:
    """Method and event that a mail to this person carries now."""
    with database.reading() as session:
        part = invitation_part(
            session, session.get_one(Meeting, meeting_id), council.person(username), "https://hop.example", STAMP
        )
    assert part is not None
    calendar = Calendar.from_ical(part.content)
    assert calendar["method"] == part.method
    (event,) = calendar.walk("VEVENT")
    return part.method, event


def test_the_issue_asks_everybody_under_a_uid_of_their_own(council: Council, issued: int) -> None:
    method, event = told(council, issued, "hoa")

    assert (method, event["sequence"], event["uid"]) == ("REQUEST", 0, uid(council, issued, "hoa"))
    assert event["uid"] != told(council, issued, "tuan")[1]["uid"]
    chair, hoa = event["attendee"]
    assert (chair, chair.params["ROLE"]) == ("mailto:hung@giangbien.example", "CHAIR")
    assert (hoa, hoa.params["ROLE"], hoa.params["RSVP"]) == ("mailto:hoa@giangbien.example", "REQ-PARTICIPANT", "TRUE")
    assert event["organizer"] == "mailto:vanphong@giangbien.example"


def test_nobody_but_the_chair_and_oneself_is_named(council: Council, issued: int) -> None:
    assert "tuan@giangbien.example" not in str(told(council, issued, "hoa")[1])


def test_a_guest_is_asked_as_one(council: Council, issued: int, do: Do) -> None:
    do("minh", "agenda.set_participants", meeting_id=issued, add=[{"person_id": council.person("khach")}])

    _, event = told(council, issued, "khach")

    assert event["attendee"][-1].params["ROLE"] == "OPT-PARTICIPANT"


def test_a_new_time_or_place_raises_the_sequence_and_keeps_the_uid(council: Council, issued: int, do: Do) -> None:
    before = told(council, issued, "hoa")[1]["uid"]

    do("minh", "agenda.edit", meeting_id=issued, starts_at="2026-12-11T14:00:00+07:00")
    do("minh", "agenda.edit", meeting_id=issued, place="Hội trường")
    method, event = told(council, issued, "hoa")

    assert (method, event["sequence"], event["uid"]) == ("REQUEST", 2, before)
    assert event["dtstart"].to_ical() == b"20261211T140000"
    assert event["location"] == "Hội trường"


def test_another_title_is_only_newer(council: Council, issued: int, do: Do) -> None:
    do("minh", "agenda.edit", meeting_id=issued, title="Phiên họp cuối năm")

    _, event = told(council, issued, "hoa")

    assert (event["sequence"], event["summary"]) == (0, "Phiên họp cuối năm")


def test_a_cancelled_meeting_is_taken_out(council: Council, issued: int, do: Do) -> None:
    do("hung", "agenda.cancel", meeting_id=issued, reason="Bão số 12")

    method, event = told(council, issued, "hoa")

    assert (method, event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)


def test_postponed_without_a_date_is_taken_out_and_issued_again_is_asked_again(council: Council, issued: int, do: Do) -> None:
    do("hung", "agenda.postpone", meeting_id=issued, reason="Bão số 12")
    gone = told(council, issued, "hoa")
    do("minh", "agenda.edit", meeting_id=issued, starts_at="2026-12-17T08:00:00+07:00")
    do("minh", "agenda.issue", meeting_id=issued)
    back = told(council, issued, "hoa")

    assert (gone[0], back[0]) == ("CANCEL", "REQUEST")
    assert back[1]["status"] == "CONFIRMED"
    assert gone[1]["sequence"] < back[1]["sequence"]
    assert gone[1]["uid"] == back[1]["uid"]


def test_postponed_to_a_date_is_moved(council: Council, issued: int, do: Do) -> None:
    do("hung", "agenda.postpone", meeting_id=issued, reason="Bão số 12", starts_at="2026-12-17T08:00:00+07:00")

    method, event = told(council, issued, "hoa")

    assert (method, event["status"], event["sequence"]) == ("REQUEST", "TENTATIVE", 1)
    assert event["dtstart"].to_ical() == b"20261217T080000"


def test_who_is_taken_off_the_list_is_told_so_and_may_be_asked_again(council: Council, issued: int, do: Do) -> None:
    person = council.person("tuan")

    do("minh", "agenda.set_participants", meeting_id=issued, remove=[person])
    gone = told(council, issued, "tuan")
    do("minh", "agenda.set_participants", meeting_id=issued, add=[{"person_id": person, "voting": True}])
    back = told(council, issued, "tuan")

    assert (gone[0], gone[1]["sequence"]) == ("CANCEL", 1)
    assert (back[0], back[1]["sequence"]) == ("REQUEST", 2)
    assert told(council, issued, "hoa")[1]["sequence"] == 0


def test_a_substitute_and_the_member_name_each_other(council: Council, issued: int) -> None:
    council.invite(issued, "dung", stands_for_id=council.person("hoa"))

    substitute, member = told(council, issued, "dung")[1], told(council, issued, "hoa")[1]

    assert [each.params.get("DELEGATED-FROM") for each in substitute["attendee"]][-1] == "mailto:hoa@giangbien.example"
    hoa = next(each for each in member["attendee"] if each == "mailto:hoa@giangbien.example")
    assert (hoa.params["PARTSTAT"], hoa.params["DELEGATED-TO"]) == ("DELEGATED", "mailto:dung@giangbien.example")


def test_a_stranger_gets_no_part(council: Council, issued: int) -> None:
    with database.reading() as session:
        assert invitation_part(session, session.get_one(Meeting, issued), council.person("khach"), "", STAMP) is None


def test_a_meeting_issued_before_keeps_the_uid_it_had(council: Council) -> None:
    meeting_id = council.meeting()

    _, event = told(council, meeting_id, "hoa")

    assert event["uid"] == f"meeting-{meeting_id}@hop-khong-giay"


def test_a_draft_has_no_appointments(council: Council, do: Do) -> None:
    wanted = {"type_id": council.type(), "title": "Nháp", "starts_at": "2026-12-10T08:00:00+07:00"}
    made = do("minh", "agenda.create", **wanted)
    do("minh", "agenda.edit", meeting_id=made["meeting_id"], place="Phòng 3")

    assert council.all(select(CalendarInvitation).where(CalendarInvitation.meeting_id == made["meeting_id"])) == []


def test_the_mail_holds_the_part_where_mail_programs_look_for_it(council: Council, issued: int) -> None:
    message = EmailMessage()
    message.set_content("Kính mời")
    message.add_alternative("<p>Kính mời</p>", subtype="html")
    with database.reading() as session:
        part = invitation_part(session, session.get_one(Meeting, issued), council.person("hoa"), "https://hop.example", STAMP)
    assert part is not None

    attach(message, part)

    assert message.get_content_type() == "multipart/mixed"
    inner, file = list(message.iter_parts())
    kinds = [each.get_content_type() for each in inner.iter_parts()]  # type: ignore[attr-defined]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    calendar = list(inner.iter_parts())[-1]  # type: ignore[attr-defined]
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "utf-8")
    assert calendar.get_payload(decode=True) == part.content == file.get_payload(decode=True)
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "hop.ics")
