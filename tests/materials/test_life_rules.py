"""How a paper passes its unit, what the office answers, what late means, which papers an item passes through: rules alone."""

from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from meeting.errors import Refused
from meeting.materials.lateness import (
    PRESETS,
    check_decision,
    check_more_time,
    goes_to_chair,
    judged_late,
    run_up,
)
from meeting.materials.life import Answers, check_begin, check_head, route, state_without_head
from meeting.materials.sequence import called, missing, preparer, stage_due_at, stages
from meeting.rulebook.deadlines import WorkCalendar

DUE = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
START = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))
HOUR = timedelta(hours=1)
COUNCIL = [
    {"key": "submission", "what": "Tờ trình", "days": 15, "unit": "calendar", "by": "unit"},
    {"key": "verification", "what": "Báo cáo thẩm tra", "days": 5, "unit": "working", "by": "committee"},
]


def code_of(call, *arguments):
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


@pytest.mark.parametrize(
    ("rule", "wants_head", "is_head", "others", "to", "word"),
    [
        # (rule of the book, the sender wants the head, the sender is one, other heads there) -> where to, what is recorded
        ("none", False, False, 1, "office", ""),
        ("optional", False, False, 1, "office", ""),
        ("optional", True, False, 1, "head", ""),
        ("optional", False, True, 1, "office", "self"),
        ("optional", True, True, 1, "head", ""),
        ("required", False, False, 1, "head", ""),
        ("required", True, False, 1, "head", ""),
        ("required", False, True, 1, "office", "self"),
        ("required", False, False, 0, "office", "none"),
        ("none", False, True, 0, "office", "self"),
    ],
)
def test_how_a_version_leaves_its_unit(rule, wants_head, is_head, others, to, word):
    way = route(rule, wants_head, is_head, others)

    assert (way.to, way.head_word) == (to, word)


def test_a_head_who_is_left_out_or_missing_cannot_be_asked():
    assert code_of(route, "none", True, False, 1) == "head_not_asked"
    assert code_of(route, "optional", True, False, 0) == "no_unit_head"
    assert code_of(route, "required", True, True, 0) == "no_unit_head"


def test_no_head_decides_on_a_version_of_their_own():
    check_head("with_head", 7, (8, 9))

    assert code_of(check_head, "with_head", 9, (8, 9)) == "own_unit_paper"
    assert code_of(check_head, "sent", 7, (8, 9)) == "not_with_head"


@pytest.mark.parametrize(
    ("versions", "state"),
    [
        (["rejected"], "preparing"),
        (["replaced", "rejected"], "preparing"),
        (["returned", "rejected"], "returned"),
        (["returned", "accepted", "rejected"], "published"),
        (["sent", "rejected"], "submitted"),
    ],
)
def test_after_a_heads_no_the_request_stands_as_the_office_left_it(versions, state):
    assert state_without_head(versions) == state


def test_an_accepted_version_that_is_held_back_stays_held_back_when_the_head_rejects_a_newer_one():
    assert state_without_head(["accepted", "rejected"], published=False) == "accepted"


def test_work_begins_once():
    check_begin("asked")

    assert code_of(check_begin, "preparing") == "preparation_begun"
    assert code_of(check_begin, "submitted") == "preparation_begun"
    assert code_of(check_begin, "waived") == "requirement_waived"


def test_a_paper_that_fails_a_check_is_not_accepted_and_goes_back_with_each_reason():
    answers = Answers({"complete": "no", "form": "yes", "signed": "no"}, {"complete": "Thiếu phụ lục", "signed": "Chưa ký"})

    assert code_of(answers.check_acceptable) == "check_failed"
    assert answers.reason("") == "Thiếu phụ lục\nChưa ký"
    assert answers.reason("Gửi lại trong sáng mai") == "Gửi lại trong sáng mai\nThiếu phụ lục\nChưa ký"
    assert code_of(Answers({}, {}).reason, " ") == "reason_missing"
    Answers({"complete": "yes", "form": "yes", "signed": "na"}, {}).check_acceptable()


@pytest.mark.parametrize(
    ("received", "due", "run_up_before", "late"),
    [
        (DUE, DUE, 0, 0),
        (DUE + HOUR, DUE, 0, 60),
        # more time was asked for when 60 minutes had run up: they stay, in the granted time and after it
        (DUE + 5 * HOUR, DUE + 24 * HOUR, 60, 60),
        (DUE + 25 * HOUR, DUE + 24 * HOUR, 60, 120),
    ],
)
def test_a_granted_time_takes_away_nothing_that_had_run_up(received, due, run_up_before, late):
    assert judged_late(received, due, run_up_before) == late


@pytest.mark.parametrize(
    ("before", "counted_at", "received", "after"),
    [
        (0, DUE - HOUR, False, 0),  # asked in time: nothing ran up, however long the office took to answer
        (0, DUE + HOUR, False, 60),
        (60, DUE + HOUR, False, 120),  # a second time
        (0, DUE + HOUR, True, 0),  # the first receipt is judged already
    ],
)
def test_what_had_run_up_when_more_time_was_asked_for_stays(before, counted_at, received, after):
    assert run_up(before, counted_at, DUE, received) == after


@pytest.mark.parametrize(
    ("state", "open_ask", "wanted", "now", "code"),
    [
        ("asked", False, DUE + HOUR, DUE - HOUR, None),
        ("preparing", False, DUE + 3 * HOUR, DUE + HOUR, None),  # after the due time too
        ("returned", False, DUE + HOUR, DUE - HOUR, None),
        ("submitted", False, DUE + HOUR, DUE - HOUR, "paper_received"),
        ("published", False, DUE + HOUR, DUE - HOUR, "paper_received"),
        ("waived", False, DUE + HOUR, DUE - HOUR, "requirement_waived"),
        ("asked", True, DUE + HOUR, DUE - HOUR, "time_asked_already"),
        ("asked", False, DUE, DUE - HOUR, "due_not_later"),
        ("asked", False, DUE + HOUR, DUE + 2 * HOUR, "due_passed"),
        ("asked", False, START + HOUR, DUE - HOUR, "due_after_start"),
    ],
)
def test_when_a_unit_may_ask_for_more_time(state, open_ask, wanted, now, code):
    arguments = (state, open_ask, wanted, DUE, START, now)
    if code is None:
        check_more_time(*arguments)
        return

    assert code_of(check_more_time, *arguments) == code


@pytest.mark.parametrize(
    ("state", "first_late", "now", "listed"),
    [
        ("asked", None, DUE, False),
        ("asked", None, DUE + HOUR, True),
        ("with_head", None, DUE + HOUR, True),
        ("submitted", 0, DUE + HOUR, False),
        ("submitted", 30, DUE + HOUR, True),
        ("published", 30, DUE + HOUR, True),
        ("waived", 30, DUE + HOUR, False),
    ],
)
def test_which_papers_stand_on_the_chairs_list(state, first_late, now, listed):
    assert goes_to_chair(state, first_late, DUE, now) is listed


def test_the_chairs_word_needs_a_reason_offered_or_written():
    check_decision("accepted", "urgent", "", has_item=False)
    check_decision("read_out", "", "Văn bản một trang", has_item=False)

    assert code_of(check_decision, "accepted", "", " ", True) == "reason_missing"
    assert code_of(check_decision, "accepted", "not_ready", "", True) == "unknown_reason"
    assert code_of(check_decision, "postponed", "not_ready", "", False) == "no_item_to_postpone"
    assert all(PRESETS[decision] for decision in ("accepted", "postponed", "read_out", "refused"))


def test_each_stage_is_due_by_its_own_rule():
    begins = datetime(2026, 12, 10, 8, 0, tzinfo=HANOI)
    first, second = stages(COUNCIL)

    assert stage_due_at(first, begins, WorkCalendar(), time(17)) == datetime(2026, 11, 25, 17, 0, tzinfo=HANOI)
    assert stage_due_at(second, begins, WorkCalendar(), time(17)) == datetime(2026, 12, 3, 17, 0, tzinfo=HANOI)


def test_the_stages_of_an_item_and_who_prepares_them():
    first, second = stages(COUNCIL)

    assert [each.key for each in missing(COUNCIL, ["submission"])] == ["verification"]
    assert (preparer(first, 3, 4, {}), preparer(second, 3, 4, {}), preparer(second, 3, 4, {"verification": 9})) == (3, 4, 9)
    assert code_of(preparer, second, 3, None, {}) == "stage_without_unit"
    assert called(first, "dự toán năm 2027") == "Tờ trình: dự toán năm 2027"
    assert len(called(first, "x" * 400)) == 300
