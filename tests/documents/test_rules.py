"""The rules of files and pages."""

import pytest

from meeting.documents.finding import occurrences, pages_with
from meeting.documents.rules import (
    MAX_PIXELS,
    Line,
    image_size,
    is_active,
    is_broken,
    is_scan,
    nearest_width,
    secrecy_level,
)


@pytest.mark.parametrize(
    ("text", "top", "level"),
    [
        ("MẬT", 0.05, "MẬT"),
        ("TỐI MẬT", 0.2, "TỐI MẬT"),
        ("TUYỆT MẬT", 0.33, "TUYỆT MẬT"),
        ("[ MẬT ]", 0.1, "MẬT"),
        ("M Ậ T", 0.1, "MẬT"),
        ("Độ mật: TỐI MẬT", 0.1, "TỐI MẬT"),
        ("MA\u0302\u0323T", 0.1, "MẬT"),  # the same letters, decomposed
        ("MẬT", 0.5, None),  # not at the head of the page
        ("Luật Bảo vệ bí mật nhà nước", 0.1, None),
        ("BẢO MẬT", 0.1, None),
        ("mật", 0.1, None),  # the end of a broken sentence
        ("KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC", 0.1, None),
        ("MẬT 2026", 0.1, None),
    ],
)
def test_only_a_mark_that_stands_alone_at_the_head_is_a_level(text, top, level):
    assert secrecy_level([Line("ỦY BAN NHÂN DÂN", 0.02), Line(text, top)]) == level


def test_recognised_stamps_may_have_lost_their_marks():
    assert secrecy_level([Line("TOI MAT", 0.1)], recognised=True) == "TỐI MẬT"
    assert secrecy_level([Line("TOI MAT", 0.1)]) is None


def test_scripts_are_noticed_in_an_object_of_a_pdf():
    assert is_active("<</S/JavaScript/JS(app.alert())>>")
    assert not is_active("<</Type/Page/Contents 4 0 R>>")


@pytest.mark.parametrize(("words", "share", "scan"), [(29, 0.6, True), (0, 1.0, True), (30, 1.0, False), (5, 0.0, False)])
def test_a_page_of_pictures_with_few_words_is_a_scan(words, share, scan):
    assert is_scan(words, share) is scan


def test_a_text_layer_that_lost_letters_is_noticed():
    good = ["Ủy", "ban", "nhân", "dân", "phường", "báo", "cáo", "tình", "hình", "kinh", "tế", "xã", "hội", "năm", "2026"] * 5

    assert not is_broken(good)
    assert is_broken(["C", "N", "P", "Ủ", *good])
    assert is_broken(["xrqz", "bncd", "wrt"] * 15)
    assert not is_broken(["UBND", "HĐND", "MTTQ"])


def test_images_keep_their_shape_and_stay_under_the_limit_of_pixels():
    assert image_size(595, 842, 1200).height == 1698
    wide, long = image_size(100, 100_000, 1800), image_size(0, 0, 240)
    assert wide.width * wide.height <= MAX_PIXELS
    assert long.width >= 1


@pytest.mark.parametrize(("wanted", "width"), [(1, 240), (241, 1200), (1200, 1200), (5000, 2000)])
def test_the_kept_width_that_fits_is_served(wanted, width):
    assert nearest_width(wanted) == width


@pytest.mark.parametrize(
    ("sought", "times"),
    [("ket luan", 2), ("kết luận", 2), ("KẾT LUẬN của", 1), ("luan ket", 0), ("ngõ 115", 1), ("  ", 0), ("đường", 0)],
)
def test_words_are_found_with_or_without_marks(sought, times):
    text = "Thông báo kết luận của Chủ tịch;\nthực hiện Kết  luận về ngõ 115."

    assert occurrences(sought, text) == times
    assert pages_with(sought, [(1, "khác"), (7, text)]) == ([(7, times)] if times else [])
