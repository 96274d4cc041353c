"""The list as a whole: closed, cleared, arranged by hand and by rule, entered by the desk, handed to writing."""

from collections.abc import Callable
from typing import Any

import pytest

from meeting.errors import Refused
from meeting.rulebook.models import RuleBook
from tests.conftest import Council, Program
from tests.speaking.conftest import HOA, HUNG, TUAN, Chamber

Do = Callable[..., dict[str, Any]]


@pytest.fixture
def asked(do: Do, meeting: int) -> dict[str, int]:
    """Hoa, Tuấn and Hùng have asked for the floor, in this order."""
    return {who: do(who, "speaking.ask", meeting_id=meeting)["floor_id"] for who in ("hoa", "tuan", "hung")}


def test_order_of_the_chair_holds_against_who_comes_later(chamber: Chamber, council: Council, do: Do, meeting: int) -> None:
    council.update(RuleBook, council.book(), debate_first=True)
    one = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    two = do("tuan", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.reorder", meeting_id=meeting, floor_ids=[two, one])

    do("hung", "speaking.ask", meeting_id=meeting, kind="debate")
    assert chamber.names() == [TUAN, HOA, HUNG]  # debate goes behind those placed
    do("hung", "speaking.ask", meeting_id=meeting, kind="order")
    assert chamber.names() == [HUNG, TUAN, HOA, HUNG]  # a point of order to the front

    do("hung", "speaking.reorder", meeting_id=meeting, by_rule=True)
    assert chamber.names() == [HUNG, HUNG, HOA, TUAN]
    assert (chamber.last().event, chamber.last().facts["by_rule"]) == ("speaking.queue_reordered", True)


def test_same_order_twice_tells_nothing_new(chamber: Chamber, do: Do, meeting: int, asked: dict[str, int]) -> None:
    for _ in range(2):
        do("hung", "speaking.reorder", meeting_id=meeting, floor_ids=[asked["tuan"], asked["hoa"], asked["hung"]])
    do("hung", "speaking.reorder", meeting_id=meeting, queue="questioning", floor_ids=[])

    assert chamber.told().count("speaking.queue_reordered") == 1


def test_questions_are_arranged_among_themselves(chamber: Chamber, council: Council, do: Do, meeting: int) -> None:
    to = council.person("hung")
    ids = [do(who, "speaking.ask", meeting_id=meeting, kind="question", addressee_id=to)["floor_id"] for who in ("hoa", "tuan")]

    do("hung", "speaking.reorder", meeting_id=meeting, queue="questioning", floor_ids=ids[::-1])

    assert chamber.names("questioning") == [TUAN, HOA]
    with pytest.raises(Refused, match="order_incomplete"):
        do("hung", "speaking.reorder", meeting_id=meeting, queue="questioning", floor_ids=ids[:1])


def test_closed_list_lets_points_of_order_and_the_desk_pass(chamber: Chamber, council: Council, do: Do, meeting: int) -> None:
    for _ in range(2):
        do("hung", "speaking.close_list", meeting_id=meeting)

    assert chamber.floor()["closed"] is True
    with pytest.raises(Refused, match="list_closed"):
        do("hoa", "speaking.ask", meeting_id=meeting)
    do("hoa", "speaking.ask", meeting_id=meeting, kind="order")
    do("minh", "speaking.ask", meeting_id=meeting, person_id=council.person("tuan"))
    assert chamber.names() == [HOA, TUAN]

    do("hung", "speaking.open_list", meeting_id=meeting)
    assert chamber.floor()["closed"] is False
    do("hung", "speaking.ask", meeting_id=meeting)
    told = [each for each in chamber.told() if each.startswith("speaking.list")]
    assert told == ["speaking.list_closed", "speaking.list_opened"]


def test_the_next_item_opens_the_list_again(chamber: Chamber, council: Council, do: Do, meeting: int) -> None:
    do("hung", "speaking.close_list", meeting_id=meeting)

    do("hung", "live.go_to_item", meeting_id=meeting, item_id=council.items(meeting)[1])

    assert chamber.floor()["closed"] is False
    do("hoa", "speaking.ask", meeting_id=meeting)


def test_list_is_closed_only_while_the_meeting_lives(council: Council, do: Do) -> None:
    over = council.meeting(state="held")

    with pytest.raises(Refused, match="floor_closed"):
        do("hung", "speaking.close_list", meeting_id=over)


def test_list_is_cleared_and_whoever_is_called_stays(chamber: Chamber, do: Do, meeting: int, asked: dict[str, int]) -> None:
    do("hung", "speaking.call", floor_id=asked["tuan"])

    assert do("hung", "speaking.clear_list", meeting_id=meeting) == {"cleared": 2}

    assert (chamber.names(), chamber.floor()["called"]["id"]) == ([], asked["tuan"])
    assert chamber.last().facts["floor_ids"] == [asked["hoa"], asked["hung"]]
    assert do("hung", "speaking.clear_list", meeting_id=meeting) == {"cleared": 0}
    assert chamber.told().count("speaking.queue_cleared") == 1


def test_desk_enters_somebody_who_raised_a_hand(chamber: Chamber, council: Council, do: Do, meeting: int) -> None:
    hoa = council.person("hoa")
    floor = do("minh", "speaking.ask", meeting_id=meeting, person_id=hoa, subject="Thoát nước")["floor_id"]

    (line,) = chamber.floor()["queue"]
    assert (line["person"]["name"], line["entered_by"]["id"]) == (HOA, council.person("minh"))
    assert chamber.last().facts["person_id"] == hoa
    assert chamber.mine("hoa")["requests"][0]["position"] == 1
    with pytest.raises(Refused) as refused:
        do("minh", "speaking.ask", meeting_id=meeting, person_id=hoa)
    assert (refused.value.code, refused.value.facts) == ("has_asked", {"name": HOA, "position": 1})

    do("minh", "speaking.withdraw", floor_id=floor)  # what the desk entered, it may take off
    assert chamber.names() == []


def test_only_the_desk_enters_others_and_only_those_in_the_meeting(council: Council, do: Do, meeting: int) -> None:
    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "speaking.ask", meeting_id=meeting, person_id=council.person("tuan"))
    with pytest.raises(Refused, match="not_found"):
        do("khach", "speaking.ask", meeting_id=meeting, person_id=council.person("tuan"))
    with pytest.raises(Refused, match="not_seated"):
        do("minh", "speaking.ask", meeting_id=meeting, person_id=council.person("dung"))
    own = do("tuan", "speaking.ask", meeting_id=meeting)["floor_id"]
    with pytest.raises(Refused, match="forbidden"):
        do("minh", "speaking.withdraw", floor_id=own)  # asked by himself: only he and the chair


def test_limited_guest_is_entered_on_his_items_only(council: Council, do: Do, meeting: int) -> None:
    first, second, _ = council.items(meeting)
    council.invite(meeting, "khach", item_ids=[second])
    guest = council.person("khach")

    with pytest.raises(Refused, match="not_seated"):
        do("minh", "speaking.ask", meeting_id=meeting, person_id=guest, item_id=first)
    assert do("minh", "speaking.ask", meeting_id=meeting, person_id=guest, item_id=second)["position"] == 1


def test_turns_on_an_item_are_limited_where_the_rule_says_so(chamber: Chamber, council: Council, do: Do, meeting: int) -> None:
    council.update(RuleBook, council.book(), turns_per_item=1)
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    do("hung", "speaking.start", floor_id=floor)
    do("hung", "speaking.stop", floor_id=floor)

    with pytest.raises(Refused) as refused:
        do("hoa", "speaking.ask", meeting_id=meeting)
    assert (refused.value.code, refused.value.facts) == ("turns_used", {"turns": 1})
    do("hoa", "speaking.ask", meeting_id=meeting, item_id=council.items(meeting)[1])  # another item
    do("hung", "speaking.ask", meeting_id=meeting, person_id=council.person("hoa"))  # invited by the chair
    assert chamber.names() == [HOA, HOA]


def test_requests_for_later_items_wait_behind_those_for_this_one(
    chamber: Chamber, council: Council, do: Do, meeting: int
) -> None:
    second = council.items(meeting)[1]
    do("hoa", "speaking.ask", meeting_id=meeting, item_id=second)
    do("hoa", "speaking.ask", meeting_id=meeting)
    do("tuan", "speaking.ask", meeting_id=meeting)

    assert [(line["person"]["name"], line["later"]) for line in chamber.floor()["queue"]] == [
        (HOA, False),
        (TUAN, False),
        (HOA, True),
    ]
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=second)
    assert [(line["person"]["name"], line["later"]) for line in chamber.floor()["queue"]] == [(HOA, False)]


def test_statement_is_handed_to_writing_and_asked_for_until_it_is_written(
    chamber: Chamber, council: Council, do: Do, meeting: int, asked: dict[str, int]
) -> None:
    item = council.items(meeting)[0]
    for _ in range(2):
        do("hung", "speaking.to_writing", floor_id=asked["hoa"])

    assert chamber.names() == [TUAN, HUNG]
    assert chamber.mine("hoa")["to_write"] == [{"id": asked["hoa"], "item_id": item, "subject": ""}]
    assert chamber.told().count("speaking.handed_to_writing") == 1
    assert chamber.mine("hoa")["turns"] == 0  # nothing was spoken

    do("hoa", "discussion.post", meeting_id=meeting, text="Về việc khác")
    assert len(chamber.mine("hoa")["to_write"]) == 1
    do("tuan", "discussion.post", meeting_id=meeting, item_id=item, text="Của tôi")
    assert len(chamber.mine("hoa")["to_write"]) == 1
    do("hoa", "discussion.post", meeting_id=meeting, item_id=item, text="Đề nghị bố trí vốn")
    assert chamber.mine("hoa")["to_write"] == []


def test_one_may_write_instead_or_say_that_nothing_comes(chamber: Chamber, do: Do, asked: dict[str, int]) -> None:
    do("hoa", "speaking.to_writing", floor_id=asked["hoa"])
    do("hoa", "speaking.withdraw", floor_id=asked["hoa"])
    assert chamber.mine("hoa")["to_write"] == []

    with pytest.raises(Refused, match="forbidden"):
        do("hoa", "speaking.to_writing", floor_id=asked["tuan"])
    with pytest.raises(Refused, match="not_found"):
        do("khach", "speaking.to_writing", floor_id=asked["tuan"])
    do("hung", "speaking.start", floor_id=asked["tuan"])
    with pytest.raises(Refused, match="floor_state"):
        do("hung", "speaking.to_writing", floor_id=asked["tuan"])


def test_follow_up_needs_a_question_of_the_meeting(chamber: Chamber, council: Council, do: Do, meeting: int) -> None:
    speech = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    for answers in (speech, 999):
        with pytest.raises(Refused, match="answers_nothing"):
            do("tuan", "speaking.ask", meeting_id=meeting, kind="debate", answers_id=answers)


def test_programs_keep_the_list_through_the_api(api: Callable[[str], Program], meeting: int, asked: dict[str, int]) -> None:
    chair = api("hung")
    assert chair.act("speaking.reorder", meeting_id=meeting, by_rule=True)[0] == 200
    assert chair.act("speaking.close_list", meeting_id=meeting)[0] == 200
    status, refused = api("hoa").act("speaking.ask", meeting_id=meeting, kind="debate", item_id=None)
    assert (status, refused["code"]) == (409, "already_asked")
    assert chair.act("speaking.open_list", meeting_id=meeting)[0] == 200
    assert chair.act("speaking.to_writing", floor_id=asked["tuan"])[0] == 200
    assert chair.act("speaking.clear_list", meeting_id=meeting) == (200, {"ok": True, "cleared": 2})


def test_a_turn_that_runs_counts_before_it_is_over(council: Council, do: Do, meeting: int) -> None:
    """With one turn an item, whoever speaks or is called cannot put the next wish down meanwhile."""
    council.update(RuleBook, council.book(), turns_per_item=1)
    floor = do("hoa", "speaking.ask", meeting_id=meeting)["floor_id"]
    for act in ("speaking.call", "speaking.start"):
        do("hung", act, floor_id=floor)
        with pytest.raises(Refused) as refused:
            do("hoa", "speaking.ask", meeting_id=meeting)
        assert refused.value.code == "turns_used"
