"""Minutes cut by item, long texts cut in pieces, lines found on their pages. Pure."""

import pytest

from meeting.search.passages.pieces import Heading, Pages, Part, by_item, page_of, paragraphs

ITEMS = (
    Heading(11, "1", "Báo cáo kinh tế - xã hội tháng 10"),
    Heading(12, "2", "Đề án chỉnh trang vỉa hè"),
    Heading(13, "2.1", "Tuyến đường Lê Lợi"),
)
TEXT = """I. THÀNH PHẦN THAM DỰ
1. Có mặt: 3/3 thành viên.
2. Vắng mặt: không.

II. DIỄN BIẾN
Chủ tọa khai mạc.

1. Báo cáo kinh tế - xã hội tháng 10 (8 giờ 00 đến 8 giờ 20)
Ông A trình bày.

2. Đề án chỉnh trang vỉa hè (8 giờ 20 đến 9 giờ)
- Bà B phát biểu.
1. Đồng ý chủ trương.
2.1. Tuyến đường Lê Lợi
Kết luận: giao đơn vị.

III. KẾT THÚC
Cuộc họp kết thúc lúc 10 giờ."""


def heads(parts: list[Part]) -> list[tuple[int, str]]:
    return [(part.heading.item_id if part.heading else 0, part.text.split("\n")[0][:20]) for part in parts]


def test_minutes_are_cut_where_an_item_begins() -> None:
    parts = by_item(TEXT, ITEMS)

    assert heads(parts) == [
        (0, "I. THÀNH PHẦN THAM D"),
        (11, "1. Báo cáo kinh tế -"),
        (12, "2. Đề án chỉnh trang"),
        (13, "2.1. Tuyến đường Lê "),
        (0, "III. KẾT THÚC"),
    ]
    assert "1. Đồng ý chủ trương." in parts[2].text


def test_nothing_of_the_minutes_is_left_out() -> None:
    whole = "\n".join(part.text for part in by_item(TEXT, ITEMS))

    assert whole.split() == TEXT.split()


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("3. Đề án chỉnh trang vỉa hè", 12),  # the secretary counts otherwise
        ("2. ĐỀ ÁN CHỈNH TRANG VỈA HÈ.", 12),
        ("2. Đề án chỉnh sửa đường", 0),
        ("2. Đề án chỉnh trang các tuyến", 12),  # shortened: number and first words
        ("Đề án chỉnh trang vỉa hè được trình", 0),
        ("2. Vắng mặt: không.", 0),
    ],
)
def test_a_line_begins_an_item_by_its_title_or_its_number_and_first_words(line: str, item: int) -> None:
    assert by_item(f"I. MỞ ĐẦU\n{line}\nLời.", ITEMS)[-1].heading == next((h for h in ITEMS if h.item_id == item), None)


def test_an_item_begins_once() -> None:
    parts = by_item("1. Báo cáo kinh tế - xã hội tháng 10\nA.\n1. Báo cáo kinh tế - xã hội tháng 10 có ba phần.", ITEMS)

    assert [part.heading.item_id if part.heading else None for part in parts] == [11]


def test_minutes_without_headings_are_one_part() -> None:
    assert [part.rank for part in by_item("Lời mở đầu.\nHết.", ())] == [0]


def test_long_text_is_cut_between_lines() -> None:
    pieces = paragraphs("\n".join(f"Dòng {number} {'x' * 200}" for number in range(20)))

    assert len(pieces) > 3
    assert all(len(piece) < 1000 for piece in pieces)


PAGES = [
    (1, "Thông báo. Chủ tịch kết luận như sau: 1. Giao Phòng Kinh tế rà soát"),
    (2, "các tuyến đường. 2. Giao Công an phường"),
]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Giao Công an phường", 2),
        ("Giao Phòng Kinh tế rà soát các tuyến đường.", 1),  # runs over the end of the page
        ("GIAO CÔNG AN", 2),
        ("Điều không có", None),
        ("", None),
        ("Công", 2),
        ("ông", None),  # a part of a syllable is none
    ],
)
def test_a_line_is_found_on_its_page(text: str, page: int | None) -> None:
    assert Pages(PAGES).page_of(text) == page == page_of(text, PAGES)
