"""The checker counts and judges every form of ballot paper anew, each way of voting, and comes to the same; a lie it finds."""

import json
import random

import pytest
from sqlalchemy import select

from meeting.voting.models import QuestionLine, Result
from tests.voting.test_evidence import checked, made, rebuilt, unfolded

CLAUSE = "Điều 9 Nội quy kỳ họp"
CROWD = 9
PEOPLE = ["Trần Văn An", "Lê Thị Bình", "Ngô Văn Cảnh"]
WAYS = [
    ("open", {"form": "paper"}),
    ("secret", {"form": "paper"}),
    ("hand", {"form": "paper"}),
    ("open", {"form": "alternatives"}),
    ("secret", {"form": "alternatives"}),
    ("hand", {"form": "alternatives"}),
    ("open", {"form": "relief", "office": "Ủy viên"}),
    ("secret", {"form": "election", "office": "Ủy viên", "seats": 2}),
    ("secret", {"form": "choose", "office": "Ủy viên", "seats": 2}),
    ("secret", {"form": "dismissal", "office": "Ủy viên"}),
    ("secret", {"form": "survey"}),
    ("secret", {"form": "confidence", "office": "Ủy viên"}),
    ("secret", {"form": "matter", "rule": "two_thirds_of_present"}),
    ("open", {"form": "matter", "rule": "three_quarters_of_cast"}),
    ("open", {"form": "matter", "rule": "at_least_half_of_valid"}),
]


def lines_of(council, question):
    """The ids of the lines, in order."""
    wanted = select(QuestionLine.id).where(QuestionLine.question_id == question).order_by(QuestionLine.position)
    return council.all(wanted)


def ballot(form, lines, chance):
    """A random ballot as a tablet sends it."""
    if form == "matter":
        return {"choice": chance.choice(["for", "for", "against", "abstain"])}
    if form == "alternatives":
        return {"choices": {str(chance.choice(lines)): "for"}}
    if form == "choose":
        return {"choices": {str(line): "for" for line in chance.sample(lines, chance.randrange(3))}}
    marks = {"survey": ["high", "medium", "low"]}.get(form, ["for", "for", "against"])
    return {"choices": {str(line): chance.choice(marks) for line in lines}}


def hands(form, lines, chance):
    """A random show of hands on lines."""
    if form == "alternatives":
        return {str(line): {"for": chance.randrange(4)} for line in lines}
    return {str(line): {"for": chance.randrange(7), "against": chance.randrange(3)} for line in lines}


def hold(chamber, council, kind, more, seed):
    """A vote of this kind, closed; returns its id."""
    chance, form = random.Random(seed), more["form"]
    lines = {} if form == "matter" else {"lines": [{"title": name} for name in PEOPLE]}
    chamber.rules(majority=more.get("rule", "more_than_half"))
    question = chamber.open(kind, **lines, **more)
    ids = lines_of(council, question)
    if kind == "hand":
        chamber.do("minh", "voting.enter_counts", question_id=question, lines=hands(form, ids, chance))
    else:
        for name in chance.sample(chamber.crowd, CROWD - 1):
            chamber.do(name, "voting.cast", question_id=question, **ballot(form, ids, chance))
    chamber.do("lan", "voting.close", question_id=question)
    return question


@pytest.fixture
def chamber(room):
    """A chamber whose rules allow every form on the tablets."""
    made_one = room(crowd=CROWD)
    made_one.rules(elections="choose", electronic_votes=CLAUSE, tie="chair_side")
    return made_one


@pytest.mark.parametrize(("kind", "more"), WAYS, ids=[f"{kind} {more['form']} {more.get('rule', '')}" for kind, more in WAYS])
def test_every_way_of_voting_is_judged_alike(chamber, council, kind, more):
    for seed in range(3):
        question = hold(chamber, council, kind, more, seed)
        assert checked(unfolded(made(question)[0])) == [], (kind, more, seed)
        chamber.do("lan", "voting.publish", question_id=question, confirm=True)
        files = unfolded(made(question)[0])
        assert checked(files) == [], (kind, more, seed)
    _lies_are_found(files, more["form"])


def _lies_are_found(files, form):
    """A forger who makes the manifest fit still has the ballots and the journal against them."""
    closed = json.loads(files["result.json"])["closed"]
    for name in ("cast", "passed", *(("counts",) if form == "matter" else ())):
        value = {"cast": closed["cast"] - 1, "passed": not closed["passed"], "counts": {}}[name]
        found = checked(rebuilt(files, "result.json", lambda v, n=name, x=value: v["closed"].update({n: x})))
        assert any(file == "result.json" and said.startswith(name) for file, said, _ in found), name
    for place, line in enumerate(closed["lines"] or []):
        for name in ("votes", "outcome", "passed", "needed", "base_count", "valid"):
            value = not line[name] if name == "passed" else "other" if name == "outcome" else line[name] + 1

            def lie(told, place=place, name=name, value=value):
                told["closed"]["lines"][place][name] = value

            found = checked(rebuilt(files, "result.json", lie))
            assert any(said.startswith(f"{line['title']}: {name}") for _, said, _ in found), (name, found)


def test_a_tie_that_the_heads_side_decides(chamber, council):
    question = chamber.open("open", title="Ngang nhau")
    chamber.cast(question, lan="against", hoa="for", tuan="for", dai_bieu_0="against")
    chamber.finish(question)

    assert council.one(select(Result.tie).where(Result.question_id == question)) == "chair"
    files = unfolded(made(question)[0])
    assert checked(files) == []
    assert checked(rebuilt(files, "result.json", lambda v: v["closed"].update(passed=True)))


def test_a_tie_that_a_statement_settled_stands_beside_what_the_close_found(chamber):
    question = chamber.open("secret")
    chamber.cast(question, hoa="for", tuan="against")
    chamber.do("lan", "voting.close", question_id=question)
    before = unfolded(made(question)[0])
    chamber.do("lan", "voting.settle_tie", question_id=question, side="for", statement="Tôi đồng ý với phương án này.")
    chamber.do("lan", "voting.publish", question_id=question)

    files = unfolded(made(question)[0])

    assert checked(before) == []
    assert checked(files) == []
    assert json.loads(files["result.json"])["settled"]["side"] == "for"
    assert json.loads(files["result.json"])["closed"] == json.loads(before["result.json"])["closed"]
    for change in (lambda v: v["settled"].update(side="against"), lambda v: v.update(settled=None)):
        found = checked(rebuilt(files, "result.json", change))
        assert any(file == "result.json" and said.startswith("settled") for file, said, _ in found)


def test_ballots_said_aloud_and_ballots_changed_are_all_there(chamber, council):
    question = chamber.open("open")
    chamber.cast(question, hoa="for", tuan="for", lan="for", dai_bieu_0="against")
    chamber.cast(question, hoa="against")
    for name, act in (("dai_bieu_1", "confirm_spoken"), ("dai_bieu_2", "refuse_spoken")):
        entered = chamber.do(
            "minh", "voting.cast_for", question_id=question, person_id=council.person(name), choice="for", reason="Máy hỏng"
        )
        chamber.do("lan", f"voting.{act}", question_id=question, spoken_id=entered["spoken_id"])
    chamber.finish(question)

    files = unfolded(made(question)[0])

    assert checked(files) == []
    ballots = json.loads(files["ballots.json"])["ballots"]
    assert [each["spoken"] for each in ballots if each["person_id"] == council.person("dai_bieu_1")] == [True]
    assert len(ballots) == 5


def test_figures_of_paper_ballots_are_counted_again(chamber, council):
    people = [{"person_id": council.person(name), "post": post} for name, post in (("hoa", "head"), ("tuan", "member"))]
    people.append({"person_id": council.person("dai_bieu_0"), "post": "member"})
    chamber.do("lan", "voting.form_committee", meeting_id=chamber.meeting_id, people=people)
    lines = [{"title": name} for name in PEOPLE]
    question = chamber.open("hand", form="election", on_paper=True, seats=2, office="Ủy viên", lines=lines)
    ids = lines_of(council, question)
    marks = {str(line): {"for": 8 - place, "against": place} for place, line in enumerate(ids)}
    chamber.do("hoa", "voting.enter_figures", question_id=question, issued=10, returned=9, lines=marks)
    chamber.do("hoa", "voting.confirm_figures", question_id=question)
    chamber.finish(question)

    files = unfolded(made(question)[0])

    assert checked(files) == []
    _lies_are_found(files, "election")
    found = checked(rebuilt(files, "ballots.json", lambda v: v["figures"]["lines"][str(ids[0])]["counts"].update({"for": 1})))
    assert found
