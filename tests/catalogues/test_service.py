"""The catalogues as acts: what is added, corrected, retired, brought back, ordered, filled and imported; who may not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from meeting.acts import REGISTRY
from meeting.catalogues import queries
from meeting.catalogues.defaults import DEFAULTS
from meeting.catalogues.models import CatalogueEntry
from meeting.database import reading
from meeting.errors import Refused
from meeting.journal import Entry
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]
KEEPERS = ("minh", "admin")


def names(kind: str, **options: Any) -> list[str]:
    with reading() as session:
        return [each.name for each in queries.entries(session, kind, **options)]


def told(council: Council) -> list[tuple[str, dict[str, Any]]]:
    return [
        (entry.event, entry.facts)
        for entry in council.all(select(Entry).where(Entry.event.like("catalogues.%")).order_by(Entry.id))
    ]


@pytest.mark.parametrize("keeper", KEEPERS)
def test_an_entry_is_added_at_the_end_and_told(council: Council, do: Do, keeper: str):
    first = do(keeper, "catalogues.add", kind="document_type", name="Tờ trình", abbreviation="TTr", style="state")
    second = do(keeper, "catalogues.add", kind="document_type", name="Báo cáo", abbreviation="BC")

    assert names("document_type") == ["Tờ trình", "Báo cáo"]
    assert names("document_type", words="to trinh") == ["Tờ trình"]
    assert told(council) == [
        ("catalogues.entry_added", {"entry_id": first["entry_id"], "kind": "document_type", "name": "Tờ trình"}),
        ("catalogues.entry_added", {"entry_id": second["entry_id"], "kind": "document_type", "name": "Báo cáo"}),
    ]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"name": "tờ  TRÌNH", "style": "state"}, "entry_exists"),
        ({"name": "to trinh"}, "entry_exists"),
        ({"name": "Thông tri", "abbreviation": "TTr"}, "abbreviation_taken"),
        ({"name": "Thông tri", "abbreviation": "T T"}, "abbreviation_form"),
        ({"kind": "position", "name": "Trưởng phòng", "abbreviation": "TP"}, "abbreviation_needless"),
        ({"kind": "authority", "name": "Phòng Kinh tế", "parent_id": 999}, "parent_unknown"),
        ({"name": "Tờ trình", "style": "party", "abbreviation": "TTr"}, ""),
        ({"name": "Quyết định", "abbreviation": "TTR"}, ""),
    ],
)
def test_what_an_entry_must_be(council: Council, do: Do, wanted: dict[str, Any], code: str):
    do("minh", "catalogues.add", kind="document_type", name="Tờ trình", abbreviation="TTr", style="state")
    wanted = {"kind": "document_type", **wanted}

    if not code:
        assert do("minh", "catalogues.add", **wanted)["entry_id"]
        return
    with pytest.raises(Refused) as refused:
        do("minh", "catalogues.add", **wanted)
    assert refused.value.code == code


def test_a_nameless_entry_is_malformed(council: Council, do: Do):
    with pytest.raises(Refused, match="malformed"):
        do("minh", "catalogues.add", kind="position", name="  ")


def test_an_entry_is_corrected_and_the_same_again_is_silent(council: Council, do: Do):
    entry = do("minh", "catalogues.add", kind="position", name="Trưởng phòng")["entry_id"]

    do("minh", "catalogues.edit", entry_id=entry, name="Trưởng phòng, ban")
    do("minh", "catalogues.edit", entry_id=entry, name="Trưởng phòng, ban")

    assert names("position") == ["Trưởng phòng, ban"]
    assert [event for event, _ in told(council)] == ["catalogues.entry_added", "catalogues.entry_edited"]
    assert told(council)[1][1]["before"] == {"name": "Trưởng phòng"}


def test_an_authority_never_stands_above_itself(council: Council, do: Do):
    top = do("minh", "catalogues.add", kind="authority", name="UBND tỉnh")["entry_id"]
    below = do("minh", "catalogues.add", kind="authority", name="UBND xã", parent_id=top)["entry_id"]

    with pytest.raises(Refused, match="parent_in_circle"):
        do("minh", "catalogues.edit", entry_id=top, name="UBND tỉnh", parent_id=below)
    with pytest.raises(Refused, match="authority_has_others"):
        do("minh", "catalogues.retire", entry_id=top)

    do("minh", "catalogues.retire", entry_id=below)
    do("minh", "catalogues.retire", entry_id=top)
    with pytest.raises(Refused, match="entry_retired"):
        do("minh", "catalogues.restore", entry_id=below)


def test_a_retired_entry_is_offered_no_more_and_comes_back(council: Council, do: Do, at: Callable[..., None]):
    at(MORNING)
    entry = do("minh", "catalogues.add", kind="position", name="Trưởng thôn")["entry_id"]

    assert do("minh", "catalogues.retire", entry_id=entry) == do("minh", "catalogues.retire", entry_id=entry) == {}

    assert (names("position"), names("position", retired=True)) == ([], ["Trưởng thôn"])
    assert council.one(select(CatalogueEntry.retired_on)) == date(2026, 11, 23)
    with pytest.raises(Refused, match="entry_exists_retired"):
        do("minh", "catalogues.add", kind="position", name="trưởng thôn")
    with pytest.raises(Refused, match="entry_retired"):
        do("minh", "catalogues.move", entry_id=entry, to="up")

    do("minh", "catalogues.restore", entry_id=entry)
    do("minh", "catalogues.restore", entry_id=entry)
    assert names("position") == ["Trưởng thôn"]
    events = [event for event, _ in told(council)]
    assert events == ["catalogues.entry_added", "catalogues.entry_retired", "catalogues.entry_restored"]


def test_the_order_is_changed_one_place_at_a_time(council: Council, do: Do):
    one, two, three = (do("minh", "catalogues.add", kind="position", name=name)["entry_id"] for name in ("A", "B", "C"))

    do("minh", "catalogues.move", entry_id=three, to="up")
    do("minh", "catalogues.move", entry_id=one, to="down")
    do("minh", "catalogues.move", entry_id=two, to="down")  # it stands at the end already
    assert names("position") == ["C", "A", "B"]

    do("minh", "catalogues.move", entry_id=two, to="top")
    assert names("position") == ["B", "C", "A"]
    assert [event for event, _ in told(council)].count("catalogues.entries_ordered") == 3


def test_the_defaults_are_filled_in_once_and_harmless_twice(council: Council, do: Do):
    do("minh", "catalogues.add", kind="document_type", name="Tờ trình", abbreviation="TTr", style="state")

    added = do("admin", "catalogues.install_defaults")["added"]
    again = do("admin", "catalogues.install_defaults")["added"]

    assert sum(added.values()) == len(DEFAULTS) - 1
    assert again == {}
    assert [event for event, _ in told(council)].count("catalogues.filled") == 1
    with reading() as session:
        offered = {label for _, label in queries.choices(session, "document_type", style="party")}
        below = next(each for each in queries.entries(session, "authority") if each.name == "Văn phòng HĐND và UBND")
        assert queries.entry_of(session, below.parent_id or 0).name == "Ủy ban nhân dân xã, phường, đặc khu"
    assert "Kết luận (KL)" in offered
    assert "Công điện (CĐ)" not in offered


def test_a_new_installation_has_its_catalogues_from_the_first_body_on(council: Council, do: Do):
    do("admin", "organization.add_body", kind="committee", name="UBND xã mới", short_name="UBNDM", symbol_code="UBND")

    assert len(names("position")) == len([each for each in DEFAULTS if each.kind == "position"])
    assert names("position")[0] == "Bí thư Đảng ủy"


@pytest.mark.parametrize("stranger", ["lan", "hoa", "van", "dung", "truong", "khach"])
def test_only_the_office_and_the_administrator_change_the_catalogues(council: Council, do: Do, stranger: str):
    entry = do("minh", "catalogues.add", kind="position", name="Văn thư")["entry_id"]
    room = do("minh", "catalogues.add_room", name="Phòng 1")["room_id"]
    plan = {"rows": 1, "columns": 1, "cells": []}
    tries: dict[str, dict[str, Any]] = {
        "add": {"kind": "position", "name": "Vua"},
        "edit": {"entry_id": entry, "name": "Vua"},
        "retire": {"entry_id": entry},
        "restore": {"entry_id": entry},
        "move": {"entry_id": entry, "to": "up"},
        "install_defaults": {},
        "import_list": {"kind": "position", "csv": "Chức vụ\nVua"},
        "add_room": {"name": "Phòng 2"},
        "edit_room": {"room_id": room, "name": "Phòng 2"},
        "retire_room": {"room_id": room},
        "restore_room": {"room_id": room},
        "move_room": {"room_id": room, "to": "up"},
        "save_plan": {"room_id": room, "version": 0, "plan": plan},
    }

    assert {f"catalogues.{name}" for name in tries} == {name for name in REGISTRY if name.startswith("catalogues.")}
    for name, wanted in tries.items():
        with pytest.raises(Refused, match="forbidden"):
            do(stranger, f"catalogues.{name}", **wanted)
    assert names("position") == ["Văn thư"]


def test_an_entry_that_is_not_there_is_missing(council: Council, do: Do):
    with pytest.raises(Refused, match="not_found"):
        do("minh", "catalogues.edit", entry_id=99, name="X")


LIST = "Cơ quan ban hành;Viết tắt;Hệ thống;Cơ quan cấp trên\n"


def test_a_list_is_tried_first_and_then_imported_whole(council: Council, do: Do):
    wrong = LIST + "UBND xã;UBND;Nhà nước;UBND tỉnh\nUBND tỉnh;UBND;Chợ;\n;;;\nubnd XÃ;;Nhà nước;\nBan Lạ;B L;;Không có\n"

    tried = do("minh", "catalogues.import_list", kind="authority", csv=wrong)

    found = [(each["line"], each["code"]) for each in tried["problems"]]
    assert found == [
        (2, "row_parent_later"),
        (3, "row_style_unknown"),
        (5, "row_entry_twice"),
        (6, "abbreviation_form"),
        (6, "row_parent_unknown"),
    ]
    with pytest.raises(Refused, match="import_has_problems"):
        do("minh", "catalogues.import_list", kind="authority", csv=wrong, dry_run=False)
    assert names("authority") == []

    right = LIST + "UBND tỉnh;UBND;Nhà nước;\nUBND xã;UBND;Nhà nước;UBND tỉnh\n"
    done = do("minh", "catalogues.import_list", kind="authority", csv=right, dry_run=False)
    assert (done["count"], names("authority")) == (2, ["UBND tỉnh", "UBND xã"])
    assert told(council)[-1] == ("catalogues.filled", {"added": {"authority": 2}})
    assert council.all(select(CatalogueEntry.parent_id).order_by(CatalogueEntry.id)) == [None, 1]


def test_a_list_without_its_heading_or_its_lines_is_told_so(council: Council, do: Do):
    for text, code in (("Tên gọi khác\nX", "row_column_missing"), ("Chức vụ\n", "row_empty")):
        (problem,) = do("minh", "catalogues.import_list", kind="position", csv=text)["problems"]
        assert problem["code"] == code


def test_what_is_there_already_is_not_imported_again(council: Council, do: Do):
    do("minh", "catalogues.add", kind="position", name="Văn thư")

    (problem,) = do("minh", "catalogues.import_list", kind="position", csv="Chức vụ\nvan thu\n")["problems"]

    assert (problem["line"], problem["code"]) == (2, "entry_exists")


def test_where_positions_are_held_is_counted_by_the_words_on_file(council: Council, do: Do):
    for name in ("Chủ tịch HĐND", "Chủ tịch UBND", "Bí thư Đảng ủy"):
        do("minh", "catalogues.add", kind="position", name=name)

    with reading() as session:
        used = queries.positions_used(session)
        counts = {each.name: used.get(each.id, 0) for each in queries.entries(session, "position")}
    assert counts == {"Chủ tịch HĐND": 1, "Chủ tịch UBND": 1, "Bí thư Đảng ủy": 1}
