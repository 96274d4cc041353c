"""The guides that come with the product: one Markdown file each, in Vietnamese and, shorter, in English."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from meeting.guides.rules import GUIDES, LANGUAGES

FOLDER = Path(__file__).parent / "shipped"


@cache
def text(guide: str, language: str) -> str:
    """The shipped text of a guide; a language that it was not written in gets the Vietnamese one."""
    if guide not in GUIDES:
        raise LookupError(guide)
    found = FOLDER / (language if language in LANGUAGES else "vi") / f"{guide}.md"
    return (found if found.exists() else FOLDER / "vi" / f"{guide}.md").read_text(encoding="utf-8")


def fingerprint(guide: str, language: str) -> str:
    """Tells one shipped text from the next."""
    return sha256(text(guide, language).encode()).hexdigest()
