"""The private feed: whoever holds the address reads it, nobody else; renewed, revoked, cached, limited."""

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Meeting, Participant
from meeting.calendars import views
from meeting.calendars.models import CalendarFeed
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Account
from tests.calendars.conftest import Do, uid
from tests.conftest import Council

Client = Callable[[str], FlaskClient]
TOKEN = "a-token-of-hoa"
DIGEST = sha256(TOKEN.encode()).hexdigest()


def opened(do: Do, username: str = "hoa", token: str = TOKEN, **wanted: bool) -> str:
    do(username, "calendars.open_feed", sha256=sha256(token.encode()).hexdigest(), **wanted)
    return f"/feed/{token}.ics"


def titles(client: Client, path: str) -> list[str]:
    heard = client("").get(path)
    assert heard.status_code == 200
    return [str(each["summary"]) for each in Calendar.from_ical(heard.data).walk("VEVENT")]


def test_the_page_gives_the_address_once_and_keeps_only_its_digest(council: Council, client: Client) -> None:
    browser = client("hoa")
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/calendar/feed").text)
    assert token

    made = browser.post("/calendar/feed", data={"csrf_token": token[1]}).text

    found = re.search(r"http://[^<\"]+/feed/([\w-]{43})\.ics", made)
    assert found
    assert council.all(select(CalendarFeed.sha256)) == [sha256(found[1].encode()).hexdigest()]
    assert found[1] not in browser.get("/calendar/feed").text
    assert found[1] not in str([each.facts for each in council.all(select(Entry))])
    assert client("").get(f"/feed/{found[1]}.ics").status_code == 200


def test_the_feed_holds_one_s_own_meetings_under_the_uid_of_the_mail(
    council: Council, issued: int, do: Do, client: Client
) -> None:
    council.meeting("HĐND")
    path = opened(do, "hung", "hung")

    (event,) = Calendar.from_ical(client("").get(path).data).walk("VEVENT")

    assert (event["uid"], event["url"]) == (uid(council, issued, "hung"), f"https://hop.example/meetings/{issued}")


def test_the_past_90_days_and_all_to_come(council: Council, do: Do, client: Client) -> None:
    for days in (-100, -80, 0, 400):
        meeting_id = council.meeting(starts_at=clock.now() + timedelta(days=days), state="held" if days < 0 else "issued")
        council.update(Meeting, meeting_id, title=f"{days}")

    assert titles(client, opened(do)) == ["-80", "0", "400"]


def test_drafts_and_meetings_called_off_are_left_out(council: Council, do: Do, client: Client) -> None:
    for state in ("draft", "approved", "cancelled", "postponed"):
        council.meeting(state=state)

    assert titles(client, opened(do)) == []


def test_party_meetings_only_by_invitation(council: Council, do: Do, client: Client) -> None:
    meeting_id = council.meeting("Đảng ủy")

    secretary, member = titles(client, opened(do, "minh", "m")), titles(client, opened(do, "hung", "h"))

    assert (secretary, member) == ([], ["Phiên họp Đảng ủy"])
    council.invite(meeting_id, "minh")
    assert titles(client, "/feed/m.ics") == ["Phiên họp Đảng ủy"]


def test_a_closed_meeting_says_only_when_it_is(council: Council, do: Do, client: Client) -> None:
    meeting_id = council.meeting(closed=True)

    written = client("").get(opened(do)).text
    with_titles = titles(client, opened(do, "hoa", "other", shows_closed=True))

    assert "SUMMARY:Họp\r\n" in written
    assert "Phiên họp UBND" not in written
    assert "Phòng họp 1" not in written
    assert with_titles == ["Phiên họp UBND"]
    assert f"/meetings/{meeting_id}" in written


def test_it_needs_no_cookie_and_gives_none(council: Council, do: Do, client: Client) -> None:
    heard = client("").get(opened(do))

    assert "Set-Cookie" not in heard.headers
    assert heard.mimetype == "text/calendar"
    assert "private" in heard.headers["Cache-Control"]
    assert "METHOD" not in heard.text
    assert "ATTENDEE" not in heard.text


def test_what_did_not_change_is_not_sent_again(council: Council, issued: int, do: Do, client: Client) -> None:
    path = opened(do)
    first = client("").get(path)

    same = client("").get(path, headers={"If-None-Match": first.headers["ETag"]})
    since = client("").get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    do("minh", "agenda.edit", meeting_id=issued, place="Hội trường")
    changed = client("").get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, since.status_code, changed.status_code) == (304, 304, 200)
    assert same.data == b""


def test_a_new_address_ends_the_old_one(council: Council, do: Do, client: Client) -> None:
    old, new = opened(do), opened(do, token="another")

    assert (client("").get(old).status_code, client("").get(new).status_code) == (404, 200)
    told = [each.facts["renewed"] for each in council.all(select(Entry).where(Entry.event == Event.FEED_OPENED))]
    assert told == [False, True]


def test_a_revoked_address_ends_at_once(council: Council, do: Do, client: Client) -> None:
    path = opened(do)

    do("hoa", "calendars.revoke_feed")

    assert client("").get(path).status_code == 404
    assert len(council.all(select(Entry).where(Entry.event == Event.FEED_REVOKED))) == 1
    with pytest.raises(Refused, match="no_feed"):
        do("hoa", "calendars.revoke_feed")


def test_nobody_revokes_for_another(council: Council, do: Do, client: Client) -> None:
    path = opened(do)

    with pytest.raises(Refused, match="no_feed"):
        do("tuan", "calendars.revoke_feed")

    assert client("").get(path).status_code == 200


def test_the_feed_of_a_locked_account_is_closed(council: Council, do: Do, client: Client) -> None:
    path = opened(do)

    council.update(Account, council.one(select(Account.id).where(Account.username == "hoa")), active=False)

    assert client("").get(path).status_code == 404


def test_who_is_taken_off_the_list_no_longer_reads_of_it(council: Council, issued: int, do: Do, client: Client) -> None:
    path = opened(do)
    before = titles(client, path)

    do("minh", "agenda.set_participants", meeting_id=issued, remove=[council.person("hoa")])

    assert (before, titles(client, path)) == (["Phiên họp tháng 12"], [])


def test_a_declined_meeting_leaves_the_time_free(council: Council, issued: int, do: Do, client: Client) -> None:
    path = opened(do)
    do("hoa", "agenda.reply", meeting_id=issued, reply="declined", reason="Ốm")

    assert "TRANSP:TRANSPARENT" in client("").get(path).text
    assert council.all(select(Participant.id)) != []


def test_fetching_is_limited(council: Council, do: Do, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "FEED_PER_ADDRESS", views.parse("2 per hour"))
    monkeypatch.setattr(views, "FEEDS_PER_PLACE", views.parse("4 per hour"))
    path = opened(do)

    statuses = [client("").get(path).status_code for _ in range(3)]
    guessing = [client("").get(f"/feed/guess{n}.ics").status_code for n in range(2)]

    assert (statuses, guessing) == ([200, 200, 429], [404, 429])


def test_the_owner_sees_when_it_was_fetched(council: Council, do: Do, client: Client) -> None:
    path = opened(do)
    client("").get(path)

    assert council.one(select(CalendarFeed.read_at)) is not None
    assert "chưa" not in client("hoa").get("/calendar/feed").text.split("<dl")[1].split("</dl>")[0]


def test_a_digest_is_asked_for_and_nothing_else(council: Council, do: Do) -> None:
    with pytest.raises(Refused, match="malformed"):
        do("hoa", "calendars.open_feed", sha256="the token itself")
