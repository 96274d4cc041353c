"""The seats of a meeting as acts and pages: the room's plan is copied, nobody shares a seat, two editors lose nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Meeting, Participant
from meeting.agenda.seating_models import Seat
from meeting.catalogues.models import Room
from meeting.catalogues.shapes import drawn
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.rulebook.models import RuleBook
from tests.conftest import MORNING, Council, Program

Do = Callable[..., dict[str, Any]]
PLAN = drawn("hall", rows=2, seats=4, heads=1, aisle=False).as_value()
OTHER = drawn("hall", rows=1, seats=4, heads=1, aisle=False).as_value()


@pytest.fixture
def room(council: Council, do: Do) -> int:
    """A room with nine seats: CT1, A1 to A4, B1 to B4."""
    (key,) = council.write(Room(name="Hội trường", rank=1, plan=PLAN, plan_version=1))
    return key


@pytest.fixture
def meeting(council: Council, room: int) -> int:
    """An issued UBND meeting in that room: Hùng chairs, Hoa and Tuấn vote, Minh keeps the minutes, Khách is a guest."""
    key = council.meeting(room_id=room)
    council.invite(key, "minh")
    council.invite(key, "khach")
    return key


def sitting(council: Council, meeting: int) -> dict[str, int]:
    with database.reading() as session:
        rows = session.execute(select(Seat.label, Seat.person_id).where(Seat.meeting_id == meeting))
        return {row.label: row.person_id for row in rows}


def entries(council: Council, meeting: int) -> list[tuple[str, dict[str, Any]]]:
    found = council.all(select(Entry).where(Entry.chain == meeting, Entry.event.like("agenda.seat%")).order_by(Entry.id))
    return [(entry.event, entry.facts) for entry in found]


def test_the_first_seat_copies_the_plan_of_the_room(council: Council, do: Do, meeting: int, room: int):
    hoa = council.person("hoa")

    done = do("minh", "agenda.assign_seats", meeting_id=meeting, seats=[{"label": "A1", "person_id": hoa}])

    assert done == {"changed": ["A1"], "seated": 1}
    assert entries(council, meeting) == [
        ("agenda.seating_plan_taken", {"room_id": room, "room": "Hội trường", "version": 1, "without": []}),
        ("agenda.seats_assigned", {"seats": {"A1": [None, hoa]}, "issued": True}),
    ]
    again = do("minh", "agenda.assign_seats", meeting_id=meeting, seats=[{"label": "A1", "person_id": hoa}])
    assert again["changed"] == []
    assert len(entries(council, meeting)) == 2


def test_a_room_that_changes_later_moves_nobody_until_somebody_says_so(council: Council, do: Do, meeting: int, room: int):
    hoa, tuan = council.person("hoa"), council.person("tuan")
    seats = [{"label": "A1", "person_id": hoa}, {"label": "B4", "person_id": tuan}]
    do("minh", "agenda.assign_seats", meeting_id=meeting, seats=seats)

    do("minh", "catalogues.save_plan", room_id=room, version=1, plan=OTHER)
    assert sitting(council, meeting) == {"A1": hoa, "B4": tuan}

    taken = do("minh", "agenda.take_plan", meeting_id=meeting)
    assert taken == {"seats": 5, "without": [tuan]}
    assert sitting(council, meeting) == {"A1": hoa}
    assert entries(council, meeting)[-1][1]["without"] == [tuan]
    assert do("minh", "agenda.take_plan", meeting_id=meeting) == {"seats": 5, "without": []}


def test_two_people_change_places_in_one_step(council: Council, do: Do, meeting: int):
    hoa, tuan = council.person("hoa"), council.person("tuan")
    do(
        "minh",
        "agenda.assign_seats",
        meeting_id=meeting,
        seats=[{"label": "A1", "person_id": hoa}, {"label": "A2", "person_id": tuan}],
    )

    swap = [{"label": "A1", "person_id": tuan, "was": hoa}, {"label": "A2", "person_id": hoa, "was": tuan}]
    do("minh", "agenda.assign_seats", meeting_id=meeting, seats=swap)

    assert sitting(council, meeting) == {"A1": tuan, "A2": hoa}


@pytest.mark.parametrize(
    ("label", "who", "was", "code"),
    [
        ("Z9", "tuan", None, "seat_unknown"),
        ("A1", "tuan", None, "seat_taken"),
        ("A1", "tuan", 0, "seat_changed"),
        ("A2", "hoa", None, "person_seated"),
        ("A2", "dung", None, "seating_not_invited"),
    ],
)
def test_what_is_refused(council: Council, do: Do, meeting: int, label: str, who: str, was: int | None, code: str):
    do("minh", "agenda.assign_seats", meeting_id=meeting, seats=[{"label": "A1", "person_id": council.person("hoa")}])

    with pytest.raises(Refused, match=code):
        do(
            "minh",
            "agenda.assign_seats",
            meeting_id=meeting,
            seats=[{"label": label, "person_id": council.person(who), "was": was}],
        )
    assert sitting(council, meeting) == {"A1": council.person("hoa")}


def test_the_store_itself_knows_no_shared_seat_and_no_second_one(council: Council, do: Do, meeting: int):
    hoa, tuan = council.person("hoa"), council.person("tuan")
    council.write(Seat(meeting_id=meeting, label="A1", person_id=hoa))

    for label, person in (("A1", tuan), ("A2", hoa)):
        with Session(database.database().writing) as session, pytest.raises(IntegrityError):
            session.execute(insert(Seat).values(meeting_id=meeting, label=label, person_id=person))


def test_without_a_room_or_a_plan_nobody_can_be_seated(council: Council, do: Do, room: int):
    bare = council.meeting()
    (empty,) = council.write(Room(name="Phòng trống", rank=2))
    retired = {"room_id": room}

    with pytest.raises(Refused, match="seating_no_room"):
        do("minh", "agenda.arrange_seats", meeting_id=bare)
    with pytest.raises(Refused, match="plan_empty"):
        do("minh", "agenda.take_plan", meeting_id=bare, room_id=empty)
    do("minh", "catalogues.retire_room", room_id=room)
    with pytest.raises(Refused, match="room_retired"):
        do("minh", "agenda.take_plan", meeting_id=bare, **retired)


def test_the_machine_seats_by_rank_and_name_guests_apart(council: Council, do: Do, meeting: int):
    absent = council.one(
        select(Participant.id).where(Participant.meeting_id == meeting, Participant.person_id == council.person("tuan"))
    )
    council.update(Participant, absent, reply="declined")

    done = do("minh", "agenda.arrange_seats", meeting_id=meeting)

    hung, hoa, minh, khach = (council.person(name) for name in ("hung", "hoa", "minh", "khach"))
    assert sitting(council, meeting) == {"CT1": hung, "A2": hoa, "A1": minh, "B4": khach}
    assert (done["seated"], done["without"]) == (4, [])
    assert entries(council, meeting)[-1][0] == "agenda.seats_arranged"


def test_arranging_may_keep_those_who_sit(council: Council, do: Do, meeting: int):
    khach = council.person("khach")
    do("minh", "agenda.assign_seats", meeting_id=meeting, seats=[{"label": "A2", "person_id": khach}])

    do("minh", "agenda.arrange_seats", meeting_id=meeting, keep=True)
    assert sitting(council, meeting)["A2"] == khach

    do("minh", "agenda.clear_seats", meeting_id=meeting)
    do("minh", "agenda.clear_seats", meeting_id=meeting)
    assert sitting(council, meeting) == {}
    assert [event for event, _ in entries(council, meeting)].count("agenda.seats_cleared") == 1


def test_who_is_taken_off_the_list_leaves_the_seat(council: Council, do: Do, meeting: int):
    do("minh", "agenda.arrange_seats", meeting_id=meeting)

    do("minh", "agenda.set_participants", meeting_id=meeting, remove=[council.person("khach")])

    assert council.person("khach") not in sitting(council, meeting).values()
    assert council.one(select(func.count(Seat.id))) == 4


def test_after_the_meeting_the_seats_stay(council: Council, do: Do, meeting: int):
    do("minh", "agenda.arrange_seats", meeting_id=meeting)
    council.update(Meeting, meeting, state="held")

    for act, wanted in (("take_plan", {}), ("assign_seats", {"seats": []}), ("arrange_seats", {}), ("clear_seats", {})):
        with pytest.raises(Refused, match="seating_over"):
            do("minh", f"agenda.{act}", meeting_id=meeting, **wanted)


@pytest.mark.parametrize(
    ("who", "code"), [("hoa", "forbidden"), ("hung", "forbidden"), ("van", "forbidden"), ("lan", "not_found")]
)
def test_only_those_who_prepare_the_meeting_change_seats(council: Council, do: Do, meeting: int, who: str, code: str):
    for act, wanted in (("take_plan", {}), ("assign_seats", {"seats": []}), ("arrange_seats", {}), ("clear_seats", {})):
        with pytest.raises(Refused) as refused:
            do(who, f"agenda.{act}", meeting_id=meeting, **wanted)
        assert refused.value.code == code


def test_the_api_seats_people_and_tells_who_sits_where(council: Council, api: Callable[[str], Program], meeting: int):
    hoa = council.person("hoa")
    absent = council.one(
        select(Participant.id).where(Participant.meeting_id == meeting, Participant.person_id == council.person("tuan"))
    )
    council.update(Participant, absent, reply="declined")
    assert api("minh").act("agenda.assign_seats", meeting_id=meeting, seats=[{"label": "A3", "person_id": hoa}])[0] == 200
    assert (
        api("minh").act("agenda.assign_seats", meeting_id=meeting, seats=[{"label": "A3", "person_id": hoa + 1}])[1]["code"]
        == "seat_taken"
    )

    _, read = api("hoa").get(f"/meetings/{meeting}/seats")
    _, desk = api("minh").get(f"/meetings/{meeting}/seats")

    assert (read["seats"], read["own"], read["plan"], read["newer_plan"]) == ({"A3": hoa}, "A3", PLAN, False)
    assert "absent" not in read["people"][0]
    assert council.person("tuan") in read["without"]
    assert council.person("tuan") not in desk["without"]
    assert api("lan").get(f"/meetings/{meeting}/seats")[0] == 404


def test_everybody_sees_the_own_seat_and_the_desk_who_has_none(
    council: Council, do: Do, client: Callable[[str], FlaskClient], meeting: int, room: int
):
    assert "Cuộc họp này chưa được bố trí chỗ ngồi" in client("minh").get(f"/meetings/{meeting}").get_data(as_text=True)
    assert "Bố trí chỗ ngồi" in client("minh").get(f"/meetings/{meeting}/seats").get_data(as_text=True)
    assert client("hoa").get(f"/meetings/{meeting}/seats.pdf").status_code == 409
    do("minh", "agenda.arrange_seats", meeting_id=meeting)

    page = client("hoa").get(f"/meetings/{meeting}").get_data(as_text=True)
    assert "Chỗ của quý vị" in page
    plan = client("hoa").get(f"/meetings/{meeting}/seats").get_data(as_text=True)
    assert "pl-mine" in plan
    assert "data-act=" not in plan
    assert client("lan").get(f"/meetings/{meeting}/seats").status_code == 404

    do("minh", "catalogues.save_plan", room_id=room, version=1, plan=OTHER)
    assert "Chưa ai bị chuyển chỗ" in client("minh").get(f"/meetings/{meeting}/seats").get_data(as_text=True)


def test_a_member_learns_nothing_of_the_seats_of_a_draft(
    council: Council, do: Do, client: Callable[[str], FlaskClient], meeting: int
):
    do("minh", "agenda.arrange_seats", meeting_id=meeting)
    council.update(Meeting, meeting, state="draft")

    assert client("hoa").get(f"/meetings/{meeting}/seats").status_code == 404
    assert client("hoa").get(f"/meetings/{meeting}/seats.pdf").status_code == 404


def test_the_plan_is_printed_on_one_page_with_labels_and_names(
    council: Council, do: Do, client: Callable[[str], FlaskClient], meeting: int, at: Callable[..., None]
):
    pymupdf = pytest.importorskip("pymupdf")
    at(MORNING.replace(microsecond=250))
    do("minh", "agenda.arrange_seats", meeting_id=meeting)

    printed = pymupdf.open(stream=client("hoa").get(f"/meetings/{meeting}/seats.pdf").data)
    listed = pymupdf.open(stream=client("hoa").get(f"/meetings/{meeting}/seat-list.pdf").data)

    words = " ".join(printed[0].get_text().split())
    assert printed.page_count == 1
    assert printed[0].rect.width > printed[0].rect.height
    assert all(word in words for word in ("SƠ ĐỒ CHỖ NGỒI", "CT1", "Đỗ Mạnh Hùng", "B4", "Mạc Thị Khách", "Màn hình", "B2"))
    lines = " ".join(listed[0].get_text().split())
    assert lines.index("Phan Thị Hoa") < lines.index("Đỗ Mạnh Hùng") < lines.index("Mạc Thị Khách") < lines.index("Tạ Quang Minh")


def test_a_meeting_that_moves_to_another_room_keeps_its_seats_and_says_so(
    council: Council, do: Do, client: Callable[[str], FlaskClient], meeting: int
):
    do("minh", "agenda.arrange_seats", meeting_id=meeting)
    before = sitting(council, meeting)
    (other,) = council.write(Room(name="Phòng khánh tiết", rank=2, plan=OTHER, plan_version=1))

    do("minh", "agenda.edit", meeting_id=meeting, room_id=other)

    assert sitting(council, meeting) == before
    shown = client("minh").get(f"/meetings/{meeting}/seats").get_data(as_text=True)
    assert "Cuộc họp đã chuyển sang Phòng khánh tiết" in shown
    assert "Cuộc họp đã chuyển sang Phòng khánh tiết" in client("minh").get(f"/meetings/{meeting}").get_data(as_text=True)
    assert do("minh", "agenda.take_plan", meeting_id=meeting, room_id=other)["without"] == [before["B4"]]


def test_a_substitute_has_the_seat_of_the_member_and_gives_it_back(council: Council, do: Do, meeting: int):
    book = council.one(select(RuleBook.id).where(RuleBook.type_id == council.type("UBND")))
    council.update(RuleBook, book, substitutes="speaks", substitute_consent=False)
    do("minh", "agenda.arrange_seats", meeting_id=meeting)
    hoa, truong = council.person("hoa"), council.person("truong")
    (seat,) = [label for label, person in sitting(council, meeting).items() if person == hoa]

    named = do("hoa", "invitations.name_substitute", meeting_id=meeting, substitute_id=truong, reason="Đi công tác")
    assert sitting(council, meeting)[seat] == truong

    do("minh", "agenda.arrange_seats", meeting_id=meeting)
    assert truong in sitting(council, meeting).values()
    assert hoa not in sitting(council, meeting).values()

    do("hoa", "invitations.withdraw_substitute", substitution_id=named["substitution_id"])
    assert hoa in sitting(council, meeting).values()
    assert truong not in sitting(council, meeting).values()
