"""Digests that tie the ballots, the register, the ballot paper and the result to the journal. Pure.

The checker that goes with an evidence pack computes the same ones from its files, with nothing but Python's standard
library: what is changed here must be changed in `checker/check.py` too.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from meeting.tables import canonical


def bare(nonce: bytes, choice: str, line_id: int | None = None) -> str:
    """Of a secret ballot after the close, or of one line of one; the nonce is fresh and exists nowhere before."""
    said = choice if line_id is None else f"{line_id}:{choice}"
    return sha256(nonce + said.encode()).hexdigest()


def named(salt: bytes, person_id: int, choice: str, marks: Mapping[str, str] | None, text: str, spoken: bool) -> str:
    """Of an open ballot; the salt is the question's own, so that nobody can guess from the journal before the publishing."""
    return sha256(salt + canonical([person_id, choice, dict(marks or {}), text, spoken]).encode()).hexdigest()


def register(people: Iterable[int]) -> str:
    """Of the frozen register of electors."""
    return whole(sorted(people))


def whole(value: Any) -> str:
    """Of any JSON value."""
    return sha256(canonical(value).encode()).hexdigest()


#: What is put to the vote and by which rule: frozen on the question before the box opens.
PAPER = ("id", "title", "kind", "form", "on_paper", "rule", "tie", "options", "seats", "office", "basis", "round", "again_of_id")
LINE = ("id", "position", "title", "person_id", "office", "detail")
#: What the close found. A tie settled by a statement stands in an entry of its own.
FOUND = (
    "counts", "lines", "total", "present", "cast", "invalid", "issued", "returned", "here", "quorum_need", "quorum_met",
    "spoken", "base", "base_count", "needed", "passed", "tie",
)  # fmt: skip


def paper(question: Any) -> str:
    """Of a question as it is put to the vote, with its lines in order."""
    return whole(paper_of(question))


def paper_of(question: Any) -> dict[str, Any]:
    """A question as it is put to the vote."""
    lines = [{name: getattr(line, name) for name in LINE} for line in question.lines]
    return {**{name: getattr(question, name) for name in PAPER}, "lines": lines}


def result(found: Any) -> str:
    """Of a result as the close wrote it."""
    return whole(result_of(found))


def result_of(found: Any) -> dict[str, Any]:
    """A result as the close wrote it."""
    return {name: getattr(found, name) for name in FOUND}
