"""Notes put and removed: what is kept, what is refused, who hears of it."""

import re
import uuid
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from meeting import database
from meeting.agenda.models import Participant
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.notes.models import Note
from meeting.organization.identity import hashed
from meeting.organization.models import Group, GroupMember, Membership


def refused(do, *arguments, **wanted):
    with pytest.raises(Refused) as found:
        do(*arguments, **wanted)
    return found.value.code


def seen(api, who, file_id):
    status, answer = api(who).get(f"/documents/{file_id}/notes")
    return sorted(note["text"] for note in answer["data"]) if status == 200 else status


@pytest.fixture
def group(council):
    """A group of the UBND: Hoa and Tuấn."""
    (group_id,) = council.write(Group(body_id=council.body("UBND"), name="Tổ ngân sách", kind="other"))
    council.write(*(GroupMember(group_id=group_id, person_id=council.person(who)) for who in ("hoa", "tuan")))
    return group_id


def test_a_note_is_kept_as_it_was_sent(api, paper):
    key = str(uuid.uuid4())
    anchor = {
        "quote": {"exact": "trường mầm non", "prefix": "của", "suffix": ","},
        "boxes": [[80, 100, 200.04, 116]],
        "at": [5, 6.25],
    }

    answer = paper.put(key=key, kind="highlight", page=1, color="green", text="Phòng nào?", anchor=anchor)

    assert answer == {"key": key, "revision": 1, "conflict": False, "kept_key": None, "kept_revision": None}
    status, found = api("hoa").get(f"/documents/{paper.file_id}/notes")
    (note,) = found["data"]
    assert status == 200
    assert {name: note[name] for name in ("key", "kind", "page", "color", "text", "shared", "mine", "lost", "revision")} == {
        "key": key, "kind": "highlight", "page": 1, "color": "green", "text": "Phòng nào?", "shared": "me", "mine": True,
        "lost": False, "revision": 1,
    }  # fmt: skip
    assert note["anchor"] == {**anchor, "boxes": [[80, 100, 200, 116]], "at": [5, 6.2]}
    assert note["person"]["name"] == "Ông Phan Thị Hoa"


def test_ink_keeps_a_decimal_and_the_pressure(paper):
    paper.put(kind="ink", text="", strokes=[{"points": [[10.04, 20.06, 500], [1200, -3, 1000]], "width": 4}])

    assert paper.notes()[0].strokes == [{"points": [[10, 20.1, 500], [1000, 0, 1000]], "width": 4}]


def test_the_same_content_twice_is_harmless(paper):
    key = str(uuid.uuid4())
    first = paper.put(key=key)

    assert paper.put(key=key) == first
    assert paper.put(key=key.upper()) == first
    assert [note.revision for note in paper.notes()] == [1]


def test_two_devices_of_one_person_keep_both(paper):
    key = str(uuid.uuid4())
    paper.put(key=key, text="một")
    paper.put(key=key, base_revision=1, text="hai, trên máy này")

    answer = paper.put(key=key, base_revision=1, text="hai, trên máy kia")

    assert (answer["revision"], answer["conflict"], answer["kept_revision"]) == (2, True, 1)
    assert [(note.text, note.conflict_of) for note in paper.notes()] == [("hai, trên máy này", None), ("hai, trên máy kia", key)]
    assert paper.put(key=key, base_revision=1, text="hai, trên máy kia") == answer
    assert len(paper.notes()) == 2


def test_a_removed_note_comes_back_by_undo(paper):
    key = str(uuid.uuid4())
    paper.put(key=key, text="riêng")

    gone = paper.do("hoa", "notes.remove", file_id=paper.file_id, key=key, base_revision=1)
    again = paper.do("hoa", "notes.remove", file_id=paper.file_id, key=key, base_revision=1)

    assert gone == again == {"key": key, "revision": 2, "removed": True, "conflict": False}
    assert [(note.text, note.anchor) for note in paper.notes()] == [("", {"boxes": []})]
    assert paper.put(key=key, base_revision=2, text="riêng")["revision"] == 3
    assert paper.notes()[0].removed_at is None


def test_what_was_changed_elsewhere_is_not_removed(api, paper):
    key = str(uuid.uuid4())
    paper.put(key=key, text="một")
    paper.put(key=key, base_revision=1, text="hai")

    answer = paper.do("hoa", "notes.remove", file_id=paper.file_id, key=key, base_revision=1)

    assert answer == {"key": key, "revision": 2, "removed": False, "conflict": True}
    assert seen(api, "hoa", paper.file_id) == ["hai"]


@pytest.mark.parametrize(
    ("who", "wanted", "code"),
    [
        ("khach", {}, "not_found"),
        ("lan", {}, "not_found"),
        ("admin", {}, "not_found"),
        ("hoa", {"page": 99}, "no_such_page"),
        ("hoa", {"kind": "highlight", "anchor": {}}, "passage_missing"),
        ("hoa", {"kind": "ink"}, "ink_empty"),
        ("hoa", {"shared": "group", "group_id": 1}, "note_group_unknown"),
        ("hoa", {"file_id": 999}, "not_found"),
        ("hoa", {"key": "no-uuid"}, "malformed"),
        ("hoa", {"kind": "stamp"}, "malformed"),
        ("hoa", {"color": "mauve"}, "malformed"),
        ("hoa", {"text": "x" * 20_001}, "malformed"),
        ("hoa", {"anchor": {"at": [float("nan"), 1]}}, "malformed"),
        ("dung", {"shared": "meeting"}, "forbidden"),
    ],
)
def test_what_is_refused(paper, who, wanted, code):
    with pytest.raises(Refused) as found:
        paper.put(who, **wanted)

    assert found.value.code == code
    assert paper.notes() == []


def test_others_may_not_remove_a_note_or_write_into_it(paper):
    key = str(uuid.uuid4())
    paper.put(key=key, shared="meeting")

    assert refused(paper.do, "tuan", "notes.remove", file_id=paper.file_id, key=key) == "not_found"
    paper.put("tuan", key=key, text="của Tuấn")  # the same key of another person is another note

    assert [note.text for note in paper.notes("hoa")] == ["Hỏi ngõ 91"]


def test_a_private_note_is_seen_by_nobody_else(api, client, council, paper, caplog):
    before = council.all(select(Entry.id))

    paper.put(text="Điều riêng tư")

    assert [seen(api, who, paper.file_id) for who in ("hoa", "tuan", "hung", "minh", "dung")] == [
        ["Điều riêng tư"],
        [],
        [],
        [],
        [],
    ]
    assert [seen(api, who, paper.file_id) for who in ("khach", "admin")] == [404, 404]
    assert council.all(select(Entry.id)) == before
    assert "Điều riêng tư" not in caplog.text
    assert "Điều riêng tư" not in str(api("minh").get("/search?q=Điều riêng tư")[1]["data"])
    meeting_id = paper.desk.meeting_id
    for who in ("tuan", "minh", "hung", "admin"):
        assert "Điều riêng tư" not in client(who).get(f"/meetings/{meeting_id}").text
        assert "Điều riêng tư" not in client(who).get(f"/meetings/{meeting_id}/notes").text


def test_a_private_note_stands_in_its_own_table_alone(paper):
    paper.put(text="Điều riêng tư")

    with database.reading() as session:
        names = [row[0] for row in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        holding = [name for name in names if "Điều riêng tư" in str(session.execute(text(f'SELECT * FROM "{name}"')).all())]
    assert holding == ["page_note"]


def test_others_private_notes_do_not_move_the_version(api, paper):
    def version(who):
        return api(who).get(f"/documents/{paper.file_id}/notes")[1]["version"]

    assert version("tuan") == 0
    paper.put()

    assert version("tuan") == 0
    assert version("hoa") > 0
    paper.put(shared="meeting")
    assert version("tuan") > 0


def test_the_version_only_grows(api, paper):
    key, versions = str(uuid.uuid4()), []
    steps = [("meeting", 0), ("me", 1), ("meeting", 2)]
    for shared, base in steps:
        paper.put(key=key, shared=shared, base_revision=base)
        versions.append(api("tuan").get(f"/documents/{paper.file_id}/notes")[1]["version"])

    assert versions == sorted(set(versions))
    same = api("tuan").get(f"/documents/{paper.file_id}/notes?since={versions[-1]}")[1]
    assert same == {"data": [], "version": versions[-1], "same": True}


def test_a_note_shared_with_the_meeting_is_read_by_its_readers_and_can_be_taken_back(api, council, paper):
    key = str(uuid.uuid4())
    version = council.one(text("SELECT version FROM live_version"))

    paper.put(key=key, shared="meeting")

    assert council.one(text("SELECT version FROM live_version")) > version
    assert [seen(api, who, paper.file_id) for who in ("tuan", "hung", "minh")] == [["Hỏi ngõ 91"]] * 3
    assert [seen(api, who, paper.file_id) for who in ("khach", "lan", "admin")] == [404] * 3
    assert api("tuan").get(f"/documents/{paper.file_id}/notes")[1]["data"][0]["mine"] is False
    paper.put(key=key, shared="me", base_revision=1)
    assert [seen(api, who, paper.file_id) for who in ("hoa", "tuan")] == [["Hỏi ngõ 91"], []]
    facts = {"file_id": paper.file_id, "page": 1, "kind": "sticky"}
    assert paper.told() == [("notes.shared", facts), ("notes.taken_back", facts)]


def test_removing_a_shared_note_takes_it_back(api, paper):
    key = str(uuid.uuid4())
    paper.put(key=key, shared="meeting")

    paper.do("hoa", "notes.remove", file_id=paper.file_id, key=key, base_revision=1)

    assert seen(api, "tuan", paper.file_id) == []
    assert [event for event, _ in paper.told()] == ["notes.shared", "notes.taken_back"]


def test_a_note_shared_with_a_group_is_read_by_its_members_only(api, council, paper, group):
    paper.put(shared="group", group_id=group)

    assert [seen(api, who, paper.file_id) for who in ("tuan", "hung", "minh")] == [["Hỏi ngõ 91"], [], []]
    assert api("tuan").get(f"/documents/{paper.file_id}/notes")[1]["data"][0]["group"] == "Tổ ngân sách"
    assert paper.told() == []


def test_who_leaves_a_group_no_longer_reads_its_notes(api, do, council, paper, group):
    paper.put(shared="group", group_id=group)
    do("minh", "organization.leave_group", group_id=group, person_id=council.person("tuan"))

    assert [seen(api, who, paper.file_id) for who in ("hoa", "tuan")] == [["Hỏi ngõ 91"], []]
    with pytest.raises(Refused, match="note_group_unknown"):
        paper.put("tuan", shared="group", group_id=group)


def test_a_dissolved_groups_notes_are_their_writers_alone(api, council, paper, group):
    paper.put(shared="group", group_id=group)

    council.update(Group, group, retired_on=date(2026, 1, 1))

    assert [seen(api, who, paper.file_id) for who in ("hoa", "tuan")] == [["Hỏi ngõ 91"], []]


def test_a_group_of_another_body_cannot_be_shared_with(council, paper):
    (other,) = council.write(Group(body_id=council.body("HĐND"), name="Ban Pháp chế", kind="committee"))
    council.write(GroupMember(group_id=other, person_id=council.person("hoa")))

    with pytest.raises(Refused, match="note_group_unknown"):
        paper.put(shared="group", group_id=other)


def test_a_guest_of_other_items_reads_none_of_it(api, council, paper):
    paper.put(shared="meeting")
    items = council.items(paper.desk.meeting_id)

    council.invite(paper.desk.meeting_id, "khach", item_ids=[items[0]])
    council.invite(paper.desk.meeting_id, "admin", item_ids=[items[1]])

    assert [seen(api, who, paper.file_id) for who in ("khach", "admin")] == [404, ["Hỏi ngõ 91"]]
    listed = api("khach").get(f"/meetings/{paper.desk.meeting_id}/notes")
    assert (listed[0], listed[1]["data"]) == (200, [])


def test_who_may_no_longer_open_the_paper_has_no_notes_on_it(api, council, do, paper):
    paper.put(shared="meeting")
    paper.put("tuan", text="của Tuấn")

    do("minh", "materials.take_back", requirement_id=paper.desk.requirement_id, reason="Sai số liệu")

    assert [seen(api, who, paper.file_id) for who in ("hoa", "tuan")] == [404, 404]
    assert api("hoa").get("/me/notes")[1]["data"] == []
    assert (
        refused(paper.do, "hoa", "notes.put", file_id=paper.file_id, key=str(uuid.uuid4()), kind="bookmark", page=1)
        == "not_found"
    )


def test_notes_on_a_paper_found_to_be_secret_are_erased_with_it(council, do, paper):
    paper.put(shared="meeting")
    paper.put("tuan", text="của Tuấn")
    council.update(File, paper.file_id, state="reading")

    do("system", "documents.refuse", file_id=paper.file_id, refusal="secret", refusal_facts={"level": "MẬT"})

    kept = council.all(select(Note))
    assert [(note.text, note.anchor, note.shared, note.removed_at is not None) for note in kept] == 2 * [
        ("", {"boxes": []}, "me", True)
    ]


def test_a_file_of_no_meeting_has_private_notes_only(paper):
    own = paper.file(uploader="hoa")

    assert paper.put(file_id=own)["revision"] == 1
    with pytest.raises(Refused, match="note_has_no_meeting"):
        paper.put(file_id=own, shared="meeting")


def test_notes_are_bounded(council, paper, monkeypatch):
    monkeypatch.setattr("meeting.notes.rules.MAX_NOTES", 2)
    keys = [str(uuid.uuid4()) for _ in range(3)]
    paper.put(key=keys[0])
    paper.put(key=keys[1])

    with pytest.raises(Refused, match="too_many_notes"):
        paper.put(key=keys[2])
    assert paper.put(key=keys[0], base_revision=1, text="đổi")["revision"] == 2
    paper.do("hoa", "notes.remove", file_id=paper.file_id, key=keys[1], base_revision=1)
    assert paper.put(key=keys[2])["revision"] == 1


def test_notes_go_through_the_api(api, paper):
    key = str(uuid.uuid4())
    wanted = {"file_id": paper.file_id, "key": key, "kind": "bookmark", "page": 1}

    assert api("hoa").act("notes.put", **wanted) == (
        200,
        {"ok": True, "key": key, "revision": 1, "conflict": False, "kept_key": None, "kept_revision": None},
    )
    assert api("khach").act("notes.put", **wanted)[0] == 404
    assert api("hoa").act("notes.put", **wanted, shared="everybody")[0] == 422
    assert api("hoa").act("notes.keep_carried", file_id=paper.file_id, notes=[])[0] == 403


# guests who came in by a personal link


@pytest.fixture
def visitor(app, council, do, paper):
    """Bình's telephone, after a tap on his personal link: a guest without an account."""
    meeting_id = paper.desk.meeting_id
    guest = {"full_name": "Trần Văn Bình", "honorific": "Ông", "position": "Tổ trưởng Tổ dân phố số 5", "phone": "0900000000"}
    person_id = do("minh", "invitations.add_guest", meeting_id=meeting_id, **guest)["person_id"]
    do("minh", "invitations.make_link", meeting_id=meeting_id, person_id=person_id, sha256=hashed("t" * 43))
    browser = app.test_client()
    assert browser.get(f"/g/{'t' * 43}").status_code == 303
    return browser


def sent_by(browser, name, **wanted):
    found = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/guest").text)
    heard = browser.post(f"/api/v1/acts/{name}", json=wanted, headers={"X-CSRFToken": found[1]})
    return heard.status_code, heard.get_json(force=True)


def test_a_guest_by_link_keeps_private_notes(api, visitor, paper):
    key = str(uuid.uuid4())
    wanted = {"file_id": paper.file_id, "key": key, "kind": "sticky", "page": 1, "text": "Của khách"}
    paper.put(shared="meeting", text="Cho mọi người")

    assert sent_by(visitor, "notes.put", **wanted)[0] == 200
    status, answer = sent_by(visitor, "notes.put", **wanted, shared="meeting", base_revision=1)
    assert (status, answer["code"]) == (409, "note_stays_private")

    shown = visitor.get(f"/api/v1/documents/{paper.file_id}/notes").get_json(force=True)
    assert sorted(note["text"] for note in shown["data"]) == ["Cho mọi người", "Của khách"]
    assert seen(api, "minh", paper.file_id) == ["Cho mọi người"]
    assert sent_by(visitor, "notes.remove", file_id=paper.file_id, key=key, base_revision=1)[0] == 200
    assert visitor.get(f"/api/v1/documents/{paper.file_id}/notes.jsonld").status_code == 404


def test_after_a_role_ends_nothing_is_read_or_written(api, council, paper):
    paper.put("hoa", shared="meeting")
    paper.put("hung", text="của chủ tịch")
    seats = council.all(select(Participant).where(Participant.person_id == council.person("hoa")))
    roles = council.all(select(Membership).where(Membership.person_id == council.person("hoa")))

    for row in [*seats, *roles]:
        with Session(database.database().writing) as session:
            session.delete(session.get_one(type(row), row.id))
            session.commit()

    assert seen(api, "hoa", paper.file_id) == 404
    assert api("hoa").get("/me/notes")[1]["data"] == []
    with pytest.raises(Refused, match="not_found"):
        paper.put("hoa")
    assert seen(api, "hung", paper.file_id) == ["Hỏi ngõ 91", "của chủ tịch"]
