"""The counting committee: who may sit on it, when a paper vote opens, what it enters and its head confirms."""

import re
from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient

from meeting import database
from meeting.agenda.models import Meeting
from meeting.conclusions import voting_notes
from meeting.errors import Refused
from meeting.events import Event
from meeting.live import state
from meeting.voting.committee import committee_of, shown, standing_of
from meeting.voting.models import CountingCommittee, Question, QuestionLine, Result
from tests.conftest import Council, Program
from tests.voting.conftest import Chamber

Room = Callable[..., Chamber]
Api = Callable[[str], Program]
Journal = Callable[[int], list[tuple[str, dict[str, Any]]]]


def form(chamber: Chamber, *people: str, by: str = "lan", **more: Any) -> int:
    """A committee whose head is the first named."""
    seats = [
        {"person_id": chamber.council.person(name), "post": "member" if place else "head"} for place, name in enumerate(people)
    ]
    return int(chamber.do(by, "voting.form_committee", meeting_id=chamber.meeting_id, people=seats, **more)["committee_id"])


def election(chamber: Chamber, *standing: str) -> tuple[int, list[int]]:
    """An election on paper; people with an account stand, else made-up ones."""
    lines = [{"title": "Nguyễn Thị An"}, {"title": "Trần Văn Bình"}]
    if standing:
        lines = [{"person_id": chamber.council.person(name)} for name in standing]  # type: ignore[dict-item]
    wanted = {"item_id": chamber.items[0], "title": "Bầu Phó Chủ tịch", "form": "election", "lines": lines}
    question = int(chamber.do("minh", "voting.prepare", office="Phó Chủ tịch UBND", **wanted)["question_id"])
    return question, chamber.council.all(lines_of(question))


def lines_of(question: int) -> Any:
    from sqlalchemy import select

    return select(QuestionLine.id).where(QuestionLine.question_id == question).order_by(QuestionLine.position)


def figures(lines: list[int], votes: int = 9, against: int = 2) -> dict[str, dict[str, int]]:
    return {str(line): {"for": votes, "against": against} for line in lines}


@pytest.fixture
def chamber(room: Room) -> Chamber:
    """Eleven delegates in session."""
    return room(crowd=8)


def test_a_committee_has_one_head_and_members_of_the_body(chamber: Chamber, journal_of: Journal) -> None:
    made = form(chamber, "hoa", "tuan", "dai_bieu_1")

    with database.reading() as session:
        told = shown(standing_of(session, chamber.meeting_id))
    assert told is not None
    assert (told["id"], [each["post"] for each in told["people"]]) == (made, ["head", "member", "member"])
    ((_, facts),) = [entry for entry in journal_of(chamber.meeting_id) if entry[0] == "voting.committee_formed"]
    assert [each["post"] for each in facts["people"]] == ["head", "member", "member"]
    assert facts["people"][0]["name"] == "Ông Phan Thị Hoa"
    said = voting_notes.SENTENCES[Event.COMMITTEE_FORMED](facts)
    assert said.startswith("cuộc họp lập Ban kiểm phiếu gồm Ông Phan Thị Hoa (Trưởng Ban), Ông Lê Anh Tuấn (Ủy viên)")


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ([("hoa", "head")], "committee_small"),
        ([], "committee_small"),
        ([("hoa", "head"), ("tuan", "head")], "committee_head"),
        ([("hoa", "member"), ("tuan", "member")], "committee_head"),
        ([("hoa", "head"), ("tuan", "member"), ("tuan", "member")], "committee_twice"),
        ([("hoa", "head"), ("khach", "member")], "committee_outsider"),
        ([("hoa", "head"), ("minh", "member")], "committee_outsider"),
    ],
)
def test_who_cannot_be_a_committee(chamber: Chamber, people: list[tuple[str, str]], code: str) -> None:
    seats = [{"person_id": chamber.council.person(name), "post": post} for name, post in people]

    with pytest.raises(Refused, match=code):
        chamber.do("lan", "voting.form_committee", meeting_id=chamber.meeting_id, people=seats)


def test_a_committee_is_formed_by_chair_or_desk(chamber: Chamber) -> None:
    form(chamber, "hoa", "tuan", by="minh")
    with pytest.raises(Refused, match="forbidden"):
        form(chamber, "hoa", "tuan", by="tuan")
    with pytest.raises(Refused, match="not_found"):
        form(chamber, "hoa", "tuan", by="khach")


def test_a_committee_is_tied_to_the_open_vote_that_elected_it(chamber: Chamber) -> None:
    question = chamber.open("open", title="Danh sách Ban kiểm phiếu")
    chamber.cast(question, lan="for", hoa="for", tuan="for")
    with pytest.raises(Refused, match="committee_vote"):
        form(chamber, "hoa", "tuan", question_id=question)
    for name in chamber.crowd:
        chamber.cast(question, **{name: "for"})
    chamber.finish(question)

    made = form(chamber, "hoa", "tuan", question_id=question)

    with database.reading() as session:
        assert session.get_one(CountingCommittee, made).elected_by_id == question


def test_a_paper_vote_opens_only_with_a_committee_on_which_nobody_stands(chamber: Chamber) -> None:
    question, _ = election(chamber, "hoa")
    with pytest.raises(Refused, match="committee_missing"):
        chamber.do("lan", "voting.open", question_id=question)
    form(chamber, "tuan", "hoa")
    with pytest.raises(Refused, match="counter_is_candidate"):
        chamber.do("lan", "voting.open", question_id=question)
    made = form(chamber, "tuan", "dai_bieu_1")

    chamber.do("lan", "voting.open", question_id=question)

    with database.reading() as session:
        committee = committee_of(session, session.get_one(Question, question))
        assert committee is not None
        assert committee.id == made
    with pytest.raises(Refused, match="counter_is_candidate"):
        form(chamber, "tuan", "hoa")


@pytest.mark.parametrize("title", ["Phan Thị Hoa", "Bà Phan Thị Hoa", "ông  phan thị hoa"])
def test_who_stands_by_name_alone_does_not_count_either(chamber: Chamber, title: str) -> None:
    form(chamber, "tuan", "hoa")
    wanted = {"item_id": chamber.items[0], "title": "Bầu Phó Chủ tịch", "form": "election", "lines": [{"title": title}]}
    question = int(chamber.do("minh", "voting.prepare", office="Phó Chủ tịch UBND", **wanted)["question_id"])

    with pytest.raises(Refused, match="counter_is_candidate"):
        chamber.do("lan", "voting.open", question_id=question)


def counting(chamber: Chamber) -> tuple[int, list[int]]:
    """An election that is being counted by Hoa (head) and Tuấn."""
    question, lines = election(chamber)
    form(chamber, "hoa", "tuan")
    chamber.do("lan", "voting.open", question_id=question)
    return question, lines


def test_figures_are_entered_again_until_the_head_confirms(chamber: Chamber, journal_of: Journal) -> None:
    question, lines = counting(chamber)
    chamber.do("tuan", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines))
    second = chamber.do("hoa", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines, 8))

    with pytest.raises(Refused, match="head_confirms"):
        chamber.do("tuan", "voting.confirm_figures", question_id=question)
    with pytest.raises(Refused, match="figures_changed"):
        chamber.do("hoa", "voting.confirm_figures", question_id=question, entered_at="2026-01-01T00:00:00+00:00")
    chamber.do("hoa", "voting.confirm_figures", question_id=question, entered_at=second["entered_at"])
    chamber.do("hoa", "voting.confirm_figures", question_id=question)
    with pytest.raises(Refused, match="figures_locked"):
        chamber.do("tuan", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines))
    with pytest.raises(Refused, match="committee_busy"):
        form(chamber, "hoa", "dai_bieu_1")

    told = [entry for entry in journal_of(chamber.meeting_id) if entry[0].startswith("voting.figures")]
    assert [name for name, _ in told] == ["voting.figures_entered", "voting.figures_entered", "voting.figures_confirmed"]
    assert told[-1][1]["figures"]["lines"][str(lines[0])] == {"valid": 10, "invalid": 1, "counts": {"for": 8, "against": 2}}


def test_marks_on_paper_ballots_reach_the_desk_only_when_the_head_confirmed_them(chamber: Chamber) -> None:
    question, lines = counting(chamber)
    chamber.do("tuan", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines))

    entered, own, alien = desk_figures(chamber), counting_of(chamber, "tuan"), counting_of(chamber, "lan")
    chamber.do("hoa", "voting.confirm_figures", question_id=question)
    confirmed = desk_figures(chamber)

    known = {"issued", "returned", "invalid", "entered_by", "entered_at", "confirmed_by", "confirmed_at"}
    assert set(entered) == known
    assert (entered["issued"], entered["returned"], entered["confirmed_at"]) == (11, 11, None)
    assert own["figures"]["lines"][str(lines[0])] == {"for": 9, "against": 2, "invalid": 0}
    assert alien is None
    assert set(confirmed) == known | {"counts", "lines"}
    assert confirmed["lines"] == own["figures"]["lines"]


def desk_figures(chamber: Chamber) -> Any:
    with database.reading() as session:
        return state.sections(session, session.get_one(Meeting, chamber.meeting_id), "desk")["voting"]["current"]["figures"]


def counting_of(chamber: Chamber, username: str) -> Any:
    with database.reading() as session:
        actor = chamber.actor(username)
        found = state.personal(session, session.get_one(Meeting, chamber.meeting_id), [actor])
        return found[actor.person_id]["voting"]["counting"]


def test_the_head_takes_a_confirmation_back_before_the_close(chamber: Chamber, journal_of: Journal) -> None:
    question, lines = counting(chamber)
    chamber.do("hoa", "voting.reopen_figures", question_id=question)
    chamber.do("hoa", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines))
    chamber.do("hoa", "voting.confirm_figures", question_id=question)
    with pytest.raises(Refused, match="head_confirms"):
        chamber.do("tuan", "voting.reopen_figures", question_id=question)

    chamber.do("hoa", "voting.reopen_figures", question_id=question)

    with pytest.raises(Refused, match="figures_unconfirmed"):
        chamber.do("lan", "voting.close", question_id=question)
    chamber.do("tuan", "voting.enter_figures", question_id=question, issued=11, returned=10, lines=figures(lines, 8))
    assert journal_of(chamber.meeting_id)[-2][1]["taken_back"] is True


def test_a_paper_vote_closes_over_its_figures(chamber: Chamber, client: Callable[[str], FlaskClient]) -> None:
    question, lines = counting(chamber)
    with pytest.raises(Refused, match="figures_missing"):
        chamber.do("lan", "voting.close", question_id=question)
    chamber.do("hoa", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines))
    with pytest.raises(Refused, match="figures_unconfirmed"):
        chamber.do("lan", "voting.close", question_id=question)
    chamber.do("hoa", "voting.confirm_figures", question_id=question)
    chamber.finish(question)

    with database.reading() as session:
        result = session.get_one(Result, question)
    assert (result.issued, result.returned, result.total) == (11, 11, 11)
    assert result.lines is not None
    assert [line["elected"] for line in result.lines] == [True, True]
    with pymupdf.open(stream=client("hoa").get(f"/questions/{question}/counting-minutes.pdf").data, filetype="pdf") as opened:
        minutes = re.sub(r"\s+", " ", " ".join(page.get_text() for page in opened))
    assert "- Số phiếu đã phát ra: 11" in minutes
    assert "1. Ông (Bà) Nguyễn Thị An giữ chức vụ Phó Chủ tịch UBND." in minutes
    assert "Nhật ký biểu quyết: bản ghi số" in minutes
    with pytest.raises(Refused, match="vote_closed"):
        chamber.do("hoa", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines))


def test_figures_that_cannot_be_true_are_refused_by_name(chamber: Chamber) -> None:
    question, lines = counting(chamber)
    given = {"question_id": question, "issued": 11, "returned": 11}

    for wanted, code in [
        ({"issued": 12, "returned": 12, "lines": figures(lines)}, "figures_issued"),
        ({"returned": 12, "lines": figures(lines)}, "figures_returned"),
        ({"lines": figures(lines[:1])}, "figures_line_missing"),
        ({"lines": {**figures(lines), "x": {}}}, "line_unknown"),
        ({"lines": figures(lines, 12)}, "figures_line_sum"),
    ]:
        with pytest.raises(Refused, match=code):
            chamber.do("hoa", "voting.enter_figures", **{**given, **wanted})


def test_only_the_committee_enters_figures(chamber: Chamber) -> None:
    question, lines = counting(chamber)
    given = {"question_id": question, "issued": 11, "returned": 11, "lines": figures(lines)}

    for name in ("lan", "minh", "dai_bieu_1"):
        with pytest.raises(Refused, match="forbidden"):
            chamber.do(name, "voting.enter_figures", **given)
    for act in ("voting.confirm_figures", "voting.reopen_figures"):
        with pytest.raises(Refused, match="forbidden"):
            chamber.do("minh", act, question_id=question)
        with pytest.raises(Refused, match="not_found"):
            chamber.do("khach", act, question_id=question)
    with pytest.raises(Refused, match="not_found"):
        chamber.do("khach", "voting.enter_figures", **given)
    with pytest.raises(Refused, match="counted_by_committee"):
        chamber.do("minh", "voting.enter_counts", question_id=question, counts={})


def test_figures_are_for_paper_ballots(chamber: Chamber) -> None:
    committee = form(chamber, "hoa", "tuan")
    question = chamber.open("hand")
    chamber.council.update(Question, question, committee_id=committee)

    with pytest.raises(Refused, match="not_on_paper"):
        chamber.do("hoa", "voting.enter_figures", question_id=question, issued=1, returned=1, counts={"for": 1})


def test_a_new_committee_counts_anew(chamber: Chamber) -> None:
    question, lines = counting(chamber)
    chamber.do("hoa", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines))
    with pytest.raises(Refused, match="committee_counting"):
        chamber.do("lan", "voting.dissolve_committee", meeting_id=chamber.meeting_id)

    made = form(chamber, "dai_bieu_1", "dai_bieu_2")

    with database.reading() as session:
        found = session.get_one(Question, question)
        assert (found.committee_id, found.figures, found.figures_at) == (made, None, None)
    with pytest.raises(Refused, match="forbidden"):
        chamber.do("hoa", "voting.enter_figures", question_id=question, issued=11, returned=11, lines=figures(lines))


def test_a_committee_is_dissolved(chamber: Chamber, journal_of: Journal) -> None:
    with pytest.raises(Refused, match="committee_none"):
        chamber.do("lan", "voting.dissolve_committee", meeting_id=chamber.meeting_id)
    form(chamber, "hoa", "tuan")
    with pytest.raises(Refused, match="forbidden"):
        chamber.do("hoa", "voting.dissolve_committee", meeting_id=chamber.meeting_id)

    chamber.do("minh", "voting.dissolve_committee", meeting_id=chamber.meeting_id)

    assert journal_of(chamber.meeting_id)[-1][0] == "voting.committee_dissolved"
    with database.reading() as session:
        assert standing_of(session, chamber.meeting_id) is None


def test_programs_form_a_committee_and_enter_figures(chamber: Chamber, api: Api, council: Council) -> None:
    question, lines = election(chamber)
    people = [{"person_id": council.person("hoa"), "post": "head"}, {"person_id": council.person("tuan")}]
    status, _ = api("lan").act("voting.form_committee", meeting_id=chamber.meeting_id, people=people)
    assert status == 200
    chamber.do("lan", "voting.open", question_id=question)

    given = {"question_id": question, "issued": 11, "returned": 11, "lines": figures(lines)}
    assert api("hoa").act("voting.enter_figures", **given)[0] == 200
    assert api("minh").act("voting.enter_figures", **given)[0] == 403
    status, found = api("hoa").get(f"/meetings/{chamber.meeting_id}/counting-committee")
    assert (status, [each["post"] for each in found["committee"]["people"]]) == (200, ["head", "member"])
    assert api("khach").get(f"/meetings/{chamber.meeting_id}/counting-committee")[0] == 404


def test_hands_are_counted_for_each_line(chamber: Chamber, journal_of: Journal) -> None:
    lines = [{"title": "Đường số 1"}, {"title": "Đường số 2"}]
    question = chamber.open("hand", form="paper", title="Danh mục đầu tư", lines=lines)
    first, second = chamber.council.all(lines_of(question))
    with pytest.raises(Refused, match="counts_too_many"):
        chamber.do("minh", "voting.enter_counts", question_id=question, lines={str(first): {"for": 12}})

    chamber.do(
        "minh",
        "voting.enter_counts",
        question_id=question,
        lines={str(first): {"for": 9, "against": 1}, str(second): {"for": 3, "against": 8}},
    )
    chamber.finish(question)

    with database.reading() as session:
        result = session.get_one(Result, question)
    assert [line["passed"] for line in result.lines or ()] == [True, False]
    ((_, facts),) = [entry for entry in journal_of(chamber.meeting_id) if entry[0] == "voting.counts_entered"]
    assert facts["counts"]["lines"][str(first)]["for"] == 9
