"""A new version comes: everybody's notes come along, nothing is lost, nothing is done twice."""

import uuid

import pytest
from sqlalchemy import select

from meeting.acts import ActInput
from meeting.documents.models import File
from meeting.jobs import Job
from meeting.notes import carry_service
from meeting.permissions import SYSTEM
from meeting.writer import perform
from tests.notes.setting import BUDGET, CLOSING, PAPER, ROADS, SCHOOLS

LONGER = (PAPER[0], " ".join([BUDGET] * 3), CLOSING, *PAPER[1:])
WITHOUT_SCHOOLS = tuple(each for each in PAPER if each is not SCHOOLS)
OTHER = ("Biên bản làm việc về công tác phòng cháy, chữa cháy tại các khu dân cư.",)


def quote(exact):
    return {"quote": {"exact": exact, "prefix": "", "suffix": ""}}


def listed(api, who, file_id):
    return api(who).get(f"/documents/{file_id}/notes")[1]["data"]


def test_everybodys_notes_come_along(api, paper):
    first = paper.file_id
    paper.put("hoa", kind="highlight", anchor=quote("trường mầm non"), text="Phòng nào?", color="green")
    paper.put("tuan", kind="highlight", anchor=quote("trạm y tế"), text="", shared="meeting")
    paper.put("minh", text="Kiểm tra số liệu", anchor={"at": [900, 10]})

    second = paper.publish(LONGER, letters=60)

    assert sorted((note.person_id, note.kind, note.lost) for note in paper.notes()) == sorted(
        (note.person_id, note.kind, False) for note in paper.notes(file_id=first)
    )
    mine = next(note for note in listed(api, "hoa", second) if note["mine"])
    assert (mine["text"], mine["color"], mine["shared"], mine["revision"]) == ("Phòng nào?", "green", "me", 1)
    assert mine["carried_from"] == {"version": 1, "page": 1, "file_id": first}
    assert mine["anchor"]["quote"]["exact"] == "trường mầm non,"
    assert mine["anchor"]["boxes"] != []
    assert [note["shared"] for note in listed(api, "hoa", second) if not note["mine"]] == ["meeting"]
    assert len(listed(api, "hoa", first)) == 2  # the old version keeps its own


def test_what_lost_its_passage_is_listed_with_its_old_page(api, paper):
    first = paper.file_id
    paper.put(kind="highlight", anchor=quote("trường mầm non"), text="Phòng nào?")

    second = paper.publish(WITHOUT_SCHOOLS)

    (note,) = listed(api, "hoa", second)
    assert (note["lost"], note["page"], note["text"]) == (True, 1, "Phòng nào?")
    assert note["carried_from"] == {"version": 1, "page": 1, "file_id": first}


def test_a_lost_note_finds_its_passage_when_it_comes_back(api, paper):
    first = paper.file_id
    paper.put(kind="highlight", anchor=quote("trường mầm non"))
    second = paper.publish(WITHOUT_SCHOOLS)
    assert listed(api, "hoa", second)[0]["lost"]

    third = paper.publish(LONGER)

    (note,) = listed(api, "hoa", third)
    assert (note["lost"], note["anchor"]["quote"]["exact"]) == (False, "trường mầm non,")
    paper.publish(OTHER)
    (note,) = listed(api, "hoa", paper.file_id)
    assert (note["lost"], note["carried_from"]["file_id"]) == (True, third)
    assert first != third


def test_running_again_changes_nothing(council, paper):
    paper.put(kind="highlight")
    paper.put("tuan", kind="bookmark", text="")
    paper.publish(LONGER)
    before = [(note.id, note.revision, note.stamp) for note in paper.notes()]

    carry_service.run(paper.desk.requirement_id)
    carry_service.run(paper.desk.requirement_id)

    assert [(note.id, note.revision, note.stamp) for note in paper.notes()] == before
    assert len(before) == 2


def test_a_note_made_on_the_old_version_afterwards_comes_too(api, paper):
    first = paper.file_id
    second = paper.publish(LONGER)
    third = paper.publish((*LONGER, ROADS))

    paper.put(file_id=first, kind="highlight")
    paper.carry()

    assert [len(listed(api, "hoa", each)) for each in (first, second, third)] == [1, 1, 1]
    assert listed(api, "hoa", third)[0]["carried_from"] == {"version": 2, "page": 1, "file_id": second}


def test_one_job_waits_however_often_somebody_writes(council, paper):
    first = paper.file_id
    paper.publish(LONGER)

    for _ in range(5):
        paper.put(file_id=first)

    waiting = council.all(select(Job.id).where(Job.kind == "notes.carry", Job.state == "waiting"))
    assert len(waiting) == 1


def test_the_copy_follows_its_source_until_its_writer_touches_it(api, paper):
    first, key = paper.file_id, str(uuid.uuid4())
    paper.put(key=key, text="một")
    second = paper.publish(LONGER)
    paper.put(file_id=first, key=key, base_revision=1, text="hai")
    paper.carry()
    (copy,) = listed(api, "hoa", second)
    assert (copy["text"], copy["revision"]) == ("hai", 2)

    paper.put(file_id=second, key=copy["key"], base_revision=2, text="ba, trên bản mới", anchor=copy["anchor"])
    paper.put(file_id=first, key=key, base_revision=2, text="bốn, trên bản cũ")
    paper.carry()

    assert [note["text"] for note in listed(api, "hoa", second)] == ["ba, trên bản mới"]
    assert [note["text"] for note in listed(api, "hoa", first)] == ["bốn, trên bản cũ"]


def test_a_copy_removed_by_its_writer_does_not_come_back(api, paper):
    first, key = paper.file_id, str(uuid.uuid4())
    paper.put(key=key)
    second = paper.publish(LONGER)
    (copy,) = listed(api, "hoa", second)

    paper.do("hoa", "notes.remove", file_id=second, key=copy["key"], base_revision=1)
    paper.put(file_id=first, key=key, base_revision=1, text="vẫn ở bản cũ")
    paper.carry()

    assert listed(api, "hoa", second) == []
    assert len(listed(api, "hoa", first)) == 1


def test_a_note_removed_on_the_old_version_goes_from_the_new_one_and_undo_brings_both_back(api, paper):
    first, key = paper.file_id, str(uuid.uuid4())
    paper.put(key=key)
    second = paper.publish(LONGER)

    paper.do("hoa", "notes.remove", file_id=first, key=key, base_revision=1)
    paper.carry()
    assert listed(api, "hoa", second) == []

    paper.put(file_id=first, key=key, base_revision=2)
    paper.carry()
    assert [note["text"] for note in listed(api, "hoa", second)] == ["Hỏi ngõ 91"]


def test_a_removed_note_is_not_carried(paper):
    key = str(uuid.uuid4())
    paper.put(key=key)
    paper.do("hoa", "notes.remove", file_id=paper.file_id, key=key, base_revision=1)

    paper.publish(LONGER)

    assert paper.notes() == []


def test_a_version_taken_back_in_between_makes_no_double(api, do, paper):
    paper.put(kind="highlight")
    paper.publish(LONGER)
    do("minh", "materials.take_back", requirement_id=paper.desk.requirement_id, reason="Sai số liệu")

    third = paper.publish((*LONGER, ROADS))

    assert len(listed(api, "hoa", third)) == 1


def test_a_lost_note_can_be_put_in_place_by_hand(api, paper):
    paper.put(kind="highlight", anchor=quote("trường mầm non"), page=1)
    second = paper.publish(WITHOUT_SCHOOLS)
    (lost,) = listed(api, "hoa", second)

    paper.put(file_id=second, key=lost["key"], base_revision=1, kind="highlight", page=1, anchor=lost["anchor"], text="vẫn hỏi")
    assert listed(api, "hoa", second)[0]["lost"] is True
    paper.put(file_id=second, key=lost["key"], base_revision=2, kind="highlight", page=1, anchor=quote("trạm y tế"))

    (placed,) = listed(api, "hoa", second)
    assert (placed["lost"], placed["anchor"]["quote"]["exact"]) == (False, "trạm y tế")


def test_a_lost_note_on_a_page_the_new_version_has_not_can_still_be_written_in(paper):
    paper.publish(PAPER, lines=6)
    paper.put(kind="bookmark", page=3, text="xem lại")
    second = paper.publish(OTHER)
    (lost,) = paper.notes("hoa")

    answer = paper.put(file_id=second, key=lost.key, base_revision=1, kind="bookmark", page=3, text="đã xem")

    assert answer["revision"] == 2
    assert paper.notes("hoa")[0].lost


def test_notes_wait_for_a_version_whose_pages_are_still_read(api, council, paper):
    paper.put(kind="highlight")
    second = paper.publish(LONGER, carry=False)
    council.update(File, second, state="reading")
    paper.carry()
    assert paper.notes() == []

    perform(SYSTEM, "documents.ready", {"file_id": second})
    paper.carry()

    assert len(listed(api, "hoa", second)) == 1


def test_no_note_disappears_over_three_versions(council, paper):
    first = paper.file_id
    kinds = [
        {"kind": "highlight", "anchor": quote("trường mầm non")},
        {"kind": "highlight", "anchor": quote("chiếu sáng tại các điểm tối")},
        {"kind": "sticky", "anchor": {"at": [400, 300]}},
        {"kind": "ink", "text": "", "strokes": [{"points": [[100, 200, 500], [300, 230, 500]], "width": 4}]},
        {"kind": "bookmark", "text": ""},
    ]
    for who in ("hoa", "tuan", "hung"):
        for wanted in kinds:
            paper.put(who, **wanted)
    count = len(paper.notes(file_id=first))

    for version in (LONGER, OTHER, (*PAPER, ROADS)):
        paper.publish(version, letters=70)
        notes = paper.notes()
        assert len(notes) == count
        assert sum(note.lost for note in notes) + sum(not note.lost for note in notes) == count
        assert len({note.carried_from_id for note in notes}) == count


def test_carrying_tells_the_journal_nothing(paper):
    paper.put("tuan", shared="meeting")
    before = paper.told()

    paper.publish(LONGER)

    assert paper.told() == before


def test_only_the_worker_carries(do, paper):
    with pytest.raises(Exception, match="forbidden"):
        do("minh", "notes.keep_carried", file_id=paper.file_id, notes=[])
    assert issubclass(carry_service.CarriedInput, ActInput)


def test_notes_on_a_version_that_was_never_handed_out_come_along_to_their_writer_alone(api, do, paper):
    do("minh", "materials.return", requirement_id=paper.desk.requirement_id, reason="Bổ sung số liệu")
    inside = paper.file(("Số liệu nội bộ chưa công bố về khoản tạm ứng chín mươi chín tỷ đồng của phường",))
    do("dung", "materials.submit", requirement_id=paper.desk.requirement_id, file_id=inside)
    passage = quote("khoản tạm ứng chín mươi chín tỷ đồng")
    paper.put("minh", file_id=inside, kind="highlight", anchor=passage, shared="meeting", text="Chưa đúng")

    newest = paper.publish()

    seen = {who: api(who).get(f"/documents/{newest}/notes")[1]["data"] for who in ("minh", "hoa")}
    assert [(note["text"], note["shared"], note["lost"]) for note in seen["minh"]] == [("Chưa đúng", "me", True)]
    assert seen["hoa"] == []
