"""What holds for guides and remarks, without a store; and what is shipped says what stands on the screens."""

import re
from pathlib import Path

import pytest

from meeting.errors import Refused
from meeting.guides import places, rendering, rules, shipped, videos
from meeting.permissions import Role
from tools.catalogues import read_rooms
from tools.sentences import spoken

ROOT = Path(__file__).resolve().parents[2]
QUOTED = re.compile(r"«([^»\n]+)»")


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        ({Role.MEMBER}, "member"),
        ({Role.CHAIR, Role.MEMBER}, "chair"),
        ({Role.SECRETARY, Role.CHIEF, Role.MEMBER}, "secretary"),
        ({Role.CLERK}, "clerk"),
        ({Role.OFFICER}, "unit"),
        ({Role.HEAD}, "unit"),
        ({Role.INSPECTOR}, "inspector"),
        ({Role.ADMIN}, "admin"),
        ({Role.UNIT_ADMIN}, "admin"),
        (set(), "guest"),
    ],
)
def test_each_role_has_a_guide_of_its_own(roles, first):
    assert rules.own(roles)[0] == first


@pytest.mark.parametrize("language", rules.LANGUAGES)
@pytest.mark.parametrize("name", rules.GUIDES)
def test_each_guide_is_shipped_in_both_languages_with_parts_that_can_be_linked_to(name, language):
    assert (shipped.FOLDER / language / f"{name}.md").exists()
    guide = rendering.parsed(shipped.text(name, language))
    anchors = [each.anchor for each in guide.sections]
    assert guide.title
    assert len(anchors) == len(set(anchors))
    assert "start" in anchors
    assert "help" in anchors
    assert all("<li>" in each.html for each in guide.sections), "a part is made of short steps"


@pytest.mark.parametrize("name", rules.GUIDES)
def test_words_in_quotes_stand_on_the_screens(name):
    said = set(read_rooms(ROOT / "translations" / "vi").texts.values())
    assert [word for word in QUOTED.findall(shipped.text(name, "vi")) if word not in said] == []


def test_words_in_quotes_of_the_english_guides_stand_on_the_screens_too():
    said = set(spoken(ROOT))
    wrong = [word for name in rules.GUIDES for word in QUOTED.findall(shipped.text(name, "en")) if word not in said]
    assert wrong == []


def test_every_anchor_of_the_table_stands_in_some_guide():
    known = {each.anchor for name in rules.GUIDES for each in rendering.parsed(shipped.text(name, "vi")).sections}
    assert {anchor for anchors in places.PLACES.values() for anchor in anchors} - known == set()


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "href"),
        ("![x](https://elsewhere.example/a.png)", "elsewhere"),
        ("[x](https://elsewhere.example/)", "elsewhere"),
        ("[x](//elsewhere.example/)", "elsewhere"),
        ('<img src="/guides/files/1" onerror="x()">', "<img"),
        ('<p style="color:red">x</p>', "<p style"),
    ],
)
def test_nothing_in_a_guide_runs_or_leads_outside(text, forbidden):
    assert forbidden not in rendering.html(text)


def test_pictures_and_videos_of_the_installation_stand_in_a_guide():
    drawn = rendering.html('![Nút "Gửi"](picture:12)\n\n![Cách gửi](video:7)\n\n[Nhiệm vụ](/tasks) [ở trên](#start)')
    assert '<img src="/guides/files/12" alt="Nút &quot;Gửi&quot;"' in drawn or "alt='Nút \"Gửi\"'" in drawn
    assert '<video src="/guides/files/7" controls' in drawn
    assert "https:" not in drawn
    assert 'href="/tasks"' in drawn
    assert 'href="#start"' in drawn
    assert rendering.files_in("![a](picture:12) ![b](video:7)") == {12, 7}


@pytest.mark.parametrize(("seen", "now", "refused"), [(0, 0, False), (3, 3, False), (2, 3, True), (4, 3, True)])
def test_an_editor_is_told_of_another_one(seen, now, refused):
    if not refused:
        return rules.check_revision(seen, now, "Ông A", "08:00")
    with pytest.raises(Refused) as refusal:
        rules.check_revision(seen, now, "Ông A", "08:00")
    assert (refusal.value.code, refusal.value.facts["by"]) == ("guide_changed", "Ông A")
    return None


@pytest.mark.parametrize(
    ("text", "code"), [("no title", "guide_empty"), ("# \n", "guide_empty"), ("# t\n" + "a" * 60_000, "guide_too_long")]
)
def test_a_guide_has_a_title_and_an_end(text, code):
    with pytest.raises(Refused) as refusal:
        rules.check_text(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("state", "wanted", "answer", "code"),
    [
        ("new", "looking", "", ""),
        ("looking", "answered", "Đã sửa", ""),
        ("new", "answered", "  ", "remark_without_answer"),
        ("closed", "answered", "Đã sửa", "remark_closed"),
        ("closed", "looking", "", ""),
        ("answered", "closed", "", ""),
    ],
)
def test_a_remark_goes_from_new_to_closed(state, wanted, answer, code):
    if not code:
        assert rules.next_state(state, wanted, answer) == wanted
        return
    with pytest.raises(Refused) as refusal:
        rules.next_state(state, wanted, answer)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01webm", "video/webm"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01matroska", ""),
        (b"\x89PNG\r\n\x1a\n", ""),
        (b"MZ\x90\x00ftypisom", ""),
        (b"", ""),
    ],
)
def test_a_video_is_told_by_its_first_bytes(head, kind):
    assert videos.media_type(head) == kind
