"""Copies of papers for one reader: what stands on them, who gets them, how they end."""

import uuid
from datetime import timedelta

import pymupdf
import pytest
from sqlalchemy import select

from meeting import clock, jobs
from meeting.documents import copies_jobs
from meeting.documents.access import FINDERS, Place
from meeting.documents.copies import copy_path
from meeting.documents.copies_models import Copy
from meeting.documents.overlays import overlays
from meeting.errors import Refused
from meeting.journal import Entry
from tests.conftest import MORNING, SHARED
from tests.documents.papers import paper
from tests.documents.signing import signed
from tests.waiting import worked


@pytest.fixture
def shown(monkeypatch):
    """Lets everybody open every file as the room of papers would: `shown(takeable="copy")`."""
    place = {"title": "Tờ trình: dự toán / ngân sách", "back": "/"}

    def show(**values):
        place.update(values)

    monkeypatch.setattr("meeting.documents.access.FINDERS", [lambda *_given: Place(**place), *FINDERS])
    return show


@pytest.fixture
def ask_copy(api, read_all):
    """Asks for a copy over the API and lets the worker make it; returns what is told of it."""

    def ask(username, file_id, kind="stamped"):
        status, answer = api(username).act("documents.ask_copy", file_id=file_id, kind=kind)
        assert status == 200, answer
        read_all()
        return api(username).get(f"/copies/{answer['copy_id']}")[1]

    return ask


def fetched(api, username, address):
    return api(username).client.get(address, headers={"Authorization": f"Bearer token-{username}"})


def texts(content):
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return [page.get_text() for page in document]


def refusal(do, *given, **wanted):
    with pytest.raises(Refused) as refused:
        do(*given, **wanted)
    return refused.value.code


def test_each_page_of_a_copy_bears_name_office_and_time(sent, shown, ask_copy, api, at):
    file_id = sent("dung", paper(3))
    at(MORNING + timedelta(minutes=15))

    told = ask_copy("hoa", file_id)
    answer = fetched(api, "hoa", told["address"])

    assert (told["state"], told["pages_done"], told["page_count"]) == ("ready", 3, 3)
    assert all("Bản sao của ông Phan Thị Hoa" in each for each in texts(answer.data))
    assert all("Ủy viên UBND" in each and "08:15 23/11/2026" in each for each in texts(answer.data))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "B%E1%BA%A3n" not in answer.headers["Content-Disposition"]
    assert "Hoa.pdf" in answer.headers["Content-Disposition"]


def test_the_name_stands_upright_at_the_foot_of_turned_and_cut_pages(sent, shown, ask_copy, api):
    document = pymupdf.open()
    for turned in (0, 90, 180, 270):
        page = document.new_page(width=600, height=800)
        page.insert_text((100, 100), f"page {turned}")
        page.set_cropbox(pymupdf.Rect(50, 20, 550, 700))
        page.set_rotation(turned)
    told = ask_copy("hoa", sent("dung", document.tobytes()))

    copied = pymupdf.open(stream=fetched(api, "hoa", told["address"]).data, filetype="pdf")

    for page in copied:
        words = [pymupdf.Rect(word[:4]) * page.rotation_matrix for word in page.get_text("words") if word[4] in ("Hoa", "Thị")]
        assert len(words) == 2
        assert all(page.rect.height - 30 < word.y1 <= page.rect.height for word in words)
        assert words[0].x0 < words[1].x0


def test_a_copy_says_nothing_of_signatures_and_leaves_the_original_as_it_is(sent, shown, ask_copy, api):
    content = signed()
    file_id = sent("dung", content)

    copied = fetched(api, "hoa", ask_copy("hoa", file_id)["address"]).data

    with pymupdf.open(stream=copied, filetype="pdf") as document:
        assert document.is_form_pdf is False or not any(list(page.widgets()) for page in document)
    assert fetched(api, "dung", f"/documents/{file_id}/original").data == content


def test_only_its_asker_knows_of_a_copy(sent, shown, ask_copy, api):
    told = ask_copy("hoa", sent("dung", paper(1)))

    assert api("tuan").get(f"/copies/{told['id']}")[0] == 404
    assert fetched(api, "tuan", told["address"]).status_code == 404
    assert fetched(api, "minh", told["address"]).status_code == 404
    assert fetched(api, "hoa", told["address"]).status_code == 200


def test_a_stranger_gets_no_copy(sent, do):
    file_id = sent("dung", paper(1))

    assert refusal(do, "khach", "documents.ask_copy", file_id=file_id) == "not_found"
    assert refusal(do, "khach", "documents.ask_copy", file_id=99999) == "not_found"


def test_the_journal_says_who_took_a_copy_of_what(sent, shown, do, council):
    meeting_id = council.meeting()
    shown(meeting_id=meeting_id)
    file_id = sent("dung", paper(1))

    copy_id = do("hoa", "documents.ask_copy", file_id=file_id)["copy_id"]

    (entry,) = council.all(select(Entry).where(Entry.event == "documents.copy_asked"))
    told = {"copy_id": copy_id, "file_id": file_id, "kind": "stamped", "title": "Tờ trình: dự toán / ngân sách"}
    assert (entry.chain, entry.actor_id, entry.facts) == (meeting_id, council.person("hoa"), told)


def test_the_name_of_a_private_paper_stays_out_of_the_journal(sent, do, council):
    file_id = sent("hoa", paper(1), "rieng.pdf")

    do("hoa", "documents.ask_copy", file_id=file_id)

    (entry,) = council.all(select(Entry).where(Entry.event == "documents.copy_asked"))
    assert (entry.chain, set(entry.facts)) == (0, {"copy_id", "file_id", "kind"})


def test_asked_twice_while_it_is_made_it_is_one_copy(sent, shown, do, council):
    file_id = sent("dung", paper(1))

    first, second = (do("hoa", "documents.ask_copy", file_id=file_id) for _ in range(2))

    assert first == second
    assert len(council.all(select(Copy))) == 1
    assert len(council.all(select(Entry).where(Entry.event == "documents.copy_asked"))) == 1


@pytest.mark.parametrize(
    ("takeable", "asked", "original"),
    [("original", "", 200), ("copy", "", 409), ("none", "nothing_allowed", 409)],
)
def test_what_may_be_taken(sent, shown, do, api, takeable, asked, original):
    file_id = sent("dung", paper(1))
    shown(takeable=takeable)

    if asked:
        assert refusal(do, "hoa", "documents.ask_copy", file_id=file_id) == asked
    else:
        assert do("hoa", "documents.ask_copy", file_id=file_id)["copy_id"]
    assert fetched(api, "hoa", f"/documents/{file_id}/original").status_code == original
    assert api("hoa").get(f"/documents/{file_id}")[1]["takeable"] == takeable


def test_a_copy_is_not_given_when_it_is_no_longer_allowed(sent, shown, ask_copy, api):
    told = ask_copy("hoa", sent("dung", paper(1)))
    shown(takeable="none")

    answer = fetched(api, "hoa", told["address"])

    assert (answer.status_code, b"%PDF" in answer.data) == (409, False)


def test_a_paper_that_is_still_read_gives_no_copy_yet(send, shown, do, council):
    _, answer = send("dung", paper(1))
    assert refusal(do, "dung", "documents.ask_copy", file_id=answer["file_id"]) == "copy_not_yet"


def test_somebody_cannot_have_many_copies_made_at_once(sent, shown, do):
    files = [sent("dung", paper(1, heading=f"SỐ {number}")) for number in range(4)]
    for file_id in files[:3]:
        do("hoa", "documents.ask_copy", file_id=file_id)

    assert refusal(do, "hoa", "documents.ask_copy", file_id=files[3]) == "copies_waiting"
    assert do("tuan", "documents.ask_copy", file_id=files[3])["copy_id"]


def test_somebody_gets_a_bounded_number_of_copies_a_day(sent, shown, do, council):
    file_id = sent("dung", paper(1))
    row = {"file_id": file_id, "person_id": council.person("hoa"), "kind": "stamped", "state": "ready", "title": "", "bearer": ""}
    now = clock.now()
    council.write(*(Copy(**row, asked_at=now, expires_at=now + timedelta(hours=1)) for _ in range(40)))

    assert refusal(do, "hoa", "documents.ask_copy", file_id=file_id) == "copies_enough"


def test_after_a_day_a_copy_is_swept_away(sent, shown, ask_copy, api, at, council):
    at(MORNING)
    told = ask_copy("hoa", sent("dung", paper(1)))
    assert copy_path(told["id"]).exists()
    at(MORNING + timedelta(days=1, minutes=1))
    assert api("hoa").get(f"/copies/{told['id']}")[1]["state"] == "expired"
    assert fetched(api, "hoa", told["address"]).status_code == 409

    copies_jobs.sweep()
    copies_jobs.sweep()

    assert not copy_path(told["id"]).exists()
    assert [row.state for row in council.all(select(Copy))] == ["expired"]


def test_a_copy_that_cannot_be_made_says_so_and_the_worker_goes_on(sent, shown, ask_copy, monkeypatch, read_all):
    file_id = sent("dung", paper(1))
    monkeypatch.setattr(copies_jobs, "SECONDS", 0.01)

    told = ask_copy("hoa", file_id)

    assert (told["state"], told["refusal"], told["address"]) == ("refused", "copy_failed", None)
    assert told["message"].startswith("Không tạo được bản sao")
    monkeypatch.setattr(copies_jobs, "SECONDS", 60)
    assert ask_copy("hoa", file_id)["state"] == "ready"


def test_a_job_run_twice_makes_the_same_copy(sent, shown, ask_copy, api, council):
    told = ask_copy("hoa", sent("dung", paper(1)))

    copies_jobs.make_copy(told["id"])

    assert api("hoa").get(f"/copies/{told['id']}")[1] == told
    assert [path.name for path in copy_path(told["id"]).parent.iterdir()] == [f"{told['id']}.pdf"]


def test_for_printing_the_browser_opens_it(sent, shown, ask_copy, api):
    told = ask_copy("hoa", sent("dung", paper(1)))

    answer = fetched(api, "hoa", f"{told['address']}?print=1")

    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "no-store"


def test_notes_are_drawn_and_their_texts_follow_on_a_sheet(sent, shown, ask_copy, api, monkeypatch, council):
    file_id = sent("dung", paper(2))
    drawn = {
        "pages": {
            1: [
                {"kind": "highlight", "color": "yellow", "boxes": [[100, 100, 500, 120]]},
                {"kind": "ink", "color": "red", "strokes": [{"points": [[200, 600, 200], [400, 610, 900]], "width": 4}]},
                {"kind": "sticky", "color": "pink", "at": [900, 300], "number": 1},
            ],
            2: [{"kind": "bookmark", "color": "blue"}],
        },
        "sheet": [{"page": 1, "number": 1, "name": "Phan Thị Hoa", "text": "Đề nghị làm rõ nguồn vốn"}],
    }
    monkeypatch.setattr(
        overlays, "_provider", lambda _session, actor, _file: drawn if actor.person_id == council.person("hoa") else None
    )

    told = ask_copy("hoa", file_id, "noted")
    content = fetched(api, "hoa", told["address"]).data

    pages = texts(content)
    assert (len(pages), "Đề nghị làm rõ nguồn vốn" in pages[2], "Trang 1, số 1" in pages[2]) == (3, True, True)
    assert all("Phan Thị Hoa" in each for each in pages)
    with pymupdf.open(stream=content, filetype="pdf") as document:
        picture = document[0].get_pixmap(dpi=72)
        across, down = picture.width, picture.height
        assert picture.pixel(int(across * 0.3), int(down * 0.11))[2] < 210  # yellow lets the blue go
        red = picture.pixel(int(across * 0.3), int(down * 0.605))
        assert red[0] > red[1] + 60
    assert council.one(select(Copy.overlay)) is None
    assert "ghi%20ch" in fetched(api, "hoa", told["address"]).headers["Content-Disposition"]


def test_without_notes_there_is_nothing_to_draw(sent, shown, do, monkeypatch):
    file_id = sent("dung", paper(1))
    monkeypatch.setattr(overlays, "_provider", lambda *_given: None)

    assert refusal(do, "hoa", "documents.ask_copy", file_id=file_id, kind="noted") == "no_notes_in_it"


def test_strange_drawings_harm_nothing(sent, shown, ask_copy, monkeypatch):
    drawings = [
        {"kind": "highlight", "color": "?", "boxes": [[0, 0, 0, 0], [900, 900, 100, 100], [-50, -50, 5000, 5000]]},
        {"kind": "ink", "color": "ink", "strokes": [{"points": [], "width": 4}, {"points": [[5, 5, 500]], "width": 0}]},
        {"kind": "ink", "strokes": [{"points": [[1, 1], [2, 2]], "width": 9000}]},
        {"kind": "sticky", "at": [1000, 1000], "number": 1234, "color": "green"},
        {"kind": "unknown"},
    ]
    long = "x" * 4000 + "\n" + "Ý kiến " * 2000
    sheet = [{"page": 1, "number": 1, "name": "", "text": long}]
    monkeypatch.setattr(overlays, "_provider", lambda *_given: {"pages": {1: drawings, 99: drawings}, "sheet": sheet})

    assert ask_copy("hoa", sent("dung", paper(1)), "noted")["state"] == "ready"


def test_five_hundred_pages_are_copied_in_seconds_outside_the_web_process(sent, shown, ask_copy, api, council, monkeypatch):
    file_id = sent("dung", paper(1))
    long = pymupdf.open()
    source = pymupdf.open(stream=paper(10), filetype="pdf")
    for _ in range(50):
        long.insert_pdf(source)
    many = copy_path(0).with_name("many.pdf")
    many.parent.mkdir(parents=True)
    long.save(many)
    monkeypatch.setattr(copies_jobs, "pdf_of", lambda _file: many)

    began = worked()
    told = ask_copy("hoa", file_id)

    assert (told["state"], told["pages_done"]) == ("ready", 500)
    assert worked() - began < 20
    with pymupdf.open(copy_path(told["id"])) as document:
        assert all("Phan Thị Hoa" in page.get_text() for page in document)


@pytest.mark.parametrize(
    "name", ["gm-06-hdnd-tuan-giao-2020-signed.pdf", "tb-79-vpcp-2022-ket-luan-SCAN.pdf", "qd-779-ubnd-binh-thuan-2022.pdf"]
)
def test_real_papers_bear_the_name_on_each_page(tmp_path, name):
    path = SHARED / "pdf" / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    order = {"bearer": ["Bản sao của Phan Thị Hoa", "Ủy viên UBND", "08:15 23/11/2026"], "overlay": None}

    *_, told = copies_jobs._stamped(path, tmp_path, order)

    with pymupdf.open(tmp_path / "copy.pdf") as document:
        pages = [page.get_text() for page in document]
    assert told == {"ready": len(pages)}
    assert all("Bản sao của Phan Thị Hoa" in each and "08:15 23/11/2026" in each for each in pages)


def test_notes_written_in_the_viewer_come_into_the_copy_of_their_writer_alone(sent, shown, ask_copy, api, do):
    file_id = sent("dung", paper(2))
    strokes = [{"points": [[100.5, 500, 300], [300, 520.5, 800]], "width": 4}]
    notes = [
        {"kind": "sticky", "page": 2, "color": "pink", "text": "Hỏi lại số liệu năm 2025", "anchor": {"at": [500.5, 200]}},
        {"kind": "ink", "page": 1, "color": "blue", "strokes": strokes},
    ]
    for each in notes:
        do("hoa", "notes.put", file_id=file_id, key=str(uuid.uuid4()), **each)

    told = ask_copy("hoa", file_id, "noted")

    assert "Hỏi lại số liệu năm 2025" in texts(fetched(api, "hoa", told["address"]).data)[2]
    assert refusal(do, "tuan", "documents.ask_copy", file_id=file_id, kind="noted") == "no_notes_in_it"


def unbalanced():
    document = pymupdf.open(stream=paper(1), filetype="pdf")
    document.update_stream(document[0].get_contents()[0], b"2 0 0 2 100 100 cm q q BT (a) Tj ET")
    return document.tobytes()


def locked_against_change():
    return paper(1, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="chu", user_pw="", permissions=0)


def far_from_the_corner():
    document = pymupdf.open(stream=paper(1), filetype="pdf")
    document.xref_set_key(document[0].xref, "MediaBox", "[-100 -200 495 642]")
    return document.tobytes()


def narrow():
    document = pymupdf.open()
    document.new_page(width=120, height=2000)
    return document.tobytes()


@pytest.mark.parametrize("made", [unbalanced, locked_against_change, far_from_the_corner, narrow])
def test_odd_pages_bear_the_name_at_their_foot_too(tmp_path, made):
    (tmp_path / "odd.pdf").write_bytes(made())
    order = {"bearer": ["Bản sao của bà Phan Thị Hoa", "Ủy viên UBND", "08:15 23/11/2026"], "overlay": None}

    list(copies_jobs._stamped(tmp_path / "odd.pdf", tmp_path, order))

    with pymupdf.open(tmp_path / "copy.pdf") as document:
        (word,) = [each for each in document[0].get_text("words") if each[4] == "Hoa"]
        assert document[0].rect.height - 30 < word[3] <= document[0].rect.height


def test_making_copies_is_a_quick_job():
    assert jobs.lane_of("documents.make_copy") == "quick"
