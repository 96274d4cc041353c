"""What changed between two versions, page by page: a table of cases, and the bounds."""

import itertools
import random
from collections.abc import Sequence

import pytest

from meeting.materials.compare import PageChange, Run, compare, counts, passages
from meeting.materials.compare_text import PageText, word_count
from meeting.materials.compare_words import Block, common
from tests.waiting import worked

WORDS = [f"tu{number}" for number in range(4000)]


def prose(seed: int, words: int = 60) -> str:
    """A page's text of its own: twelve words a line."""
    said = random.Random(seed).choices(WORDS, k=words)
    return "\n".join(" ".join(said[at : at + 12]) for at in range(0, words, 12))


A, B, C, D, E = (prose(seed) for seed in range(5))
SCAN = PageText(0, "", readable=False, picture="p1")
OTHER_SCAN = PageText(0, "", readable=False, picture="p2")


def pages(*texts: str | PageText) -> list[PageText]:
    """Pages with numbers from 1."""
    given = [each if isinstance(each, PageText) else PageText(0, each) for each in texts]
    return [PageText(at, each.text, each.readable, each.recognised, each.picture) for at, each in enumerate(given, start=1)]


def fates(changes: Sequence[PageChange]) -> list[tuple[str, int | None, int | None]]:
    """Kind, older page, newer page."""
    return [(change.kind, change.old, change.new) for change in changes]


CASES = {
    "nothing changed": ((A, B), (A, B), [("unchanged", 1, 1), ("unchanged", 2, 2)]),
    "a page was put in": ((A, B), (A, C, B), [("unchanged", 1, 1), ("added", None, 2), ("unchanged", 2, 3)]),
    "a page was put before": ((A, B), (C, A, B), [("added", None, 1), ("unchanged", 1, 2), ("unchanged", 2, 3)]),
    "a page was put behind": ((A, B), (A, B, C), [("unchanged", 1, 1), ("unchanged", 2, 2), ("added", None, 3)]),
    "a page was taken out": ((A, B, C), (A, C), [("unchanged", 1, 1), ("removed", 2, None), ("unchanged", 3, 2)]),
    "the first page was taken out": ((A, B), (B,), [("removed", 1, None), ("unchanged", 2, 1)]),
    "the last page was taken out": ((A, B), (A,), [("unchanged", 1, 1), ("removed", 2, None)]),
    "a page was moved to the front": (
        (A, B, C, D),
        (A, D, B, C),
        [("unchanged", 1, 1), ("moved", 4, 2), ("unchanged", 2, 3), ("unchanged", 3, 4)],
    ),
    "a word was changed": (
        (A, B),
        (A, B.replace(f" {B.split()[30]} ", " moi ", 1)),
        [("unchanged", 1, 1), ("changed", 2, 2)],
    ),
    "a page was written anew": (
        (A, B, C),
        (A, D, C),
        [("unchanged", 1, 1), ("removed", 2, None), ("added", None, 2), ("unchanged", 3, 3)],
    ),
    "everything is new": ((A,), (B,), [("removed", 1, None), ("added", None, 1)]),
    "the same scan": ((A, SCAN), (A, SCAN), [("unchanged", 1, 1), ("unchanged", 2, 2)]),
    "another scan": ((A, SCAN), (A, OTHER_SCAN), [("unchanged", 1, 1), ("unread", 2, 2)]),
    "a scan was typed": ((A, SCAN), (A, B), [("unchanged", 1, 1), ("unread", 2, 2)]),
    "a typed page was scanned": ((A, B), (A, SCAN), [("unchanged", 1, 1), ("unread", 2, 2)]),
    "a scan was put behind": ((A,), (A, SCAN), [("unchanged", 1, 1), ("unread", None, 2)]),
    "a scan was taken out": ((A, SCAN), (A,), [("unchanged", 1, 1), ("unread", 2, None)]),
    "from nothing": ((), (A,), [("added", None, 1)]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_became_of_each_page(case: str) -> None:
    """Each case of the table, and the counts of it."""
    old, new, expected = CASES[case]

    found = compare(pages(*old), pages(*new))

    assert sorted(fates(found), key=str) == sorted(expected, key=str)
    assert [change.new for change in found if change.new] == list(range(1, len(new) + 1))
    assert sum(counts(found).values()) == len(expected)


def test_changed_words_are_told_with_what_stands_around() -> None:
    """Kept, gone and come, in reading order."""
    old = "Tổng chi ngân sách là 12 tỷ đồng cho năm 2027 gồm chi đầu tư và chi thường xuyên"
    new = "Tổng chi ngân sách là 15 tỷ đồng cho năm 2027 gồm chi đầu tư, dự phòng và chi thường xuyên"

    (change,) = compare(pages(old), pages(new))

    assert change.runs == (
        Run("kept", "Tổng chi ngân sách là"),
        Run("gone", "12"),
        Run("come", "15"),
        Run("kept", "tỷ đồng cho năm 2027 gồm chi đầu"),
        Run("gone", "tư"),
        Run("come", "tư, dự phòng"),
        Run("kept", "và chi thường xuyên"),
    )


def test_text_that_only_flows_on_is_no_change() -> None:
    """A paragraph on page 1 pushes lines over every later edge: only page 1 changed."""
    lines = [" ".join(random.Random(at).choices(WORDS, k=10)) for at in range(100)]
    longer = [*lines[:5], *("doan van them vao " + str(at) for at in range(7)), *lines[5:]]

    found = compare(
        pages(*("\n".join(lines[at : at + 20]) for at in range(0, 100, 20))),
        pages(*("\n".join(longer[at : at + 20]) for at in range(0, 107, 20))),
    )

    assert [change.kind for change in found] == ["changed", *["unchanged"] * 5]


def test_running_heads_and_page_numbers_are_no_change() -> None:
    """A page put in shifts every number and the head with the date of printing."""
    old = [f"Đề án chuyển đổi số\n{text}\nTrang {at}/4" for at, text in enumerate((A, B, C, D), start=1)]
    new = [f"Đề án chuyển đổi số\n{text}\nTrang {at}/5" for at, text in enumerate((A, E, B, C, D), start=1)]

    found = compare(pages(*old), pages(*new))

    assert counts(found) == {"unchanged": 4, "changed": 0, "added": 1, "removed": 0, "moved": 0, "unread": 0}


def test_a_moved_page_that_was_changed_tells_its_words() -> None:
    """Moved and edited at once."""
    words = D.split()
    edited = " ".join([*words[:20], "moi", *words[21:]])

    found = {change.kind: change for change in compare(pages(A, B, C, D), pages(A, edited, B, C))}

    assert (found["moved"].old, found["moved"].new) == (4, 2)
    assert [run.text for run in found["moved"].runs if run.kind == "come"] == ["moi"]


def test_a_line_taken_from_the_end_of_a_page_is_told_on_that_page() -> None:
    """Not on the page that follows."""
    shorter = "\n".join(A.splitlines()[:-1])

    found = compare(pages(A, B), pages(shorter, B))

    assert fates(found) == [("changed", 1, 1), ("unchanged", 2, 2)]
    assert found[0].runs[-1] == Run("gone", A.splitlines()[-1])


def test_a_line_taken_from_the_head_of_a_page_is_told_on_that_page() -> None:
    """Not on the page before."""
    shorter = "\n".join(B.splitlines()[1:])

    found = compare(pages(A, B), pages(A, shorter))

    assert fates(found) == [("unchanged", 1, 1), ("changed", 2, 2)]


def test_recognised_pages_say_so() -> None:
    """Small differences may be reading errors."""
    (change,) = compare([PageText(1, A, recognised=True)], pages(A))

    assert change.recognised


def test_the_words_of_both_versions_can_be_put_together_again() -> None:
    """Nothing is lost and nothing invented: kept and come make the newer page, kept and gone what went into it."""
    chance = random.Random(7)
    for _ in range(40):
        old = chance.choices(WORDS[:30], k=chance.randrange(1, 80))
        new = list(old)
        for _ in range(chance.randrange(6)):
            at = chance.randrange(len(new) + 1)
            new[at : at + chance.randrange(5)] = chance.choices(WORDS[:30], k=chance.randrange(5))
        blocks = common(old, new)

        assert all(old[block.old : block.old + block.size] == new[block.new : block.new + block.size] for block in blocks)
        assert all(one.old + one.size <= two.old and one.new + one.size <= two.new for one, two in itertools.pairwise(blocks))


def test_equal_texts_are_one_block() -> None:
    """However long."""
    words = random.Random(3).choices(WORDS, k=5000)

    assert common(words, list(words)) == [Block(0, 0, 5000)]


def test_five_hundred_pages_are_compared_in_seconds() -> None:
    """200,000 words against 200,000: with 200 edits, and wholly different."""
    old = [prose(seed, 400) for seed in range(500)]
    new = [text if at % 5 else text.replace(text.split()[7], "moi") for at, text in enumerate(old)]
    begun = worked()

    edited = compare(pages(*old), pages(*new))
    other = compare(pages(*old), pages(*(prose(seed, 400) for seed in range(1000, 1500))))

    assert worked() - begun < 30
    assert counts(edited)["changed"] == 100
    assert counts(other) == {"unchanged": 0, "changed": 0, "added": 500, "removed": 500, "moved": 0, "unread": 0}
    assert word_count(pages(*old)) == 200_000


def test_passages_hold_a_few_words_around_each_change() -> None:
    """Long stretches that stayed are cut; two changes close to each other stay in one passage."""
    long = " ".join(f"w{at}" for at in range(40))
    runs = [
        Run("kept", long),
        Run("gone", "a"),
        Run("come", "b"),
        Run("kept", "x y"),
        Run("come", "c"),
        Run("kept", long),
        Run("gone", "d"),
    ]

    found = passages(runs)

    before, after = " ".join(f"w{at}" for at in range(28, 40)), " ".join(f"w{at}" for at in range(12))
    assert found == [
        [
            Run("kept", f"… {before}"),
            Run("gone", "a"),
            Run("come", "b"),
            Run("kept", "x y"),
            Run("come", "c"),
            Run("kept", f"{after} …"),
        ],
        [Run("kept", f"… {before}"), Run("gone", "d")],
    ]
    assert passages([Run("kept", long)]) == []
