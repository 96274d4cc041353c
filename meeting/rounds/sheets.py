"""The printed sheets of a round, in Vietnamese as they are filed: the slip to sign, the synthesis of what came back."""

from collections.abc import Sequence

from meeting.clock import local
from meeting.documents.typeset import Block, Sheet, Signature, body_lines, place_and_date
from meeting.organization.models import Person
from meeting.rounds import queries, rules, wording
from meeting.rounds.models import OpinionRound
from meeting.rounds.stats import percent
from meeting.voting.wording import say

CALLED = {"committee": "thành viên Ủy ban nhân dân", "council": "thành viên được lấy ý kiến", "party": "đồng chí ủy viên"}
EMPTY_LINES = 3


def vi(sentence: str) -> str:
    """A message id as the record says it."""
    return say((sentence, {}), "vi")


def moment(at: object) -> str:
    """A moment as sheets write it."""
    return f"{at:%H:%M ngày %d/%m/%Y}"


def _head(row: OpinionRound, title: str, abstract: list[str]) -> Sheet:
    body = row.body
    sheet = Sheet(style="party" if body.is_party else "state", body=body_lines(body.name), title=title)
    if body.parent_name:
        sheet["parent"] = [body.parent_name.upper()]
    sheet["abstract"] = abstract
    return sheet


def slip(row: OpinionRound, person: Person | None = None) -> Sheet:
    """The slip (phiếu lấy ý kiến) to fill in and sign by hand; with a person's name, or with an empty line for it."""
    sheet = _head(row, "PHIẾU LẤY Ý KIẾN", [row.title])
    sheet["place_date"] = place_and_date(row.body.place, None)
    who = f"{person.full_name}{f', {person.position}' if person.position else ''}" if person else "." * 60
    blocks = [
        Block(kind="p", lead="Kính gửi:", text=f"{CALLED[row.body.kind]} {who}"),
        Block(kind="p", lead="Lý do lấy ý kiến bằng văn bản:", text=_ground(row)),
        *_paragraphs(row),
        *_dossier(row),
        Block(kind="p", lead="Ý kiến:", text="đánh dấu X vào một ô."),
        Block(
            kind="table",
            head=["Phương án", "Đánh dấu X"],
            rows=[[vi(rules.LABELS[key]), ""] for key in row.options],
            widths=[7, 3],
            centred=[1],
        ),
        Block(kind="p", lead="Nội dung ý kiến (bắt buộc khi chọn ý kiến khác):", text=""),
        *(Block(kind="p", text="." * 110) for _ in range(EMPTY_LINES)),
        Block(kind="p", lead="Hạn trả lời:", text=f"{moment(local(row.due_at))}, gửi về Văn phòng ({row.officer.full_name})."),
    ]
    sheet["blocks"] = blocks
    sheet["signature"] = Signature(lines=["NGƯỜI CHO Ý KIẾN"], name=person.full_name if person else "")
    return sheet


def _ground(row: OpinionRound) -> str:
    said = vi(rules.GROUNDS[row.body.kind][row.ground])
    return row.ground_text if row.ground == "other" and row.ground_text else f"{said}. {row.ground_text}".strip()


def _paragraphs(row: OpinionRound) -> list[Block]:
    return [Block(kind="p", text=line) for line in row.text.splitlines() if line.strip()]


def _dossier(row: OpinionRound) -> list[Block]:
    if not row.papers:
        return []
    rows = [[str(number), each.title] for number, each in enumerate(row.papers, start=1)]
    return [
        Block(kind="p", lead="Hồ sơ gửi kèm:", text=""),
        Block(kind="table", head=["STT", "Tài liệu"], rows=rows, widths=[1, 12], centred=[0]),
    ]


def synthesis(row: OpinionRound, *, named: bool = False) -> Sheet:
    """The synthesis (phiếu tổng hợp ý kiến) of a closed round; `named` for the desk, the chair and the officer in charge."""
    result = row.result or {}
    sheet = _head(row, "PHIẾU TỔNG HỢP Ý KIẾN", [f"Lấy ý kiến bằng văn bản: {row.title}"])
    closed = local(row.closed_at) if row.closed_at else None
    sheet["place_date"] = place_and_date(row.body.place, closed.date() if closed else None)
    blocks = [*_course(row), Block(kind="heading", text="Kết quả")]
    rows = [[vi(rules.LABELS[key]), str(number), percent(number, row.total)] for key, number in in_order(row)]
    rows.append(["Không có ý kiến", str(result["silent"]), percent(result["silent"], row.total)])
    head = ["Phương án", "Số phiếu", f"Tỷ lệ trên tổng số ({row.total})"]
    blocks.append(Block(kind="table", head=head, rows=rows, widths=[6, 2, 4], centred=[1, 2]))
    asked = f"{result['asked']} người được lấy ý kiến, {result['answered']} phiếu thu về"
    slips = f", trong đó {result['on_paper']} phiếu giấy" if result["on_paper"] else ""
    blocks.append(Block(kind="p", text=f"{asked}{slips}; {result['silent']} người không có ý kiến."))
    blocks += [Block(kind="p", text=say(each, "vi")) for each in wording.verdict(result, row.rule, row.body.kind)]
    blocks += [*_units(row, row.options if named else []), *(_by_name(row) if named else _words(row)), *_decision(row)]
    blocks.append(Block(kind="p", lead="Mã kiểm tra các phiếu (SHA-256):", text=_grouped(result["digest"])))
    sheet["blocks"] = blocks
    sheet["signature"] = Signature(lines=["NGƯỜI TỔNG HỢP"], name=row.officer.full_name)
    return sheet


def in_order(row: OpinionRound) -> list[tuple[str, int]]:
    """The frozen counts in the order of the slip."""
    counts = (row.result or {"counts": {}})["counts"]
    return [(key, counts[key]) for key in row.options if key in counts]


def _grouped(digest: str) -> str:
    """A hash in groups of eight, so that it can be compared by eye and breaks at the end of a line."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _course(row: OpinionRound) -> list[Block]:
    lines = [("Lý do lấy ý kiến bằng văn bản:", _ground(row))]
    if row.unit:
        lines.append(("Cơ quan trình:", row.unit.name))
    if row.sent_at:
        lines.append(("Gửi lấy ý kiến:", moment(local(row.sent_at))))
    lines.append(("Hạn trả lời:", moment(local(row.due_at))))
    moved = [f"từ {moment(local(x.old_due_at))} đến {moment(local(x.new_due_at))} ({x.reason})" for x in row.extensions]
    if moved:
        lines.append(("Gia hạn:", "; ".join(moved)))
    if row.closed_at:
        how = "hết hạn" if row.closed_at >= row.due_at else "đã đủ ý kiến"
        lines.append(("Kết thúc:", f"{moment(local(row.closed_at))} ({how})"))
    return [*(Block(kind="p", lead=lead, text=text) for lead, text in lines), *_dossier(row)]


def _units(row: OpinionRound, options: Sequence[str]) -> list[Block]:
    """How many answered in each unit, by these options: by none for those who do not read by name."""
    units = (row.result or {})["by_unit"]
    if len(units) < 2:
        return []
    head = ["Đơn vị", "Được hỏi", "Trả lời", *(vi(rules.LABELS[key]) for key in options)]
    rows = [
        [
            each["unit"] or "Không thuộc đơn vị",
            str(each["asked"]),
            str(each["answered"]),
            *(str(each["counts"][x]) for x in options),
        ]
        for each in units
    ]
    numbers = list(range(1, len(head)))
    widths = [8, *(3 for _ in numbers)]
    return [
        Block(kind="heading", text="Theo đơn vị"),
        Block(kind="table", head=head, rows=rows, widths=widths, centred=numbers),
    ]


def _by_name(row: OpinionRound) -> list[Block]:
    rows = []
    for number, member in enumerate(row.members, start=1):
        given = queries.answer_of(row, member.person_id)
        said = vi(rules.LABELS[given.choice]) if given else "Không có ý kiến"
        when = moment(local(given.at)) + (" (phiếu giấy)" if given.on_paper else "") if given else ""
        rows.append([str(number), member.person.full_name, member.person.position, said, given.text if given else "", when])
    head = ["STT", "Họ và tên", "Chức vụ", "Ý kiến", "Nội dung", "Thời gian"]
    table = Block(kind="table", head=head, rows=rows, widths=[3, 7, 7, 5, 10, 6], centred=[0])
    return [Block(kind="heading", text="Ý kiến của từng thành viên"), table]


def _words(row: OpinionRound) -> list[Block]:
    """What was written, without names."""
    said = [[vi(rules.LABELS[each.choice]), each.text] for each in sorted(row.answers, key=_by_choice) if each.text]
    if not said:
        return []
    table = Block(kind="table", head=["Ý kiến", "Nội dung"], rows=said, widths=[3, 9])
    return [Block(kind="heading", text="Nội dung các ý kiến"), table]


def _by_choice(answer: object) -> tuple[int, str]:
    """An order that says nothing of who wrote it when."""
    return rules.CHOICES.index(answer.choice), answer.text  # type: ignore[attr-defined]


def _decision(row: OpinionRound) -> list[Block]:
    if row.state != "decided" or row.decided_at is None or row.decided_by is None:
        return []
    by = row.decided_by.position or row.decided_by.full_name
    said = f"{vi(wording.DECISION_NAMES[row.decision])}. {row.decision_text}".strip()
    return [
        Block(kind="heading", text="Quyết định"),
        Block(kind="p", lead=f"{by}, {moment(local(row.decided_at))}:", text=said),
    ]
