"""The rules of preparing a meeting, each with its source."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from meeting.agenda import rules
from meeting.agenda.models import STATES
from meeting.errors import Refused
from meeting.rulebook.calendar import vietnamese_calendar
from meeting.rulebook.deadlines import Notice, Span, WorkCalendar, clash, due_at, due_on, item_times, working_days_before

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR_2026 = vietnamese_calendar(2026)
PLAIN = WorkCalendar()


@pytest.mark.parametrize(
    ("held_on", "days", "due"),
    [
        (date(2026, 5, 4), 2, date(2026, 4, 28)),  # 1/5, 30/4 and the weekend lie between
        (date(2026, 5, 4), 3, date(2026, 4, 24)),  # 27/4 is the day off for Giỗ Tổ on a Sunday
        (date(2026, 5, 4), 5, date(2026, 4, 22)),
        (date(2026, 9, 3), 2, date(2026, 8, 27)),  # 31/8 is off by a swap, 1/9 and 2/9 by law
        (date(2026, 8, 24), 1, date(2026, 8, 22)),  # the Saturday that was worked for it
        (date(2026, 2, 23), 1, date(2026, 2, 13)),  # Tết
        (date(2026, 11, 23), 2, date(2026, 11, 19)),  # an ordinary Monday
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_are_counted_back_without_the_day_of_the_meeting(held_on: date, days: int, due: date) -> None:
    assert working_days_before(held_on, days, YEAR_2026) == due


def test_calendar_days_are_counted_as_they_are() -> None:
    assert due_on(date(2026, 12, 10), Notice(15, "calendar"), YEAR_2026) == date(2026, 11, 25)
    assert due_on(date(2026, 12, 10), Notice(20, "calendar"), YEAR_2026) == date(2026, 11, 20)


def test_a_due_day_ends_with_office_hours_at_17_local() -> None:
    starts_at = datetime(2026, 5, 4, 8, 0, tzinfo=LOCAL)

    due = due_at(starts_at, Notice(2), YEAR_2026)

    assert due == datetime(2026, 4, 28, 17, 0, tzinfo=LOCAL)
    assert due.astimezone(UTC) == datetime(2026, 4, 28, 10, 0, tzinfo=UTC)


def test_without_notice_things_are_due_when_the_meeting_begins() -> None:
    starts_at = datetime(2026, 5, 4, 8, 0, tzinfo=LOCAL)

    assert due_at(starts_at, Notice(0), YEAR_2026) == starts_at


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Span(at(8), at(10)), Span(at(9), at(11)), True),
        (Span(at(8), at(10)), Span(at(10), at(11)), False),
        (Span(at(8)), Span(at(11, 59), at(13)), True),  # without an end: half a day
        (Span(at(8)), Span(at(12), at(13)), False),
        (Span(at(9), at(10)), Span(at(8), at(11)), True),
    ],
)
def test_meetings_clash_when_their_times_overlap(one: Span, other: Span, expected: bool) -> None:
    assert clash(one, other) is expected
    assert clash(other, one) is expected


def test_items_begin_when_those_before_them_are_expected_to_end() -> None:
    assert item_times(at(8), [20, 50, 0]) == [at(8), at(8, 20), at(9, 10)]


ALLOWED = {
    "submit": {"draft", "rejected", "postponed"},
    "approve": {"submitted"},
    "reject": {"submitted"},
    "issue": {"draft", "approved", "postponed"},
    "postpone": {"draft", "submitted", "rejected", "approved", "issued"},
    "cancel": {"draft", "submitted", "rejected", "approved", "issued", "postponed"},
    "archive": {"held"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", sorted(ALLOWED))
def test_each_verb_works_only_from_its_states(verb: str, state: str) -> None:
    assert rules.may_step(verb, state) is (state in ALLOWED[verb])
    if state not in ALLOWED[verb]:
        with pytest.raises(Refused) as refused:
            rules.step(verb, state)
        assert (refused.value.code, refused.value.facts) == ("wrong_state", {"state": f"state_{state}"})


def test_every_state_has_a_name() -> None:
    assert set(rules.STATE_NAMES) == set(STATES)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("submitted", "programme_with_chair"),
        ("held", "meeting_begun"),
        ("cancelled", "meeting_begun"),
        ("in_session", "meeting_begun"),
    ],
)
def test_preparation_is_closed_while_the_chair_has_it_and_once_it_began(state: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_editable(state)

    assert refused.value.code == code


def test_some_things_may_change_while_the_meeting_runs() -> None:
    rules.check_editable("in_session", in_session=True)
    rules.check_editable("paused", in_session=True)
    with pytest.raises(Refused):
        rules.check_editable("held", in_session=True)


def test_an_approved_programme_that_changes_must_be_approved_again_where_approval_is_demanded() -> None:
    assert rules.after_change("approved", needs_approval=True) == "draft"
    assert rules.after_change("approved", needs_approval=False) == "approved"
    assert rules.after_change("issued", needs_approval=True) == "issued"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"items": 0, "chair": True, "place": "P1", "people": 3}, "no_items"),
        ({"items": 1, "chair": False, "place": "P1", "people": 3}, "no_chair"),
        ({"items": 1, "chair": True, "place": " ", "people": 3}, "no_place"),
        ({"items": 1, "chair": True, "place": "P1", "people": 0}, "no_participants"),
    ],
)
def test_an_invitation_must_say_who_where_and_what(facts: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_ready(**facts)  # type: ignore[arg-type]

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("state", "needs_approval", "expected"),
    [
        ("draft", False, "issued"),
        ("approved", True, "issued"),
        ("postponed", False, "issued"),
        ("draft", True, "needs_approval"),
        ("postponed", True, "needs_approval"),
        ("submitted", True, "needs_approval"),
        ("submitted", False, "wrong_state"),
        ("issued", False, "wrong_state"),
    ],
)
def test_issuing_waits_for_the_chair_only_where_the_type_demands_it(state: str, needs_approval: bool, expected: str) -> None:
    try:
        found = rules.check_issue(state, needs_approval)
    except Refused as refused:
        found = refused.code

    assert found == expected


@pytest.mark.parametrize(
    ("state", "reply", "reason", "code"),
    [
        ("issued", "accepted", "", None),
        ("issued", "declined", "Đi công tác", None),
        ("issued", "declined", "  ", "reason_needed"),  # NQ 104/2025 Điều 9.1
        ("draft", "accepted", "", "replies_closed"),
        ("in_session", "accepted", "", "replies_closed"),
        ("cancelled", "accepted", "", "replies_closed"),
    ],
)
def test_invitations_are_answered_before_the_meeting_and_absence_has_a_reason(
    state: str, reply: str, reason: str, code: str | None
) -> None:
    try:
        rules.check_reply(state, reply, reason)
        found = None
    except Refused as refused:
        found = refused.code

    assert found == code


@pytest.mark.parametrize(
    ("voting", "member", "limited", "code"),
    [
        (True, True, False, None),
        (False, False, True, None),
        (False, True, False, None),
        (True, False, False, "not_a_member"),
        (True, True, True, "voter_not_limited"),
    ],
)
def test_only_members_vote_and_only_guests_are_limited(voting: bool, member: bool, limited: bool, code: str | None) -> None:
    try:
        rules.check_invitation("Bà Hoa", voting=voting, member=member, limited=limited)
        found = None
    except Refused as refused:
        found = refused.code

    assert found == code


@pytest.mark.parametrize(
    ("text", "plain"), [("Đảng ủy", "dang uy"), ("KẾT LUẬN", "ket luan"), ("Ðường", "duong"), ("Họp", "hop")]
)
def test_looking_up_ignores_marks_and_case(text: str, plain: str) -> None:
    assert rules.folded(text) == plain


def test_the_calendar_reaches_over_the_end_of_the_year() -> None:
    assert not YEAR_2026.works(date(2026, 1, 1))
    assert due_on(date(2026, 1, 5), Notice(3), YEAR_2026) == date(2025, 12, 30)


@pytest.mark.parametrize(
    ("form", "place", "link", "code"),
    [
        ("in_person", "", "", "no_place"),
        ("hybrid", "", "https://hop.vn/1", "no_place"),
        ("hybrid", "Phòng 2", "", "no_link"),
        ("online", "", "", "no_link"),
        ("online", "", "https://hop.vn/1", None),
        ("hybrid", "Phòng 2", "https://hop.vn/1", None),
        ("in_person", "Phòng 2", "", None),
    ],
)
def test_an_invitation_says_where_people_meet_or_join(form: str, place: str, link: str, code: str | None) -> None:
    assert refusal(rules.check_ready, items=1, chair=True, place=place, people=1, form=form, link=link) == code


@pytest.mark.parametrize(("taken", "why", "code"), [(True, "", "room_taken"), (True, "họp ghép", None), (False, "", None)])
def test_a_room_that_is_taken_is_shared_only_for_a_reason(taken: bool, why: str, code: str | None) -> None:
    assert refusal(rules.check_room, "Phòng 2", taken=taken, shared_reason=why) == code


@pytest.mark.parametrize(
    ("minutes", "notice", "required", "code"),
    [
        ("draft", "issued", True, "minutes_unsigned"),
        ("none", "none_yet", False, "minutes_unsigned"),
        ("signed", "none_yet", True, "notice_open"),
        ("signed", "draft", False, "notice_open"),
        ("signed", "none_yet", False, None),
        ("signed", "not_required", True, None),
        ("signed", "issued", True, None),
    ],
)
def test_a_file_is_closed_when_nothing_is_open(minutes: str, notice: str, required: bool, code: str | None) -> None:
    assert refusal(rules.check_filing, minutes, notice, required) == code


@pytest.mark.parametrize(
    ("state", "version", "code"), [("issued", 1, None), ("paused", 2, None), ("held", 1, "programme_not_issued")]
)
def test_a_programme_is_handed_out_between_issue_and_end(state: str, version: int, code: str | None) -> None:
    assert refusal(rules.check_handing_out, state, version) == code
    assert refusal(rules.check_handing_out, "issued", 0) == "programme_not_issued"


def test_an_address_to_join_can_be_opened() -> None:
    assert refusal(rules.check_link, "hop.vn/1") == "link_form"
    assert refusal(rules.check_link, "javascript:alert(1)") == "link_form"
    assert refusal(rules.check_link, "") is None


def refusal(rule: Callable[..., object], *values: object, **named: object) -> str | None:
    """The code a rule refuses with; None when it does not."""
    try:
        rule(*values, **named)
    except Refused as refused:
        return refused.code
    return None
