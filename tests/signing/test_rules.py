"""Rules of signing as tables of cases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from meeting.errors import Refused
from meeting.signing import rules
from meeting.signing.rules import Wanted

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def signature(fingerprint: str = "a", sound: bool = True, kind: str = "signature", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "fingerprint": fingerprint, "sound": sound, "valid_then": True, "trusted": True, "name": "Lan", **more}


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [(-10, 10, None), (-10, 0, None), (0, 10, None), (-10, -1, "key_expired"), (1, 10, "key_not_yet")],
)
def test_only_a_certificate_in_force_signs(begins: int, ends: int, code: str | None) -> None:
    span = (NOW + timedelta(days=begins), NOW + timedelta(days=ends))
    if code is None:
        rules.check_in_force(*span, NOW)
        return
    with pytest.raises(Refused) as refused:
        rules.check_in_force(*span, NOW)
    assert refused.value.code == code


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (30, True), (31, False)])
def test_thirty_days_before_its_end_a_certificate_is_named(days: int, soon: bool) -> None:
    assert rules.ends_soon(NOW + timedelta(days=days), NOW) is soon


@pytest.mark.parametrize(
    ("subject", "name", "same"),
    [
        ("Tạ Quang Minh", "Tạ Quang Minh", True),
        ("TẠ QUANG  MINH", "Tạ Quang Minh", True),
        ("Tạ Quang Minh (THỬ NGHIỆM)", "Tạ Quang Minh", True),
        ("Người Khác", "Tạ Quang Minh", False),
    ],
)
def test_a_certificate_made_out_to_another_name_is_noticed(subject: str, name: str, same: bool) -> None:
    assert rules.same_name(subject, name) is same


@pytest.mark.parametrize(
    ("found", "wanted", "step", "code"),
    [
        ([], Wanted(), "sign", "back_not_signed"),
        ([signature(kind="timestamp")], Wanted(), "sign", "back_not_signed"),
        ([signature()], Wanted(), "sign", None),
        ([signature(sound=False)], Wanted(), "sign", "back_broken"),
        ([signature(), signature("b", sound=False)], Wanted(), "lock", "back_broken"),
        ([signature()], Wanted(before=("a",)), "lock", "back_one_signature"),
        ([signature("b"), signature("c")], Wanted(before=("a",)), "lock", "back_lost_signature"),
        ([signature(), signature("b")], Wanted(before=("a",)), "lock", None),
    ],
)
def test_what_signatures_a_file_must_show(found: list[Any], wanted: Wanted, step: str, code: str | None) -> None:
    if code is None:
        rules.check_signatures(found, wanted, step)
        return
    with pytest.raises(Refused) as refused:
        rules.check_signatures(found, wanted, step)
    assert refused.value.code == code


DAY = {"day": "05", "month": "02", "year": "2026"}


@pytest.mark.parametrize(
    ("filled", "code"),
    [
        ({"number": "07", **DAY}, None),
        ({"number": "7", "day": "5", "month": "2", "year": "2026"}, None),
        ({}, "back_unnumbered"),
        ({"number": "07"}, "back_unnumbered"),
        ({"number": "08", **DAY}, "back_other_number"),
        ({"number": "07", **DAY, "day": "06"}, "back_other_date"),
        ({"number": "07", **DAY, "year": "2025"}, "back_other_date"),
    ],
)
def test_number_and_date_of_a_file_are_those_of_the_register(filled: dict[str, str], code: str | None) -> None:
    wanted = Wanted("07", date(2026, 2, 5))
    rules.check_filled(filled, Wanted())
    if code is None:
        rules.check_filled(filled, wanted)
        return
    with pytest.raises(Refused) as refused:
        rules.check_filled(filled, wanted)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        (date(2026, 2, 5), ("05", "02", "2026")),
        (date(2026, 1, 31), ("31", "01", "2026")),
        (date(2026, 3, 9), ("09", "3", "2026")),
        (date(2026, 11, 24), ("24", "11", "2026")),
    ],
)
def test_the_date_is_written_as_the_decree_has_it(day: date, parts: tuple[str, str, str]) -> None:
    assert tuple(rules.date_parts(day).values()) == parts


def test_what_is_said_beside_a_good_file() -> None:
    late, strange = signature(valid_then=False), signature(trusted=False)
    assert [code for code, _ in rules.warnings([late, strange])] == ["back_expired"]
    assert [code for code, _ in rules.warnings([late, strange], roots=True)] == ["back_expired", "back_untrusted"]
