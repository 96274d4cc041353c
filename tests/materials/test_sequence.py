"""Papers asked many at once, in the sequence of the book, after a meeting was moved, called off or copied."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.agenda.models import Item
from meeting.errors import Refused
from meeting.materials.models import DueChange, Requirement
from meeting.rulebook.models import RuleBook
from tests.materials.conftest import DUE, FRIDAY, MONDAY

COUNCIL = [
    {"key": "submission", "what": "Tờ trình", "days": 15, "unit": "calendar", "by": "unit"},
    {"key": "verification", "what": "Báo cáo thẩm tra", "days": 5, "unit": "working", "by": "committee"},
]
BEGINS = datetime(2026, 12, 17, 1, 0, tzinfo=MONDAY.tzinfo)


def refusal(call, *arguments, **wanted):
    with pytest.raises(Refused) as refused:
        call(*arguments, **wanted)
    return refused.value.code


@pytest.fixture
def session_of_council(council, at):
    """A session of the council whose book names two stages; its second item is prepared by the economic unit."""
    at(MONDAY)
    council.update(RuleBook, council.book("HĐND"), sequence=COUNCIL)
    meeting_id = council.meeting("HĐND", starts_at=BEGINS)
    item = council.items(meeting_id)[1]
    council.update(Item, item, unit_id=council.unit("kinh_te"))
    return meeting_id, item


def asked_of(council, meeting_id):
    return council.all(select(Requirement).where(Requirement.meeting_id == meeting_id).order_by(Requirement.id))


def test_one_act_asks_every_stage_with_its_own_due_time(session_of_council, council, do, client):
    meeting_id, item = session_of_council

    answer = do("minh", "materials.request_sequence", meeting_id=meeting_id, item_id=item, committee_id=council.unit("van_hoa"))

    rows = asked_of(council, meeting_id)
    assert answer["stages"] == ["submission", "verification"]
    assert [(row.stage, row.what, row.unit_id) for row in rows] == [
        ("submission", "Tờ trình: Nội dung 2", council.unit("kinh_te")),
        ("verification", "Báo cáo thẩm tra: Nội dung 2", council.unit("van_hoa")),
    ]
    assert [clock.local(row.due_at).strftime("%d/%m %H:%M") for row in rows] == ["02/12 17:00", "10/12 17:00"]
    shown = client("minh").get(f"/meetings/{meeting_id}").text
    assert "Báo cáo thẩm tra: hạn" in shown


def test_only_missing_stages_are_asked_again(session_of_council, council, do, client):
    meeting_id, item = session_of_council
    wanted = {"meeting_id": meeting_id, "item_id": item, "committee_id": council.unit("van_hoa")}
    do("minh", "materials.request_sequence", **wanted)
    assert refusal(do, "minh", "materials.request_sequence", **wanted) == "sequence_asked_already"
    first = asked_of(council, meeting_id)[0]
    do("minh", "materials.withdraw", requirement_id=first.id, reason="Nhầm đơn vị")
    assert "Tờ trình: chưa giao" in client("minh").get(f"/meetings/{meeting_id}").text

    answer = do("minh", "materials.request_sequence", **wanted, units={"submission": council.unit("van_phong")})

    assert answer["stages"] == ["submission"]
    assert asked_of(council, meeting_id)[-1].unit_id == council.unit("van_phong")


def test_what_a_sequence_refuses(session_of_council, council, do, ask, desk):
    meeting_id, item = session_of_council
    wanted = {"meeting_id": meeting_id, "item_id": item}

    assert refusal(do, "minh", "materials.request_sequence", **wanted) == "stage_without_unit"
    assert refusal(do, "minh", "materials.request_sequence", **wanted, units={"vote": 1}) == "unknown_stage"
    other = council.items(desk.meeting_id)[0]
    assert refusal(do, "minh", "materials.request_sequence", meeting_id=desk.meeting_id, item_id=other) == "no_sequence"
    assert refusal(do, "minh", "materials.request_sequence", meeting_id=meeting_id, item_id=other) == "item_of_other_meeting"
    for who, status in (("lan", 403), ("hoa", 403), ("dung", 403), ("khach", 404), ("hung", 404), ("admin", 404)):
        assert ask(who, "materials.request_sequence", **wanted).status == status


def test_many_items_and_units_are_asked_at_once_or_not_at_all(desk, council, do):
    items = council.items(desk.meeting_id)
    units = [council.unit("van_hoa"), council.unit("van_phong")]
    wanted = {"meeting_id": desk.meeting_id, "what": "Ý kiến của đơn vị"}

    answer = do("minh", "materials.request", item_ids=items, unit_ids=units, **wanted)

    assert len(answer["requirement_ids"]) == 6
    before = len(asked_of(council, desk.meeting_id))
    more = [council.unit("kinh_te"), council.unit("van_hoa")]
    assert refusal(do, "minh", "materials.request", item_ids=items, unit_ids=more, **wanted) == "papers_asked_already"
    assert len(asked_of(council, desk.meeting_id)) == before


def test_each_items_own_unit_is_asked_when_none_is_named(desk, council, do):
    items = council.items(desk.meeting_id)
    for item, unit in zip(items, ("kinh_te", "van_hoa", "van_phong"), strict=True):
        council.update(Item, item, unit_id=council.unit(unit))

    do("minh", "materials.request", meeting_id=desk.meeting_id, item_ids=items, what="Tài liệu trình")

    rows = [row for row in asked_of(council, desk.meeting_id) if row.what == "Tài liệu trình"]
    assert [(row.item_id, row.unit_id) for row in rows] == [
        (items[0], council.unit("kinh_te")),
        (items[1], council.unit("van_hoa")),
        (items[2], council.unit("van_phong")),
    ]


def test_a_postponed_meeting_gives_new_due_times_and_keeps_the_old_ones(desk, council, do):
    later = FRIDAY + timedelta(days=7)

    do("hung", "agenda.postpone", meeting_id=desk.meeting_id, reason="Bão số 12", starts_at=later.isoformat())

    row = desk.requirement()
    assert (row.due_at, row.first_due_at) == (DUE + timedelta(days=7), DUE)
    (change,) = council.all(select(DueChange))
    assert (change.before, change.after, change.kind) == (DUE, DUE + timedelta(days=7), "rule")


def test_what_was_overdue_when_the_meeting_moved_stays_late(desk, do, at):
    at(DUE + timedelta(hours=3))

    do("hung", "agenda.postpone", meeting_id=desk.meeting_id, reason="x", starts_at=(FRIDAY + timedelta(days=7)).isoformat())

    assert desk.requirement().overdue_minutes == 180
    assert desk.send()["late_minutes"] == 180


def test_a_meeting_called_off_waives_what_is_open_with_its_reason(desk, council, do):
    do("dung", "materials.begin", requirement_id=desk.requirement_id)

    do("hung", "agenda.cancel", meeting_id=desk.meeting_id, reason="Ghép vào phiên tháng 12")

    assert desk.requirement().state == "waived"
    assert desk.told("materials.requirement_waived")[0]["reason"] == "Ghép vào phiên tháng 12"


def test_a_withdrawn_item_needs_no_papers_any_more(desk, do):
    do("minh", "agenda.withdraw_item", item_id=desk.requirement().item_id, reason="Chưa cần trình")

    assert desk.requirement().state == "waived"


def test_requests_come_along_with_a_copy_due_by_the_rules_then(desk, council, do):
    from meeting import database
    from meeting.agenda import pieces
    from meeting.agenda.models import Meeting

    with database.reading() as session:
        taken = pieces.take(session, session.get_one(Meeting, desk.meeting_id), ["items", "papers"])

    assert [(each["what"], each["place"]) for each in taken["papers"]] == [("Tờ trình dự toán ngân sách năm 2027", 1)]
