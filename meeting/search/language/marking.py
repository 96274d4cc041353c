"""What to mark in a text that is shown beside a hit (a title, a page, a picture of a page), whether or not it answers by itself.

Pure.
"""

from meeting.search.language.lines import Read, Span
from meeting.search.language.matching import match, merged
from meeting.search.language.wanted import Need, Run, Wanted


def marks_in(wanted: Wanted, text: str) -> tuple[Span, ...]:
    """The places of the words sought: of each need its phrase, else its words near each other, else its parts.

    A part is two syllables and more, or one that is a word by itself; what only sounds alike is not marked where the words stand
    as they were typed.
    """
    read = Read(text)
    spans: list[Span] = []
    for need in wanted.needs:
        found = match(Wanted(needs=(need,)), "", text)
        spans += found.spans if found else _parts(need, read)
    return merged(spans)


def _parts(need: Need, read: Read) -> list[Span]:
    if need.strict:
        return []
    spans: list[Span] = []
    for run in need.alternatives:
        if not run.loose:
            spans += _longest(run, read)
    return spans


def _longest(run: Run, read: Read) -> list[Span]:
    """The places of the longest parts of a run, from its beginning on."""
    spans: list[Span] = []
    start = 0
    while start < len(run):
        end = start + 1
        if f" {run.folded[start]} " in read.line:
            while end < len(run) and f" {' '.join(run.folded[start : end + 1])} " in read.line:
                end += 1
            whole = not run[start].joined and (end == len(run) or not run[end].joined)
            if whole and (end - start > 1 or run[start].alone):
                needle = f" {' '.join(run.folded[start:end])} "
                spans += [(read.places[at][0], read.places[at + end - start - 1][1]) for at in read.starts(needle)]
        start = end
    return spans
