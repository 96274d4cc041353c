"""What stands in a text is found in it, however its words are typed, and the engine's terms propose it."""

import unicodedata
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from meeting.search.language.matching import Degree, match
from meeting.search.language.plan import tiers
from meeting.search.language.syllabary import level
from meeting.search.language.wanted import read
from meeting.search.language.words import clean, index_terms

_SAID = (
    "vỉa hè đường đất hoá hóa thuỷ thủy quý quí kỹ kĩ lý nghị quyết giải ngân UBND HĐND Đảng ủy TP TBKL 3.697 99 07 2026 I "
    "không chưa kín của và về trong nước xã khoẻ khỏe Nguyễn giữ gìn giếng uỷ chuyển khuỷu Ðất số ngày"
)
WORDS = tuple(_SAID.split())
GAPS = (" ", " ", " ", "  ", "\n", ", ", " - ", "/", "\u00a0")
ENDS = (". ", "; ", ".\n", "\n\n", "! ")

words = st.sampled_from(WORDS)
typing: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    (str, str.upper, str.lower, level, lambda typed: unicodedata.normalize("NFD", typed), lambda typed: typed.replace("Đ", "Ð"))
)


@st.composite
def sentences(draw: st.DrawFn) -> list[list[str]]:
    return draw(st.lists(st.lists(words, min_size=1, max_size=7), min_size=1, max_size=5))


@settings(max_examples=200, deadline=None)
@given(sentences(), st.data())
def test_a_part_of_a_sentence_is_found_as_a_phrase(said: list[list[str]], data: st.DataObject) -> None:
    text = clean("".join(_joined(sentence, data) + data.draw(st.sampled_from(ENDS)) for sentence in said))
    sentence = data.draw(st.sampled_from(said))
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, len(sentence)))
    typed = data.draw(typing)(" ".join(sentence[start:end]))

    wanted = read('"' + typed + '"')
    found = match(wanted, "Tài liệu. Một tiêu đề", text)

    assert found is not None
    assert found.degree == Degree.PHRASE
    terms = set(index_terms("Tài liệu. Một tiêu đề", text))
    assert any(terms.issuperset(tiers(run).phrase) for need in wanted.needs for run in need.alternatives)
    for first, last in found.spans:
        again = match(wanted, "", text[first:last])
        assert again is not None


def _joined(sentence: list[str], data: st.DataObject) -> str:
    text = sentence[0]
    for word in sentence[1:]:
        text += data.draw(st.sampled_from(GAPS)) + word
    return text


@settings(max_examples=200, deadline=None)
@given(sentences(), st.text(max_size=60))
def test_whatever_answers_is_proposed(said: list[list[str]], noise: str) -> None:
    text = clean(". ".join(" ".join(sentence) for sentence in said) + " " + noise)
    typed = " ".join(said[0][:3] + said[-1][:2])
    wanted = read(typed)
    terms = set(index_terms("Biên bản. 12/BB-UBND", text))

    if match(wanted, "Biên bản. 12/BB-UBND", text):
        for need in wanted.needs:
            assert any(terms.issuperset(tiers(run).near) for run in need.alternatives)
