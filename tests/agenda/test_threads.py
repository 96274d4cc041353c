"""Linking items of several meetings: by hand, when they are copied, carried into sittings, put off and taken up again."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.agenda import thread_offers, threads
from meeting.agenda.models import Item, Meeting, Participant
from meeting.agenda.thread_models import ItemLink
from meeting.events import Event
from meeting.permissions import Action, allows
from tests.agenda.preparing import START, Do, code, made, told
from tests.conftest import Council, Program

NEXT = START + timedelta(days=28)
BUDGET = "Dự toán ngân sách phường năm 2027"


def meeting_on(council: Council, at: datetime, *titles: str, body: str = "UBND", **values: Any) -> list[int]:
    """An issued meeting; answers its items."""
    meeting_id = council.meeting(body, items=len(titles), starts_at=at, **values)
    items = council.items(meeting_id)
    for key, title in zip(items, titles, strict=True):
        council.update(Item, key, title=title, numbering="")
    return items


def chain(council: Council, count: int, body: str = "UBND") -> list[int]:
    """One matter on the programmes of so many meetings, a week between them."""
    items = [meeting_on(council, START + timedelta(days=7 * number), BUDGET, body=body)[0] for number in range(count)]
    council.write(*(ItemLink(item_id=b, earlier_id=a, how="linked", linked_at=START) for a, b in pairwise(items)))
    return items


def edges(council: Council) -> list[tuple[int, int, str]]:
    return [(row.item_id, row.earlier_id, row.how) for row in council.all(select(ItemLink).order_by(ItemLink.id))]


def sizes(council: Council, who: str, *items: int) -> dict[int, int]:
    with database.reading() as session:
        return threads.sizes(session, council.actor(who), items)


def test_items_are_linked_by_hand_and_parted_again(do: Do, council: Council) -> None:
    (first,), (second,) = meeting_on(council, START, BUDGET), meeting_on(council, NEXT, BUDGET)

    assert sizes(council, "hoa", first, second) == {first: 1, second: 1}
    do("minh", "agenda.link_item", item_id=second, earlier_id=first)

    assert edges(council) == [(second, first, "linked")]
    assert sizes(council, "hoa", first, second) == {first: 2, second: 2}
    (entry,) = told(council, Event.ITEM_LINKED)
    assert (entry["item_id"], entry["earlier_id"], entry["title"]) == (second, first, BUDGET)

    do("minh", "agenda.unlink_item", item_id=second, earlier_id=first)
    assert edges(council) == []
    assert len(told(council, Event.ITEM_UNLINKED)) == 1
    do("minh", "agenda.unlink_item", item_id=second, earlier_id=first)
    assert len(told(council, Event.ITEM_UNLINKED)) == 1  # nothing happened


def test_a_meeting_that_is_over_can_still_be_linked(do: Do, council: Council) -> None:
    (first,) = meeting_on(council, START, BUDGET, state="archived")
    (second,) = meeting_on(council, NEXT, BUDGET, state="held")

    do("minh", "agenda.link_item", item_id=second, earlier_id=first)

    assert len(edges(council)) == 1


def test_what_linking_refuses(do: Do, council: Council) -> None:
    first, second, third = chain(council, 3)
    (council_item,) = meeting_on(council, START, BUDGET, body="HĐND")
    (party_item,) = meeting_on(council, START, BUDGET, body="Đảng ủy")
    (beside,) = meeting_on(council, NEXT, "Việc khác")
    same = council.write(Item(meeting_id=council.one(select(Item.meeting_id).where(Item.id == beside)), position=2, title="Hai"))[
        0
    ]

    def refused(item_id: int, earlier_id: int, who: str = "minh") -> str:
        return code(do, who, "agenda.link_item", item_id=item_id, earlier_id=earlier_id)

    assert refused(first, first) == "link_itself"
    assert refused(third, second) == "link_exists"
    assert refused(third, first) == "link_exists"
    assert refused(first, third) == "link_circular"
    assert refused(beside, same) == "link_same_meeting"
    assert refused(first, beside) == "link_not_earlier"
    assert refused(beside, 99999) == "not_found"
    assert refused(beside, first, "hoa") == "forbidden"
    assert refused(beside, first, "khach") == "not_found"
    council.update(Meeting, council.one(select(Item.meeting_id).where(Item.id == party_item)), secretary_id=council.person("lan"))
    assert refused(beside, party_item) == "not_found"  # Minh does not even know of it
    council.invite(council.one(select(Item.meeting_id).where(Item.id == party_item)), "minh")
    assert refused(beside, party_item) == "link_other_body"
    do("minh", "agenda.link_item", item_id=beside, earlier_id=council_item)  # the secretariat of both


def test_parting_is_for_the_desk(do: Do, council: Council) -> None:
    first, second = chain(council, 2)

    assert code(do, "hoa", "agenda.unlink_item", item_id=second, earlier_id=first) == "forbidden"
    assert code(do, "khach", "agenda.unlink_item", item_id=second, earlier_id=first) == "not_found"
    assert code(do, "hoa", "agenda.keep_apart", item_id=second, other_id=first) == "forbidden"
    assert code(do, "khach", "agenda.keep_apart", item_id=second, other_id=first) == "not_found"
    assert len(edges(council)) == 1


def test_a_copied_programme_goes_on_with_its_matters(do: Do, council: Council) -> None:
    first = made(do, council)
    wanted = {"copied_from_id": first, "title": "Phiên tháng 1", "place": "Phòng 3"}
    later = do("minh", "agenda.create", **wanted, starts_at=NEXT.isoformat())["meeting_id"]
    before = do("minh", "agenda.create", **wanted, starts_at=(START - timedelta(days=7)).isoformat())["meeting_id"]
    bare = do("minh", "agenda.create", **wanted, starts_at=(NEXT + timedelta(days=1)).isoformat(), bring=[])["meeting_id"]

    _, budget, _ = council.items(first)
    assert edges(council) == [
        (council.items(later)[1], budget, "copied"),
        (budget, council.items(before)[1], "copied"),
    ]  # the opening and the closing are no matters
    assert council.items(bare) == []


def test_what_comes_of_a_template_is_no_matter_of_its_source(do: Do, council: Council) -> None:
    first = made(do, council)
    template = do("minh", "agenda.save_template", meeting_id=first, name="Thường kỳ")["template_id"]

    do("minh", "agenda.create", template_id=template, title="Mới", place="Phòng 3", starts_at=NEXT.isoformat())

    assert edges(council) == []


def test_a_series_is_one_matter_after_another(do: Do, council: Council) -> None:
    first = made(do, council)
    others = do("minh", "agenda.repeat", meeting_id=first, every="week", count=3)["meeting_ids"]

    budget = council.items(first)[1]
    assert edges(council) == [(council.items(each)[1], budget, "copied") for each in others]


def test_a_matter_goes_into_the_groups_of_a_session_and_back(do: Do, council: Council) -> None:
    source = made(do, council, body="HĐND")
    session = do(
        "minh", "sittings.convene", body_id=council.body("HĐND"), name="Kỳ họp thứ 3", number=3, kind="regular",
        starts_on="2026-12-10", ends_on="2026-12-12",
    )["session_id"]  # fmt: skip
    do("minh", "sittings.attach", session_id=session, meeting_id=source, sitting="opening")

    back = do(
        "minh", "sittings.add", session_id=session, sitting="plenary", copied_from_id=source,
        starts_at=(START + timedelta(hours=6)).isoformat(),
    )["meeting_id"]  # fmt: skip

    assert edges(council) == [(council.items(back)[1], council.items(source)[1], "sitting")]


def put_off(do: Do, council: Council) -> tuple[int, int, int]:
    """A meeting with a matter and its part, both put off; answers meeting, matter, part."""
    items = [{"title": "Khai mạc"}, {"title": BUDGET, "minutes_planned": 30, "unit_id": council.unit("kinh_te")}]
    items.append({"title": "Thu", "depth": 1})
    meeting_id = made(do, council, items=items)
    _, matter, part = council.items(meeting_id)
    do("minh", "agenda.defer_item", item_id=matter, reason="Chưa đủ hồ sơ")
    return meeting_id, matter, part


def offered(council: Council, who: str, meeting_id: int) -> list[thread_offers.Offer]:
    with database.reading() as session:
        return thread_offers.offers(session, council.actor(who), session.get_one(Meeting, meeting_id))


def test_what_was_put_off_is_offered_and_goes_on_with_one_tap(do: Do, council: Council) -> None:
    first, matter, part = put_off(do, council)
    later = made(do, council, starts_at=NEXT.isoformat(), items=[{"title": "Khai mạc"}])

    (offer,) = offered(council, "minh", later)
    assert (offer.item.id, offer.deferred) == (matter, True)
    assert offered(council, "minh", first) == []  # not to itself
    assert offered(council, "hoa", later) == []

    answer = do("minh", "agenda.carry_item", meeting_id=later, earlier_id=matter)

    new, new_part = answer["item_ids"]
    assert edges(council) == [(new, matter, "deferred"), (new_part, part, "deferred")]
    row = council.one(select(Item).where(Item.id == new))
    assert (row.title, row.unit_id, row.minutes_planned, row.label) == (BUDGET, council.unit("kinh_te"), 30, "2")
    assert council.one(select(Item.parent_id).where(Item.id == new_part)) == new
    assert offered(council, "minh", later) == []
    assert code(do, "minh", "agenda.carry_item", meeting_id=later, earlier_id=matter) == "carried_already"
    assert len(told(council, Event.ITEM_LINKED)) == 2


def test_other_programs_read_the_offers(do: Do, council: Council, api: Program) -> None:
    first, matter, _ = put_off(do, council)
    later = made(do, council, starts_at=NEXT.isoformat(), items=[{"title": f"Thảo luận {BUDGET.lower()}"}])
    (item,) = council.items(later)

    status, told_of = api("minh").get(f"/meetings/{later}/earlier-matters")

    assert status == 200
    assert [(each["item_id"], each["meeting_id"], each["deferred"]) for each in told_of["offers"]] == [(matter, first, True)]
    assert [(each["item_id"], [other["item_id"] for other in each["earlier"]]) for each in told_of["alike"]] == [(item, [matter])]
    assert api("van").get(f"/meetings/{later}/earlier-matters")[0] == 403
    assert api("khach").get(f"/meetings/{later}/earlier-matters")[0] == 404


def test_what_carrying_refuses(do: Do, council: Council) -> None:
    first, matter, _ = put_off(do, council)
    later = made(do, council, starts_at=NEXT.isoformat(), items=[])
    before = made(do, council, starts_at=(START - timedelta(days=7)).isoformat(), items=[])
    (party,) = meeting_on(council, START, BUDGET, body="Đảng ủy")
    council.update(Meeting, council.one(select(Item.meeting_id).where(Item.id == party)), secretary_id=council.person("lan"))

    assert code(do, "van", "agenda.carry_item", meeting_id=later, earlier_id=matter) == "forbidden"
    assert code(do, "khach", "agenda.carry_item", meeting_id=later, earlier_id=matter) == "not_found"
    assert code(do, "minh", "agenda.carry_item", meeting_id=later, earlier_id=party) == "not_found"
    assert code(do, "minh", "agenda.carry_item", meeting_id=first, earlier_id=matter) == "link_same_meeting"
    assert code(do, "minh", "agenda.carry_item", meeting_id=before, earlier_id=matter) == "link_not_earlier"
    assert council.items(later) == []


def test_an_item_taken_off_leaves_the_rest_together(do: Do, council: Council) -> None:
    first, second, third = chain(council, 3)

    do("minh", "agenda.remove_item", item_id=second)

    assert edges(council) == [(third, first, "linked")]


def suggested(council: Council, who: str, *items: int) -> dict[int, list[int]]:
    with database.reading() as session:
        rows = list(session.scalars(select(Item).where(Item.id.in_(items))))
        found = thread_offers.suggested(session, council.actor(who), rows)
        return {key: [each.id for each in near] for key, near in found.items()}


def test_items_that_look_alike_are_suggested_until_the_desk_says_no(do: Do, council: Council) -> None:
    first, other = meeting_on(council, START, BUDGET, "Cải cách hành chính quý III")
    (second,) = meeting_on(council, NEXT, "Tiếp tục thảo luận dự toán ngân sách phường năm 2027")
    (elsewhere,) = meeting_on(council, START, BUDGET, body="HĐND")

    assert suggested(council, "minh", second) == {second: [first]}
    assert suggested(council, "hoa", second) == {}  # who may not link is not asked

    do("minh", "agenda.keep_apart", item_id=second, other_id=first)
    do("minh", "agenda.keep_apart", item_id=second, other_id=first)  # harmless
    assert suggested(council, "minh", second) == {}
    assert code(do, "minh", "agenda.keep_apart", item_id=second, other_id=second) == "link_itself"

    do("minh", "agenda.link_item", item_id=second, earlier_id=first)
    do("minh", "agenda.unlink_item", item_id=second, earlier_id=first)
    assert suggested(council, "minh", second) == {}  # taken apart by hand: not asked again
    assert suggested(council, "minh", elsewhere, other) == {}


def test_sizes_tell_only_of_what_is_readable(do: Do, council: Council) -> None:
    first, second, third = chain(council, 3)
    middle = council.one(select(Item.meeting_id).where(Item.id == second))
    council.update(Participant, council.one(_seat(council, middle, "hoa")), person_id=council.person("khach"))
    council.invite(council.one(select(Item.meeting_id).where(Item.id == third)), "khach", item_ids=[99999])

    assert sizes(council, "minh", first, second, third) == {first: 3, second: 3, third: 3}
    assert sizes(council, "hoa", first, second, third) == {first: 2, third: 2}
    assert sizes(council, "khach", first, second, third) == {second: 1}
    assert sizes(council, "admin", first, second, third) == {}
    assert sizes(council, "minh") == {}


def _seat(council: Council, meeting_id: int, who: str) -> Any:
    return select(Participant.id).where(Participant.meeting_id == meeting_id, Participant.person_id == council.person(who))


@pytest.mark.parametrize("who", ["lan", "hung", "minh", "van", "hoa", "dung", "truong", "khach", "admin"])
def test_readable_is_the_rule_of_the_items_themselves(council: Council, who: str) -> None:
    items = [*chain(council, 2), *chain(council, 2, "Đảng ủy")]
    limited = council.one(select(Item.meeting_id).where(Item.id == items[0]))
    council.invite(limited, "khach", item_ids=[items[1]])
    council.update(Meeting, council.one(select(Item.meeting_id).where(Item.id == items[3])), state="draft")

    with database.reading() as session:
        actor = council.actor(who)
        rows = list(session.scalars(select(Item).where(Item.id.in_(items))))
        by_rule = {row.id for row in rows if allows(Action.READ_MEETING, row.hats_of(actor, session))}
        assert {row.id for row in threads.readable(session, actor, items)} == by_rule
