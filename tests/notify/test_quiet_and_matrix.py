"""Quiet hours and the matrix: who gets what by which channel, and when."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from meeting.notify.kinds import KINDS
from meeting.notify.matrix import CHANNELS, DEFAULTS, GROUPS, OBLIGATORY, ROLES, channels_for
from meeting.notify.quiet import Quiet, free_at, urgent
from meeting.rulebook.calendar import vietnamese_calendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = vietnamese_calendar(2026)


def local(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "free"),
    [
        (local(7, 9), local(7, 9)),  # Monday morning
        (local(7, 20, 59), local(7, 20, 59)),
        (local(7, 21), local(8, 6)),  # quiet begins
        (local(8, 3), local(8, 6)),
        (local(8, 6), local(8, 6)),  # and ends
        (local(11, 22), local(14, 6)),  # Friday night: over the weekend
        (local(12, 10), local(14, 6)),  # Saturday
        (local(13, 23), local(14, 6)),
        (local(1, 12, month=9), local(3, 6, month=9)),  # National Day and its neighbour
        (local(22, 10, month=8), local(22, 10, month=8)),  # a Saturday that is worked
    ],
)
def test_what_comes_in_quiet_time_goes_out_at_its_end(moment: datetime, free: datetime) -> None:
    assert free_at(moment, [Quiet()], CALENDAR) == free


def test_quiet_hours_of_body_and_person_count_together() -> None:
    own = Quiet(time(6, 0), time(8, 30), days_off=False)

    assert free_at(local(7, 23), [Quiet(), own], CALENDAR) == local(8, 8, 30)
    assert free_at(local(8, 7), [Quiet(), own], CALENDAR) == local(8, 8, 30)


def test_days_off_may_be_disturbed_where_the_body_says_so() -> None:
    assert free_at(local(12, 10), [Quiet(days_off=False)], CALENDAR) == local(12, 10)


def test_who_is_quiet_all_day_is_told_after_a_month_all_the_same() -> None:
    always = [Quiet(time(0, 0), time(12, 0)), Quiet(time(12, 0), time(0, 0))]

    assert free_at(local(2, 9), always, CALENDAR) >= local(2, 9) + timedelta(days=30)


@pytest.mark.parametrize(
    ("group", "begins_in", "expected"),
    [
        ("changes", timedelta(hours=23), True),
        ("changes", timedelta(hours=25), False),
        ("changes", timedelta(hours=-2), True),  # it should have begun
        ("changes", timedelta(days=-2), False),
        ("invitations", timedelta(hours=3), False),
        ("reminders", timedelta(hours=3), False),
    ],
)
def test_only_a_change_of_a_near_meeting_breaks_into_quiet_hours(group: str, begins_in: timedelta, expected: bool) -> None:
    now = local(7, 22)

    assert urgent(group, [now + begins_in], now) is expected


def test_every_group_has_a_kind_and_every_cell_a_default_within_the_channels() -> None:
    assert {words.group for words in KINDS.values()} == set(GROUPS)
    assert set(DEFAULTS) == {(group, role) for group in GROUPS for role in ROLES}
    assert all(cell <= set(CHANNELS) and "inbox" in cell for cell in DEFAULTS.values())


ISSUED, CONCLUDED, DECLINED, OVERDUE = (
    KINDS[kind] for kind in ("meeting_issued", "notice_issued", "invitation_declined", "papers_overdue")
)


@pytest.mark.parametrize(
    ("words", "roles", "of_body", "off", "expected"),
    [
        (ISSUED, ["member"], {}, (), {"inbox", "mail", "sms", "push"}),
        (ISSUED, ["secretary"], {}, (), {"inbox", "mail", "push"}),
        (ISSUED, ["chief"], {}, (), {"inbox", "mail", "push"}),  # counts as the secretariat
        (ISSUED, [], {}, (), {"inbox", "mail", "sms", "push"}),  # a guest
        (ISSUED, ["secretary", "guest"], {}, (), {"inbox", "mail", "push"}),  # invited without a vote
        (ISSUED, ["member"], {("invitations", "member"): ["inbox"]}, (), {"inbox"}),
        (ISSUED, ["member", "chair"], {("invitations", "member"): ["inbox"]}, (), {"inbox", "mail", "sms", "push"}),
        (ISSUED, ["member"], {}, ("sms", "push"), {"inbox", "mail"}),
        (ISSUED, ["member"], {}, ("inbox", "mail", "sms", "push"), {"inbox"}),  # invitations always come
        (CONCLUDED, ["member"], {}, ("inbox",), {"mail"}),
        (CONCLUDED, ["member"], {}, ("inbox", "mail"), set()),
        (DECLINED, ["secretary"], {}, (), {"inbox"}),  # stays inside
        (OVERDUE, ["officer"], {("reminders", "officer"): ["mail"]}, ("mail",), {"inbox"}),  # of those that always come
    ],
)
def test_a_person_gets_what_the_body_opens_less_what_is_switched_off(
    words: object, roles: list[str], of_body: dict[tuple[str, str], list[str]], off: tuple[str, ...], expected: set[str]
) -> None:
    assert channels_for(words, roles, of_body, off) == expected  # type: ignore[arg-type]


def test_what_binds_people_is_obligatory() -> None:
    assert {"invitations", "changes", "approvals", "tasks"} == OBLIGATORY
    assert date(2026, 8, 22) in CALENDAR.worked
