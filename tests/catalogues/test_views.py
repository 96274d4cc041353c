"""The catalogues and rooms through their doors: pages, tables for Excel, and the API."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from meeting.catalogues.shapes import drawn
from tests.conftest import Council, Program

Do = Callable[..., dict[str, Any]]
Client = Callable[[str], FlaskClient]
Api = Callable[[str], Program]
PLAN = drawn("hall", rows=2, seats=4, heads=1, aisle=True).as_value()


@pytest.fixture
def filled(do: Do) -> int:
    """All catalogues as they are shipped, and a room with a plan; its id."""
    do("minh", "catalogues.install_defaults")
    room = do("minh", "catalogues.add_room", name="Hội trường", place="Tầng 3", capacity=50, equipment="Máy chiếu")["room_id"]
    do("minh", "catalogues.save_plan", room_id=room, version=0, plan=PLAN)
    return int(room)


def test_a_catalogue_is_searched_without_marks(council: Council, client: Client, filled: int):
    shown = client("minh").get("/catalogues/document-types?q=to trinh").get_data(as_text=True)

    listed = shown[shown.index("<main") :]  # the menu names resolutions too
    assert "Tờ trình" in listed
    assert "Nghị quyết" not in listed
    assert "Không tìm thấy" in client("minh").get("/catalogues/positions?q=xyz").get_data(as_text=True)


def test_everybody_reads_and_only_keepers_see_buttons(council: Council, client: Client, filled: int):
    for path in ("/catalogues/positions", "/catalogues/document-types", "/catalogues/authorities", "/rooms", f"/rooms/{filled}"):
        seen, kept = client("hoa").get(path), client("minh").get(path)
        assert (seen.status_code, kept.status_code) == (200, 200)
        assert "data-act=" not in seen.get_data(as_text=True)
        assert "data-act=" in kept.get_data(as_text=True)
    for path in ("/catalogues/positions/import", f"/rooms/{filled}/plan"):
        assert client("hoa").get(path).status_code == 403
        assert client("minh").get(path).status_code == 200
    assert client("").get("/rooms").status_code in (302, 401)


@pytest.mark.parametrize(
    "path", ["/catalogues/kings", "/catalogues/rooms", "/catalogues/positions?edit=999", "/rooms/99", "/rooms/99/plan"]
)
def test_what_is_not_there_is_not_found(council: Council, client: Client, path: str):
    assert client("minh").get(path).status_code == 404


def test_an_entry_shows_where_it_is_used_and_a_room_its_meetings(council: Council, client: Client, filled: int):
    meeting = council.meeting(room_id=filled)
    council.meeting(body="Đảng ủy", room_id=filled)

    shown = client("van").get(f"/rooms/{filled}").get_data(as_text=True)

    assert f"/meetings/{meeting}" in shown
    assert "Phiên họp Đảng ủy" not in shown


def test_the_form_of_a_person_offers_positions(council: Council, client: Client, filled: int):
    shown = client("admin").get("/people/new").get_data(as_text=True)

    assert '<option value="Phó Chủ tịch UBND">' in shown


def test_a_list_shows_every_line_with_its_fault(council: Council, client: Client, filled: int):
    browser = client("minh")
    asked = browser.get("/catalogues/positions/import").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', asked)
    assert token

    def sent(content: bytes, name: str) -> str:
        form = {"csrf_token": token[1], "file": (io.BytesIO(content), name)}
        return browser.post("/catalogues/positions/import", data=form).get_data(as_text=True)

    shown = sent("Chức vụ\nVăn thư\nThủ thư\n".encode(), "danh-sach.csv")
    assert "đã có trong danh mục" in shown
    assert "Thủ thư" in shown
    assert "Hợp lệ" in shown
    assert "Nhập 1 dòng" in sent("Chức vụ\nThủ thư\n".encode(), "danh-sach.csv")
    assert "form-error" in sent(b"PK\x03\x04 no workbook", "x.xlsx")


@pytest.mark.parametrize("name", ["positions", "document-types", "authorities", "rooms"])
def test_what_is_exported_can_be_read_back(council: Council, client: Client, do: Do, filled: int, name: str):
    csv = client("hoa").get(f"/catalogues/{name}/export.csv")
    book = load_workbook(io.BytesIO(client("hoa").get(f"/catalogues/{name}/export.xlsx").data))
    lines = csv.get_data().decode("utf-8-sig").splitlines()
    sheet = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]

    assert lines[0].split(";")[0] == sheet[0][0]
    assert len(lines) == len(sheet) > 1
    kind = {"positions": "position", "document-types": "document_type", "authorities": "authority", "rooms": "room"}[name]
    tried = do("minh", "catalogues.import_list", kind=kind, rows=sheet)
    assert {each["code"] for each in tried["problems"]} <= {"entry_exists", "room_exists"}
    assert client("hoa").get(f"/catalogues/{name}/sample.csv").status_code == 200
    assert client("hoa").get(f"/catalogues/{name}/export.exe").status_code == 404


def test_the_api_reads_and_changes_the_catalogues(council: Council, api: Api, filled: int):
    status, positions = api("hoa").get("/positions?q=bi thu&limit=1")
    assert (status, positions["data"][0]["name"], positions["next"]) == (200, "Bí thư Đảng ủy", "1")

    _, papers = api("hoa").get("/document-types?style=party&limit=200")
    assert "Kết luận" in {each["name"] for each in papers["data"]}
    assert all(each["style"] in ("", "party") for each in papers["data"])
    _, authorities = api("hoa").get("/authorities?q=van phong hdnd")
    assert authorities["data"][0]["parent"] == "Ủy ban nhân dân xã, phường, đặc khu"

    wanted = {"kind": "position", "name": "Trưởng ban quản lý chợ"}
    adding = {
        who: api(who).client.post("/api/v1/acts/catalogues.add", json=wanted, headers=api(who).headers) for who in ("hoa", "minh")
    }
    assert (adding["hoa"].status_code, adding["minh"].status_code) == (403, 200)
    added = adding["minh"].get_json()
    assert api("minh").act("catalogues.retire", entry_id=added["entry_id"])[0] == 200
    assert api("hoa").get("/positions?q=quan ly cho")[1]["data"] == []
    assert len(api("hoa").get("/positions?q=quan ly cho&retired=1")[1]["data"]) == 1


def test_the_api_reads_rooms_and_draws_plans(council: Council, api: Api, filled: int):
    _, rooms = api("khach").get("/rooms")
    assert [(each["name"], each["seats"], each["plan_version"]) for each in rooms["data"]] == [("Hội trường", 9, 1)]
    assert api("khach").get(f"/rooms/{filled}")[1]["plan"] == PLAN
    assert api("khach").get("/rooms/99")[0] == 404

    status, made = api("minh").get("/room-plans?shape=u&rows=4&seats=0&heads=3")
    assert (status, made["seats"]) == (200, 11)
    assert api("minh").get("/room-plans?shape=circle")[1]["code"] == "plan_shape_unknown"
    assert api("minh").get("/room-plans?shape=hall&rows=60")[1]["code"] == "plan_too_many_seats"
    assert api("minh").get("/room-plans?rows=many")[0] == 422
