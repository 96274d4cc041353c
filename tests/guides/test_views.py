"""The pages and readable things of guides: each screen has its part, nobody sees another's remarks."""

import io

import pytest
from openpyxl import load_workbook

from meeting.guides import places
from meeting.web import nav
from tests.web.test_browser_pages import DELEGATE, SECRETARY

FILES = (".pdf", ".xlsx", ".ics", ".svg", ".zip", ".csv", ".json", ".docx", ".pem", ".crt", ".xml")
WITHOUT_FRAME = {
    "static",
    "documents",
    "copies",
    "reference",
    "source",
    "publicpage",
    "api",
    "voting_evidence",
    "speaking",
    "discussion",
    "healthz",
}


def test_every_page_has_its_part_of_a_guide(app):
    addresses = app.url_map.bind("localhost")
    named = {path: path.partition("?")[0] for path in dict.fromkeys([*SECRETARY, *DELEGATE])}
    for path in named.values():
        for sign in ("ID", "DRAFT", "HELD", "TYPE"):
            path = path.replace(f"/{sign}", "/1")
        endpoint, _values = addresses.match(path.replace("/CODE", "/abc"))
        assert places.is_known(endpoint), endpoint
    assert {each.endpoint for each in nav._entries.values() if not places.is_known(each.endpoint)} == set()


@pytest.mark.parametrize(
    ("username", "endpoint", "name", "anchor"),
    [
        ("hoa", "live.room", "member", "room"),
        ("lan", "live.console", "chair", "desk"),
        ("minh", "materials.board", "secretary", "papers"),
        ("minh", "live.desk", "secretary", "desk"),
        ("dung", "materials.submission", "unit", "papers"),
        ("van", "invitations.paper", "clerk", "invitations"),
        ("khach", "reading.viewer", "guest", "reading"),
        ("admin", "organization.people", "admin", "people"),
        ("hoa", "organization.people", "member", "start"),
        ("hoa", "no.such.page", "member", "start"),
    ],
)
def test_help_is_for_this_screen_and_this_person(client, username, endpoint, name, anchor):
    heard = client(username).get(f"/guides/here?endpoint={endpoint}")
    assert heard.status_code == 200
    assert f"/guides/{name}#{anchor}" in heard.get_data(as_text=True)


@pytest.mark.parametrize("username", ["hoa", "lan", "minh", "van", "dung", "khach", "admin"])
def test_guides_are_read_by_everybody(client, username):
    browser = client(username)
    for path in ("/guides", "/guides/member", "/guides/chair?language=en", "/feedback"):
        assert browser.get(path).status_code == 200
    assert browser.get("/guides/nobody").status_code == 404


def test_only_keepers_open_the_editor(client):
    assert client("hoa").get("/guides/member/edit").status_code == 403
    assert client("hoa").post("/guides/preview", data={"text": "x"}).status_code in (400, 403)
    assert client("minh").get("/guides/member/edit").status_code == 200
    assert client("minh").get("/guides/member/edit?version=7").status_code == 404


def test_nobody_reads_guides_without_signing_in(client):
    assert client("").get("/guides").status_code == 302
    assert client("").get("/guides/here").status_code == 302


def test_guides_and_remarks_are_readable_over_the_api(api):
    status, heard = api("hoa").get("/guides")
    assert status == 200
    assert heard["data"][0]["name"] == "member"
    assert heard["data"][0]["own"]
    status, heard = api("hoa").get("/guides/member")
    assert status == 200
    assert heard["shipped"]
    assert heard["sections"][0]["anchor"] == "start"
    assert api("hoa").get("/guides/member/versions")[0] == 403
    api("minh").act("guides.save", guide="member", text="# Mới\n\n## A {#start}\n1. Một", revision=0)
    assert [each["number"] for each in api("minh").get("/guides/member/versions")[1]["data"]] == [1]
    api("hoa").act("guides.give_feedback", kind="wish", text="Của Hoa")
    api("tuan").act("guides.give_feedback", kind="fault", text="Của Tuấn")
    assert [each["text"] for each in api("hoa").get("/feedback")[1]["data"]] == ["Của Hoa"]
    assert api("hoa").get("/feedback?all=1")[0] == 403
    assert {each["text"] for each in api("admin").get("/feedback?all=1")[1]["data"]} == {"Của Hoa", "Của Tuấn"}
    assert [each["text"] for each in api("admin").get("/feedback?all=1&kind=fault&state=new&q=tuấn")[1]["data"]] == ["Của Tuấn"]


def test_remarks_are_taken_away_as_a_table_without_formulas(client, do):
    do("hoa", "guides.give_feedback", kind="wish", text='=HYPERLINK("x")')
    assert client("hoa").get("/feedback.xlsx").status_code == 403
    book = load_workbook(io.BytesIO(client("admin").get("/feedback.xlsx").get_data()))
    row = list(book.active[2])
    assert [cell.data_type for cell in row if cell.value is not None] == ["s"] * sum(cell.value is not None for cell in row)
    assert "HYPERLINK" in str(row[4].value)
