"""The election of the council's own leaders: Chủ tịch, Phó Chủ tịch, Trưởng Ban of the Hội đồng nhân dân on one ballot.

Source: NQ 104/2025/UBTVQH15, annex, form 5 (the ballot: people in groups by office, with their present posts) and 6 (its counting
minutes: the sums for each office, shares of those present and of the total).
"""

from itertools import groupby

from meeting.documents.typeset import BallotPaper, BallotRow
from meeting.voting import official_words as words
from meeting.voting.majority import percent, share
from meeting.voting.models import QuestionLine
from meeting.voting.official_outcome import Sums
from meeting.voting.official_paper import Paper
from meeting.voting.official_words import DOTS

COLUMNS = ["Đồng ý", "Không đồng ý"]
OFFICES = ("chủ tịch", "phó chủ tịch", "trưởng ban")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
OFFICE_WORDS = "Chủ tịch Hội đồng nhân dân, Phó Chủ tịch Hội đồng nhân dân, Trưởng Ban của Hội đồng nhân dân"


def is_of_leaders(paper: Paper) -> bool:
    """Whether a ballot elects the chair of the council and others of its leaders: forms 5 and 6 instead of 1.1.2 and 3.2."""
    if paper.meeting.body.kind != "council" or paper.question.form != "election":
        return False
    offices = {line.office.casefold() for line in paper.question.lines}
    own = all(office.startswith(OFFICES) and _of_council(office) for office in offices)
    return own and 1 < len(offices) <= len(ROMAN) and any(office.startswith("chủ tịch") for office in offices)


def _of_council(office: str) -> bool:
    """A committee of the council need not name it: "Trưởng Ban Pháp chế"; a chair of the UBND is none of the council's."""
    return "hội đồng nhân dân" in office or "hđnd" in office or office.startswith("trưởng ban")


def groups_of(paper: Paper) -> list[tuple[str, list[QuestionLine]]]:
    """People by the office they stand for, in the order of the offices on the paper."""
    order = list(dict.fromkeys(line.office for line in paper.question.lines))
    sorted_lines = sorted(paper.question.lines, key=lambda line: (order.index(line.office), line.position))
    return [(office, list(lines)) for office, lines in groupby(sorted_lines, key=lambda line: line.office)]


def abstract_of(paper: Paper) -> str:
    """What is elected, with the term."""
    place = paper.words.full.removeprefix("Hội đồng nhân dân").strip()
    return f"{OFFICE_WORDS} {place} khóa {paper.term}, nhiệm kỳ {paper.years}".replace("  ", " ")


def ballot(paper: Paper) -> BallotPaper:
    """Form 5."""
    rows = []
    for number, (office, lines) in enumerate(groups_of(paper)):
        for place, line in enumerate(lines):
            row = BallotRow(name=paper.called[line.id], detail=line.detail)
            if place == 0:
                row["group"] = f"{ROMAN[number]}. {office.upper()}"
            rows.append(row)
    notes = words.notes("election", COLUMNS, paper.words.voter, len(rows))
    return BallotPaper(appeal="", head="Họ và tên", columns=COLUMNS, posts="Chức vụ hiện nay", rows=rows, notes=notes)


def counted(paper: Paper, sums: Sums) -> list[str]:
    """The figures of form 6: for each office the sums, then each person."""
    said: list[str] = []
    for number, (office, lines) in enumerate(groups_of(paper), start=1):
        said += [f"{number}. Kết quả bầu {office} như sau:", *_sums(paper, sums)]
        for place, line in enumerate(lines, start=1):
            said += [f"{number}.{place}. {paper.called[line.id]}", *_person(sums, line)]
    return said


def _sums(paper: Paper, sums: Sums) -> list[str]:
    return [
        f"- Tổng số {paper.words.voters}: {_number(sums.total or None)}",
        f"- Số đại biểu có mặt: {_number(sums.present)}",
        f"- Số phiếu phát ra: {_number(sums.issued)}",
        f"- Số phiếu thu về: {_number(sums.returned)}",
    ]


def _person(sums: Sums, line: QuestionLine) -> list[str]:
    given = sums.lines.get(line.id, {})
    counts = given.get("counts") or {}
    marks = [("Số phiếu đồng ý", counts.get("for")), ("Số phiếu không đồng ý", counts.get("against"))]
    return [
        f"- Số phiếu hợp lệ: {_number(given.get('valid'))}",
        f"- Số phiếu không hợp lệ: {_number(given.get('invalid'))}",
        *(f"- {said}: {_number(count)}, {_shares(count, sums)}" for said, count in marks),
    ]


def _shares(count: int | None, sums: Sums) -> str:
    def of(whole: int | None) -> str:
        return f"{DOTS}%" if count is None or whole is None else percent(share(count, whole))

    return f"bằng {of(sums.present)} tổng số đại biểu có mặt, bằng {of(sums.total)} tổng số đại biểu Hội đồng nhân dân."


def _number(count: int | None) -> str:
    return DOTS if count is None else str(count)
