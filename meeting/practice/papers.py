"""The paper of a practice: two pages, set by the product's own layout, made anew for each practice."""

from datetime import date

from meeting.documents.typeset import Block, Sheet, body_lines, place_and_date, typeset
from meeting.practice.rules import PAGES, PAPER


def as_pdf(body: str, place: str, practice_id: int, day: date) -> bytes:
    """The paper's PDF, dated that day."""
    sheet: Sheet = {
        "style": "state",
        "body": body_lines(body),
        "symbol": "TD",
        "number": f"{practice_id:02}",
        "place_date": place_and_date(place or "…", day),
        "title": PAPER.upper(),
        "abstract": ["Để tập đọc, ghi chú, phát biểu, biểu quyết. Không lưu lại"],
        "blocks": [block for page in PAGES for block in _blocks(page)],
        "recipients": ["Những người dự buổi tập."],
        "signature": {"lines": ["TẬP DƯỢT"], "name": "Không có giá trị"},
    }
    return typeset("paper", sheet)


def _blocks(lines: tuple[str, ...]) -> list[Block]:
    found: list[Block] = []
    for line in lines:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("| ").split("|")]
            if found and found[-1]["kind"] == "table":
                found[-1]["rows"].append(cells)
            else:
                found.append({"kind": "table", "head": cells, "rows": [], "widths": [1, 5, 6], "centred": [0]})
        elif line.startswith("# "):
            found.append({"kind": "heading", "text": line[2:]})
        elif " :: " in line:
            lead, _, rest = line.partition(" :: ")
            found.append({"kind": "p", "lead": lead, "text": rest})
        else:
            found.append({"kind": "p", "text": line})
    return found
