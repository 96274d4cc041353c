"""The five clears: what is filled, what is missing, and how it is said."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from meeting.conclusions.clears import LABELS, Clear, Given, codes, missing
from meeting.errors import SENTENCES

WHOLE = Given(
    text="Tháo gỡ mặt bằng ngõ 115",
    lead_unit_id=1,
    officer_id=2,
    leader_id=3,
    due_on=date(2026, 12, 15),
    process="Kiểm đếm; họp dân; bàn giao",
    product="Biên bản bàn giao",
)


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({}, []),
        ({"due_on": None, "no_due": True}, []),
        ({"lead_unit_id": None}, ["person"]),
        ({"officer_id": None}, ["person"]),  # one unit and one person (NĐ 315/2025 Điều 2.4)
        ({"text": "  "}, ["work"]),
        ({"process": " "}, ["process"]),
        ({"due_on": None}, ["process"]),  # a date is never invented
        ({"leader_id": None}, ["responsibility"]),
        ({"product": ""}, ["result"]),
        ({"officer_id": None, "product": "", "leader_id": None}, ["person", "responsibility", "result"]),
    ],
)
def test_what_is_missing_is_named_in_its_order(change: dict[str, Any], lacks: list[str]) -> None:
    assert [clear.value for clear in missing(replace(WHOLE, **change))] == lacks


def test_nothing_filled_lacks_all_five() -> None:
    assert missing(Given()) == tuple(Clear)


def test_every_clear_has_a_name_and_a_sentence() -> None:
    assert set(LABELS) == set(Clear)
    assert all(code in SENTENCES for code in codes(Clear))
