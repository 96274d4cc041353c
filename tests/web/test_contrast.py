"""Every pair of colours that meets on a screen can be told apart, in each theme (WCAG 2.2: text 4.5, shapes 3.0)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parent.parent.parent / "static" / "css" / "tokens.css"
TEXT = """
ink/bg ink/surface ink/sunken ink/primary-tint ink/warn-tint ink/oppose-tint ink/agree-tint ink-2/bg
ink-2/surface ink-2/sunken ink-2/primary-tint ink-3/bg ink-3/surface ink-3/sunken
primary-text/surface primary-text/bg primary-text/primary-tint on-primary/primary
on-primary/primary-hover on-deep/deep on-deep/deep-2 on-deep-2/deep on-deep-2/deep-2 agree/surface
agree/bg agree/agree-tint on-agree/agree oppose/surface oppose/bg oppose/oppose-tint
on-oppose/oppose abstain/surface abstain/abstain-tint on-abstain/abstain warn/surface warn/bg
warn/warn-tint on-warn/warn-solid on-live/live gold/deep
"""  # ink/ground
SHAPES = ["line-strong/surface", "line-strong/bg", "focus/surface", "focus/bg", "live-on-deep/deep", "live/surface"]


def themes() -> dict[str, dict[str, str]]:
    """The colours of each theme; what a theme does not name comes from light."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    blocks = re.finditer(r'\[data-bs-theme="(\w+)"\]\s*\{(.*?)\n\}', css, re.DOTALL)
    found = {block[1]: dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})", block[2])) for block in blocks}
    return {name: {**found["light"], **colours} for name, colours in found.items()}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_there_are_three_themes() -> None:
    assert set(themes()) == {"light", "dark", "hall"}


@pytest.mark.parametrize("theme", ["light", "dark", "hall"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT.split(), 4.5), (SHAPES, 3.0)], ids=["text", "shapes"])
def test_colours_that_meet_can_be_told_apart(theme: str, pairs: list[str], least: float) -> None:
    colours = themes()[theme]

    weak = {pair: round(ratio(*(colours[name] for name in pair.split("/"))), 2) for pair in pairs}

    assert {pair: found for pair, found in weak.items() if found < least} == {}
