"""Preparing a meeting: what works, what is refused, what strangers may not, what the journal says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting.agenda.models import Item, Meeting, Participant
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Person
from meeting.rulebook.models import MeetingType, RuleBook
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]
START = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)
STRANGERS = ["khach", "admin", "dung", "hoa"]


def made(do: Do, council: Council, **values: Any) -> int:
    wanted = {"type_id": council.type(), "title": "Phiên họp tháng 12", "starts_at": START.isoformat(), "place": "Phòng 2"}
    return int(do("minh", "agenda.create", **{**wanted, **values})["meeting_id"])


def ready(do: Do, council: Council, **values: Any) -> int:
    return made(do, council, items=[{"title": "Khai mạc"}, {"title": "Ngân sách"}, {"title": "Bế mạc"}], **values)


def row(council: Council, meeting_id: int) -> Meeting:
    found = council.one(select(Meeting).where(Meeting.id == meeting_id))
    assert isinstance(found, Meeting)
    return found


def invited(council: Council, meeting_id: int) -> dict[int, bool]:
    rows = council.all(select(Participant).where(Participant.meeting_id == meeting_id))
    return {each.person_id: each.voting for each in rows}


def titles(council: Council, meeting_id: int) -> list[tuple[int, str]]:
    rows = council.all(select(Item).where(Item.meeting_id == meeting_id).order_by(Item.position))
    return [(each.position, each.title) for each in rows]


def told(council: Council, event: Event) -> list[dict[str, Any]]:
    return [each.facts for each in council.all(select(Entry).where(Entry.event == event).order_by(Entry.id))]


def code(do: Do, username: str, act: str, **wanted: Any) -> str:
    with pytest.raises(Refused) as refused:
        do(username, act, **wanted)
    return refused.value.code


def test_a_meeting_is_made_from_its_type_with_members_chair_and_secretary(do: Do, council: Council) -> None:
    meeting_id = made(do, council, guests=[council.person("khach")])

    meeting = row(council, meeting_id)
    assert (meeting.state, meeting.body.short_name, meeting.place) == ("draft", "UBND", "Phòng 2")
    assert (meeting.chair_id, meeting.secretary_id) == (council.person("hung"), council.person("minh"))
    assert invited(council, meeting_id) == {
        council.person("hung"): True,
        council.person("hoa"): True,
        council.person("tuan"): True,
        council.person("minh"): False,
        council.person("khach"): False,
    }
    (entry,) = told(council, Event.MEETING_CREATED)
    assert (entry["title"], entry["people"], entry["place"]) == ("Phiên họp tháng 12", 5, "Phòng 2")


def test_a_program_may_name_the_body_instead_of_the_type(do: Do, council: Council) -> None:
    wanted = {"title": "Kỳ họp", "starts_at": START.isoformat()}

    meeting_id = do("minh", "agenda.create", body="HĐND", type="regular", **wanted)["meeting_id"]

    assert row(council, meeting_id).chair_id == council.person("lan")
    assert code(do, "minh", "agenda.create", body="HĐND", type="nowhere", **wanted) == "unknown_type"
    assert code(do, "minh", "agenda.create", body="Đảng ủy", **wanted) == "not_found"


@pytest.mark.parametrize("stranger", STRANGERS)
def test_strangers_make_no_meetings(do: Do, council: Council, stranger: str) -> None:
    wanted = {"type_id": council.type(), "title": "Họp", "starts_at": START.isoformat()}

    assert code(do, stranger, "agenda.create", **wanted) in {"not_found", "forbidden"}
    assert council.all(select(Meeting)) == []


def test_a_meeting_cannot_end_before_it_begins(do: Do, council: Council) -> None:
    assert code(
        do, "minh", "agenda.create", type_id=council.type(), title="Họp", starts_at=START.isoformat(), ends_at=START.isoformat()
    ) == ("ends_before_start")


def test_a_retired_type_and_a_retired_person_are_refused(do: Do, council: Council) -> None:
    wanted = {"title": "Họp", "starts_at": START.isoformat(), "type_id": council.type()}
    council.update(Person, council.person("khach"), retired_on=START.date())
    assert code(do, "minh", "agenda.create", guests=[council.person("khach")], **wanted) == "person_retired"

    council.update(MeetingType, council.type(), retired_on=START.date())
    assert code(do, "minh", "agenda.create", **wanted) == "type_retired"


def test_clashes_are_told_but_not_refused(do: Do, council: Council) -> None:
    made(do, council)

    second = do(
        "minh", "agenda.create", type_id=council.type("HĐND"), title="Kỳ họp", starts_at=START.isoformat(), place="phòng 2"
    )

    assert second["clashes"]["place_taken"] is True
    assert second["clashes"]["people"] == ["Ông Lê Anh Tuấn", "Ông Phan Thị Hoa", "Ông Tạ Quang Minh"]


def test_editing_says_what_changed_and_keeps_the_length(do: Do, council: Council) -> None:
    meeting_id = made(do, council, ends_at=(START + timedelta(hours=3)).isoformat())
    later = START + timedelta(days=1)

    changed = do("minh", "agenda.edit", meeting_id=meeting_id, starts_at=later.isoformat(), place="Hội trường")["changed"]

    assert changed == ["ends_at", "place", "starts_at"]
    assert row(council, meeting_id).ends_at == later + timedelta(hours=3)
    (entry,) = told(council, Event.MEETING_EDITED)
    assert entry["before"]["place"] == "Phòng 2"
    assert entry["after"]["place"] == "Hội trường"
    assert do("minh", "agenda.edit", meeting_id=meeting_id, place="Hội trường")["changed"] == []
    assert code(do, "hoa", "agenda.edit", meeting_id=meeting_id, place="X") == "not_found"
    assert code(do, "hung", "agenda.edit", meeting_id=meeting_id, place="X") == "forbidden"


def test_a_new_time_of_an_issued_meeting_asks_everybody_again(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)
    do("hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted")

    do("minh", "agenda.edit", meeting_id=meeting_id, place="Hội trường")
    kept = council.one(select(Participant.reply).where(Participant.person_id == council.person("hoa")))
    do("minh", "agenda.edit", meeting_id=meeting_id, starts_at=(START + timedelta(hours=1)).isoformat())
    asked_again = council.one(select(Participant.reply).where(Participant.person_id == council.person("hoa")))

    assert (kept, asked_again) == ("accepted", "none")


def test_a_new_chair_is_on_the_list(do: Do, council: Council) -> None:
    meeting_id = made(do, council)

    do("minh", "agenda.edit", meeting_id=meeting_id, chair_id=council.person("lan"))

    assert invited(council, meeting_id)[council.person("lan")] is False


def test_items_are_added_at_the_end_or_in_between(do: Do, council: Council) -> None:
    meeting_id = made(do, council)
    do("minh", "agenda.add_item", meeting_id=meeting_id, title="Khai mạc", kind="opening")
    do("minh", "agenda.add_item", meeting_id=meeting_id, title="Bế mạc")

    added = do("minh", "agenda.add_item", meeting_id=meeting_id, title="Ngân sách", unit_id=council.unit("kinh_te"), position=2)

    assert added["position"] == 2
    assert titles(council, meeting_id) == [(1, "Khai mạc"), (2, "Ngân sách"), (3, "Bế mạc")]
    assert [each["title"] for each in told(council, Event.ITEM_ADDED)] == ["Khai mạc", "Bế mạc", "Ngân sách"]
    assert code(do, "minh", "agenda.add_item", meeting_id=meeting_id, title="X", kind="party") == "unknown_kind"
    assert code(do, "dung", "agenda.add_item", meeting_id=meeting_id, title="X") == "forbidden"
    assert code(do, "khach", "agenda.add_item", meeting_id=meeting_id, title="X") == "not_found"


def test_an_item_is_edited_and_the_same_again_is_nothing(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    item = council.items(meeting_id)[1]

    changed = do("minh", "agenda.edit_item", item_id=item, title="Ngân sách 2027", minutes_planned=40)

    assert changed == {"changed": ["minutes_planned", "title"]}
    assert do("minh", "agenda.edit_item", item_id=item, title="Ngân sách 2027") == {"changed": []}
    (entry,) = told(council, Event.ITEM_EDITED)
    assert (entry["before"], entry["after"]) == (
        {"title": "Ngân sách", "minutes_planned": 0},
        {"title": "Ngân sách 2027", "minutes_planned": 40},
    )
    assert code(do, "tuan", "agenda.edit_item", item_id=item, title="X") == "not_found"


def test_items_move_up_down_and_to_a_place_without_gaps(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    first, second, third = council.items(meeting_id)

    do("minh", "agenda.move_item", item_id=third, to="up")
    do("minh", "agenda.move_item", item_id=first, position=3)

    assert council.items(meeting_id) == [third, second, first]
    assert [position for position, _ in titles(council, meeting_id)] == [1, 2, 3]
    assert do("minh", "agenda.move_item", item_id=third, to="up") == {"position": 1, "label": "1"}
    assert len(told(council, Event.ITEM_MOVED)) == 2
    assert code(do, "hoa", "agenda.move_item", item_id=third, to="down") == "not_found"


def test_an_item_is_taken_off_and_the_gap_closes(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)

    do("minh", "agenda.remove_item", item_id=council.items(meeting_id)[0])

    assert titles(council, meeting_id) == [(1, "Ngân sách"), (2, "Bế mạc")]
    (entry,) = told(council, Event.ITEM_REMOVED)
    assert entry["title"] == "Khai mạc"
    assert code(do, "khach", "agenda.remove_item", item_id=council.items(meeting_id)[0]) == "not_found"


def test_an_item_that_was_called_stays(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    item = council.items(meeting_id)[0]
    council.update(Item, item, state="done")

    for act, more in (("remove_item", {}), ("move_item", {"to": "down"}), ("edit_item", {"title": "X"})):
        assert code(do, "minh", f"agenda.{act}", item_id=item, **more) == "item_begun"


def test_guests_are_added_limited_and_taken_off(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    khach, item = council.person("khach"), council.items(meeting_id)[1]

    first = do("minh", "agenda.set_participants", meeting_id=meeting_id, add=[{"person_id": khach, "item_ids": [item]}])
    again = do("minh", "agenda.set_participants", meeting_id=meeting_id, add=[{"person_id": khach, "item_ids": [item]}])
    wider = do("minh", "agenda.set_participants", meeting_id=meeting_id, add=[{"person_id": khach}])
    gone = do("minh", "agenda.set_participants", meeting_id=meeting_id, remove=[khach])

    assert (first["added"], again["added"], wider["changed"], gone["removed"]) == ([khach], [], [khach], [khach])
    assert len(told(council, Event.PARTICIPANTS_SET)) == 3


def test_who_may_not_be_invited_so_is_refused(do: Do, council: Council) -> None:
    meeting_id, other = ready(do, council), ready(do, council, place="Phòng 9")
    khach, hung = council.person("khach"), council.person("hung")

    def attempt(**wanted: Any) -> str:
        return code(do, "minh", "agenda.set_participants", meeting_id=meeting_id, **wanted)

    assert attempt(add=[{"person_id": khach, "voting": True}]) == "not_a_member"
    assert attempt(add=[{"person_id": khach, "item_ids": council.items(other)}]) == "item_elsewhere"
    assert attempt(add=[{"person_id": hung, "voting": True, "item_ids": council.items(meeting_id)}]) == "voter_not_limited"
    assert attempt(remove=[hung]) == "chair_must_stay"
    assert code(do, "hoa", "agenda.set_participants", meeting_id=meeting_id, remove=[khach]) == "not_found"


def test_issuing_invites_everybody_and_says_by_when_it_was_due(do: Do, council: Council, at: Callable[[datetime], None]) -> None:
    at(datetime(2026, 12, 1, 2, 0, tzinfo=UTC))
    meeting_id = ready(do, council)

    answer = do("van", "agenda.issue", meeting_id=meeting_id)

    assert answer == {"state": "issued", "invited": 4, "due_at": "2026-12-08T17:00:00+07:00", "late": False}
    assert row(council, meeting_id).state == "issued"
    (entry,) = told(council, Event.MEETING_ISSUED)
    assert (sorted(entry["people"]), entry["late"], entry["again"]) == (sorted(invited(council, meeting_id)), False, False)


def test_a_late_invitation_goes_out_and_is_recorded_as_late(do: Do, council: Council, at: Callable[[datetime], None]) -> None:
    at(datetime(2026, 12, 9, 2, 0, tzinfo=UTC))
    late, urgent = ready(do, council), ready(do, council, urgent=True)

    assert do("minh", "agenda.issue", meeting_id=late)["late"] is True
    assert do("minh", "agenda.issue", meeting_id=urgent)["late"] is False


def test_an_unready_meeting_is_not_issued(do: Do, council: Council) -> None:
    assert code(do, "minh", "agenda.issue", meeting_id=made(do, council)) == "no_items"
    assert code(do, "minh", "agenda.issue", meeting_id=ready(do, council, place="")) == "no_place"
    issued = ready(do, council)
    do("minh", "agenda.issue", meeting_id=issued)
    assert code(do, "minh", "agenda.issue", meeting_id=issued) == "wrong_state"
    assert code(do, "hoa", "agenda.issue", meeting_id=ready(do, council)) == "not_found"
    assert code(do, "hung", "agenda.issue", meeting_id=ready(do, council)) == "forbidden"


def test_the_chair_approves_before_the_issue_where_the_type_demands_it(do: Do, council: Council) -> None:
    council.update(RuleBook, council.book(), approver="chair")
    meeting_id = ready(do, council)
    assert code(do, "minh", "agenda.issue", meeting_id=meeting_id) == "needs_approval"

    do("minh", "agenda.submit", meeting_id=meeting_id)
    assert code(do, "minh", "agenda.edit", meeting_id=meeting_id, place="X") == "programme_with_chair"
    assert code(do, "minh", "agenda.approve", meeting_id=meeting_id) == "forbidden"
    assert code(do, "hung", "agenda.reject", meeting_id=meeting_id, reason=" ") == "reason_needed"
    do("hung", "agenda.reject", meeting_id=meeting_id, reason="Thiếu nội dung ngân sách")
    assert row(council, meeting_id).reason == "Thiếu nội dung ngân sách"
    do("minh", "agenda.submit", meeting_id=meeting_id)
    do("hung", "agenda.approve", meeting_id=meeting_id)
    assert do("minh", "agenda.issue", meeting_id=meeting_id)["state"] == "issued"

    events = council.all(select(Entry.event).where(Entry.chain == meeting_id).order_by(Entry.seq))
    assert events == [
        "agenda.meeting_created",
        "agenda.programme_submitted",
        "agenda.programme_rejected",
        "agenda.programme_submitted",
        "agenda.programme_approved",
        "agenda.meeting_issued",
    ]


def test_a_change_after_the_approval_needs_a_new_one(do: Do, council: Council) -> None:
    council.update(RuleBook, council.book(), approver="chair")
    meeting_id = ready(do, council)
    do("minh", "agenda.submit", meeting_id=meeting_id)
    do("hung", "agenda.approve", meeting_id=meeting_id)

    do("minh", "agenda.add_item", meeting_id=meeting_id, title="Nội dung mới")

    assert row(council, meeting_id).state == "draft"


def test_strangers_neither_submit_nor_approve_nor_reject(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)

    assert code(do, "khach", "agenda.submit", meeting_id=meeting_id) == "not_found"
    assert code(do, "lan", "agenda.approve", meeting_id=meeting_id) == "not_found"
    assert code(do, "truong", "agenda.reject", meeting_id=meeting_id, reason="x") == "forbidden"
    assert code(do, "hung", "agenda.approve", meeting_id=meeting_id) == "wrong_state"


def test_an_invitation_is_answered_changed_and_needs_a_reason_for_absence(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)

    do("hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted")
    do("hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted")
    assert code(do, "hoa", "agenda.reply", meeting_id=meeting_id, reply="declined") == "reason_needed"
    do("hoa", "agenda.reply", meeting_id=meeting_id, reply="declined", reason="Đi công tác")

    mine = council.one(select(Participant).where(Participant.person_id == council.person("hoa")))
    assert (mine.reply, mine.reason, mine.seen_at is not None) == ("declined", "Đi công tác", True)
    assert [each["reply"] for each in told(council, Event.INVITATION_ANSWERED)] == ["accepted", "declined"]


def test_only_the_invited_answer_and_only_before_the_meeting(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)
    assert code(do, "hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted") == "not_found"
    do("minh", "agenda.issue", meeting_id=meeting_id)

    assert code(do, "khach", "agenda.reply", meeting_id=meeting_id, reply="accepted") == "not_found"
    assert code(do, "truong", "agenda.reply", meeting_id=meeting_id, reply="accepted") == "forbidden"
    council.update(Meeting, meeting_id, state="in_session")
    assert code(do, "hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted") == "replies_closed"


def test_opening_the_invitation_is_noted_once(do: Do, council: Council, at: Callable[[datetime], None]) -> None:
    meeting_id = ready(do, council)
    do("minh", "agenda.issue", meeting_id=meeting_id)
    before = council.all(select(Entry))
    seen = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

    at(seen)
    do("hoa", "agenda.mark_seen", meeting_id=meeting_id)
    at(seen + timedelta(hours=1))
    do("hoa", "agenda.mark_seen", meeting_id=meeting_id)

    assert council.one(select(Participant.seen_at).where(Participant.person_id == council.person("hoa"))) == seen
    assert len(council.all(select(Entry))) == len(before)
    assert code(do, "khach", "agenda.mark_seen", meeting_id=meeting_id) == "not_found"


def test_a_postponed_meeting_is_issued_again_and_everybody_is_asked_anew(do: Do, council: Council) -> None:
    meeting_id = ready(do, council, ends_at=(START + timedelta(hours=2)).isoformat())
    do("minh", "agenda.issue", meeting_id=meeting_id)
    do("hoa", "agenda.reply", meeting_id=meeting_id, reply="accepted")
    later = START + timedelta(days=7)

    assert code(do, "hung", "agenda.postpone", meeting_id=meeting_id) == "reason_needed"
    assert code(do, "hoa", "agenda.postpone", meeting_id=meeting_id, reason="x") == "forbidden"
    do("hung", "agenda.postpone", meeting_id=meeting_id, reason="Bão số 12", starts_at=later.isoformat())
    meeting = row(council, meeting_id)
    assert (meeting.state, meeting.reason, meeting.ends_at) == ("postponed", "Bão số 12", later + timedelta(hours=2))
    do("minh", "agenda.issue", meeting_id=meeting_id)

    assert council.one(select(Participant.reply).where(Participant.person_id == council.person("hoa"))) == "none"
    (entry,) = told(council, Event.MEETING_POSTPONED)
    assert (entry["reason"], len(entry["people"])) == ("Bão số 12", 4)
    assert told(council, Event.MEETING_ISSUED)[1]["again"] is True


def test_a_cancelled_meeting_stays_on_file_with_its_reason(do: Do, council: Council) -> None:
    meeting_id = ready(do, council)

    assert code(do, "tuan", "agenda.cancel", meeting_id=meeting_id, reason="x") == "not_found"
    do("minh", "agenda.cancel", meeting_id=meeting_id, reason="Không còn cần thiết")

    assert row(council, meeting_id).state == "cancelled"
    (entry,) = told(council, Event.MEETING_CANCELLED)
    assert entry == {"reason": "Không còn cần thiết", "people": []}
    assert code(do, "minh", "agenda.cancel", meeting_id=meeting_id, reason="lại") == "wrong_state"
