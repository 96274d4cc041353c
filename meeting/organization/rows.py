"""Tables that come from outside: CSV in whatever form an office program writes it, or XLSX. Bytes in, rows of text out."""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from meeting.errors import Refused
from meeting.organization.names import nfc
from meeting.web.spreadsheets import FORMULA_SIGNS

MOST_ROWS = 5000
MOST_BYTES = 5 * 1024 * 1024

Rows = list[list[str]]


def read_rows(content: bytes, name: str) -> Rows:
    """The rows of a table, the heading first, each cell as NFC text; empty lines stay, so that line numbers are the file's.

    CSV may have a byte order mark, commas, semicolons or tabs, in UTF-8 or the UTF-16 of older Excel; XLSX is read from its
    first sheet. Refused as `unreadable_table`, or `too_many_rows` past 5,000 lines.
    """
    if len(content) > MOST_BYTES:
        raise Refused("unreadable_table")
    rows = _from_xlsx(content) if content[:2] == b"PK" or name.lower().endswith(".xlsx") else _from_csv(content)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS + 1:
        raise Refused("too_many_rows", most=MOST_ROWS)
    if not rows:
        raise Refused("unreadable_table")
    return rows


def _from_csv(content: bytes) -> Rows:
    text = _decoded(content)
    if "\0" in text:
        raise Refused("unreadable_table")
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        return [[_typed(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error:
        raise Refused("unreadable_table") from None


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        kind = "utf-16"
    else:
        kind = "utf-8-sig"
    try:
        return content.decode(kind)
    except UnicodeDecodeError:
        raise Refused("unreadable_table") from None


def _from_xlsx(content: bytes) -> Rows:
    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [[_cell(value) for value in row] for row in sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True)]
        book.close()
    except Refused:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError, SyntaxError):
        raise Refused("unreadable_table") from None
    return rows


def _check_size(content: bytes) -> None:
    """A workbook that unpacks to a flood is refused before it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > 40 * MOST_BYTES:
            raise Refused("unreadable_table")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _typed(str(value))


def _typed(cell: str) -> str:
    """The text of a cell, without the mark that keeps a spreadsheet from taking it for a formula."""
    text = nfc(cell)
    return text[1:] if text.startswith("'") and text[1:].lstrip().startswith(FORMULA_SIGNS) else text
