"""Answers by mail: recorded as the person's own, once, for nobody else; from a real mailbox and from a pipe."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from meeting import config
from meeting.agenda.models import Meeting, Participant
from meeting.calendars.answering import take_in
from meeting.calendars.mailbox import look, take_all
from meeting.calendars.models import MailedReply
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Person
from meeting.rulebook.models import RuleBook
from tests.calendars.conftest import Do, uid
from tests.calendars.imap import Mailbox, mail_server
from tests.calendars.mails import reply
from tests.conftest import Council, Program


def answer_of(council: Council, meeting_id: int, username: str) -> tuple[str, str]:
    wanted = select(Participant).where(Participant.meeting_id == meeting_id, Participant.person_id == council.person(username))
    found = council.one(wanted)
    return found.reply, found.reason


def mails(council: Council) -> list[tuple[str, str]]:
    return [(each.outcome, each.note) for each in council.all(select(MailedReply).order_by(MailedReply.id))]


def test_an_acceptance_is_recorded_as_the_person_s_own(council: Council, issued: int) -> None:
    outcome = take_in(reply(uid(council, issued, "hoa")))

    assert outcome == "taken"
    assert answer_of(council, issued, "hoa") == ("accepted", "")
    answered = council.all(select(Entry).where(Entry.event == Event.INVITATION_ANSWERED))
    assert [each.actor_id for each in answered] == [council.person("hoa")]
    (told,) = council.all(select(Entry).where(Entry.event == Event.REPLY_MAILED))
    assert (told.chain, told.facts["outcome"], told.facts["person_id"]) == (issued, "taken", council.person("hoa"))


def test_the_words_of_a_refusal_are_the_reason_of_the_absence(council: Council, issued: int) -> None:
    take_in(reply(uid(council, issued, "hoa"), partstat="DECLINED", body="Tôi đi công tác tại tỉnh.\n\n> Kính mời"))

    assert answer_of(council, issued, "hoa") == ("declined", "Tôi đi công tác tại tỉnh. (trả lời qua thư)")


def test_a_refusal_without_a_word_says_that_it_came_by_mail(council: Council, issued: int) -> None:
    take_in(reply(uid(council, issued, "hoa"), partstat="DECLINED"))

    assert answer_of(council, issued, "hoa") == ("declined", "Trả lời qua thư")


def test_perhaps_is_shown_and_is_no_answer(council: Council, issued: int, api: Callable[[str], Program]) -> None:
    outcome = take_in(reply(uid(council, issued, "hoa"), partstat="TENTATIVE"))

    assert (outcome, answer_of(council, issued, "hoa")) == ("tentative", ("none", ""))
    status, heard = api("minh").get(f"/meetings/{issued}/mailed-replies")
    assert status == 200
    assert [(each["name"], each["answer"], each["outcome"]) for each in heard["data"]] == [
        ("Ông Phan Thị Hoa", "tentative", "tentative")
    ]


def test_the_same_mail_counts_once(council: Council, issued: int) -> None:
    mail = reply(uid(council, issued, "hoa"))

    first, second = take_in(mail), take_in(mail)

    assert (first, second) == ("taken", "taken")
    assert mails(council) == [("taken", "")]
    assert len(council.all(select(Entry).where(Entry.event == Event.INVITATION_ANSWERED))) == 1


def test_an_older_mail_that_comes_twice_does_not_undo_a_later_answer(council: Council, issued: int) -> None:
    accepted = reply(uid(council, issued, "hoa"), message_id="<a@x>")
    take_in(accepted)
    take_in(reply(uid(council, issued, "hoa"), partstat="DECLINED", body="Ốm", message_id="<b@x>"))

    take_in(accepted)

    assert answer_of(council, issued, "hoa")[0] == "declined"


def test_nobody_answers_for_another_by_writing_a_false_sender(council: Council, issued: int) -> None:
    own, other = uid(council, issued, "tuan"), uid(council, issued, "hoa")

    stolen_sender = take_in(reply(own, sender="hoa@giangbien.example", message_id="<1@x>"))
    stolen_uid = take_in(reply(other, sender="tuan@giangbien.example", message_id="<2@x>"))
    guessed = take_in(reply(f"meeting-{issued}.{'A' * 32}@hop-khong-giay", message_id="<3@x>"))
    without = take_in(reply(f"meeting-{issued}@hop-khong-giay", message_id="<4@x>"))

    assert (stolen_sender, stolen_uid, guessed, without) == ("forged", "forged", "unknown", "unknown")
    assert [answer_of(council, issued, each)[0] for each in ("hoa", "tuan")] == ["none", "none"]


def test_an_answer_to_an_earlier_time_does_not_count(council: Council, issued: int, do: Do) -> None:
    do("minh", "agenda.edit", meeting_id=issued, starts_at="2026-12-11T08:00:00+07:00")

    old = take_in(reply(uid(council, issued, "hoa"), sequence=0, message_id="<old@x>"))
    new = take_in(reply(uid(council, issued, "hoa"), sequence=1, message_id="<new@x>"))

    assert (old, new) == ("stale", "taken")
    assert answer_of(council, issued, "hoa")[0] == "accepted"


def test_who_was_taken_off_the_list_answers_nothing(council: Council, issued: int, do: Do) -> None:
    do("minh", "agenda.set_participants", meeting_id=issued, remove=[council.person("tuan")])

    assert take_in(reply(uid(council, issued, "tuan"), sender="tuan@giangbien.example", sequence=5)) == "withdrawn"


def test_a_refusal_of_the_rules_is_kept_with_its_name(council: Council, issued: int, do: Do) -> None:
    do("hung", "agenda.cancel", meeting_id=issued, reason="Bão số 12")

    assert take_in(reply(uid(council, issued, "hoa"), sequence=1)) == "refused"
    assert mails(council) == [("refused", "replies_closed")]


def test_somebody_on_file_is_proposed_as_a_substitute_by_the_rules_of_the_body(council: Council, issued: int) -> None:
    raw = reply(uid(council, issued, "hoa"), partstat="DELEGATED", more=';DELEGATED-TO="mailto:dung@giangbien.example"')

    outcome = take_in(raw)

    (row,) = council.all(select(MailedReply))
    assert row.delegate_id == council.person("dung")
    assert outcome in ("proposed", "refused"), "the book says who may stand in"


def test_a_substitute_named_by_mail_gets_the_seat_and_an_appointment_where_the_book_allows_it(
    council: Council, issued: int, do: Do
) -> None:
    book = council.one(select(Meeting.book_id).where(Meeting.id == issued))
    council.update(RuleBook, book, substitutes="speaks", substitute_consent=False, substitutable="all")
    raw = reply(
        uid(council, issued, "hoa"),
        partstat="DELEGATED",
        body="Đi công tác",
        more=';DELEGATED-TO="mailto:dung@giangbien.example"',
    )

    outcome = take_in(raw)

    assert (outcome, mails(council)) == ("proposed", [("proposed", "")])
    seat = council.one(select(Participant).where(Participant.person_id == council.person("dung")))
    assert (seat.meeting_id, seat.stands_for_id) == (issued, council.person("hoa"))
    assert answer_of(council, issued, "hoa") == ("declined", "Đi công tác (trả lời qua thư)")
    assert take_in(reply(uid(council, issued, "dung"), sender="dung@giangbien.example", message_id="<2@x>")) == "taken"


def test_an_unknown_substitute_is_left_to_the_office(council: Council, issued: int, api: Callable[[str], Program]) -> None:
    raw = reply(uid(council, issued, "hoa"), partstat="DELEGATED", more=';DELEGATED-TO="mailto:ban@noi-khac.example"')

    assert take_in(raw) == "proposed"
    assert api("minh").get(f"/meetings/{issued}/mailed-replies")[1]["data"][0]["proposed"] == "ban@noi-khac.example"


@pytest.mark.parametrize("raw", [b"", b"\x00\xff" * 50, b"From: a@b.vn\r\n\r\nxin chao", reply("x", partstat="MAYBE")])
def test_what_is_no_answer_is_kept_and_left(council: Council, issued: int, raw: bytes) -> None:
    assert take_in(raw) == "unreadable"
    assert [outcome for outcome, _ in mails(council)] == ["unreadable"]


def test_a_guest_without_an_account_answers_too(council: Council, issued: int, do: Do) -> None:
    (person,) = council.write(Person(full_name="Ngô Văn Bình", honorific="Ông", email="binh@noi-khac.example"))
    do("minh", "agenda.set_participants", meeting_id=issued, add=[{"person_id": person}])
    from meeting.calendars.appointments import uid_of
    from meeting.calendars.models import CalendarInvitation

    token = council.one(select(CalendarInvitation.token).where(CalendarInvitation.person_id == person))

    assert take_in(reply(uid_of(issued, token), sender="binh@noi-khac.example")) == "taken"


def test_only_the_system_takes_mails(council: Council, issued: int, do: Do) -> None:
    for username in ("minh", "hung", "hoa", "admin"):
        with pytest.raises(Refused, match="forbidden"):
            do(username, "calendars.take_reply", message_id="<x@y>", sender="hoa@giangbien.example")


def test_the_mails_are_for_the_desk(council: Council, issued: int, api: Callable[[str], Program]) -> None:
    path = f"/meetings/{issued}/mailed-replies"

    assert [api(each).get(path)[0] for each in ("minh", "hung", "hoa", "khach")] == [200, 200, 403, 404]


def test_the_worker_empties_the_mailbox_and_survives_what_lies_in_it(council: Council, issued: int) -> None:
    box = Mailbox(
        mails=[
            reply(uid(council, issued, "hoa"), message_id="<1@x>"),
            b"\x00 rubbish",
            reply(uid(council, issued, "tuan"), "tuan@giangbien.example", "DECLINED", body="Bận", message_id="<2@x>"),
            reply(uid(council, issued, "hoa"), message_id="<1@x>"),
        ]
    )
    with mail_server(box):
        config.use(replace(config.settings(), imap_url=box.url))
        look()
        look()

    assert box.unseen() == []
    assert box.logins == 2
    assert [outcome for outcome, _ in mails(council)] == ["taken", "unreadable", "taken"]
    assert answer_of(council, issued, "tuan") == ("declined", "Bận (trả lời qua thư)")


def test_a_mail_taken_but_not_marked_counts_once(council: Council, issued: int) -> None:
    box = Mailbox(mails=[reply(uid(council, issued, "hoa"))])
    with mail_server(box):
        take_all(box.url)
        box.seen.clear()
        take_all(box.url)

    assert mails(council) == [("taken", "")]


def test_a_mailbox_that_does_not_answer_is_tried_again_later(council: Council, caplog: pytest.LogCaptureFixture) -> None:
    with mail_server(Mailbox()) as box:
        wrong = box.url.replace("bi%20mat", "x")
        config.use(replace(config.settings(), imap_url=wrong))
        look()
    config.use(replace(config.settings(), imap_url="imap://lich:x@127.0.0.1:1/INBOX"))
    look()

    assert sum("does not answer" in each.message for each in caplog.records) == 2


def test_the_command_takes_a_mail_from_a_pipe(council: Council, issued: int, store: Path) -> None:
    raw = reply(uid(council, issued, "hoa"))
    command = [sys.executable, "-m", "meeting.cli", "calendar-reply", "--data", str(store)]
    environment = {**os.environ, "MEETING_LANGUAGE": "en"}

    done = subprocess.run(command, input=raw, capture_output=True, env=environment, timeout=60, check=False)

    assert (done.returncode, done.stdout) == (0, b"")
    assert "Recorded as the answer" in done.stderr.decode()
    assert answer_of(council, issued, "hoa")[0] == "accepted"
