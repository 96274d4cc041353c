"""The report by body: its figures, sentences and readers; the same figures stand on the page and in every file."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pymupdf
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from meeting import jobs
from meeting.batch import Answer
from meeting.errors import Refused
from meeting.evaluation import report_files, service
from meeting.evaluation.models import RegisterRow
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Membership
from meeting.permissions import Role
from tests.conftest import MORNING, Council

Do = Callable[..., dict[str, Any]]
Ask = Callable[..., Answer]
Api = Callable[..., Any]
NINE_MONTHS = "from=2019-01-01&to=2019-09-30"


def code(answer: Answer) -> str:
    return str(answer.body.get("code", "ok"))


def register_of(party: int, notices: int, ward: int, ward_notices: int, year: int = 2026) -> str:
    lines = ["body,held_on,kind,notice_symbol,verdict"]
    for body, meetings, with_notice, symbol in (("Đảng ủy", party, notices, "TB/ĐU"), ("UBND", ward, ward_notices, "TB-UBND")):
        for number in range(meetings):
            day = f"{1 + number % 28:02d}/{1 + number % 9:02d}/{year}"
            notice = f"{number + 1}-{symbol}" if number < with_notice else ""
            lines.append(f"{body},{day},thường kỳ,{notice},đạt")
    return "\n".join(lines) + "\n"


@pytest.fixture
def loaded(council: Council, tmp_path: Path, at: Callable[..., None]) -> Path:
    """The ward's own figures of January to September 2019, as a register brings them (seed 000; B4)."""
    at(MORNING)
    file = tmp_path / "register.csv"
    file.write_text(register_of(56, 27, 20, 9, 2019), encoding="utf-8")
    assert service.import_file(file) == {"added": 76, "changed": 0, "unchanged": 0, "wrong": []}
    return file


SENTENCES = [
    "Đảng ủy tổ chức 56 cuộc, trong đó 27 cuộc có thông báo kết luận, không có cuộc họp chưa đạt yêu cầu.",
    "HĐND không tổ chức cuộc họp nào.",
    "UBND tổ chức 20 cuộc, trong đó 9 cuộc có thông báo kết luận, không có cuộc họp chưa đạt yêu cầu.",
]


def test_the_reference_figures_come_out_of_loaded_data(loaded: Path, api: Api) -> None:
    _, answer = api("admin").get(f"/reports/meetings?{NINE_MONTHS}")

    names = ("body", "meetings", "with_notice", "not_meeting_requirements", "ungraded", "meeting_requirements", "regular")
    assert [tuple(row[name] for name in names) for row in answer["data"]] == [
        ("Đảng ủy", 56, 27, 0, 0, 56, 56),
        ("HĐND", 0, 0, 0, 0, 0, 0),
        ("UBND", 20, 9, 0, 0, 20, 20),
    ]
    assert [row["shares"]["notice"]["percent"] for row in answer["data"]] == ["48,21%", None, "45%"]
    assert answer["sentences"] == SENTENCES


def test_the_page_and_all_files_say_the_same_figures(loaded: Path, client: Callable[[str], FlaskClient]) -> None:
    admin = client("admin")
    page = admin.get(f"/reports?{NINE_MONTHS}").get_data(as_text=True)
    table = admin.get(f"/reports/meetings.csv?{NINE_MONTHS}").get_data().decode("utf-8-sig").splitlines()
    book = load_workbook(BytesIO(admin.get(f"/reports/meetings.xlsx?{NINE_MONTHS}").get_data()))
    document = docx.Document(BytesIO(admin.get(f"/reports/meetings.docx?{NINE_MONTHS}").get_data()))
    paper = pymupdf.open(stream=admin.get(f"/reports/meetings.pdf?{NINE_MONTHS}").get_data(), filetype="pdf")
    printed = " ".join(" ".join(leaf.get_text().split()) for leaf in paper)
    written = "\n".join(paragraph.text for paragraph in document.paragraphs)
    figures = [cell.text for cell in document.tables[-3].rows[2].cells]

    assert 'Đảng ủy tổ chức <b class="num">56</b> cuộc' in page
    assert "48,21%" in page
    assert table[1].startswith("Đảng ủy,56,56,0,0,0,27,56,")
    assert table[3].startswith("UBND,20,20,0,0,0,9,20,")
    summary = book.worksheets[1]
    assert [cell.value for cell in summary[2]][:8] == ["Đảng ủy", 56, 56, 0, 0, 0, 27, 56]
    assert summary.cell(2, 9).value == pytest.approx(27 / 56)
    assert summary.cell(2, 9).number_format == "0.00%"
    assert [cell.value for cell in summary[5]][:3] == ["Tất cả cơ quan", 76, 76]
    for sentence in SENTENCES:
        assert sentence in [row[0].value for row in book.worksheets[0].iter_rows()]
        assert sentence in written
        assert sentence in printed
    assert figures[:7] == ["Đảng ủy", "56", "56", "0", "0", "0", "27/56 (48,21%)"]
    assert "Đảng ủy 56 56 0 0 0 27/56 (48,21%)" in printed
    assert len(book.worksheets[-1]._charts) > 0
    assert len(document.inline_shapes) > 0


def test_a_workbook_prints_as_wide_as_the_paper_with_its_heads_on_every_page(
    loaded: Path, client: Callable[[str], FlaskClient]
) -> None:
    book = load_workbook(BytesIO(client("admin").get(f"/reports/meetings.xlsx?{NINE_MONTHS}").get_data()))

    assert all((sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0) for sheet in book.worksheets)
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book.worksheets)
    assert book.worksheets[1].print_title_rows == "$1:$1"
    assert book.worksheets[1].row_dimensions[1].height > 2 * book.worksheets[1].row_dimensions[2].height


def test_the_document_is_in_the_form_of_an_official_paper(loaded: Path, client: Callable[[str], FlaskClient]) -> None:
    content = client("admin").get(f"/reports/meetings.docx?{NINE_MONTHS}&body=UBND").get_data()
    document = docx.Document(BytesIO(content))
    heading = "\n".join(cell.text for cell in document.tables[0].rows[0].cells)

    assert "ỦY BAN NHÂN DÂN\nPHƯỜNG" in heading
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in heading
    assert document.tables[0].rows[1].cells[0].text.endswith("/BC-UBND")
    assert any(name.startswith("word/media/") for name in zipfile.ZipFile(BytesIO(content)).namelist())


def test_no_name_of_a_body_or_unit_becomes_a_formula(council: Council, client: Callable[[str], FlaskClient]) -> None:
    council.write(
        RegisterRow(body_id=council.body("UBND"), held_on=date(2026, 1, 5), kind='=HYPERLINK("x")', imported_at=MORNING)
    )

    book = load_workbook(BytesIO(client("minh").get("/reports/meetings.xlsx?from=2026-01-01&to=2026-12-31").get_data()))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert '\'=HYPERLINK("x")' in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)


def test_the_same_register_again_changes_nothing(council: Council, loaded: Path) -> None:
    again = service.import_file(loaded)

    assert again == {"added": 0, "changed": 0, "unchanged": 76, "wrong": []}
    assert council.one(select(func.count()).select_from(RegisterRow)) == 76
    told = council.all(select(Entry.facts).where(Entry.event == Event.REGISTER_IMPORTED.value))
    assert told == [{"added": 76, "changed": 0, "unchanged": 0}]


def test_a_dry_run_lists_what_is_wrong_and_saves_nothing(council: Council, tmp_path: Path, at: Callable[..., None]) -> None:
    at(MORNING)
    file = tmp_path / "register.csv"
    file.write_text("body,held_on,verdict\nUBND,03/03/2026,đạt\nUBNDX,40/03/2026,hay\n", encoding="utf-8")

    found = service.import_file(file, dry_run=True)

    assert [(wrong["line"], wrong["field"]) for wrong in found["wrong"]] == [(3, "body"), (3, "held_on"), (3, "verdict")]
    assert found["added"] == 1
    with pytest.raises(Refused) as refusal:
        service.import_file(file)
    assert refusal.value.code == "register_wrong"
    assert council.one(select(func.count()).select_from(RegisterRow)) == 0


def test_only_the_administrator_imports(ask: Ask) -> None:
    rows = [{"line": 2, "body": "UBND", "held_on": "2026-01-05"}]
    for username in ("lan", "minh", "hoa", "khach"):
        assert code(ask(username, "evaluation.import_register", rows=rows)) == "forbidden"
    assert ask("admin", "evaluation.import_register", rows=rows, dry_run=True).ok


def test_own_meetings_are_counted_with_the_register(council: Council, do: Do, api: Api, at: Callable[..., None]) -> None:
    at(MORNING)
    judged = council.meeting(state="held", starts_at=MORNING, notice_state="issued")
    council.meeting(state="held", starts_at=MORNING)
    council.meeting(state="issued", starts_at=MORNING)
    do("hung", "evaluation.grade", meeting_id=judged, verdict="not_met", reason="Không đủ thành phần")
    council.write(RegisterRow(body_id=council.body("UBND"), held_on=date(2026, 5, 4), verdict="met", imported_at=MORNING))

    _, answer = api("hung").get("/reports/meetings?from=2026-01-01&to=2026-12-31&body=UBND")

    (row,) = answer["data"]
    names = ("body", "meetings", "with_notice", "not_meeting_requirements", "ungraded", "meeting_requirements")
    assert tuple(row[name] for name in names) == ("UBND", 3, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("username", "bodies"),
    [("lan", ["Đảng ủy", "HĐND"]), ("hung", ["UBND"]), ("minh", ["HĐND", "UBND"]), ("admin", ["Đảng ủy", "HĐND", "UBND"])],
)
def test_everyone_reads_the_figures_of_their_own_bodies(api: Api, username: str, bodies: list[str]) -> None:
    _, answer = api(username).get("/reports/meetings")

    assert [row["body"] for row in answer["data"]] == bodies


@pytest.mark.parametrize("username", ["hoa", "dung", "khach"])
@pytest.mark.parametrize("kind", ["meetings", "leaders", "people", "rounds"])
def test_members_units_and_guests_read_no_report(
    api: Api, client: Callable[[str], FlaskClient], username: str, kind: str
) -> None:
    assert api(username).get(f"/reports/{kind}")[0] == 403
    assert client(username).get("/reports" if kind == "meetings" else f"/reports/{kind}").status_code == 403
    assert client(username).get(f"/reports/{kind}.xlsx").status_code == 403
    assert api(username).get("/reports/evidence/meetings/meetings")[0] == 403


@pytest.mark.parametrize("kind", ["leaders", "people", "rounds"])
def test_an_administrator_reads_figures_of_bodies_and_nothing_of_persons(
    council: Council, api: Api, client: Callable[[str], FlaskClient], kind: str
) -> None:
    council.meeting(state="held", starts_at=MORNING)

    assert api("admin").get("/reports/meetings")[0] == 200
    assert "/reports/evidence/" not in client("admin").get("/reports?from=2026-01-01&to=2026-12-31").get_data(as_text=True)
    assert api("admin").get(f"/reports/{kind}")[0] == 403
    assert api("admin").get("/reports/evidence/meetings/meetings")[0] == 403


def test_an_inspector_reads_every_report_with_its_evidence_and_changes_nothing(
    council: Council, at: Callable[..., None], api: Api, ask: Ask, client: Callable[[str], FlaskClient]
) -> None:
    at(MORNING)
    sent = {"person_id": council.person("khach"), "body_id": council.body("UBND"), "starts_on": date(2026, 1, 1)}
    council.write(Membership(role=Role.INSPECTOR, **sent))
    held = council.meeting(state="held", starts_at=MORNING)

    for kind in ("meetings", "units", "tasks", "leaders", "people", "rounds", "procedure"):
        assert api("khach").get(f"/reports/{kind}")[0] == 200, kind
        assert client("khach").get(f"/reports/{kind}.csv").status_code == 200, kind
    assert api("khach").get("/reports/evidence/meetings/meetings")[1]["total"] == 1
    assert api("khach").get(f"/meetings/{held}/procedure")[0] == 200
    assert api("khach").get("/reports/meetings?body=HĐND")[0] == 404
    assert code(ask("khach", "evaluation.grade", meeting_id=held, verdict="met")) == "forbidden"
    procedure = {"body_id": council.body("UBND"), "starts_on": "2026-01-01", "steps": []}
    assert code(ask("khach", "evaluation.keep_procedure", **procedure)) == "forbidden"


def test_a_body_of_others_is_not_to_be_known_of(api: Api) -> None:
    for kind in ("meetings", "tasks", "leaders", "people", "rounds"):
        assert api("hung").get(f"/reports/{kind}?body=Đảng ủy")[0] == 404
    assert api("hung").get("/reports/evidence/meetings/meetings?body=Đảng ủy")[0] == 404
    assert api("hung").get("/reports/meetings?from=yesterday")[0] == 422


def test_nonsense_is_not_found(api: Api, client: Callable[[str], FlaskClient]) -> None:
    assert api("minh").get("/reports/evidence/meetings/nonsense")[0] == 404
    assert api("minh").get("/reports/evidence/nonsense/meetings")[0] == 404
    assert api("minh").get("/reports/evidence/people/invited?person=999999")[0] == 404
    assert client("minh").get("/reports/meetings.exe").status_code == 404
    assert client("minh").get("/reports?period=2026-77").status_code == 200


# ---- large reports, by the worker ------------------------------------------------------------------------------------------


def test_a_large_report_is_made_by_the_worker(loaded: Path, do: Do, api: Api, client: Callable[[str], FlaskClient]) -> None:
    asked = {"kind": "meetings", "form": "xlsx", "since": "2015-01-01", "until": "2019-12-31"}

    key = do("admin", "evaluation.make_file", **asked)["key"]
    _, before = api("admin").get(f"/reports/files/{key}")
    waiting = client("admin").get(f"/reports/files/{key}").status_code
    jobs.run_waiting()
    _, after = api("admin").get(f"/reports/files/{key}")
    book = load_workbook(BytesIO(client("admin").get(f"/reports/files/{key}").get_data()))

    assert (before["percent"] < 100, waiting) == (True, 404)
    assert after == {"percent": 100, "name": "bao-cao-cuoc-hop-20150101-20191231.xlsx"}
    assert [cell.value for cell in book.worksheets[1][2]][:2] == ["Đảng ủy", 56]


def test_a_file_is_for_whoever_asked_for_it(loaded: Path, do: Do, api: Api, client: Callable[[str], FlaskClient]) -> None:
    key = do("minh", "evaluation.make_file", kind="tasks", form="csv", since="2015-01-01", until="2019-12-31")["key"]
    jobs.run_waiting()

    assert client("minh").get(f"/reports/files/{key}").status_code == 200
    assert api("admin").get(f"/reports/files/{key}")[0] == 404
    assert client("admin").get(f"/reports/files/{key}").status_code == 404
    assert client("minh").get("/reports/files/..%2F..%2Fmeeting.db").status_code == 404


def test_who_may_not_read_a_report_cannot_have_it_made(ask: Ask) -> None:
    days = {"form": "pdf", "since": "2026-01-01", "until": "2026-12-31"}

    assert code(ask("hoa", "evaluation.make_file", kind="meetings", **days)) == "forbidden"
    assert code(ask("khach", "evaluation.make_file", kind="tasks", **days)) == "forbidden"
    assert code(ask("dung", "evaluation.make_file", kind="people", **days)) == "forbidden"
    assert code(ask("admin", "evaluation.make_file", kind="rounds", **days)) == "forbidden"
    assert code(ask("hung", "evaluation.make_file", kind="meetings", body="Đảng ủy", **days)) == "not_found"
    assert code(ask("dung", "evaluation.make_file", kind="units", **days)) == "ok"


def test_a_file_nobody_fetched_goes_after_a_day(
    loaded: Path, do: Do, client: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"kind": "meetings", "form": "csv", "since": "2015-01-01", "until": "2019-12-31"}
    old = do("admin", "evaluation.make_file", **asked)["key"]
    jobs.run_waiting()
    monkeypatch.setattr(report_files, "KEPT_SECONDS", -1)

    do("admin", "evaluation.make_file", **asked)
    jobs.run_waiting()

    assert client("admin").get(f"/reports/files/{old}").status_code == 404
