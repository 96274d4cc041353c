"""A file of rule books goes from a province to its communes: dry first, then whole or not at all."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock
from meeting.errors import Refused
from meeting.events import Event
from meeting.journal import Entry
from meeting.rulebook.book_file import FORMAT, NEW_IN_2, NEW_IN_3, NEW_IN_4, FileKind, is_file, read_file, write_file
from meeting.rulebook.defaults import BY_KIND
from meeting.rulebook.models import MeetingType, RuleBook

Do = Callable[..., dict[str, Any]]
Council = Any


@pytest.fixture(autouse=True)
def _monday(at: Callable[[datetime], None]) -> None:
    at(clock.at_local(date(2026, 11, 23), 8))


def defaults(kind: str = "committee") -> dict[str, Any]:
    kinds = [FileKind(e.code, e.name, e.starts_on, e.instrument, e.written, e.values) for e in BY_KIND[kind]]
    return write_file(kind, "Tỉnh", date(2026, 11, 1), kinds)


def told(council: Council, event: Event) -> list[dict[str, Any]]:
    return [entry.facts for entry in council.all(select(Entry).where(Entry.event == event).order_by(Entry.seq))]


def code(do: Do, username: str, **wanted: Any) -> str:
    with pytest.raises(Refused) as found:
        do(username, "rulebook.import_books", **wanted)
    return found.value.code


@pytest.mark.parametrize("kind", BY_KIND)
def test_what_is_written_can_be_read_back(kind: str) -> None:
    found, problems = read_file(defaults(kind), kind)

    assert problems == []
    assert [(each.code, each.values) for each in found] == [(each.code, each.values) for each in BY_KIND[kind]]


def test_a_file_of_the_version_before_takes_the_rules_that_held_then() -> None:
    file = deepcopy(defaults())
    file["version"] = 1
    for kind in file["kinds"]:
        kind["values"]["explain_seconds"] = 240
        for column in (*NEW_IN_2, *NEW_IN_3, *NEW_IN_4):
            del kind["values"][column]

    found, problems = read_file(file, "committee")

    assert problems == []
    assert {(each.values.answer_seconds, each.values.floor_order, each.values.remote) for each in found} == {
        (240, "registration", "full")
    }


def test_a_file_of_version_2_has_its_own_rules_and_the_usual_ones_about_votes() -> None:
    file = deepcopy(defaults("council"))
    file["version"] = 2
    for kind in file["kinds"]:
        kind["values"]["floor_order"] = "unspoken_first"
        kind["sources"].pop("elections")
        for column in (*NEW_IN_3, *NEW_IN_4):
            del kind["values"][column]

    found, problems = read_file(file, "council")

    assert is_file(file)
    assert problems == []
    assert {(e.values.floor_order, e.values.elections, e.values.electronic_votes, e.values.missing_names) for e in found} == {
        ("unspoken_first", "each", "", True)
    }
    assert {each.sources["elections"]["verified"] for each in found} == {False}


@pytest.mark.parametrize(("kind", "signers"), [("committee", {"chief"}), ("council", {"both"})])
def test_a_file_of_version_3_lets_the_same_people_sign_the_minutes_as_before(kind: str, signers: set[str]) -> None:
    file = deepcopy(defaults(kind))
    file["version"] = 3
    for each in file["kinds"]:
        for column in NEW_IN_4:
            del each["values"][column]

    found, problems = read_file(file, kind)

    assert problems == []
    assert {each.values.minutes_signers for each in found} == signers
    assert {each.values.longest_minutes for each in found} == {0}


@pytest.mark.parametrize(
    "file",
    [
        None,
        [],
        {},
        {"format": FORMAT},
        {"format": FORMAT, "version": 5, "kinds": [{}]},
        {"format": FORMAT, "version": 1, "kinds": []},
    ],
)
def test_anything_else_is_no_such_file(file: Any) -> None:
    assert not is_file(file)


def changed(path: str, value: Any) -> dict[str, Any]:
    file = defaults()
    place = file["kinds"][1]
    *steps, last = path.split(".")
    for step in steps:
        place = place[step]
    if value is KeyError:
        del place[last]
    else:
        place[last] = value
    return file


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("code", "Có Dấu", "code"),
        ("code", "regular", "code"),  # twice
        ("name", " ", "name"),
        ("instrument", 3, "instrument"),
        ("starts_on", "mai", "starts_on"),
        ("values", [], "values"),
        ("values.quorum", KeyError, "quorum"),
        ("values.quorum", "0.5", "quorum"),
        ("values.invite_days", "2", "invite_days"),
        ("values.invite_days", True, "invite_days"),
        ("values.invite_days", 500, "invite_days"),
        ("values.weather", "fine", "weather"),
        ("values.choices", "for against abstain", "choices"),
        ("values.sequence", ["x"], "sequence"),
        ("sources", "law", "sources"),
        ("sources.weather", {}, "sources.weather"),
        ("sources.quorum", {"verified": "yes"}, "sources.quorum"),
    ],
)
def test_every_problem_is_named_with_its_kind_and_field(path: str, value: Any, field: str) -> None:
    _, problems = read_file(changed(path, value), "committee")

    assert field in [each.field for each in problems]
    assert {each.kind for each in problems} <= {"thematic", "Có Dấu", "regular"}


def test_a_dry_run_tells_what_would_change_and_changes_nothing(do: Do, council: Council) -> None:
    ubnd = council.body("UBND")
    do("admin", "rulebook.install", body_id=ubnd)
    file = changed("values.quorum", "3/4")

    found = do("minh", "rulebook.import_books", body_id=ubnd, file=file)

    lines = {each["code"]: (each["what"], each["changed"]) for each in found["kinds"]}
    assert lines["thematic"] == ("change", ["quorum"])
    assert lines["urgent"] == ("same", [])
    assert lines["regular"][0] == "change", "the cast's own regular session has other rules"
    assert council.one(select(RuleBook.id).where(RuleBook.quorum == "3/4")) is None
    assert told(council, Event.RULES_IMPORTED) == []


def test_a_file_is_taken_over_as_new_versions_and_new_kinds(do: Do, council: Council) -> None:
    ubnd, kind = council.body("UBND"), council.type()

    do("minh", "rulebook.import_books", body_id=ubnd, file=defaults(), starts_on="2027-01-01", dry_run=False)
    again = do("minh", "rulebook.import_books", body_id=ubnd, file=defaults(), starts_on="2027-01-01")

    assert {each["what"] for each in again["kinds"]} == {"same"}
    books = council.all(select(RuleBook).where(RuleBook.type_id == kind).order_by(RuleBook.starts_on))
    assert [(book.starts_on, book.ends_on, book.papers_due_days) for book in books] == [
        (date(2026, 1, 1), date(2026, 12, 31), 2),
        (date(2027, 1, 1), None, 5),
    ]
    assert len(council.all(select(MeetingType.id).where(MeetingType.body_id == ubnd))) == len(BY_KIND["committee"])
    (entry,) = told(council, Event.RULES_IMPORTED)
    assert entry["source"] == "Tỉnh"
    assert len(told(council, Event.RULES_CHANGED)) == 1


def test_without_a_day_rules_in_force_change_from_today_on(do: Do, council: Council) -> None:
    found = do("minh", "rulebook.import_books", body_id=council.body("UBND"), file=defaults(), dry_run=False)

    days = {each["code"]: each["starts_on"] for each in found["kinds"]}
    assert (days["regular"], days["thematic"]) == ("2026-11-23", "2025-12-08")


def test_one_problem_keeps_everything_out(do: Do, council: Council) -> None:
    file = changed("values.quorum", "0.5")

    found = do("minh", "rulebook.import_books", body_id=council.body("UBND"), file=file)
    assert [(each["kind"], each["field"]) for each in found["problems"]] == [("thematic", "quorum")]

    assert code(do, "minh", body_id=council.body("UBND"), file=file, dry_run=False) == "rules_file_problems"
    assert len(council.all(select(MeetingType.id).where(MeetingType.body_id == council.body("UBND")))) == 1


def test_a_file_of_another_sort_is_refused(do: Do, council: Council) -> None:
    assert code(do, "minh", body_id=council.body("UBND"), file={"format": "x"}) == "rules_file_unreadable"
    assert code(do, "minh", body_id=council.body("HĐND"), file=defaults()) == "rules_file_kind"


def test_an_issued_meeting_keeps_its_rules_when_a_file_comes(do: Do, council: Council) -> None:
    council.meeting(starts_at=clock.at_local(date(2026, 12, 1), 8))
    book = council.book()

    refused = code(do, "minh", body_id=council.body("UBND"), file=defaults(), starts_on="2026-01-01", dry_run=False)
    do("minh", "rulebook.import_books", body_id=council.body("UBND"), file=defaults(), dry_run=False)

    assert refused == "book_used"
    assert council.one(select(RuleBook.papers_due_days).where(RuleBook.id == book)) == 2


def test_what_one_body_saves_another_takes_over_through_the_api(api: Callable[[str], Any], do: Do, council: Council) -> None:
    do("admin", "rulebook.install", body_id=council.body("UBND"))
    status, file = api("minh").get(f"/rules/export?body={council.body('UBND')}")
    assert status == 200

    other = deepcopy(file)
    other["kinds"] = [{**each, "code": f"{each['code']}_2", "name": f"{each['name']} 2"} for each in file["kinds"]]
    status, answer = api("minh").act("rulebook.import_books", body_id=council.body("UBND"), file=other, dry_run=False)

    assert (status, {each["what"] for each in answer["kinds"]}) == (200, {"add"})
