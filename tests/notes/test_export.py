"""Notes as Web Annotations, held against the MUSTs of the W3C model, and drawn into a copy of the paper."""

import re
import uuid
from datetime import datetime
from xml.etree import ElementTree

import pytest

from meeting.database import reading
from meeting.documents.models import File
from meeting.documents.overlays import overlays
from meeting.notes.annotations import CONTEXT, position_in
from tests.notes.setting import PAPER, SCHOOLS

ANNOTATION_MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking",
    "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
IRI = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$")


def many(value):
    """The model lets one value stand for a list of one."""
    return value if isinstance(value, list) else [value]


def check_annotation(found, embedded):
    """Web Annotation Data Model, sections 3.1 to 3.3: what an Annotation MUST have."""
    assert ("@context" in found) is not embedded  # once in a document
    assert isinstance(found["id"], str)
    assert IRI.match(found["id"])
    assert "Annotation" in many(found["type"])
    assert len(many(found["target"])) >= 1
    for body in many(found.get("body", [])):
        check_body(body)
    for motivation in many(found.get("motivation", [])):
        assert motivation in ANNOTATION_MOTIVATIONS
    for creator in many(found["creator"]):
        assert IRI.match(creator["id"])
        assert creator["type"] in ("Person", "Organization", "Software")
        assert creator["name"]
    for name in ("created", "modified"):
        assert isinstance(found[name], str)  # exactly one
        assert found[name].endswith("Z")
        datetime.fromisoformat(found[name])
    for target in many(found["target"]):
        check_target(target)
    if "stylesheet" in found:
        assert found["stylesheet"]["type"] == "CssStylesheet"


def check_body(body):
    """3.2.4: an embedded textual body MUST have exactly one value; format and language at most once."""
    assert body["type"] == "TextualBody"
    assert isinstance(body["value"], str)
    assert isinstance(body["format"], str)
    assert body["purpose"] in ANNOTATION_MOTIVATIONS


def check_target(target):
    """4: a SpecificResource MUST have exactly one source, an IRI or a resource with an IRI."""
    assert target["type"] == "SpecificResource"
    source = target["source"]
    assert IRI.match(source if isinstance(source, str) else source["id"])
    for selector in many(target["selector"]):
        check_selector(selector)
    if "styleClass" in target:
        assert isinstance(target["styleClass"], str)


def check_selector(selector):
    """4.2: each selector MUST have its type and exactly the values its kind asks for."""
    kind = selector["type"]
    if kind == "FragmentSelector":
        assert re.fullmatch(r"page=[1-9]\d*", selector["value"])
        assert IRI.match(selector["conformsTo"])
    elif kind == "TextQuoteSelector":
        assert isinstance(selector["exact"], str)
        assert selector["exact"]
        assert isinstance(selector.get("prefix", ""), str)
        assert isinstance(selector.get("suffix", ""), str)
    elif kind == "TextPositionSelector":
        assert isinstance(selector["start"], int)
        assert isinstance(selector["end"], int)
        assert 0 <= selector["start"] < selector["end"]
    elif kind == "SvgSelector":
        assert ElementTree.fromstring(selector["value"]).tag == "{http://www.w3.org/2000/svg}svg"
    else:
        raise AssertionError(kind)
    for refined in many(selector.get("refinedBy", [])):
        check_selector(refined)


def check_collection(found):
    """5.1 and 5.2: AnnotationCollection and AnnotationPage."""
    assert found["@context"] == CONTEXT
    assert IRI.match(found["id"])
    assert "AnnotationCollection" in many(found["type"])
    assert isinstance(found["label"], str)
    assert isinstance(found["total"], int)
    assert found["total"] >= 0
    check_page(found["first"], embedded=True)
    assert found["first"]["partOf"] == found["id"]


def check_page(found, embedded=False):
    assert ("@context" in found) is not embedded
    assert found["type"] == "AnnotationPage"
    assert IRI.match(found["id"])
    assert isinstance(found["items"], list)
    assert isinstance(found["startIndex"], int)
    assert found["startIndex"] >= 0
    for each in found["items"]:
        check_annotation(each, embedded=True)


def fetch(api, who, path):
    program = api(who)
    return program.client.get("/api/v1" + path, headers=program.headers)


@pytest.fixture
def noted(paper):
    """One note of each kind, and one that somebody else shares."""
    key = str(uuid.uuid4())
    anchor = {"quote": {"exact": "trường mầm non,", "prefix": "của", "suffix": "mua sắm"}, "boxes": [[80, 200, 300, 216]]}
    paper.put(key=key, kind="highlight", text="Phòng nào?", color="green", anchor=anchor)
    paper.put(kind="highlight", text="", anchor={"boxes": [[80, 200, 300, 216]]})
    paper.put(kind="sticky", text="Hỏi kinh phí", anchor={"at": [500, 300]})
    paper.put(kind="ink", text="", color="red", strokes=[{"points": [[100, 200.5, 500], [300, 230, 900]], "width": 4}])
    paper.put(kind="bookmark", text="", anchor={})
    paper.put("tuan", text="Của Tuấn", shared="meeting")
    paper.put("tuan", text="Riêng của Tuấn")
    return key


def test_the_export_of_a_document_is_a_valid_collection(api, paper, noted):
    heard = fetch(api, "hoa", f"/documents/{paper.file_id}/notes.jsonld")
    found = heard.get_json(force=True)

    assert heard.status_code == 200
    assert heard.headers["Content-Type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    check_collection(found)
    assert found["total"] == 6
    assert sorted(str(each["motivation"]) for each in found["first"]["items"]) == sorted(
        ["['highlighting', 'commenting']", "highlighting", "commenting", "highlighting", "bookmarking", "commenting"]
    )
    assert "Riêng của Tuấn" not in heard.text


def test_a_highlight_is_selected_by_page_quote_and_position(api, paper, noted):
    found = fetch(api, "hoa", f"/documents/{paper.file_id}/notes.jsonld").get_json(force=True)
    (note,) = [each for each in found["first"]["items"] if each["id"] == f"urn:uuid:{noted}"]

    selector = note["target"]["selector"]
    quote, position = selector["refinedBy"]

    text = " ".join(PAPER)
    assert selector["value"] == "page=1"
    assert quote["exact"] == "trường mầm non,"
    assert text[position["start"] : position["end"]] == "trường mầm non,"
    assert note["body"] == {
        "type": "TextualBody", "value": "Phòng nào?", "format": "text/plain", "language": "vi", "purpose": "commenting",
    }  # fmt: skip
    assert note["target"]["source"]["id"].endswith(f"/documents/{paper.file_id}")
    assert note["target"]["styleClass"] == "green"


def test_the_export_of_a_meeting_and_its_pages(api, paper, noted, monkeypatch):
    monkeypatch.setattr("meeting.notes.annotations.PAGE_SIZE", 4)
    path = f"/meetings/{paper.desk.meeting_id}/notes.jsonld"

    found = fetch(api, "hoa", path).get_json(force=True)
    check_collection(found)
    second = fetch(api, "hoa", path + "?page=1").get_json(force=True)
    check_page(second)

    assert (found["total"], len(found["first"]["items"]), len(second["items"])) == (6, 4, 2)
    assert found["first"]["next"].endswith("?page=1")
    assert found["last"].endswith("?page=1")
    assert (second["startIndex"], "next" in second, second["prev"][-7:]) == (4, False, "?page=0")


def test_strangers_get_no_export(api, paper, noted):
    assert fetch(api, "khach", f"/documents/{paper.file_id}/notes.jsonld").status_code == 404
    assert fetch(api, "khach", f"/meetings/{paper.desk.meeting_id}/notes.jsonld").status_code == 404


def test_an_empty_export_is_a_collection_too(api, paper):
    found = fetch(api, "hoa", f"/documents/{paper.file_id}/notes.jsonld").get_json(force=True)

    check_collection(found)
    assert (found["total"], found["first"]["items"]) == (0, [])


def test_a_lost_note_is_exported_with_the_version_that_has_its_passage(api, paper):
    first = paper.file_id
    paper.put(kind="highlight", anchor={"quote": {"exact": "trường mầm non"}})
    second = paper.publish(tuple(each for each in PAPER if each is not SCHOOLS))

    found = fetch(api, "hoa", f"/documents/{second}/notes.jsonld").get_json(force=True)

    check_collection(found)
    (note,) = found["first"]["items"]
    assert note["target"]["source"]["id"].endswith(f"/documents/{first}")


@pytest.mark.parametrize(
    ("text", "quote", "position"),
    [
        ("một hai ba", {"exact": "hai"}, (4, 7)),
        ("một hai\nba bốn", {"exact": "hai ba"}, (4, 10)),
        ("hai ba, hai bốn", {"exact": "hai", "prefix": "ba,", "suffix": "bốn"}, (8, 11)),
        ("hai ba, hai bốn", {"exact": "hai", "prefix": "", "suffix": "ba,"}, (0, 3)),
        ("một hai", {"exact": "ba"}, None),
        ("một hai", None, None),
        ("", {"exact": "ba"}, None),
    ],
)
def test_where_a_passage_stands_in_the_text_of_its_page(text, quote, position):
    assert position_in(text, quote) == position


def overlay(council, who, file_id):
    with reading() as session:
        return overlays.of(session, council.actor(who), session.get_one(File, file_id))


def test_only_own_notes_are_drawn_into_a_copy(council, paper, noted):
    drawn = overlay(council, "hoa", paper.file_id)

    assert [(each["kind"], each.get("number")) for each in drawn["pages"][1]] == [
        ("highlight", 1), ("highlight", None), ("sticky", 2), ("ink", None), ("bookmark", None),
    ]  # fmt: skip
    assert [(each["number"], each["text"], each["name"]) for each in drawn["sheet"]] == [
        (1, "Phòng nào?", "Ông Phan Thị Hoa"), (2, "Hỏi kinh phí", "Ông Phan Thị Hoa"),
    ]  # fmt: skip
    assert overlay(council, "hung", paper.file_id) is None


def test_a_lost_note_stands_on_the_sheet_only(council, paper):
    paper.put(kind="highlight", anchor={"quote": {"exact": "trường mầm non"}}, text="Phòng nào?")
    second = paper.publish(tuple(each for each in PAPER if each is not SCHOOLS))

    drawn = overlay(council, "hoa", second)

    assert drawn["pages"] == {}
    assert [each["text"] for each in drawn["sheet"]] == ["(Trang 1 của bản 1) Phòng nào?"]
