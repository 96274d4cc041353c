"""Telling people: in the application, by real mail, once, and never what was not saved."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting import database, jobs
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.notify import queries
from meeting.notify.models import Delivery, Notification
from meeting.organization.models import Person
from tests.conftest import Council, Program
from tests.counting import asked
from tests.notify.conftest import MORNING, At, Do, Postman, mail_on, ready, told
from tests.serving import free_port


def mails(council: Council) -> dict[str, tuple[str, str]]:
    return {each.notification.person.full_name: (each.state, each.error) for each in council.all(select(Delivery))}


def test_issuing_tells_everybody_invited_and_nobody_else(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    assert told(council, "hoa") == []

    do("minh", "agenda.issue", meeting_id=meeting_id)

    assert [told(council, each) for each in ("hoa", "tuan", "hung", "minh")] == [["meeting_issued"]] * 4
    assert [told(council, each) for each in ("khach", "dung", "lan", "admin", "van")] == [[]] * 5


def test_without_a_mail_server_nothing_is_put_on_the_list_of_mails(do: Do, council: Council) -> None:
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    assert council.all(select(Delivery)) == []


def test_a_refused_issue_tells_nobody(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    council.update(Meeting, meeting_id, place="")

    with pytest.raises(Refused):
        do("minh", "agenda.issue", meeting_id=meeting_id)

    assert council.all(select(Notification)) == []


def test_the_invitation_goes_out_as_a_real_mail_with_text_html_and_calendar(do: Do, council: Council, postman: Postman) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    jobs.run_waiting()

    (letter,) = postman.to("hoa@giangbien.example")
    assert "Phiên họp tháng 12" in str(letter["Subject"])
    assert str(letter["Message-ID"]).endswith("@giangbien.example>")
    parts = {part.get_content_type(): part for part in letter.walk() if not part.is_multipart()}
    assert sorted(parts) == ["application/ics", "text/calendar", "text/html", "text/plain"]
    assert f"https://hop.example/meetings/{meeting_id}" in parts["text/plain"].get_content()
    assert "08:00, 10/12/2026" in parts["text/html"].get_content()
    calendar = parts["text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert "Kính gửi Ông Phan Thị Hoa" in parts["text/plain"].get_content()
    assert "20261210T080000" in str(calendar.get_content())
    assert set(mails(council).values()) == {("sent", "")}
    assert len(postman.letters) == 4


def test_the_job_run_twice_sends_once(do: Do, council: Council, postman: Postman) -> None:
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()

    jobs.KINDS["notify.mail"](deliveries=council.all(select(Delivery.id)))

    assert len(postman.letters) == 4


def test_one_refused_address_does_not_hold_up_the_others_and_says_why(do: Do, council: Council, postman: Postman) -> None:
    postman.refused["hoa@giangbien.example"] = "550 No such mailbox"
    council.update(Person, council.person("tuan"), email="")
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    assert mails(council) == {
        "Phan Thị Hoa": ("failed", "550 No such mailbox"),
        "Lê Anh Tuấn": ("no_address", ""),
        "Đỗ Mạnh Hùng": ("sent", ""),
        "Tạ Quang Minh": ("sent", ""),
    }
    failed = council.one(select(Delivery).where(Delivery.state == "failed"))
    assert (failed.attempts, failed.next_try_at) == (1, None)


def test_what_may_pass_by_itself_is_tried_again_later(do: Do, council: Council, postman: Postman, at: At) -> None:
    postman.refused["hoa@giangbien.example"] = "451 Try later"
    at(MORNING)
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()
    assert do("system", "notify.retry") == {"again": 0}

    postman.refused.clear()
    at(MORNING + timedelta(minutes=2))
    assert do("system", "notify.retry") == {"again": 1}
    jobs.run_waiting()

    assert len(postman.to("hoa@giangbien.example")) == 1
    assert mails(council)["Phan Thị Hoa"] == ("sent", "")


def test_without_an_answering_server_every_mail_fails_for_now_and_says_why(do: Do, council: Council, postman: Postman) -> None:
    mail_on(f"smtp://127.0.0.1:{free_port()}")
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    assert {state for state, _ in mails(council).values()} == {"failed"}
    assert "ConnectionRefusedError" in mails(council)["Phan Thị Hoa"][1]


def test_the_secretary_sends_a_failed_mail_again_to_the_corrected_address(do: Do, council: Council, postman: Postman) -> None:
    council.update(Person, council.person("hoa"), email="")
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    jobs.run_waiting()
    mail = council.one(select(Delivery).where(Delivery.state == "no_address"))

    assert do("minh", "notify.send_again", delivery_id=mail.id) == {"state": "no_address"}
    council.update(Person, council.person("hoa"), email="hoa.moi@giangbien.example")
    assert do("minh", "notify.send_again", delivery_id=mail.id) == {"state": "waiting"}
    jobs.run_waiting()

    assert len(postman.to("hoa.moi@giangbien.example")) == 1
    with pytest.raises(Refused) as refused:
        do("minh", "notify.send_again", delivery_id=mail.id)
    assert refused.value.code == "mail_not_failed"


@pytest.mark.parametrize(("username", "code"), [("hoa", "forbidden"), ("khach", "not_found"), ("dung", "forbidden")])
def test_others_neither_send_mails_again_nor_see_them(
    do: Do, council: Council, postman: Postman, api: Callable[[str], Program], username: str, code: str
) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)
    (mail, *_) = council.all(select(Delivery.id))

    with pytest.raises(Refused) as refused:
        do(username, "notify.send_again", delivery_id=mail)

    assert refused.value.code == code
    assert api(username).get(f"/meetings/{meeting_id}/deliveries")[0] in (403, 404)
    assert api("minh").get(f"/meetings/{meeting_id}/deliveries")[1]["data"][0]["state"] == "waiting"


@pytest.mark.parametrize("act", ["notify.delivered", "notify.retry", "notify.remind"])
def test_what_the_worker_reports_is_the_systems_alone(do: Do, council: Council, act: str) -> None:
    wanted = {"delivery_id": 1} if act == "notify.delivered" else {}

    for username in ("minh", "admin", "khach"):
        with pytest.raises(Refused) as refused:
            do(username, act, **wanted)
        assert refused.value.code == "forbidden"


def test_a_new_place_postponing_and_cancelling_are_told(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    do("minh", "agenda.edit", meeting_id=meeting_id, title="Phiên họp thường kỳ")
    do("minh", "agenda.edit", meeting_id=meeting_id, place="Hội trường")
    do("minh", "agenda.postpone", meeting_id=meeting_id, reason="Bão số 12")
    do("minh", "agenda.cancel", meeting_id=meeting_id, reason="Không còn cần thiết")

    assert told(council, "hoa") == ["meeting_issued", "meeting_changed", "meeting_postponed", "meeting_cancelled"]
    assert told(council, "minh") == ["meeting_issued"]


def test_who_is_added_after_the_issue_is_invited_at_once(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    do("minh", "agenda.set_participants", meeting_id=meeting_id, add=[{"person_id": council.person("khach")}])

    assert told(council, "khach") == ["meeting_issued"]
    assert told(council, "hoa") == ["meeting_issued"]


def test_the_secretary_hears_of_absences_and_the_chair_of_programmes(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.submit", meeting_id=meeting_id)
    do("hung", "agenda.approve", meeting_id=meeting_id)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    do("hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted")
    do("tuan", "agenda.reply", meeting_id=meeting_id, reply="declined", reason="Đi công tác")

    assert told(council, "hung") == ["programme_submitted", "meeting_issued"]
    assert told(council, "minh") == ["programme_approved", "meeting_issued", "invitation_declined"]


def test_the_bell_counts_and_each_marks_only_the_own(do: Do, council: Council, client: Callable[[str], FlaskClient]) -> None:
    do("minh", "agenda.issue", meeting_id=ready(do, council))
    others = council.all(select(Notification.id).where(Notification.person_id == council.person("tuan")))

    assert do("hoa", "notify.mark_seen", notification_ids=others) == {"seen": 0}
    shown = client("hoa").get("/notifications").get_data(as_text=True)
    assert "Phiên họp tháng 12" in shown
    assert do("hoa", "notify.mark_seen") == {"seen": 1}
    assert do("hoa", "notify.mark_seen") == {"seen": 0}


def test_programs_read_ones_own_notifications(do: Do, council: Council, api: Callable[[str], Program]) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    status, heard = api("hoa").get("/notifications")

    assert (status, heard["unseen"], heard["next"]) == (200, 1, None)
    assert (heard["data"][0]["kind"], heard["data"][0]["url"]) == ("meeting_issued", f"/meetings/{meeting_id}")
    assert api("khach").get("/notifications")[1]["data"] == []


def test_the_secretary_sees_the_mails_on_the_page_of_the_meeting(
    do: Do, council: Council, postman: Postman, client: Callable[[str], FlaskClient]
) -> None:
    postman.refused["hoa@giangbien.example"] = "550 No such mailbox"
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)
    jobs.run_waiting()

    shown = client("minh").get(f"/meetings/{meeting_id}?tab=mails").get_data(as_text=True)

    assert "550 No such mailbox" in shown
    assert "550 No such mailbox" not in client("hoa").get(f"/meetings/{meeting_id}?tab=mails").get_data(as_text=True)


def test_lists_cost_the_same_for_one_notification_and_for_many(do: Do, council: Council, postman: Postman) -> None:
    minh = council.actor("minh")

    def cost(meeting_id: int) -> tuple[int, int]:
        with asked() as told, database.reading() as session:
            assert all(each.person.called for each in queries.mine(session, minh))
        with asked() as mailed, database.reading() as session:
            assert all(each.notification.person.called for each in queries.deliveries_of(session, meeting_id))
        return len(told), len(mailed)

    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)
    one = cost(meeting_id)
    for place in ("A", "B", "C"):
        do("minh", "agenda.edit", meeting_id=meeting_id, place=place)
        do("van", "agenda.issue", meeting_id=ready(do, council))

    assert cost(meeting_id) == one == (2, 2)  # BEGIN and one query each
