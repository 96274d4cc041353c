"""Citations as they are written into official papers, case by case."""

from datetime import date

import pytest

from meeting.search.citation import QUOTED_LETTERS, Cited, around, citation, name_of, quoted

NOV24 = date(2026, 11, 24)
WARD = "Ủy ban nhân dân phường Giang Biên"
LINE = "2. Xử lý dứt điểm các điểm tái lấn chiếm vỉa hè."

CASES = [
    (
        Cited("notice", LINE, NOV24, "142/TB-UBND", body=WARD, place="mục 2"),
        f"Thông báo số 142/TB-UBND ngày 24/11/2026 của {WARD}, mục 2: “Xử lý dứt điểm các điểm tái lấn chiếm vỉa hè.”",
    ),
    (
        Cited("notice", "Vận động các hộ kinh doanh.", NOV24, "31-TB/ĐU", body="Đảng ủy phường Giang Biên"),
        "Thông báo số 31-TB/ĐU ngày 24/11/2026 của Đảng ủy phường Giang Biên: “Vận động các hộ kinh doanh.”",
    ),
    (
        Cited(
            "notice",
            "Rà soát.",
            NOV24,
            "12-KL/ĐU",
            body="Đảng ủy",
            ended="replaced",
            ended_by="15-KL/ĐU",
            ended_on=date(2026, 12, 1),
        ),
        "Kết luận số 12-KL/ĐU ngày 24/11/2026 của Đảng ủy "
        "(đã được thay thế bởi Kết luận số 15-KL/ĐU ngày 01/12/2026): “Rà soát.”",
    ),
    (
        Cited("notice", "Rà soát.", NOV24, "9/TB-UBND", body=WARD, ended="withdrawn", ended_on=date(2026, 12, 1)),
        f"Thông báo số 9/TB-UBND ngày 24/11/2026 của {WARD} (đã bị thu hồi ngày 01/12/2026): “Rà soát.”",
    ),
    (
        Cited("notice", "Rà soát.", NOV24, body=WARD, meeting="Phiên họp tháng 11", held_on=NOV24, draft=True),
        f"Dự thảo thông báo kết luận, phiên họp tháng 11 ngày 24/11/2026 của {WARD}: “Rà soát.”",
    ),
    (
        Cited("resolution", "Điều 3. Ủy ban nhân dân phường thi hành.", NOV24, "05/NQ-HĐND", body="HĐND phường", place="Điều 3"),
        "Nghị quyết số 05/NQ-HĐND ngày 24/11/2026 của HĐND phường, Điều 3: “Ủy ban nhân dân phường thi hành.”",
    ),
    (
        Cited("resolution", "Phê duyệt.", NOV24, "77/QĐ-UBND", body=WARD),
        f"Quyết định số 77/QĐ-UBND ngày 24/11/2026 của {WARD}: “Phê duyệt.”",
    ),
    (
        Cited("minutes", "Đại biểu\nthảo luận.", NOV24, title="Phiên họp tháng 11", body=WARD, place="Mục 4"),
        f"Biên bản phiên họp tháng 11 ngày 24/11/2026 của {WARD}, mục 4: “Đại biểu thảo luận.”",
    ),
    (
        Cited("minutes", "Bàn.", date(2026, 11, 25), "8/BB-UBND", "Giao ban tuần", WARD, held_on=NOV24),
        f"Biên bản số 8/BB-UBND Giao ban tuần ngày 24/11/2026 của {WARD}: “Bàn.”",
    ),
    (
        Cited(
            "paper",
            "Kinh phí 2 tỷ.",
            NOV24,
            "",
            "Tờ trình dự toán · Kỳ họp thứ 5",
            "HĐND",
            "trang 4",
            meeting="Kỳ họp thứ 5",
            held_on=NOV24,
        ),
        "Tờ trình dự toán, tài liệu kỳ họp thứ 5 ngày 24/11/2026 của HĐND, trang 4: “Kinh phí 2 tỷ.”",
    ),
    (
        Cited("item", "Dự toán năm 2027", NOV24, title="Kỳ họp thứ 5", body="HĐND"),
        "Nội dung “Dự toán năm 2027”, chương trình kỳ họp thứ 5 ngày 24/11/2026 của HĐND",
    ),
    (
        Cited("question", "Thông qua dự toán. Có 23/27 đại biểu tán thành.", NOV24, title="Kỳ họp thứ 5", body="HĐND"),
        "Kết quả biểu quyết tại kỳ họp thứ 5 ngày 24/11/2026 của HĐND: “Thông qua dự toán. Có 23/27 đại biểu tán thành.”",
    ),
    (
        Cited("task", "Kẻ vạch vỉa hè.", NOV24, "142/TB-UBND", body=WARD),
        f"Nhiệm vụ giao tại Thông báo số 142/TB-UBND ngày 24/11/2026 của {WARD}: “Kẻ vạch vỉa hè.”",
    ),
    (
        Cited(
            "task",
            "Kẻ vạch vỉa hè. Chủ trì: Công an phường. Phối hợp: Phòng Kinh tế. Sản phẩm: Báo cáo. Hạn: 20/12/2026.",
            NOV24,
            "142/TB-UBND",
            body=WARD,
        ),
        f"Nhiệm vụ giao tại Thông báo số 142/TB-UBND ngày 24/11/2026 của {WARD}: “Kẻ vạch vỉa hè.” "
        "(chủ trì: Công an phường; hạn: 20/12/2026)",
    ),
    (
        Cited(
            "promise",
            "Xong cống. Đơn vị thực hiện: Phòng Kinh tế. Hạn: 09/12/2026. Kết quả: Đã nạo vét.",
            NOV24,
            meeting="Kỳ họp",
        ),
        "Lời hứa tại kỳ họp ngày 24/11/2026: “Xong cống.” (chủ trì: Phòng Kinh tế; hạn: 09/12/2026)",
    ),
    (
        Cited("item", "Dự toán năm 2027. Loại: Báo cáo. Trình bày: Ông Thử.", NOV24, title="Kỳ họp thứ 5", body="HĐND"),
        "Nội dung “Dự toán năm 2027”, chương trình kỳ họp thứ 5 ngày 24/11/2026 của HĐND",
    ),
    (
        Cited("opinion", "Cần giữ lối đi bộ.", NOV24, speaker="bà Trần Thị Thử", meeting="Kỳ họp thứ 5", body="HĐND"),
        "Ý kiến của bà Trần Thị Thử tại kỳ họp thứ 5 ngày 24/11/2026 của HĐND: “Cần giữ lối đi bộ.”",
    ),
    (
        Cited("promise", "Ông Thử: Xong trong quý I.", NOV24, speaker="Ông Thử", meeting="Kỳ họp thứ 5"),
        "Lời hứa của ông Thử tại kỳ họp thứ 5 ngày 24/11/2026: “Xong trong quý I.”",
    ),
    (
        Cited("round", "Nhất trí.", NOV24, title="Phương án đỗ xe", body=WARD),
        f"Lấy ý kiến bằng văn bản về “Phương án đỗ xe” ngày 24/11/2026 của {WARD}: “Nhất trí.”",
    ),
    (
        Cited("meeting", "Phòng họp 1", NOV24, title="Kỳ họp thứ 5", body="HĐND", meeting="Kỳ họp thứ 5", held_on=NOV24),
        "Kỳ họp thứ 5 ngày 24/11/2026 của HĐND",
    ),
    (Cited("person", "Trần Thị Thử", NOV24), ""),
    (Cited("unit", "Phòng Kinh tế", NOV24), ""),
]


@pytest.mark.parametrize(("cited", "said"), CASES)
def test_each_kind_is_cited_as_official_papers_do(cited: Cited, said: str) -> None:
    assert citation(cited) == said


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("142/TB-UBND", "Thông báo"),
        ("05/2026/NQ-HĐND", "Nghị quyết"),
        ("31-TB/ĐU", "Thông báo"),
        ("77/QÐ-UBND", "Quyết định"),
        ("12/VP-TH", "x"),
    ],
)
def test_a_document_is_called_by_the_letters_of_its_symbol(symbol: str, name: str) -> None:
    assert name_of(symbol, "x") == name


def test_a_long_passage_is_cut_between_words() -> None:
    said = quoted("vỉa hè " * 200)

    assert len(said) < QUOTED_LETTERS + 4
    assert said.endswith("hè…”") or said.endswith("vỉa…”")


def test_quotes_inside_a_quote_are_single() -> None:
    assert quoted("Dự án “Phố đi bộ”") == "“Dự án ‘Phố đi bộ’”"


def test_of_a_long_page_the_sentence_with_the_words_is_cited() -> None:
    page = "Câu đầu. " * 60 + "Cần giữ vỉa hè cho người đi bộ. " + "Câu cuối. " * 60
    at = page.index("vỉa hè")

    assert around(page, [(at, at + 6)]) == "Cần giữ vỉa hè cho người đi bộ."


def test_a_sentence_without_an_end_is_cited_near_the_words() -> None:
    page = "chữ " * 400 + "vỉa hè " + "chữ " * 400
    at = page.index("vỉa hè")

    assert "vỉa hè" in quoted(around(page, [(at, at + 6)]))


def test_of_a_page_neither_the_letterhead_nor_the_next_heading_is_quoted() -> None:
    head = "ỦY BAN NHÂN DÂN PHƯỜNG THỬ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 71/BC-KT "
    words = "BÁO CÁO Kế hoạch cải tạo thoát nước Kính gửi: Ủy ban nhân dân phường Phòng Kinh tế báo cáo như sau:"
    rest = " I. TÌNH HÌNH ÚNG NGẬP Từ tháng 5 có 14 trận mưa. " + "Toàn phường ghi nhận sáu điểm ngập. " * 20
    page = head + "Thử, ngày 22 tháng 10 năm 2026 " + words + rest
    at = page.index("thoát nước")

    assert around(page, [(at, at + 10)]) == words

    at = page.index("14 trận")
    assert around(page, [(at, at + 2)]) == "I. TÌNH HÌNH ÚNG NGẬP Từ tháng 5 có 14 trận mưa."
