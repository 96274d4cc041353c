"""Who is told in the life of a paper and of an invitation: those who have the next step, and nobody else."""

from datetime import timedelta

from sqlalchemy import select

from meeting import jobs
from meeting.materials.models import Requirement
from meeting.notify.models import Notification
from meeting.rulebook.models import RuleBook
from tests.conftest import Council
from tests.notify.conftest import MORNING, Do, Postman, ready, told


def owed(council: Council, **values: object) -> int:
    """A paper that Phòng Kinh tế owes."""
    row = Requirement(
        meeting_id=council.meeting(state="approved", starts_at=MORNING + timedelta(days=9)),
        unit_id=council.unit("kinh_te"),
        what="Tờ trình ngân sách",
        asked_by=council.person("minh"),
        asked_at=MORNING - timedelta(days=9),
        **{"state": "asked", "due_at": MORNING + timedelta(days=3), **values},
    )
    return council.write(row)[0]


def test_the_office_hears_of_a_wish_for_time_and_the_unit_of_the_answer(do: Do, council: Council) -> None:
    row = owed(council)

    wish = {"requirement_id": row, "due_at": (MORNING + timedelta(days=5)).isoformat(), "reason": "Chờ số liệu"}
    asked = do("dung", "materials.ask_time", **wish)
    do("minh", "materials.grant_time", extension_id=asked["extension_id"])

    assert told(council, "minh") == ["time_asked"]
    assert told(council, "dung") == told(council, "truong") == ["time_granted"]
    assert told(council, "hoa") == []


def test_the_unit_hears_that_there_is_no_more_time(do: Do, council: Council) -> None:
    wish = {"due_at": (MORNING + timedelta(days=5)).isoformat(), "reason": "Chờ số liệu"}
    asked = do("dung", "materials.ask_time", requirement_id=owed(council), **wish)

    do("minh", "materials.refuse_time", extension_id=asked["extension_id"], answer="Đã gia hạn một lần")

    assert told(council, "dung") == ["time_refused"]


def test_unit_and_secretary_hear_what_the_chair_decides_on_a_late_paper(do: Do, council: Council) -> None:
    row = owed(council, due_at=MORNING - timedelta(hours=1))

    do("hung", "materials.decide_late", requirement_id=row, decision="read_out", reason="Nội dung cấp bách")

    assert told(council, "dung") == told(council, "minh") == ["late_read_out"]
    text = council.one(select(Notification).where(Notification.person_id == council.person("dung")))
    assert text.facts["reason"] == "Nội dung cấp bách"


def test_who_reports_an_absence_hears_what_the_office_says(do: Do, council: Council) -> None:
    meeting_id = council.meeting()
    do("hoa", "agenda.reply", meeting_id=meeting_id, reply="declined", reason="Ốm")

    wanted = {"meeting_id": meeting_id, "person_id": council.person("hoa")}
    do("minh", "invitations.decide_absence", **wanted, decision="refused", answer="Cần đủ thành phần")

    assert told(council, "minh") == ["invitation_declined"]
    assert told(council, "hoa") == ["absence_refused"]


def test_a_substitute_goes_from_the_chair_to_the_seat(do: Do, council: Council) -> None:
    meeting_id = council.meeting()
    for book in council.all(select(RuleBook.id)):
        council.update(RuleBook, book, substitutes="speaks", substitute_consent=True)
    wanted = {"substitute_id": council.person("truong"), "reason": "Đi công tác"}

    named = do("hoa", "invitations.name_substitute", meeting_id=meeting_id, **wanted)["substitution_id"]
    assert told(council, "hung") == ["substitute_named"]
    assert told(council, "truong") == []
    do("hung", "invitations.consent", substitution_id=named)

    assert told(council, "truong") == ["substitute_invited"]
    assert told(council, "hoa") == ["substitute_agreed"]
    assert "substitute_agreed" in told(council, "minh")


def test_a_refused_substitute_is_told_to_the_member_only(do: Do, council: Council) -> None:
    meeting_id = council.meeting()
    for book in council.all(select(RuleBook.id)):
        council.update(RuleBook, book, substitutes="speaks", substitute_consent=True)
    wanted = {"substitute_id": council.person("truong"), "reason": "Đi công tác"}
    named = do("hoa", "invitations.name_substitute", meeting_id=meeting_id, **wanted)["substitution_id"]

    do("hung", "invitations.refuse_substitute", substitution_id=named, reason="Cần thành viên trực tiếp dự")

    assert told(council, "hoa") == ["substitute_refused"]
    assert told(council, "truong") == []


def test_the_issued_invitation_goes_with_the_mail_as_a_pdf(do: Do, council: Council, postman: Postman) -> None:
    meeting_id = ready(do, council)
    drafted = do("minh", "invitations.draft", meeting_id=meeting_id)["invitation_id"]
    do("minh", "invitations.sign", invitation_id=drafted)
    do("van", "invitations.issue", invitation_id=drafted, with_meeting=True)

    jobs.run_waiting()

    (letter,) = postman.to("hoa@giangbien.example")
    (paper,) = [part for part in letter.walk() if part.get_content_type() == "application/pdf"]
    assert str(paper.get_filename()).endswith(".pdf")
    assert paper.get_content().startswith(b"%PDF")
