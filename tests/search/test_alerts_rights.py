"""Being told of new hits by the rights of that moment: what may not be read is told when it may, and nobody else hears of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from meeting import clock, config
from meeting.agenda.models import Meeting, Participant
from meeting.conclusions.models import Notice
from meeting.database import reading
from meeting.notify import queries
from meeting.notify.models import Delivery
from meeting.organization.models import Account, Membership, Person
from meeting.search.kept import alerts, saved_queries
from tests.conftest import Council, Program
from tests.search.alerting import LINE, Do, Feed, Save, Write, held, save, sentence, told
from tests.search.grown import on_both

__all__ = ["held", "save"]


@pytest.mark.parametrize("before_saving", [True, False])
def test_a_draft_is_told_when_it_is_issued(
    council: Council, held: int, notice: Write, feed: Feed, save: Save, before_saving: bool
) -> None:
    if not before_saving:
        save()
    notice_id = notice(LINE, meeting_id=held, state="draft")
    feed(held)
    if before_saving:
        save()
    assert alerts.look() == 0
    council.update(Notice, notice_id, state="issued")
    feed(held)

    assert alerts.look() == 1
    assert len(told(council)) == 1


def test_the_desk_that_reads_the_draft_is_told_of_it(held: int, notice: Write, feed: Feed, save: Save) -> None:
    save("minh")
    notice(LINE, meeting_id=held, state="draft")
    feed(held)

    assert alerts.look() == 1


@on_both
def test_what_a_new_role_lets_one_read_is_told_although_nothing_changed_in_it(
    council: Council, do: Do, notice: Write, feed: Feed, save: Save
) -> None:
    party = council.meeting("Đảng ủy", state="held")
    save()
    notice("Chỉnh trang vỉa hè trước đại hội.", body="Đảng ủy", meeting_id=party)
    feed(party)
    assert alerts.look() == 0
    do(
        "admin",
        "organization.set_role",
        person_id=council.person("hoa"),
        body_id=council.body("Đảng ủy"),
        role="clerk",
        starts_on="2026-01-01",
    )

    assert alerts.look() == 1
    assert told(council)[0].facts["found"].startswith("142/TB-ĐU")


def test_a_locked_account_is_told_nothing_and_not_later_either(
    council: Council, held: int, notice: Write, feed: Feed, save: Save
) -> None:
    save()
    account = council.one(select(Account.id).where(Account.username == "hoa"))
    council.update(Account, account, active=False)
    notice(LINE, meeting_id=held)
    feed(held)
    assert alerts.look() == 0
    council.update(Account, account, active=True)

    assert alerts.look() == 0
    assert told(council) == []


def test_what_may_not_be_read_any_more_is_shown_and_counted_nowhere(
    council: Council, held: int, notice: Write, feed: Feed, save: Save, api: Callable[[str], Program], do: Do
) -> None:
    saved_id = save()
    notice_id = notice(LINE, meeting_id=held)
    feed(held)
    alerts.look()
    assert api("hoa").get("/search/saved")[1]["data"][0]["new"] == 1
    assert len(api("hoa").get(f"/search/saved/{saved_id}/hits")[1]["data"]) == 1
    council.update(Notice, notice_id, state="draft")
    feed(held)

    assert api("hoa").get("/search/saved")[1]["data"][0]["new"] == 0
    assert api("hoa").get(f"/search/saved/{saved_id}/hits")[1]["data"] == []
    with reading() as session:
        assert saved_queries.count_new(session, council.actor("hoa")) == 0


def test_of_a_closed_meeting_no_title_leaves_the_application(
    council: Council, held: int, notice: Write, feed: Feed, save: Save
) -> None:
    council.update(Meeting, held, closed=True)
    save()
    notice(LINE, meeting_id=held)
    feed(held)

    assert alerts.look() == 1
    (row,) = told(council)
    assert "142" not in " ".join(sentence(row))
    assert sentence(row)[0] == "Có kết quả mới cho “vỉa hè”"


def test_whose_role_has_ended_is_told_nothing(
    council: Council, held: int, notice: Write, feed: Feed, save: Save, at: Callable[..., None]
) -> None:
    save()
    for key in council.all(select(Membership.id).where(Membership.person_id == council.person("hoa"))):
        council.update(Membership, key, ends_on=date(2026, 1, 2))
    council.update(Participant, _seat(council, held, "hoa"), person_id=council.person("khach"))
    notice(LINE, meeting_id=held)
    feed(held)

    assert alerts.look() == 0
    assert told(council) == []


def _seat(council: Council, meeting_id: int, who: str) -> int:
    seat = select(Participant.id).where(Participant.meeting_id == meeting_id, Participant.person_id == council.person(who))
    return int(council.one(seat))


def test_an_invitation_lets_a_guest_hear_of_what_waited(
    council: Council, held: int, notice: Write, feed: Feed, save: Save, do: Do
) -> None:
    save("khach")
    notice(LINE, meeting_id=held)
    feed(held)
    assert alerts.look() == 0
    council.invite(held, "khach", invited_at=clock.now())
    do("hoa", "search.save", typed="khác")  # nothing is recorded: the round asks only when rights may have changed
    assert alerts.look() == 0
    do("admin", "organization.set_role", person_id=council.person("khach"), body_id=council.body("HĐND"), role="clerk")

    assert alerts.look() == 1


def test_at_night_it_waits_for_the_morning_and_no_desk_sees_it(
    council: Council, held: int, notice: Write, feed: Feed, save: Save, at: Callable[..., None]
) -> None:
    config.use(replace(config.settings(), smtp_url="smtp://localhost"))
    council.update(Person, council.person("hoa"), email="hoa@example.vn")
    save()
    notice(LINE, meeting_id=held)
    feed(held)
    at(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))  # 22:00
    assert alerts.look() == 1

    (sent,) = council.all(select(Delivery))
    assert (sent.state, sent.channel, sent.body_id, sent.meeting_id) == ("held", "mail", None, None)
    with reading() as session:
        assert queries.failed_of_body(session, council.body("UBND")) == []
