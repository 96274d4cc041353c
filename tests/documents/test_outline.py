"""The contents of a paper: its bookmarks, or the headings found in its text."""

import pymupdf
import pytest
from sqlalchemy import select

from meeting.documents import describing, store
from meeting.documents.headings import found_in
from meeting.documents.models import File
from meeting.documents.outline import bookmarks
from tests.conftest import SHARED
from tests.documents.papers import paper
from tests.documents.signing import signed


def with_tree(make, pages=5):
    """A paper whose outline objects are written by `make(document, first object number)`."""
    document = pymupdf.open(stream=paper(pages), filetype="pdf")
    root = document.get_new_xref()
    first = make(document)
    document.update_object(root, f"<< /Type /Outlines /First {first} 0 R >>")
    document.xref_set_key(document.pdf_catalog(), "Outlines", f"{root} 0 R")
    return pymupdf.open(stream=document.tobytes(), filetype="pdf")


def marked(*entries):
    document = pymupdf.open(stream=paper(5), filetype="pdf")
    document.set_toc([list(each) for each in entries])
    return pymupdf.open(stream=document.tobytes(), filetype="pdf")


def test_bookmarks_become_the_contents_with_their_levels():
    found = bookmarks(marked((1, "Phần một", 1), (2, "1.1 Ti\u0300nh hình", 2), (1, "  Phần\n hai\u200b ", 4)))

    assert found == [
        {"title": "Phần một", "page": 1, "level": 1},
        {"title": "1.1 Tình hình", "page": 2, "level": 2},
        {"title": "Phần hai", "page": 4, "level": 1},
    ]


def test_a_paper_without_bookmarks_has_none():
    assert bookmarks(pymupdf.open(stream=paper(1), filetype="pdf")) == []


def test_an_outline_that_is_a_ring_ends():
    def ring(document):
        one, two = document.get_new_xref(), document.get_new_xref()
        document.update_object(one, f"<< /Title (Mot) /Dest [0 /Fit] /Next {two} 0 R /First {one} 0 R >>")
        document.update_object(two, f"<< /Title (Hai) /Dest [1 /Fit] /Next {one} 0 R >>")
        return one

    assert [each["title"] for each in bookmarks(with_tree(ring))] == ["Mot", "Hai"]


def test_a_deep_outline_is_cut_at_its_level_and_its_length():
    def deep(document):
        numbers = [document.get_new_xref() for _ in range(3000)]
        for place, number in enumerate(numbers):
            below = f"/First {numbers[place + 1]} 0 R" if place + 1 < len(numbers) else ""
            document.update_object(number, f"<< /Title (T{place}) /Dest [0 /Fit] {below} >>")
        return numbers[0]

    found = bookmarks(with_tree(deep))

    assert (len(found), found[-1]["level"]) == (2000, 8)


@pytest.mark.parametrize(
    "target",
    [
        "/Dest [99 /Fit]",
        "/Dest [-1 /Fit]",
        "/Dest (nowhere)",
        "/Dest 7",
        "/A << /S /URI /URI (http://a.vn) >>",
        "/Dest [null]",
        "",
    ],
)
def test_bookmarks_that_lead_nowhere_are_left_out_but_not_what_is_below_them(target):
    def tree(document):
        one, two = document.get_new_xref(), document.get_new_xref()
        document.update_object(one, f"<< /Title (Lac) {target} /First {two} 0 R >>")
        document.update_object(two, "<< /Title (Dung) /Dest [2 /Fit] >>")
        return one

    assert bookmarks(with_tree(tree)) == [{"title": "Dung", "page": 3, "level": 1}]


def test_headings_of_a_decree_are_found_by_their_numbers():
    pages = [
        (1, "NGHỊ ĐỊNH\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\nNghị định này quy định\nĐiều 5 Nghị định số 30"),
        (2, "Điều 2. Đối tượng áp dụng và trách nhiệm phối hợp\ncủa các cơ quan có liên quan\nĐiều 9. Sai thứ tự"),
        (2, "Chương II\nTỔ CHỨC THỰC HIỆN\nĐiều 3. Hiệu lực"),
        (3, "PHỤ LỤC\nBIỂU MẪU\n1. Mẫu số 01"),
    ]  # fmt: skip

    assert [(each["title"], each["page"], each["level"]) for each in found_in(pages)] == [
        ("Chương I QUY ĐỊNH CHUNG", 1, 1),
        ("Điều 1. Phạm vi điều chỉnh", 1, 2),
        ("Điều 2. Đối tượng áp dụng và trách nhiệm phối hợp của các cơ quan có liên quan", 2, 2),
        ("Chương II TỔ CHỨC THỰC HIỆN", 2, 1),
        ("Điều 3. Hiệu lực", 2, 2),
        ("PHỤ LỤC BIỂU MẪU", 3, 1),
    ]
    assert all(each["found"] for each in found_in(pages))


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (["I. TÌNH HÌNH CHUNG", "II. KẾT QUẢ ĐẠT ĐƯỢC"], ["I. TÌNH HÌNH CHUNG", "II. KẾT QUẢ ĐẠT ĐƯỢC"]),
        (["I. Tình hình chung", "text", "II. Nhiệm vụ"], ["I. Tình hình chung", "II. Nhiệm vụ"]),
        (["PHẦN THỨ NHẤT", "ĐÁNH GIÁ", "Phần thứ hai", "NHIỆM VỤ"], ["PHẦN THỨ NHẤT ĐÁNH GIÁ", "Phần thứ hai NHIỆM VỤ"]),
        (["Điều 1. Một mình"], []),  # one alone is no table of contents
        (["Phần lớn các đơn vị", "Chương trình công tác", "Mục tiêu đề ra", "điều 1. chữ thường"], []),
        (["V. Không có mục một", "VII. Nhảy số"], []),
    ],
)
def test_what_counts_as_a_heading(lines, titles):
    assert [each["title"] for each in found_in([(1, "\n".join(lines))])] == titles


def test_articles_begin_anew_in_what_is_attached():
    pages = [(1, "Điều 1. Ban hành\nĐiều 2. Hiệu lực"), (2, "Chương I\nQUY ĐỊNH\nĐiều 1. Phạm vi\nĐiều 2. Nguyên tắc")]

    assert [each["page"] for each in found_in(pages)] == [1, 1, 2, 2, 2]


def test_the_reader_gets_bookmarks_and_else_headings(sent, api):
    document = pymupdf.open(stream=paper(3), filetype="pdf")
    document.set_toc([[1, "Mục một", 2]])
    with_marks = sent("dung", document.tobytes())
    headed = sent("dung", paper(3, heading="Điều 1. Phạm vi", text="Nội dung."))

    assert api("dung").get(f"/documents/{with_marks}")[1]["outline"] == [{"title": "Mục một", "page": 2, "level": 1}]
    assert api("dung").get(f"/documents/{headed}")[1]["outline"] == []


def test_a_real_decree_has_all_its_articles():
    path = SHARED / "pdf" / "nd-335-2025.pdf"
    if not path.exists():
        pytest.skip("the decree is not here")
    with pymupdf.open(path) as document:
        pages = [(number, page.get_text()) for number, page in enumerate(document, start=1)]

    found = found_in(pages)

    articles = [each["title"] for each in found if each["title"].startswith("Điều")]
    assert [int(title.split()[1].rstrip(".")) for title in articles] == list(range(1, len(articles) + 1))
    assert len(articles) > 25


def test_papers_that_were_read_before_are_looked_at_later(sent, api, council):
    content = signed(paper(2, heading="Điều 1. Phạm vi"))
    file_id = sent("dung", content)
    council.update(File, file_id, outline=None, signatures=None)
    assert api("dung").get(f"/documents/{file_id}")[1]["signatures"] == []

    describing.describe_older()
    describing.describe_older()

    read = api("dung").get(f"/documents/{file_id}")[1]
    assert [each["name"] for each in read["signatures"]] == ["Vũ Thị Mai Lan"]
    assert council.one(select(File.outline).where(File.id == file_id)) == []


def test_an_older_paper_that_cannot_be_looked_at_does_not_hold_up_the_others(sent, council):
    gone, there = sent("dung", paper(1)), sent("dung", paper(2))
    council.update(File, gone, signatures=None)
    council.update(File, there, signatures=None)
    store.file_path(council.one(select(File.sha256).where(File.id == gone))).unlink()

    describing.describe_older()

    assert council.all(select(File.signatures).order_by(File.id)) == [[], []]
