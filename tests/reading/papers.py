"""Papers laid ready past the worker: rows, words and pictures as it would have made them."""

import secrets
import shutil
from collections.abc import Callable, Sequence
from typing import Any

import pymupdf

from meeting import clock
from meeting.documents import store
from meeting.documents.models import File, Page, packed
from meeting.documents.rules import WIDTHS
from meeting.documents.typeset import FONTS
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
SIZE = (595, 842)
TOP, LEFT, LINE = 90, 80, 26  # points

PARTS = [
    ["Dự toán ngân sách phường năm 2027", "Tổng chi là 78.240 triệu đồng,", "tăng 11,8% so với năm trước."],
    ["Chi đầu tư phát triển 42.600 triệu đồng", "ưu tiên công trình chuyển tiếp;", "chi thường xuyên 33.400 triệu đồng."],
    ["Nguồn bảo đảm lấy từ ngân sách", "phường và nguồn bổ sung cân đối.", "Ngăn sách cũ chuyển về kho."],
    ["Danh mục công trình khởi công mới", "gồm ngõ 91 và trường mầm non.", "Hết."],
]


def typeset(parts: Sequence[Sequence[str]]) -> Any:
    """A PDF with one part a page, each line at a known height."""
    document = pymupdf.open()
    for lines in parts:
        page = document.new_page(width=SIZE[0], height=SIZE[1])
        page.insert_font("tinos", fontfile=str(FONTS / "Tinos-Regular.ttf"))
        for at, line in enumerate(lines):
            page.insert_text((LEFT, TOP + at * LINE), line, fontname="tinos", fontsize=15)
    return document


def words_of(page: Any) -> list[list[Any]]:
    """The words of a page with their boxes in thousandths."""
    scale = (1000 / SIZE[0], 1000 / SIZE[1], 1000 / SIZE[0], 1000 / SIZE[1])
    return [[*(round(edge * by) for edge, by in zip(word[:4], scale, strict=True)), word[4]] for word in page.get_text("words")]


def lay(
    council: Council, parts: Sequence[Sequence[str]] = PARTS, sources: Sequence[str] = (), pictures: bool = True, **values: Any
) -> int:
    """A file that Dũng sent and the worker has read, page by page; returns its id."""
    file_id, digest = _file(council, len(parts), **values)
    folder = store.pages_folder(digest)
    folder.mkdir(parents=True)
    rows = []
    with typeset(parts) as document:
        for number, page in enumerate(document, start=1):
            source = sources[number - 1] if sources else "text"
            for width in WIDTHS if pictures else ():
                page.get_pixmap(matrix=pymupdf.Matrix(width / SIZE[0], width / SIZE[0])).save(folder / f"{number}-{width}.png")
            rows.append(_page(file_id, number, words_of(page), source))
    council.write(*rows)
    return file_id


def lay_long(council: Council, pages: int) -> int:
    """A very long paper: the same picture on each page, and a word on each that no other page has (`mục17`)."""
    file_id, digest = _file(council, pages)
    folder = store.pages_folder(digest)
    folder.mkdir(parents=True)
    with typeset([["Báo cáo dài", "trang nào cũng giống nhau"]]) as document:
        words = words_of(document[0])
        for width in WIDTHS:
            first = folder / f"1-{width}.png"
            document[0].get_pixmap(matrix=pymupdf.Matrix(width / SIZE[0], width / SIZE[0])).save(first)
            for number in range(2, pages + 1):
                shutil.copy(first, folder / f"{number}-{width}.png")
    council.write(*(_page(file_id, n, [*words, [134, 200, 200, 220, f"mục{n}"]], "text") for n in range(1, pages + 1)))
    return file_id


def _file(council: Council, pages: int, **values: Any) -> tuple[int, str]:
    digest = secrets.token_hex(32)
    found = {
        "sha256": digest,
        "name": "To trinh.pdf",
        "media_type": "application/pdf",
        "size_bytes": 1000,
        "uploaded_by": council.person("dung"),
        "uploaded_at": clock.now(),
        "state": "ready",
        "page_count": pages,
        "pages_done": pages,
        "refusal_facts": {},
        "outline": [],
        "signatures": [],
    }
    (file_id,) = council.write(File(**{**found, **values}))
    return file_id, digest


def _page(file_id: int, number: int, words: list[list[Any]], source: str) -> Page:
    shown = [] if source == "none" else words
    text = " ".join(word[4] for word in shown)
    return Page(file_id=file_id, number=number, width=SIZE[0], height=SIZE[1], text=text, boxes=packed(shown), source=source)


def hand_in(council: Council, do: Do, file_id: int, what: str, meeting_id: int, item_id: int | None, **reach: Any) -> int:
    """The unit's paper for an item, accepted and published to those invited; returns the requirement."""
    asked = do(
        "minh", "materials.request", meeting_id=meeting_id, item_id=item_id, unit_id=council.unit("kinh_te"), what=what
    )  # fmt: skip
    do("dung", "materials.submit", requirement_id=asked["requirement_id"], file_id=file_id)
    do("minh", "materials.accept", requirement_id=asked["requirement_id"])
    if reach:
        do("minh", "materials.set_audience", requirement_id=asked["requirement_id"], **reach)
    return int(asked["requirement_id"])
