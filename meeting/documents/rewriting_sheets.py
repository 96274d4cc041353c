"""Excel files written in the fonts from before Unicode: the font stands with the cell, the text in a list that cells share."""

import re
import zipfile
from copy import deepcopy
from xml.etree import ElementTree as Tree

from meeting.documents import legacy
from meeting.documents.office_parts import parsed, serialised

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(archive: zipfile.ZipFile, found: set[str]) -> dict[str, bytes]:
    """The parts of a table file that change; `found` gets the encodings met."""
    styles = parsed(archive, "xl/styles.xml")
    fonts = [_value_of(font.find(f"{SHEET}name")) for font in styles.findall(f"{SHEET}fonts/{SHEET}font")]
    faces = [fonts[int(style.get("fontId", "0"))] for style in styles.findall(f"{SHEET}cellXfs/{SHEET}xf")]
    changed = {}
    shared = parsed(archive, "xl/sharedStrings.xml") if "xl/sharedStrings.xml" in archive.namelist() else None
    texts = _SharedTexts(shared, found)
    for name in archive.namelist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            root = parsed(archive, name)
            for cell in root.iter(f"{SHEET}c"):
                texts.convert(cell, faces[int(cell.get("s", "0"))] if faces else "")
            changed[name] = serialised(root)
    for element in styles.iter(f"{SHEET}name"):
        if legacy.encoding_of_font(element.get("val", "")):
            element.set("val", legacy.unicode_font(element.get("val", "")))
    changed["xl/styles.xml"] = serialised(styles)
    if shared is not None:
        changed["xl/sharedStrings.xml"] = serialised(shared)
    return changed


def _value_of(element: Tree.Element | None) -> str:
    return element.get("val", "") if element is not None else ""


class _SharedTexts:
    """The texts that cells point at. One text may be used in an old and in a new font, so converted ones are added."""

    def __init__(self, root: Tree.Element | None, found: set[str]) -> None:
        self._root, self._found = root, found
        self._items = list(root) if root is not None else []
        self._made: dict[tuple[int, str], int] = {}

    def convert(self, cell: Tree.Element, face: str) -> None:
        """Puts the text of a cell right, given the font of the cell."""
        value = cell.find(f"{SHEET}v")
        if cell.get("t") == "s" and value is not None and self._root is not None:
            number = int(value.text or "0")
            value.text = str(self._converted(number, face))
        elif cell.get("t") == "inlineStr":
            for item in cell.findall(f"{SHEET}is"):
                self._put_right(item, face)
        elif cell.get("t") == "str" and value is not None and legacy.encoding_of_font(face):
            value.text = _said(value.text or "", face)

    def _converted(self, number: int, face: str) -> int:
        assert self._root is not None
        if (number, face) not in self._made:
            copy = deepcopy(self._items[number])
            if not self._put_right(copy, face):
                self._made[number, face] = number
            else:
                self._root.append(copy)
                self._made[number, face] = len(self._root) - 1
        return self._made[number, face]

    def _put_right(self, item: Tree.Element, face: str) -> bool:
        changed = False
        for within, text in [(item, each) for each in item.findall(f"{SHEET}t")] + [
            (run, each) for run in item.findall(f"{SHEET}r") for each in run.findall(f"{SHEET}t")
        ]:
            own = within.find(f"{SHEET}rPr/{SHEET}rFont")
            shown = _value_of(own) or face
            encoding = legacy.encoding_of_font(shown)
            if encoding and text.text:
                self._found.add(encoding)
                text.text = _said(text.text, shown)
                changed = True
            if own is not None and encoding:
                own.set("val", legacy.unicode_font(shown))
        return changed


def _said(text: str, face: str) -> str:
    said = legacy.to_unicode(text, legacy.encoding_of_font(face))
    return said.upper() if legacy.draws_capitals(face) else said
