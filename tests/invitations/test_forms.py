"""Giấy mời and quyết định triệu tập on paper, taken with a ruler: Nghị định 30/2020 (Phụ lục I; III, mẫu 1.2 and 1.7), HD 36."""

from datetime import UTC, date, datetime

import pymupdf
import pytest

from meeting.documents.phrases import balanced, moment_text
from meeting.documents.typeset import Annex, Block, Fact, Sheet, Signature, body_lines, place_and_date, typeset
from meeting.invitations import wording
from meeting.invitations.sheets import ANNEX_HEAD, article
from tests.documents.test_typeset import MM, pieces, rules, the

EIGHT = datetime(2026, 2, 5, 1, 0, tzinfo=UTC)  # 8:00 on Thursday 5 February 2026 in Viet Nam
WARD = "Ủy ban nhân dân phường Giang Biên"
COUNCIL = "Hội đồng nhân dân phường Giang Biên"
PEOPLE = [wording.Invited("Ông Đỗ Mạnh Hùng", "Chủ tịch", True), wording.Invited("Bà Mạc Thị Khách", "Khách mời", False)]
MATTERS = [
    wording.Matter("1", "Khai mạc"),
    wording.Matter("2", "Báo cáo giải ngân", "Phòng Kinh tế"),
    wording.Matter("2.1", "Thảo luận"),
]


def invitation(party: bool = False) -> Sheet:
    body = "Đảng ủy phường Giang Biên" if party else WARD
    words = wording.invitation_words(
        title="Phiên họp thường kỳ tháng 02 năm 2026",
        body_name=body,
        kind="party" if party else "committee",
        address_form="dong_chi" if party else "ong_ba",
        people=PEOPLE,
        matters=MATTERS,
        replaces="05/GM-UBND",
        replaced_on=date(2026, 1, 20),
    )
    facts = wording.facts_of(
        chair="ông Đỗ Mạnh Hùng",
        office="Chủ tịch UBND",
        starts_at=EIGHT,
        ends_at=None,
        place="Phòng họp 1",
        form="hybrid",
        link="https://hop.vn/1",
    )
    return Sheet(
        style="party" if party else "state",
        parent=["ĐẢNG BỘ THÀNH PHỐ HÀ NỘI"] if party else [],
        body=body_lines(body),
        symbol="GM/ĐU" if party else "GM-UBND",
        number="06",
        place_date=place_and_date("Giang Biên", date(2026, 2, 2)),
        title="GIẤY MỜI",
        abstract=balanced(words.abstract),
        opening=words.opening.splitlines(),
        facts=[Fact(label=label, text=text) for label, text in facts],
        blocks=[Block(kind="p", lead="Nội dung:", text=""), *(Block(kind="p", text=line) for line in words.content.splitlines())],
        closing=words.closing.splitlines(),
        recipients=words.recipients.splitlines(),
        signature=Signature(lines=["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], name="Tạ Quang Minh", mark="(Đã ký)"),
    )


def decision() -> Sheet:
    authority = wording.standing_body(COUNCIL)
    words = wording.decision_words(
        title="Kỳ họp thứ tư, Hội đồng nhân dân phường Giang Biên khóa II",
        body_name=COUNCIL,
        authority=authority,
        starts_at=EIGHT,
        ends_at=EIGHT.replace(day=6),
        place="Hội trường",
    )
    rows = [[str(number), "08 giờ 00", f"Nội dung {number}", "Văn phòng"] for number in range(1, 5)]
    table = Block(kind="table", head=ANNEX_HEAD, rows=rows, widths=[1, 2, 7, 4], centred=[0, 1])
    note = wording.annex_note("12/QĐ-HĐND", date(2026, 1, 10), authority)
    return Sheet(
        style="state",
        body=body_lines(COUNCIL),
        symbol="QĐ-HĐND",
        number="12",
        place_date=place_and_date("Giang Biên", date(2026, 1, 10)),
        title="QUYẾT ĐỊNH",
        abstract=balanced(words.abstract),
        authority=[authority.upper()],
        grounds=words.opening.splitlines(),
        blocks=[article(line) for line in words.content.splitlines()],
        recipients=words.recipients.splitlines(),
        signature=Signature(lines=["TM. THƯỜNG TRỰC HĐND", "CHỦ TỊCH"], name="Vũ Thị Mai Lan", mark="(Đã ký)"),
        annex=Annex(title="Dự kiến chương trình Kỳ họp thứ tư", note=note, blocks=[table]),
    )


@pytest.fixture(scope="module")
def letter() -> pymupdf.Document:
    return pymupdf.open(stream=typeset("invitation", invitation()), filetype="pdf")


@pytest.fixture(scope="module")
def party_letter() -> pymupdf.Document:
    return pymupdf.open(stream=typeset("invitation", invitation(party=True)), filetype="pdf")


@pytest.fixture(scope="module")
def order() -> pymupdf.Document:
    return pymupdf.open(stream=typeset("decision", decision()), filetype="pdf")


def test_the_pages_are_a4_within_the_margins(
    letter: pymupdf.Document, party_letter: pymupdf.Document, order: pymupdf.Document
) -> None:
    for paper in (letter, party_letter, order):
        assert {(round(page.rect.width / MM), round(page.rect.height / MM)) for page in paper} == {(210, 297)}
        inside = [each for page in paper for each in pieces(page) if not each.text.isdigit() or each.top > 20]
        assert min(each.left for each in inside) >= 30 - 0.1
        assert max(each.right for each in inside) <= 210 - 15 + 0.1
        assert max(each.bottom for each in inside) <= 297 - 20 + 0.1


def test_sizes_and_faces_of_the_invitation_are_the_decrees(letter: pymupdf.Document) -> None:
    first = letter[0]
    measured = {
        text: (round(the(first, text).size, 1), the(first, text).bold, the(first, text).italic)
        for text in (
            "CỘNG HÒA",
            "Độc lập",
            "ỦY BAN",
            "Số: 06/GM-UBND",
            "Giang Biên, ngày",
            "GIẤY MỜI",
            "Phiên họp thường",
            "Chủ trì:",
        )
    }
    assert measured == {
        "CỘNG HÒA": (13, True, False),  # 12-13 bold capitals
        "Độc lập": (14, True, False),  # 13-14 bold
        "ỦY BAN": (13, True, False),
        "Số: 06/GM-UBND": (13, False, False),
        "Giang Biên, ngày": (14, False, True),
        "GIẤY MỜI": (14, True, False),
        "Phiên họp thường": (14, True, False),
        "Chủ trì:": (14, True, False),
    }


def test_the_parts_of_the_invitation_stand_in_the_order_of_form_1_7(letter: pymupdf.Document) -> None:
    starts = [
        "GIẤY MỜI",
        "Ủy ban nhân dân phường",
        "Tới dự phiên họp",
        "Chủ trì:",
        "Thời gian:",
        "Địa điểm:",
        "Nội dung:",
        "1. Khai mạc",
    ]
    tops = [the(letter[0], start).top for start in starts]
    assert tops == sorted(tops)
    whole = " ".join(page.get_text() for page in letter)
    assert "08 giờ 00, thứ Năm, ngày 05 tháng 02 năm 2026" in " ".join(whole.split())
    assert "thay thế Giấy mời số 05/GM-UBND ngày 20 tháng 01 năm 2026" in " ".join(whole.split())
    assert "đúng thành phần./." in " ".join(whole.split())


def test_the_heading_is_in_two_columns_on_one_line(letter: pymupdf.Document) -> None:
    left, right = the(letter[0], "ỦY BAN"), the(letter[0], "CỘNG HÒA")
    assert abs(left.top - right.top) < 1
    assert left.right < right.left
    assert abs(the(letter[0], "Số: 06").middle - left.middle) < 1
    assert len(rules(letter[0])) >= 3  # below the body's name, the motto and the abstract


def test_no_signature_stands_alone_on_a_page(letter: pymupdf.Document, party_letter: pymupdf.Document) -> None:
    for paper in (letter, party_letter):
        page = next(page for page in paper if any(each.text == "Tạ Quang Minh" for each in pieces(page)))
        words = [each for each in pieces(page) if each.text.startswith("Trân trọng kính mời")]
        assert words
        assert words[0].top < the(page, "Nơi nhận:").top


def test_recipients_are_left_and_the_signature_right(letter: pymupdf.Document) -> None:
    page = letter[-1]
    to, name = the(page, "Nơi nhận:"), the(page, "Tạ Quang Minh")
    assert (round(to.size), to.bold, to.italic) == (12, True, True)
    assert round(the(page, "- Lưu: VT.").size) == 11
    assert to.left < 31
    assert name.left > 105
    assert abs(the(page, "TL. CHỦ TỊCH").middle - name.middle) < 0.5
    assert abs(the(page, "(Đã ký)").middle - name.middle) < 0.5


def test_the_party_has_its_own_layout_and_says_comrade(party_letter: pymupdf.Document) -> None:
    first = party_letter[0]
    assert round(the(first, "ĐẢNG CỘNG SẢN VIỆT NAM").size) == 15
    assert the(first, "Số 06-GM/ĐU")
    words = " ".join(" ".join(page.get_text() for page in party_letter).split())
    assert "Các đồng chí ủy viên Ban Chấp hành" in words
    assert "Đồng chí Mạc Thị Khách" in words
    assert "Cộng hòa" not in words
    assert "./." not in words


def test_the_decision_has_its_grounds_in_italics_and_its_articles_in_bold(order: pymupdf.Document) -> None:
    first = order[0]
    assert the(first, "Căn cứ Luật").italic
    assert not the(first, "Căn cứ Luật").bold
    assert the(first, "Điều 1.").bold
    assert the(order[-2], "Điều 3.").bold  # the last one goes with the signature
    authority, verb = the(first, "THƯỜNG TRỰC HỘI ĐỒNG"), the(first, "QUYẾT ĐỊNH:")
    middle = (30 + 195) / 2
    assert authority.bold
    assert verb.bold
    assert abs(authority.middle - middle) < 1
    assert abs(verb.middle - middle) < 1
    assert the(first, "QUYẾT ĐỊNH").top < authority.top < the(first, "Căn cứ Luật").top < verb.top < the(first, "Điều 1.").top


def test_the_programme_is_annexed_on_its_own_page(order: pymupdf.Document) -> None:
    assert "Phụ lục" not in order[0].get_text()
    annex = order[-1]
    middle = (30 + 195) / 2
    assert the(annex, "Phụ lục").bold
    assert abs(the(annex, "Phụ lục").middle - middle) < 1
    assert the(annex, "DỰ KIẾN CHƯƠNG TRÌNH").bold
    note = the(annex, "(Kèm theo Quyết định số 12/QĐ-HĐND")
    assert note.italic
    assert the(annex, "Phụ lục").top < the(annex, "DỰ KIẾN").top < note.top < the(annex, "Nội dung 1").top


def test_the_same_words_always_give_the_same_bytes() -> None:
    assert typeset("decision", decision()) == typeset("decision", decision())


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (EIGHT, "08 giờ 00, thứ Năm, ngày 05 tháng 02 năm 2026"),
        (datetime(2026, 12, 20, 6, 30, tzinfo=UTC), "13 giờ 30, Chủ nhật, ngày 20 tháng 12 năm 2026"),
        (datetime(2026, 12, 31, 18, 5, tzinfo=UTC), "01 giờ 05, thứ Sáu, ngày 01 tháng 01 năm 2027"),
    ],
)
def test_moments_are_written_as_papers_write_them(moment: datetime, text: str) -> None:
    assert moment_text(moment) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Phiên họp tháng 11", ["Phiên họp tháng 11"]),
        (
            "Về việc triệu tập kỳ họp thứ tư, Hội đồng nhân dân phường Giang Biên khóa II",
            ["Về việc triệu tập kỳ họp thứ tư,", "Hội đồng nhân dân phường Giang Biên khóa II"],
        ),
    ],
)
def test_long_titles_break_in_the_middle_at_a_comma(text: str, lines: list[str]) -> None:
    assert balanced(text) == lines
