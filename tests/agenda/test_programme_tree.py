"""The programme as a tree in the store: items under items, several presenters, set aside and put back."""

from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Item, Participant
from meeting.conclusions.models import Minutes
from meeting.events import Event
from tests.agenda.preparing import Do, code, issued, made, told, tree_of
from tests.conftest import Council, Program


def item(council: Council, item_id: int) -> Any:
    return council.one(select(Item).where(Item.id == item_id))


def test_items_go_in_out_up_and_down_with_their_parts(do: Do, council: Council) -> None:
    meeting_id = made(do, council)
    first, second, third = council.items(meeting_id)

    do("minh", "agenda.move_item", item_id=third, to="in")
    assert tree_of(council, meeting_id) == ["1 Khai mạc", "2 Ngân sách", "2.1 Bế mạc"]
    do("minh", "agenda.move_item", item_id=second, to="up")
    assert tree_of(council, meeting_id) == ["1 Ngân sách", "1.1 Bế mạc", "2 Khai mạc"]
    do("minh", "agenda.move_item", item_id=third, to="out")
    assert tree_of(council, meeting_id) == ["1 Ngân sách", "2 Bế mạc", "3 Khai mạc"]
    assert do("minh", "agenda.move_item", item_id=first, parent_id=second, rank=1) == {"position": 2, "label": "1.1"}
    assert tree_of(council, meeting_id) == ["1 Ngân sách", "1.1 Khai mạc", "2 Bế mạc"]
    assert do("minh", "agenda.move_item", item_id=third, to="down") == {"position": 3, "label": "2"}
    last = told(council, Event.ITEM_MOVED)[-1]
    assert (last["title"], last["label_before"], last["label"]) == ("Khai mạc", "3", "1.1")


def test_what_cannot_be_is_refused(do: Do, council: Council) -> None:
    meeting_id, other = made(do, council), made(do, council, place="Phòng 3")
    first, second, third = council.items(meeting_id)
    do("minh", "agenda.move_item", item_id=second, to="in")
    do("minh", "agenda.add_item", meeting_id=meeting_id, title="Chi tiết", parent_id=second)

    assert code(do, "minh", "agenda.move_item", item_id=first, to="in") == "no_item_above"
    assert code(do, "minh", "agenda.move_item", item_id=first, parent_id=second, rank=1) == "item_under_itself"
    do("minh", "agenda.move_item", item_id=third, position=1)
    assert code(do, "minh", "agenda.move_item", item_id=first, to="in") == "tree_too_deep"
    elsewhere = council.items(other)[0]
    assert code(do, "minh", "agenda.move_item", item_id=first, parent_id=elsewhere, rank=1) == "not_found"
    assert code(do, "minh", "agenda.add_item", meeting_id=meeting_id, title="X", parent_id=elsewhere) == "not_found"


def test_items_are_made_as_deep_as_they_say(do: Do, council: Council) -> None:
    items = [{"title": "A"}, {"title": "B", "depth": 1}, {"title": "C", "depth": 2}, {"title": "D", "depth": 1}, {"title": "E"}]

    meeting_id = made(do, council, items=items)

    assert tree_of(council, meeting_id) == ["1 A", "1.1 B", "1.1.1 C", "1.2 D", "2 E"]


def test_what_lay_under_a_removed_item_takes_its_place(do: Do, council: Council) -> None:
    meeting_id = made(do, council, items=[{"title": "A"}, {"title": "B", "depth": 1}, {"title": "C", "depth": 1}, {"title": "D"}])

    do("minh", "agenda.remove_item", item_id=council.items(meeting_id)[0])

    assert tree_of(council, meeting_id) == ["1 B", "2 C", "3 D"]


def test_an_item_has_several_presenters_in_order(do: Do, council: Council) -> None:
    meeting_id = made(do, council)
    key = council.items(meeting_id)[1]
    people = [council.person("truong"), council.person("dung")]

    assert do("minh", "agenda.edit_item", item_id=key, presenter_ids=people) == {"changed": ["presenter_ids"]}
    assert do("minh", "agenda.edit_item", item_id=key, presenter_ids=people) == {"changed": []}
    assert item(council, key).presenter_id == people[0]
    do("minh", "agenda.edit_item", item_id=key, presenter_ids=list(reversed(people)))
    assert item(council, key).presenter_id == people[1]
    do("minh", "agenda.edit_item", item_id=key, presenter_id=None)
    assert item(council, key).presenter_id is None
    assert told(council, Event.ITEM_EDITED)[0]["after"] == {"presenter_ids": people}


def test_presenters_are_read_by_programs(do: Do, council: Council, api: Any) -> None:
    meeting_id = made(do, council)
    first, second, _ = council.items(meeting_id)
    do("minh", "agenda.move_item", item_id=second, to="in")
    do("minh", "agenda.edit_item", item_id=second, presenter_ids=[council.person("truong"), council.person("dung")])

    program: Program = api("minh")
    line = program.get(f"/meetings/{meeting_id}/programme")[1]["data"][1]

    assert (line["label"], line["number"], line["parent_id"], line["position"]) == ("1.1", 1, first, 2)
    assert line["presenters"] == ["Ông Cao Xuân Trường", "Ông Hồ Tiến Dũng"]
    moved = program.act("agenda.move_item", item_id=second, to="out")
    assert (moved[0], moved[1]["label"]) == (200, "2")


@pytest.mark.parametrize(("act", "state"), [("agenda.defer_item", "deferred"), ("agenda.withdraw_item", "withdrawn")])
def test_an_item_is_set_aside_with_its_parts_and_put_back(do: Do, council: Council, act: str, state: str) -> None:
    meeting_id = made(do, council)
    _, second, third = council.items(meeting_id)
    do("minh", "agenda.move_item", item_id=third, to="in")

    assert code(do, "minh", act, item_id=second) == "reason_needed"
    assert do("minh", act, item_id=second, reason="chưa đủ hồ sơ") == {"item_ids": [second, third]}
    assert {item(council, key).state for key in (second, third)} == {state}
    assert code(do, "minh", act, item_id=second, reason="lần nữa") == "item_begun"
    (entry,) = told(council, Event.ITEM_SET_ASIDE)
    assert (entry["state"], entry["reason"], entry["items"]) == (state, "chưa đủ hồ sơ", [second, third])

    assert do("minh", "agenda.restore_item", item_id=second) == {"item_ids": [second, third]}
    assert item(council, third).state == "planned"
    assert code(do, "minh", "agenda.restore_item", item_id=second) == "item_not_aside"
    assert len(told(council, Event.ITEM_RESTORED)) == 1


def test_the_chair_may_put_an_item_off_and_nobody_else_from_outside_the_desk(do: Do, council: Council) -> None:
    meeting_id = issued(do, council)
    key = council.items(meeting_id)[1]

    for stranger in ("hoa", "dung", "van", "truong"):
        assert code(do, stranger, "agenda.defer_item", item_id=key, reason="x") in {"forbidden", "not_found"}
    assert code(do, "khach", "agenda.restore_item", item_id=key) == "not_found"
    assert do("hung", "agenda.defer_item", item_id=key, reason="chờ ý kiến")["item_ids"] == [key]


def test_a_council_matter_gets_its_steps(do: Do, council: Council) -> None:
    meeting_id = made(do, council, "HĐND")
    key = council.items(meeting_id)[1]

    made_steps = do("minh", "agenda.add_steps", item_id=key)["item_ids"]

    kinds = [item(council, each).kind for each in made_steps]
    assert kinds == ["submission", "verification", "discussion", "explanation", "vote"]
    assert [each.split()[0] for each in tree_of(council, meeting_id)] == ["1", "2", "2.1", "2.2", "2.3", "2.4", "2.5", "3"]
    assert code(do, "minh", "agenda.add_steps", item_id=key) == "item_has_parts"
    committee = made(do, council, place="Phòng 3")
    assert code(do, "minh", "agenda.add_steps", item_id=council.items(committee)[0]) == "not_for_council"
    assert code(do, "hoa", "agenda.add_steps", item_id=key) == "not_found"


def test_a_guest_of_a_removed_item_does_not_suddenly_see_everything(do: Do, council: Council) -> None:
    meeting_id = made(do, council)
    first = council.items(meeting_id)[0]
    khach = council.person("khach")
    do("minh", "agenda.set_participants", meeting_id=meeting_id, add=[{"person_id": khach, "item_ids": [first]}])

    do("minh", "agenda.remove_item", item_id=first)

    assert council.one(select(Participant).where(Participant.person_id == khach)).item_ids == [first]


def test_the_room_shows_labels_and_headings_and_skips_what_was_set_aside(do: Do, council: Council, api: Any) -> None:
    meeting_id = council.meeting()
    first, second, third = council.items(meeting_id)
    do("minh", "agenda.move_item", item_id=second, to="in")
    do("minh", "agenda.withdraw_item", item_id=third, reason="đơn vị xin rút")
    for person in ("hung", "hoa", "tuan"):
        do(person, "live.check_in", meeting_id=meeting_id)
    do("hung", "live.open", meeting_id=meeting_id)

    shown = api("hoa").get(f"/meetings/{meeting_id}")[1]["agenda"]["items"]

    assert [(each["label"], each["number"], each["heading"]) for each in shown] == [
        ("1", 1, True),
        ("1.1", 1, False),
        ("2", 2, False),
    ]
    assert (shown[2]["state"], shown[2]["reason"]) == ("withdrawn", "đơn vị xin rút")
    assert code(do, "hung", "live.go_to_item", meeting_id=meeting_id, item_id=third) == "item_set_aside"
    do("hung", "live.go_to_item", meeting_id=meeting_id, item_id=second)
    assert told(council, Event.ITEM_STARTED)[0]["label"] == "1.1"
    do("hung", "live.close", meeting_id=meeting_id)
    minutes = council.one(select(Minutes.text).where(Minutes.meeting_id == meeting_id))
    assert "1.1. Nội dung 2 (" in minutes
    assert "2. Nội dung 3 (đã rút khỏi chương trình: đơn vị xin rút)" in minutes
    assert "1. Nội dung 1\n" in minutes
    assert first
