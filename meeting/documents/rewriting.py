"""Office files written in the fonts from before Unicode (.VnTime, VNI-Times), made anew in fonts of today.

Only what is shown is made from the copy; the bytes that were sent stay as they are. In a bounded process only.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as Tree

from meeting.documents import legacy
from meeting.documents.kinds import DOCX, PPTX, XLSX
from meeting.documents.office_parts import parsed, serialised
from meeting.documents.rewriting_sheets import sheets
from meeting.errors import Refused

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_FONT_NAMES = ("ascii", "hAnsi", "cs", "eastAsia", "name", "typeface")
_FACES_NAMED = re.compile(rb"\.[Vv][Nn][A-Z]|V[Nn][Ii][- ]?[A-Z]")
_FACES_NAMED_WIDE = re.compile(rb"\.\0[Vv]\0[Nn]\0[A-Z]\0|V\0[Nn]\0[Ii]\0(?:[- ]\0)?[A-Z]\0")
MOST_BYTES = 300 * 1024 * 1024
PIECE_BYTES = 1024 * 1024


def names_old_fonts(path: Path) -> bool:
    """Whether an office file mentions a font from before Unicode anywhere; cheap, and may be wrong by saying yes."""
    if zipfile.is_zipfile(path):
        return _archive_names_old_fonts(path)
    content = path.read_bytes()
    return bool(_FACES_NAMED.search(content) or _FACES_NAMED_WIDE.search(content))


def _archive_names_old_fonts(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_names_any(archive, entry) for entry in archive.infolist() if entry.filename.endswith(".xml"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refused("broken_archive") from None


def _names_any(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Looks through a part in pieces that overlap: it may unpack to hundreds of megabytes."""
    last = b""
    with archive.open(entry) as opened:
        while piece := opened.read(PIECE_BYTES):
            if _FACES_NAMED.search(last + piece):
                return True
            last = piece[-16:]
    return False


def to_unicode(source: Path, target: Path, media_type: str) -> list[str]:
    """Writes the office file anew with its old texts in Unicode; returns the encodings found. Refused: `office_failed`."""
    rewrite = {DOCX: _word, XLSX: sheets, PPTX: _slides}[media_type]
    found: set[str] = set()
    try:
        with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise Refused("office_failed")
            changed = rewrite(archive, found)
            for entry in archive.infolist():
                written.writestr(entry.filename, changed.get(entry.filename) or archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, Tree.ParseError, LookupError, ValueError, RuntimeError, EOFError, OSError):
        raise Refused("office_failed") from None
    return sorted(found)


def _rename_fonts(root: Tree.Element) -> None:
    """Replaces the names of old fonts wherever they are given."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] in _FONT_NAMES and legacy.encoding_of_font(value):
                element.set(name, legacy.unicode_font(value))


# --- Word ---------------------------------------------------------------------------------------------------------------


def _word(archive: zipfile.ZipFile, found: set[str]) -> dict[str, bytes]:
    names = [name for name in archive.namelist() if re.fullmatch(r"word/[^/]+\.xml", name)]
    styles = _Styles(parsed(archive, "word/styles.xml") if "word/styles.xml" in names else None)
    changed = {}
    for name in names:
        root = parsed(archive, name)
        for paragraph in root.iter(f"{WORD}p"):
            _convert_runs(list(_own_runs(paragraph)), partial(styles.font_of, paragraph), found)
        _rename_fonts(root)
        changed[name] = serialised(root)
    return changed


class _Styles:
    """The fonts that styles give to what names no font itself."""

    def __init__(self, root: Tree.Element | None) -> None:
        self._font: dict[str, str] = {}
        self._base: dict[str, str] = {}
        self._plain, self._default = "", ""
        if root is None:
            return
        self._plain = _font_in(root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr"))
        for style in root.iter(f"{WORD}style"):
            name = style.get(f"{WORD}styleId", "")
            self._font[name] = _font_in(style.find(f"{WORD}rPr"))
            self._base[name] = _value(style.find(f"{WORD}basedOn"))
            if style.get(f"{WORD}type") == "paragraph" and style.get(f"{WORD}default") in ("1", "true"):
                self._default = name

    def font_of(self, paragraph: Tree.Element, run: Tree.Element) -> str:
        """The font a run is set in: its own, its style's, its paragraph's, the document's."""
        own = run.find(f"{WORD}rPr")
        styled = _value(own.find(f"{WORD}rStyle")) if own is not None else ""
        around = _value(paragraph.find(f"{WORD}pPr/{WORD}pStyle")) or self._default
        return _font_in(own) or self._of_style(styled) or self._of_style(around) or self._plain

    def _of_style(self, name: str) -> str:
        for _step in range(20):
            if not name or self._font.get(name):
                break
            name = self._base.get(name, "")
        return self._font.get(name, "")


def _font_in(properties: Tree.Element | None) -> str:
    fonts = properties.find(f"{WORD}rFonts") if properties is not None else None
    return (fonts.get(f"{WORD}ascii") or fonts.get(f"{WORD}hAnsi") or "") if fonts is not None else ""


def _value(element: Tree.Element | None) -> str:
    return element.get(f"{WORD}val", "") if element is not None else ""


def _own_runs(element: Tree.Element) -> Iterator[Tree.Element]:
    """The runs of a paragraph, without those of paragraphs inside it (text boxes)."""
    for child in element:
        if child.tag == f"{WORD}r":
            yield child
        elif child.tag != f"{WORD}p":
            yield from _own_runs(child)


def _convert_runs(runs: list[Tree.Element], font_of: Callable[[Tree.Element], str], found: set[str]) -> None:
    """Converts neighbouring runs of one encoding together: a letter may stand in one and its mark in the next."""
    group: list[Tree.Element] = []
    encoding = ""
    for run in [*runs, None]:
        font = font_of(run) if run is not None else ""
        told = legacy.encoding_of_font(font)
        if group and told != encoding:
            _convert_texts(group, encoding)
            group = []
        encoding = told
        if run is None or not told:
            continue
        found.add(told)
        group += _texts(run)
        if legacy.draws_capitals(font):
            _properties(run).append(Tree.Element(f"{WORD}caps"))


def _properties(run: Tree.Element) -> Tree.Element:
    own = run.find(f"{WORD}rPr")
    if own is None:
        own = Tree.Element(f"{WORD}rPr")
        run.insert(0, own)
    return own


def _texts(run: Tree.Element) -> list[Tree.Element]:
    """The pieces of text of a run; what Word keeps as an element of its own is a letter in the old fonts."""
    for child in run:
        if child.tag == f"{WORD}softHyphen":
            child.tag, child.text = f"{WORD}t", "\u00ad"
        elif child.tag == f"{WORD}sym" and legacy.encoding_of_font(child.get(f"{WORD}font", "")):
            code = int(child.get(f"{WORD}char", "20"), 16) & 0xFF
            child.attrib.clear()
            child.tag, child.text = f"{WORD}t", bytes([code]).decode("cp1252", "replace")
    return [child for child in run if child.tag == f"{WORD}t" and child.text]


def _convert_texts(texts: list[Tree.Element], encoding: str) -> None:
    for element, said in zip(texts, legacy.convert_pieces([each.text or "" for each in texts], encoding), strict=True):
        element.text = said
        if element.tag == f"{WORD}t":
            element.set(PRESERVE, "preserve")


# --- PowerPoint ---------------------------------------------------------------------------------------------------------


def _slides(archive: zipfile.ZipFile, found: set[str]) -> dict[str, bytes]:
    changed = {}
    for name in archive.namelist():
        if re.fullmatch(r"ppt/(?:slides|slideLayouts|slideMasters|notesSlides|theme)/[^/]+\.xml", name):
            root = parsed(archive, name)
            for paragraph in root.iter(f"{DRAWING}p"):
                _convert_slide_runs(paragraph, found)
            _rename_fonts(root)
            changed[name] = serialised(root)
    return changed


def _convert_slide_runs(paragraph: Tree.Element, found: set[str]) -> None:
    for run in paragraph.findall(f"{DRAWING}r"):
        face, text = run.find(f"{DRAWING}rPr/{DRAWING}latin"), run.find(f"{DRAWING}t")
        encoding = legacy.encoding_of_font(face.get("typeface", "")) if face is not None else ""
        if encoding and text is not None and text.text:
            found.add(encoding)
            capitals = face is not None and legacy.draws_capitals(face.get("typeface", ""))
            said = legacy.to_unicode(text.text, encoding)
            text.text = said.upper() if capitals else said
