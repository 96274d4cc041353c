"""What becomes of a note that two devices wrote, and who reads whose: tables of cases."""

import uuid

import pytest

from meeting.errors import Refused
from meeting.notes import rules
from meeting.notes.rules import Stored

OLD, NEW = {"text": "hỏi ngõ 91"}, {"text": "hỏi ngõ 117"}


@pytest.mark.parametrize(
    ("stored", "base", "content", "outcome"),
    [
        (None, 0, NEW, "create"),
        (None, 7, NEW, "create"),  # a backup was put back: the device knows more than the store
        (Stored(1, NEW), 0, NEW, "same"),  # the answer to the first sending was lost
        (Stored(4, NEW), 1, NEW, "same"),
        (Stored(1, OLD), 1, NEW, "write"),
        (Stored(1, OLD), 3, NEW, "write"),  # a backup was put back
        (Stored(2, OLD), 1, NEW, "both"),  # another device wrote meanwhile
        (Stored(1, OLD), 0, NEW, "both"),  # two devices made it offline under one key
        (Stored(2, OLD, removed=True), 2, OLD, "revive"),  # undo
        (Stored(2, OLD, removed=True), 1, NEW, "revive"),  # removed there, changed here: it lives
        (Stored(2, NEW, removed=True), 1, NEW, "revive"),
    ],
)
def test_what_becomes_of_a_note_that_is_sent(stored, base, content, outcome):
    assert rules.put(stored, base, content) == outcome


@pytest.mark.parametrize(
    ("stored", "base", "outcome"),
    [
        (Stored(1, OLD), 1, "remove"),
        (Stored(1, OLD), 5, "remove"),
        (Stored(2, OLD), 1, "kept"),  # changed elsewhere since
        (Stored(3, OLD, removed=True), 1, "same"),
    ],
)
def test_what_becomes_of_a_removal(stored, base, outcome):
    assert rules.remove(stored, base) == outcome


def test_the_second_of_two_has_the_same_key_however_often_it_is_sent():
    key = str(uuid.uuid4())

    assert rules.kept_key(key, NEW) == rules.kept_key(key, dict(NEW))
    assert (
        len({key, rules.kept_key(key, NEW), rules.kept_key(key, OLD), rules.carried_key(key, 1), rules.carried_key(key, 2)}) == 5
    )


STROKE = {"points": [[1, 1, 500], [2, 2, 500]], "width": 4}


@pytest.mark.parametrize(
    ("kind", "quoted", "boxed", "strokes", "refusal"),
    [
        ("highlight", True, False, [], ""),
        ("highlight", False, True, [], ""),  # on a scan without text
        ("highlight", False, False, [], "passage_missing"),
        ("ink", False, False, [STROKE], ""),
        ("ink", False, False, [], "ink_empty"),
        ("ink", False, False, [{"points": [], "width": 4}], "ink_empty"),
        ("ink", False, False, [{"points": [[1, 1, 500]] * 6000, "width": 4}] * 2, "ink_too_long"),
        ("sticky", False, False, [STROKE], "ink_only_drawn"),
        ("sticky", False, False, [], ""),
        ("bookmark", False, False, [], ""),
    ],
)
def test_a_note_is_whole(kind, quoted, boxed, strokes, refusal):
    if not refusal:
        rules.check_kind(kind, quoted, boxed, strokes)
        return
    with pytest.raises(Refused) as refused:
        rules.check_kind(kind, quoted, boxed, strokes)
    assert refused.value.code == refusal


def test_notes_of_one_person_on_one_paper_are_bounded():
    rules.check_count(rules.MAX_NOTES - 1)

    with pytest.raises(Refused) as refused:
        rules.check_count(rules.MAX_NOTES)
    assert (refused.value.code, refused.value.facts) == ("too_many_notes", {"limit": 1000})


@pytest.mark.parametrize(
    ("shared", "group_id", "has_meeting", "by_link", "refusal"),
    [
        ("me", None, False, True, ""),
        ("me", None, True, False, ""),
        ("meeting", None, True, False, ""),
        ("group", 5, True, False, ""),
        ("group", 6, True, False, "note_group_unknown"),
        ("group", None, True, False, "note_group_unknown"),
        ("meeting", None, False, False, "note_has_no_meeting"),
        ("group", 5, False, False, "note_has_no_meeting"),
        ("meeting", None, True, True, "note_stays_private"),
        ("group", 5, True, True, "note_stays_private"),
    ],
)
def test_with_whom_a_note_may_be_shared(shared, group_id, has_meeting, by_link, refusal):
    def check():
        rules.check_sharing(shared, group_id, has_meeting=has_meeting, by_link=by_link, group_ids=[5])

    if not refusal:
        check()
        return
    with pytest.raises(Refused) as refused:
        check()
    assert refused.value.code == refusal


@pytest.mark.parametrize(
    ("shared", "meeting_id", "group_id", "seen"),
    [
        ("me", 1, None, False),
        ("me", None, None, False),
        ("meeting", 1, None, True),
        ("meeting", 2, None, False),  # shared in another meeting that holds the same file
        ("group", 1, 5, True),
        ("group", 1, 6, False),
        ("group", 2, 5, False),
    ],
)
def test_who_reads_anothers_note(shared, meeting_id, group_id, seen):
    assert rules.sees(shared, meeting_id, group_id, meetings=frozenset({1}), groups=frozenset({5})) is seen


@pytest.mark.parametrize(
    ("before", "after", "heard", "told"),
    [
        ("me", "me", False, ""),
        ("me", "group", True, ""),
        ("group", "me", True, ""),
        ("me", "meeting", True, "shared"),
        ("group", "meeting", True, "shared"),
        ("meeting", "meeting", True, ""),
        ("meeting", "group", True, "taken_back"),
        ("meeting", "me", True, "taken_back"),
    ],
)
def test_who_hears_of_a_change(before, after, heard, told):
    assert (rules.heard_by_others(before, after), rules.told(before, after)) == (heard, told)
