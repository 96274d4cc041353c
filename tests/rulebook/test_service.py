"""Acts on kinds of meetings and their rule books: they work, they refuse, a stranger may not, the journal says so."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Body
from meeting.rulebook import queries
from meeting.rulebook.defaults import BY_KIND
from meeting.rulebook.models import MeetingType, RuleBook

Do = Callable[..., dict[str, Any]]
Council = Any
At = Callable[[datetime], None]
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _monday(at: At) -> None:
    at(clock.at_local(TODAY, 8))


def told(council: Council, event: Event) -> list[dict[str, Any]]:
    return [entry.facts for entry in council.all(select(Entry).where(Entry.event == event).order_by(Entry.seq))]


def code(do: Do, username: str, act: str, **wanted: Any) -> str:
    with pytest.raises(Refused) as found:
        do(username, act, **wanted)
    return found.value.code


def book_of(council: Council, kind: int, day: date) -> RuleBook:
    with database.reading() as session:
        book = queries.book_on(session, kind, day)
        session.expunge(book)
        return book


def periods(council: Council, kind: int) -> list[tuple[date, date | None]]:
    found = council.all(select(RuleBook).where(RuleBook.type_id == kind).order_by(RuleBook.starts_on))
    return [(book.starts_on, book.ends_on) for book in found]


# defaults


def test_the_defaults_are_installed_once(do: Do, council: Council) -> None:
    first = do("admin", "rulebook.install", body_id=council.body("UBND"))
    again = do("system", "rulebook.install", body_id=council.body("UBND"))

    expected = sorted(each.code for each in BY_KIND["committee"] if each.code != "regular")
    assert sorted(first["type_ids"]) == expected
    assert again == {"type_ids": {}}
    assert told(council, Event.TYPES_INSTALLED) == [{"body_id": council.body("UBND"), "codes": expected}]
    assert code(do, "minh", "rulebook.install", body_id=council.body("UBND")) == "forbidden"


def test_an_installed_book_says_where_each_rule_stands(do: Do, council: Council) -> None:
    installed = do("admin", "rulebook.install", body_id=council.body("HĐND"))["type_ids"]

    book = book_of(council, installed["standing"], TODAY)

    assert (book.voters, book.tie, book.starts_on) == ("invited", "chair_side", date(2025, 9, 26))
    assert book.sources["quorum"] == {"article": "Điều 19", "verified": True, "note": book.sources["quorum"]["note"]}
    assert not book.verified


def test_a_new_body_has_the_kinds_of_its_sort(do: Do, council: Council) -> None:
    body_id = do("admin", "organization.add_body", kind="party", name="Chi bộ 1", short_name="CB1", symbol_code="CB")["body_id"]

    codes = council.all(select(MeetingType.code).where(MeetingType.body_id == body_id).order_by(MeetingType.id))
    assert codes == ["regular", "standing", "briefing", "cell"]


# kinds of meetings


def test_a_kind_of_meeting_is_added_with_the_rules_of_another_unverified(do: Do, council: Council) -> None:
    made = do("minh", "rulebook.add_type", body_id=council.body("UBND"), name="Họp tổ dân phố", like_id=council.type())

    book = book_of(council, made["type_id"], TODAY)
    assert made["code"] == "hop_to_dan_pho"
    assert (book.papers_due_days, book.starts_on, book.verified) == (2, TODAY, False)
    assert not any(source["verified"] for source in book.sources.values())
    (entry,) = told(council, Event.TYPE_ADDED)
    assert (entry["name"], entry["like"]) == ("Họp tổ dân phố", "regular")


def test_a_kind_of_the_same_name_or_code_is_refused(do: Do, council: Council) -> None:
    ubnd = council.body("UBND")

    assert code(do, "minh", "rulebook.add_type", body_id=ubnd, name="phien hop thuong ky ubnd") == "type_exists"
    assert code(do, "minh", "rulebook.add_type", body_id=ubnd, name="Khác", code="regular") == "type_exists"
    assert code(do, "minh", "rulebook.add_type", body_id=ubnd, name="Khác", code="Có Dấu") == "type_exists"


def test_a_kind_is_renamed_and_keeps_its_code(do: Do, council: Council) -> None:
    do("hung", "rulebook.edit_type", type_id=council.type(), name="Phiên họp tháng")
    do("hung", "rulebook.edit_type", type_id=council.type(), name="Phiên họp tháng")

    kind = council.one(select(MeetingType).where(MeetingType.id == council.type()))
    assert (kind.name, kind.code) == ("Phiên họp tháng", "regular")
    (entry,) = told(council, Event.TYPE_RENAMED)
    assert entry["after"] == "Phiên họp tháng"


def test_a_kind_is_taken_out_of_use_and_brought_back(do: Do, council: Council) -> None:
    made = do("minh", "rulebook.add_type", body_id=council.body("UBND"), name="Họp thử")

    do("minh", "rulebook.retire_type", type_id=made["type_id"])
    assert code(do, "minh", "rulebook.retire_type", type_id=made["type_id"]) == "type_is_retired"
    assert (
        code(do, "minh", "rulebook.edit_book", type_id=made["type_id"], starts_on="2026-12-01", invite_days=4)
        == "type_is_retired"
    )
    do("minh", "rulebook.bring_back_type", type_id=made["type_id"])

    assert code(do, "minh", "rulebook.bring_back_type", type_id=made["type_id"]) == "type_in_use"
    assert council.one(select(MeetingType.retired_on).where(MeetingType.id == made["type_id"])) is None
    assert [len(told(council, event)) for event in (Event.TYPE_RETIRED, Event.TYPE_BROUGHT_BACK)] == [1, 1]


def test_the_last_kind_of_a_body_stays(do: Do, council: Council) -> None:
    assert code(do, "minh", "rulebook.retire_type", type_id=council.type()) == "last_type"


# rule books


def test_new_rules_begin_on_their_day_and_the_old_ones_end_before(do: Do, council: Council) -> None:
    kind = council.type()
    first = periods(council, kind)[0][0]

    made = do("minh", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", invite_days=3, quorum="3/4")

    assert made["changed"] == ["invitation", "quorum"]
    assert periods(council, kind) == [(first, date(2026, 12, 31)), (date(2027, 1, 1), None)]
    assert book_of(council, kind, date(2026, 12, 31)).quorum == "2/3"
    assert book_of(council, kind, date(2027, 1, 1)).quorum == "3/4"
    (entry,) = told(council, Event.RULES_CHANGED)
    assert entry["starts_on"] == "2027-01-01"
    assert entry["changes"][1] == {"rule": "quorum", "before": {"quorum": "2/3"}, "after": {"quorum": "3/4"}}


def test_a_book_between_two_others_leaves_no_gap_and_no_overlap(do: Do, council: Council) -> None:
    kind = council.type()
    first = periods(council, kind)[0][0]
    do("minh", "rulebook.edit_book", type_id=kind, starts_on="2027-06-01", invite_days=5)

    do("minh", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", invite_days=3)

    assert periods(council, kind) == [
        (first, date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 5, 31)),
        (date(2027, 6, 1), None),
    ]


def test_a_changed_rule_without_a_new_source_is_unverified(do: Do, council: Council) -> None:
    kind = do("admin", "rulebook.install", body_id=council.body("HĐND"))["type_ids"]["standing"]

    do("lan", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", quorum="3/4", tie="none",
       sources={"tie": {"article": "Quy chế, Điều 4", "verified": True}})  # fmt: skip

    sources = book_of(council, kind, date(2027, 1, 1)).sources
    assert sources["quorum"]["verified"] is False
    assert sources["tie"] == {"article": "Quy chế, Điều 4", "verified": True, "note": ""}
    assert sources["majority"]["verified"] is True
    assert book_of(council, kind, TODAY).sources["quorum"]["verified"] is True


def test_a_source_can_be_checked_without_changing_a_rule(do: Do, council: Council) -> None:
    kind = council.type("HĐND")

    made = do("lan", "rulebook.edit_book", type_id=kind, starts_on=str(TODAY), instrument="Quy chế HĐND phường",
              sources={"papers": {"article": "Điều 5", "verified": True}})  # fmt: skip

    assert made["changed"] == []
    assert book_of(council, kind, TODAY).instrument == "Quy chế HĐND phường"


def test_a_book_that_nobody_follows_is_changed_on_its_own_day(do: Do, council: Council) -> None:
    kind = council.type()
    do("minh", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", invite_days=3)

    do("minh", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", invite_days=4)

    assert len(periods(council, kind)) == 2
    assert book_of(council, kind, date(2027, 1, 1)).invite_days == 4


def test_a_book_that_an_issued_meeting_follows_is_never_changed(do: Do, council: Council) -> None:
    kind = council.type()
    issued = council.meeting(starts_at=clock.at_local(date(2026, 12, 1), 8))
    first = periods(council, kind)[0][0]

    refused = code(do, "minh", "rulebook.edit_book", type_id=kind, starts_on=str(first), invite_days=9)
    past = code(do, "minh", "rulebook.edit_book", type_id=kind, starts_on="2026-11-22", invite_days=9)
    do("minh", "rulebook.edit_book", type_id=kind, starts_on="2026-11-24", invite_days=9)

    assert (refused, past) == ("book_used", "book_in_past")
    book = council.one(select(RuleBook).join(Meeting, Meeting.book_id == RuleBook.id).where(Meeting.id == issued))
    assert (book.invite_days, book.starts_on) == (2, first)


def test_a_draft_follows_new_rules_at_once_and_the_old_ones_when_they_are_withdrawn(do: Do, council: Council) -> None:
    kind = council.type()
    draft = council.meeting(state="draft", starts_at=clock.at_local(date(2027, 2, 1), 8))
    old = council.one(select(Meeting.book_id).where(Meeting.id == draft))

    made = do("minh", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", invite_days=9)
    assert council.one(select(Meeting.book_id).where(Meeting.id == draft)) == made["book_id"]
    do("minh", "rulebook.withdraw_book", book_id=made["book_id"])

    assert council.one(select(Meeting.book_id).where(Meeting.id == draft)) == old
    assert periods(council, kind)[0][1] is None
    (entry,) = told(council, Event.RULES_WITHDRAWN)
    assert entry["rules"]["invite_days"] == 9


def test_only_rules_that_have_not_begun_are_withdrawn(do: Do, council: Council) -> None:
    assert code(do, "minh", "rulebook.withdraw_book", book_id=council.book()) == "book_begun"


def test_a_future_book_that_an_issued_meeting_follows_stays(do: Do, council: Council) -> None:
    made = do("minh", "rulebook.edit_book", type_id=council.type(), starts_on="2027-01-01", invite_days=9)
    council.meeting(starts_at=clock.at_local(date(2027, 2, 1), 8))
    council.update(Meeting, council.one(select(Meeting.id)), book_id=made["book_id"])

    assert code(do, "minh", "rulebook.withdraw_book", book_id=made["book_id"]) == "book_used"


def test_a_first_book_in_the_future_cannot_be_withdrawn(do: Do, council: Council) -> None:
    made = do("minh", "rulebook.add_type", body_id=council.body("UBND"), name="Họp thử", starts_on="2027-01-01")

    assert code(do, "minh", "rulebook.withdraw_book", book_id=made["book_id"]) == "first_book"


def test_an_edit_that_changes_nothing_is_refused(do: Do, council: Council) -> None:
    assert (
        code(do, "minh", "rulebook.edit_book", type_id=council.type(), starts_on="2027-01-01", invite_days=2) == "book_unchanged"
    )


def test_values_that_cannot_be_followed_are_refused_by_field(do: Do, council: Council) -> None:
    with pytest.raises(Refused) as found:
        do(
            "minh",
            "rulebook.edit_book",
            type_id=council.type(),
            starts_on="2027-01-01",
            invite_days=500,
            choices=["for", "abstain"],
        )

    assert sorted(found.value.facts["fields"]) == ["choices", "invite_days"]


def test_a_stage_without_a_key_gets_one(do: Do, council: Council) -> None:
    stages = [{"what": "Tờ trình", "days": 5}, {"what": "Báo cáo thẩm tra", "days": 3, "by": "committee", "key": "verification"}]

    do("lan", "rulebook.edit_book", type_id=council.type("HĐND"), starts_on="2027-01-01", sequence=stages)

    found = book_of(council, council.type("HĐND"), date(2027, 1, 1)).sequence
    assert [stage["key"] for stage in found] == ["stage_1", "verification"]


# who may


@pytest.mark.parametrize("username", ["hoa", "van", "dung", "truong"])
@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        ("rulebook.add_type", {"name": "X"}),
        ("rulebook.edit_type", {"name": "X"}),
        ("rulebook.retire_type", {}),
        ("rulebook.bring_back_type", {}),
        ("rulebook.edit_book", {"starts_on": "2027-01-01", "invite_days": 9}),
        ("rulebook.withdraw_book", {}),
        ("rulebook.import_books", {"file": {}}),
    ],
)
def test_only_chair_secretary_and_chief_manage_rules(
    do: Do, council: Council, username: str, act: str, wanted: dict[str, Any]
) -> None:
    given = {**wanted, **subject(council, act, "UBND")}

    assert code(do, username, act, **given) == "forbidden"
    assert code(do, "khach", act, **given) == "not_found"
    assert code(do, "minh", act, **{**wanted, **subject(council, act, "Đảng ủy")}) == "not_found", "the Party's are the Party's"


def subject(council: Council, act: str, body: str) -> dict[str, int]:
    if act in ("rulebook.add_type", "rulebook.import_books"):
        return {"body_id": council.body(body)}
    return {"book_id": council.book(body)} if act == "rulebook.withdraw_book" else {"type_id": council.type(body)}


def test_the_party_changes_its_own_rules(do: Do, council: Council) -> None:
    do("lan", "rulebook.edit_book", type_id=council.type("Đảng ủy"), starts_on="2027-01-01", closed=True)

    assert book_of(council, council.type("Đảng ủy"), date(2027, 1, 1)).closed


def test_the_same_through_the_api(api: Callable[[str], Any], council: Council) -> None:
    status, answer = api("minh").act("rulebook.edit_book", type_id=council.type(), starts_on="2027-01-01", invite_days=3)
    assert (status, answer["ok"], answer["changed"]) == (200, True, ["invitation"])

    status, answer = api("minh").act("rulebook.edit_book", type_id=council.type(), starts_on="2027-01-01", quorum="nhiều")
    assert (status, list(answer["facts"]["fields"])) == (422, ["quorum"])

    status, answer = api("hoa").act("rulebook.edit_book", type_id=council.type(), starts_on="2027-01-01", invite_days=9)
    assert (status, answer["code"]) == (403, "forbidden")


# meetings whose rules count only those invited


def test_a_meeting_of_the_standing_body_lists_only_its_chair_and_counts_those_invited(do: Do, council: Council) -> None:
    kind = do("admin", "rulebook.install", body_id=council.body("HĐND"))["type_ids"]["standing"]
    starts = (clock.now() + timedelta(days=10)).isoformat()

    meeting_id = do("minh", "agenda.create", type_id=kind, title="Phiên họp Thường trực", starts_at=starts)["meeting_id"]

    with database.reading() as session:
        meeting = session.get_one(Meeting, meeting_id)
        listed = {(each.person_id, each.voting) for each in meeting.participants}
    assert listed == {(council.person("lan"), True), (council.person("minh"), False)}


# the office's ways


def test_due_days_end_when_the_bodys_office_closes(do: Do, council: Council) -> None:
    told_back = do("hung", "rulebook.set_ways", body_id=council.body("UBND"), opens_at="7:00", closes_at="16:30")
    do("hung", "rulebook.set_ways", body_id=council.body("UBND"), opens_at="07:00")

    assert told_back == {"opens_at": "07:00", "closes_at": "16:30", "address_form": "ong_ba"}
    with database.reading() as session:
        book = session.get_one(RuleBook, council.book())
        due = queries.invitation_due_at(session, book, clock.at_local(date(2026, 12, 4), 8))
    assert f"{clock.local(due):%d/%m %H:%M}" == "02/12 16:30"
    (entry,) = told(council, Event.WAYS_SET)
    assert entry["before"] == {"opens_at": "07:30", "closes_at": "17:00", "address_form": "ong_ba"}


def test_a_party_body_says_dong_chi_from_the_start_and_may_change_it(do: Do, council: Council) -> None:
    party = do("admin", "organization.add_body", kind="party", name="Chi bộ 2", short_name="CB2", symbol_code="CB")["body_id"]
    assert council.one(select(Body.address_form).where(Body.id == party)) == "dong_chi"

    do("lan", "rulebook.set_ways", body_id=council.body("Đảng ủy"), address_form="dong_chi")

    assert council.one(select(Body.address_form).where(Body.id == council.body("Đảng ủy"))) == "dong_chi"


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        ({"closes_at": "07:00"}, "hours_order"),
        ({"opens_at": "sáng"}, "malformed"),
        ({"closes_at": "25:00"}, "malformed"),
        ({"address_form": "ngài"}, "malformed"),
    ],
)
def test_ways_that_cannot_be_kept_are_refused(do: Do, council: Council, wanted: dict[str, str], refused: str) -> None:
    assert code(do, "minh", "rulebook.set_ways", body_id=council.body("UBND"), **wanted) == refused


def test_a_strangers_office_has_its_own_ways(do: Do, council: Council) -> None:
    assert code(do, "hoa", "rulebook.set_ways", body_id=council.body("UBND"), closes_at="18:00") == "forbidden"
    assert code(do, "minh", "rulebook.set_ways", body_id=council.body("Đảng ủy"), closes_at="18:00") == "not_found"


def test_the_rules_of_votes_on_people_are_set_with_their_clause(do: Do, council: Council) -> None:
    kind = council.type("HĐND")
    clause = "Điều 9 Nội quy kỳ họp"

    made = do("lan", "rulebook.edit_book", type_id=kind, starts_on="2027-01-01", electronic_votes=clause, missing_names=False)
    book = book_of(council, kind, date(2027, 1, 1))
    back = do("lan", "rulebook.edit_book", type_id=kind, starts_on="2027-06-01", electronic_votes="", elections="choose")

    assert made["changed"] == ["elections", "missing_names"]
    assert (book.elections, book.electronic_votes, book.missing_names) == ("each", clause, False)
    assert book.sources["elections"]["verified"] is False
    assert back["changed"] == ["elections"]
    assert book_of(council, kind, date(2027, 6, 1)).electronic_votes == ""
    with pytest.raises(Refused) as no:
        do("minh", "rulebook.edit_book", type_id=council.type(), starts_on="2027-01-01", elections="choose")
    assert set(no.value.facts["fields"]) == {"elections"}
