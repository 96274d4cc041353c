"""The Word file of a paper: the same words, sizes and places as its PDF, also after LibreOffice has had it in its hands.

Places may differ by 2.5 mm: LibreOffice sets the letters of a line of exact height about 0.9 mm lower than Typst does, and the
rows of tables grow by the width of their lines. Sides may differ by 0.5 mm.
"""

import io
import tempfile
from pathlib import Path
from typing import Any

import docx
import pymupdf
import pytest

from meeting.documents import office
from meeting.documents.docx_paper import docx_of
from meeting.documents.typeset import Block, Layout, Sheet, place_and_date, typeset
from tests.documents.test_typeset import MM, the
from tests.documents.test_typeset import sheet as notice_of

DOWN, ASIDE = 2.5, 0.5  # millimetres
needs_office = pytest.mark.skipif(not office.can_convert(), reason="LibreOffice is not installed")
TEXT = (
    "Ghi nhận kết quả giải ngân đạt 71% kế hoạch, yêu cầu các đơn vị bảo đảm giải ngân 95% trước ngày 31 tháng 01 năm 2027, "
    "không để dồn vào cuối năm. Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì thực hiện."
)


MANY: list[Block] = [{"kind": "p", "text": TEXT}] * 22


def of_length(paragraphs: int, **changes: object) -> Sheet:
    return notice_of(blocks=[{"kind": "p", "text": f"{place}. {TEXT}"} for place in range(1, paragraphs + 1)], **changes)


def party_notice(paragraphs: int) -> Sheet:
    return of_length(
        paragraphs,
        style="party",
        parent=["ĐẢNG BỘ THÀNH PHỐ HÀ NỘI"],
        body=["ĐẢNG ỦY PHƯỜNG GIANG BIÊN"],
        symbol="TB/ĐU",
        abstract=["kết luận Hội nghị Ban Thường vụ Đảng ủy"],
        signature={"lines": ["T/M ĐẢNG ỦY", "BÍ THƯ"], "name": "Nguyễn Thị Lan"},
        recipients=["Các chi bộ trực thuộc,", "Lưu Văn phòng Đảng ủy."],
    )


def minutes() -> Sheet:
    table: Block = {
        "kind": "table",
        "head": ["TT", "Phương án", "Số phiếu"],
        "rows": [["1", "Tán thành", "14"], ["2", "Không tán thành", "2"]],
        "widths": [1, 5, 2],
        "centred": [0, 2],
    }
    return of_length(
        3,
        title="BIÊN BẢN",
        symbol="BB-UBND",
        number="",
        place_date=place_and_date("Giang Biên", None),
        opening=[],
        facts=[{"label": "Thời gian bắt đầu", "text": "08 giờ 00, ngày 24 tháng 11 năm 2026."}],
        second_signature={"lines": ["THƯ KÝ"], "name": "Hoàng Văn Minh"},
        signature={"lines": ["CHỦ TỌA"], "name": "Phạm Quốc Hưng"},
    ) | {"blocks": [{"kind": "heading", "text": "I. DIỄN BIẾN"}, {"kind": "p", "text": TEXT}, table]}  # type: ignore[return-value]


def resolution() -> Sheet:
    articles: list[dict[str, Any]] = [
        {"kind": "p", "lead": "Điều 1.", "text": "Thông qua kế hoạch đầu tư công trung hạn (có phụ lục kèm theo)."},
        {"kind": "heading", "text": "Điều 2. Tổ chức thực hiện"},
        {"kind": "p", "text": "Giao Ủy ban nhân dân phường tổ chức triển khai thực hiện Nghị quyết."},
    ]
    return notice_of(
        title="NGHỊ QUYẾT",
        symbol="NQ-HĐND",
        body=["HỘI ĐỒNG NHÂN DÂN", "PHƯỜNG GIANG BIÊN"],
        abstract=["Về kế hoạch đầu tư công trung hạn giai đoạn 2026 - 2030"],
        authority=["HỘI ĐỒNG NHÂN DÂN PHƯỜNG GIANG BIÊN"],
        word="QUYẾT NGHỊ:",
        grounds=["Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;", "Xét Tờ trình số 15/TTr-UBND."],
        opening=[],
        blocks=articles,
        closing=["Nghị quyết này đã được thông qua tại kỳ họp thứ 3./."],
        signature={"lines": ["CHỦ TỊCH"], "name": "Nguyễn Thị Lan"},
        annex={
            "title": "Danh mục dự án",
            "note": "(Kèm theo Nghị quyết số 07/NQ-HĐND)",
            "blocks": [{"kind": "p", "text": TEXT}] * 22,
        },
    )


PAPERS: dict[str, tuple[Layout, Sheet]] = {
    "one page": ("notice", of_length(3)),
    "three pages": ("notice", of_length(19)),
    "party, two pages": ("notice", party_notice(9)),
    "minutes": ("minutes", minutes()),
    "resolution with annex": ("decision", resolution()),
}


def through_office(written: bytes, ending: str) -> bytes:
    """What LibreOffice makes of a Word file."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.docx"
        paper.write_bytes(written)
        return office.convert(paper, ending, Path(folder) / "made").read_bytes()


def lines_of(page: pymupdf.Page) -> list[tuple[float, float, str]]:
    """Each line of a page: its foot and its left edge in millimetres, and its words."""
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", [])]
    said = [" ".join("".join(span["text"] for span in line["spans"]).split()) for line in lines]
    told = [(line["bbox"][3] / MM, line["bbox"][0] / MM, words) for line, words in zip(lines, said, strict=True)]
    return [each for each in told if each[2]]


def words_of(document: pymupdf.Document) -> list[str]:
    return sorted(" ".join(page.get_text() for page in document).split())


@needs_office
@pytest.mark.parametrize("name", PAPERS)
def test_libreoffice_lays_the_word_file_out_as_the_pdf(name: str) -> None:
    layout, words = PAPERS[name]
    mine = pymupdf.open(stream=typeset(layout, words), filetype="pdf")
    theirs = pymupdf.open(stream=through_office(docx_of(layout, words), ".pdf"), filetype="pdf")

    assert len(theirs) == len(mine)
    assert words_of(theirs) == words_of(mine)
    whole: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for page in theirs:
        for foot, left, text in lines_of(page):
            whole.setdefault((page.number, text), []).append((foot, left))
    wanted = [(page.number, *line) for page in mine for line in lines_of(page)]
    open_places = [text for _, _, _, text in wanted if text.startswith(("Số:", "/BB", "Giang Biên, ngày", "tháng", "năm"))]
    compared = [each for each in wanted if each[3] not in open_places or name != "minutes"]
    assert len(compared) > 15
    for number, foot, left, text in compared:
        at = whole[number, text].pop(0)
        assert at[0] == pytest.approx(foot, abs=DOWN), text
        assert at[1] == pytest.approx(left, abs=ASIDE), text


@needs_office
def test_sizes_and_faces_are_kept_through_libreoffice() -> None:
    document = pymupdf.open(stream=through_office(docx_of("notice", of_length(3)), ".pdf"), filetype="pdf")
    page = document[0]

    upper = ("CỘNG HÒA", "Độc lập", "ỦY BAN", "Số: 07", "Giang Biên, ngày", "THÔNG BÁO")
    pieces = {start: the(page, start) for start in (*upper, "1. Ghi nhận", "TL. CHỦ TỊCH", "Nơi nhận:", "- Lưu")}
    found = {start: (round(piece.size, 1), piece.bold, piece.italic) for start, piece in pieces.items()}

    assert found == {
        "CỘNG HÒA": (13, True, False),
        "Độc lập": (14, True, False),
        "ỦY BAN": (13, True, False),
        "Số: 07": (13, False, False),
        "Giang Biên, ngày": (14, False, True),
        "THÔNG BÁO": (14, True, False),
        "1. Ghi nhận": (14, False, False),
        "TL. CHỦ TỊCH": (14, True, False),
        "Nơi nhận:": (12, True, True),
        "- Lưu": (11, False, False),
    }


@needs_office
def test_the_lines_under_motto_name_and_abstract_are_as_long_as_in_the_pdf() -> None:
    def lengths(document: pymupdf.Document) -> list[float]:
        drawn = [d["rect"] for d in document[0].get_drawings() if d["rect"].width > 10 and d["rect"].height < 2]
        return sorted({round(rect.width / MM) for rect in drawn})

    mine = pymupdf.open(stream=typeset("notice", of_length(3)), filetype="pdf")
    theirs = pymupdf.open(stream=through_office(docx_of("notice", of_length(3)), ".pdf"), filetype="pdf")

    assert len(lengths(mine)) == 3
    assert lengths(theirs) == pytest.approx(lengths(mine), abs=1)


@needs_office
@pytest.mark.parametrize("name", PAPERS)
def test_a_round_trip_through_libreoffice_keeps_every_word(name: str) -> None:
    written = docx_of(*PAPERS[name])

    assert text_of(through_office(written, ".docx")) == text_of(written)


def text_of(written: bytes) -> list[str]:
    """Everything a Word file says, in its order: paragraphs and the cells of its tables."""
    body = docx.Document(io.BytesIO(written)).element.body
    told = [piece.text or "" for piece in body.iter() if piece.tag.endswith("}t")]
    return " ".join(told).split()


def test_the_word_file_says_what_the_sheet_says() -> None:
    said = " ".join(text_of(docx_of("decision", resolution())))

    order = ["HỘI ĐỒNG NHÂN DÂN PHƯỜNG GIANG BIÊN CỘNG HÒA", "Số: 07/NQ-HĐND", "NGHỊ QUYẾT", "Căn cứ Luật", "QUYẾT NGHỊ:"]
    order += ["Điều 1. Thông qua", "Điều 2. Tổ chức", "Nơi nhận:", "CHỦ TỊCH", "Phụ lục DANH MỤC DỰ ÁN"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)


def test_strange_letters_do_not_break_the_word_file() -> None:
    said = " ".join(text_of(docx_of("notice", of_length(1, closing=["Chữ \x01 lạ & <b> 😀 hết./."]))))

    assert "& <b>" in said
    assert "hết./." in said
