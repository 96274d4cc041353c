"""Tables: which ballot papers a body may vote on and how, what stands on them, how time runs. Nothing but rules."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from meeting.errors import Refused
from meeting.voting import forms, lawful, rules
from meeting.voting.lawful import HANDS, OPEN, PAPER, SECRET, Line

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CLAUSE = "Điều 9 Nội quy kỳ họp"


@dataclass(frozen=True)
class Book:
    """A rule book as far as these rules ask."""

    elections: str = "each"
    electronic_votes: str = ""


PLAIN, CHOOSING, TABLETS = Book(), Book(elections="choose"), Book(electronic_votes=CLAUSE)
BOTH = Book("choose", CLAUSE)


@pytest.mark.parametrize(
    ("body", "book", "expected"),
    [
        ("council", PLAIN, "matter paper alternatives election dismissal relief survey confidence"),
        ("council", CHOOSING, "matter paper alternatives election dismissal relief choose survey confidence"),
        ("committee", PLAIN, "matter paper alternatives"),
        ("committee", BOTH, "matter paper alternatives"),
        ("party", PLAIN, "matter paper alternatives election dismissal relief survey confidence"),
        ("party", CHOOSING, "matter paper alternatives election dismissal relief choose survey confidence"),
    ],
)
def test_the_forms_of_a_body(body, book, expected):
    assert lawful.forms_of(body, book) == tuple(expected.split())


@pytest.mark.parametrize(
    ("body", "form", "book", "expected"),
    [
        ("council", "matter", PLAIN, (OPEN, SECRET, HANDS, PAPER)),
        ("committee", "matter", PLAIN, (OPEN, SECRET, HANDS, PAPER)),
        ("committee", "paper", PLAIN, (OPEN, SECRET, HANDS, PAPER)),
        ("party", "alternatives", PLAIN, (OPEN, SECRET, HANDS, PAPER)),
        ("council", "election", PLAIN, (PAPER,)),
        ("council", "election", TABLETS, (PAPER, SECRET)),
        ("council", "dismissal", PLAIN, (PAPER,)),
        ("council", "dismissal", TABLETS, (PAPER, SECRET)),
        ("council", "survey", PLAIN, (PAPER,)),
        ("council", "confidence", TABLETS, (PAPER, SECRET)),
        ("council", "relief", PLAIN, (OPEN, HANDS)),  # NQ 104 Đ16.3b: openly, no committee
        ("council", "relief", TABLETS, (OPEN, HANDS)),
        ("council", "choose", PLAIN, ()),
        ("council", "choose", CHOOSING, (PAPER,)),
        ("party", "choose", BOTH, (PAPER, SECRET)),
        ("committee", "election", BOTH, ()),
    ],
)
def test_the_ways_of_a_form_the_usual_one_first(body, form, book, expected):
    assert lawful.ways(body, form, book) == expected


@pytest.mark.parametrize(
    ("body", "form", "kind", "on_paper", "book", "expected"),
    [
        ("council", "matter", None, None, PLAIN, OPEN),
        ("council", "matter", "secret", None, PLAIN, SECRET),
        ("council", "matter", "hand", None, PLAIN, HANDS),
        ("council", "matter", "hand", True, PLAIN, PAPER),
        ("council", "matter", None, True, PLAIN, PAPER),
        ("council", "matter", "open", True, PLAIN, "paper_by_hand"),
        ("council", "matter", "secret", True, PLAIN, "paper_by_hand"),
        ("council", "election", None, None, PLAIN, PAPER),
        ("council", "election", "hand", None, PLAIN, PAPER),
        ("council", "election", "hand", False, PLAIN, "must_be_secret"),
        ("council", "election", "open", None, PLAIN, "must_be_secret"),
        ("council", "election", "secret", None, PLAIN, "electronic_not_allowed"),
        ("council", "election", "secret", None, TABLETS, SECRET),
        ("council", "election", None, False, TABLETS, SECRET),
        ("council", "election", None, False, PLAIN, "electronic_not_allowed"),
        ("council", "dismissal", "open", None, TABLETS, "must_be_secret"),
        ("council", "survey", "open", None, PLAIN, "must_be_secret"),
        ("council", "confidence", "hand", False, PLAIN, "must_be_secret"),
        ("council", "confidence", "secret", None, PLAIN, "electronic_not_allowed"),
        ("council", "relief", None, None, PLAIN, OPEN),
        ("council", "relief", "hand", None, PLAIN, HANDS),
        ("council", "relief", "secret", None, TABLETS, "must_be_open"),
        ("council", "relief", None, True, PLAIN, "must_be_open"),
        ("council", "choose", None, None, PLAIN, "choose_not_allowed"),
        ("council", "choose", None, None, CHOOSING, PAPER),
        ("committee", "election", None, None, BOTH, "form_not_lawful"),
        ("committee", "relief", None, None, PLAIN, "form_not_lawful"),
        ("committee", "survey", None, None, PLAIN, "form_not_lawful"),
        ("party", "choose", "secret", None, BOTH, SECRET),
        ("party", "election", "secret", None, CHOOSING, "electronic_not_allowed"),
    ],
)
def test_a_way_is_completed_or_refused(body, form, kind, on_paper, book, expected):
    if isinstance(expected, tuple):
        assert lawful.way(body, form, book, kind, on_paper) == expected
        return
    with pytest.raises(Refused) as no:
        lawful.way(body, form, book, kind, on_paper)
    assert no.value.code == expected


@pytest.mark.parametrize(
    ("body", "kind", "on_paper", "book", "expected"),  # NQ 104 Đ16.4b: the HĐND decides how it votes
    [
        ("council", None, None, PLAIN, OPEN),
        ("council", "hand", None, PLAIN, HANDS),
        ("council", "hand", True, PLAIN, PAPER),
        ("council", "secret", None, TABLETS, SECRET),
        ("council", "secret", None, PLAIN, "electronic_not_allowed"),
        ("party", "hand", True, PLAIN, "must_be_open"),
    ],
)
def test_a_deputy_who_gives_up_the_mandate_may_be_voted_on_in_secret(body, kind, on_paper, book, expected):
    if isinstance(expected, tuple):
        assert lawful.way(body, "relief", book, kind, on_paper, mandate=True) == expected
        return
    with pytest.raises(Refused) as no:
        lawful.way(body, "relief", book, kind, on_paper, mandate=True)
    assert no.value.code == expected


@pytest.mark.parametrize(
    ("form", "office", "line", "expected"),
    [
        ("relief", "", "", True),
        ("relief", " ", "", True),
        ("relief", "Trưởng Ban", "", False),
        ("relief", "", "Trưởng Ban", False),
        ("dismissal", "", "", False),
    ],
)
def test_the_mandate_is_given_up_where_no_office_is_named(form, office, line, expected):
    assert lawful.is_mandate(form, office, [lawful.Line("Bà Hoa", 7, office=line)]) is expected


@pytest.mark.parametrize(
    ("rule", "least", "enough"),
    [
        ("more_than_half", "more_than_half", True),
        ("two_thirds", "more_than_half", True),
        ("three_quarters", "two_thirds", True),
        ("more_than_half", "two_thirds", False),
        ("at_least_half", "more_than_half", False),
        ("more_than_half_of_present", "more_than_half", False),
        ("two_thirds_of_present", "more_than_half", False),
        ("two_thirds_of_present", "more_than_half_of_present", True),
        ("more_than_half", "more_than_half_of_valid", True),
        ("more_than_half_of_valid", "more_than_half_of_cast", False),
        ("at_least_half", "at_least_half_of_cast", True),
    ],
)
def test_a_question_asks_for_no_less_than_its_rule_book(rule, least, enough):
    if enough:
        lawful.check_rule(rule, least)
        return
    with pytest.raises(Refused) as no:
        lawful.check_rule(rule, least)
    assert no.value.code == "rule_too_weak"


@pytest.mark.parametrize("body", ["council", "committee", "party"])
@pytest.mark.parametrize("form", forms.FORMS)
@pytest.mark.parametrize("book", [PLAIN, BOTH])
def test_every_listed_way_is_lawful_and_no_other(body, form, book):
    found = lawful.ways(body, form, book)
    for kind, on_paper in [(kind, paper) for kind in rules.KINDS for paper in (False, True)]:
        if (kind, on_paper) in found:
            lawful.check(body, form, kind, on_paper, book)
        else:
            with pytest.raises(Refused):
                lawful.check(body, form, kind, on_paper, book)


def test_the_clause_is_frozen_only_where_the_ballot_needs_it():
    assert lawful.basis("election", "secret", TABLETS) == CLAUSE
    assert lawful.basis("election", "hand", TABLETS) == ""
    assert lawful.basis("matter", "secret", TABLETS) == ""


@pytest.mark.parametrize(
    ("body", "form", "kind", "usually", "asked", "expected"),
    [
        ("council", "matter", "open", "for against abstain", None, "for against abstain"),
        ("committee", "matter", "open", "for against", None, "for against"),
        ("committee", "matter", "open", "for against", ["for", "against", "abstain"], "options_not_lawful"),
        ("party", "matter", "open", "for against other", None, "for against other"),
        ("party", "matter", "secret", "for against other", None, "for against"),
        ("party", "matter", "secret", "for against", ["for", "against", "other"], "options_not_lawful"),
        ("council", "paper", "open", "for against abstain", None, "for against abstain"),
        ("committee", "paper", "secret", "for against", None, "for against"),
        ("party", "paper", "open", "for against other", None, "for against"),
        ("council", "alternatives", "open", "for against abstain", None, "for abstain"),
        ("council", "alternatives", "open", "for against abstain", ["for"], "for"),
        ("council", "alternatives", "open", "for against", None, "for"),
        ("council", "alternatives", "open", "for against", ["for", "against"], "options_not_lawful"),
        ("committee", "alternatives", "open", "for against", None, "for"),
        ("committee", "alternatives", "open", "for against", ["for", "abstain"], "options_not_lawful"),
        ("council", "election", "hand", "for against abstain", None, "for against"),
        ("council", "election", "hand", "for against abstain", ["for", "against", "abstain"], "options_not_lawful"),
        ("council", "relief", "open", "for against abstain", None, "for against"),
        ("council", "survey", "hand", "for against", None, "high medium low"),
        ("council", "confidence", "hand", "for against", None, "for against"),
        ("party", "choose", "hand", "for against", None, "for"),
    ],
)
def test_what_may_be_marked(body, form, kind, usually, asked, expected):
    if "_" not in expected:
        assert " ".join(lawful.marks(body, form, kind, usually, asked)) == expected
        return
    with pytest.raises(Refused) as no:
        lawful.marks(body, form, kind, usually, asked)
    assert no.value.code == expected


def people(number):
    return [Line(f"Bà Nguyễn Thị {place}", person_id=place) for place in range(1, number + 1)]


@pytest.mark.parametrize(
    ("body", "form", "lines", "expected"),
    [
        ("council", "matter", [], None),
        ("council", "matter", [Line("A")], "lines_not_here"),
        ("council", "paper", [], "lines_count"),
        ("council", "paper", [Line("A")], None),
        ("council", "paper", [Line(str(each)) for each in range(61)], "lines_count"),
        ("council", "alternatives", [Line("A")], "lines_count"),
        ("council", "alternatives", [Line("A"), Line("B")], None),
        ("council", "alternatives", [Line(str(each)) for each in range(20)], None),
        ("council", "alternatives", [Line(str(each)) for each in range(21)], "lines_count"),
        ("committee", "alternatives", [Line("A"), Line("B")], None),
        ("committee", "alternatives", [Line("A"), Line("B"), Line("C")], "two_alternatives"),
        ("council", "election", people(60), None),
        ("council", "election", people(61), "lines_count"),
        ("council", "election", [], "lines_count"),
        ("council", "election", [*people(2), Line("Bà Nguyễn Thị khác", person_id=1)], "line_twice"),
        ("council", "election", [Line("Bà Lê Thị An", detail="1970"), Line("Bà Lê Thị An", detail="1980")], None),
        ("council", "election", [Line("Bà Lê Thị An"), Line(" bà lê thị an ")], "line_twice"),
        ("council", "paper", [Line("A"), Line("  ")], "ballot_line_empty"),
        ("council", "survey", people(3), None),
    ],
)
def test_what_stands_on_a_paper(body, form, lines, expected):
    if expected is None:
        lawful.check_lines(body, form, lines)
        return
    with pytest.raises(Refused) as no:
        lawful.check_lines(body, form, lines)
    assert no.value.code == expected


@pytest.mark.parametrize(
    ("form", "asked", "lines", "expected"),
    [
        ("election", None, 3, 3),
        ("election", 2, 3, 2),
        ("election", 4, 3, "seats_count"),
        ("election", 0, 3, "seats_count"),
        ("choose", 2, 5, 2),
        ("choose", 6, 5, "seats_count"),
        ("matter", None, 0, 0),
        ("matter", 1, 0, "seats_not_here"),
        ("survey", 2, 5, "seats_not_here"),
    ],
)
def test_how_many_are_elected(form, asked, lines, expected):
    if isinstance(expected, int):
        assert lawful.seats(form, asked, lines) == expected
        return
    with pytest.raises(Refused) as no:
        lawful.seats(form, asked, lines)
    assert no.value.code == expected


@pytest.mark.parametrize(
    ("body", "form", "office", "expected"),
    [
        ("council", "matter", "", "more_than_half"),
        ("council", "election", "Phó Chủ tịch", "more_than_half"),
        ("council", "dismissal", "Trưởng Ban", "more_than_half"),
        ("council", "dismissal", "", "two_thirds"),  # the mandate itself: Luật 77/2015/QH13 Đ91.3
        ("party", "dismissal", "", "more_than_half"),
    ],
)
def test_the_usual_majority_of_a_form(body, form, office, expected):
    assert lawful.usual_rule(body, form, "more_than_half", office) == expected


def test_a_count_by_hand_has_no_time_limit():
    lawful.check_limit("open", 60)
    lawful.check_limit("hand", 0)
    with pytest.raises(Refused) as no:
        lawful.check_limit("hand", 60)
    assert no.value.code == "no_limit_by_hand"


@pytest.mark.parametrize(
    ("ends", "now", "over"), [(None, 0, False), (60, 59.999, False), (60, 60, True), (60, 61, True), (0, 0, True)]
)
def test_the_end_itself_is_no_time_to_vote_any_more(ends, now, over):
    ends_at = None if ends is None else NOON + timedelta(seconds=ends)
    assert rules.is_over(ends_at, NOON + timedelta(seconds=now)) is over


@pytest.mark.parametrize(
    ("ends", "paused", "expected"), [(None, None, None), (60, None, None), (None, 10, None), (60, 10, 50), (60, 90, 0)]
)
def test_a_held_box_tells_what_is_left(ends, paused, expected):
    moment = lambda after: None if after is None else NOON + timedelta(seconds=after)  # noqa: E731
    assert rules.left(moment(ends), moment(paused)) == expected


@pytest.mark.parametrize(
    ("ends", "paused", "expected"),
    [(60, None, 90), (None, None, 50), (None, 10, 40), (60, 10, 90)],
)
def test_more_time_is_added_to_the_end_or_begins_now(ends, paused, expected):
    moment = lambda after: None if after is None else NOON + timedelta(seconds=after)  # noqa: E731
    found = rules.extended(moment(ends), moment(paused), NOON + timedelta(seconds=20), 30)
    assert found == NOON + timedelta(seconds=expected)


@pytest.mark.parametrize(
    ("state", "over", "code"),
    [
        ("draft", False, "vote_not_open"),
        ("ready", False, "vote_not_open"),
        ("open", False, None),
        ("open", True, "vote_closed"),
        ("paused", False, "vote_paused"),
        ("paused", True, "vote_paused"),
        ("closed", False, "vote_closed"),
        ("published", False, "vote_closed"),
        ("cancelled", False, "vote_closed"),
    ],
)
def test_when_a_ballot_is_taken(state, over, code):
    if code is None:
        rules.check_voting_time(state, over=over)
        return
    with pytest.raises(Refused) as no:
        rules.check_voting_time(state, over=over)
    assert no.value.code == code
