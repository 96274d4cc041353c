"""What bodies and people set, the pages and resources that show it, and who may."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting import jobs
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.notify.models import BodyChoice, Notification
from tests.conftest import Council, Program
from tests.notify.conftest import Do, Postman, ready, told
from tests.notify.test_sms import body_settings

Client = Callable[[str], FlaskClient]
Api = Callable[[str], Program]


def test_what_the_body_sets_is_what_people_get(do: Do, council: Council, postman: Postman) -> None:
    cell = {"body_id": council.body("UBND"), "group": "invitations", "role": "member"}
    do("minh", "notify.set_cell", **cell, channels=["inbox"])
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    assert [str(each["To"]) for each in postman.letters] == [
        "hung@giangbien.example",
        "minh@giangbien.example",
    ]  # chair, secretary
    assert told(council, "hoa") == ["meeting_issued"]


def test_a_cell_is_recorded_with_what_it_was(do: Do, council: Council) -> None:
    cell = {"body_id": council.body("UBND"), "group": "papers", "role": "officer"}
    do("minh", "notify.set_cell", **cell, channels=["sms", "inbox"])
    do("minh", "notify.set_cell", **cell, channels=["inbox", "sms"])

    (entry,) = council.all(select(Entry).where(Entry.event == Event.CHANNELS_SET))

    assert entry.facts == {**cell, "before": ["inbox", "mail", "push"], "after": ["inbox", "sms"]}
    assert council.all(select(BodyChoice.channels)) == ["inbox sms"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"channels": ["mail"]}, "inbox_obligatory"),
        ({"channels": ["inbox", "fax"]}, "channel_unknown"),
        ({"group": "gossip"}, "channel_unknown"),
        ({"role": "king"}, "channel_unknown"),
        ({"body_id": 99}, "not_found"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(do: Do, council: Council, changed: dict[str, Any], code: str) -> None:
    cell = {"body_id": council.body("UBND"), "group": "invitations", "role": "member", "channels": ["inbox"], **changed}

    with pytest.raises(Refused) as refused:
        do("minh", "notify.set_cell", **cell)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("hoa", "forbidden"),
        ("dung", "forbidden"),
        ("van", "forbidden"),
        ("hung", "forbidden"),
        ("khach", "not_found"),
        ("admin", "not_found"),
    ],
)
def test_only_the_secretariat_sets_a_body(do: Do, council: Council, api: Api, username: str, code: str) -> None:
    cell = {"body_id": council.body("UBND"), "group": "papers", "role": "member", "channels": ["inbox"]}

    for act, wanted in (("notify.set_cell", cell), ("notify.set_body", body_settings(council))):
        with pytest.raises(Refused) as refused:
            do(username, act, **wanted)
        assert refused.value.code == code
    assert api(username).get(f"/bodies/{council.body('UBND')}/channels")[0] == (403 if code == "forbidden" else 404)
    assert council.all(select(Entry).where(Entry.event == Event.CHANNELS_SET)) == []


def test_the_party_is_set_by_its_own_secretariat_only(do: Do, council: Council) -> None:
    with pytest.raises(Refused) as refused:
        do("minh", "notify.set_body", **body_settings(council, body_id=council.body("Đảng ủy")))

    assert refused.value.code == "not_found"


def test_the_settings_of_a_body_are_recorded_only_when_they_change(do: Do, council: Council, api: Api) -> None:
    assert do("minh", "notify.set_body", **body_settings(council)) == {"changed": []}

    changed = do("minh", "notify.set_body", **body_settings(council, quiet_starts="20:30", paper_days="5, 2"))

    assert changed == {"changed": ["paper_days", "quiet_starts"]}
    (entry,) = council.all(select(Entry).where(Entry.event == Event.CHANNELS_SET))
    assert entry.facts["before"] == {"paper_days": "3 1 0", "quiet_starts": "21:00"}
    heard = api("minh").get(f"/bodies/{council.body('UBND')}/channels")[1]
    assert (heard["quiet_starts"], heard["paper_days"]) == ("20:30", [5, 2])
    assert heard["matrix"]["guest"]["invitations"] == ["inbox", "mail", "sms", "push"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"paper_days": [3, 3]}, "steps_wrong"),
        ({"answer_days": [31]}, "steps_wrong"),
        ({"quiet_starts": "25:00"}, "malformed"),
        ({"quiet_starts": ""}, "quiet_hours_wrong"),
        ({"sms_parts": 9}, "malformed"),
        ({"head_unit": "weeks"}, "malformed"),
        ({"paper_days": "ba"}, "malformed"),
    ],
)
def test_settings_that_make_no_sense_are_refused(do: Do, council: Council, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        do("minh", "notify.set_body", **body_settings(council, **changed))

    assert refused.value.code == code


def test_a_person_switches_off_mail_and_keeps_the_inbox(do: Do, council: Council, postman: Postman, api: Api) -> None:
    do("hoa", "notify.set_own_cell", group="invitations", channels=["inbox"])
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    assert postman.to("hoa@giangbien.example") == []
    assert len(postman.to("tuan@giangbien.example")) == 1
    assert told(council, "hoa") == ["meeting_issued"]
    assert api("hoa").get("/channels")[1]["matrix"]["invitations"] == ["inbox"]
    assert "mail" in api("tuan").get("/channels")[1]["matrix"]["invitations"]


def test_who_wants_nothing_of_a_group_is_not_told_at_all(do: Do, council: Council) -> None:
    do("hoa", "notify.set_own_cell", group="conclusions", channels=[])
    do("tuan", "notify.set_own_cell", group="conclusions", channels=["mail"])

    assert council.all(select(Notification)) == []


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"group": "invitations", "channels": ["mail"]}, "inbox_obligatory"),
        ({"group": "conclusions", "channels": ["inbox", "sms"]}, "channel_not_allowed"),
        ({"group": "gossip", "channels": []}, "channel_unknown"),
        ({"group": "papers", "channels": ["pigeon"]}, "channel_unknown"),
    ],
)
def test_nobody_chooses_beyond_what_the_office_opened(do: Do, council: Council, wanted: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        do("hoa", "notify.set_own_cell", **wanted)

    assert refused.value.code == code


def test_own_quiet_hours_come_on_top(do: Do, council: Council, api: Api) -> None:
    do("hoa", "notify.set_own_quiet", quiet_starts="12:00", quiet_ends="13:30")

    assert api("hoa").get("/channels")[1]["quiet_starts"] == "12:00"
    for wrong in ({"quiet_starts": "12:00"}, {"quiet_starts": "12:00", "quiet_ends": "12:00"}):
        with pytest.raises(Refused) as refused:
            do("hoa", "notify.set_own_quiet", **wrong)
        assert refused.value.code == "quiet_hours_wrong"


def test_each_channel_says_what_is_missing(api: Api, council: Council, client: Client) -> None:
    heard = {each["channel"]: each for each in api("hoa").get("/channels")[1]["channels"]}

    assert {key for key, each in heard.items() if each["works"]} == {"inbox"}
    assert "MEETING_SMS_URL" in heard["sms"]["missing"][0]
    shown = client("minh").get(f"/channels/{council.body('UBND')}").get_data(as_text=True)
    assert "MEETING_SMTP_URL" in shown
    assert "MEETING_SMTP_URL" not in client("hoa").get("/channels").get_data(as_text=True)


def test_the_pages_are_for_those_who_may(client: Client, council: Council) -> None:
    body = council.body("UBND")

    assert client("minh").get("/channels/body").status_code == 302
    assert [client(who).get(f"/channels/{body}").status_code for who in ("minh", "hoa", "khach")] == [200, 403, 404]
    assert client("hoa").get("/channels/body").status_code == 403
    assert [client(who).get("/channels").status_code for who in ("hoa", "khach", "admin")] == [200, 200, 200]


def test_the_bell_asks_cheaply_and_programs_may_too(do: Do, council: Council, api: Api) -> None:
    assert api("hoa").get("/notifications/unseen") == (200, {"unseen": 0, "newest": 0})
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    heard = api("hoa").get("/notifications/unseen")[1]

    assert heard["unseen"] == 1
    assert heard["newest"] == council.one(select(Notification.id).where(Notification.person_id == council.person("hoa")))


def test_a_body_that_says_comrade_does_so_in_mails(do: Do, council: Council, postman: Postman) -> None:
    from meeting.organization.models import Body

    council.update(Body, council.body("UBND"), address_form="dong_chi")
    do("minh", "agenda.issue", meeting_id=ready(do, council))

    jobs.run_waiting()

    text = next(
        part for part in postman.to("hoa@giangbien.example")[0].walk() if part.get_content_type() == "text/plain"
    ).get_content()
    assert text.startswith("Kính gửi Đồng chí Phan Thị Hoa,")
    assert "trân trọng kính mời đồng chí dự họp" in text
