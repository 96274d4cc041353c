"""No cell that people write becomes a formula, and none breaks the workbook."""

from typing import Any

import pytest

from meeting.documents.spreadsheets import harmless


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Dự toán ngân sách", "Dự toán ngân sách"),
        ("=1+1", "'=1+1"),
        ("+84 24", "'+84 24"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("|cmd", "'|cmd"),
        ("\t=1+1", "'\t=1+1"),
        ("  =1+1", "'  =1+1"),
        ("a=b", "a=b"),
        ("Tổ\x0b 1", "Tổ 1"),
        ("\x00=1", "'=1"),
        ("", ""),
        (-3, -3),
        (1.5, 1.5),
        (None, None),
    ],
)
def test_a_cell_is_what_people_wrote_and_nothing_that_is_reckoned(cell: Any, written: Any) -> None:
    assert harmless(cell) == written
