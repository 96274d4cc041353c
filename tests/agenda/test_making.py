"""Meetings made from templates, like earlier ones, and again and again; rooms that are taken."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Item, Meeting, MeetingTemplate, Participant
from meeting.catalogues.models import Room
from meeting.events import Event
from meeting.organization.models import Membership, Person
from meeting.permissions import Role
from meeting.rulebook.models import CalendarDay, RuleBook
from tests.agenda.preparing import START, Do, code, issued, made, room, row, told, tree_of
from tests.conftest import Council, Program

NEXT = START + timedelta(days=28)


def source(do: Do, council: Council) -> int:
    """A meeting with a tree, units, presenters, and a guest limited to an item."""
    items = [
        {"title": "Khai mạc", "minutes_planned": 10},
        {
            "title": "Ngân sách",
            "unit_id": council.unit("kinh_te"),
            "presenter_ids": [council.person("truong"), council.person("dung")],
        },
        {"title": "Thu", "depth": 1, "minutes_planned": 20},
        {"title": "Bế mạc"},
    ]
    meeting_id = made(do, council, items=items, ends_at=(START + timedelta(hours=3)).isoformat())
    guest = {"person_id": council.person("khach"), "item_ids": council.items(meeting_id)[1:2]}
    do("minh", "agenda.set_participants", meeting_id=meeting_id, add=[guest])
    return meeting_id


def copied(do: Do, source_id: int, **values: Any) -> int:
    wanted = {"copied_from_id": source_id, "title": "Phiên họp tháng 1", "starts_at": NEXT.isoformat(), **values}
    return int(do("minh", "agenda.create", **wanted)["meeting_id"])


def guests(council: Council, meeting_id: int) -> list[Participant]:
    wanted = select(Participant).where(Participant.meeting_id == meeting_id, Participant.person_id == council.person("khach"))
    return council.all(wanted)


def test_a_copy_brings_what_was_chosen(do: Do, council: Council) -> None:
    first = source(do, council)

    whole = copied(do, first)
    bare = copied(do, first, bring=["items"], starts_at=(NEXT + timedelta(days=1)).isoformat())

    assert tree_of(council, whole) == ["1 Khai mạc", "2 Ngân sách", "2.1 Thu", "3 Bế mạc"]
    budget = council.one(select(Item).where(Item.meeting_id == whole, Item.title == "Ngân sách"))
    assert (budget.unit_id, budget.presenter_id) == (council.unit("kinh_te"), council.person("truong"))
    (guest,) = guests(council, whole)
    assert (guest.voting, guest.item_ids) == (False, [budget.id])
    assert row(council, whole).copied_from_id == first
    assert (len(tree_of(council, bare)), guests(council, bare)) == (4, [])
    assert told(council, Event.MEETING_CREATED)[-1]["copied_from_id"] == first


def test_what_is_no_longer_on_file_stays_behind(do: Do, council: Council) -> None:
    first = source(do, council)
    do("minh", "agenda.withdraw_item", item_id=council.items(first)[0], reason="không cần")
    council.update(Person, council.person("khach"), retired_on=START.date())

    copy = copied(do, first)

    assert tree_of(council, copy) == ["1 Ngân sách", "1.1 Thu", "2 Bế mạc"]
    assert guests(council, copy) == []


def test_nothing_goes_from_one_body_to_another(do: Do, council: Council) -> None:
    first = source(do, council)
    council.write(
        Membership(
            person_id=council.person("minh"), body_id=council.body("Đảng ủy"), role=Role.SECRETARY, starts_on=date(2026, 1, 1)
        )
    )
    wanted = {"title": "Họp", "starts_at": NEXT.isoformat(), "type_id": council.type("Đảng ủy")}

    assert code(do, "minh", "agenda.create", copied_from_id=first, **wanted) == "other_body"
    template = do("minh", "agenda.save_template", meeting_id=first, name="Mẫu")["template_id"]
    assert code(do, "minh", "agenda.create", template_id=template, **wanted) == "other_body"
    party = made(do, council, "Đảng ủy", place="Phòng 5")
    assert code(do, "minh", "agenda.edit_template", template_id=template, from_meeting_id=party) == "other_body"


def test_a_template_is_kept_used_changed_and_retired(do: Do, council: Council) -> None:
    first = source(do, council)

    template = do("minh", "agenda.save_template", meeting_id=first, name="Họp thường kỳ UBND")["template_id"]
    used = do("minh", "agenda.create", template_id=template, title="Phiên họp tháng 1", starts_at=NEXT.isoformat())["meeting_id"]

    assert tree_of(council, used) == tree_of(council, first)
    kept = council.one(select(MeetingTemplate).where(MeetingTemplate.id == template))
    assert (kept.head["begins"], kept.head["minutes"]) == ("08:00", 180)
    assert {"items", "participants"} <= set(kept.pieces)
    assert code(do, "minh", "agenda.save_template", meeting_id=first, name="Họp thường kỳ UBND") == "template_exists"
    do("minh", "agenda.remove_item", item_id=council.items(used)[0])
    changed = do("minh", "agenda.edit_template", template_id=template, from_meeting_id=used, bring=["items"], name="Mẫu mới")
    assert changed == {"changed": ["name", "pieces"]}
    assert do("minh", "agenda.edit_template", template_id=template, name="Mẫu mới") == {"changed": []}
    do("minh", "agenda.edit_template", template_id=template, retired=True)
    wanted = {"template_id": template, "title": "Họp", "starts_at": NEXT.isoformat()}
    assert code(do, "minh", "agenda.create", **wanted) == "template_retired"
    assert [each["retired"] for each in told(council, Event.TEMPLATE_EDITED)] == [False, True]
    assert told(council, Event.TEMPLATE_SAVED)[0]["name"] == "Họp thường kỳ UBND"


def test_templates_are_for_those_who_prepare_the_meetings_of_the_body(do: Do, council: Council, api: Any, client: Any) -> None:
    first = source(do, council)
    template = do("minh", "agenda.save_template", meeting_id=first, name="Mẫu")["template_id"]

    for stranger in ("hoa", "hung", "dung", "van", "khach", "admin"):
        assert code(do, stranger, "agenda.save_template", meeting_id=first, name="X") in {"forbidden", "not_found"}
        assert code(do, stranger, "agenda.edit_template", template_id=template, name="X") in {"forbidden", "not_found"}
        assert api(stranger).get(f"/meeting-templates/{template}")[0] == 404
        assert client(stranger).get("/meeting-templates").status_code in {403, 404}
    program: Program = api("minh")
    assert [each["name"] for each in program.get("/meeting-templates")[1]["data"]] == ["Mẫu"]
    assert len(program.get(f"/meeting-templates/{template}")[1]["pieces"]["items"]) == 4
    assert "Mẫu" in client("minh").get("/meeting-templates").get_data(as_text=True)
    assert "Ngân sách" in client("minh").get(f"/meeting-templates/{template}").get_data(as_text=True)
    assert "Mẫu" in client("minh").get(f"/meetings/new?template={template}").get_data(as_text=True)
    assert client("minh").get(f"/meetings/new?copy={first}").status_code == 200


# rooms


def test_a_room_gives_its_name_and_holds_one_meeting_at_a_time(do: Do, council: Council) -> None:
    hall = room(council)
    first = made(do, council, room_id=hall, place="")
    assert row(council, first).place == "Phòng họp 2, Tầng 2"
    same = {"type_id": council.type("HĐND"), "title": "Kỳ họp", "starts_at": START.isoformat(), "room_id": hall}

    assert code(do, "minh", "agenda.create", **same) == "room_taken"
    shared = do("minh", "agenda.create", **same, shared_reason="họp ghép hai cơ quan")

    assert shared["clashes"]["room_taken"] is True
    assert row(council, shared["meeting_id"]).shared_reason == "họp ghép hai cơ quan"
    after = {**same, "starts_at": (START + timedelta(hours=4)).isoformat()}
    assert do("minh", "agenda.create", **after)["clashes"]["room_taken"] is False
    council.update(Room, hall, retired_on=START.date())
    assert code(do, "minh", "agenda.create", **{**same, "starts_at": NEXT.isoformat()}) == "room_not_used"


def test_moving_into_a_taken_room_needs_a_reason(do: Do, council: Council) -> None:
    hall, other = room(council), room(council, "Hội trường")
    made(do, council, room_id=hall)
    second = made(do, council, "HĐND", room_id=other, place="")

    assert code(do, "minh", "agenda.edit", meeting_id=second, room_id=hall) == "room_taken"
    assert row(council, second).room_id == other
    do("minh", "agenda.edit", meeting_id=second, room_id=hall, shared_reason="họp ghép")
    assert row(council, second).place == "Phòng họp 2, Tầng 2"
    assert (
        code(do, "minh", "agenda.edit", meeting_id=second, starts_at=(START + timedelta(minutes=30)).isoformat()) == "room_taken"
    )
    do("minh", "agenda.edit", meeting_id=second, room_id=None, place="Sân UBND")
    assert (row(council, second).room_id, row(council, second).place) == (None, "Sân UBND")


def test_a_postponed_meeting_finds_its_room_free_or_taken_on_the_new_day(do: Do, council: Council) -> None:
    hall = room(council)
    first = issued(do, council, room_id=hall)
    made(do, council, "HĐND", room_id=hall, starts_at=NEXT.isoformat())

    wanted = {"meeting_id": first, "reason": "bão", "starts_at": NEXT.isoformat()}
    assert code(do, "hung", "agenda.postpone", **wanted) == "room_taken"
    do("hung", "agenda.postpone", **wanted, shared_reason="họp ghép")
    assert row(council, first).state == "postponed"


def test_the_rules_of_the_new_day_hold_for_a_postponed_meeting(do: Do, council: Council) -> None:
    meeting_id = issued(do, council)
    before = row(council, meeting_id).book_id
    old = council.one(select(RuleBook).where(RuleBook.id == before))
    council.write(RuleBook(type_id=old.type_id, starts_on=date(2027, 1, 1), papers_due_days=4, invite_days=4))

    do("minh", "agenda.postpone", meeting_id=meeting_id, reason="bão", starts_at=NEXT.isoformat())

    assert row(council, meeting_id).book.papers_due_days == 4


def test_an_online_meeting_needs_its_address(do: Do, council: Council) -> None:
    meeting_id = made(do, council, form="online", place="")
    assert code(do, "minh", "agenda.issue", meeting_id=meeting_id) == "no_link"
    assert code(do, "minh", "agenda.edit", meeting_id=meeting_id, link="hop.vn/1") == "link_form"

    do("minh", "agenda.edit", meeting_id=meeting_id, link="https://hop.example/1")

    assert do("minh", "agenda.issue", meeting_id=meeting_id)["state"] == "issued"


def test_a_closed_meeting_is_so_by_its_book_unless_said_otherwise(do: Do, council: Council) -> None:
    council.update(RuleBook, council.book(), closed=True)

    assert row(council, made(do, council)).closed is True
    assert row(council, made(do, council, closed=False, place="Phòng 3")).closed is False


# series


def repeated(do: Do, meeting_id: int, **values: Any) -> list[int]:
    return list(do("minh", "agenda.repeat", meeting_id=meeting_id, **values)["meeting_ids"])


def test_a_series_is_made_around_days_off(do: Do, council: Council) -> None:
    _day_off(date(2026, 12, 24))
    first = source(do, council)

    found = repeated(do, first, every="week", count=4)

    rows = [row(council, each) for each in found]
    assert [each.starts_at for each in rows] == [
        datetime(2026, 12, 17, 1, 0, tzinfo=UTC),
        datetime(2026, 12, 25, 1, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 1, 0, tzinfo=UTC),
    ]
    assert {each.ends_at - each.starts_at for each in rows if each.ends_at} == {timedelta(hours=3)}
    assert all(tree_of(council, each) == tree_of(council, first) for each in found)
    assert {each.series_id for each in rows} == {row(council, first).series_id}
    (entry,) = told(council, Event.SERIES_PLANNED)
    assert (entry["meetings"], entry["pattern"]["every"]) == (found, "week")
    assert code(do, "minh", "agenda.repeat", meeting_id=first, count=2) == "in_series_already"


def _day_off(day: date) -> None:
    with Session(database.database().writing) as session:
        session.add(CalendarDay(day=day, works=False))
        session.commit()


def test_a_series_needs_an_end_a_free_room_and_the_right(do: Do, council: Council) -> None:
    hall = room(council)
    first = made(do, council, room_id=hall)
    made(do, council, "HĐND", room_id=hall, starts_at=(START + timedelta(days=7)).isoformat())

    assert code(do, "minh", "agenda.repeat", meeting_id=first) == "series_endless"
    assert code(do, "minh", "agenda.repeat", meeting_id=first, count=61) == "series_too_long"
    assert code(do, "minh", "agenda.repeat", meeting_id=first, count=3) == "room_taken"
    assert len(council.all(select(Meeting))) == 2  # all or nothing
    for stranger in ("hoa", "hung", "khach", "van"):
        assert code(do, stranger, "agenda.repeat", meeting_id=first, count=3) in {"forbidden", "not_found"}
    assert len(repeated(do, first, count=3, shared_reason="họp ghép")) == 2


def test_this_and_the_following_are_changed_each_on_its_own_day(do: Do, council: Council) -> None:
    first = made(do, council)
    second, third = repeated(do, first, every="week", count=3)
    later = (START + timedelta(days=7, hours=1)).isoformat()

    changed = do("minh", "agenda.edit_following", meeting_id=second, starts_at=later, place="Hội trường")

    assert changed == {"meeting_ids": [second, third]}
    assert [row(council, each).place for each in (first, second, third)] == ["Phòng 2", "Hội trường", "Hội trường"]
    assert row(council, third).starts_at == START + timedelta(days=14, hours=1)
    assert do("minh", "agenda.edit_following", meeting_id=second, place="Hội trường") == {"meeting_ids": []}
    do("minh", "agenda.edit", meeting_id=third, place="Phòng 9")
    assert row(council, second).place == "Hội trường"
    alone = made(do, council, place="Phòng 7", starts_at=NEXT.isoformat())
    assert code(do, "minh", "agenda.edit_following", meeting_id=alone, place="X") == "series_unknown"
    assert code(do, "hoa", "agenda.edit_following", meeting_id=second, place="X") == "not_found"


def test_the_rest_of_a_series_is_called_off(do: Do, council: Council) -> None:
    first = made(do, council)
    second, third = repeated(do, first, every="month_weekday", count=3)

    assert code(do, "minh", "agenda.cancel_following", meeting_id=second) == "reason_needed"
    assert code(do, "hoa", "agenda.cancel_following", meeting_id=second, reason="x") == "not_found"
    assert do("minh", "agenda.cancel_following", meeting_id=second, reason="thôi họp") == {"meeting_ids": [second, third]}

    assert [row(council, each).state for each in (first, second, third)] == ["draft", "cancelled", "cancelled"]
    assert [each["reason"] for each in told(council, Event.MEETING_CANCELLED)] == ["thôi họp", "thôi họp"]


def test_a_series_is_looked_at_before_it_is_made(do: Do, council: Council, client: Any, api: Any) -> None:
    first = made(do, council)
    made(do, council, starts_at=(START + timedelta(days=7)).isoformat(), place="Phòng 3")

    shown = client("minh").get(f"/meetings/{first}/repeat?every=week&count=3").get_data(as_text=True)
    assert "17/12/2026" in shown
    assert "Đang được mời họp nơi khác" in shown
    assert "Hãy cho biết lặp đến ngày nào" in client("minh").get(f"/meetings/{first}/repeat?every=week").get_data(as_text=True)
    program: Program = api("minh")
    days = program.get(f"/meetings/{first}/series-days?every=week&count=3")[1]["data"]
    assert [each["day"] for each in days] == ["2026-12-17", "2026-12-24"]
    assert days[0]["people"]
    assert client("hoa").get(f"/meetings/{first}/repeat").status_code == 404
    made_over = program.act("agenda.repeat", meeting_id=first, every="week", count=2)
    assert made_over[0] == 200
    assert len(program.get(f"/meetings/{first}/series")[1]["data"]) == 2
    assert api("hoa").get(f"/meetings/{first}/series")[0] == 404
