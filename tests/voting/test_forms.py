"""What may stand on a ballot paper, by its form; what goes into the envelope and comes out of it."""

import pytest

from meeting.errors import Malformed, Refused
from meeting.voting import forms
from meeting.voting.forms import Ballot, Paper

THREE = ("for", "against", "abstain")
TWO = ("for", "against")


def paper(form, offered=TWO, lines=(7, 8, 9), kind="secret", seats=0):
    return Paper(form, kind, tuple(offered), tuple(lines) if form != "matter" else (), seats)


MATTER = paper("matter", THREE)
OPEN_MATTER = paper("matter", (*THREE, "other"), kind="open")
PEOPLE = paper("election")  # NQ 104/2025/UBTVQH15, form 1: one of two boxes for each person
SURVEY = paper("survey", forms.SURVEY)  # form 3.5.1: three levels
ALTERNATIVES = paper("alternatives", ("for", "abstain"), kind="open")
STRICT_ALTERNATIVES = paper("alternatives", ("for",))
CHOOSE = paper("choose", ("for",), seats=2)
ANY_NUMBER = paper("choose", ("for",))
SEVERAL = paper("paper", THREE)


@pytest.mark.parametrize(
    ("of", "choice", "marks", "text", "found"),
    [
        (MATTER, "for", None, "", Ballot("for")),
        (MATTER, "against", None, "", Ballot("against")),
        (MATTER, "abstain", None, "", Ballot("abstain")),
        (OPEN_MATTER, "other", None, "vì", Ballot("other", text="vì")),
        (PEOPLE, None, {"7": "for", "8": "against", "9": "for"}, "", Ballot(marks={7: "for", 8: "against", 9: "for"})),
        (PEOPLE, None, {"9": "for", "8": "for", "7": "for"}, "", Ballot(marks={7: "for", 8: "for", 9: "for"})),
        (SURVEY, None, {"7": "high", "8": "medium", "9": "low"}, "", Ballot(marks={7: "high", 8: "medium", 9: "low"})),
        (ALTERNATIVES, None, {"8": "for"}, "", Ballot(marks={7: "none", 8: "for", 9: "none"})),
        (ALTERNATIVES, "abstain", None, "", Ballot(marks={7: "none", 8: "none", 9: "none"})),
        (CHOOSE, None, {}, "", Ballot(marks={7: "none", 8: "none", 9: "none"})),
        (CHOOSE, None, {"7": "for", "9": "for"}, "", Ballot(marks={7: "for", 8: "none", 9: "for"})),
        (ANY_NUMBER, None, {"7": "for", "8": "for", "9": "for"}, "", Ballot(marks={7: "for", 8: "for", 9: "for"})),
        (SEVERAL, None, {"7": "abstain", "8": "against", "9": "for"}, "", Ballot(marks={7: "abstain", 8: "against", 9: "for"})),
    ],
)
def test_a_ballot_is_read_as_it_was_meant(of, choice, marks, text, found):
    assert forms.read(of, choice, marks, text) == found


@pytest.mark.parametrize(
    ("of", "choice", "marks", "text", "code"),
    [
        (MATTER, "other", None, "", "choice_not_offered"),
        (MATTER, "for", None, "vì", "no_text_here"),
        (MATTER, None, {"7": "for"}, "", "no_lines_here"),
        (MATTER, "for", {"7": "for"}, "", "no_lines_here"),
        (OPEN_MATTER, "other", None, "", "text_missing"),
        (OPEN_MATTER, "other", None, "  ", "text_missing"),
        (OPEN_MATTER, "for", None, "vì", "no_text_here"),
        (paper("matter", ("for", "other")), "other", None, "vì", "no_text_here"),
        (PEOPLE, None, {"7": "for", "8": "for"}, "", "lines_missing"),
        (PEOPLE, None, {}, "", "lines_missing"),
        (PEOPLE, None, {"7": "for", "8": "for", "6": "for"}, "", "line_unknown"),
        (PEOPLE, None, {"7": "for", "07": "against", "8": "for"}, "", "line_unknown"),
        (PEOPLE, None, {"7": "for", "8": "for", "x": "for"}, "", "line_unknown"),
        (PEOPLE, None, {"7": "for", "8": "for", "9": "abstain"}, "", "mark_not_offered"),
        (PEOPLE, None, {"7": "for", "8": "for", "9": "for"}, "vì", "no_text_here"),
        (SURVEY, None, {"7": "for", "8": "low", "9": "low"}, "", "mark_not_offered"),
        (ALTERNATIVES, None, {}, "", "pick_one"),
        (ALTERNATIVES, None, {"7": "for", "8": "for"}, "", "pick_one"),
        (ALTERNATIVES, None, {"7": "abstain"}, "", "mark_not_offered"),
        (ALTERNATIVES, "for", None, "", "malformed"),
        (STRICT_ALTERNATIVES, "abstain", None, "", "choice_not_offered"),
        (CHOOSE, None, {"7": "for", "8": "for", "9": "for"}, "", "too_many_chosen"),
        (CHOOSE, None, {"7": "against"}, "", "mark_not_offered"),
        (SEVERAL, "for", None, "", "malformed"),
    ],
)
def test_a_ballot_that_cannot_count_is_refused_without_saying_what_it_said(of, choice, marks, text, code):
    with pytest.raises(Refused) as refused:
        forms.read(of, choice, marks, text)

    assert refused.value.code == code
    assert set(refused.value.facts) <= {"offered", "seats", "fields"}


def test_a_ballot_without_a_choice_is_malformed():
    with pytest.raises(Malformed):
        forms.read(MATTER, None, None)


@pytest.mark.parametrize(
    ("of", "ballot", "packed"),
    [
        (MATTER, Ballot("abstain"), "abstain"),
        (PEOPLE, Ballot(marks={7: "for", 8: "against", 9: "for"}), "faf"),
        (SURVEY, Ballot(marks={7: "high", 8: "medium", 9: "low"}), "hml"),
        (CHOOSE, Ballot(marks={7: "none", 8: "for", 9: "none"}), "-f-"),
        (SEVERAL, Ballot(marks={7: "abstain", 8: "for", 9: "against"}), "sfa"),
    ],
)
def test_the_envelope_gives_back_what_was_put_in(of, ballot, packed):
    assert forms.pack(of, ballot) == packed
    assert forms.unpack(of, packed) == ballot


def test_a_text_of_another_paper_does_not_open():
    with pytest.raises(ValueError, match="zip"):
        forms.unpack(PEOPLE, "fa")
    with pytest.raises(KeyError):
        forms.unpack(PEOPLE, "fx?")


def test_a_ballot_never_says_what_it_says():
    assert repr(Ballot("for", {1: "against"}, "vì")) == "Ballot()"


def test_a_line_with_a_number_of_endless_digits_is_unknown():
    with pytest.raises(Refused) as refused:
        forms.read(PEOPLE, None, {"9" * 5000: "for", "8": "for", "9": "for"})
    assert refused.value.code == "line_unknown"
