"""Registering questions, answering them, debating answers, and how it shows."""

import pytest
from sqlalchemy import select

from meeting.errors import Refused
from meeting.journal import Entry
from meeting.questioning import rules
from meeting.questioning.models import Inquiry
from meeting.speaking.models import Floor
from tests.conftest import Council
from tests.questioning.conftest import Chamber, Do

LONG = "Vì sao vỉa hè tái lấn chiếm sau ba đợt ra quân? " * 6


def floor(council: Council, floor_id: int) -> Floor:
    return council.one(select(Floor).where(Floor.id == floor_id))


def test_question_is_registered_before_the_meeting_in_all_its_words(ahead: Chamber, council: Council, do: Do) -> None:
    group = ahead.group()
    question = ahead.question("hoa", LONG, group_id=group)

    row = floor(council, question)
    assert (row.group_id, row.addressee_id, row.state) == (group, council.person("truong"), "waiting")
    assert len(row.subject) <= rules.SUBJECT_LETTERS
    assert council.one(select(Inquiry.text).where(Inquiry.floor_id == question)) == LONG.strip()
    assert ahead.last().event == "speaking.floor_asked"
    (mine,) = ahead.seen("hoa")["me"]["requests"]
    assert (mine["id"], mine["to"]) == (question, "Ông Cao Xuân Trường")

    ahead.question("hoa", "Một câu nữa", addressee_id=council.person("lan"))  # several ahead
    do("hoa", "speaking.withdraw", floor_id=question)
    assert [each["subject"] for each in ahead.seen("hoa")["me"]["requests"]] == ["Một câu nữa"]


def test_what_a_question_says_is_told_when_it_is_put(ahead: Chamber, council: Council, do: Do) -> None:
    to = {"addressee_id": council.person("truong")}
    council.invite(ahead.meeting, "khach")
    question = ahead.question("hoa", "Ngõ 91", **to)
    asked = {"meeting_id": ahead.meeting, "kind": "question", "subject": "Ngõ 93"}
    second = do("tuan", "speaking.ask", **asked, **to)["floor_id"]
    assert ahead.last().facts["subject"] == ""
    everybody = (("hoa", ""), ("tuan", ""), ("truong", ""), ("khach", ""), ("minh", "hall"))

    for who, audience in everybody:
        assert ahead.seen(who, audience)["queue"] == [], who
    assert [line["subject"] for line in ahead.seen("minh")["queue"]] == ["Ngõ 91", "Ngõ 93"]
    assert [each["subject"] for each in ahead.seen("hoa")["me"]["requests"]] == ["Ngõ 91"]

    for who in ("lan", "hoa", "tuan", "truong"):
        do(who, "live.check_in", meeting_id=ahead.meeting)
    do("lan", "live.open", meeting_id=ahead.meeting)
    do("lan", "speaking.call", floor_id=question)
    for who, audience in everybody:
        seen = ahead.seen(who, audience)
        assert [(line["id"], line["subject"]) for line in (seen["called"], *seen["queue"])] == [(question, ""), (second, "")]
        assert seen["queue"][0]["person"]["id"] == council.person("tuan")
    assert ahead.seen("lan")["called"]["subject"] == "Ngõ 91"
    do("lan", "speaking.start", floor_id=question)
    assert (ahead.seen("tuan")["current"]["subject"], ahead.seen("tuan")["question"]["text"]) == ("Ngõ 91", "Ngõ 91")

    do("lan", "speaking.to_writing", floor_id=second)
    told = council.all(select(Entry).where(Entry.chain == ahead.meeting))
    assert not [each.event for each in told if "Ngõ 93" in str(each.facts)]


@pytest.mark.parametrize(
    ("who", "to", "code"),
    [
        ("truong", "lan", "only_members_ask"),
        ("hoa", "hoa", "question_to_oneself"),
        ("hoa", "khach", "addressee_unknown"),
        ("hoa", None, "addressee_needed"),
        ("minh", "truong", "forbidden"),
        ("khach", "truong", "not_found"),
    ],
)
def test_who_asks_whom(ahead: Chamber, council: Council, who: str, to: str | None, code: str) -> None:
    with pytest.raises(Refused, match=code):
        ahead.question(who, addressee_id=council.person(to) if to else None)


def test_there_is_an_end_to_questions_ahead(ahead: Chamber, council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_AHEAD", 1)
    ahead.question("hoa", addressee_id=council.person("truong"))

    with pytest.raises(Refused, match="question_too_many"):
        ahead.question("hoa", addressee_id=council.person("truong"))


def test_there_is_an_end_to_questions_in_writing_too(
    chamber: Chamber, council: Council, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_AHEAD", 2)
    wanted = {"addressee_id": council.person("truong"), "written": True}
    first = chamber.question("hoa", **wanted)
    chamber.question("hoa", **wanted)
    with pytest.raises(Refused, match="question_too_many"):
        chamber.question("hoa", **wanted)

    do("minh", "questioning.to_writing", floor_id=first)
    do("minh", "questioning.written_answer", floor_id=first)
    chamber.question("hoa", **wanted)  # one was answered


def test_in_the_sitting_questions_go_to_the_open_group_only(chamber: Chamber, council: Council, do: Do) -> None:
    group = chamber.group()
    with pytest.raises(Refused, match="no_group_open"):
        chamber.question("hoa", group_id=group)
    with pytest.raises(Refused, match="no_group_open"):
        chamber.question("hoa", addressee_id=council.person("truong"))
    assert not chamber.seen("hoa")["me"]["may_ask"]

    do("lan", "questioning.open_group", group_id=group)
    assert chamber.seen("hoa")["me"]["may_ask"]
    assert not chamber.seen("truong")["me"]["may_ask"]
    with pytest.raises(Refused, match="other_respondent"):
        chamber.question("hoa", addressee_id=council.person("lan"))
    assert do("hoa", "questioning.ask", meeting_id=chamber.meeting, text="Ngõ 91")["position"] == 1
    assert do("tuan", "questioning.ask", meeting_id=chamber.meeting, text="Ngõ 93")["position"] == 2
    with pytest.raises(Refused, match="already_asked"):
        chamber.question("hoa")

    in_writing = chamber.question("hoa", addressee_id=council.person("lan"), written=True)
    assert floor(council, in_writing).state == "done"
    assert [line["subject"] for line in chamber.seen("minh")["queue"]] == ["Ngõ 91", "Ngõ 93"]


def test_asking_at_the_floor_falls_under_the_same_rules(chamber: Chamber, council: Council, do: Do) -> None:
    ask = {"meeting_id": chamber.meeting, "kind": "question", "subject": "Ngõ 91"}
    free = do("tuan", "speaking.ask", **ask, addressee_id=council.person("lan"))["floor_id"]
    assert [line["id"] for line in chamber.seen("hoa")["queue"]] == [free]
    do("tuan", "speaking.withdraw", floor_id=free)

    group = chamber.group()
    with pytest.raises(Refused, match="no_group_open"):
        do("hoa", "speaking.ask", **ask, addressee_id=council.person("truong"))
    do("lan", "questioning.open_group", group_id=group)
    with pytest.raises(Refused, match="other_respondent"):
        do("hoa", "speaking.ask", **ask, addressee_id=council.person("lan"))
    asked = do("hoa", "speaking.ask", **ask, addressee_id=council.person("truong"))
    assert floor(council, asked["floor_id"]).group_id == group
    with pytest.raises(Refused, match="already_asked"):
        do("hoa", "speaking.ask", **ask, addressee_id=council.person("truong"))


def test_question_answer_and_debate_in_their_order(chamber: Chamber, council: Council, do: Do) -> None:
    group, question = chamber.answered("hoa")
    assert (chamber.last().event, chamber.last().facts["answers_id"]) == ("speaking.speech_started", question)
    later = chamber.question("tuan", "Câu sau")

    seen = chamber.seen("tuan")
    assert (seen["current"]["kind"], seen["current"]["person"]["id"]) == ("explain", council.person("truong"))
    assert seen["current"]["seconds"] == 180
    assert (seen["question"]["id"], seen["question"]["stage"], seen["question"]["answered"]) == (question, "answering", True)
    assert (seen["question"]["number"], seen["question"]["of"]) == (1, 2)
    assert seen["done"] == [
        {"id": question, "person": seen["question"]["person"], "subject": seen["question"]["subject"], "answered": True}
    ]

    others = do("tuan", "questioning.follow_up", floor_id=question)
    mine = do("hoa", "questioning.follow_up", floor_id=question, subject="Chưa rõ thời hạn")
    assert (others["position"], mine["position"]) == (1, 1)  # who put the question debates first
    assert [line["id"] for line in chamber.seen("hoa")["queue"]] == [mine["floor_id"], others["floor_id"], later]
    assert not chamber.seen("hoa")["me"]["may_follow"]

    do("lan", "speaking.stop", floor_id=chamber.seen("lan")["current"]["id"])
    chamber.put(mine["floor_id"])
    assert chamber.seen("hoa")["question"]["stage"] == "debating"
    do("lan", "questioning.answer", floor_id=mine["floor_id"])  # stops the debate, answers the same question
    assert floor(council, mine["floor_id"]).state == "done"
    assert council.all(select(Floor.answers_id).where(Floor.kind == "explain")) == [question, question]
    assert floor(council, question).group_id == group


def test_debate_is_refused_by_the_law(chamber: Chamber, council: Council, do: Do) -> None:
    group = chamber.group()
    do("lan", "questioning.open_group", group_id=group)
    question = chamber.question("hoa")

    def refused(who: str, code: str, **more: object) -> None:
        with pytest.raises(Refused, match=code):
            do(who, "questioning.follow_up", floor_id=question, **more)

    refused("tuan", "question_not_put")
    chamber.put(question)
    refused("tuan", "nothing_answered")
    do("lan", "questioning.answer", floor_id=question)
    refused("truong", "respondent_answers")
    refused("khach", "not_found")
    refused("minh", "forbidden")
    with pytest.raises(Refused, match="debate_with_respondent"):
        do(
            "tuan",
            "speaking.ask",
            meeting_id=chamber.meeting,
            kind="debate",
            answers_id=question,
            addressee_id=council.person("hoa"),
        )
    asked = do("tuan", "speaking.ask", meeting_id=chamber.meeting, kind="debate", answers_id=question)
    assert floor(council, asked["floor_id"]).addressee_id == council.person("truong")
    refused("tuan", "already_asked")
    with pytest.raises(Refused, match="not_a_question"):
        do("hoa", "questioning.follow_up", floor_id=asked["floor_id"])
    do("lan", "questioning.stop_group", group_id=group)
    refused("hoa", "group_not_open")


def test_answer_is_given_by_the_respondent_in_person(chamber: Chamber, council: Council, do: Do) -> None:
    group = chamber.group()
    do("lan", "questioning.open_group", group_id=group)
    question = chamber.question("hoa")

    def refused(who: str, code: str) -> None:
        with pytest.raises(Refused, match=code):
            do(who, "questioning.answer", floor_id=question)

    refused("lan", "question_not_put")
    chamber.put(question)
    refused("hoa", "forbidden")
    refused("khach", "not_found")
    speech = do("tuan", "speaking.ask", meeting_id=chamber.meeting)["floor_id"]
    with pytest.raises(Refused, match="not_a_question"):
        do("lan", "questioning.answer", floor_id=speech)
    do("lan", "speaking.stop", floor_id=question)
    do("lan", "speaking.start", floor_id=speech)
    refused("lan", "someone_speaks")
    do("lan", "speaking.stop", floor_id=speech)
    do(
        "minh",
        "live.correct_attendance",
        meeting_id=chamber.meeting,
        person_id=council.person("truong"),
        presence="absent",
        reason="Ra ngoài",
    )
    refused("lan", "respondent_away")


def test_only_the_open_group_is_called(chamber: Chamber, do: Do) -> None:
    first, second = chamber.group("Một"), chamber.group("Hai", "lan")
    do("lan", "questioning.open_group", group_id=first)
    question = chamber.question("hoa")
    do("lan", "questioning.stop_group", group_id=first)
    with pytest.raises(Refused, match="group_not_open"):
        do("lan", "speaking.call", floor_id=question)
    do("lan", "questioning.open_group", group_id=second)
    with pytest.raises(Refused, match="group_not_open"):
        do("lan", "speaking.start", floor_id=question)
    assert chamber.seen("hoa")["queue"] == []


def test_only_the_number_of_clear_answers_is_shown_and_not_to_members(chamber: Chamber, do: Do) -> None:
    _, question = chamber.answered("hoa")
    do("hoa", "questioning.judge", floor_id=question, clear=False)
    do("hoa", "questioning.judge", floor_id=question, clear=True)
    do("tuan", "questioning.judge", floor_id=question, clear=False)

    assert chamber.seen("lan")["question"]["clear"] == {"yes": 1, "no": 1}
    assert "clear" not in chamber.seen("hoa")["question"]
    assert chamber.seen("hoa")["me"]["clear"] is True
    assert chamber.last().event == "speaking.speech_started"  # nothing of it is told
    for who, code in (("truong", "only_members_ask"), ("khach", "not_found"), ("minh", "forbidden")):
        with pytest.raises(Refused, match=code):
            do(who, "questioning.judge", floor_id=question, clear=True)


def test_impression_needs_an_answer(chamber: Chamber, do: Do) -> None:
    do("lan", "questioning.open_group", group_id=chamber.group())
    question = chamber.question("hoa")
    with pytest.raises(Refused, match="nothing_answered"):
        do("tuan", "questioning.judge", floor_id=question, clear=True)
    speech = do("tuan", "speaking.ask", meeting_id=chamber.meeting)["floor_id"]
    with pytest.raises(Refused, match="not_a_question"):
        do("tuan", "questioning.judge", floor_id=speech, clear=True)


def test_a_question_entered_for_somebody_is_judged_by_whose_it_is(chamber: Chamber, council: Council, do: Do) -> None:
    """The desk enters a deputy's question; whoever presides enters none for a guest, nor one to whoever asks."""
    asked = {"meeting_id": chamber.meeting, "kind": "question", "subject": "Bao giờ thoát nước?"}
    hoa, tuan, truong = map(council.person, ("hoa", "tuan", "truong"))

    assert do("minh", "speaking.ask", **asked, person_id=hoa, addressee_id=truong)["position"] == 1
    with pytest.raises(Refused, match="only_members_ask"):
        do("lan", "speaking.ask", **asked, person_id=truong, addressee_id=tuan)
    with pytest.raises(Refused, match="question_to_oneself"):
        do("lan", "speaking.ask", **asked, person_id=tuan, addressee_id=tuan)


def test_a_question_of_an_item_that_is_over_can_be_skipped(chamber: Chamber, council: Council, do: Do) -> None:
    question = chamber.question("hoa", addressee_id=council.person("truong"))
    do("lan", "live.go_to_item", meeting_id=chamber.meeting, item_id=chamber.other_item)

    assert do("lan", "speaking.skip", floor_id=question) == {}


def test_desk_enters_a_question_for_whoever_raised_a_hand(chamber: Chamber, council: Council, do: Do) -> None:
    """The rule looks at whose question it is, not at who typed it."""
    wanted = {"meeting_id": chamber.meeting, "kind": "question", "subject": "Ngõ 91"}
    truong, hoa = council.person("truong"), council.person("hoa")
    entered = do("minh", "speaking.ask", **wanted, person_id=hoa, addressee_id=truong)
    assert floor(council, entered["floor_id"]).person_id == hoa
    with pytest.raises(Refused, match="question_to_oneself"):
        do("minh", "speaking.ask", **wanted, person_id=hoa, addressee_id=hoa)
    with pytest.raises(Refused, match="only_members_ask"):
        do("minh", "speaking.ask", **wanted, person_id=truong, addressee_id=hoa)
