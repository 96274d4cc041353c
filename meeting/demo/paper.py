"""A demo paper: written as plain text, set by the project's own layout.

The text is read line by line: `# ` is a heading, `| a | b` a row of a table (the first row its head), `Lead. :: text` a
paragraph with a bold lead; every other line is a paragraph. `{year}` and `{next_year}` stand for the year of filling.
"""

from dataclasses import dataclass
from datetime import date

from meeting.demo.people import TOWN
from meeting.documents.typeset import Block, Sheet, body_lines, place_and_date, typeset


@dataclass(frozen=True)
class Paper:
    """One paper before it is set. `issuer` is the body in its heading, `office` and `name` sign it."""

    file_name: str
    issuer: str
    symbol: str
    number: int
    title: str
    about: str
    to: str
    text: str
    office: tuple[str, ...]
    name: str
    recipients: tuple[str, ...] = ("Như trên", "Lưu: VT")


def as_pdf(paper: Paper, day: date) -> bytes:
    """The paper's PDF, dated that day."""
    sheet: Sheet = {
        "style": "state",
        "body": body_lines(paper.issuer),
        "symbol": paper.symbol,
        "number": f"{paper.number:02}",
        "place_date": place_and_date(TOWN, day),
        "title": paper.title,
        "abstract": [_filled(paper.about, day)],
        "to": paper.to,
        "blocks": blocks(paper.text, day),
        "recipients": [*(f"{line};" for line in paper.recipients[:-1]), f"{paper.recipients[-1]}."],
        "signature": {"lines": list(paper.office), "name": paper.name},
    }
    return typeset("paper", sheet)


def blocks(text: str, day: date) -> list[Block]:
    """The text as pieces of a sheet."""
    found: list[Block] = []
    for line in _filled(text, day).splitlines():
        if line.startswith("|"):
            _add_row(found, [cell.strip() for cell in line.strip("| ").split("|")])
        elif line.startswith("# "):
            found.append({"kind": "heading", "text": line[2:]})
        elif " :: " in line:
            lead, _, rest = line.partition(" :: ")
            found.append({"kind": "p", "lead": lead, "text": rest})
        elif line.strip():
            found.append({"kind": "p", "text": line.strip()})
    for block in found:
        if block["kind"] == "table":
            block["right"] = [place for place in range(2, len(block["head"])) if _is_figures(block["rows"], place)]
    return found


def _filled(text: str, day: date) -> str:
    return text.replace("{year}", str(day.year)).replace("{next_year}", str(day.year + 1))


def _is_figures(rows: list[list[str]], place: int) -> bool:
    return all(row[place].lstrip("-")[:1].isdigit() and not row[place][-1].isalpha() for row in rows)


def _add_row(found: list[Block], cells: list[str]) -> None:
    last = found[-1] if found else None
    if last is not None and last["kind"] == "table":
        last["rows"].append(cells)
        return
    width = len(cells)
    found.append(
        {
            "kind": "table",
            "head": cells,
            "rows": [],
            "widths": [1, 5, *[2] * (width - 2)],
            "centred": [0],
        }
    )
