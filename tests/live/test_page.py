"""The presenter's page: only accepted papers of the meeting, followed by all who may read them."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting import clock, database
from meeting.documents.models import File
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import state
from meeting.materials.models import Requirement, Submission
from tests.conftest import Council

Do = Callable[..., dict[str, Any]]


@pytest.fixture
def meeting(council: Council) -> int:
    """A UBND meeting in session."""
    return council.meeting(state="in_session")


@pytest.fixture
def paper(council: Council) -> Callable[..., int]:
    """Puts a paper of three pages on an item; returns its document id."""

    def put(meeting_id: int, item_id: int | None, version: str = "accepted") -> int:
        dung = council.person("dung")
        (file_id,) = council.write(
            File(
                sha256=secrets.token_hex(32),
                name="To trinh.pdf",
                media_type="application/pdf",
                size_bytes=1000,
                uploaded_by=dung,
                uploaded_at=clock.now(),
                state="ready",
                page_count=3,
                pages_done=3,
                refusal_facts={},
            )
        )
        (requirement_id,) = council.write(
            Requirement(
                meeting_id=meeting_id,
                item_id=item_id,
                unit_id=council.unit("kinh_te"),
                what="Tờ trình dự toán",
                due_at=clock.now(),
                asked_by=council.person("minh"),
                asked_at=clock.now(),
            )
        )
        council.write(
            Submission(
                requirement_id=requirement_id,
                number=1,
                file_id=file_id,
                sent_by=dung,
                received_at=clock.now(),
                late_minutes=0,
                state=version,
                published_at=clock.now() if version == "accepted" else None,
            )
        )
        return int(file_id)

    return put


def page(council: Council, username: str, meeting_id: int) -> Any:
    with database.reading() as session:
        return state.joined(session, meeting_id, council.actor(username))["state"]["page"]


def test_shown_page_is_on_every_screen(council: Council, do: Do, meeting: int, paper: Callable[..., int]) -> None:
    item = council.items(meeting)[0]
    document = paper(meeting, item)

    do("hung", "live.show_page", meeting_id=meeting, document_id=document, page=2)

    seen = page(council, "hoa", meeting)
    assert (seen["document_id"], seen["page"], seen["pages"], seen["title"]) == (document, 2, 3, "Tờ trình dự toán")
    last = council.one(select(Entry).where(Entry.chain == meeting).order_by(Entry.seq.desc()).limit(1))
    assert (last.event, last.facts) == ("live.page_shown", {"document_id": document, "page": 2})


def test_same_page_again_records_nothing_and_no_document_takes_it_off(
    council: Council, do: Do, meeting: int, paper: Callable[..., int]
) -> None:
    document = paper(meeting, council.items(meeting)[0])
    for _ in range(2):
        do("minh", "live.show_page", meeting_id=meeting, document_id=document, page=1)
    assert len(council.all(select(Entry.seq).where(Entry.event == "live.page_shown"))) == 1

    do("minh", "live.show_page", meeting_id=meeting)
    assert page(council, "hoa", meeting) is None


@pytest.mark.parametrize(("version", "number"), [("sent", 1), ("accepted", 4)])
def test_unaccepted_paper_and_missing_page_are_refused(
    council: Council, do: Do, meeting: int, paper: Callable[..., int], version: str, number: int
) -> None:
    document = paper(meeting, council.items(meeting)[0], version)

    with pytest.raises(Refused, match="page_unknown"):
        do("hung", "live.show_page", meeting_id=meeting, document_id=document, page=number)


def test_paper_of_another_meeting_is_refused(council: Council, do: Do, meeting: int, paper: Callable[..., int]) -> None:
    other = council.meeting()

    with pytest.raises(Refused, match="page_unknown"):
        do("hung", "live.show_page", meeting_id=meeting, document_id=paper(other, None), page=1)


def test_guest_of_other_items_does_not_see_the_page(council: Council, do: Do, meeting: int, paper: Callable[..., int]) -> None:
    first, second, _ = council.items(meeting)
    council.invite(meeting, "khach", item_ids=[second])

    do("hung", "live.show_page", meeting_id=meeting, document_id=paper(meeting, first), page=1)
    assert page(council, "khach", meeting) is None

    do("hung", "live.show_page", meeting_id=meeting, document_id=paper(meeting, second), page=1)
    assert page(council, "khach", meeting)["page"] == 1
