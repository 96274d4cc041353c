"""Grading, finishing, importing the register, and the report that counts it all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from meeting.batch import Answer
from tests.conftest import MORNING, Council
from tests.evaluation.held import asked

Do = Callable[..., dict[str, Any]]
Ask = Callable[..., Answer]


@pytest.fixture
def held(council: Council) -> int:
    """A meeting of the UBND that is over; Hùng chaired it."""
    return council.meeting(state="held")


def test_the_ledger_counts_what_was_due_in_the_period(
    council: Council, held: int, client: Callable[[str], FlaskClient], at: Callable[..., None]
) -> None:
    at(MORNING)
    for hours in (1, 2, 3):
        asked(council, held, "kinh_te", MORNING - timedelta(days=1, hours=hours))
    asked(council, held, "van_hoa", None)

    page = client("hung").get("/reports/units?from=2026-11-01&to=2026-11-30").get_data(as_text=True)

    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in page
    assert "<b>100%</b>" in page
    assert "<b>0%</b>" in page


def test_the_evaluation_page_is_for_chair_secretariat_and_inspectors(client: Callable[[str], FlaskClient], held: int) -> None:
    assert client("hung").get(f"/meetings/{held}/evaluation").status_code == 200
    assert client("minh").get(f"/meetings/{held}/evaluation").status_code == 200
    assert client("hoa").get(f"/meetings/{held}/evaluation").status_code == 403
    assert client("khach").get(f"/meetings/{held}/evaluation").status_code == 404
