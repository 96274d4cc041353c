"""The measures of Nghị định 30/2020 (Phụ lục I) and Hướng dẫn 36-HD/VPTW, taken with a ruler from the produced PDF."""

import itertools
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

import pymupdf
import pytest

from meeting.documents.typeset import Block, Layout, Sheet, body_lines, long_date, place_and_date, typeset

MM = 72 / 25.4
BOLD, ITALIC = 16, 2


@dataclass(frozen=True)
class Piece:
    """One run of text on the page: where it stands in millimetres, how large and in which face."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    italic: bool

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def sheet(**changes: object) -> Sheet:
    """A conclusion notice of a ward's committee, long enough for two pages."""
    text: list[Block] = [
        {"kind": "heading", "text": "1. Tiến độ giải ngân vốn đầu tư công"},
        {
            "kind": "p",
            "text": "Ghi nhận kết quả giải ngân đạt 71% kế hoạch, yêu cầu các đơn vị bảo đảm giải ngân 95% trước ngày "
            "31 tháng 01 năm 2027, không để dồn vào cuối năm. Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì thực hiện.",
        },
    ]
    whole: dict[str, object] = {
        "style": "state",
        "body": body_lines("Ủy ban nhân dân phường Giang Biên"),
        "symbol": "TB-UBND",
        "number": "07",
        "place_date": place_and_date("Giang Biên", date(2026, 2, 5)),
        "title": "THÔNG BÁO",
        "abstract": ["Kết luận của Chủ tịch Ủy ban nhân dân phường", "tại phiên họp tháng 02 năm 2026"],
        "opening": ["Ngày 02 tháng 02 năm 2026, Ủy ban nhân dân phường họp phiên thường kỳ. Chủ tịch kết luận như sau:"],
        "blocks": text * 9,
        "closing": ["Văn phòng HĐND và UBND phường thông báo để các đơn vị biết, thực hiện./."],
        "recipients": ["Thường trực Đảng ủy, HĐND phường;", "Lưu: VT, VP."],
        "signature": {"lines": ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], "name": "Hoàng Văn Minh"},
    }
    return whole | changes  # type: ignore[return-value]


def set_and_open(layout: Layout, words: Sheet) -> pymupdf.Document:
    return pymupdf.open(stream=typeset(layout, words), filetype="pdf")


def pieces(page: pymupdf.Page) -> list[Piece]:
    blocks = page.get_text("rawdict")["blocks"]
    spans = [span for block in blocks for line in block.get("lines", []) for span in line["spans"]]
    return [piece_of(span) for span in spans if any(c["c"].strip() for c in span["chars"])]


def piece_of(span: dict[str, Any]) -> Piece:
    """Measured over its letters: the space at the end of a justified line is not ink."""
    letters = [c for c in span["chars"] if c["c"].strip()]
    text = "".join(c["c"] for c in span["chars"]).strip()
    left, right = letters[0]["bbox"][0] / MM, letters[-1]["bbox"][2] / MM
    top, bottom = span["bbox"][1] / MM, span["bbox"][3] / MM
    return Piece(text, left, top, right, bottom, span["size"], bool(span["flags"] & BOLD), bool(span["flags"] & ITALIC))


def the(page: pymupdf.Page, start: str) -> Piece:
    """The piece that begins with these words."""
    return next(p for p in pieces(page) if p.text.startswith(start))


def rules(page: pymupdf.Page) -> list[tuple[float, float, float]]:
    """Horizontal lines drawn on the page: left, right, height in millimetres."""
    return sorted((d["rect"].x0 / MM, d["rect"].x1 / MM, d["rect"].y0 / MM) for d in page.get_drawings() if d["rect"].width > 10)


@pytest.fixture(scope="module")
def notice() -> pymupdf.Document:
    return set_and_open("notice", sheet())


@pytest.fixture(scope="module")
def party_notice() -> pymupdf.Document:
    return set_and_open(
        "notice",
        sheet(
            style="party",
            parent=["ĐẢNG BỘ THÀNH PHỐ HÀ NỘI"],
            body=["ĐẢNG ỦY PHƯỜNG GIANG BIÊN"],
            symbol="TB/ĐU",
            abstract=["kết luận Hội nghị Ban Thường vụ Đảng ủy"],
            signature={"lines": ["T/M ĐẢNG ỦY", "BÍ THƯ"], "name": "Nguyễn Thị Lan"},
            recipients=["Các chi bộ trực thuộc,", "Lưu Văn phòng Đảng ủy."],
        ),
    )


def test_the_page_is_a4_upright(notice: pymupdf.Document) -> None:
    assert [(round(p.rect.width / MM), round(p.rect.height / MM)) for p in notice] == [(210, 297)] * len(notice)


def test_no_text_stands_outside_the_margins(notice: pymupdf.Document) -> None:
    body = [p for page in notice for p in pieces(page) if not p.text.isdigit()]

    assert min(p.left for p in body) >= 30 - 0.1
    assert max(p.right for p in body) <= 210 - 15 + 0.1
    assert min(p.top for p in body) >= 20 - 1.5  # the font's own ascent above the capitals
    assert max(p.bottom for p in body) <= 297 - 20 + 0.1


def test_sizes_and_faces_are_the_decrees(notice: pymupdf.Document) -> None:
    first, last = notice[0], notice[-1]
    measured = {
        name: (round(p.size, 1), p.bold, p.italic)
        for name, p in {
            "quốc hiệu": the(first, "CỘNG HÒA XÃ HỘI"),
            "tiêu ngữ": the(first, "Độc lập - Tự do"),
            "tên cơ quan": the(first, "ỦY BAN NHÂN DÂN"),
            "số, ký hiệu": the(first, "Số: 07/TB-UBND"),
            "địa danh, ngày": the(first, "Giang Biên, ngày"),
            "tên loại": the(first, "THÔNG BÁO"),
            "trích yếu": the(first, "Kết luận của Chủ tịch"),
            "nội dung": the(first, "Ngày 02 tháng 02"),
            "quyền hạn": the(last, "TL. CHỦ TỊCH"),
            "chức vụ": the(last, "CHÁNH VĂN PHÒNG"),
            "họ tên": the(last, "Hoàng Văn Minh"),
            "nơi nhận": the(last, "Nơi nhận:"),
            "liệt kê": the(last, "- Lưu: VT"),
            "số trang": the(last, "2"),
        }.items()
    }

    assert measured == {
        "quốc hiệu": (13, True, False),  # 12-13 bold capitals
        "tiêu ngữ": (14, True, False),  # 13-14 bold
        "tên cơ quan": (13, True, False),  # 12-13 bold capitals
        "số, ký hiệu": (13, False, False),  # 13 upright
        "địa danh, ngày": (14, False, True),  # 13-14 italic
        "tên loại": (14, True, False),  # 13-14 bold capitals
        "trích yếu": (14, True, False),  # 13-14 bold
        "nội dung": (14, False, False),  # 13-14 upright
        "quyền hạn": (14, True, False),  # 13-14 bold capitals
        "chức vụ": (14, True, False),
        "họ tên": (14, True, False),
        "nơi nhận": (12, True, True),  # 12 bold italic
        "liệt kê": (11, False, False),  # 11 upright
        "số trang": (14, False, False),  # 13-14 upright
    }


def test_the_heading_stands_left_and_right_and_in_line(notice: pymupdf.Document) -> None:
    page = notice[0]
    name, motto = the(page, "PHƯỜNG GIANG BIÊN"), the(page, "Độc lập - Tự do")
    number, day = the(page, "Số: 07"), the(page, "Giang Biên, ngày")

    assert the(page, "CỘNG HÒA").text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # on one line
    assert name.right < the(page, "CỘNG HÒA").left
    assert number.middle == pytest.approx(name.middle, abs=0.5)
    assert day.middle == pytest.approx(motto.middle, abs=0.5)
    assert number.bottom == pytest.approx(day.bottom, abs=0.6)


def test_the_lines_have_their_lengths(notice: pymupdf.Document) -> None:
    page = notice[0]
    under_name, under_abstract, under_motto = rules(page)
    name, motto, abstract = the(page, "PHƯỜNG GIANG"), the(page, "Độc lập - Tự do"), the(page, "Kết luận của")

    def length(rule: tuple[float, float, float]) -> float:
        return rule[1] - rule[0]

    assert length(under_motto) == pytest.approx(motto.right - motto.left, abs=0.5)  # as long as the motto
    assert 1 / 3 <= length(under_name) / (name.right - name.left) <= 1 / 2
    assert 1 / 3 <= length(under_abstract) / (abstract.right - abstract.left) <= 1 / 2
    assert under_name[2] > name.top
    assert under_motto[2] > motto.top
    assert under_abstract[2] > abstract.bottom


def test_body_is_justified_with_a_first_line_indent_of_one_centimetre(notice: pymupdf.Document) -> None:
    lines = [p for p in pieces(notice[0]) if p.size == pytest.approx(14) and not p.bold and not p.italic and p.top > 70]
    starts = sorted({round(p.left, 1) for p in lines})
    full = [p for p, after in itertools.pairwise(lines) if after.left == pytest.approx(30, abs=0.2)]

    assert starts == [30.0, 40.0]
    assert all(p.right == pytest.approx(195, abs=0.2) for p in full)


def test_lines_and_paragraphs_keep_their_distance(notice: pymupdf.Document) -> None:
    lines = [p for p in pieces(notice[0]) if p.size == pytest.approx(14) and p.top > 70]
    steps = [(b.bottom - a.bottom) * MM for a, b in itertools.pairwise(lines)]
    within = [s for s, b in zip(steps, lines[1:], strict=False) if b.left == pytest.approx(30, abs=0.2)]
    between = [s for s, b in zip(steps, lines[1:], strict=False) if b.left == pytest.approx(40, abs=0.2)]

    assert all(14 <= s <= 14 * 1.5 * 1.15 for s in within)  # single to one and a half
    assert min(between) - max(within) >= 6 - 0.1  # at least 6 pt between paragraphs


def test_page_number_stands_in_the_middle_of_the_top_margin_from_page_two(notice: pymupdf.Document) -> None:
    number = the(notice[1], "2")

    assert not [p for p in pieces(notice[0]) if p.text == "1"]
    assert number.middle == pytest.approx(30 + 165 / 2, abs=0.3)
    assert 8 <= number.top < number.bottom <= 20


def test_signature_stands_right_and_recipients_left_on_the_same_page(notice: pymupdf.Document) -> None:
    last = notice[-1]
    authority, office, name = the(last, "TL. CHỦ TỊCH"), the(last, "CHÁNH VĂN PHÒNG"), the(last, "Hoàng Văn Minh")

    assert authority.middle == pytest.approx(office.middle, abs=0.3) == pytest.approx(name.middle, abs=0.3)
    assert authority.left > 105
    assert the(last, "Nơi nhận:").left == pytest.approx(30, abs=0.2)
    assert name.top - office.bottom >= 20  # room for the signature


def test_party_papers_follow_the_partys_own_form(party_notice: pymupdf.Document) -> None:
    page, last = party_notice[0], party_notice[-1]
    heading = the(page, "ĐẢNG CỘNG SẢN VIỆT NAM")
    measured = {
        name: (round(p.size, 1), p.bold, p.italic)
        for name, p in {
            "tiêu đề": heading,
            "cấp trên": the(page, "ĐẢNG BỘ THÀNH PHỐ"),
            "cơ quan": the(page, "ĐẢNG ỦY PHƯỜNG"),
            "số": the(page, "Số 07-TB/ĐU"),
            "tên loại": the(page, "THÔNG BÁO"),
            "trích yếu": the(page, "kết luận Hội nghị"),
            "nội dung": the(page, "Ngày 02 tháng 02"),
            "quyền hạn": the(last, "T/M ĐẢNG ỦY"),
            "chức vụ": the(last, "BÍ THƯ"),
            "nơi nhận": the(last, "Nơi nhận:"),
            "liệt kê": the(last, "- Lưu Văn phòng"),
        }.items()
    }
    line = max(rules(page), key=lambda r: r[1] - r[0])

    assert measured == {
        "tiêu đề": (15, True, False),
        "cấp trên": (14, False, False),
        "cơ quan": (14, True, False),
        "số": (14, False, False),
        "tên loại": (15, True, False),  # 15-16
        "trích yếu": (14, True, False),  # 14-15
        "nội dung": (14, False, False),  # 14-15
        "quyền hạn": (14, True, False),
        "chức vụ": (14, False, False),
        "nơi nhận": (14, False, False),
        "liệt kê": (12, False, False),
    }
    assert line[1] - line[0] == pytest.approx(heading.right - heading.left, abs=0.5)
    assert "CỘNG HÒA" not in page.get_text()
    assert "Độc lập" not in page.get_text()
    assert the(page, "*").middle == pytest.approx(the(page, "ĐẢNG ỦY PHƯỜNG").middle, abs=0.5)
    assert "-----" in page.get_text()
    assert 8 <= the(party_notice[1], "2").top <= 14  # 10 mm from the upper edge


def test_lines_of_party_papers_stand_eighteen_points_apart(party_notice: pymupdf.Document) -> None:
    lines = [p for p in pieces(party_notice[0]) if p.top > 70]
    within = [(b.bottom - a.bottom) * MM for a, b in itertools.pairwise(lines) if b.left == pytest.approx(30, abs=0.2)]

    assert within
    assert all(s == pytest.approx(18, abs=0.1) for s in within)


LETTERS = "Ẫ Ỗ Ữ ặ ệ ỡ ự ẵ Đ đ ỷ ỹ ằ ẩ ọ ờ ứ ĩ ũ ơ ư"


def test_vietnamese_letters_are_embedded_and_read_back_in_nfc() -> None:
    typed = unicodedata.normalize("NFD", LETTERS)

    document = set_and_open("paper", sheet(blocks=[{"kind": "p", "text": typed}]))

    text = document[0].get_text()
    assert LETTERS in text
    assert text == unicodedata.normalize("NFC", text)
    assert all(extension != "n/a" for _, extension, *_ in document.get_page_fonts(0))
    assert all("Tinos" in name or "Serif" in name for _, _, _, name, *_ in document.get_page_fonts(0))


def test_typed_markup_stays_text() -> None:
    typed = '#read("frame.typ") *đậm* _nghiêng_ $x^2$ <nhãn> @ai \\ // hết'

    document = set_and_open("paper", sheet(blocks=[{"kind": "p", "text": typed}], recipients=["#pagebreak()"]))

    assert typed in document[0].get_text().replace("\n", " ").replace("  ", " ")
    assert "- #pagebreak()" in document[0].get_text()


def test_a_paper_without_number_keeps_the_place_open() -> None:
    page = set_and_open("notice", sheet(number="", place_date=place_and_date("Giang Biên", None)))[0]

    assert "/TB-UBND" in page.get_text()
    assert "Số: 07" not in page.get_text()
    assert "Giang Biên, ngày tháng năm" in " ".join(page.get_text().split())
    assert the(page, "tháng").left - the(page, "Giang Biên, ngày").right >= 7  # room for two figures
    assert the(page, "năm").left - the(page, "tháng").right >= 7


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert typeset("notice", sheet()) == typeset("notice", sheet())


def test_minutes_are_signed_by_secretary_left_and_chair_right() -> None:
    words = sheet(
        title="BIÊN BẢN",
        symbol="BB-UBND",
        facts=[{"label": "Thời gian bắt đầu", "text": "08 giờ 00, ngày 24 tháng 11 năm 2026"}],
        second_signature={"lines": ["THƯ KÝ"], "name": "Hoàng Văn Minh"},
        signature={"lines": ["CHỦ TỌA"], "name": "Phạm Quốc Hưng"},
    )

    last = set_and_open("minutes", words)[-1]

    assert the(last, "THƯ KÝ").middle < 105 < the(last, "CHỦ TỌA").middle
    assert the(last, "THƯ KÝ").top == pytest.approx(the(last, "CHỦ TỌA").top, abs=0.3)
    assert the(last, "Nơi nhận:").top > the(last, "Hoàng Văn Minh").bottom


def test_a_result_sheet_shows_counts_and_shares() -> None:
    counts = [
        {"label": "Tán thành", "count": "14", "share": "87,5%"},
        {"label": "Không tán thành", "count": "2", "share": "12,5%"},
    ]

    page = set_and_open("result", sheet(title="KẾT QUẢ BIỂU QUYẾT", counts=counts, blocks=[]))[0]

    assert [the(page, t).top == pytest.approx(the(page, "Tán thành").top, abs=0.6) for t in ("14", "87,5%")] == [
        True,
        True,
    ]
    assert the(page, "Phương án").bold


def test_an_invitation_names_chair_time_and_place() -> None:
    facts = [{"label": "Chủ trì", "text": "Ông Phạm Quốc Hưng"}, {"label": "Địa điểm", "text": "Phòng họp tầng 2"}]

    page = set_and_open("invitation", sheet(title="GIẤY MỜI", to="Các thành viên UBND phường", facts=facts, blocks=[]))[0]

    assert "Kính gửi: Các thành viên UBND phường" in page.get_text()
    assert the(page, "Chủ trì:").bold
    assert the(page, "Địa điểm:").left == pytest.approx(40, abs=0.2)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ủy ban nhân dân phường Giang Biên", ["ỦY BAN NHÂN DÂN", "PHƯỜNG GIANG BIÊN"]),
        ("Hội đồng nhân dân phường Giang Biên", ["HỘI ĐỒNG NHÂN DÂN", "PHƯỜNG GIANG BIÊN"]),
        ("Đảng ủy phường Giang Biên", ["ĐẢNG ỦY PHƯỜNG GIANG BIÊN"]),
        ("Ủy ban nhân dân", ["ỦY BAN NHÂN DÂN"]),
    ],
)
def test_a_bodys_name_is_broken_where_officials_break_it(name: str, lines: list[str]) -> None:
    assert body_lines(name) == lines


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_dates_have_leading_zeros_only_where_the_decree_wants_them(day: date, written: str) -> None:
    assert long_date(day) == written


def test_letters_that_no_font_has_become_question_marks_and_the_paper_is_made() -> None:
    words = "Lý do: 中文 và chữ \x01 lạ, còn “dấu” Ơ Ư vẫn nguyên"
    sheet = Sheet(style="state", body=["ỦY BAN NHÂN DÂN"], title="GIẤY", blocks=[Block(kind="p", text=words)])

    text = " ".join(pymupdf.open(stream=typeset("paper", sheet))[0].get_text().split())

    assert "Lý do: ?? và chữ ? lạ, còn “dấu” Ơ Ư vẫn nguyên" in text
