"""Who may lead the page, take the lead and give it back; a passage that glows; what each screen is told of it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Item
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import leading, state
from meeting.live.leading import Lead
from meeting.materials.models import Requirement, Submission
from tests.conftest import Council
from tests.live.test_page import meeting, paper  # noqa: F401 - fixtures

Do = Callable[..., dict[str, Any]]
Paper = Callable[..., int]


@pytest.fixture
def stage(council: Council, do: Do, meeting: int, paper: Paper) -> dict[str, int]:  # noqa: F811
    """In session at the first item, which Hoa presents; papers on the first and second item and on the whole meeting."""
    first, second, _ = council.items(meeting)
    council.update(Item, first, presenter_id=council.person("hoa"))
    council.update(Item, second, presenter_id=council.person("tuan"))
    for who in ("hoa", "tuan", "hung"):
        do(who, "live.check_in", meeting_id=meeting)
    do("hung", "live.go_to_item", meeting_id=meeting, item_id=first)
    papers = {"of_first": paper(meeting, first), "of_second": paper(meeting, second), "of_all": paper(meeting, None)}
    return {"meeting": meeting, "first": first, "second": second, **papers}


def joined(council: Council, username: str, meeting_id: int, wanted: str = "") -> Any:
    with database.reading() as session:
        return state.joined(session, meeting_id, council.actor(username), wanted)


def page(council: Council, username: str, stage: dict[str, int], wanted: str = "") -> Any:
    return joined(council, username, stage["meeting"], wanted)["state"]["page"]


def shown(council: Council) -> list[dict[str, Any]]:
    return list(council.all(select(Entry.facts).where(Entry.event == "live.page_shown").order_by(Entry.seq)))


MAY_LEAD = {  # always, presents, current: refusal or None
    "chair and desk at any item": (True, (), None, None),
    "who presents nothing here": (False, (), 3, "forbidden"),
    "the presenter at the own item": (False, (3,), 3, None),
    "the presenter of several items": (False, (2, 3), 3, None),
    "the presenter before the own item": (False, (4,), 3, "not_presenting"),
    "the presenter before the first item": (False, (4,), None, "not_presenting"),
}


@pytest.mark.parametrize("case", MAY_LEAD)
def test_who_may_lead(case: str) -> None:
    always, presents, current, refusal = MAY_LEAD[case]
    if refusal is None:
        leading.check_may_lead(always=always, presents=presents, current_id=current)
    else:
        with pytest.raises(Refused, match=refusal):
            leading.check_may_lead(always=always, presents=presents, current_id=current)


PAPERS = {  # always, of item, current: refused?
    "the paper of the current item": (False, 3, 3, False),
    "the paper of the whole meeting": (False, None, 3, False),
    "the paper of another item": (False, 2, 3, True),
    "another item's, by the chair": (True, 2, 3, False),
}


@pytest.mark.parametrize("case", PAPERS)
def test_which_papers_may_be_led(case: str) -> None:
    always, of_item, current, refused = PAPERS[case]
    if refused:
        with pytest.raises(Refused, match="paper_of_another_item"):
            leading.check_paper(always=always, of_item=of_item, current_id=current)
    else:
        leading.check_paper(always=always, of_item=of_item, current_id=current)


GOING_ON = {  # who leads, who goes on: refusal or None
    "own lead": (Lead(1, "a"), Lead(1, "a"), None),
    "another's": (Lead(2, "b"), Lead(1, "a"), "lead_taken"),
    "own, on another screen": (Lead(1, "b"), Lead(1, "a"), "lead_taken"),
    "nobody's": (Lead(None), Lead(1, "a"), "nobody_leads"),
}


@pytest.mark.parametrize("case", GOING_ON)
def test_going_on_never_takes_the_lead_back(case: str) -> None:
    now, mine, refusal = GOING_ON[case]
    if refusal is None:
        leading.check_goes_on(now, mine, "Bà Hoa")
    else:
        with pytest.raises(Refused, match=refusal):
            leading.check_goes_on(now, mine, "Bà Hoa")


BOXES = {
    "a word": ([(100, 200, 300, 220)], True),
    "the whole page": ([(0, 0, 1000, 1000)], True),
    "outside": ([(900, 0, 1001, 10)], False),
    "empty": ([(100, 100, 100, 120)], False),
    "turned over": ([(300, 100, 100, 120)], False),
    "before the edge": ([(-1, 0, 5, 5)], False),
}


@pytest.mark.parametrize("case", BOXES)
def test_boxes_lie_inside_the_page(case: str) -> None:
    boxes, whole = BOXES[case]
    assert leading.whole_boxes(boxes) is whole


@pytest.mark.parametrize(("number", "pages", "wanted"), [(1, 1, []), (1, 3, [2]), (2, 3, [3, 1]), (3, 3, [2])])
def test_neighbours_are_fetched_ahead(number: int, pages: int, wanted: list[int]) -> None:
    assert leading.neighbours(number, pages) == wanted


def test_presenter_leads_and_everybody_sees_who(council: Council, do: Do, stage: dict[str, int]) -> None:
    do("hoa", "live.show_page", meeting_id=stage["meeting"], document_id=stage["of_first"], page=2, screen="t1")

    for username in ("tuan", "hung", "minh"):
        seen = page(council, username, stage)
        assert (seen["document_id"], seen["page"], seen["by"]["name"]) == (stage["of_first"], 2, "Ông Phan Thị Hoa")
        assert (seen["neighbours"], seen["point"], len(seen["v"])) == ([3, 1], None, 12)
    assert page(council, "hung", stage, "hall")["by"]["id"] == council.person("hoa")
    assert joined(council, "hoa", stage["meeting"])["me"]["page"] == {"presents": True, "screen": "t1"}
    assert joined(council, "tuan", stage["meeting"])["me"]["page"] == {"presents": False, "screen": None}


def test_presenter_shows_only_papers_of_the_item_and_of_the_meeting(council: Council, do: Do, stage: dict[str, int]) -> None:
    do("hoa", "live.show_page", meeting_id=stage["meeting"], document_id=stage["of_all"], page=1)
    with pytest.raises(Refused, match="paper_of_another_item"):
        do("hoa", "live.show_page", meeting_id=stage["meeting"], document_id=stage["of_second"], page=1)
    do("hung", "live.show_page", meeting_id=stage["meeting"], document_id=stage["of_second"], page=1)


def test_presenter_of_another_item_and_others_are_refused(council: Council, do: Do, stage: dict[str, int]) -> None:
    for act, more in (("live.show_page", {}), ("live.point", {"boxes": [[1, 1, 9, 9]]})):
        wanted = {"meeting_id": stage["meeting"], "document_id": stage["of_second"], "page": 1, **more}
        with pytest.raises(Refused, match="not_presenting"):
            do("tuan", act, **wanted)
        with pytest.raises(Refused, match="forbidden"):
            do("van", act, **wanted)
        with pytest.raises(Refused, match="not_found"):
            do("khach", act, **wanted)


def test_member_who_presents_nothing_may_not_lead(council: Council, do: Do, stage: dict[str, int]) -> None:
    council.update(Item, stage["second"], presenter_id=None)
    for act, more in (("live.show_page", {}), ("live.point", {"boxes": [[1, 1, 9, 9]]})):
        with pytest.raises(Refused, match="forbidden"):
            do("tuan", act, meeting_id=stage["meeting"], document_id=stage["of_first"], page=1, **more)


def test_further_presenter_leads_too(council: Council, do: Do, stage: dict[str, int]) -> None:
    people = [council.person("tuan"), council.person("hoa")]
    do("minh", "agenda.edit_item", item_id=stage["second"], presenter_ids=people)
    do("hung", "live.go_to_item", meeting_id=stage["meeting"], item_id=stage["second"])

    do("hoa", "live.show_page", meeting_id=stage["meeting"], document_id=stage["of_second"], page=1)

    assert joined(council, "hoa", stage["meeting"])["me"]["page"]["presents"]


def test_invited_guest_presents_the_own_paper(council: Council, do: Do, stage: dict[str, int]) -> None:
    council.invite(stage["meeting"], "dung", item_ids=[stage["first"]])
    council.update(Item, stage["first"], presenter_id=council.person("dung"))

    do("dung", "live.show_page", meeting_id=stage["meeting"], document_id=stage["of_first"], page=3)

    assert page(council, "hoa", stage)["page"] == 3


def test_lead_ends_with_the_item(council: Council, do: Do, stage: dict[str, int]) -> None:
    where = {"meeting_id": stage["meeting"], "document_id": stage["of_first"], "page": 1}
    do("hoa", "live.point", **where, boxes=[[1, 1, 9, 9]])

    do("hung", "live.go_to_item", meeting_id=stage["meeting"], item_id=stage["second"])

    assert page(council, "tuan", stage) is None
    with pytest.raises(Refused, match="not_presenting"):
        do("hoa", "live.show_page", **where)
    do("tuan", "live.show_page", meeting_id=stage["meeting"], document_id=stage["of_second"], page=1)
    assert page(council, "hoa", stage)["point"] is None


def test_chair_takes_the_lead_and_the_presenter_goes_on_only_by_taking_it_again(
    council: Council, do: Do, stage: dict[str, int]
) -> None:
    where = {"meeting_id": stage["meeting"], "document_id": stage["of_first"]}
    do("hoa", "live.show_page", **where, page=1, screen="t1")
    do("hoa", "live.show_page", **where, page=2, screen="t1", going_on=True)
    do("hung", "live.show_page", **where, page=3, screen="c1")

    with pytest.raises(Refused, match="lead_taken") as refused:
        do("hoa", "live.show_page", **where, page=3, screen="t1", going_on=True)
    assert refused.value.facts == {"name": "Ông Đỗ Mạnh Hùng"}
    do("hoa", "live.show_page", **where, page=1, screen="t1")
    assert page(council, "tuan", stage)["by"]["id"] == council.person("hoa")


def test_second_screen_of_the_same_person_takes_the_lead_from_the_first(council: Council, do: Do, stage: dict[str, int]) -> None:
    where = {"meeting_id": stage["meeting"], "document_id": stage["of_first"]}
    do("hoa", "live.show_page", **where, page=1, screen="t1")
    do("hoa", "live.show_page", **where, page=2, screen="t2")

    with pytest.raises(Refused, match="lead_taken"):
        do("hoa", "live.show_page", **where, page=3, screen="t1", going_on=True)
    do("hoa", "live.show_page", **where, page=3, screen="t2", going_on=True)
    assert joined(council, "hoa", stage["meeting"])["me"]["page"]["screen"] == "t2"


def test_lead_is_given_back_by_who_leads_or_by_the_desk(council: Council, do: Do, stage: dict[str, int]) -> None:
    where = {"meeting_id": stage["meeting"]}
    do("hung", "live.show_page", **where, document_id=stage["of_first"], page=1)
    with pytest.raises(Refused, match="not_presenting"):
        do("hoa", "live.show_page", **where)
    do("hoa", "live.show_page", **where, document_id=stage["of_first"], page=1, screen="t1")

    do("hoa", "live.show_page", **where)
    assert page(council, "tuan", stage) is None
    with pytest.raises(Refused, match="nobody_leads"):
        do("hoa", "live.show_page", **where, document_id=stage["of_first"], page=2, screen="t1", going_on=True)
    do("hoa", "live.show_page", **where, document_id=stage["of_first"], page=2)
    do("minh", "live.show_page", **where)
    assert page(council, "tuan", stage) is None


def test_journal_tells_who_began_to_lead_not_every_turn(council: Council, do: Do, stage: dict[str, int]) -> None:
    where = {"meeting_id": stage["meeting"], "document_id": stage["of_first"], "screen": "t1"}
    do("hoa", "live.show_page", **where, page=1)
    for number in (2, 3, 2):
        do("hoa", "live.show_page", **where, page=number, going_on=True)
    do("hoa", "live.point", **where, page=2, boxes=[[100, 200, 300, 220]], going_on=True)
    do("hoa", "live.point", **where, page=2, going_on=True)
    do("hoa", "live.show_page", meeting_id=stage["meeting"])

    first = stage["of_first"]
    assert shown(council) == [{"document_id": first, "page": 1}, {"document_id": None, "page": None}]


def test_turning_on_raises_the_live_version(council: Council, do: Do, stage: dict[str, int]) -> None:
    where = {"meeting_id": stage["meeting"], "document_id": stage["of_first"], "screen": "t1"}
    do("hoa", "live.show_page", **where, page=1)
    seqs = [joined(council, "tuan", stage["meeting"])["seq"]]
    for more in ({"page": 2}, {"page": 2, "point": [[1, 1, 9, 9]]}, {"page": 2, "point": None}):
        name = "live.point" if "point" in more else "live.show_page"
        boxes = {"boxes": more.pop("point")} if "point" in more else {}
        do("hoa", name, **where, **more, **boxes, going_on=True)
        seqs.append(joined(council, "tuan", stage["meeting"])["seq"])
    assert seqs == sorted(set(seqs))


def test_marked_passage_glows_until_the_page_is_turned(council: Council, do: Do, stage: dict[str, int]) -> None:
    where = {"meeting_id": stage["meeting"], "document_id": stage["of_first"]}
    boxes = [[100, 200, 900, 220], [100, 225, 400, 245]]

    do("hoa", "live.point", **where, page=2, boxes=boxes)
    for username, wanted in (("tuan", ""), ("hung", ""), ("hung", "hall")):
        assert page(council, username, stage, wanted)["point"] == {"boxes": boxes}
    assert page(council, "tuan", stage)["page"] == 2, "marking leads there"

    do("hoa", "live.show_page", **where, page=3)
    assert page(council, "tuan", stage)["point"] is None
    do("hoa", "live.point", **where, page=3, boxes=boxes)
    do("hoa", "live.point", **where, page=3)
    assert page(council, "tuan", stage)["point"] is None
    do("hoa", "live.point", **where, page=1)
    assert page(council, "tuan", stage)["page"] == 3, "taking a mark away shows nothing new"


@pytest.mark.parametrize("boxes", [[[0, 0, 0, 0]], [[0, 0, 1200, 10]], [[1, 2, 3]], [["a", 1, 2, 3]], [[1, 1, 9, 9]] * 81])
def test_boxes_that_cannot_be_drawn_are_malformed(council: Council, do: Do, stage: dict[str, int], boxes: Any) -> None:
    with pytest.raises(Refused, match="malformed"):
        do("hoa", "live.point", meeting_id=stage["meeting"], document_id=stage["of_first"], page=1, boxes=boxes)


def test_passage_of_a_missing_page_is_refused(council: Council, do: Do, stage: dict[str, int]) -> None:
    with pytest.raises(Refused, match="page_unknown"):
        do("hung", "live.point", meeting_id=stage["meeting"], document_id=stage["of_first"], page=4, boxes=[[1, 1, 9, 9]])
    do("hung", "live.pause", meeting_id=stage["meeting"])
    with pytest.raises(Refused, match="not_in_session"):
        do("hung", "live.point", meeting_id=stage["meeting"], document_id=stage["of_first"], page=1, boxes=[[1, 1, 9, 9]])


def test_page_not_for_guests_is_on_no_screen_that_guests_see(council: Council, do: Do, stage: dict[str, int]) -> None:
    requirement = council.one(select(Submission.requirement_id).where(Submission.file_id == stage["of_first"]))
    council.update(Requirement, requirement, audience="members")
    do("hoa", "live.point", meeting_id=stage["meeting"], document_id=stage["of_first"], page=1, boxes=[[1, 1, 9, 9]])
    assert page(council, "hung", stage, "hall")["page"] == 1, "no guest sits in the hall"

    council.invite(stage["meeting"], "khach")

    assert page(council, "khach", stage) is None
    assert page(council, "hung", stage, "hall") is None
    for username in ("tuan", "hung"):
        assert page(council, username, stage)["point"] == {"boxes": [[1, 1, 9, 9]]}


def test_presenter_leads_over_the_api(council: Council, api: Callable[[str], Any], stage: dict[str, int]) -> None:
    wanted = {"meeting_id": stage["meeting"], "document_id": stage["of_first"], "page": 2, "boxes": [[10, 10, 90, 30]]}

    assert api("hoa").act("live.point", **wanted)[0] == 200
    assert api("hung").get(f"/meetings/{stage['meeting']}")[1]["page"]["point"] == {"boxes": [[10, 10, 90, 30]]}
    assert api("tuan").act("live.point", **wanted)[0] == 409
    assert api("khach").act("live.point", **wanted)[0] == 404
