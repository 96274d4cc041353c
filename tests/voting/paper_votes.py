"""Votes as they stand in the store at any stage, put there past all acts: for tests of papers and reports."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import database
from meeting.voting.models import CountingCommittee, CountingSeat, Question, QuestionLine, Result
from tests.conftest import MORNING, Council

PEOPLE = ["Nguyễn Thị An", "Trần Văn Bình", "Lê Minh Châu", "Phạm Thu Dung", "Hoàng Đức Em"]
OPTIONS = {
    "matter": ["for", "against", "abstain"],
    "paper": ["for", "against", "abstain"],
    "alternatives": ["for", "abstain"],
    "choose": ["for"],
    "survey": ["high", "medium", "low"],
}
COUNTED = datetime(2026, 11, 23, 3, 40, tzinfo=UTC)  # 10:40 in Viet Nam


def lined(council: Council, question: int, lines: int, offices: list[str], stand: dict[int, str]) -> list[int]:
    """The lines of a question: made-up people, or propositions."""
    form = council.one(select(Question.form).where(Question.id == question))
    on_people = form not in ("paper", "alternatives")
    rows = [
        QuestionLine(
            question_id=question,
            position=place + 1,
            title=PEOPLE[place % 5] if on_people else f"Phương án {place + 1}",
            person_id=council.person(stand[place]) if place in stand else None,
            office=offices[place] if place < len(offices) else "",
        )
        for place in range(lines)
    ]
    return council.write(*rows)


def put(council: Council, meeting: int, form: str = "matter", lines: int = 0, **values: Any) -> tuple[int, list[int]]:
    """A paper ballot (unless `kind` says otherwise) in a state; returns its id and its lines' ids."""
    offices, stand = values.pop("offices", []), values.pop("stand", {})
    given = {
        "meeting_id": meeting,
        "item_id": council.items(meeting)[0],
        "title": "Thông qua dự toán ngân sách năm 2027",
        "kind": "hand",
        "on_paper": values.get("kind", "hand") == "hand",
        "form": form,
        "rule": "more_than_half",
        "tie": "none",
        "options": OPTIONS.get(form, ["for", "against"]),
        "state": "open",
        "total": 27,
        "opened_present": 25,
        "quorum_need": 18,
        "prepared_by": council.person("minh"),
        "prepared_at": MORNING,
        "opened_at": MORNING + timedelta(hours=2),
        **values,
    }
    (question,) = council.write(Question(**given))
    return question, lined(council, question, lines, offices, stand)


def put_rows(*rows: Any) -> None:
    """Rows without an id of their own."""
    with Session(database.database().writing) as session:
        session.add_all(rows)
        session.commit()


def counted(council: Council, question: int, lines: list[dict[str, Any]] | None = None, **values: Any) -> None:
    """Closes it with a result, as the close would have written it."""
    given = {
        "counts": {},
        "total": 27,
        "present": 25,
        "cast": 25,
        "base": "total",
        "base_count": 27,
        "needed": 14,
        "passed": True,
        "lines": lines,
        "issued": 25,
        "returned": 25,
        "here": 25,
        "quorum_need": 18,
        **values,
    }
    state = given.pop("state", "published")
    put_rows(Result(question_id=question, **given))
    council.update(Question, question, state=state, closed_at=COUNTED, published_at=COUNTED if state == "published" else None)


def line(
    number: int, title: str, counts: dict[str, int], won: bool, outcome: str = "elected", invalid: int = 0
) -> dict[str, Any]:
    """What came of one line, as a result keeps it."""
    decides = "low" if "low" in counts else "for"
    return {
        "line_id": number,
        "title": title,
        "counts": counts,
        "valid": sum(counts.values()),
        "invalid": invalid,
        "decides": decides,
        "votes": counts[decides],
        "base_count": 27,
        "needed": 14,
        "passed": won,
        "elected": won and outcome == "elected",
        "outcome": outcome,
        "tie": "",
        "again": False,
    }


def committee(council: Council, meeting: int, head: str = "hoa", *members: str) -> int:
    """A counting committee past all acts."""
    (made,) = council.write(
        CountingCommittee(
            meeting_id=meeting,
            formed_at=MORNING,
            formed_by_id=council.person("lan"),
            seats=[
                CountingSeat(person_id=council.person(head), post="head"),
                *(CountingSeat(person_id=council.person(each), post="member") for each in members or ("tuan",)),
            ],
        )
    )
    return made
