"""Guests without an account: a personal link opens one meeting and nothing else, until it ends."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting import database
from meeting.acts import REGISTRY, VISITORS_MAY
from meeting.agenda.models import Item, Participant
from meeting.errors import Missing, Refused
from meeting.invitations import queries
from meeting.invitations.keys import ACTS, ENDPOINTS
from meeting.invitations.models import GuestLink
from meeting.journal import Entry
from meeting.organization.identity import hashed
from meeting.organization.models import Account, Person
from meeting.web import doors
from meeting.web.sockets import NAMESPACE, socketio
from meeting.writer import answer
from tests.conftest import MORNING, Council, Program

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], FlaskClient]
TOKEN = "t" * 43


def refused(do: Do, *arguments: Any, **wanted: Any) -> str:
    with pytest.raises(Refused) as caught:
        do(*arguments, **wanted)
    return caught.value.code


@pytest.fixture
def meeting(council: Council, at: Any) -> int:
    """An issued UBND meeting tomorrow from 8:00 to 11:00."""
    at(MORNING)
    return council.meeting(starts_at=MORNING + timedelta(days=1))


@pytest.fixture
def binh(council: Council, do: Do, meeting: int) -> int:
    """The head of a residential group, a guest who has no account."""
    wanted = {"full_name": "Trần Văn Bình", "honorific": "Ông", "position": "Tổ trưởng Tổ dân phố số 5", "phone": "0900000000"}
    return int(do("minh", "invitations.add_guest", meeting_id=meeting, **wanted)["person_id"])


@pytest.fixture
def link(do: Do, meeting: int, binh: int) -> int:
    """Bình's personal link."""
    return int(do("minh", "invitations.make_link", meeting_id=meeting, person_id=binh, sha256=hashed(TOKEN))["link_id"])


@pytest.fixture
def visitor(app: Flask, link: int) -> FlaskClient:
    """Bình's telephone, after a tap on the link."""
    browser = app.test_client()
    answer_to_tap = browser.get(f"/g/{TOKEN}")
    assert (answer_to_tap.status_code, answer_to_tap.headers["Location"]) == (303, "/guest")
    return browser


def act(browser: FlaskClient, name: str, **wanted: Any) -> tuple[int, Any]:
    found = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/guest").text)
    assert found
    heard = browser.post(f"/api/v1/acts/{name}", json=wanted, headers={"X-CSRFToken": found[1]})
    return heard.status_code, heard.get_json()


# making and ending


def test_a_guest_is_put_on_file_and_on_the_list_in_one_go(council: Council, meeting: int, binh: int) -> None:
    row = council.one(select(Participant).where(Participant.meeting_id == meeting, Participant.person_id == binh))
    assert (row.voting, row.invited_at is not None) == (False, True)
    assert council.one(select(Account.id).where(Account.person_id == binh)) is None


def test_only_the_hash_of_the_token_is_kept(council: Council, meeting: int, link: int) -> None:
    row = council.one(select(GuestLink))
    assert (row.sha256, row.expires_at) == (hashed(TOKEN), MORNING + timedelta(days=2, hours=3))
    told = council.all(select(Entry).where(Entry.event == "invitations.guest_link_made"))
    assert TOKEN not in str(told[0].facts)
    assert row.sha256 not in str(told[0].facts)


@pytest.mark.parametrize(
    ("who", "guest", "more", "code"),
    [
        ("minh", "hoa", {}, "link_for_guests"),
        ("minh", "khach", {}, "link_for_account"),
        ("minh", "dung", {}, "not_invited"),
        ("minh", "binh", {"expires_at": (MORNING - timedelta(hours=1)).isoformat()}, "link_past"),
        ("minh", "binh", {"expires_at": (MORNING + timedelta(days=90)).isoformat()}, "link_too_long"),
        ("minh", "binh", {"sha256": "abc"}, "malformed"),
        ("hung", "binh", {}, "forbidden"),
        ("hoa", "binh", {}, "forbidden"),
        ("lan", "binh", {}, "not_found"),
    ],
)
def test_who_gets_a_link_and_who_makes_it(
    council: Council, do: Do, meeting: int, binh: int, who: str, guest: str, more: dict[str, Any], code: str
) -> None:
    council.invite(meeting, "khach")
    person = binh if guest == "binh" else council.person(guest)
    wanted = {"meeting_id": meeting, "person_id": person, "sha256": "a" * 64, **more}

    assert refused(do, who, "invitations.make_link", **wanted) == code


@pytest.mark.parametrize(("state", "code"), [("draft", "link_not_issued"), ("held", "link_over"), ("cancelled", "link_over")])
def test_links_belong_to_meetings_that_are_coming(council: Council, do: Do, state: str, code: str) -> None:
    meeting = council.meeting(state=state)
    (person,) = council.write(Person(full_name="Lý Thị Nga"))
    council.write(Participant(meeting_id=meeting, person_id=person, voting=False))

    assert refused(do, "minh", "invitations.make_link", meeting_id=meeting, person_id=person, sha256="a" * 64) == code


def test_a_new_link_ends_the_former_one(app: Flask, do: Do, meeting: int, binh: int, link: int) -> None:
    do("minh", "invitations.make_link", meeting_id=meeting, person_id=binh, sha256=hashed("n" * 43))

    assert app.test_client().get(f"/g/{TOKEN}").status_code == 404
    assert app.test_client().get("/g/" + "n" * 43).status_code == 303


def test_a_revoked_link_closes_the_open_page_at_once(do: Do, visitor: FlaskClient, link: int) -> None:
    assert visitor.get("/guest").status_code == 200
    assert refused(do, "hoa", "invitations.revoke_link", link_id=link) == "forbidden"
    assert refused(do, "lan", "invitations.revoke_link", link_id=link) == "not_found"

    do("minh", "invitations.revoke_link", link_id=link)
    do("minh", "invitations.revoke_link", link_id=link)

    assert visitor.get("/guest").status_code == 302
    assert visitor.get(f"/g/{TOKEN}").status_code == 404


def test_a_link_runs_out_by_itself(visitor: FlaskClient, at: Any) -> None:
    at(MORNING + timedelta(days=2, hours=4))

    assert visitor.get("/guest").status_code == 302
    assert visitor.get(f"/g/{TOKEN}").status_code == 404


def test_a_guest_taken_off_the_list_has_no_link_any_more(do: Do, meeting: int, binh: int, visitor: FlaskClient) -> None:
    do("minh", "agenda.set_participants", meeting_id=meeting, remove=[binh])

    assert visitor.get("/guest").status_code == 302


def test_every_use_is_recorded(council: Council, meeting: int, visitor: FlaskClient) -> None:
    visitor.get(f"/g/{TOKEN}")

    assert council.one(select(GuestLink.uses)) == 2
    used = council.all(select(Entry).where(Entry.chain == meeting, Entry.event == "invitations.guest_link_used"))
    assert [each.facts["address"] for each in used] == ["127.0.0.1", "127.0.0.1"]


def test_guessing_is_slowed_down(app: Flask, council: Council) -> None:
    browser = app.test_client()
    statuses = [browser.get(f"/g/{number:043d}").status_code for number in range(31)]

    assert statuses[:30] == [404] * 30
    assert statuses[30] == 429


def test_the_secretary_gets_the_address_once(client: Client, council: Council, meeting: int, binh: int) -> None:
    browser = client("minh")
    page = browser.get(f"/meetings/{meeting}/invitations").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token

    shown = browser.post(f"/meetings/{meeting}/guest-links/{binh}", data={"csrf_token": token[1]})

    found = re.search(r"/g/([\w-]{43})", shown.text)
    assert found
    assert council.one(select(GuestLink.sha256)) == hashed(found[1])
    assert found[1] not in browser.get(f"/meetings/{meeting}/invitations").text


def test_links_are_listed_for_the_office_without_their_keys(meeting: int, link: int, api: Callable[[str], Program]) -> None:
    status, body = api("minh").get(f"/meetings/{meeting}/guest-links")
    assert (status, body["data"][0]["uses"], body["data"][0]["open"]) == (200, 0, True)
    assert hashed(TOKEN) not in str(body)
    assert api("hoa").get(f"/meetings/{meeting}/guest-links")[0] == 403
    assert api("lan").get(f"/meetings/{meeting}/guest-links")[0] == 404


def test_somebody_signed_in_is_asked_before_the_link_takes_the_browser(client: Client, link: int) -> None:
    browser = client("hoa")

    shown = browser.get(f"/g/{TOKEN}")

    assert (shown.status_code, "Trần Văn Bình" in shown.text) == (200, True)
    assert browser.get("/profile").status_code == 200


# what the guest finds


def test_the_guest_reads_the_programme_answers_and_writes_an_opinion(
    council: Council, meeting: int, binh: int, visitor: FlaskClient
) -> None:
    page = visitor.get("/guest").text
    assert "Nội dung 1" in page
    assert "Phòng họp 1" in page

    assert act(visitor, "agenda.mark_seen", meeting_id=meeting)[0] == 200
    assert act(visitor, "agenda.reply", meeting_id=meeting, reply="accepted")[0] == 200
    assert act(visitor, "discussion.post", meeting_id=meeting, text="Đề nghị làm sớm")[0] == 200
    row = council.one(select(Participant).where(Participant.meeting_id == meeting, Participant.person_id == binh))
    assert (row.reply, row.seen_at is not None) == ("accepted", True)
    assert "Đề nghị làm sớm" in visitor.get("/guest").text


def test_a_guest_of_single_items_sees_only_those(council: Council, meeting: int, binh: int, visitor: FlaskClient) -> None:
    items = council.items(meeting)
    row = council.one(select(Participant.id).where(Participant.meeting_id == meeting, Participant.person_id == binh))
    council.update(Participant, row, item_ids=[items[1]])

    page = visitor.get("/guest").text
    assert "Nội dung 2" in page
    assert "Nội dung 1" not in page
    assert "Nội dung 3" not in page
    assert act(visitor, "discussion.post", meeting_id=meeting, item_id=items[0], text="x")[0] == 404
    assert act(visitor, "discussion.post", meeting_id=meeting, item_id=items[1], text="x")[0] == 200


def test_a_guest_of_single_items_does_not_get_the_paper_that_names_all(
    council: Council, meeting: int, binh: int, visitor: FlaskClient, do: Callable[..., dict[str, Any]]
) -> None:
    paper = do("minh", "invitations.draft", meeting_id=meeting)["invitation_id"]
    do("minh", "invitations.sign", invitation_id=paper)
    do("van", "invitations.issue", invitation_id=paper)
    actor = replace(council.actor("khach"), person_id=binh, roles=frozenset(), only_meeting=meeting)
    row = council.one(select(Participant.id).where(Participant.meeting_id == meeting, Participant.person_id == binh))

    with database.reading() as session:
        assert queries.readable_paper(session, actor, paper).id == paper  # invited to the whole meeting
    council.update(Participant, row, item_ids=[council.items(meeting)[1]])

    with database.reading() as session, pytest.raises(Missing):
        queries.readable_paper(session, actor, paper)
    assert "/GM-UBND" not in visitor.get("/guest").text


def test_the_guests_page_leads_nowhere_else(council: Council, meeting: int, visitor: FlaskClient) -> None:
    page = visitor.get("/guest").text
    addresses = {
        each for each in re.findall(r'href="(/[^"#?]*)', page) if not each.startswith(("/static", "/manifest", "/source"))
    }

    assert {each for each in addresses if visitor.get(each).status_code == 404} == set()


def filled(rule: Any, meeting: int, item: int, person: int) -> str:
    path = str(rule.rule)
    path = re.sub(r"<int:meeting_id>", str(meeting), path)
    path = re.sub(r"<int:item_id>", str(item), path)
    path = re.sub(r"<int:person_id>", str(person), path)
    return re.sub(r"<(?:[^:>]+(?:\([^)]*\))?:)?[^>]+>", "1", path)


def test_no_other_page_and_no_other_resource_opens(
    app: Flask, council: Council, meeting: int, binh: int, visitor: FlaskClient
) -> None:
    other = council.meeting("HĐND")
    open_to_all = {name for name, view in app.view_functions.items() if getattr(view, "open_to_all", False)} | {
        "static",
        "healthz",
    }
    tried = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in open_to_all | ENDPOINTS:
            continue
        for mine in (meeting, other):
            found = visitor.get(filled(rule, mine, council.items(mine)[0], binh))
            led = found.status_code == 302 and found.headers["Location"] == "/guest"
            assert found.status_code == 404 or led, (rule.rule, found.status_code)
            tried += 1
    assert tried > 100


def test_no_other_act_can_be_done(council: Council, meeting: int, visitor: FlaskClient) -> None:
    who = doors.visitors.by_key(str(council.one(select(GuestLink.id))))
    assert who is not None
    for name in REGISTRY:
        heard = answer(who, name, {"meeting_id": meeting})
        if name not in VISITORS_MAY:
            assert heard.status in (404, 422), (name, heard)
    assert VISITORS_MAY == ACTS


def test_another_meeting_of_the_same_guest_stays_closed(council: Council, meeting: int, binh: int, visitor: FlaskClient) -> None:
    other = council.meeting("HĐND")
    council.write(Participant(meeting_id=other, person_id=binh, voting=False, invited_at=MORNING))
    item = council.one(select(Item.id).where(Item.meeting_id == other))

    assert act(visitor, "agenda.reply", meeting_id=other, reply="accepted")[0] == 404
    assert act(visitor, "discussion.post", meeting_id=other, text="x")[0] == 404
    assert act(visitor, "discussion.post", meeting_id=other, item_id=item, text="x")[0] == 404


def test_a_link_is_no_account(council: Council, visitor: FlaskClient) -> None:
    assert visitor.get("/profile").status_code == 404
    assert act(visitor, "organization.change_password", old="x", new="y")[0] in (404, 422)
    assert visitor.get("/api/v1/people").status_code == 404
    assert visitor.get("/search?q=phien").status_code == 404


def test_the_live_room_stays_closed_for_a_link(app: Flask, client: Client, visitor: FlaskClient) -> None:
    sockets = [socketio.test_client(app, namespace=NAMESPACE, flask_test_client=each) for each in (client("hoa"), visitor)]

    assert [each.is_connected(NAMESPACE) for each in sockets] == [True, False]
