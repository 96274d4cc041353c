"""The same content is thrown away by one and sent by another in the same moment: nobody loses what they sent."""

import io
import os
import time

import pytest
from sqlalchemy import select

from meeting.documents import jobs as reading_jobs
from meeting.documents import store as files
from meeting.documents import store_claims
from meeting.documents.models import File
from tests.documents.papers import paper


@pytest.fixture
def kept(do):
    """A file of Dũng's that stands nowhere; its id and its content."""
    content = paper(1, "TỜ TRÌNH")
    received = files.take_in(io.BytesIO(content))
    return do("dung", "documents.receive", ticket=received.ticket, name="a.pdf")["file_id"], content


def erased(council, file_id):
    """What throwing the file away does in the end: the row names nothing any more, its bytes are to go."""
    council.update(File, file_id, state="refused", refusal="file_gone")
    digest = council.one(select(File.sha256).where(File.id == file_id))
    files.erase(digest)
    return digest


def test_what_nobody_else_sends_goes_at_once(council, kept):
    digest = erased(council, kept[0])

    assert not files.file_path(digest).exists()
    assert store_claims.postponed() == []


def test_bytes_stay_while_somebody_sends_the_same_and_for_good_once_they_are_registered(council, kept, do):
    arriving = files.take_in(io.BytesIO(kept[1]))  # looked at, not registered yet
    digest = erased(council, kept[0])

    assert files.file_path(digest).read_bytes() == kept[1]
    assert store_claims.postponed() == [digest]

    do("truong", "documents.receive", ticket=arriving.ticket, name="b.pdf")
    reading_jobs.erase_postponed()

    assert files.file_path(digest).read_bytes() == kept[1]
    assert store_claims.postponed() == []


def test_bytes_go_when_the_other_upload_came_to_nothing(council, kept):
    arriving = files.take_in(io.BytesIO(kept[1]))
    digest = erased(council, kept[0])
    reading_jobs.erase_postponed()
    assert files.file_path(digest).exists()

    claim = store_claims._folder("claims") / f"{digest}.{arriving.ticket[:32]}"
    long_ago = time.time() - store_claims.CLAIM_SECONDS - 1
    os.utime(claim, (long_ago, long_ago))
    reading_jobs.erase_postponed()

    assert not files.file_path(digest).exists()
    assert not claim.exists()


def test_bytes_that_were_registered_just_before_stay(council, kept, do):
    """The act came between the decision and the erasing: the row is looked for again."""
    arriving = files.take_in(io.BytesIO(kept[1]))
    do("truong", "documents.receive", ticket=arriving.ticket, name="b.pdf")
    assert not store_claims.is_claimed(arriving.sha256)

    digest = erased(council, kept[0])

    assert files.file_path(digest).exists()


def test_a_state_secret_waits_for_nobody(council, kept):
    files.take_in(io.BytesIO(kept[1]))
    council.update(File, kept[0], state="refused", refusal="file_gone")
    digest = council.one(select(File.sha256).where(File.id == kept[0]))

    files.erase(digest, whoever_sends=True)

    assert not files.file_path(digest).exists()


def test_a_file_that_is_refused_at_once_leaves_no_claim(council, kept, do):
    received = files.take_in(io.BytesIO(paper(2, "KHÁC")))
    do("dung", "documents.receive", ticket=received.ticket, name="c.pdf", refusal="no_pages")

    assert not files.file_path(received.sha256).exists()
    assert not store_claims.is_claimed(received.sha256)
