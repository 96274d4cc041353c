"""What every template and script must keep: no inline style or script, only real icons, every word translated."""

import re
import sys
from pathlib import Path
from unicodedata import is_normalized

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import catalogues  # noqa: E402
import icons  # noqa: E402
import sentences  # noqa: E402

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))


def faults(pattern: str, paths: list[Path]) -> list[str]:
    """Each place where a pattern is found."""
    found = []
    for path in paths:
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in re.finditer(pattern, text)]
    return found


def test_no_template_has_inline_style_or_script() -> None:
    assert faults(r"""\sstyle\s*=\s*["{]|\son[a-z]+\s*=\s*["']|<style|javascript:""", TEMPLATES) == []
    assert faults(r"<script(?![^>]*(src=|type=\"(importmap|application/json)\"))[^>]*>", TEMPLATES) == []


def test_nothing_is_loaded_from_outside() -> None:
    assert faults(r"""(src|href)=["']https?://""", TEMPLATES) == []
    assert faults(r"""(from|import\()\s*["']https?://""", SCRIPTS) == []


def test_no_script_builds_markup_from_text() -> None:
    assert faults(r"\.innerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|\beval\(", SCRIPTS) == []


def test_every_icon_that_is_asked_for_exists(tmp_path: Path) -> None:
    tabler = ROOT / "node_modules" / "@tabler" / "icons" / "icons"
    if not tabler.is_dir():
        pytest.skip("the icons are not installed: run `make setup`")

    assert icons.make(ROOT, tabler, tmp_path / "icons.svg") == []


def test_every_sentence_has_its_vietnamese() -> None:
    words = catalogues.read_rooms(ROOT / "translations" / "vi")

    assert catalogues.faults(words, sentences.spoken(ROOT)) == []


def test_vietnamese_is_written_in_composed_form() -> None:
    paths = [*TEMPLATES, *SCRIPTS, *(ROOT / "translations").rglob("*.po"), *(ROOT / "meeting").rglob("*.py")]

    assert [str(path) for path in paths if not is_normalized("NFC", path.read_text(encoding="utf-8"))] == []
