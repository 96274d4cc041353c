"""Numbers, states, signers, complete tasks."""

from datetime import date

import pytest

from meeting.conclusions.rules import (
    Line,
    NoticeState,
    check_approver,
    check_complete,
    check_line,
    check_not_required,
    check_signer,
    moved,
    step,
)
from meeting.errors import Refused
from meeting.organization.signing import signature_lines
from meeting.organization.symbols import full_symbol, next_number, numbering_period
from meeting.permissions import Role

HELD = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("number", "kind", "code", "party", "written"),
    [
        (7, "TB", "UBND", False, "07/TB-UBND"),
        (142, "TB", "UBND", False, "142/TB-UBND"),
        (3, "BB", "HĐND", False, "03/BB-HĐND"),
        (2, "TB", "ĐU", True, "02-TB/ĐU"),
    ],
)
def test_symbols_are_written_as_the_state_and_the_party_write_them(
    number: int, kind: str, code: str, party: bool, written: str
) -> None:
    assert full_symbol(number, kind, code, party) == written


@pytest.mark.parametrize(
    ("day", "party", "term", "period"),
    [
        (date(2026, 12, 31), False, None, "2026"),
        (date(2027, 1, 1), False, None, "2027"),
        (date(2027, 1, 1), True, date(2025, 8, 15), "from 2025-08-15"),
        (date(2027, 1, 1), True, None, "2027"),
        (date(2026, 1, 1), False, date(2025, 8, 15), "2026"),
    ],
)
def test_state_numbers_restart_each_year_and_party_numbers_each_term(
    day: date, party: bool, term: date | None, period: str
) -> None:
    assert numbering_period(day, party, term) == period


@pytest.mark.parametrize(("taken", "wanted", "given"), [([], None, 1), ([1, 2, 5], None, 6), ([1, 2, 5], 3, 3), ([], 40, 40)])
def test_the_next_number_follows_the_highest_unless_the_clerk_enters_one(
    taken: list[int], wanted: int | None, given: int
) -> None:
    assert next_number(taken, wanted) == given


@pytest.mark.parametrize(("wanted", "code"), [(5, "number_taken"), (0, "number_positive")])
def test_a_number_is_given_once(wanted: int, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        next_number([1, 5], wanted)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("verb", "state", "after"),
    [
        ("edit", "draft", "draft"),
        ("approve", "draft", "approved"),
        ("send_back", "draft", "draft"),
        ("send_back", "approved", "draft"),
        ("sign", "approved", "signed"),
        ("issue", "signed", "issued"),
    ],
)
def test_a_notice_goes_its_way(verb: str, state: str, after: str) -> None:
    assert step(verb, NoticeState(state)) == NoticeState(after)


@pytest.mark.parametrize(
    ("verb", "state", "code"),
    [
        ("edit", "approved", "notice_not_draft"),
        ("edit", "signed", "notice_not_draft"),
        ("approve", "approved", "notice_not_draft"),
        ("sign", "draft", "notice_not_approved"),
        ("issue", "approved", "notice_not_signed"),
        ("send_back", "numbered", "notice_numbered"),
        ("edit", "issued", "notice_issued"),
        ("issue", "issued", "notice_issued"),
    ],
)
def test_no_step_is_skipped_or_repeated(verb: str, state: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        step(verb, NoticeState(state))

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("signer", "hat", "refused"),
    [
        ("chief", Role.CHIEF, None),
        ("chief", Role.CHAIR, "signed_by_chief"),
        ("chair", Role.CHAIR, None),
        ("chair", Role.CHIEF, "signed_by_chair"),
    ],
)
def test_only_the_office_the_rule_book_names_signs(signer: str, hat: Role, refused: str | None) -> None:
    if refused is None:
        check_signer(signer, {hat})
        return
    with pytest.raises(Refused) as refusal:
        check_signer(signer, {hat})
    assert refusal.value.code == refused


@pytest.mark.parametrize(
    ("signer", "kind", "name", "position", "lines"),
    [
        ("chief", "committee", "Ủy ban nhân dân phường A", "Chánh Văn phòng", ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        ("chair", "council", "Hội đồng nhân dân phường A", "Chủ tịch HĐND", ["TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"]),
        ("chair", "council", "Hội đồng nhân dân phường A", "Phó Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("chair", "party", "Đảng ủy phường A", "Bí thư Đảng ủy", ["T/M ĐẢNG ỦY", "BÍ THƯ"]),
        ("chair", "party", "Đảng ủy phường A", "Phó Bí thư", ["T/M ĐẢNG ỦY", "PHÓ BÍ THƯ"]),
    ],
)
def test_authority_and_office_stand_above_the_signature(
    signer: str, kind: str, name: str, position: str, lines: list[str]
) -> None:
    assert signature_lines(signer, kind, name, position) == lines


def test_nobody_approves_a_draft_of_their_own_except_who_presided() -> None:
    check_approver(drafted_by_id=1, actor_id=2, chair_id=2)
    check_approver(drafted_by_id=2, actor_id=2, chair_id=2)
    with pytest.raises(Refused) as refusal:
        check_approver(drafted_by_id=3, actor_id=3, chair_id=2)

    assert refusal.value.code == "own_draft"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Line("  "), "line_empty"),
        (Line("Rà soát", lead_unit_id=1, cooperating_unit_ids=(2, 1)), "lead_cooperates"),
        (Line("Rà soát", lead_unit_id=1, due_on=date(2026, 11, 23)), "task_due_before_meeting"),
    ],
)
def test_a_line_that_cannot_stand_is_refused_at_once(line: Line, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_line(line, HELD)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "line",
    [
        Line("Ghi nhận kết quả"),
        Line("Rà soát", lead_unit_id=1, cooperating_unit_ids=(2, 3), due_on=HELD),
        Line("Rà soát", lead_unit_id=1),  # the date may still come
    ],
)
def test_a_draft_line_may_wait_for_its_date(line: Line) -> None:
    check_line(line, HELD)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "notice_empty"),
        ([Line("Rà soát", lead_unit_id=1)], "task_without_due"),
        ([Line("Ghi nhận"), Line("Rà soát", due_on=HELD)], "task_without_lead"),
        ([Line("Rà soát", leader_id=4)], "task_without_lead"),
    ],
)
def test_a_task_that_is_not_clear_is_not_approved(lines: list[Line], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_complete(lines)

    assert refusal.value.code == code


def test_a_task_may_have_no_limit_when_that_was_said() -> None:
    check_complete([Line("Ghi nhận"), Line("Rà soát", lead_unit_id=1, no_due=True)])


def test_lines_move_one_place_and_stop_at_the_edge() -> None:
    assert moved([3, 1, 2], 1, -1) == [1, 3, 2]
    assert moved([3, 1, 2], 1, 1) == [3, 2, 1]
    with pytest.raises(Refused) as refusal:
        moved([3, 1, 2], 3, -1)

    assert refusal.value.code == "line_at_edge"


@pytest.mark.parametrize(
    ("required", "reason", "code"),
    [(True, "Họp giao ban", "notice_required"), (False, " ", "reason_needed"), (False, "Họp giao ban", None)],
)
def test_a_meeting_ends_without_notice_only_where_allowed_and_with_a_reason(
    required: bool, reason: str, code: str | None
) -> None:
    if code is None:
        check_not_required(required, reason)
        return
    with pytest.raises(Refused) as refusal:
        check_not_required(required, reason)
    assert refusal.value.code == code
