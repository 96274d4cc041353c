"""The real texts beside the checkout, each under a key of its own. Nothing of them is kept in the project.

`law-000001`: a legal document (vbpl-central.jsonl.gz); `rule-117`: an instrument the product's defaults come from, by its number
(rules/*.txt);
`seed-000`: an article (seeds/*.txt); `reg-17`: row 17 of the register of symbols with their abstracts.
"""

import csv
import gzip
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[4] / "shared"
ABSENT = "the real texts (../shared) are not beside this checkout"
UNDATED = date(2025, 6, 15)

_KIND = re.compile(r"^(NGHỊ ĐỊNH|THÔNG TƯ(?: LIÊN TỊCH)?|LUẬT|QUYẾT ĐỊNH|NGHỊ QUYẾT|PHÁP LỆNH|VĂN BẢN HỢP NHẤT)\b", re.I | re.M)
_SYMBOL = re.compile(
    r"^\s*(?:Số|(?:Luật|Nghị quyết|Pháp lệnh|Thông tư|Nghị định|Quyết định) số)\s*:?\s*(\d[\w./-]+)", re.I | re.M
)
_ENDS_TITLE = re.compile(r"^(?:Căn cứ|Thực hiện|Theo |[-_*]{3,}|Chương |Điều 1\b|Quốc hội ban hành)", re.I)
_ENGLISH = re.compile(r"\b(?:pursuant|the|article)\b", re.I)
LEAST_LETTERS = 1500


@dataclass(frozen=True)
class Text:
    """One document as it lies beside the checkout."""

    key: str
    symbol: str
    title: str
    dated: date
    body: str


def there() -> bool:
    """Whether the texts lie beside the checkout."""
    return (SHARED / "data").is_dir() and (SHARED / "seeds").is_dir()


def all_texts() -> list[Text]:
    """Every text in Vietnamese, in a fixed order; a row that the register repeats stands once."""
    once: dict[tuple[str, date, str], Text] = {}
    for row in _register():
        once.setdefault((row.symbol, row.dated, row.body), row)
    return [*_laws(), *_rules(), *_seeds(), *once.values()]


def _laws() -> list[Text]:
    found = []
    with gzip.open(SHARED / "data" / "vbpl-central.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            body = row["text"] or ""
            if len(body) < LEAST_LETTERS or len(_ENGLISH.findall(body[:3000])) > 20:
                continue
            dated = _day(row["date"] or "", "%Y-%m-%d")
            found.append(Text(f"law-{row['id'].split('-')[1]}", _symbol(body), _title(body), dated, body))
    return found


def _symbol(body: str) -> str:
    stated = _SYMBOL.search(body[:1200])
    return stated.group(1).strip(".") if stated and "/" in stated.group(1) else ""


def _title(body: str) -> str:
    """The kind and what it is about, as they head the document."""
    heading = _KIND.search(body[:1500])
    if not heading:
        return " ".join(body[:120].split())
    lines = body[heading.start() :].split("\n")
    title = [lines[0].strip()]
    for line in lines[1:6]:
        if _ENDS_TITLE.match(line.strip()):
            break
        title.append(line.strip())
    return " ".join(part for part in title if part)[:250]


def _rules() -> list[Text]:
    return [
        Text(f"rule-{path.stem.split('-')[1]}", _symbol(body), _title(body), UNDATED, body)
        for path in sorted((SHARED / "data" / "rules").glob("*.txt"))
        for body in [path.read_text(encoding="utf-8")]
    ]


def _seeds() -> list[Text]:
    found = []
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        body = path.read_text(encoding="utf-8")
        lines = [line.strip() for line in body.split("\n") if len(line.strip()) > 40]
        found.append(Text(f"seed-{path.stem[:3]}", "", lines[0][:250], UNDATED, body))
    return found


def _register() -> list[Text]:
    found = []
    with gzip.open(SHARED / "data" / "binhduong-register.csv.gz", "rt", encoding="utf-8", newline="") as rows:
        for number, row in enumerate(csv.DictReader(rows), start=1):
            dated = _day(row["ngay_ban_hanh"], "%d/%m/%Y")
            abstract = row["trich_yeu"].strip()
            found.append(Text(f"reg-{number}", row["so_ky_hieu"].strip()[:60], abstract[:250], dated, abstract))
    return found


def _day(text: str, form: str) -> date:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return UNDATED
