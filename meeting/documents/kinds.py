"""The kinds of files that are taken, told by what a file holds and never by its name. Pure, but for the reading of heads."""

import re
import struct
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from meeting.documents import ole
from meeting.documents.rules import PDF
from meeting.errors import Refused

MEGABYTE = 1024 * 1024
Family = Literal["pdf", "office", "image", "text"]


@dataclass(frozen=True)
class Kind:
    """One kind: its media type, the endings it may bear (the first is its own), its most bytes; 0: the server's limit."""

    media_type: str
    family: Family
    endings: tuple[str, ...]
    most_bytes: int = 0


OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OFFICE_BYTES, IMAGE_BYTES, TEXT_BYTES = 60 * MEGABYTE, 40 * MEGABYTE, 2 * MEGABYTE

KINDS = (
    Kind(PDF, "pdf", (".pdf",)),
    Kind(f"{OPEN_XML}wordprocessingml.document", "office", (".docx",), OFFICE_BYTES),
    Kind(f"{OPEN_XML}spreadsheetml.sheet", "office", (".xlsx",), OFFICE_BYTES),
    Kind(f"{OPEN_XML}presentationml.presentation", "office", (".pptx", ".ppsx"), OFFICE_BYTES),
    Kind("application/msword", "office", (".doc", ".dot"), OFFICE_BYTES),
    Kind("application/vnd.ms-excel", "office", (".xls",), OFFICE_BYTES),
    Kind("application/vnd.ms-powerpoint", "office", (".ppt", ".pps"), OFFICE_BYTES),
    Kind(f"{OPEN_DOCUMENT}text", "office", (".odt",), OFFICE_BYTES),
    Kind(f"{OPEN_DOCUMENT}spreadsheet", "office", (".ods",), OFFICE_BYTES),
    Kind(f"{OPEN_DOCUMENT}presentation", "office", (".odp",), OFFICE_BYTES),
    Kind("application/rtf", "office", (".rtf", ".doc"), OFFICE_BYTES),
    Kind("image/png", "image", (".png",), IMAGE_BYTES),
    Kind("image/jpeg", "image", (".jpg", ".jpeg", ".jfif"), IMAGE_BYTES),
    Kind("image/tiff", "image", (".tif", ".tiff"), IMAGE_BYTES),
    Kind("image/webp", "image", (".webp",), IMAGE_BYTES),
    Kind("image/gif", "image", (".gif",), IMAGE_BYTES),
    Kind("image/bmp", "image", (".bmp",), IMAGE_BYTES),
    Kind("text/plain", "text", (".txt", ".text", ".md", ".csv", ".log"), TEXT_BYTES),
)
BY_TYPE = {kind.media_type: kind for kind in KINDS}
DOCX, XLSX, PPTX, DOC, XLS, PPT, ODT, ODS, ODP, RTF = (kind.media_type for kind in KINDS[1:11])
TEXT = KINDS[-1].media_type

#: What the file chooser of a browser offers; office files only where the server can turn them into pages.
ACCEPT_ALWAYS = ",".join(ending for kind in KINDS if kind.family != "office" for ending in kind.endings[:2])
ACCEPT_OFFICE = ",".join(dict.fromkeys(kind.endings[0] for kind in KINDS if kind.family == "office"))

_OOXML = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
_ODF = {ODT.encode(): ODT, ODS.encode(): ODS, ODP.encode(): ODP}
_OLE = {"WordDocument": DOC, "Workbook": XLS, "Book": XLS, "PowerPoint Document": PPT}
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"{\\rtf", RTF),
)  # fmt: skip
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00")
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|script)|MIME-Version:", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|script|svg|\?xml|\?php|hta:)", re.IGNORECASE)
_BMP_HEADERS = [bytes([size]) for size in (12, 40, 52, 56, 64, 108, 124)]
_HEIF = re.compile(rb"....ftyp(?:heic|heix|hevc|mif1|msf1|avif)", re.DOTALL)
_PLAIN_CONTROLS = frozenset("\t\n\r\x0b\x0c\x1a")
_ARCHIVE_END = b"PK\x05\x06"

_NAMED_AS = {ending: kind.media_type for kind in KINDS for ending in kind.endings}
_DANGEROUS = re.compile(r"\.(?:exe|scr|bat|cmd|js|jse|vbs|vbe|ps1|msi|jar|hta|lnk|dll|apk)$", re.IGNORECASE)


def of_file(path: Path) -> str:
    """The media type of a file on the disk. Refused: `wrong_kind`, `wrong_kind_heic`, `two_kinds`, `program`, `encrypted`,
    `active_content`, `unpacks_too_large`, `too_large`."""
    with path.open("rb") as opened:
        head = opened.read(4096)
        opened.seek(max(0, path.stat().st_size - 65536))
        tail = opened.read()
    media_type = _of(path, head, tail)
    limit = BY_TYPE[media_type].most_bytes
    if limit and path.stat().st_size > limit:
        raise Refused("too_large", limit_mb=limit // MEGABYTE)
    return media_type


def _of(path: Path, head: bytes, tail: bytes) -> str:
    if head.startswith(b"PK"):
        with_pdf = b"%PDF-" in head[:1024]
        check_contents_list(tail)
        media_type = of_archive(path)
        if with_pdf:
            raise Refused("two_kinds")
        return media_type
    if head.startswith(ole.MAGIC):
        return of_ole(*ole.names(path))
    media_type = by_head(head)
    if media_type != TEXT:
        if media_type == PDF and _ARCHIVE_END in tail[tail.rfind(b"%%EOF") :]:
            raise Refused("two_kinds")
        return media_type
    if is_text(path.read_bytes() if path.stat().st_size <= TEXT_BYTES else head[:4094]):
        return TEXT
    raise Refused("wrong_kind")


def by_head(head: bytes) -> str:
    """The media type by the first bytes; plain text when nothing speaks against it. Refused: `wrong_kind`,
    `wrong_kind_heic`, `wrong_kind_web`, `program`, `two_kinds`.

    A PDF may begin with up to 1,024 foreign bytes (ISO 32000-1, Annex H.3.4.1), but not with another kind of file.
    """
    found = next((media_type for magic, media_type in _MAGIC if head.startswith(magic)), None)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = "image/webp"
    if head[:2] == b"BM" and head[6:10] == bytes(4) and head[14:15] in _BMP_HEADERS:  # many a text begins with BM
        found = "image/bmp"
    if any(head.startswith(each) for each in _PROGRAMS):
        raise Refused("program")
    markup = bool(_MARKUP.match(head) or _WEB_PAGE.match(head))
    if b"%PDF-" in head[:1024]:
        if found or markup:
            raise Refused("two_kinds")
        return PDF
    if _HEIF.match(head):
        raise Refused("wrong_kind_heic")
    if markup:
        raise Refused("wrong_kind_web" if _WEB_PAGE.match(head) else "wrong_kind")
    return found or TEXT


def check_contents_list(tail: bytes) -> None:
    """Refuses an archive whose table of contents alone is a bomb, before anything reads it (APPNOTE.TXT 4.3.16)."""
    at = tail.rfind(_ARCHIVE_END)
    if at < 0 or len(tail) < at + 22:
        raise Refused("broken_archive")
    entries, size = struct.unpack_from("<HI", tail, at + 10)
    if entries > MAX_ENTRIES or size > MAX_LIST_BYTES:
        raise Refused("unpacks_too_large")


def of_archive(path: Path) -> str:
    """The kind of an office file that is a zip archive, with its limits: bombs and macros are refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            marked = archive.read("mimetype")[:80] if "mimetype" in archive.NameToInfo and _small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        raise Refused("broken_archive") from None
    names = [entry.filename for entry in entries]
    media_type = of_names(names, marked)
    check_archive(path.stat().st_size, sum(entry.file_size for entry in entries), names)
    return media_type


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return archive.getinfo(name).file_size < 200


def of_names(names: Sequence[str], marked: bytes = b"") -> str:
    """The kind of an archive by the names inside, and the `mimetype` of an OpenDocument file. Refused: `wrong_kind`."""
    if "[Content_Types].xml" in names:
        for folder, media_type in _OOXML.items():
            if any(name.startswith(folder) for name in names):
                return media_type
    if marked.strip() in _ODF and "content.xml" in names:
        return _ODF[marked.strip()]
    raise Refused("wrong_kind")


MAX_UNPACKED_BYTES = 600 * MEGABYTE  # of an office file, which is a zip archive
MAX_UNPACKED_RATIO = 200
MAX_ENTRIES = 20_000
MAX_LIST_BYTES = 8 * MEGABYTE
_PROGRAM_PARTS = re.compile(r"(?:vbaProject\.bin|\.(?:exe|com|scr|bat|cmd|js|vbs|ps1|msi|jar|hta|lnk|dll))$", re.IGNORECASE)
_MACRO_FOLDERS = ("Basic/", "Scripts/", "xl/macrosheets/", "word/vbaData")


def check_archive(packed: int, unpacked: int, names: Sequence[str]) -> None:
    """Refuses bombs (`unpacks_too_large`) and macros (`active_content`) in office archives. Sizes in bytes."""
    if unpacked > MAX_UNPACKED_BYTES or unpacked > max(packed, 1) * MAX_UNPACKED_RATIO or len(names) > MAX_ENTRIES:
        raise Refused("unpacks_too_large")
    if any(_PROGRAM_PARTS.search(name) or name.startswith(_MACRO_FOLDERS) for name in names):
        raise Refused("active_content")


def of_ole(top: Sequence[str], names: Sequence[str]) -> str:
    """The kind of a file of the old Office by its streams, those at the top and all. Refused: `encrypted`, `active_content`,
    `wrong_kind`."""
    if "EncryptedPackage" in top or "EncryptionInfo" in top:
        raise Refused("encrypted")
    found = next((media_type for name, media_type in _OLE.items() if name in top), None)
    if found is None:
        raise Refused("wrong_kind")
    if any(name in ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros", "VBA") for name in names):
        raise Refused("active_content")
    return found


def is_text(content: bytes) -> bool:
    """Whether bytes are plain text in some encoding: no control letters, and zeros only where UTF-16 puts them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_utf16(content):
        little = not content.startswith(b"\xfe\xff") and (content.startswith(b"\xff\xfe") or looks_utf16(content) == "utf-16-le")
        text = content.decode("utf-16-le" if little else "utf-16-be", "replace")
        return "\0" not in text and text.count("\ufffd") <= len(text) // 100
    return not any(byte < 32 and chr(byte) not in _PLAIN_CONTROLS for byte in set(content))


def looks_utf16(content: bytes) -> str:
    """The byte order of UTF-16 without its mark, by where the zeros stand; empty when it is none."""
    sample = content[: 4096 & ~1]
    if len(sample) < 8:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.02 * half else ""


def is_program_name(name: str) -> bool:
    """Whether a name says that it is a program."""
    return bool(_DANGEROUS.search(clean_name(name)))


def check_name(name: str) -> None:
    """Refuses as `program` a name that says it is one, whatever the file holds: "giay-moi.pdf.exe"."""
    if is_program_name(name):
        raise Refused("program")


def named_rightly(name: str, media_type: str) -> str:
    """The name with the ending of its content: a Word file called "x.pdf" becomes "x.docx"."""
    kind = BY_TYPE[media_type]
    stem, dot, ending = name.rpartition(".")
    if dot and f".{ending.lower()}" in kind.endings:
        return name
    told = f".{ending.lower()}" if dot else ""
    return f"{stem if told in _NAMED_AS else name}{kind.endings[0]}"


def clean_name(name: str) -> str:
    """A file's name as people see it: NFC, without folders, control letters and turned writing, at most 200 letters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:190]}{dot}{ending[:9]}" if dot and stem else (kept[:200] or "tai-lieu")
