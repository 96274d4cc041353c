"""What the tests of handing out ask for: papers with text, and every door through which a paper could be seen."""

import secrets
from typing import Any

from meeting import clock, database
from meeting.documents.models import File, Page, packed
from meeting.live import state
from meeting.search.finding import queries as found_by
from meeting.search.finding.queries import Asked

WORD = "ngánsáchvườnhoa"  # stands in every paper of these tests and nowhere else


def written(council: Any, *texts: str, by: str = "dung", source: str = "text") -> int:
    """A file with these pages, read by the worker (put there past it)."""
    (file_id,) = council.write(
        File(
            sha256=secrets.token_hex(32),
            name="To trinh.pdf",
            media_type="application/pdf",
            size_bytes=1000,
            uploaded_by=council.person(by),
            uploaded_at=clock.now(),
            state="ready",
            page_count=len(texts),
            pages_done=len(texts),
            refusal_facts={},
        )
    )
    rows = [
        Page(file_id=file_id, number=at, width=595, height=842, text=text, boxes=packed([]), source=source if text else "none")
        for at, text in enumerate(texts, start=1)
    ]
    council.write(*rows)
    return int(file_id)


def hand_in(desk: Any, *texts: str, publish: bool = True, **wanted: Any) -> int:
    """A version that the unit sent and the office accepted; an earlier one is returned first. Returns the file."""
    file_id = written(desk.council, *texts)
    put_right(desk)
    desk.send(file_id=file_id, **wanted)
    desk.do("minh", "materials.accept", requirement_id=desk.requirement_id, publish=publish)
    return file_id


def put_right(desk: Any) -> None:
    """The office asks for a better version of a paper that it has accepted."""
    if desk.requirement().state in ("accepted", "published"):
        desk.do("minh", "materials.return", requirement_id=desk.requirement_id, reason="Bổ sung số liệu")


def open_doors(council: Any, api: Any, client: Any, username: str, meeting_id: int, file_id: int) -> set[str]:
    """The doors through which somebody can see a paper: pages, API, bytes, images, lists, search (hits, counts, passages)."""
    found = set()
    reads = api(username)
    if reads.get(f"/documents/{file_id}")[0] == 200:
        found.add("api")
    if reads.get(f"/documents/{file_id}/pages/1")[0] == 200:
        found.add("text")
    if reads.get(f"/documents/{file_id}/find?q=trang")[0] == 200:
        found.add("find")
    browser = client(username)
    for name, path in (("viewer", ""), ("bytes", "/original"), ("image", "/pages/1")):
        if browser.get(f"/documents/{file_id}{path}").status_code == 200:
            found.add(name)
    listed = reads.get(f"/meetings/{meeting_id}/papers")[1].get("data", [])
    if any(paper["document_id"] == file_id for row in listed for paper in row["papers"]):
        found.add("list")
    if f"/documents/{file_id}" in browser.get(f"/meetings/{meeting_id}?tab=papers").text:
        found.add("meeting page")
    if f"/documents/{file_id}" in browser.get("/papers").text:
        found.add("reading page")
    with database.database().reads() as session:
        answer = found_by.search(session, council.actor(username), Asked(WORD))
        if answer.total or answer.kinds or answer.hits:
            found.add("search")
    return found


EVERY = {"api", "text", "find", "viewer", "bytes", "image", "list", "meeting page", "reading page", "search"}


def on_screen(council: Any, username: str, meeting_id: int) -> Any:
    """What the presenter's page says to somebody."""
    with database.database().reads() as session:
        return state.joined(session, meeting_id, council.actor(username))["state"]["page"]
