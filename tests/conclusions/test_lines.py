"""Lines of a document: written by several hands at once, kept at every pause, moved, taken out and put back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.conclusions.editing import check_settled_lines
from meeting.conclusions.merging import CLASH
from meeting.conclusions.models import InstrumentVersion, Notice, NoticeLine
from meeting.errors import Refused
from meeting.organization.models import Membership
from meeting.permissions import Role
from tests.conclusions.conftest import EVENING, Desk
from tests.conftest import MORNING

Do = Callable[..., dict[str, Any]]
EDITED = "conclusions.notice_edited"


@pytest.fixture
def second(council: Any) -> str:
    """Vân writes beside Minh."""
    council.write(
        Membership(person_id=council.person("van"), body_id=council.body("UBND"), role=Role.SECRETARY, starts_on=MORNING.date())
    )
    return "van"


def line_of(council: Any, line_id: int) -> NoticeLine:
    return council.one(select(NoticeLine).where(NoticeLine.id == line_id))  # type: ignore[no-any-return]


def first_line(desk: Desk, **fields: Any) -> tuple[int, int]:
    notice_id = desk.draft({"text": "Giao Phòng Kinh tế rà soát hồ sơ.", **fields})
    return notice_id, desk.council.one(select(NoticeLine.id).where(NoticeLine.notice_id == notice_id))


def refused(do: Do, who: str, act: str, /, **wanted: Any) -> str:
    with pytest.raises(Refused) as found:
        do(who, act, **wanted)
    return found.value.code


def test_two_hands_on_one_line_are_both_kept(desk: Desk, do: Do, council: Any, second: str) -> None:
    _, line = first_line(desk)
    stand = line_of(council, line)

    do("minh", "conclusions.save_line", line_id=line, version=stand.version, base=stand.text, text=f"Thống nhất. {stand.text}")
    late = do(
        second, "conclusions.save_line", line_id=line, version=stand.version, base=stand.text, text=f"{stand.text} Báo cáo."
    )

    assert late["text"] == "Thống nhất. Giao Phòng Kinh tế rà soát hồ sơ. Báo cáo."
    assert (late["version"], line_of(council, line).text) == (stand.version + 2, late["text"])


def test_a_clash_keeps_both_and_must_be_settled(desk: Desk, do: Do, council: Any, second: str) -> None:
    notice, line = first_line(desk)
    stand = line_of(council, line)
    do("minh", "conclusions.save_line", line_id=line, version=stand.version, base=stand.text, text="Giao Công an rà soát hồ sơ.")

    late = do(
        second,
        "conclusions.save_line",
        line_id=line,
        version=stand.version,
        base=stand.text,
        text="Giao Văn phòng rà soát hồ sơ.",
    )

    assert late["text"] == f"Giao Công an rà soát hồ sơ.\n{CLASH}\nGiao Văn phòng rà soát hồ sơ."
    with database.reading() as session, pytest.raises(Refused) as found:
        check_settled_lines(session.get_one(Notice, notice))
    assert found.value.facts["where"] == "1"
    assert refused(do, "hung", "conclusions.approve", notice_id=notice) == "line_clashes"


def test_the_last_word_on_a_field_counts_and_what_it_took_the_place_of_is_told(
    desk: Desk, do: Do, council: Any, second: str
) -> None:
    _, line = first_line(desk, lead_unit_id=desk.council.unit("kinh_te"))
    version = line_of(council, line).version
    do("minh", "conclusions.save_line", line_id=line, version=version, due_on="2026-12-15", was={"due_on": None})

    late = do(second, "conclusions.save_line", line_id=line, version=version, due_on="2026-12-20", was={"due_on": None})
    product = do("minh", "conclusions.save_line", line_id=line, version=version, product="Kế hoạch", was={"product": ""})

    assert late["overwrote"] == {"due_on": {"value": "2026-12-15", "by": council.person("minh")}}
    assert product["overwrote"] == {}
    found = line_of(council, line)
    assert (found.due_on, found.product) == (date(2026, 12, 20), "Kế hoạch")


def test_only_what_is_sent_changes(desk: Desk, do: Do, council: Any) -> None:
    _, line = first_line(desk, **desk.task(product="Kế hoạch"))
    head = council.person("truong")

    do("minh", "conclusions.save_line", line_id=line, officer_id=head, process="Rà soát, lấy ý kiến, trình.")
    do("minh", "conclusions.save_line", line_id=line, no_due=True)

    found = line_of(council, line)
    assert (found.text, found.product, found.officer_id, found.process) == (
        "Tháo gỡ mặt bằng ngõ 115",
        "Kế hoạch",
        head,
        "Rà soát, lấy ý kiến, trình.",
    )
    assert (found.due_on, found.no_due) == (None, True)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "  "}, "line_empty"),
        ({"due_on": "2026-11-01"}, "task_due_before_meeting"),
        ({"due_on": "2026-12-15", "no_due": True}, "due_and_no_due"),
        ({"lead_unit_id": 99_999}, "not_found"),
        ({"item_id": 99_999}, "not_found"),
    ],
)
def test_what_cannot_stand_is_refused(desk: Desk, do: Do, council: Any, fields: dict[str, Any], code: str) -> None:
    _, line = first_line(desk)

    assert refused(do, "minh", "conclusions.save_line", line_id=line, **fields) == code
    assert line_of(council, line).version == 1


@pytest.mark.parametrize("who", ["hoa", "dung", "khach"])
def test_nobody_else_writes(desk: Desk, do: Do, who: str) -> None:
    notice, line = first_line(desk)

    assert refused(do, who, "conclusions.save_line", line_id=line, text="X") == "not_found"
    assert refused(do, who, "conclusions.save_words", notice_id=notice, part="opening", text="X") == "not_found"
    assert refused(do, who, "conclusions.restore_version", notice_id=notice, version=1) == "not_found"


def test_pauses_of_one_hand_are_one_version_and_one_entry(
    desk: Desk, do: Do, council: Any, second: str, at: Callable[[Any], None]
) -> None:
    notice, line = first_line(desk)
    for place, text in enumerate(("Một", "Một hai", "Một hai ba"), start=1):
        at(EVENING + timedelta(minutes=10, seconds=place))
        do("minh", "conclusions.save_line", line_id=line, text=text)
    do(second, "conclusions.save_line", line_id=line, text="Một hai ba bốn")
    do(second, "conclusions.save_line", line_id=line, text="Một hai ba bốn")  # the same again: nothing

    kept = council.all(
        select(InstrumentVersion).where(InstrumentVersion.instrument_id == notice).order_by(InstrumentVersion.version)
    )
    texts = [version.content["lines"][0]["text"] for version in kept if version.version > 1]
    assert texts == ["Một hai ba", "Một hai ba bốn"]
    assert [facts["change"] for facts in desk.told(EDITED)] == ["saved", "saved"]


def test_a_line_is_put_in_behind_another_and_comes_back_after_it_was_taken_out(desk: Desk, do: Do, council: Any) -> None:
    item = desk.items()[0]
    notice = desk.draft({"text": "Một", "item_id": item}, {"text": "Hai", "item_id": item})
    first = council.one(select(NoticeLine.id).where(NoticeLine.text == "Một"))
    second = do("minh", "conclusions.add_line", notice_id=notice, text="Một rưỡi", item_id=item, after_id=first)["line_id"]
    do("minh", "conclusions.add_line", notice_id=notice, text="Không", item_id=item, after_id=0)
    do("minh", "conclusions.save_line", line_id=second, cooperating_unit_ids=[council.unit("van_hoa")])

    gone = do("minh", "conclusions.remove_line", line_id=second)
    line = {name: value for name, value in gone["line"].items() if name not in ("id", "carries_id")}
    back = do("minh", "conclusions.add_line", notice_id=notice, after_id=gone["after_id"], **line)["line_id"]

    texts = council.all(select(NoticeLine.text).where(NoticeLine.notice_id == notice).order_by(NoticeLine.position))
    assert texts == ["Không", "Một", "Một rưỡi", "Hai"]
    assert [unit.short_name for unit in line_of(council, back).cooperating] == ["van_hoa"]
    assert desk.told(EDITED)[-2]["text"] == "Một rưỡi"


def test_the_words_around_are_merged_too(desk: Desk, do: Do, council: Any, second: str) -> None:
    notice, _ = first_line(desk)
    base = council.one(select(Notice.recipients).where(Notice.id == notice))

    do("minh", "conclusions.save_words", notice_id=notice, part="recipients", base=base, text=f"Như trên;\n{base}")
    late = do(second, "conclusions.save_words", notice_id=notice, part="recipients", base=base, text=f"{base}\nLưu: TH.")

    assert late["text"] == f"Như trên;\n{base}\nLưu: TH."
    assert refused(do, "minh", "conclusions.save_words", notice_id=notice, part="abstract", text=" ") == "words_empty"
    assert do("minh", "conclusions.save_words", notice_id=notice, part="closing", text="")["text"] == ""


def test_an_earlier_version_is_taken_up_again_as_a_new_one(
    desk: Desk, do: Do, council: Any, second: str, at: Callable[[Any], None]
) -> None:
    notice, line = first_line(desk, **desk.task(cooperating_unit_ids=[council.unit("van_hoa")]))
    at(EVENING + timedelta(minutes=10))
    do("minh", "conclusions.save_line", line_id=line, text="Bản đúng")
    do("minh", "conclusions.add_line", notice_id=notice, text="Dòng hai")
    good = council.one(select(Notice.version).where(Notice.id == notice))
    do(second, "conclusions.remove_line", line_id=line)
    do(second, "conclusions.save_words", notice_id=notice, part="closing", text="Sai")

    again = do("minh", "conclusions.restore_version", notice_id=notice, version=good)

    lines = council.all(select(NoticeLine).where(NoticeLine.notice_id == notice).order_by(NoticeLine.position))
    assert [(each.text, each.due_on) for each in lines] == [("Bản đúng", date(2026, 12, 15)), ("Dòng hai", None)]
    assert [unit.short_name for unit in lines[0].cooperating] == ["van_hoa"]
    assert council.one(select(Notice.closing).where(Notice.id == notice)) != "Sai"
    assert again["version"] > good
    assert desk.told(EDITED)[-1]["restored"] == good
    assert refused(do, "minh", "conclusions.restore_version", notice_id=notice, version=999) == "not_found"


def test_an_approved_document_is_not_written_on(desk: Desk, do: Do, council: Any) -> None:
    notice = desk.approved()
    line = council.one(select(NoticeLine.id).where(NoticeLine.notice_id == notice))

    assert refused(do, "minh", "conclusions.save_line", line_id=line, text="X") == "notice_not_draft"
    assert refused(do, "minh", "conclusions.save_words", notice_id=notice, part="opening", text="X") == "notice_not_draft"
    assert refused(do, "minh", "conclusions.restore_version", notice_id=notice, version=1) == "notice_not_draft"
