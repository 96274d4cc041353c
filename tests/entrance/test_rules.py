"""Which codes count, and who needs a second step: tables of cases."""

import base64

import pyotp
import pytest

from meeting.entrance import rules
from meeting.permissions import Role

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = 1_800_000_000


def code(steps: int) -> str:
    return pyotp.TOTP(SECRET).at(NOON + steps * 30)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephone_may_be_off_by_one_step(steps: int, fits: bool) -> None:
    found = rules.step_of(SECRET, code(steps), NOON)

    assert (found == NOON // 30 + steps) if fits else found is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６x", "-12345"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert rules.step_of(SECRET, rules.typed_code(typed), NOON) is None


def test_the_example_of_rfc_6238() -> None:
    """Appendix B, SHA-1, at 59 s: 94287082; six digits of it."""
    secret = base64.b32encode(b"12345678901234567890").decode()

    assert rules.step_of(secret, "287082", 59) == 1


def test_spaces_and_wide_digits_are_forgiven() -> None:
    assert rules.typed_code(" 12 34５６ ") == "123456"


@pytest.mark.parametrize("typed", ["abcd-efgh-jk23", "ABCD EFGH JK23", "abcdefghjk23", " abcd–efgh–jk23 "])
def test_a_recovery_code_is_known_however_it_is_typed(typed: str) -> None:
    assert rules.typed_recovery(typed) == "abcd-efgh-jk23"


def test_ten_recovery_codes_that_differ_and_are_never_only_digits() -> None:
    codes = rules.new_recovery_codes()

    assert len(set(codes)) == 10
    assert all(rules.typed_recovery(each) == each and len(each) == 14 for each in codes)


@pytest.mark.parametrize(
    ("roles", "is_admin", "needed"),
    [
        ([], False, False),
        ([Role.MEMBER, Role.HEAD, Role.OFFICER, Role.GUEST, Role.UNIT_ADMIN, Role.INSPECTOR], False, False),
        ([], True, True),
        ([Role.CHAIR], False, True),
        ([Role.SECRETARY], False, True),
        ([Role.CHIEF], False, True),
        ([Role.MEMBER, Role.CLERK], False, True),
    ],
)
def test_who_needs_it_where_it_is_demanded(roles: list[Role], is_admin: bool, needed: bool) -> None:
    assert rules.is_needed(rules.REQUIRED, roles, is_admin) is needed
    assert rules.is_needed(rules.OFFERED, roles, is_admin) is False
