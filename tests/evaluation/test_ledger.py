"""The punctuality ledger: who reads whose lines, and that every figure leads to its papers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from meeting.evaluation.models import PaperGrade
from meeting.materials.models import Extension, Requirement
from tests.conftest import Council
from tests.counting import asked

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
DUE = NOW - timedelta(days=2)
YEAR = "from=2026-01-01&to=2026-12-31"


def owed(council: Council, meeting_id: int, unit: str, late: int | None, **values: Any) -> int:
    """A paper first received so many minutes late; None: never."""
    received = None if late is None else DUE + timedelta(minutes=late or -60)
    known = {"what": f"Báo cáo của {unit}", "due_at": DUE, "asked_due_at": DUE, **values}
    (requirement_id,) = council.write(
        Requirement(
            meeting_id=meeting_id,
            unit_id=council.unit(unit),
            asked_by=council.person("minh"),
            asked_at=DUE - timedelta(days=9),
            state="asked" if late is None else "submitted",
            first_received_at=received,
            first_late_minutes=late,
            **known,
        )
    )
    return requirement_id


@pytest.fixture
def papers(council: Council, at: Callable[..., None]) -> dict[str, int]:
    """A held UBND meeting, its papers, and one of the Party."""
    at(NOW)
    ward = council.meeting("UBND", state="held", starts_at=NOW - timedelta(days=1))
    party = council.meeting("Đảng ủy", state="held", starts_at=NOW - timedelta(days=1))
    made = {
        "early": owed(council, ward, "kinh_te", 0),
        "late": owed(council, ward, "kinh_te", 120),
        "missing": owed(council, ward, "kinh_te", None),
        "other": owed(council, ward, "van_hoa", 0),
        "party": owed(council, party, "van_hoa", 45, what="Báo cáo của Đảng"),
        "last_year": owed(council, ward, "kinh_te", 5, asked_due_at=DUE - timedelta(days=400)),
        "waived": owed(council, ward, "kinh_te", None),
    }
    council.update(Requirement, made["waived"], state="waived")
    unit, chair = council.unit("kinh_te"), council.person("hung")
    graded = {"meeting_id": ward, "unit_id": unit, "graded_at": NOW, "graded_by_id": chair}
    council.write(
        PaperGrade(**graded, requirement_id=made["late"], verdict="not_met", reason="Thiếu số liệu"),
        PaperGrade(**graded, requirement_id=0, verdict="met"),
        Extension(
            requirement_id=made["early"],
            asked_by=council.person("dung"),
            asked_at=DUE,
            due_before=DUE,
            wanted_due_at=DUE,
            granted_due_at=DUE,
            reason="Chờ số liệu",
            state="granted",
        ),
    )
    return made


def figures(line: dict[str, Any]) -> tuple[int, ...]:
    return tuple(line[key] for key in ("asked", "on_time", "late", "missing", "granted", "graded", "not_met"))


def test_the_office_reads_the_lines_of_all_units_of_its_bodies(
    council: Council, papers: dict[str, int], api: Callable[..., Any]
) -> None:
    status, answer = api("minh").get(f"/reports/units?{YEAR}")

    assert status == 200
    assert {line["unit_id"]: figures(line) for line in answer["data"]} == {
        council.unit("kinh_te"): (3, 1, 1, 1, 1, 3, 1),
        council.unit("van_hoa"): (1, 1, 0, 0, 0, 0, 0),
    }


def test_a_unit_reads_its_own_line_and_no_other(council: Council, papers: dict[str, int], api: Callable[..., Any]) -> None:
    mine, other = council.unit("kinh_te"), council.unit("van_hoa")

    assert len(api("minh").get(f"/reports/units?{YEAR}")[1]["data"]) == 2  # there is another one
    assert [line["unit_id"] for line in api("dung").get(f"/reports/units?{YEAR}")[1]["data"]] == [mine]
    assert api("truong").get(f"/reports/units/{mine}?{YEAR}&figure=late")[0] == 200
    assert api("dung").get(f"/reports/units/{other}?{YEAR}")[0] == 404


def test_a_delegate_reads_nothing_of_the_ledger(papers: dict[str, int], api: Callable[..., Any]) -> None:
    assert api("tuan").get(f"/reports/units?{YEAR}")[0] == 403
    assert api("khach").get(f"/reports/units?{YEAR}")[0] == 403


def test_the_party_stays_with_the_party(council: Council, papers: dict[str, int], api: Callable[..., Any]) -> None:
    other = council.unit("van_hoa")

    _, of_party = api("lan").get(f"/reports/units/{other}?{YEAR}&body=Đảng ủy")
    _, of_ward = api("minh").get(f"/reports/units/{other}?{YEAR}")

    assert [paper["requirement_id"] for paper in of_party["papers"]] == [papers["party"]]
    assert [paper["requirement_id"] for paper in of_ward["papers"]] == [papers["other"]]


@pytest.mark.parametrize(
    ("figure", "behind"),
    [
        ("asked", ["late", "missing", "early"]),
        ("on_time", ["early"]),
        ("late", ["late"]),
        ("missing", ["missing"]),
        ("granted", ["early"]),
        ("not_met", ["late"]),
        ("returned", []),
    ],
)
def test_every_figure_leads_to_its_papers(
    council: Council, papers: dict[str, int], api: Callable[..., Any], figure: str, behind: list[str]
) -> None:
    status, answer = api("minh").get(f"/reports/units/{council.unit('kinh_te')}?{YEAR}&figure={figure}")

    assert status == 200
    assert [paper["requirement_id"] for paper in answer["papers"]] == [papers[name] for name in behind]


def test_an_administrator_reads_figures_and_no_papers(council: Council, papers: dict[str, int], api: Callable[..., Any]) -> None:
    assert len(api("admin").get(f"/reports/units?{YEAR}")[1]["data"]) == 2
    assert api("admin").get(f"/reports/units/{council.unit('kinh_te')}?{YEAR}")[0] == 404


def test_nonsense_is_not_found_or_says_what_is_wrong(council: Council, papers: dict[str, int], api: Callable[..., Any]) -> None:
    unit = council.unit("kinh_te")

    assert api("minh").get(f"/reports/units/{unit}?{YEAR}&figure=nonsense")[0] == 404
    assert api("minh").get("/reports/units/999999")[0] == 404
    assert api("minh").get("/reports/units?from=hôm qua")[0] == 422


def test_the_pages_and_the_files_say_the_same(
    council: Council, papers: dict[str, int], client: Callable[[str], FlaskClient]
) -> None:
    unit = council.unit("kinh_te")
    minh, dung = client("minh"), client("dung")

    page = minh.get(f"/reports/units?{YEAR}").get_data(as_text=True)
    proof = minh.get(f"/reports/units/{unit}?figure=late&{YEAR}").get_data(as_text=True)
    own = dung.get(f"/reports/units?{YEAR}").get_data(as_text=True)
    table = minh.get(f"/reports/units.csv?{YEAR}").get_data(as_text=True)

    assert "<b>33,33%</b>" in page
    assert f"/papers/owed/{papers['late']}" in proof
    assert f"/papers/owed/{papers['early']}" not in proof
    assert "Phòng Kinh tế" in own
    assert "Phòng Văn hóa" not in own
    assert len(table.strip().splitlines()) == 3
    assert minh.get(f"/reports/units.xlsx?{YEAR}").status_code == 200


@pytest.fixture
def queries() -> Iterator[list[str]]:
    """The statements that reading runs."""
    with asked() as heard:
        yield heard


def test_more_papers_need_no_more_queries(
    council: Council, papers: dict[str, int], api: Callable[..., Any], queries: list[str]
) -> None:
    address = f"/reports/units/{council.unit('kinh_te')}?{YEAR}"
    api("minh").get(address)
    queries.clear()
    api("minh").get(address)
    few = len(queries)
    meeting_id = council.one(Requirement.__table__.select().with_only_columns(Requirement.meeting_id))
    for _ in range(30):
        owed(council, meeting_id, "kinh_te", 7)
    queries.clear()

    _, answer = api("minh").get(address)

    assert len(answer["papers"]) == 33
    assert len(queries) == few
