"""Files come in, are read by the worker, or are refused in a clear sentence."""

import os
from hashlib import sha256

import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.documents import jobs as reading_jobs
from meeting.documents import made, ocr, office
from meeting.documents.copies import copy_path
from meeting.documents.copies_models import Copy
from meeting.documents.jobs import messages
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.journal import Entry
from tests.documents.conftest import file_of, pages_of, stored_bytes
from tests.documents.papers import archive, encrypted, paper, scanned, with_script


def test_a_pdf_becomes_pages_with_text_boxes_and_images(council, sent, store):
    content = paper(3)

    file_id = sent("dung", content, "Báo cáo.pdf")

    file = file_of(council, file_id)
    assert (file.state, file.page_count, file.pages_done, file.name) == ("ready", 3, 3, "Báo cáo.pdf")
    assert file.sha256 == sha256(content).hexdigest()
    assert (store / "storage" / "files" / file.sha256[:2] / file.sha256).read_bytes() == content
    pages = pages_of(council, file_id)
    assert [(page.number, page.source, page.width, page.height) for page in pages] == [
        (number, "text", 595, 842) for number in (1, 2, 3)
    ]
    assert "Đây là trang số 2" in " ".join(pages[1].text.split())
    assert len(list((store / "storage" / "pages").rglob("*.png"))) == 9


def test_words_carry_their_boxes_in_thousandths_of_the_page(council, sent, api):
    file_id = sent("dung", paper(1, heading="QUYẾT ĐỊNH"))

    status, page = api("dung").get(f"/documents/{file_id}/pages/1")

    assert status == 200
    left, top, right, bottom, word = page["words"][0]
    assert (word, left, right > left, 60 < top < 90, bottom > top) == ("QUYẾT", 121, True, True, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\nthis is no PDF at all\n%%EOF", "broken"),
        (encrypted(), "encrypted"),
        (b"\x01\x02\x03 no kind of file at all", "wrong_kind"),
        (b"", "empty_file"),
        (with_script(), "active_content"),
        (archive(word__document=b"0" * 50_000_000), "unpacks_too_large"),
        (archive(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), "active_content"),
        (archive(readme=b"x"), "wrong_kind"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence_and_not_kept(council, send, store, content, code):
    status, answer = send("dung", content, "giay.pdf")

    assert (status, answer["code"], answer["ok"]) == (409, code, False)
    assert len(answer["message"]) > 20
    assert stored_bytes(store) == []


def test_a_truncated_pdf_never_fails_the_worker(council, send, read_all):
    status, _answer = send("dung", paper(3)[:4000])

    read_all()

    assert status in (200, 409)
    assert council.all(select(jobs.Job.state).where(jobs.Job.state == "failed")) == []


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secret_paper_leaves_only_who_when_and_fingerprint(council, send, read_all, store, mark):
    content = paper(2, heading=mark)

    status, answer = send("dung", content, "bi-mat-quan-su.pdf")
    read_all()

    assert status == 200
    file = file_of(council, answer["file_id"])
    assert (file.state, file.refusal, file.refusal_facts, file.name) == ("refused", "secret", {"level": mark}, "")
    assert (file.uploaded_by, file.sha256) == (council.person("dung"), sha256(content).hexdigest())
    assert pages_of(council, file.id) == []
    assert stored_bytes(store) == []
    told = council.all(select(Entry.facts).where(Entry.event == "documents.file_refused"))
    assert told == [{"file_id": file.id, "sha256": file.sha256, "code": "secret"}]
    assert "quan-su" not in str(council.all(select(Entry.facts)))


WORKERS = {
    "documents.begin": {"file_id": 1},
    "documents.counted": {"file_id": 1, "page_count": 1},
    "documents.page_made": {"file_id": 1, "number": 1, "width": 1, "height": 1, "text": "", "words": [], "source": "text"},
    "documents.described": {"file_id": 1, "outline": []},
    "documents.noted": {"file_id": 1, "notes": []},
    "documents.ready": {"file_id": 1},
    "documents.refuse": {"file_id": 1, "refusal": "secret"},
    "documents.keep": {"ticket": "x", "name": "x"},
    "documents.scanner_away": {"scanner": "x"},
    "documents.copy_begun": {"copy_id": 1},
    "documents.copy_told": {"copy_id": 1, "refusal": "copy_failed"},
    "documents.sweep_copies": {},
    "shelf.sweep": {},
    "notes.keep_carried": {"file_id": 1, "notes": []},
    "materials.keep_compared": {"comparison_id": 1, "start": 0, "pages": []},
    "materials.compared": {"comparison_id": 1, "state": "ready"},
}


@pytest.mark.parametrize("username", ["dung", "minh", "admin", "khach"])
def test_what_the_worker_tells_is_told_by_nobody_else(council, sent, ask, username):
    file_id = sent("dung", paper(1))

    codes = {name: ask(username, name, **wanted).body.get("code") for name, wanted in WORKERS.items()}

    assert codes == dict.fromkeys(WORKERS, "forbidden")
    assert (file_id, file_of(council, file_id).state) == (1, "ready")


def test_a_mark_found_late_takes_all_files_of_the_same_bytes_with_everything_made_of_them(council, do, sent, store):
    content = paper(2)
    earlier, later = (sent(who, content, f"{who}.pdf") for who in ("hoa", "dung"))
    council.update(File, earlier, outline=[{"title": "Kế hoạch", "page": 1, "level": 1}])
    council.update(File, later, state="reading")
    copy_id = do("hoa", "documents.ask_copy", file_id=earlier)["copy_id"]
    copy_path(copy_id).parent.mkdir()
    copy_path(copy_id).write_bytes(b"%PDF-")

    do("system", "documents.refuse", file_id=later, refusal="secret", refusal_facts={"level": "MẬT"})

    for file in (file_of(council, earlier), file_of(council, later)):
        assert (file.state, file.refusal, file.name, file.outline, file.signatures) == ("refused", "secret", "", None, None)
        assert pages_of(council, file.id) == []
    assert (stored_bytes(store), copy_path(copy_id).exists()) == ([], False)
    assert council.one(select(Copy.title)) == ""
    told = council.all(select(Entry.facts).where(Entry.event == "documents.file_refused").order_by(Entry.seq))
    assert [each["file_id"] for each in told] == [later, earlier]


def test_another_refusal_leaves_the_same_bytes_to_who_may_have_them(council, do, sent, store):
    content = paper(1)
    earlier, later = (sent(who, content, f"{who}.pdf") for who in ("hoa", "dung"))
    council.update(File, later, state="reading")

    do("system", "documents.refuse", file_id=later, refusal="too_heavy")

    assert [file_of(council, each).state for each in (earlier, later)] == ["ready", "refused"]
    assert len(stored_bytes(store)) == 4


def test_running_text_about_secrecy_is_no_mark(council, sent):
    file_id = sent("dung", paper(1, heading="Luật Bảo vệ bí mật nhà nước", text="Bảo đảm bảo mật, tài liệu mật được giữ riêng."))

    assert file_of(council, file_id).state == "ready"


@pytest.mark.skipif(not ocr.language(), reason="tesseract with Vietnamese is not installed")
def test_a_scan_is_read_by_recognition(council, sent):
    file_id = sent("dung", scanned(("THÔNG BÁO", "Kết luận của Chủ tịch", "về chỉnh trang vỉa hè")))

    (page,) = pages_of(council, file_id)
    assert page.source == "ocr"
    assert "Kết luận của Chủ tịch" in page.text
    assert file_of(council, file_id).recognised_pages == 1


@pytest.mark.skipif(not ocr.language(), reason="tesseract with Vietnamese is not installed")
def test_a_secret_mark_on_a_scan_is_seen(council, send, read_all, store):
    _, answer = send("dung", scanned(("TỐI MẬT", "", "Kế hoạch phòng thủ"), size=60))

    read_all()

    assert file_of(council, answer["file_id"]).refusal == "secret"
    assert stored_bytes(store) == []


@pytest.mark.skipif(not office.can_convert(), reason="LibreOffice is not installed")
def test_a_word_file_is_turned_into_pages(council, sent, shared):
    content = (shared / "legacy" / "hd-36-vptw-2018.docx").read_bytes()

    file_id = sent("dung", content, "huong-dan.docx")

    file = file_of(council, file_id)
    assert (file.state, file.page_count > 3) == ("ready", True)


def test_what_a_killed_worker_left_of_a_paper_is_removed(store, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(store))
    left, fresh, others = (store / name for name in ("meeting-office-1", "meeting-office-2", "office-of-others"))
    for folder in (left, fresh, others):
        folder.mkdir()
        (folder / "paper.docx").write_bytes(b"x")
    for old in (left, others):
        os.utime(old, (1, 1))

    reading_jobs.clear_incoming()

    assert [folder.exists() for folder in (left, fresh, others)] == [False, True, True]


def test_without_libreoffice_an_office_file_is_refused_plainly(council, send, monkeypatch, store):
    monkeypatch.setattr(office, "can_convert", lambda: False)

    status, answer = send("dung", archive(word__document=b"<w/>"))

    assert (status, answer["code"]) == (409, "office_not_possible")
    assert stored_bytes(store) == []


def test_reading_again_after_a_kill_gives_the_same_pages(council, send, read_all, do):
    _, answer = send("dung", paper(3))
    do("system", "documents.begin", file_id=answer["file_id"])
    do("system", "documents.counted", file_id=answer["file_id"], page_count=3)
    page = {"number": 1, "width": 1, "height": 1, "text": "cũ", "words": [], "source": "text"}
    do("system", "documents.page_made", file_id=answer["file_id"], **page)

    read_all()

    pages = pages_of(council, answer["file_id"])
    assert [page.number for page in pages] == [1, 2, 3]
    assert pages[0].text != "cũ"


def test_a_reading_process_that_stalls_is_ended(tmp_path):
    path = tmp_path / "slow.pdf"
    path.write_bytes(paper(3))

    with pytest.raises(Refused) as refused:
        list(messages(path, tmp_path / "pages", stall=0.01))

    assert refused.value.code == "too_heavy"


def test_nobody_claims_a_file_by_its_hash(council, ask, sent):
    file_id = sent("dung", paper(1))

    answer = ask("hoa", "documents.receive", ticket=file_of(council, file_id).sha256, name="x.pdf")

    assert (answer.ok, answer.body["code"]) == (False, "upload_unknown")


def test_a_guest_and_an_administrator_may_not_upload(send, store):
    assert [send(who, paper(1))[0] for who in ("khach", "admin")] == [403, 403]
    assert stored_bytes(store) == []


def test_only_the_worker_tells_of_pages(council, ask, sent):
    file_id = sent("dung", paper(1))

    assert ask("dung", "documents.refuse", file_id=file_id, refusal="broken").status == 403


def test_a_paper_the_system_made_is_kept_once(council, read_all):
    content = paper(2)

    first, second = made.keep(content, "07-TB-UBND.pdf"), made.keep(content, "07-TB-UBND.pdf")
    read_all()

    assert first == second
    assert (file_of(council, first).state, file_of(council, first).uploaded_by) == ("ready", None)


def test_the_journal_tells_that_a_file_came_and_was_read(council, sent):
    file_id = sent("dung", paper(2))

    told = council.all(select(Entry).where(Entry.event.like("documents.%")).order_by(Entry.seq))

    digest = file_of(council, file_id).sha256
    received = {"file_id": file_id, "sha256": digest, "size_bytes": len(paper(2)), "declared_not_secret": True}
    assert [(entry.event, entry.actor_id) for entry in told] == [
        ("documents.file_received", council.person("dung")),
        ("documents.file_ready", 0),
    ]
    assert {**told[0].facts, "size_bytes": 0, "sha256": ""} == {**received, "size_bytes": 0, "sha256": ""}
