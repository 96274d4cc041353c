"""Bring the fonts: woff2 files with their style sheet for the browser, whole Tinos files for the official documents.

The browser gets the subsets that Vietnamese and English need. Typst cannot pick between subsets of one face, so for the
documents the three subsets of each Tinos face are put together into one TrueType file.
"""

from __future__ import annotations

import logging
import re
import tempfile
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont

SUBSETS = ("vietnamese", "latin-ext", "latin")
SHEETS = (
    "@fontsource/be-vietnam-pro/400.css",
    "@fontsource/be-vietnam-pro/500.css",
    "@fontsource/be-vietnam-pro/600.css",
    "@fontsource-variable/inter/index.css",
    "@fontsource/tinos/400.css",
    "@fontsource/tinos/400-italic.css",
    "@fontsource/tinos/700.css",
    "@fontsource/tinos/700-italic.css",
)
FACES = {"Regular": "400-normal", "Bold": "700-normal", "Italic": "400-italic", "BoldItalic": "700-italic"}
RULE = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*@font-face \{(?P<body>.*?)\n\}", re.DOTALL)
FILE = re.compile(r"url\(\./files/([\w-]+\.woff2)\)")


def make(node_modules: Path, vendor: Path) -> None:
    """Fill static/vendor/fonts and write static/vendor/css/fonts.css."""
    fonts = vendor / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    rules: list[str] = []
    for sheet in SHEETS:
        for rule, file in wanted(node_modules / sheet):
            rules.append(rule)
            (fonts / file.name).write_bytes(file.read_bytes())
    (vendor / "css" / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")
    for face, style in FACES.items():
        parts = [node_modules / "@fontsource/tinos/files" / f"tinos-{subset}-{style}.woff2" for subset in SUBSETS]
        whole(parts, fonts / f"Tinos-{face}.ttf", face)


def wanted(sheet: Path) -> list[tuple[str, Path]]:
    """The rules of one style sheet for our subsets, each with its file."""
    kept = []
    for rule in RULE.finditer(sheet.read_text(encoding="utf-8")):
        subset = re.search(r"-(vietnamese|latin-ext|latin)-(?:\d+|wght)-", rule["name"])
        file = FILE.search(rule["body"])
        if subset is None or file is None or "-ext-" in rule["name"].replace("latin-ext", ""):
            continue
        body = re.sub(r"src: [^;]*;", f'src: url("../fonts/{file[1]}") format("woff2");', rule["body"])
        kept.append((f"@font-face {{{body}\n}}", sheet.parent / "files" / file[1]))
    return kept


def whole(parts: list[Path], target: Path, face: str) -> None:
    """One TrueType file out of the subsets of one face. Layout tables differ by subset and are left out."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        plain = [unpacked(part, Path(folder)) for part in parts]
        options = Options(drop_tables=["GSUB", "GPOS", "GDEF", "DSIG", "fpgm", "prep", "cvt ", "gasp", "hdmx", "LTSH", "VDMX"])
        font = Merger(options=options).merge([str(path) for path in plain])
    name_as(font, face)
    font.save(target)


def unpacked(part: Path, folder: Path) -> Path:
    """The subset as plain TrueType without hinting, as the merger wants it."""
    font = TTFont(part)
    font.flavor = None
    if "glyf" in font:
        for name in font.getGlyphOrder():
            font["glyf"][name].removeHinting()
    path = folder / (part.stem + ".ttf")
    font.save(path)
    return path


def name_as(font: TTFont, face: str) -> None:
    """Give the family and face names that documents ask for."""
    style = {"BoldItalic": "Bold Italic"}.get(face, face)
    for number, text in ((1, "Tinos"), (2, style), (4, f"Tinos {style}"), (6, f"Tinos-{face}"), (16, None), (17, None)):
        if text is None:
            font["name"].removeNames(nameID=number)
        else:
            font["name"].setName(text, number, 3, 1, 0x409)
    font["name"].removeNames(platformID=1)
