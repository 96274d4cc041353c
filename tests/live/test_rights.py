"""A socket keeps who it is only as long as rights stand as they were read."""

import pytest
from sqlalchemy import select

from meeting.clock import now
from meeting.errors import Unauthorized
from meeting.events import Event
from meeting.journal import Entry
from meeting.live import sockets
from meeting.organization.models import Account, ApiToken
from meeting.writer import perform


@pytest.fixture
def socket(app, council):
    """Hoa's tablet, connected with her token."""
    sockets._tokens["s1"] = "token-hoa"
    yield "s1"
    for known in (sockets._tokens, sockets._actors):
        known.pop("s1", None)


def test_an_act_looks_nobody_up_twice(socket, monkeypatch):
    first = sockets.actor_of(socket)
    monkeypatch.setattr(sockets, "_looked_up", lambda _sid: pytest.fail("asked again"))

    assert sockets.actor_of(socket) is first


def test_a_token_that_another_process_revoked_ends_at_once(socket, council):
    sockets.actor_of(socket)
    account = council.one(select(Account.id).where(Account.username == "hoa"))
    token = council.one(select(ApiToken.id).where(ApiToken.account_id == account))
    council.update(ApiToken, token, revoked_at=now())
    body = council.body("HĐND")
    perform(
        council.actor("admin"), "organization.set_role", {"person_id": council.person("khach"), "body_id": body, "role": "guest"}
    )

    assert Event.ROLE_GIVEN in council.all(select(Entry.event))
    with pytest.raises(Unauthorized):
        sockets.actor_of(socket)
