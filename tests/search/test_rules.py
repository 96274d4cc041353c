"""Vietnamese as search reads it: cases from real texts."""

import unicodedata

import pytest

from meeting.search.finding.cutting import cut, plain
from meeting.search.language.matching import Degree, match
from meeting.search.language.symbols import typed_in
from meeting.search.language.wanted import read
from meeting.search.language.words import clean, index_terms, syllables
from meeting.search.passages.pieces import page_of, paragraphs


def folded(text: str) -> list[str]:
    return [syllable.folded for syllable in syllables(clean(text))]


def exact(text: str) -> list[str]:
    return [syllable.exact for syllable in syllables(clean(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đánh giá", ["danh", "gia"]),
        ("QÐ-UBND", ["qd", "ubnd"]),  # Eth
        ("Thủ Dầu Một", ["thu", "dau", "mot"]),
        ("3.697/7.043", ["3697", "7043"]),
        ("đạt 3.697.", ["dat", "3697"]),
        ("1.000.000 đồng", ["1000000", "dong"]),
        ("ngày 7.11.2026.", ["ngay", "7", "11", "2026"]),
        ("99,83%", ["99", "83"]),
        ("số 07 ngày 05/03", ["so", "7", "ngay", "5", "3"]),
        ("ISO 9001:2015", ["iso", "9001", "2015"]),
        ("kỹ kĩ lý lí quy qui thủy", ["ki", "ki", "li", "li", "qui", "qui", "thuy"]),
        ("…, – «»", []),
    ],
)
def test_syllables_fold(text: str, found: list[str]) -> None:
    assert folded(text) == found


@pytest.mark.parametrize(
    ("one", "other"), [("hoá", "hóa"), ("uỷ", "ủy"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("quí", "quý"), ("HOÀ", "hòa")]
)
def test_both_tone_styles_are_one_word(one: str, other: str) -> None:
    assert exact(one) == exact(other)


def test_tones_and_letters_stay_apart_in_the_exact_form() -> None:
    words = "họp hợp hộp hóp hop"

    assert len(set(exact(words))) == 5
    assert set(folded(words)) == {"hop"}


def test_split_letters_are_composed_first() -> None:
    split = unicodedata.normalize("NFD", "biểu quyết điện tử")

    assert exact(split) == exact("biểu quyết điện tử")


def test_terms_hold_no_pair_across_a_sentence() -> None:
    assert index_terms("Đã họp", "Vỉa") == ["da", "hop", "da_hop", "=đa4", "=hop5", "=đa4_hop5", "via", "=via3"]
    assert "hop_ket" not in index_terms("", "Đã họp. Kết luận")


def test_an_abbreviation_ends_no_sentence() -> None:
    assert "tp_thu" in index_terms("", "UBND TP. Thủ Dầu Một")


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Thông báo số 135/TB-UBND ngày 1/2", ["135/TB-UBND"]),
        ("theo 61/2018/NĐ-CP và 104/2025/UBTVQH15", ["61/2018/NĐ-CP", "104/2025/UBTVQH15"]),
        ("Kế hoạch 170-KH/BCĐ", ["170-KH/BCĐ"]),
        ("số 07 / TB – UBND", ["7/TB-UBND"]),
        ("họp ngày 24/11/2026", []),
    ],
)
def test_symbols_stand_out_of_text(text: str, symbols: list[str]) -> None:
    assert [typed.key for typed in typed_in(text)] == symbols


def test_quotes_minus_and_symbols_are_read() -> None:
    wanted = read('via he "lòng đường" -chợ 135/tb-ubnd')

    assert [s.folded for s in wanted.run] == ["via", "he"]
    assert [[s.folded for s in run] for run in wanted.phrases] == [["long", "duong"], ["135", "tb", "ubnd"]]
    assert [[s.folded for s in run] for need in wanted.left_out for run in need.alternatives] == [["cho"]]
    assert wanted.symbols == {"135/TB-UBND"}


TEXT = "2. Trật tự vỉa hè, lòng đường. Duy trì tổ công tác liên ngành xử lý dứt điểm các điểm tái lấn chiếm vỉa hè."


@pytest.mark.parametrize(
    ("typed", "degree", "exact_match", "marks"),
    [
        ("via he", Degree.PHRASE, True, ["vỉa hè", "vỉa hè"]),
        ("vỉa hè", Degree.PHRASE, True, ["vỉa hè", "vỉa hè"]),
        ("vỉa hề", Degree.PHRASE, False, ["vỉa hè", "vỉa hè"]),
        ("vỉa hè lòng đường", Degree.PHRASE, True, ["vỉa hè, lòng đường"]),
        ("xử lý các điểm lấn chiếm", Degree.NEAR, True, ["xử lý", "các điểm", "lấn chiếm"]),
        ("lòng đường duy trì", Degree.PARTS, True, ["lòng đường", "Duy trì"]),
        ("ket luan via he", Degree.PARTS, True, ["vỉa hè", "vỉa hè"]),
        ("142/TB-UBND", Degree.PHRASE, True, []),
        ("142/tb-ubnd vỉa hè", Degree.PHRASE, True, ["vỉa hè", "vỉa hè"]),
    ],
)
def test_a_passage_answers(typed: str, degree: Degree, exact_match: bool, marks: list[str]) -> None:
    found = match(read(typed), "Thông báo kết luận 142/TB-UBND", TEXT)

    assert found is not None
    assert (found.degree, found.exact) == (degree, exact_match)
    assert [TEXT[start:end] for start, end in found.spans] == marks


@pytest.mark.parametrize(
    "typed", ["điểm danh", "via he -lòng", '"he via"', "142/TB-VP", "42/TB-UBND", "đường lòng", "ket qua via he"]
)
def test_a_passage_does_not_answer(typed: str) -> None:
    head = "Thông báo kết luận 142/TB-UBND"

    assert match(read(typed), head, TEXT) is None


def test_near_does_not_cross_a_sentence_or_four_words() -> None:
    assert match(read("một sáu"), "", "một hai ba bốn năm sáu") is None
    assert match(read("một năm"), "", "một hai ba bốn năm sáu") is not None
    assert match(read("một năm"), "", "một hai. ba bốn năm sáu") is None


def test_the_piece_shown_is_written_as_in_the_source() -> None:
    text = "Mở đầu dài dòng văn tự. " * 20 + TEXT + " Và còn nữa." * 30
    found = match(read("lan chiem"), "", text)
    assert found is not None

    pieces = cut(text, found.spans)

    assert [piece.text for piece in pieces if piece.hit] == ["lấn chiếm"]
    assert plain(pieces).startswith("… ")
    assert plain(pieces).endswith("…")
    assert len(plain(pieces)) < 260


def test_a_short_passage_is_shown_whole() -> None:
    assert [(p.text, p.hit) for p in cut("Họp tổ.", ((0, 3),))] == [("Họp", True), (" tổ.", False)]


def test_a_line_is_found_on_its_page() -> None:
    pages = [(1, "THÔNG BÁO\n1. Tiến độ giải ngân vốn đầu tư công"), (2, "2. Trật tự vỉa\nhè, lòng đường. Duy trì tổ công tác")]

    assert page_of("Trật tự vỉa hè, lòng đường. Duy trì tổ công tác liên ngành", pages) == 2
    assert page_of("Tiến độ giải ngân vốn", pages) == 1
    assert page_of("Không có ở đây", pages) is None


def test_long_text_is_cut_at_numbered_lines() -> None:
    text = "Mở đầu\n1. Nội dung một\nChi tiết\n2. Nội dung hai\n" + "\n".join(["x" * 200] * 6)

    pieces = paragraphs(text)

    assert [piece.split("\n")[0] for piece in pieces] == ["Mở đầu", "1. Nội dung một", "2. Nội dung hai", "x" * 200]
    assert "\n".join(pieces) == text
