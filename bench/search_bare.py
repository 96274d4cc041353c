"""Bare Whoosh: what it takes to write passages with nothing of ours, in the same run.

One TEXT field with Whoosh's own StandardAnalyzer, as its documentation begins; `as_terms` instead takes the very terms that our
engines take, as plain words of one field without positions.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, index

from meeting.search.language.words import index_terms

MEGABYTES = 128


def as_text(folder: Path, passages: Sequence[str]) -> float:
    """Passages a second, each as one text."""
    schema = fields.Schema(key=fields.ID(stored=True, unique=True), text=fields.TEXT(stored=False))
    return _rate(folder, schema, "text", passages)


def as_terms(folder: Path, passages: Sequence[str]) -> float:
    """Passages a second, each as its terms."""
    schema = fields.Schema(key=fields.ID(stored=True, unique=True), text=fields.KEYWORD(scorable=False))
    return _rate(folder, schema, "text", [" ".join(index_terms("", passage)) for passage in passages])


def _rate(folder: Path, schema: fields.Schema, field: str, values: Sequence[str]) -> float:
    folder.mkdir(parents=True)
    began = time.perf_counter()
    writer = index.create_in(str(folder), schema).writer(limitmb=MEGABYTES)
    for number, value in enumerate(values):
        writer.add_document(**{"key": str(number), field: value})
    writer.commit()
    return len(values) / (time.perf_counter() - began)
