"""Find every sentence that the system says: in Python, in templates and in scripts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_from_file
from jinja2 import TemplateSyntaxError

PYTHON_WORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
TEMPLATE_OPTIONS = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols"}
TEXT = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
#: Babel's own reader of JavaScript loses its way in nested templates, so calls with a literal are found by their shape.
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
SCRIPT_CALL = re.compile(rf"(?<![\w.])(?:t|N_)\(\s*{TEXT}")
SCRIPT_COUNT = re.compile(rf"(?<![\w.])nt\(\s*{TEXT}\s*,\s*{TEXT}")


@dataclass
class Sentence:
    """A message id: where it is said first, its plural, and whether a script says it."""

    place: str
    many: str | None = None
    in_script: bool = False


def spoken(root: Path) -> dict[str, Sentence]:
    """All message ids in the order of their places."""
    said: dict[str, Sentence] = {}
    for path in sorted((root / "meeting").rglob("*.py")):
        read(root, path, "python", said, {})
    for path in sorted((root / "templates").rglob("*.html")):
        read(root, path, "jinja2", said, TEMPLATE_OPTIONS)
    for path in sorted((root / "static" / "js").rglob("*.js")):
        read_script(root, path, said)
    return said


def read(root: Path, path: Path, method: str, said: dict[str, Sentence], options: dict[str, str]) -> None:
    """The sentences of one Python file or template."""
    try:
        found = extract_from_file(method, str(path), keywords=PYTHON_WORDS, options=options)
    except SyntaxError as wrong:
        raise SystemExit(f"{path.relative_to(root)}: {wrong}") from wrong
    except TemplateSyntaxError as wrong:
        raise SystemExit(f"{path.relative_to(root)}:{wrong.lineno}: {wrong.message}") from wrong
    for line, message, _comments, _context in found:
        one, many = (message, None) if isinstance(message, str) else (message[0], message[1])
        if one:
            said.setdefault(one, Sentence(f"{path.relative_to(root)}:{line}")).many = many


def read_script(root: Path, path: Path, said: dict[str, Sentence]) -> None:
    """The sentences of one script."""
    text = SCRIPT_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), path.read_text(encoding="utf-8"))
    for call in SCRIPT_CALL.finditer(text):
        tell(root, path, text, call, said, None)
    for call in SCRIPT_COUNT.finditer(text):
        tell(root, path, text, call, said, literal(call[2]))


def tell(root: Path, path: Path, text: str, call: re.Match[str], said: dict[str, Sentence], many: str | None) -> None:
    """Note one call of t() or nt()."""
    line = text.count("\n", 0, call.start()) + 1
    sentence = said.setdefault(literal(call[1]), Sentence(f"{path.relative_to(root)}:{line}"))
    sentence.many = sentence.many or many
    sentence.in_script = True


def literal(text: str) -> str:
    """The value of a quoted script text."""
    if text.startswith("'"):
        text = '"' + text[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'
    return str(json.loads(text))
