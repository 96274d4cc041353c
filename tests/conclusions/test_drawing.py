"""Pages of papers as pictures: the same layout as the PDF, where each part stands, and a process that may die."""

import gzip
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from meeting.documents.drawing import Drawer
from meeting.documents.typeset import Sheet, Signature
from meeting.errors import Refused
from tests.waiting import until


def sheet(*texts: str) -> Sheet:
    return Sheet(
        style="state",
        body=["ỦY BAN NHÂN DÂN", "PHƯỜNG GIANG BIÊN"],
        symbol="TB-UBND",
        place_date="Giang Biên, ngày      tháng      năm",
        title="THÔNG BÁO",
        blocks=[{"kind": "p", "text": text, "line_id": place} for place, text in enumerate(texts, start=1)],
        closing=["Văn phòng thông báo."],
        recipients=["Lưu: VT."],
        signature=Signature(lines=["TL. CHỦ TỊCH"], name="Tạ Quang Minh"),
    )


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    made = Drawer()
    yield made
    made.stop()


def places(marks: list[dict[str, Any]], name: str) -> list[tuple[int, str]]:
    return [(mark["page"], mark["edge"]) for mark in marks if mark["name"] == name]


def test_a_long_paper_has_several_pages_and_tells_where_each_line_stands(drawer: Drawer) -> None:
    found = drawer.drawing("notice", sheet("Một", *["Duy trì tổ công tác liên ngành. " * 12] * 14, "Cuối"))

    assert len(found.pages) > 1
    assert found.page(1, packed=False).startswith(b"<svg")
    assert gzip.decompress(found.page(1, packed=True)) == found.page(1, packed=False)
    assert places(found.marks, "line-1") == [(1, "start"), (1, "end")]
    assert places(found.marks, "line-16") == [(len(found.pages), "start"), (len(found.pages), "end")]


def test_the_same_words_are_drawn_once(drawer: Drawer) -> None:
    first = drawer.drawing("notice", sheet("Một"))

    assert drawer.drawing("notice", sheet("Một")) is first
    assert drawer.known(first.digest) is first
    assert drawer.drawing("notice", sheet("Hai")).digest != first.digest


def test_a_process_that_died_is_replaced(drawer: Drawer) -> None:
    drawer.drawing("notice", sheet("Một"))
    before = drawer.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    until(lambda: not os.path.exists(f"/proc/{before}/exe"), "the process did not end")

    assert drawer.drawing("notice", sheet("Hai")).pages
    assert drawer.pid != before


def test_what_cannot_be_drawn_is_refused_and_the_next_is_drawn(drawer: Drawer) -> None:
    with pytest.raises(Refused) as refused:
        drawer.drawing("no such layout", sheet("Một"))  # type: ignore[arg-type]

    assert refused.value.code == "page_being_drawn"
    assert drawer.drawing("notice", sheet("Một")).pages


def test_only_so_much_is_kept() -> None:
    drawer = Drawer(limit=1)
    first = drawer.drawing("notice", sheet("Một"))
    second = drawer.drawing("notice", sheet("Hai"))

    assert (drawer.known(first.digest), drawer.known(second.digest)) == (None, second)
    drawer.stop()
