"""Turning pages: the right is known for a while, never longer than it holds; browsers keep what they may."""

import io
import os
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from meeting import clock, config
from meeting.documents import serving, store
from meeting.documents.grants import HARMLESS, Grants, grants
from meeting.documents.models import File, Page, packed
from meeting.documents.rules import WIDTHS
from meeting.events import Event
from meeting.invitations.rules import TOKEN_LETTERS
from meeting.organization import passwords
from meeting.organization.identity import hashed
from meeting.organization.models import Membership
from meeting.permissions import Actor
from tests.conftest import MORNING
from tests.counting import asked
from tests.documents.conftest import file_of
from tests.documents.papers import paper


@pytest.fixture
def published(council, do, at):
    """A paper of the UBND's meeting that its members read: (file, SHA-256, meeting)."""
    at(MORNING)
    meeting_id = council.meeting(starts_at=MORNING + timedelta(days=4))
    asked = do(
        "minh", "materials.request", meeting_id=meeting_id, item_id=council.items(meeting_id)[1],
        unit_id=council.unit("kinh_te"), what="Tờ trình dự toán",
    )  # fmt: skip
    ticket = store.take_in(io.BytesIO(paper(2))).ticket
    file_id = do("dung", "documents.receive", ticket=ticket, name="To trinh.pdf")["file_id"]
    council.update(File, file_id, state="ready", page_count=2, pages_done=2)
    digest = file_of(council, file_id).sha256
    for number in (1, 2):
        council.write(Page(file_id=file_id, number=number, width=595, height=842, text="", boxes=packed([]), source="text"))
        for width in WIDTHS:
            path = store.pages_folder(digest) / f"{number}-{width}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(f"page {number} width {width}".encode())
    do("dung", "materials.submit", requirement_id=asked["requirement_id"], file_id=file_id)
    do("minh", "materials.accept", requirement_id=asked["requirement_id"])
    return file_id, digest, meeting_id, asked["requirement_id"]


@pytest.fixture
def questions():
    """Counts what is asked of the store."""
    with asked() as statements:
        yield statements


def url(file_id, number=1, query="w=1200"):
    """The address of a page."""
    return f"/documents/{file_id}/pages/{number}?{query}"


def test_a_member_turns_pages_without_a_question_to_the_store(client, published, questions):
    browser = client("hoa")
    first = browser.get(url(published[0]))
    del questions[:]

    second = browser.get(url(published[0], 2, "w=200"))

    assert (first.status_code, first.data) == (200, b"page 1 width 1200")
    assert (second.status_code, second.data, second.mimetype) == (200, b"page 2 width 240", "image/png")
    assert questions == []
    assert second.headers["Content-Length"] == str(len(second.data))
    assert second.headers["X-Content-Type-Options"] == "nosniff"


def test_what_one_browser_may_see_another_may_not(client, app, published):
    client("hoa").get(url(published[0]))

    assert client("khach").get(url(published[0])).status_code == 404
    assert client("").get(url(published[0])).status_code == 302
    assert app.test_client().get(url(published[0]), headers={"Authorization": "Bearer token-khach"}).status_code == 404
    assert app.test_client().get(url(published[0]), headers={"Authorization": "Bearer token-hoa"}).status_code == 200


@pytest.mark.parametrize("what", ["taken back", "locked", "role ended", "uninvited", "password"])
def test_a_right_that_ends_ends_at_the_next_page(client, council, do, published, what):
    file_id, _, meeting_id, requirement_id = published
    browser = client("hoa")
    assert browser.get(url(file_id)).status_code == 200

    if what == "taken back":
        do("minh", "materials.take_back", requirement_id=requirement_id, reason="Phát nhầm bản")
    elif what == "locked":
        do("admin", "organization.lock_account", person_id=council.person("hoa"))
    elif what == "role ended":
        held = council.all(select(Membership).where(Membership.person_id == council.person("hoa")))
        for each in held:
            do("admin", "organization.end_role", membership_id=each.id)
        do("minh", "agenda.set_participants", meeting_id=meeting_id, remove=[council.person("hoa")])
    elif what == "uninvited":
        do("minh", "agenda.set_participants", meeting_id=meeting_id, remove=[council.person("hoa")])
    else:
        do("admin", "organization.reset_password", person_id=council.person("hoa"), password_hash=passwords.NOBODYS)

    assert browser.get(url(file_id, 2)).status_code in (302, 404)


def test_what_happens_in_a_running_meeting_asks_nothing_anew_unless_it_may_change_a_right(
    client, council, do, published, questions
):
    file_id, _, meeting_id, _ = published
    browser = client("hoa")
    browser.get(url(file_id))
    do("hoa", "discussion.post", meeting_id=meeting_id, text="Tôi thống nhất.")
    del questions[:]

    browser.get(url(file_id, 2))
    harmless = list(questions)
    do("minh", "agenda.edit_item", item_id=council.items(meeting_id)[1], title="Dự toán ngân sách")
    browser.get(url(file_id, 2))

    assert harmless == []
    assert questions != []


def test_a_right_is_asked_for_again_after_ten_minutes_and_on_the_next_day(client, at, published, questions):
    browser = client("hoa")
    browser.get(url(published[0]))
    counted = []
    for later in (timedelta(minutes=9), timedelta(minutes=10), timedelta(hours=15, minutes=59, seconds=30), timedelta(hours=16)):
        del questions[:]
        at(MORNING + later)
        assert browser.get(url(published[0])).status_code == 200
        counted.append(bool(questions))

    assert counted == [False, True, True, True], "MORNING is 8 o'clock: sixteen hours later it is midnight"


def test_a_visitor_is_asked_for_again_after_five_seconds(council, at):
    known = Grants()
    at(MORNING)
    visitor = Actor(account_id=-1, person_id=1, name="Khách", username="1", only_meeting=1)
    asked, _ = known.ask("session=guest", "", 7)
    known.keep(asked, visitor, "ab" * 32)

    at(MORNING + timedelta(seconds=4))
    assert known.ask("session=guest", "", 7)[1] is not None
    at(MORNING + timedelta(seconds=5))
    assert known.ask("session=guest", "", 7)[1] is None


def test_a_guest_by_link_turns_pages_until_the_link_ends(app, council, do, at, published):
    file_id, _, meeting_id, _ = published
    wanted = {"full_name": "Trần Văn Bình", "honorific": "Ông", "position": "Tổ trưởng", "phone": "0900000000"}
    guest = do("minh", "invitations.add_guest", meeting_id=meeting_id, **wanted)["person_id"]
    token = "t" * TOKEN_LETTERS
    link = do("minh", "invitations.make_link", meeting_id=meeting_id, person_id=guest, sha256=hashed(token))["link_id"]
    phone = app.test_client()
    phone.get(f"/g/{token}")

    turned = [phone.get(url(file_id, number)).status_code for number in (1, 2, 1)]
    do("minh", "invitations.revoke_link", link_id=link)

    assert turned == [200, 200, 200]
    assert phone.get(url(file_id, 2)).status_code in (302, 404)


def test_a_guests_link_that_ran_out_opens_no_page_five_seconds_later(app, council, do, at, published):
    file_id, _, meeting_id, _ = published
    wanted = {"full_name": "Trần Văn Bình", "honorific": "Ông", "position": "Tổ trưởng", "phone": "0900000000"}
    guest = do("minh", "invitations.add_guest", meeting_id=meeting_id, **wanted)["person_id"]
    token, ends = "t" * TOKEN_LETTERS, MORNING + timedelta(hours=1)
    made = {"person_id": guest, "sha256": hashed(token), "expires_at": ends.isoformat()}
    do("minh", "invitations.make_link", meeting_id=meeting_id, **made)
    phone = app.test_client()
    phone.get(f"/g/{token}")
    at(ends - timedelta(seconds=1))
    assert phone.get(url(file_id)).status_code == 200

    at(ends + timedelta(seconds=4))

    assert phone.get(url(file_id, 2)).status_code in (302, 404)


def test_an_answer_that_was_overtaken_by_a_change_is_not_kept(council, do):
    known = Grants()
    asked, _ = known.ask("session=x", "", 7)
    do("admin", "organization.add_unit", name="Phòng mới", short_name="PM")

    known.keep(asked, council.actor("hoa"), "ab" * 32)

    assert known.ask("session=x", "", 7)[1] is None


def test_a_change_by_another_process_is_heard(council, store):
    known = Grants()
    asked, _ = known.ask("session=x", "", 7)
    known.keep(asked, council.actor("hoa"), "ab" * 32)
    assert known.ask("session=x", "", 7)[1] is not None

    with sqlite3.connect(store / "storage" / "meeting.db") as other:
        columns = "chain, seq, at, actor_id, event, facts, previous, hash"
        values = "77, 1, '2026-11-23 01:00:00', 0, 'materials.paper_taken_back', '{}', '', ''"
        other.execute(f"INSERT INTO journal ({columns}) VALUES ({values})")
    other.close()

    assert known.ask("session=x", "", 7)[1] is None


def test_harmless_are_only_events_that_give_and_take_no_paper():
    dangerous = {
        Event.ROLE_ENDED, Event.ACCOUNT_CHANGED, Event.PASSWORD_CHANGED, Event.TOKEN_REVOKED, Event.TABLET_REVOKED,
        Event.GUEST_LINK_REVOKED, Event.SUBSTITUTE_WITHDRAWN, Event.PARTICIPANTS_SET, Event.PAPER_TAKEN_BACK, Event.AUDIENCE_SET,
        Event.REQUIREMENT_WAIVED, Event.FILE_REFUSED, Event.ITEM_SET_ASIDE, Event.MEETING_CANCELLED, Event.RESTORED,
    }  # fmt: skip

    assert not dangerous & HARMLESS


def test_a_browser_that_names_the_content_keeps_the_page_for_a_day(client, published):
    file_id, digest, *_ = published
    browser = client("hoa")
    for _ in ("the whole way", "the short way"):
        named = browser.get(url(file_id, 1, f"w=1200&v={digest[:12]}"))
        unnamed = browser.get(url(file_id, 1))
        wrong = browser.get(url(file_id, 1, "w=1200&v=" + "0" * 12))

        assert named.headers["Cache-Control"] == "private, max-age=86400, immutable"
        assert unnamed.headers["Cache-Control"] == wrong.headers["Cache-Control"] == "private, no-cache"
        assert named.data == unnamed.data == wrong.data


def test_a_page_that_a_browser_has_is_not_sent_again_until_it_is_drawn_anew(client, published):
    file_id, digest, *_ = published
    browser = client("hoa")
    tag = browser.get(url(file_id)).headers["ETag"]

    same = browser.get(url(file_id), headers={"If-None-Match": tag})
    path = store.image_path(digest, 1, 1200)
    path.write_bytes(b"drawn anew")
    os.utime(path, ns=(1, 1))
    other = browser.get(url(file_id), headers={"If-None-Match": tag})

    assert (same.status_code, same.data) == (304, b"")
    assert (other.status_code, other.data) == (200, b"drawn anew")


def test_a_head_request_sends_no_bytes(client, published):
    browser = client("hoa")
    browser.get(url(published[0]))

    heard = browser.head(url(published[0]))

    assert (heard.status_code, heard.data, heard.headers["Content-Length"]) == (200, b"", str(len("page 1 width 1200")))


def test_a_page_not_drawn_yet_is_refused_and_one_that_is_not_there_is_missing(client, council, published):
    file_id, *_ = published
    council.update(File, file_id, page_count=3)
    browser = client("hoa")
    browser.get(url(file_id))

    assert browser.get(url(file_id, 3)).status_code == 409
    assert browser.get(url(file_id, 4)).status_code == 404
    assert browser.get(f"/documents/{file_id}/pages/0").status_code == 404


def test_hot_pages_are_bounded_and_never_stale(tmp_path):
    hot = serving.Hot(limit=100)
    for number in range(1, 6):
        path = tmp_path / f"{number}-240.png"
        path.write_bytes(bytes([number]) * 40)
        assert hot.content(picture(path)) == bytes([number]) * 40

    assert hot.held_bytes <= 100
    path.write_bytes(b"new")
    os.utime(path, ns=(5, 5))
    assert hot.content(picture(path)) == b"new"


def picture(path):
    """An image as it lies there now."""
    found = path.stat()
    return serving.Picture(path, found.st_mtime_ns, found.st_size, exact=True)


def test_what_is_known_is_bounded(council, monkeypatch):
    monkeypatch.setattr("meeting.documents.grants.MOST", 3)
    known = Grants()
    for number in range(5):
        asked, _ = known.ask(f"session={number}", "", 7)
        known.keep(asked, council.actor("hoa"), "ab" * 32)

    assert [known.ask(f"session={number}", "", 7)[1] is not None for number in range(5)] == [False, False, True, True, True]


def test_behind_nginx_only_the_right_is_answered(client, published, monkeypatch):
    file_id, digest, *_ = published
    config.use(replace(config.settings(), behind_nginx=True))
    browser = client("hoa")
    for _ in ("the whole way", "the short way"):
        heard = browser.get(url(file_id))

        assert (heard.status_code, heard.data) == (200, b"")
        assert heard.headers["X-Accel-Redirect"] == f"/_store/pages/{digest[:2]}/{digest}/1-1200.png"
    assert client("khach").get(url(file_id)).status_code == 404
    assert "X-Accel-Redirect" not in client("khach").get(url(file_id)).headers


def test_the_clock_of_what_is_known_is_the_councils(council, at):
    at(MORNING)
    asked, _ = grants.ask("session=z", "", 7)
    grants.keep(asked, council.actor("hoa"), "ab" * 32)
    at(MORNING - timedelta(minutes=1))

    assert grants.ask("session=z", "", 7)[1] is None
    assert clock.now() < MORNING
