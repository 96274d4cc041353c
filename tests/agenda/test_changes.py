"""What changed between two versions of a programme."""

from typing import Any

import pytest

from meeting.agenda.changes import CHANGE_WORDS, changes, longest_rise


def item(key: int, label: str, **values: Any) -> dict[str, Any]:
    plain = {"title": f"Nội dung {key}", "kind": "matter", "unit": "", "presenters": [], "minutes": 20, "state": "planned"}
    return {"id": key, "label": label, "parent": None, **plain, **values}


def version(*items: dict[str, Any], **values: Any) -> dict[str, Any]:
    head = {"title": "Phiên họp", "starts_at": "2026-11-23T08:00:00+07:00", "ends_at": "2026-11-23T11:00:00+07:00"}
    return {**head, "place": "Phòng 2", "chair": "Ông Hùng", "form": "in_person", "items": list(items), **values}


BEFORE = version(item(1, "1"), item(2, "2"), item(3, "3"))


def said(after: dict[str, Any], only: set[int] | None = None) -> list[str]:
    return [CHANGE_WORDS[each.kind] % each.facts for each in changes(BEFORE, after, only)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (version(*BEFORE["items"]), []),
        (version(*BEFORE["items"], item(4, "4")), ["New item 4: Nội dung 4"]),
        (version(item(1, "1"), item(3, "2")), ["Taken off: Nội dung 2 (was item 2)"]),
        (version(item(3, "1"), item(1, "2"), item(2, "3")), ["Moved: Nội dung 3 is now item 1 (was 3)"]),
        (version(item(1, "1"), item(2, "1.1", parent=1), item(3, "2")), ["Moved: Nội dung 2 is now item 1.1 (was 2)"]),
        (
            version(item(1, "1", title="Ngân sách"), item(2, "2"), item(3, "3")),
            ["Item 1 is now called: Ngân sách (was: Nội dung 1)"],
        ),
        (version(item(1, "1", minutes=0), item(2, "2"), item(3, "3")), ["Item 1 Nội dung 1: 0 minutes (was 20)"]),
        (
            version(item(1, "1", presenters=["Bà A", "Ông B"]), item(2, "2"), item(3, "3")),
            ["Item 1 Nội dung 1 is presented by Bà A, Ông B (was: –)"],
        ),
        (
            version(item(1, "1", unit="Phòng Kinh tế"), item(2, "2"), item(3, "3")),
            ["Item 1 Nội dung 1 is prepared by Phòng Kinh tế (was: –)"],
        ),
        (
            version(item(1, "1"), item(2, "2", state="withdrawn", reason="chưa đủ hồ sơ"), item(3, "3")),
            ["Withdrawn: 2 Nội dung 2. Reason: chưa đủ hồ sơ"],
        ),
        (
            version(item(1, "1"), item(2, "2", state="deferred", reason="chờ ý kiến"), item(3, "3")),
            ["Put off to a later meeting: 2 Nội dung 2. Reason: chờ ý kiến"],
        ),
        (version(*BEFORE["items"], place="Hội trường"), ["Place: Hội trường (was: Phòng 2)"]),
        (
            version(*BEFORE["items"], starts_at="2026-11-24T13:30:00+07:00", ends_at=None),
            ["Time: 13:30, 24/11/2026 (was: 08:00 – 11:00, 23/11/2026)"],
        ),
        (version(*BEFORE["items"], title="Phiên họp bất thường"), ["Title: Phiên họp bất thường (was: Phiên họp)"]),
        (version(*BEFORE["items"], chair=""), ["Chair: – (was: Ông Hùng)"]),
    ],
)
def test_each_change_is_said_in_words(after: dict[str, Any], expected: list[str]) -> None:
    assert said(after) == expected


def test_an_item_set_aside_may_come_back() -> None:
    aside = version(item(1, "1"), item(2, "2", state="withdrawn", reason="x"), item(3, "3"))

    (change,) = changes(aside, BEFORE)

    assert CHANGE_WORDS[change.kind] % change.facts == "Back on the programme: 2 Nội dung 2"


def test_a_guest_hears_only_of_the_own_items_and_of_the_meeting() -> None:
    after = version(item(1, "1", title="Mật"), item(2, "2", minutes=30), item(3, "3"), place="Hội trường")

    assert said(after, {2}) == ["Place: Hội trường (was: Phòng 2)", "Item 2 Nội dung 2: 30 minutes (was 20)"]


def test_the_same_item_may_change_in_several_ways() -> None:
    after = version(item(2, "1", title="Dự toán", minutes=45), item(1, "2"), item(3, "3"))

    kinds = [(each.kind, each.item) for each in changes(BEFORE, after)]

    assert ("item_retitled", 2) in kinds
    assert ("minutes", 2) in kinds
    assert sum(kind == "item_moved" for kind, _ in kinds) == 1


@pytest.mark.parametrize(
    ("ranks", "stayed"),
    [([0, 1, 2], {0, 1, 2}), ([2, 0, 1], {0, 1}), ([1, 2, 0], {1, 2}), ([], set()), ([3, 2, 1], {1}), ([0, 3, 1, 2], {0, 1, 2})],
)
def test_the_fewest_moves_explain_an_order(ranks: list[int], stayed: set[int]) -> None:
    assert longest_rise(ranks) == stayed
