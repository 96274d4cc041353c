"""Files made to do harm end in a clear sentence, harmlessly shown or refused; the worker goes on and its memory is bounded."""

import resource

import pytest
from sqlalchemy import select

from meeting import jobs
from meeting.documents import jobs as reading_jobs
from meeting.documents import ocr, office
from meeting.web.doors import say
from tests.documents.conftest import file_of, stored_bytes
from tests.documents.hostile import HOSTILE, READY, endless_drawing
from tests.documents.papers import LINES, paper, scanned, turned

PEAK_BYTES = 800_000_000  # of any process that touches a file; the limit of its addresses is 2 GiB


def peak() -> int:
    """The most memory that a process which ended ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def of_this_process() -> int:
    """The most that this process itself ever held, in bytes: a child is counted with as much until it runs its own program."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + 1_000_000


def needs_office(name: str) -> bool:
    return name in ("archive with a broken part", "entities without end", "paths in an archive", "letters without end")


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence_or_shown_without_harm(council, send, read_all, store, app, what):
    made, name, ends = HOSTILE[what]
    if needs_office(what) and not office.can_convert():
        pytest.skip("LibreOffice is not installed")
    before = peak()

    status, answer = send("dung", made(), name)
    if status == 200:
        read_all()
        file = file_of(council, answer["file_id"])
        with app.test_request_context():
            told = (file.refusal or file.state, say(file.refusal, file.refusal_facts) if file.refusal else "")
    else:
        assert (status, answer["ok"]) == (409, False)
        told = (answer["code"], answer["message"])

    assert told[0] in ends
    if told[0] != READY:
        assert len(told[1]) > 20
        assert "%(" not in told[1]
        assert stored_bytes(store) == []
    assert council.all(select(jobs.Job.state).where(jobs.Job.state != "done")) == []
    assert peak() == before or peak() < max(PEAK_BYTES, of_this_process()), f"{peak() // 1_000_000} MB"


def test_there_are_more_than_thirty_of_them():
    assert len(HOSTILE) > 30


def test_a_page_that_would_be_drawn_for_ever_is_given_up_and_the_next_file_is_read(council, send, read_all, monkeypatch):
    monkeypatch.setattr(reading_jobs, "STALL_SECONDS", 3)
    _, hostile = send("dung", endless_drawing())
    _, good = send("dung", paper(1))

    read_all()

    states = {file_id: file_of(council, file_id).refusal for file_id in (hostile["file_id"], good["file_id"])}
    assert states == {hostile["file_id"]: "too_heavy", good["file_id"]: ""}


@pytest.mark.parametrize(
    ("sent_as", "kept_as"),
    [
        ("../../../../etc/cron.d/x.pdf", "x.pdf"),
        ("giay\u202emoi\u0007fdp.pdf", "giaymoifdp.pdf"),
        ("Báo cáo.docx", "Báo cáo.pdf"),
        ("Báo cáo", "Báo cáo.pdf"),
    ],
)
def test_a_name_is_cleaned_and_gets_the_ending_of_its_content(council, send, sent_as, kept_as):
    _, answer = send("dung", paper(1), sent_as)

    assert (answer["name"], file_of(council, answer["file_id"]).name) == (kept_as, kept_as)


@pytest.mark.skipif(not ocr.language(), reason="tesseract with Vietnamese is not installed")
def test_a_secret_mark_on_a_scan_that_stands_on_its_head_is_seen(council, send, read_all, store):
    _, answer = send("dung", turned(scanned(("TỐI MẬT", "", *[LINES[:60]] * 6))))

    read_all()

    assert file_of(council, answer["file_id"]).refusal == "secret"
    assert stored_bytes(store) == []
