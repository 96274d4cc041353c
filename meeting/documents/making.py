"""Makes what is needed to show a file that is no PDF: `python -m meeting.documents.making VERB SOURCE TARGET KIND`.

A process within bounds, because the file may be hostile. `picture` and `text` write a PDF, `unicode` writes an office
file anew whose old Vietnamese fonts are Unicode. It prints one JSON object: `{"made": {...}}` or `{"refusal": code, "facts"}`.
"""

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

from meeting.documents import legacy, pictures, rewriting
from meeting.documents.confine import confine
from meeting.documents.typeset import FONTS, LAYOUTS
from meeting.errors import Refused

MEMORY_BYTES = 2 * 1024**3
SECONDS = 100  # of work, not of waiting
MOST_LINES = 40_000
LINE_LETTERS = 4000  # a longer line is cut: typesetting one endless word takes for ever


def main(arguments: list[str]) -> int:
    """Does one piece of work and says how it ended."""
    verb, source, target = arguments[0], Path(arguments[1]), Path(arguments[2])
    confine(MEMORY_BYTES, SECONDS, [target.parent], [source, FONTS])
    told: dict[str, Any]
    try:
        told = {"made": VERBS[verb](source, target, arguments[3])}
    except Refused as refused:
        told = {"refusal": refused.code, "facts": refused.facts}
    except MemoryError:
        told = {"refusal": "too_heavy", "facts": {}}
    sys.stdout.write(json.dumps(told))
    return 0


def picture(source: Path, target: Path, media_type: str) -> dict[str, Any]:
    """A picture file as PDF."""
    pictures.to_pdf(source, media_type, target)
    return {}


def text(source: Path, target: Path, _media_type: str) -> dict[str, Any]:
    """A plain text as PDF, in the letters it was meant to show. Refused: `broken_text`, `too_many_pages`."""
    import typst  # noqa: PLC0415 - only this verb needs the typesetter's 80 MB

    written, encoding = legacy.text_of(source.read_bytes())
    lines = [
        _harmless(line[at : at + LINE_LETTERS]) for line in written.split("\n") for at in range(0, len(line) or 1, LINE_LETTERS)
    ]
    if len(lines) > MOST_LINES:
        raise Refused("too_many_pages", pages=len(lines) // 40, limit=MOST_LINES // 40)
    try:
        made = typst.compile(
            str(LAYOUTS / "plain.typ"),
            root=str(LAYOUTS),
            font_paths=[str(FONTS)] if FONTS.is_dir() else [],
            format="pdf",
            sys_inputs={"lines": json.dumps(lines, ensure_ascii=False)},
        )
    except typst.TypstError:
        raise Refused("broken_text") from None
    target.write_bytes(made)
    return {"encoding": encoding}


def _harmless(line: str) -> str:
    kept = "".join(letter for letter in line.expandtabs(8) if unicodedata.category(letter) not in ("Cc", "Cs", "Co"))
    return kept.rstrip()


def unicode(source: Path, target: Path, media_type: str) -> dict[str, Any]:
    """An office file whose old Vietnamese fonts are Unicode."""
    return {"encodings": rewriting.to_unicode(source, target, media_type)}


VERBS = {"picture": picture, "text": text, "unicode": unicode}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
