"""Nothing that leaves the server before the close depends on what was chosen: two votes that differ in every choice look alike.

The same people vote in the same order at the same moments, once so and once the other way round; then everything that anybody
can read is compared: every resource, every page, every section of the live state for every audience, every person's own part,
and the store itself but for the ballots. What is equal in both tells no number by option, to anybody.
"""

import io
import re
import shutil
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Meeting
from meeting.batch import StoredAnswer
from meeting.live import state
from meeting.tables import Base
from meeting.voting.models import OpenBallot, QuestionLine, Receipt

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CROWD = 10
READERS = ("lan", "minh", "hoa", "khach", "dung")  # chair, desk, a member who chose the same both times, guest, officer
FILES = (".pdf", ".xlsx", ".docx", ".zip", ".csv", ".svg", ".png", ".ics")
AUDIENCES = ("member", "desk", "hall", "guest")
TURNED = {"for": "against", "against": "for", "abstain": "for"}
RANDOM = re.compile(rb'(nonce="[^"]*"|nonce-[\w-]+|csrf[-_]token"[^>]*|"csrf":\s*"[^"]*")')
TITLES: dict[str, list[str]] = {"matter": [], "paper": ["Một", "Hai", "Ba"], "election": ["Trần Văn An", "Lê Thị Bình"]}
VOTES = [
    ("secret", "matter", False),
    ("open", "matter", False),
    ("secret", "matter", True),
    ("open", "matter", True),
    ("secret", "paper", False),
    ("open", "paper", False),
    ("secret", "election", False),
]


def addresses(app, known):
    """Every address that answers to GET and can be filled in from what is known here."""
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= set(known) and rule.endpoint not in ("static", "source.archive"):
            found.add(app.url_map.bind("").build(rule.endpoint, {name: known[name] for name in rule.arguments}))
    return sorted(path for path in found if not path.startswith("/sign"))


def wanted(path, reader, whole):
    """Whether this reader looks there: wherever a meeting shows, elsewhere one of them; in files where votes could stand."""
    if path in ("/service-worker.js", "/metrics"):  # the second: how many acts of a name, how long, never what was in them
        return False
    votes, here = "question" in path or "vot" in path, "meetings/" in path or "items/" in path
    if path.endswith(FILES):
        return reader == "minh" and votes
    if not whole:
        return votes
    if path.startswith("/api/"):
        return votes or (reader != "dung" if here else reader == "minh")
    return votes or reader == "minh"


def page(client, path):
    """Status and body, without what is drawn anew for every answer."""
    heard = client.get(path)
    body = heard.data
    if heard.status_code == 200 and path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in sorted(book.namelist()) if not name.startswith("docProps"))
    return heard.status_code, RANDOM.sub(b"", body)


def seen(app, client, chamber, question, whole) -> dict[Any, Any]:
    """All that anybody can read now."""
    known = {"meeting_id": chamber.meeting_id, "question_id": question, "item_id": chamber.items[0]}
    every = addresses(app, known)
    told: dict[Any, Any] = {}
    for reader in READERS:
        browser = client(reader)
        told |= {(reader, path): page(browser, path) for path in every if wanted(path, reader, whole)}
    with database.reading() as session:
        meeting = session.get_one(Meeting, chamber.meeting_id)
        for audience in AUDIENCES:
            items = frozenset(chamber.items) if audience == "guest" else None
            told[audience] = state.sections(session, meeting, audience, items)
        actors = [chamber.actor(name) for name in (*READERS, *chamber.crowd)]
        told["me"] = state.personal(session, meeting, actors)
    told["health"] = page(client(""), "/healthz")
    return told


def rows(open_vote) -> dict[str, Any]:
    """The store, but for the ballots themselves (and, in an open vote, the digests by which a repeated request is known)."""
    left_out = {"sealed_ballot", "open_ballot", *(("stored_answer",) if open_vote else ())}
    with database.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in left_out]
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


def cast_all(chamber, question, form, lines, turned):
    """The crowd in a fixed order, so or the other way round; hoa and tuan always the same."""
    marks = ["for", "against", "for"] if form == "election" else ["for", "against", "abstain"]
    for place, name in enumerate([*chamber.crowd[:-2], "hoa", "tuan"]):
        chosen = [marks[(place + line) % 3] for line in range(max(len(lines), 1))]
        if turned and name not in ("hoa", "tuan"):
            chosen = [TURNED[each] for each in chosen]
        ballot = {"choices": {str(line): chosen[n] for n, line in enumerate(lines)}} if lines else {"choice": chosen[0]}
        chamber.do(name, "voting.cast", f"r-{name}", question_id=question, **ballot)


def own_left_out(told, open_vote):
    """In an open vote everybody is told their own choice, and nobody anybody else's."""
    for person in told["me"].values() if open_vote else ():
        for name in ("choice", "marks", "text"):
            person["voting"].pop(name, None)
    return told


@pytest.mark.parametrize(("kind", "form", "paused"), VOTES, ids=[" ".join(map(str, each)) for each in VOTES])
def test_what_leaves_the_server_is_the_same_whatever_was_chosen(room, council, store, app, client, at, kind, form, paused):
    at(AT)
    titles, whole = TITLES[form], form == "matter" and not paused
    chamber = room(crowd=CROWD)
    chamber.rules(electronic_votes="Điều 9 Nội quy kỳ họp")
    council.invite(chamber.meeting_id, "khach")
    more = {"form": form, **({"lines": [{"title": each} for each in titles]} if titles else {})}
    question = chamber.open(kind, **more)
    lines = council.all(select(QuestionLine.id).where(QuestionLine.question_id == question).order_by(QuestionLine.position))
    database.database().empty_log()
    before, url = store / "before.db", database.database().url
    shutil.copy(store / "storage" / "meeting.db", before)
    pictures, stores = [], []
    for turned in (False, True):
        cast_all(chamber, question, form, lines, turned)
        if paused:
            chamber.do("lan", "voting.pause", question_id=question)
        assert len(council.all(select(Receipt.person_id))) == CROWD
        pictures.append(own_left_out(seen(app, client, chamber, question, whole), kind == "open"))
        stores.append(rows(kind == "open"))
        if not turned:
            database.use(None)
            for path in (store / "storage").glob("meeting.db*"):
                path.unlink()
            shutil.copy(before, store / "storage" / "meeting.db")
            database.use(database.Database(url))

    first, second = pictures
    assert set(first) == set(second)
    assert [key for key in first if first[key] != second[key]] == []
    assert [name for name in stores[0] if stores[0][name] != stores[1][name]] == []
    read = [key for key, value in first.items() if isinstance(key, tuple) and value[0] == 200]
    assert len(read) > (90 if whole else 8)
    kept = select(StoredAnswer.digest).where(StoredAnswer.act == "voting.cast", StoredAnswer.digest.is_not(None))
    assert kind == "open" or council.all(kept) == []
    assert len(council.all(select(OpenBallot.person_id))) == (CROWD if kind == "open" else 0)
