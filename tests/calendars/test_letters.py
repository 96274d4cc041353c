"""Answers are read out of mails; whatever else comes in is called unreadable and breaks nothing."""

import random

import pytest

from meeting.calendars.letters import LARGEST_MAIL, MailedAnswer, UnreadableError, message_id, own_words, read
from tests.calendars.mails import reply

TOKEN = "abcdefghijklmnopqrstuvwx"
UID = f"meeting-7.{TOKEN}@hop-khong-giay"


def test_an_answer_is_read_with_its_sender_sequence_and_words() -> None:
    found = read(
        reply(UID, partstat="DECLINED", sequence=3, body="Tôi đi công tác tại tỉnh.\n\nVào 8:00 Thứ Hai đã viết:\n> Mời họp")
    )

    assert found == MailedAnswer(
        message_id="<1@phone.example>",
        sender="hoa@giangbien.example",
        uid=UID,
        sequence=3,
        answer="declined",
        words="Tôi đi công tác tại tỉnh.",
    )
    assert found.invitation == (7, TOKEN)


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", "accepted"), ("declined", "declined"), ("TENTATIVE", "tentative"), ("DELEGATED", "delegated")],
)
def test_every_kind_of_answer_is_known(partstat: str, answer: str) -> None:
    assert read(reply(UID, partstat=partstat)).answer == answer


def test_who_comes_instead_is_read() -> None:
    found = read(reply(UID, partstat="DELEGATED", more=';DELEGATED-TO="mailto:tuan@giangbien.example"'))

    assert found.delegate == "tuan@giangbien.example"


def test_a_comment_in_the_calendar_part_is_the_person_s_word() -> None:
    raw = reply(UID, partstat="DECLINED", body="Declined: Giấy mời", comment="Bận họp tỉnh")

    assert read(raw).words == "Bận họp tỉnh"


def test_an_answer_may_come_as_an_attachment() -> None:
    raw = reply(UID).replace(b"text/calendar", b"application/ics")

    assert read(raw).answer == "accepted"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Xin vắng\n\n-- \nHoa", "Xin vắng"),
        ("Xin vắng\nOn Monday Minh wrote:\nabc", "Xin vắng"),
        ("Xin vắng\n-----Original Message-----\nabc", "Xin vắng"),
        ("Xin vắng\nTừ: Minh\nabc", "Xin vắng"),
        ("> chỉ trích dẫn", ""),
        ("Vào viện điều trị\nkhông dự được", "Vào viện điều trị không dự được"),
    ],
)
def test_quoted_text_is_not_the_person_s_word(text: str, words: str) -> None:
    assert own_words(text) == words


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe" * 100,
        b"From: a@b.vn\r\n\r\nXin chao",
        reply(UID, method="REQUEST"),
        reply(UID, method="COUNTER"),
        reply(UID, partstat="NEEDS-ACTION"),
        reply(UID, partstat="GARBAGE"),
        reply(UID).replace(b"END:VCALENDAR", b""),
        reply(UID).replace(b"SEQUENCE:0", b"SEQUENCE:many"),
        reply(UID).replace(b"ATTENDEE", b"X-NOBODY"),
        reply(UID).replace(b"Content-Type: text/calendar", b'Content-Type: text/calendar; charset="no-such"; x'),
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\nContent-Type: text/plain\r\n\r\na\r\n" * 500,
    ],
)
def test_what_is_no_answer_is_called_so(raw: bytes) -> None:
    try:
        read(raw)
    except UnreadableError:
        return
    assert b"no-such" in raw, "only the broken charset may still be read"


def test_a_mail_that_is_too_large_is_not_read() -> None:
    with pytest.raises(UnreadableError):
        read(reply(UID) + b"x" * LARGEST_MAIL)


def test_no_broken_mail_breaks_the_reader() -> None:
    whole, dice = reply(UID, body="Lời nhắn"), random.Random(11)  # always the same cases

    for _ in range(300):
        raw = bytearray(whole)
        for _ in range(dice.randint(1, 30)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        del raw[dice.randrange(len(raw)) :]
        assert message_id(bytes(raw))
        try:
            read(bytes(raw))
        except UnreadableError:
            continue


def test_a_mail_without_an_id_is_known_by_its_bytes() -> None:
    assert message_id(b"abc") == message_id(b"abc") != message_id(b"abd")
