"""What minutes say of a count: the sums, and what was decided by them. Before the count the figures are not there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from meeting.live import queries as live
from meeting.voting import official_words as words
from meeting.voting import saying, wording
from meeting.voting.models import Question, QuestionLine, Result
from meeting.voting.official_paper import Paper
from meeting.voting.official_words import DOTS

VERBS = {"election": "bầu", "choose": "bầu", "dismissal": "bãi nhiệm", "relief": "miễn nhiệm"}


@dataclass(frozen=True)
class Sums:
    """What was counted; None: not yet."""

    total: int
    present: int | None = None
    issued: int | None = None
    returned: int | None = None
    invalid: int | None = None
    counts: Mapping[str, int] | None = None
    lines: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    decided: bool = False  # the vote is closed: what came of it is known
    passed: bool = False
    tie: str = ""  # how equal votes were decided, in a sentence
    open_tie: bool = False  # nobody has decided them


def sums_of(session: Session, question: Question) -> Sums:
    """What is known of a count: the result once the vote is closed, before that what the head of the committee confirmed."""
    result = session.get(Result, question.id)
    if result is not None:
        paper = question.on_paper
        return Sums(
            total=result.total,
            present=result.here or result.present,
            issued=result.issued if paper else result.present,
            returned=result.returned if paper else result.cast,
            invalid=result.invalid,
            counts=result.counts,
            lines={int(line["line_id"]): line for line in wording.lines(question, result)},
            decided=True,
            passed=result.passed,
            tie=_tie(question, result),
            open_tie=result.tie == "open" and not result.settled_side,
        )
    total = question.total or live.quorum(session, question.meeting).total
    given = question.figures
    if given is None:
        return Sums(total)
    if question.figures_confirmed_at is None:
        return Sums(total, question.opened_present or None, given["issued"], given["returned"])
    lines = {int(number): line for number, line in given["lines"].items()}
    return Sums(
        total, question.opened_present or None, given["issued"], given["returned"], given["invalid"], given["counts"], lines
    )


def _tie(question: Question, result: Result) -> str:
    """Equal votes pass nothing by themselves: whose opinion did [NĐ 315 Đ25.5c, NQ 104 Đ19.2]."""
    if not result.tie:
        return ""
    head = wording.say((saying.HEAD_WORDS[question.meeting.body.kind], {}), "vi")
    equal = "Số phiếu tán thành và số phiếu không tán thành ngang nhau; "
    if result.settled_side:
        return f"{equal}quyết định theo ý kiến của {head}: “{result.settled_text.rstrip('. ')}”."
    return f"{equal}quyết định theo phiếu của {head}." if result.tie == "chair" else f"{equal}chưa có ý kiến của {head}."


def conclusion(paper: Paper, sums: Sums) -> list[str]:
    """What the body decided by its regulations; forms of confidence say nothing here. Open until the vote is closed."""
    form = paper.question.form
    if form in ("survey", "confidence"):
        return []
    ground = f"Căn cứ {paper.words.regulation}, "
    if form == "matter":
        came = f"{ground}{_body_and_term(paper)} {_decided(sums)} {words.matter_of(paper.question.title)}."
        return [sums.tie, came] if sums.tie else [came]
    if form == "election" and len(paper.question.lines) == 1:
        return [f"{ground}{_one_elected(paper, sums)}"]
    if not sums.decided:
        return [f"{ground}{_body_and_term(paper)} đã {_verb(paper)}:", f"1. {words.LONG_DOTS}", f"2. {words.LONG_DOTS}"]
    won = [line for line in paper.question.lines if _won(sums.lines.get(line.id, {}))]
    lost = [line for line in paper.question.lines if line not in won]
    said = [f"{ground}{_body_and_term(paper)} đã {_verb(paper)}:", *_named(paper, won)] if won else []
    if lost:
        said += [
            f"{'' if won else ground}{'Không' if won else 'không'} đủ số phiếu theo quy định để {_verb(paper)}:",
            *_named(paper, lost),
        ]
    return said


def _decided(sums: Sums) -> str:
    if not sums.decided:
        return f"{DOTS} thông qua"
    if sums.open_tie:
        return "chưa quyết định thông qua"
    return "đã thông qua" if sums.passed else "không thông qua"


def _one_elected(paper: Paper, sums: Sums) -> str:
    line = paper.question.lines[0]
    if not sums.decided:
        return f"{paper.called[line.id]} {DOTS} được {paper.words.body} bầu giữ chức vụ {paper.office_of(line)}."
    if _won(sums.lines.get(line.id, {})):
        return f"{paper.called[line.id]} đã được {paper.words.body} bầu giữ chức vụ {paper.office_of(line)}."
    return f"{paper.called[line.id]} không đủ số phiếu theo quy định để được bầu giữ chức vụ {paper.office_of(line)}."


def _won(line: Mapping[str, Any]) -> bool:
    return bool(line.get("elected") or line.get("passed"))


def _body_and_term(paper: Paper) -> str:
    return f"{paper.words.body} khóa {paper.term}" if paper.meeting.body.kind == "council" else paper.words.body


def _verb(paper: Paper) -> str:
    form = paper.question.form
    if form in ("paper", "alternatives"):
        return "thông qua" if form == "paper" else "lựa chọn"
    if paper.on_deputies:
        return (
            f"{'cho thôi làm nhiệm vụ' if form == 'relief' else 'bãi nhiệm'} đại biểu Hội đồng nhân dân khóa {paper.term} đối với"
        )
    return VERBS[form]


def _named(paper: Paper, lines: list[QuestionLine]) -> list[str]:
    return [f"{place}. {_settled(paper, line)}" for place, line in enumerate(lines, start=1)]


def _settled(paper: Paper, line: QuestionLine) -> str:
    form = paper.question.form
    if form in ("paper", "alternatives"):
        return f"{line.title}."
    if paper.on_deputies:
        return f"{paper.called[line.id]}."
    if form in ("election", "choose"):
        return f"{paper.called[line.id]} giữ chức vụ {paper.office_of(line)}."
    return f"Chức vụ {paper.office_of(line)} đối với {paper.called[line.id]}."
