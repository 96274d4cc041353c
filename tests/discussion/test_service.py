"""Written opinions: before the meeting, during it, taken back, and who may see them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from meeting import database
from meeting.agenda import rules as _agenda  # declares the names of the meeting's states
from meeting.discussion.models import Opinion
from meeting.discussion.rules import check_open, check_withdrawal, cleaned
from meeting.errors import Refused
from meeting.journal import Entry
from meeting.live import state
from tests.conftest import Council, Program

assert _agenda
Do = Callable[..., dict[str, Any]]


def last(council: Council, meeting_id: int) -> Any:
    return council.one(select(Entry).where(Entry.chain == meeting_id).order_by(Entry.seq.desc()).limit(1))


def comments(council: Council, username: str, meeting_id: int) -> list[str]:
    with database.reading() as session:
        joined = state.joined(session, meeting_id, council.actor(username))
    return [comment["text"] for comment in joined["state"]["discussion"]["comments"]]


@pytest.mark.parametrize(
    ("kind", "before"),
    [("issued", True), ("in_session", False), ("paused", False), ("draft", None), ("held", None), ("cancelled", None)],
)
def test_opinions_are_open_from_the_invitation_to_the_close(kind: str, before: bool | None) -> None:
    if before is None:
        with pytest.raises(Refused, match="discussion_closed"):
            check_open(kind)
    else:
        assert check_open(kind) is before


def test_opinion_is_kept_composed_and_never_empty() -> None:
    assert cleaned("  Ng\u006f\u0303 91 ") == "Ngõ 91"
    with pytest.raises(Refused, match="opinion_empty"):
        cleaned(" \n ")


def test_opinion_is_not_withdrawn_twice_nor_after_the_close() -> None:
    check_withdrawal("in_session", withdrawn=False)
    with pytest.raises(Refused, match="opinion_withdrawn"):
        check_withdrawal("in_session", withdrawn=True)
    with pytest.raises(Refused, match="opinion_in_minutes"):
        check_withdrawal("held", withdrawn=False)


def test_delegate_writes_on_an_item_before_the_meeting(council: Council, do: Do) -> None:
    found = council.meeting()
    item = council.items(found)[1]

    answer = do("hoa", "discussion.post", meeting_id=found, item_id=item, text="Đề nghị làm rõ nguồn vốn.")

    kept = council.one(select(Opinion))
    assert (answer["comment_id"], kept.item_id, kept.before) == (kept.id, item, True)
    assert last(council, found).facts["text"] == "Đề nghị làm rõ nguồn vốn."
    assert comments(council, "tuan", found) == ["Đề nghị làm rõ nguồn vốn."]


def test_newest_comment_stands_first(council: Council, do: Do) -> None:
    found = council.meeting(state="in_session")

    do("hoa", "discussion.post", meeting_id=found, text="Một")
    do("tuan", "discussion.post", meeting_id=found, text="Hai")

    assert comments(council, "hoa", found) == ["Hai", "Một"]


def test_stranger_and_staff_without_a_seat_cannot_post(council: Council, do: Do) -> None:
    found = council.meeting()

    with pytest.raises(Refused, match="not_found"):
        do("khach", "discussion.post", meeting_id=found, text="…")
    with pytest.raises(Refused, match="forbidden"):
        do("minh", "discussion.post", meeting_id=found, text="…")


def test_limited_guest_posts_only_on_his_item(council: Council, do: Do) -> None:
    found = council.meeting()
    first, second, _ = council.items(found)
    council.invite(found, "khach", item_ids=[second])

    with pytest.raises(Refused, match="not_found"):
        do("khach", "discussion.post", meeting_id=found, item_id=first, text="…")
    do("khach", "discussion.post", meeting_id=found, item_id=second, text="Ý kiến khách mời")
    do("hoa", "discussion.post", meeting_id=found, item_id=first, text="Chỉ cho thành viên")

    assert comments(council, "khach", found) == ["Ý kiến khách mời"]


def test_item_of_another_meeting_is_not_known(council: Council, do: Do) -> None:
    found, other = council.meeting(), council.meeting()

    with pytest.raises(Refused, match="not_found"):
        do("hoa", "discussion.post", meeting_id=found, item_id=council.items(other)[0], text="…")


def test_own_opinion_is_withdrawn_and_the_journal_keeps_it(council: Council, do: Do) -> None:
    found = council.meeting()
    mine = do("hoa", "discussion.post", meeting_id=found, text="Nhầm")["comment_id"]

    with pytest.raises(Refused, match="forbidden"):
        do("tuan", "discussion.withdraw", comment_id=mine)
    do("hoa", "discussion.withdraw", comment_id=mine)

    assert comments(council, "tuan", found) == []
    assert last(council, found).event == "discussion.opinion_withdrawn"
    assert council.one(select(Opinion.text)) == "Nhầm"


def test_secretariat_takes_an_opinion_off_only_with_a_reason(council: Council, do: Do) -> None:
    found = council.meeting()
    posted = do("hoa", "discussion.post", meeting_id=found, text="Lạc đề")["comment_id"]

    with pytest.raises(Refused, match="reason_needed"):
        do("minh", "discussion.withdraw", comment_id=posted)
    do("minh", "discussion.withdraw", comment_id=posted, reason="Không thuộc nội dung cuộc họp")

    assert last(council, found).facts["reason"] == "Không thuộc nội dung cuộc họp"


def test_meeting_page_has_the_tab_with_opinions_by_item(council: Council, do: Do, client: Callable[[str], Any]) -> None:
    found = council.meeting()
    do("hoa", "discussion.post", meeting_id=found, item_id=council.items(found)[0], text="Đề nghị bổ sung phụ lục")

    page = client("tuan").get(f"/meetings/{found}?tab=opinions")

    assert page.status_code == 200
    assert "Đề nghị bổ sung phụ lục" in page.text
    assert 'data-act="discussion.post"' in page.text
    assert 'data-act="discussion.post"' not in client("minh").get(f"/meetings/{found}?tab=opinions").text


def test_comments_are_read_by_item(council: Council, do: Do, api: Callable[[str], Program]) -> None:
    found = council.meeting()
    first, second, _ = council.items(found)
    do("hoa", "discussion.post", meeting_id=found, item_id=first, text="Một")
    do("hoa", "discussion.post", meeting_id=found, item_id=second, text="Hai")

    _, every = api("tuan").get(f"/meetings/{found}/comments")
    _, one = api("tuan").get(f"/meetings/{found}/comments?item_id={second}")

    assert [row["text"] for row in every["data"]] == ["Một", "Hai"]
    assert [row["text"] for row in one["data"]] == ["Hai"]
    assert api("khach").get(f"/meetings/{found}/comments")[0] == 404


def test_an_item_with_opinions_stays_on_the_programme(council: Council, do: Do) -> None:
    meeting = council.meeting()
    item = council.items(meeting)[1]
    do("hoa", "discussion.post", meeting_id=meeting, item_id=item, text="Nên làm rõ kinh phí")

    with pytest.raises(Refused, match="item_has_opinions"):
        do("minh", "agenda.remove_item", item_id=item)
