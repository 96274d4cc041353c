"""The decree's numbers in produced resolutions and decisions, for the state and the Party, and what is set beside the text.

Nghị định 30/2020/NĐ-CP, Phụ lục I (sizes and faces: mục V; lengths of lines, indents, distances: mục II); HD 36-HD/VPTW,
Phụ lục 3.
"""

import itertools
import json
from datetime import date
from typing import Any

import pymupdf
import pytest
import typst

from meeting.documents.typeset import FONTS, LAYOUTS, Layout, Sheet, body_lines, place_and_date, typeset
from tests.documents.test_docx import resolution
from tests.documents.test_typeset import MM, pieces, rules, set_and_open, sheet, the

PARAGRAPH = (
    "Giao Ủy ban nhân dân phường tổ chức triển khai thực hiện Nghị quyết, báo cáo kết quả thực hiện tại kỳ họp thường lệ cuối "
    "năm của Hội đồng nhân dân phường theo quy định của pháp luật và chịu trách nhiệm về tiến độ."
)
VERIFY = ["Kiểm tra văn bản tại https://hop.example.gov.vn/xac-thuc", "Mã: 7KQ2-M9ZC"]
QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h2v2h-2zM2 2h2v2h-2z" fill="#000"/></svg>'


def party_decision(**changes: object) -> Sheet:
    words: dict[str, Any] = {
        **resolution(),
        "style": "party",
        "parent": ["ĐẢNG BỘ THÀNH PHỐ HÀ NỘI"],
        "body": body_lines("Đảng ủy phường Giang Biên"),
        "symbol": "QĐ/ĐU",
        "title": "QUYẾT ĐỊNH",
        "word": "QUYẾT ĐỊNH:",
        "authority": ["BAN THƯỜNG VỤ ĐẢNG ỦY"],
        "grounds": ["Căn cứ Điều lệ Đảng;", "Căn cứ Quy chế làm việc của Đảng ủy;"],
        "signature": {"lines": ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"], "name": "Nguyễn Thị Lan"},
        "recipients": ["Như Điều 2,", "Lưu Văn phòng Đảng ủy."],
        **changes,
    }
    return words  # type: ignore[return-value]


@pytest.fixture(scope="module")
def council() -> pymupdf.Document:
    return set_and_open("decision", resolution())


@pytest.fixture(scope="module")
def party() -> pymupdf.Document:
    return set_and_open("decision", party_decision())


def faces(page: pymupdf.Page, *starts: str) -> dict[str, tuple[float, bool, bool]]:
    return {start: (round(the(page, start).size, 1), the(page, start).bold, the(page, start).italic) for start in starts}


def test_a_resolution_has_the_decrees_sizes_and_faces(council: pymupdf.Document) -> None:
    bold, upright, italic = (True, False), (False, False), (False, True)

    measured = faces(
        council[0], "NGHỊ QUYẾT", "Về kế hoạch", "HỘI ĐỒNG NHÂN DÂN PHƯỜNG", "Căn cứ Luật", "QUYẾT NGHỊ:", "Điều 1.", "Điều 2. Tổ"
    ) | faces(council[0], "Thông qua kế hoạch", "Giao Ủy ban", "CHỦ TỊCH", "Nguyễn Thị Lan", "Số: 07/NQ-HĐND")

    assert measured == {
        "NGHỊ QUYẾT": (14, *bold),  # 13-14
        "Về kế hoạch": (14, *bold),
        "HỘI ĐỒNG NHÂN DÂN PHƯỜNG": (14, *bold),
        "Căn cứ Luật": (14, *italic),  # căn cứ: 13-14 italic (mục II.6)
        "QUYẾT NGHỊ:": (14, *bold),
        "Điều 1.": (14, *bold),  # "Điều" and its number in bold
        "Thông qua kế hoạch": (14, *upright),
        "Điều 2. Tổ": (14, *bold),  # and the title of an article
        "Giao Ủy ban": (14, *upright),
        "CHỦ TỊCH": (14, *bold),
        "Nguyễn Thị Lan": (14, *bold),
        "Số: 07/NQ-HĐND": (13, *upright),
    }


def test_a_resolution_stands_in_the_decrees_order_and_places(council: pymupdf.Document) -> None:
    page = council[0]
    order = [
        "NGHỊ QUYẾT",
        "Về kế hoạch",
        "HỘI ĐỒNG NHÂN DÂN PHƯỜNG",
        "Căn cứ Luật",
        "QUYẾT NGHỊ:",
        "Điều 1.",
        "Điều 2. Tổ",
        "CHỦ TỊCH",
    ]
    middle = 30 + 165 / 2

    tops = [the(page, start).top for start in order]
    assert tops == sorted(tops)
    for start in [*order[:3], "QUYẾT NGHỊ:"]:
        assert the(page, start).middle == pytest.approx(middle, abs=0.5), start
    assert [round(the(page, start).left, 1) for start in ("Căn cứ Luật", "Điều 1.", "Điều 2. Tổ", "Giao Ủy ban")] == [
        40.0
    ] * 4  # 10 mm
    assert the(page, "Nơi nhận:").top == pytest.approx(the(page, "CHỦ TỊCH").top, abs=1)  # in one line with the office
    lengths = sorted(round(right - left) for left, right, _ in rules(page))
    name, abstract = the(page, "PHƯỜNG GIANG BIÊN"), the(page, "Về kế hoạch")
    assert 1 / 3 <= lengths[0] / (name.right - name.left) <= 1 / 2
    assert any(1 / 3 <= length / (abstract.right - abstract.left) <= 1 / 2 for length in lengths)


def test_paragraphs_of_a_resolution_keep_six_points_and_lines_between_single_and_one_and_a_half() -> None:
    words = resolution() | {"blocks": [{"kind": "p", "lead": "Điều 1.", "text": PARAGRAPH}, {"kind": "p", "text": PARAGRAPH}]}
    page = set_and_open("decision", words)[0]  # type: ignore[arg-type]
    lines = sorted(
        {round(p.bottom, 3) for p in pieces(page) if p.left < 41 and 100 < p.top < 160 and round(p.size) == 14 and not p.italic}
    )
    steps = [(b - a) * MM for a, b in itertools.pairwise(lines) if b - a > 1]  # two faces in one line differ by a hair

    within, between = [step for step in steps if step < 20], [step for step in steps if step > 20]
    assert within == pytest.approx([17.5] * len(within), abs=0.1)  # 14 pt letters: 1.25 lines
    assert between == pytest.approx([23.5] * len(between), abs=0.1)  # 6 pt more between paragraphs
    assert len(within) > 2
    assert between


def test_an_annex_begins_on_its_own_page_and_counts_its_own_pages(council: pymupdf.Document) -> None:
    first, second = council[1], council[2]

    assert faces(first, "Phụ lục", "DANH MỤC", "(Kèm theo") == {
        "Phụ lục": (14, True, False),
        "DANH MỤC": (14, True, False),
        "(Kèm theo": (14, False, True),
    }
    assert not [p for p in pieces(first) if p.text.isdigit()]
    assert the(second, "2").middle == pytest.approx(30 + 165 / 2, abs=0.3)


def test_a_party_decision_follows_the_partys_form(party: pymupdf.Document) -> None:
    page = party[0]

    measured = faces(
        page,
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG ỦY PHƯỜNG",
        "QUYẾT ĐỊNH",
        "- Căn cứ Điều lệ",
        "BAN THƯỜNG VỤ ĐẢNG ỦY",
        "T/M BAN",
        "BÍ THƯ",
    )

    assert measured == {
        "ĐẢNG CỘNG SẢN VIỆT NAM": (15, True, False),
        "ĐẢNG ỦY PHƯỜNG": (14, True, False),
        "QUYẾT ĐỊNH": (15, True, False),
        "- Căn cứ Điều lệ": (14, False, False),
        "BAN THƯỜNG VỤ ĐẢNG ỦY": (14, True, False),
        "T/M BAN": (14, True, False),
        "BÍ THƯ": (14, False, False),
    }
    text = " ".join(page.get_text().split())
    assert "Số 07-QĐ/ĐU" in text
    assert text.index("- Căn cứ Quy chế") < text.index("BAN THƯỜNG VỤ ĐẢNG ỦY QUYẾT ĐỊNH") < text.index("Điều 1.")
    assert "CỘNG HÒA" not in text


@pytest.mark.parametrize(("layout", "words"), [("decision", resolution()), ("decision", party_decision()), ("notice", sheet())])
def test_the_file_is_an_archive_file_with_its_letters_and_its_structure_in_it(layout: Layout, words: Sheet) -> None:
    made = typeset(layout, words)
    document = pymupdf.open(stream=made, filetype="pdf")
    record = document.get_xml_metadata()

    assert "<pdfaid:part>2</pdfaid:part>" in record
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in record
    assert document.xref_get_key(document.pdf_catalog(), "MarkInfo")[1].replace(" ", "") == "<</Markedtrue/Suspectsfalse>>"
    assert document.xref_get_key(document.pdf_catalog(), "StructTreeRoot")[0] == "xref"
    for page in document:
        assert all(extension not in ("n/a", "") for _, extension, *_ in page.get_fonts())


# ---- beside the text -----------------------------------------------------------------------------------------------------


def test_the_code_to_prove_a_paper_stands_in_the_lower_margin_of_page_one_and_moves_nothing() -> None:
    plain, proven = sheet(), sheet(qr=QR, verify=VERIFY)
    without, with_code = set_and_open("notice", plain), set_and_open("notice", proven)
    page = with_code[0]

    words = the(page, "Kiểm tra văn bản")
    assert words.size == pytest.approx(8)
    assert 277 < words.top < words.bottom < 297 - 4
    assert words.left > 30 + 12
    body = [p for p in pieces(page) if p.size > 9]
    assert max(p.bottom for p in body) < 277.5  # nothing of the paper reaches down to it
    assert len(with_code) == len(without)
    assert [p.get_text() for p in with_code][1:] == [p.get_text() for p in without][1:]
    assert page.get_text().startswith(without[0].get_text()[:400])
    assert "Mã: 7KQ2-M9ZC" not in with_code[1].get_text()


def said_by(layout: Layout, words: Sheet, label: str) -> list[dict[str, Any]]:
    """What a layout tells of itself under a label."""
    empty = {name: [] for name in ("opening", "facts", "blocks", "counts", "closing", "recipients", "authority", "grounds")}
    inputs = {"sheet": json.dumps(empty | dict(words), ensure_ascii=False)}
    found = typst.query(
        str(LAYOUTS / f"{layout}.typ"), label, field="value", root=str(LAYOUTS), font_paths=[str(FONTS)], sys_inputs=inputs
    )
    return json.loads(found)  # type: ignore[no-any-return]


def test_each_line_says_where_it_stands() -> None:
    blocks = [{"kind": "p", "text": PARAGRAPH, "line_id": 7}, {"kind": "p", "text": PARAGRAPH * 12, "line_id": 8}]
    words = sheet(blocks=blocks, closing=["Hết./."])
    document = set_and_open("notice", words)

    marks = said_by("notice", words, "<mark>")

    at = {(mark["name"], mark["edge"]): (mark["page"], mark["y"]) for mark in marks}
    first = the(document[0], "Giao Ủy ban nhân dân phường tổ chức")
    assert at["line-7", "start"] == (1, pytest.approx(first.top, abs=1.5))
    assert at["line-7", "end"][1] > at["line-7", "start"][1]
    assert at["line-8", "start"][0] == 1
    assert at["line-8", "end"][0] == 2
    assert {name for name, _ in at} >= {"abstract", "opening", "closing", "recipients", "signature"}


def test_open_places_are_as_large_as_what_is_filled_in_and_nothing_moves_when_it_is() -> None:
    open_sheet = sheet(number="", place_date=place_and_date("Giang Biên", None))
    filled = sheet(number="07", place_date=place_and_date("Giang Biên", date(2026, 2, 5)))

    slots = {slot["name"]: slot for slot in said_by("notice", open_sheet, "<slot>")}
    before, after = set_and_open("notice", open_sheet)[0], set_and_open("notice", filled)[0]

    assert {"number", "day", "month", "year", "signature"} <= set(slots)
    assert slots["number"]["width"] / MM >= 8  # three figures of 13 pt
    assert slots["year"]["width"] / MM >= 10  # four figures of 14 pt
    assert slots["signature"]["height"] / MM == pytest.approx(24)
    for start in ("CỘNG HÒA", "THÔNG BÁO", "Ngày 02 tháng 02"):
        assert the(before, start).top == pytest.approx(the(after, start).top, abs=0.05)


@pytest.mark.parametrize("count", range(17, 25))
def test_no_signature_stands_alone_on_a_page(count: int) -> None:
    words = sheet(blocks=[{"kind": "p", "text": PARAGRAPH}] * count)
    last = set_and_open("notice", words)[-1]

    top = next(p.text for p in pieces(last) if not p.text.isdigit())
    assert not top.startswith(("Nơi nhận", "TL."))
