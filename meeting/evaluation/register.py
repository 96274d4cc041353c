"""The register of past meetings: reading its table, finding what is wrong line by line, and meeting old rows again.

Pure: rows of text in, past meetings and faults out.
Columns: `body,held_on,kind,notice_symbol,verdict`, in any order, names in either language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from meeting.errors import N_, Refused, declare
from meeting.evaluation.rules import GOOD, MET, NOT_MET

COLUMNS = ("body", "held_on", "kind", "notice_symbol", "verdict")
NEEDED = ("body", "held_on")
OTHER_NAMES = {
    "co quan": "body",
    "ngay hop": "held_on",
    "ngay": "held_on",
    "loai cuoc hop": "kind",
    "loai": "kind",
    "so ky hieu": "notice_symbol",
    "thong bao ket luan": "notice_symbol",
    "danh gia": "verdict",
    "ket qua": "verdict",
}
VERDICT_WORDS = {
    **dict.fromkeys(("", "chua danh gia", "ungraded", "not graded"), ("", "")),
    **dict.fromkeys(("tot", "good"), (MET, GOOD)),
    **dict.fromkeys(("met", "dat", "dat yeu cau", "kha", "trung binh", "pass", "passed"), (MET, "")),
    **dict.fromkeys(
        ("not_met", "not met", "chua dat", "khong dat", "chua dat yeu cau", "khong dat yeu cau", "kem"), (NOT_MET, "")
    ),
}
NO_NOTICE = ("", "-", "0", "khong", "khong co", "khong ban hanh", "none", "no")
DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")

UNKNOWN_BODY = N_("There is no such body.")
WRONG_DATE = N_("This is not a date. Write 24/11/2026.")
FUTURE_DATE = N_("This day has not come yet.")
WRONG_VERDICT = N_("This is not a verdict. Write “đạt” or “chưa đạt”, or leave it empty.")
TWICE = N_("The same notice stands on another line.")
TOO_LONG = N_("This is too long.")

declare(
    {
        "register_columns_missing": N_("These columns are missing: %(columns)s."),
        "register_wrong": N_("%(count)s lines are wrong. Nothing was imported. First: line %(line)s, “%(field)s”."),
    }
)


@dataclass(frozen=True)
class RawRow:
    """One line of the file as it stands there; `line` counts as a spreadsheet does (the heading is line 1)."""

    line: int
    body: str = ""
    held_on: str = ""
    kind: str = ""
    notice_symbol: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line, with the sentence's message id."""

    line: int
    field: str
    sentence: str
    value: str


@dataclass(frozen=True)
class PastMeeting:
    """One past meeting, read."""

    body_id: int
    held_on: date
    kind: str = ""
    notice_symbol: str = ""
    verdict: str = ""
    shade: str = ""

    @property
    def place(self) -> tuple[int, date, str]:
        """What tells meetings apart when neither has a notice."""
        return self.body_id, self.held_on, plain(self.kind)


@dataclass
class Reading:
    """What came out of a file: good rows and faults."""

    rows: list[PastMeeting] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Merge:
    """What an import does: `new` rows, changed ones by the key of the row they change, and how many stay as they are."""

    new: list[PastMeeting]
    changed: list[tuple[int, PastMeeting]]
    unchanged: int


def plain(text: str) -> str:
    """Lower case, without marks, single spaces: for comparing words that people typed."""
    marked = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d").replace("ð", "d"))
    return " ".join("".join(letter for letter in marked if not unicodedata.combining(letter)).split())


def symbol_key(symbol: str) -> str:
    """One key for one symbol, however it is spaced or dashed: `27 / TB – UBND` and `27/TB-UBND`."""
    text = unicodedata.normalize("NFC", symbol).upper().replace("Ð", "Đ")
    text = re.sub(r"[–—_−]", "-", re.sub(r"\s+", "", text))
    return re.sub(r"^0+(?=\d)", "", text)


def read_table(table: Sequence[Sequence[str]]) -> list[RawRow]:
    """The lines under a heading: `register_columns_missing`. Empty lines are passed over but counted."""
    places = _columns(table[0])
    missing = [name for name in NEEDED if name not in places]
    if missing:
        raise Refused("register_columns_missing", columns=missing)
    rows = []
    for line, cells in enumerate(table[1:], start=2):
        texts = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        if any(texts.values()):
            rows.append(RawRow(line=line, **texts))
    return rows


def _columns(heading: Sequence[str]) -> dict[str, int]:
    names = [
        cell.strip().lower() if cell.strip().lower() in COLUMNS else plain(re.sub(r"[^\w\s]", " ", cell)) for cell in heading
    ]
    found: dict[str, int] = {}
    for at, name in enumerate(names):
        column = name if name in COLUMNS else OTHER_NAMES.get(name, "")
        if column:
            found.setdefault(column, at)
    return found


def read_lines(rows: Iterable[RawRow], bodies: Mapping[str, int], today: date) -> Reading:
    """Past meetings out of lines, and every fault of every line. `bodies`: ids by each name a body goes by."""
    reading = Reading()
    ids = {plain(name): body_id for name, body_id in bodies.items()}
    seen: Counter[tuple[int, date, str]] = Counter()
    for row in rows:
        faults: list[Fault] = []
        body_id = ids.get(plain(row.body))
        if body_id is None:
            faults.append(Fault(row.line, "body", UNKNOWN_BODY, row.body))
        held_on = read_date(row.held_on)
        if held_on is None or held_on > today:
            faults.append(Fault(row.line, "held_on", FUTURE_DATE if held_on else WRONG_DATE, row.held_on))
        verdict = VERDICT_WORDS.get(plain(row.verdict))
        if verdict is None:
            faults.append(Fault(row.line, "verdict", WRONG_VERDICT, row.verdict))
        faults += [Fault(row.line, name, TOO_LONG, text[:60]) for name, text in _long(row)]
        if body_id is not None and held_on is not None and plain(row.notice_symbol) not in NO_NOTICE:
            notice = (body_id, held_on, symbol_key(row.notice_symbol))
            seen[notice] += 1
            if seen[notice] > 1:
                faults.append(Fault(row.line, "notice_symbol", TWICE, row.notice_symbol))
        reading.faults += faults
        if not faults and body_id is not None and held_on is not None:
            symbol = "" if plain(row.notice_symbol) in NO_NOTICE else row.notice_symbol
            reading.rows.append(PastMeeting(body_id, held_on, row.kind, symbol, *(verdict or ("", ""))))
    return reading


def _long(row: RawRow) -> list[tuple[str, str]]:
    return [(name, text) for name, text in (("kind", row.kind), ("notice_symbol", row.notice_symbol)) if len(text) > 60]


def read_date(text: str) -> date | None:
    """A day as people write it, or None."""
    words = text.strip().split(" ")[0].split("T")[0]
    for form in DATE_FORMS:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day without a clock
        except ValueError:
            continue
    return None


def merge(known: Sequence[tuple[int, PastMeeting]], incoming: Iterable[PastMeeting]) -> Merge:
    """Finds each incoming row among the known ones, so that the same file twice changes nothing.

    First by body, day and symbol; then a row whose symbol was still empty by body, day and kind: so a notice issued later
    completes its row instead of doubling it. Two meetings of one kind on one day are two rows.
    """
    free = list(known)
    new: list[PastMeeting] = []
    changed: list[tuple[int, PastMeeting]] = []
    unchanged = 0
    later: list[PastMeeting] = []
    for row in incoming:
        found = next((old for old in free if _same(old[1], row)), None)
        if found is None:
            later.append(row)
            continue
        free.remove(found)
        if found[1] == row:
            unchanged += 1
        else:
            changed.append((found[0], row))
    for row in later:
        found = next((old for old in free if not old[1].notice_symbol and old[1].place == row.place), None)
        if found is None:
            new.append(row)
        else:
            free.remove(found)
            changed.append((found[0], row))
    return Merge(new, changed, unchanged)


def _same(old: PastMeeting, row: PastMeeting) -> bool:
    if (old.body_id, old.held_on) != (row.body_id, row.held_on):
        return False
    if old.notice_symbol or row.notice_symbol:
        return symbol_key(old.notice_symbol) == symbol_key(row.notice_symbol)
    return plain(old.kind) == plain(row.kind)
