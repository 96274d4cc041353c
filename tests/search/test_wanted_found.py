"""What people type finds the document, through the engine and the catalogue, by the text and by what heads it."""

import unicodedata
from collections.abc import Callable

from meeting.search.finding.queries import Found
from tests.conftest import Council

LINES = (
    "Duy trì tổ công tác liên ngành xử lý dứt điểm các điểm tái lấn chiếm vỉa hè, lòng đường.",
    "Thực hiện Nghị định số 61/2018/NĐ-CP; báo cáo Ủy ban nhân dân trước ngày 07/12/2026, đạt 99,83% (3.697/7.043 hồ sơ).",
    "Đầu tư hạtầng kỹ thuật, hiện đại hoá bộ phận Tiếp nhận và Trả kết quả theo ISO 9001:2015.",
)
FINDS = (
    "vỉa hè",
    "VIA HE",
    unicodedata.normalize("NFD", "lấn chiếm vỉa hè"),
    "lấn chiếm lòng đường",
    "kết luận về vỉa hè",
    "kết luận tháng 11",
    "thông báo UBND 2026",
    "TBKL vỉa hè",
    "142/TB",
    "142/tb-ubnd",
    "142 / TB – UBND",
    "thông báo 142",
    "số 142",
    "số:142",
    "Số: 142/TB-UBND",
    "nghị định 61/2018",
    "nghi dinh 61",
    "61/2018/nd-cp",
    "UBND",
    "ubnd phường",
    "uy ban nhan dan",
    "TN&TKQ",
    "7/12/2026",
    "ngày 7 tháng 12 năm 2026",
    "20/11/2026",  # its own day
    "tháng 11/2026",
    "quý IV/2026",
    "năm 2026",
    "99,83%",
    "3697",
    "hạ tầng kĩ thuật",
    "hiện đại hóa",
    "ISO 9001:2015",
    '"tổ công tác liên ngành"',
    'vỉa hè -"xả thải"',
    "vỉa hè -143/TB-UBND",
    "vỉa hè loại:TBKL",
    "vỉa hè -loại:“biên bản”",
    "cơ quan:UBND vỉa hè",
    "từ:20/11/2026 đến:20/11/2026 vỉa hè",
    "tháng:11/2026 vỉa hè",
    "trạng thái:“còn hiệu lực” vỉa hè",
    "cuộc họp:“Phiên họp” vỉa hè",
)
FINDS_NOT = (
    "vai he hop",
    '"vỉa hè liên ngành"',
    "vỉa hè -đường",
    "vỉa hè -142/TB",
    "vỉa hè -UBND",
    "142/TB-VP",
    "1422/TB",
    "số:14",
    "nghị định 61/2019",
    "7/11/2026",
    "tháng 10/2026",
    "97,83%",
    "vỉa hè loại:“biên bản”",
    "vỉa hè -loại:TBKL",
    "cơ quan:HĐND vỉa hè",
    "từ:21/11/2026 vỉa hè",
    "đến:19/11/2026 vỉa hè",
    "trạng thái:“thu hồi” vỉa hè",
    "điểm danh",
)


def test_it_is_found_however_it_is_typed(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Callable[..., Found]
) -> None:
    meeting_id = council.meeting(state="held")
    notice_id = notice(*LINES, meeting_id=meeting_id)
    feed(meeting_id)

    def finds(typed: str) -> bool:
        return any(hit.name == f"notice-{notice_id}" for hit in find("hoa", typed).hits)

    assert [typed for typed in FINDS if not finds(typed)] == []
    assert [typed for typed in FINDS_NOT if finds(typed)] == []


def test_what_is_misspelt_is_offered_as_it_is_written(
    council: Council, notice: Callable[..., int], feed: Callable[..., None], find: Callable[..., Found]
) -> None:
    meeting_id = council.meeting(state="held")
    notice(*LINES, meeting_id=meeting_id)
    feed(meeting_id)

    for typed, offered in (
        ("viahe", "vỉa hè"),
        ("laans chieems", "lấn chiếm"),
        ("vai he", "vỉa hè"),
        ("lấn triếm", "lấn chiếm"),
    ):
        found = find("hoa", typed)
        assert not found.hits
        assert found.nearest[:1] == [offered]
        assert find("hoa", found.nearest[0]).hits
    assert find("khach", "viahe").nearest == []  # who may not read it is offered nothing
