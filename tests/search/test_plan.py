"""What an engine is asked, and that it never misses what the text answers."""

from datetime import date

import pytest

from meeting.search.language.help import Seen, examples
from meeting.search.language.matching import Degree, match
from meeting.search.language.plan import Tiers, excluding, tiers
from meeting.search.language.symbols import bears
from meeting.search.language.wanted import Fields, read
from meeting.search.language.words import index_terms
from tests.search.test_matching import HEAD, TODAY


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("via he", Tiers(("via_he",), ("via_he",), ("via", "he"))),
        ("vỉa hè", Tiers(("=via3_he2",), ("via_he",), ("via", "he"))),
        ("vỉa he", Tiers(("=via3_he",), ("via_he",), ("via", "he"))),
        ("họp", Tiers(("=hop5",), ("hop",), ("hop",))),
        ("135/TB", Tiers(("135_tb",), ("135_tb",), ("135", "tb"))),
        ("99,83%", Tiers(("99_83",), ("99_83",), ("99", "83", "99_83"))),
        ("ha ha ha", Tiers(("ha_ha",), ("ha_ha",), ("ha",))),
    ],
)
def test_terms_of_a_run(typed: str, wanted: Tiers) -> None:
    assert tiers(read(typed).needs[0].alternatives[0]) == wanted


def test_a_run_without_its_small_words_is_never_a_phrase() -> None:
    (need,) = read("chợ của phường").needs

    assert tiers(need.alternatives[-1]) == Tiers((), (), ("cho", "phuong"))


def test_what_is_left_out_is_taken_away_as_typed() -> None:
    (need,) = read("vỉa hè -“xả thải”").left_out

    assert excluding(need) == [("=xa3_thai3",)]


ANSWERED = [
    ("vỉa hè", "Vỉa hè, lòng đường"),
    ("vỉa he", "Vỉa hè, lòng đường"),
    ("via he", "Vỉa hè, lòng đường"),
    ("hạ tầng", "đầu tư hạtầng"),
    ("trật tự lòng đường", "trật tự vỉa hè, lòng đường"),
    ("kết luận về vỉa hè", "Vỉa hè, lòng đường"),
    ("biên bản UBND tháng 6", "Biên bản"),
    ("UBND", "Ủy ban nhân dân phường"),
    ("ủy ban nhân dân", "UBND"),
    ("7/11/2026", "ngày 07 tháng 11 năm 2026"),
    ("nghi dinh 61", "theo 61/2018/NĐ-CP"),
    ("135/TB", "theo 135/TB – UBND"),
    ("99,83%", "đạt 99,83%"),
    ("kĩ thuật hoá", "kỹ thuật hóa"),
    ("ISO 9001:2015", "ISO 9001:2015"),
]


@pytest.mark.parametrize(("typed", "text"), ANSWERED)
def test_the_terms_propose_every_passage_that_answers(typed: str, text: str) -> None:
    wanted = read(typed, TODAY)
    found = match(wanted, HEAD, text)
    assert found is not None
    terms = set(index_terms(HEAD, text))

    for need in wanted.needs:
        asked = [tiers(run) for run in need.alternatives]
        assert any(terms.issuperset(each.near) for each in asked)
        if found.degree == Degree.PHRASE:
            assert any(each.phrase and terms.issuperset(each.phrase) for each in asked)
            assert not found.exact or any(each.exact and terms.issuperset(each.exact) for each in asked)


@pytest.mark.parametrize(
    ("symbol", "typed", "borne"),
    [
        ("135/TB-UBND", "135/TB", True),
        ("135/TB-VP", "135/TB", True),
        ("135/TB-UBND", "135/TB-UBND", True),
        ("135/TB-VP", "135/TB-UBND", False),
        ("135/TB-UBND", "135", True),
        ("1135/TB-UBND", "135", False),
        ("135/TB-UBND", "TB-UBND", True),
        ("61/2018/NĐ-CP", "61/2018", True),
        ("61/2018/NĐ-CP", "61/NĐ", True),
        ("61/2018/NĐ-CP", "61/2018/ND-CP", True),
        ("61/2018/NĐ-CP", "61/2017/NĐ-CP", False),
        ("61/2018/NĐ-CP", "2018", False),
        ("31-TB/ĐU", "31-TB/DU", True),
        ("31-TB/ĐU", "31/TB", True),
        ("007/TB-UBND", "7/TB-UBND", True),
        ("", "135", False),
        ("135/TB-UBND", "", False),
    ],
)
def test_which_documents_bear_a_symbol(symbol: str, typed: str, borne: bool) -> None:
    assert bears(symbol, typed) == borne


#: What each example of the help finds and does not find, or which field it fills.
PROOFS: dict[str, tuple[list[str], list[str]] | Fields] = {
    "vỉa hè": (["VỈA HÈ", "via he"], ["vỉa. Hè"]),
    '"chỉnh trang đô thị"': (["Chỉnh trang đô thị"], ["chỉnh trang các đô thị"]),
    'vỉa hè -"xây dựng"': (["vỉa hè"], ["vỉa hè, xây dựng"]),
    "135/TB-UBND": (["theo 135/TB-UBND"], ["theo 135/TB-VP"]),
    "nghị định 315/2025": (["theo 315/2025/NĐ-CP"], ["theo 61/2017/NĐ-CP"]),
    "7/11/2026": (["ngày 07 tháng 11 năm 2026", "07/11/2026"], ["17/11/2026"]),
    "UBND": (["Ủy ban nhân dân"], ["Hội đồng nhân dân"]),
    "đơn vị:Văn phòng": Fields(unit="Văn phòng"),
    "từ:1/6/2026 đến:30/6/2026": Fields(since=date(2026, 6, 1), until=date(2026, 6, 30)),
    "số:135": Fields(number="135"),
    "loại:“biên bản”": Fields(kind="minutes"),
    "cơ quan:HĐND": Fields(body="HĐND"),
    "người:“Nguyễn Văn A”": Fields(person="Nguyễn Văn A"),
    "cuộc họp:“thường kỳ”": Fields(meeting="thường kỳ"),
    "trạng thái:“quá hạn”": Fields(state="quá hạn"),
}


@pytest.mark.parametrize("typed", [example.typed for example in examples()])
def test_each_example_of_the_help_does_what_it_says(typed: str) -> None:
    wanted = read(typed, TODAY)
    proof = PROOFS[typed]

    if isinstance(proof, Fields):
        assert wanted.empty
        assert wanted.fields == proof
    else:
        assert all(match(wanted, "", text) for text in proof[0])
        assert not any(match(wanted, "", text) for text in proof[1])


@pytest.mark.parametrize(
    ("typed", "finds", "not_these"),
    [
        ("135/TB", ["135/TB-UBND", "135/TB-VP"], ["136/TB-UBND"]),
        ("tháng 6/2026", ["15/6/2026"], ["15/7/2026"]),
        ("quý I/2026", ["quý 1 năm 2026"], ["quý II/2026"]),
        ("năm 2026", ["dự toán 2026"], ["dự toán 2025"]),
        ("ủy ban nhân dân", ["UBND"], ["HĐND"]),
    ],
)
def test_so_does_what_the_help_says_besides(typed: str, finds: list[str], not_these: list[str]) -> None:
    wanted = read(typed, TODAY)

    assert all(match(wanted, "", text) for text in finds)
    assert not any(match(wanted, "", text) for text in not_these)


def test_examples_are_told_with_what_the_reader_can_find() -> None:
    there = Seen("98/TB-UBND", date(2026, 2, 7), "Phiên họp thường kỳ tháng 2", "Trần Thị Thử")
    typed = {example.typed for example in examples(there)}

    assert {"98/TB-UBND", "số:98", "7/2/2026", "từ:1/2/2026 đến:28/2/2026"} <= typed
    assert {'"Phiên họp thường kỳ"', "người:“Trần Thị Thử”"} <= typed
    assert [example.typed for example in examples(Seen())] == [example.typed for example in examples()]
