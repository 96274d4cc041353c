"""What is marked in a text that is shown beside a hit."""

import pytest

from meeting.search.language.marking import marks_in
from meeting.search.language.wanted import read


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("vỉa hè", "Trật tự vỉa hè, lòng đường; vỉa hè", ["vỉa hè", "vỉa hè"]),
        ("kết luận về vỉa hè", "Trật tự vỉa hè", ["vỉa hè"]),  # the kind stands in the head
        ("kết luận vỉa hè", "Thông báo kết luận", ["kết luận"]),
        ("biên bản UBND 2026", "Ủy ban nhân dân phường năm 2026", ["Ủy ban nhân dân", "2026"]),
        ("kết luận tháng 6", "trong tháng 6; 6 tháng", ["tháng 6"]),
        ("trật tự lòng đường", "Trật tự vỉa hè, lòng đường", ["Trật tự", "lòng đường"]),
        ('"lòng đường vỉa hè" trật tự', "Trật tự vỉa hè", ["Trật tự"]),
        ("61/2018/NĐ-CP cán bộ", "theo 61/2018/NĐ-CP", ["61/2018/NĐ-CP"]),
        ("7/11/2026 họp", "Ngày 7 tháng 11 năm 2026", ["7 tháng 11 năm 2026"]),
        ("xử lý nghiêm", "xử phạt; lý do", []),
        ("loại:TBKL", "Thông báo", []),
        ("", "Thông báo", []),
    ],
)
def test_marks(typed: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks_in(read(typed), text)] == marked
