"""What is connected with the demo: the ward's e-office that reads by a key, paired tablets, sittings shown to the public.

Nothing of it leaves the machine: no browser holds these tablets, and the address that would be told of things is switched off.
"""

import secrets
from datetime import timedelta

from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Meeting
from meeting.database import reading
from meeting.demo.diary import Diary
from meeting.exchange.rules import PREFIX, key_digest
from meeting.exchange.shapes import ROOT
from meeting.organization.passwords import hashed

ADDRESS = "203.0.113.20"  # kept free for examples, as the name of the address below is
CALLS = (
    # days ago, hour, what was asked, status, milliseconds
    (5, 8, "/units/UBND/meetings/upcoming", 200, 21),
    (5, 8, "/people/hoa/meetings/upcoming", 200, 17),
    (4, 8, "/units/UBND/meetings/upcoming", 200, 19),
    (4, 14, "/units/UBND/meetings/past", 200, 24),
    (3, 8, "/notices", 200, 15),
    (3, 8, "/tasks", 403, 6),
    (1, 8, "/units/UBND/meetings/upcoming", 200, 18),
    (1, 9, "/units/KT-HT-ĐT/meetings/upcoming", 200, 20),
)
HOOK = "https://dieu-hanh.lacgiang.example/nhan-tin"
TABLETS = (
    # whose, called, percent of the battery, charging, lost
    ("hoa", "Máy tính bảng 01", 84, False, False),
    ("tuan", "Máy tính bảng 02", 17, False, False),
    ("hung", "Máy tính bảng 03", 100, True, False),
    ("phuc", "Máy tính bảng 07", 46, False, True),
)


def connect(diary: Diary) -> None:
    """All of it, in the last days."""
    _tell(diary, _let_read(diary))
    for number, (username, name, battery, charging, lost) in enumerate(TABLETS):
        _pair(diary, number, username, name, battery=battery, charging=charging, lost=lost)
    _show(diary)


def _let_read(diary: Diary) -> int:
    """The e-office may read meetings and documents of two bodies; it asked some days long, once for what it may not."""
    key = PREFIX + secrets.token_urlsafe(32)  # nobody has it: the page makes another one
    with diary.at(diary.workday(7), 10):
        client_id = diary.do(
            "admin",
            "exchange.add_client",
            name="Phần mềm quản lý văn bản và điều hành",
            contact="Tổ công nghệ thông tin, Văn phòng HĐND và UBND phường",
            purpose="Lấy lịch họp và văn bản đã ban hành để hiện trong phần mềm điều hành của phường.",
            valid_until=(diary.today + timedelta(days=365)).isoformat(),
            addresses=f"{ADDRESS}/32",
            sha256=key_digest(key),
            ending=key[-4:],
        )["client_id"]
        for body in ("UBND", "HĐND"):
            for kind in ("meetings", "people", "notices"):
                right = {"client_id": client_id, "body_id": diary.body(body), "kind": kind, "granted": True}
                diary.do("admin", "exchange.set_right", **right)
    made = {"client_id": client_id, "address": ADDRESS}
    calls = [
        {**made, "at": clock.at_local(diary.workday(days), hour).isoformat(), "path": ROOT + path, "status": status, "ms": ms}
        for days, hour, path, status, ms in CALLS
    ]
    diary.do("system", "exchange.note_calls", calls=calls)
    return int(client_id)


def _tell(diary: Diary, client_id: int) -> None:
    """An address with one try that failed and one that was taken; then it is switched off."""
    events = ["meeting.issued", "meeting.changed", "notice.issued", "resolution.issued"]
    with diary.at(diary.workday(7), 10, 30):
        wanted = {"client_id": client_id, "url": HOOK, "events": events, "secret": secrets.token_urlsafe(32)}
        webhook_id = diary.do("admin", "exchange.add_webhook", **wanted)["webhook_id"]
        for status, answer in ((503, "Service Unavailable"), (204, "")):
            delivery = {"delivery_id": diary.do("admin", "exchange.send_test", webhook_id=webhook_id)["delivery_id"]}
            diary.do("system", "exchange.begin_delivery", **delivery)
            diary.do("system", "exchange.end_delivery", **delivery, status=status, answer=answer)
        diary.do("admin", "exchange.edit_webhook", webhook_id=webhook_id, events=events, on=False)


def _pair(diary: Diary, number: int, username: str, name: str, *, battery: int, charging: bool, lost: bool) -> None:
    """The desk opens an address, the door pairs the browser with a PIN that nobody knows, it is heard of and maybe lost."""
    address, code, key = (secrets.token_hex(32) for _ in range(3))
    with diary.at(diary.workday(3), 9, 10 * number):
        opened = {"person_id": diary.person(username), "token_sha256": address, "code_sha256": code}
        diary.do("minh", "tablets.begin_pairing", **opened)
        paired = {"given_sha256": address, "fresh_sha256": key, "name": name, "pin_hash": hashed(secrets.token_hex(8))}
        tablet_id = diary.do("system", "tablets.pair", **paired)["tablet_id"]
    with diary.at(diary.workday(1), 17, number):
        diary.do(username, "tablets.tell", tablet_id=tablet_id, battery=battery, charging=charging)
    if lost:
        with diary.at(diary.workday(1), 17, 30):
            diary.do("minh", "tablets.lose", tablet_id=tablet_id)


def _show(diary: Diary) -> None:
    """The public sittings of the council: the one that was held, with its minutes, and the opening of today's session."""
    council = Meeting.body_id == diary.body("HĐND")
    public = (Meeting.state == "held") | (Meeting.sitting == "opening")
    with reading() as session:
        shown = list(session.scalars(select(Meeting.id).where(council, public, ~Meeting.closed).order_by(Meeting.starts_at)))
    with diary.at(diary.workday(1), 10):
        for meeting_id in shown:
            diary.do("lan", "opendata.show_sitting", meeting_id=meeting_id)
