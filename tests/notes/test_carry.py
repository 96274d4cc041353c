"""Notes carried to a new version: each kind in its way, and none is ever dropped."""

import random

import pytest

from meeting.notes.anchors import Document as Version
from meeting.notes.anchors import PageWords, boxes_of, forms, page_of, quote_of
from meeting.notes.carrying import Placed, carry
from meeting.notes.following import Path
from meeting.notes.rules import KINDS
from tests.notes.setting import BUDGET, CLOSING, PAPER, SCHOOLS, passage_in, setting


def on_text(document, words, **extra):
    """A highlight as a tablet makes it."""
    span = passage_in(document, words)
    number = page_of(document, span)
    return Placed(number, {"quote": quote_of(document, span), "boxes": boxes_of(document, span, number), **extra})


def over(document, words, grow=4):
    """A drawing around some words."""
    span = passage_in(document, words)
    number = page_of(document, span)
    boxes = boxes_of(document, span, number)
    left, top = min(box[0] for box in boxes) - grow, min(box[1] for box in boxes) - grow
    right, bottom = max(box[2] for box in boxes) + grow, max(box[3] for box in boxes) + grow
    points = [[left, top, 500], [right, top, 500], [right, bottom, 500], [left, bottom, 500]]
    return Placed(number, {"boxes": []}, [{"points": points, "width": 4}])


def words_under(document, placed):
    from meeting.notes.anchors import under

    points = [point for stroke in placed.strokes for point in stroke["points"]]
    box = [min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)]
    return " ".join(document.forms[at] for at in under(document, placed.page, [box]))


def test_a_highlight_gets_the_boxes_of_its_words_on_their_new_page():
    old, new = setting(PAPER), setting(PAPER, letters=47, lines=9)
    words = "cải tạo hệ thống thoát nước khu vực chợ"

    found = carry(Path(old, new), "highlight", on_text(old, words))

    span = passage_in(new, words)
    assert (found.page, found.lost) == (page_of(new, span), False)
    assert found.anchor["boxes"] == boxes_of(new, span, found.page)
    assert forms(found.anchor["quote"]["exact"]) == forms(words)


def test_a_sticky_note_on_a_passage_keeps_its_distance():
    old, new = setting(PAPER), setting((PAPER[0], CLOSING, *PAPER[1:]))
    words = "thiết bị dạy học tối thiểu"
    was = on_text(old, words)
    placed = on_text(old, words, at=[was.anchor["boxes"][0][0] + 5, was.anchor["boxes"][0][1] - 10])

    found = carry(Path(old, new), "sticky", placed)

    first = found.anchor["boxes"][0]
    assert (found.anchor["at"][0] - first[0], found.anchor["at"][1] - first[1]) == (5, -10)


def test_a_sticky_note_beside_words_goes_with_them():
    old, new = setting(PAPER), setting((PAPER[0], CLOSING, *PAPER[1:]))
    start, _ = passage_in(old, "trường mầm non")
    home, _ = passage_in(new, "trường mầm non")
    left, top, *_ = old.syllables[start].box

    found = carry(Path(old, new), "sticky", Placed(old.number_at(start), {"boxes": [], "at": [left, top]}))

    assert found.anchor["at"] == list(new.syllables[home].box[:2])
    assert found.page == new.number_at(home)


def test_a_sticky_note_far_from_all_words_goes_with_its_page():
    old, new = setting(PAPER, lines=6), setting((" ".join([BUDGET] * 3), *PAPER), lines=6)
    placed = Placed(3, {"boxes": [], "at": [940, 990]})

    found = carry(Path(old, new), "sticky", placed)

    assert (found.anchor, found.lost) == (placed.anchor, False)
    assert found.page == Path(old, new).page(3)[0]


def test_a_drawing_goes_with_the_words_under_it():
    old, new = setting(PAPER), setting((PAPER[0], CLOSING, *PAPER[1:]))
    words = "trường mầm non"
    placed = over(old, words)

    found = carry(Path(old, new), "ink", placed)

    assert not found.lost
    assert words_under(new, found) == " ".join(forms(words))
    assert found.strokes[0]["points"] != placed.strokes[0]["points"]


def test_a_drawing_whose_words_were_set_anew_is_lost():
    old, new = setting(PAPER), setting((PAPER[0], CLOSING, *PAPER[1:]), letters=33)
    placed = over(old, "cải tạo hệ thống thoát nước khu vực chợ, lắp đặt bổ sung chiếu sáng tại các điểm tối; tổng mức đầu tư")

    found = carry(Path(old, new), "ink", placed)

    assert found == Placed(placed.page, placed.anchor, placed.strokes, lost=True)


def test_a_drawing_stays_where_its_page_is_nearly_the_same():
    old = setting(PAPER)
    new = setting(tuple(SCHOOLS.replace("trường mầm non", "lớp mẫu giáo") if each is SCHOOLS else each for each in PAPER))
    placed = over(old, "trường mầm non")

    found = carry(Path(old, new), "ink", placed)

    assert found == Placed(placed.page, placed.anchor, placed.strokes)


def test_a_bookmark_follows_the_content_of_its_page():
    old, new = setting(PAPER, lines=6), setting((" ".join([BUDGET] * 3), *PAPER), lines=6)

    found = carry(Path(old, new), "bookmark", Placed(3, {"boxes": []}))

    assert found.page > 3
    assert not found.lost


def test_on_pages_without_text_notes_stay_on_the_same_picture():
    old = Version([PageWords(1, [], "a"), PageWords(2, [], "b"), PageWords(3, [], "c")])
    new = Version([PageWords(1, [], "a"), PageWords(2, [], "x"), PageWords(3, [], "b")])
    stroke = [{"points": [[100, 100, 500]], "width": 4}]
    path = Path(old, new)

    assert carry(path, "ink", Placed(2, {"boxes": []}, stroke)) == Placed(3, {"boxes": []}, stroke)
    assert carry(path, "highlight", Placed(2, {"boxes": [[1, 1, 9, 9]]})) == Placed(3, {"boxes": [[1, 1, 9, 9]]})
    assert carry(path, "bookmark", Placed(3, {"boxes": []})).lost


LOST = [
    ("highlight", lambda old: on_text(old, "thiết bị dạy học tối thiểu")),
    ("sticky", lambda old: on_text(old, "thiết bị dạy học tối thiểu", at=[300, 300])),
    ("ink", lambda old: over(old, "thiết bị dạy học tối thiểu")),
    ("bookmark", lambda old: Placed(1, {"boxes": []})),
]


OTHERS = [setting(("Biên bản làm việc về công tác phòng cháy, chữa cháy.",)), Version([]), Version([PageWords(1, [])])]


@pytest.mark.parametrize("new", OTHERS, ids=["another text", "no pages", "no words"])
@pytest.mark.parametrize(("kind", "make"), LOST, ids=[kind for kind, _ in LOST])
def test_what_cannot_be_placed_keeps_its_old_page(kind, make, new):
    old = setting(PAPER)
    placed = make(old)

    assert carry(Path(old, new), kind, placed) == Placed(placed.page, placed.anchor, placed.strokes, lost=True)


VOCABULARY = sorted({word for paragraph in PAPER for word in paragraph.split()})


def changed(random_, paragraphs):
    """A new version: paragraphs moved, removed, added, words put in, taken out and replaced."""
    kept = [each.split() for each in paragraphs if random_.random() > 0.15]
    random_.shuffle(kept) if random_.random() < 0.3 else None
    for words in kept:
        for _ in range(random_.randrange(6)):
            at = random_.randrange(len(words) + 1)
            words[at : at + random_.randrange(3)] = random_.choices(VOCABULARY, k=random_.randrange(3))
    if random_.random() < 0.5:
        kept.insert(random_.randrange(len(kept) + 1), random_.choices(VOCABULARY, k=40))
    return [" ".join(words) for words in kept if words] or ["Trang"]


def any_note(random_, document):
    """A note of any kind anywhere, sensible or not."""
    number = random_.randrange(1, len(document.pages) + 2)
    start, end = document.span(number)
    anchor = {"boxes": []}
    if start < end and random_.random() < 0.8:
        first = random_.randrange(start, end)
        span = (first, min(end, first + random_.randrange(1, 20)))
        anchor = {"quote": quote_of(document, span), "boxes": boxes_of(document, span, number)}
    if random_.random() < 0.3:
        anchor.pop("quote", None)
    if random_.random() < 0.5:
        anchor["at"] = [random_.randrange(1001), random_.randrange(1001)]
    points = [[random_.randrange(1001), random_.randrange(1001), 500] for _ in range(random_.randrange(6))]
    return random_.choice(KINDS), Placed(number, anchor, [{"points": points, "width": 4}])


@pytest.mark.parametrize("seed", range(12))
def test_no_note_disappears_whatever_was_changed(seed):
    random_ = random.Random(seed)
    old = setting(PAPER, lines=random_.randrange(4, 20))
    new = setting(changed(random_, PAPER), letters=random_.randrange(30, 100), lines=random_.randrange(4, 20))
    notes = [any_note(random_, old) for _ in range(20)]
    path = Path(old, new)

    placed = [(kind, note, carry(path, kind, note)) for kind, note in notes]

    lost = [found for _, _, found in placed if found.lost]
    carried = [found for _, _, found in placed if not found.lost]
    assert len(notes) == len(carried) + len(lost)
    assert all((found.page, found.anchor) == (note.page, note.anchor) for _, note, found in placed if found.lost)
    assert all(1 <= found.page <= len(new.pages) for found in carried)
    values = [value for found in carried for box in found.anchor.get("boxes") or [] for value in box]
    values += [value for found in carried for stroke in found.strokes for point in stroke["points"] for value in point[:2]]
    assert all(0 <= value <= 1000 for value in values)


@pytest.mark.parametrize("seed", range(6))
def test_on_an_unchanged_text_every_highlight_finds_its_words_again(seed):
    random_ = random.Random(seed)
    old = setting(PAPER, lines=random_.randrange(4, 20))
    new = setting(PAPER, letters=random_.randrange(30, 100), lines=random_.randrange(4, 20))
    path = Path(old, new)

    for _ in range(30):
        start = random_.randrange(len(old.forms) - 1)
        span = (start, min(len(old.forms), start + random_.randrange(1, 25)))
        number = page_of(old, span)
        note = Placed(number, {"quote": quote_of(old, span), "boxes": boxes_of(old, span, number)})
        found = carry(path, "highlight", note)
        assert not found.lost
        assert forms(found.anchor["quote"]["exact"]) == old.forms[span[0] : span[1]]
