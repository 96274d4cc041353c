"""Groups of questions: planned, agreed to, ordered, opened, stopped, ended."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from meeting import clock
from meeting.conclusions.models import Minutes
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.questioning.models import Inquiry, Promise
from meeting.speaking.models import Floor, QuestionGroup
from tests.conftest import Council
from tests.questioning.conftest import Chamber, Do


def test_desk_plans_a_group_for_somebody_invited_in_person(ahead: Chamber, council: Council, do: Do) -> None:
    group = ahead.group("Thoát nước", item_id=ahead.item)

    assert ahead.last().event == "questioning.group_planned"
    (line,) = ahead.seen("hoa")["groups"]
    assert (line["id"], line["title"], line["state"], line["item_id"]) == (group, "Thoát nước", "planned", ahead.item)
    with pytest.raises(Refused, match="respondent_uninvited"):
        ahead.group(respondent="khach")
    council.invite(ahead.meeting, "khach", stands_for_id=council.person("hung"))
    with pytest.raises(Refused, match="respondent_stands_in"):
        ahead.group(respondent="khach")
    with pytest.raises(Refused, match="not_found"):
        ahead.group(item_id=council.items(council.meeting())[0])
    for who, code in (("hoa", "forbidden"), ("dung", "forbidden"), ("admin", "not_found")):
        with pytest.raises(Refused, match=code):
            do(who, "questioning.make_group", meeting_id=ahead.meeting, title="X", respondent_id=council.person("truong"))


def test_question_goes_with_its_group_to_the_respondent(ahead: Chamber, council: Council, do: Do) -> None:
    question = ahead.question("hoa", addressee_id=council.person("lan"))
    group = ahead.group()
    assert ahead.seen("minh")["loose"] == 1

    do("minh", "questioning.assign", floor_id=question, group_id=group)
    row = council.one(select(Floor).where(Floor.id == question))
    assert (row.group_id, row.addressee_id) == (group, council.person("truong"))
    assert (ahead.last().event, ahead.last().facts["before"]) == ("questioning.question_assigned", council.person("lan"))

    do("minh", "questioning.edit_group", group_id=group, respondent_id=council.person("lan"), title="Vỉa hè")
    assert council.one(select(Floor.addressee_id).where(Floor.id == question)) == council.person("lan")
    assert ahead.last().facts["after"] == {"title": "Vỉa hè", "respondent_id": council.person("lan")}
    do("minh", "questioning.remove_group", group_id=group)
    assert council.one(select(Floor.group_id).where(Floor.id == question)) is None
    assert ahead.last().event == "questioning.group_removed"


def test_refusals_of_the_desk(ahead: Chamber, council: Council, do: Do) -> None:
    question = ahead.question("hoa", addressee_id=council.person("truong"))
    group = ahead.group()
    own = ahead.group("Của Hoa", "hoa")
    elsewhere = council.meeting("HĐND")
    council.invite(elsewhere, "truong")
    foreign = do("minh", "questioning.make_group", meeting_id=elsewhere, title="X", respondent_id=council.person("truong"))[
        "group_id"
    ]

    def refused(code: str, act: str, who: str = "minh", **wanted: object) -> None:
        with pytest.raises(Refused, match=code):
            do(who, act, **wanted)

    refused("not_found", "questioning.assign", floor_id=question, group_id=foreign)
    refused("question_to_oneself", "questioning.assign", floor_id=question, group_id=own)
    speech = do("hoa", "speaking.ask", meeting_id=ahead.meeting)["floor_id"]
    refused("not_a_question", "questioning.assign", floor_id=speech, group_id=group)
    refused("forbidden", "questioning.assign", "hoa", floor_id=question, group_id=group)
    refused("not_found", "questioning.assign", "khach", floor_id=question, group_id=group)
    refused("forbidden", "questioning.edit_group", "tuan", group_id=group, title="Y")
    refused("not_found", "questioning.edit_group", "khach", group_id=group, title="Y")
    refused("respondent_uninvited", "questioning.edit_group", group_id=group, respondent_id=council.person("khach"))
    refused("forbidden", "questioning.remove_group", "hoa", group_id=group)
    refused("groups_incomplete", "questioning.arrange_groups", meeting_id=ahead.meeting, group_ids=[group])
    refused("forbidden", "questioning.arrange_groups", "hoa", meeting_id=ahead.meeting)
    refused("not_found", "questioning.arrange_groups", "khach", meeting_id=ahead.meeting)
    assert do("minh", "questioning.edit_group", group_id=group, title="Trật tự đô thị") == {}


def test_groups_are_picked_by_the_number_of_agreements(ahead: Chamber, do: Do) -> None:
    first, second, third = ahead.group("Một"), ahead.group("Hai"), ahead.group("Ba")
    for who, group in (("hoa", second), ("tuan", second), ("lan", third), ("hoa", first)):
        do(who, "questioning.agree", group_id=group)
    do("hoa", "questioning.agree", group_id=first, agrees=False)
    assert ahead.last().facts["agrees"] is False
    do("hoa", "questioning.agree", group_id=first, agrees=False)  # said already

    do("minh", "questioning.arrange_groups", meeting_id=ahead.meeting)
    assert [(each["id"], each["agrees"]) for each in ahead.seen("hoa")["groups"]] == [(second, 2), (third, 1), (first, 0)]
    assert ahead.last().facts["by_agreements"] is True
    do("minh", "questioning.arrange_groups", meeting_id=ahead.meeting, group_ids=[first, second, third])
    assert [each["id"] for each in ahead.seen("hoa")["groups"]] == [first, second, third]

    for who, code in (("truong", "only_members_ask"), ("minh", "forbidden"), ("khach", "not_found")):
        with pytest.raises(Refused, match=code):
            do(who, "questioning.agree", group_id=first)


def test_one_group_is_open_at_a_time(chamber: Chamber, council: Council, do: Do) -> None:
    first, second = chamber.group("Một"), chamber.group("Hai")
    do("lan", "questioning.open_group", group_id=first)
    assert (chamber.last().event, chamber.last().facts["title"]) == ("questioning.group_opened", "Một")
    assert chamber.seen("hoa")["group"]["title"] == "Một"

    with pytest.raises(Refused, match="group_running") as refused:
        do("lan", "questioning.open_group", group_id=second)
    assert refused.value.facts == {"title": "Một"}
    with pytest.raises(IntegrityError):
        council.update(QuestionGroup, second, state="open")
    with pytest.raises(Refused, match="group_state"):
        do("lan", "questioning.open_group", group_id=first)
    with pytest.raises(Refused, match="group_state"):
        do("hoa", "questioning.agree", group_id=first)
    with pytest.raises(Refused, match="group_state"):
        do("minh", "questioning.remove_group", group_id=first)
    with pytest.raises(Refused, match="group_state"):
        do("minh", "questioning.edit_group", group_id=first, respondent_id=council.person("lan"))

    do("lan", "questioning.stop_group", group_id=first)
    assert chamber.last().event == "questioning.group_stopped"
    assert chamber.seen("hoa")["group"]["state"] == "stopped"
    do("lan", "questioning.open_group", group_id=second)
    assert chamber.seen("hoa")["group"]["title"] == "Hai"


@pytest.mark.parametrize("act", ["questioning.open_group", "questioning.stop_group", "questioning.end_group"])
def test_only_the_podium_runs_groups(chamber: Chamber, do: Do, act: str) -> None:
    group = chamber.group()
    for who, code in (("minh", "forbidden"), ("hoa", "forbidden"), ("khach", "not_found")):
        with pytest.raises(Refused, match=code):
            do(who, act, group_id=group)


def test_group_opens_in_session_with_its_respondent_here(ahead: Chamber, council: Council, do: Do) -> None:
    group = ahead.group()
    with pytest.raises(Refused, match="not_in_session"):
        do("lan", "questioning.open_group", group_id=group)
    for who in ("lan", "hoa", "tuan"):
        do(who, "live.check_in", meeting_id=ahead.meeting)
    do("lan", "live.open", meeting_id=ahead.meeting)
    with pytest.raises(Refused, match="respondent_away"):
        do("lan", "questioning.open_group", group_id=group)
    do("truong", "live.check_in", meeting_id=ahead.meeting)
    do("lan", "questioning.open_group", group_id=group)


def test_stopping_a_group_ends_the_turn_and_the_called_wait_again(chamber: Chamber, council: Council, do: Do) -> None:
    group, question = chamber.answered("hoa")
    next_one = chamber.question("tuan")
    do("lan", "speaking.call", floor_id=next_one)

    do("lan", "questioning.stop_group", group_id=group)

    seen = chamber.seen("hoa")
    assert (seen["current"], seen["called"], [line["id"] for line in seen["queue"]]) == (None, None, [next_one])
    assert seen["question"]["id"] == question


def test_ended_group_leaves_the_unput_questions_to_writing(chamber: Chamber, council: Council, do: Do) -> None:
    group, question = chamber.answered("hoa")
    left = chamber.question("tuan", "Chưa kịp hỏi")
    debate = do("tuan", "questioning.follow_up", floor_id=question)["floor_id"]

    assert do("lan", "questioning.end_group", group_id=group) == {"in_writing": 1}

    inquiry = council.one(select(Inquiry).where(Inquiry.floor_id == left))
    days = (inquiry.written_due_on - clock.local(inquiry.written_since).date()).days
    assert (inquiry.written_reason, days) == ("unanswered", 20)
    states = {each: council.one(select(Floor.state).where(Floor.id == each)) for each in (question, left, debate)}
    assert states == {question: "done", left: "done", debate: "withdrawn"}
    assert (chamber.last().event, chamber.last().facts["put"], chamber.last().facts["in_writing"]) == (
        "questioning.group_ended",
        1,
        1,
    )
    assert chamber.seen("hoa")["group"] is None
    with pytest.raises(Refused, match="group_state"):
        do("lan", "questioning.end_group", group_id=group)
    with pytest.raises(Refused, match="question_started"):
        do("minh", "questioning.assign", floor_id=question, group_id=None)


def test_open_group_keeps_the_meeting_from_closing(chamber: Chamber, do: Do) -> None:
    group = chamber.group("Vỉa hè")
    do("lan", "questioning.open_group", group_id=group)
    with pytest.raises(Refused, match="group_still_open") as refused:
        do("lan", "live.close", meeting_id=chamber.meeting)
    assert refused.value.facts["title"] == "Vỉa hè"
    do("lan", "questioning.end_group", group_id=group)
    do("lan", "live.close", meeting_id=chamber.meeting)


def test_closing_leaves_every_unput_question_to_writing(chamber: Chamber, council: Council, do: Do) -> None:
    loose = chamber.question("tuan", "Chưa xếp nhóm", addressee_id=council.person("truong"))
    group, put = chamber.answered("hoa")
    stopped = chamber.question("tuan", "Chưa kịp hỏi")
    debate = do("tuan", "questioning.follow_up", floor_id=put)["floor_id"]
    planned = chamber.question("hoa", "Nhóm chưa mở", group_id=group)
    do("minh", "questioning.assign", floor_id=planned, group_id=chamber.group("Vỉa hè"))
    do("lan", "questioning.stop_group", group_id=group)

    do("lan", "live.close", meeting_id=chamber.meeting)

    due = {each.floor_id: each for each in council.all(select(Inquiry).where(Inquiry.written_since.is_not(None)))}
    assert set(due) == {loose, stopped, planned}
    for each in due.values():
        assert (each.written_reason, (each.written_due_on - clock.local(each.written_since).date()).days) == ("unanswered", 20)
    states = council.all(select(Floor.state).where(Floor.id.in_((loose, stopped, planned, debate))).order_by(Floor.id))
    assert sorted(states) == ["done", "done", "done", "withdrawn"]
    assert council.one(select(QuestionGroup.state).where(QuestionGroup.id == group)) == "ended"
    told = council.all(select(Entry).where(Entry.chain == chamber.meeting, Entry.event == "questioning.question_to_writing"))
    assert {each.actor_id for each in told} == {0}
    text = council.one(select(Minutes.text).where(Minutes.meeting_id == chamber.meeting))
    assert all(words in text for words in ("Chưa xếp nhóm", "Chưa kịp hỏi", "Nhóm chưa mở"))


def test_group_rests_when_the_meeting_turns_to_another_item(chamber: Chamber, do: Do) -> None:
    group = chamber.group(item_id=chamber.item)
    do("lan", "questioning.open_group", group_id=group)
    do("lan", "live.go_to_item", meeting_id=chamber.meeting, item_id=chamber.other_item)
    assert chamber.seen("hoa")["group"]["state"] == "stopped"


def test_limited_guest_sees_the_groups_of_his_items(chamber: Chamber, council: Council) -> None:
    chamber.group("Của nội dung 1", item_id=chamber.item)
    theirs = chamber.group("Của nội dung 2", item_id=chamber.other_item)
    council.invite(chamber.meeting, "khach", item_ids=[chamber.other_item])
    assert [each["id"] for each in chamber.seen("khach")["groups"]] == [theirs]


def test_a_group_with_a_promise_is_dropped_and_the_promise_stays(chamber: Chamber, do: Do, council: Council) -> None:
    group = chamber.group()
    promise = do(
        "minh", "questioning.note_promise", meeting_id=chamber.meeting, text="Xong trong năm", due_on="2026-12-31", group_id=group
    )["promise_id"]

    do("minh", "questioning.remove_group", group_id=group)

    assert council.one(select(Promise.group_id).where(Promise.id == promise)) is None


def test_item_with_a_group_stays_on_the_programme(council: Council, do: Do) -> None:
    meeting = council.meeting("HĐND", state="draft")
    council.invite(meeting, "truong")
    item = council.items(meeting)[1]
    known = {"meeting_id": meeting, "title": "Vỉa hè", "respondent_id": council.person("truong"), "item_id": item}
    group = do("minh", "questioning.make_group", **known)["group_id"]

    with pytest.raises(Refused, match="item_has_questions"):
        do("minh", "agenda.remove_item", meeting_id=meeting, item_id=item)
    do("minh", "questioning.remove_group", group_id=group)
    do("minh", "agenda.remove_item", meeting_id=meeting, item_id=item)
