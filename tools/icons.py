"""Make one sprite of the Tabler icons that templates, scripts and Python sources name.

Every quoted word that is the name of an icon comes in, so nobody keeps a list; a word that is an icon's name by chance
costs a few hundred bytes. A name written where only an icon can stand (`ic("…")`, `icon="…"`, `icon: "…"`) and unknown
to Tabler is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SOURCES = (("templates", "*.html"), ("static/js", "*.js"), ("meeting", "*.py"))
QUOTED = re.compile(r"""["']([a-z][a-z0-9-]*)["']""")
ASKED = re.compile(r"""\b(?:ic\(\s*|icon\(\s*|icon=|icon:\s*)["']([a-z][a-z0-9-]*)["']""")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def sources(root: Path) -> Iterator[tuple[str, str]]:
    """Each file that may name an icon: its place and its text."""
    for folder, pattern in SOURCES:
        for path in sorted((root / folder).rglob(pattern)):
            yield str(path.relative_to(root)), path.read_text(encoding="utf-8")


def drawing(tabler: Path, name: str) -> Path:
    """Where Tabler keeps an icon; the filled ones end in -filled."""
    if name.endswith("-filled"):
        return tabler / "filled" / f"{name.removesuffix('-filled')}.svg"
    return tabler / "outline" / f"{name}.svg"


def symbol(tabler: Path, name: str) -> str:
    """One icon as a symbol that takes colour and stroke from the page."""
    found = DRAWING.search(drawing(tabler, name).read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(name)
    paths = " ".join(found.group(1).split())
    painted = ' fill="currentColor" stroke="none"' if name.endswith("-filled") else ""
    shape = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{name}" viewBox="0 0 24 24" {shape}{painted}>{paths}</symbol>'


def make(root: Path, tabler: Path, target: Path) -> list[tuple[str, str]]:
    """Write the sprite; answer the (place, name) pairs that ask for an icon that does not exist."""
    named: set[str] = set()
    unknown: list[tuple[str, str]] = []
    for place, text in sources(root):
        named.update(name for name in QUOTED.findall(text) if drawing(tabler, name).exists())
        if not place.endswith(".py"):
            asked = sorted(set(ASKED.findall(text)))
            unknown.extend((place, name) for name in asked if not drawing(tabler, name).exists())
    symbols = "\n".join(symbol(tabler, name) for name in sorted(named))
    fresh = target.with_suffix(".fresh")
    fresh.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n', encoding="utf-8")
    fresh.replace(target)  # at once, so that a running server never hands out half a sprite
    return unknown
