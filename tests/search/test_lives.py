"""The life of a matter: what stands in it, its page, its resource, and what it costs."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from meeting import database
from meeting.agenda.models import Meeting
from meeting.search.matters import lives
from tests.conftest import MORNING, Council
from tests.counting import asked
from tests.search.grown import on_both
from tests.search.living import (
    BUDGET,
    days,
    document_on,
    everything_on,
    item_on,
    life,
    link,
    meeting_of,
    minutes_on,
    paper_on,
    promise_on,
    round_on,
    task_of,
    vote_on,
)

CAST = ("lan", "hung", "minh", "van", "hoa", "tuan", "dung", "truong", "khach", "admin")
MONTH = timedelta(days=30)


@on_both
def test_each_meeting_stands_in_order_with_what_it_holds(council: Council) -> None:
    first = item_on(council, MORNING - 2 * MONTH)
    second = item_on(council, MORNING - MONTH, state="deferred")
    third = item_on(council, MORNING + MONTH, state="planned")
    council.update(Meeting, meeting_of(council, third), state="issued")
    link(council, second, first)
    link(council, third, second, "deferred")
    made = everything_on(council, first)

    found = life(council, "hoa", second)

    assert found is not None
    assert days(found) == [first, second, third]
    assert [step.state for step in found.steps] == ["done", "deferred", "planned"]
    step = found.steps[0]
    assert [(each.file_id, each.number) for each in step.papers] == [(made["paper"], 2)]
    assert step.opinions == 1
    assert [(vote.counts, vote.result.passed) for vote in step.votes] == [([("for", 2), ("against", 1)], True)]
    assert step.minutes is not None
    assert step.minutes.text == "Hội nghị thống nhất."
    ((notice, lines),) = step.conclusions
    assert notice.id == made["notice"]
    assert [line.text for line in lines] == ["Giao Phòng Kinh tế hoàn thiện dự toán.", "Thống nhất chủ trương."]
    assert step.task_of[lines[0].id].id == made["task"]
    assert step.other_tasks == []
    assert [each.id for each in step.resolutions] == [made["resolution"]]
    assert [each.id for each in step.promises] == [made["promise"]]
    assert [(each.item.id, each.how) for each in found.steps[2].before] == [(second, "deferred")]
    figures = found.summary
    assert (figures.times, figures.decisions, figures.open_tasks, figures.late_tasks) == (1, 3, 1, 0)
    assert (figures.first_on, figures.next_on) == (found.steps[0].day, found.steps[2].day)


def test_a_late_task_and_a_promise_are_counted(council: Council) -> None:
    first = item_on(council, MORNING - MONTH)
    notice = document_on(council, first, "Giao việc.")
    task_of(council, notice, due_on=date(2026, 11, 1))
    promise_on(council, first)

    found = life(council, "minh", first)

    assert found is not None
    assert (found.summary.open_tasks, found.summary.late_tasks, found.summary.open_promises) == (1, 1, 1)


def test_twenty_meetings_with_twenty_papers_each_take_few_questions(council: Council) -> None:
    items = [item_on(council, MORNING - number * MONTH) for number in range(20)]
    for later, earlier in pairwise(items):
        link(council, later, earlier)
    for item_id in items:
        minutes_on(council, item_id)
        vote_on(council, item_id)
        task_of(council, document_on(council, item_id, "Giao việc."))
        for each in range(20):
            paper_on(council, item_id, f"Tài liệu {each}")
    actor = council.actor("hoa")

    with database.reading() as session, asked() as statements:
        found = lives.life_of(session, actor, items[7])

    assert len(found.steps) == 20
    assert sum(len(step.papers) for step in found.steps) == 400
    assert len(statements) < 90  # of twenty meetings: a few each at most, and none for each paper


def test_the_page_and_the_resource(council: Council, client: Callable[[str], Any], api: Callable[..., Any]) -> None:
    first, second = item_on(council, MORNING - MONTH), item_on(council, MORNING)
    link(council, second, first)
    made = everything_on(council, first)
    round_on(council, second)

    page = client("minh").get(f"/items/{second}/life")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert BUDGET in text
    assert f'href="/documents/{made["paper"]}"' in text
    assert f'href="/tasks/{made["task"]}"' in text
    assert text.index(f'id="item-{first}"') < text.index(f'id="item-{second}"')
    newest = client("minh").get(f"/items/{second}/life?order=newest").get_data(as_text=True)
    assert newest.index(f'id="item-{second}"') < newest.index(f'id="item-{first}"')

    status, told = api("minh").get(f"/items/{second}/life")
    assert status == 200
    assert [each["item"]["id"] for each in told["meetings"]] == [first, second]
    assert told["meetings"][0]["votes"][0]["counts"] == {"for": 2, "against": 1}
    assert told["summary"]["times"] == 2

    assert client("admin").get(f"/items/{second}/life").status_code == 404
    assert api("admin").get(f"/items/{second}/life")[0] == 404
    assert client("minh").get("/items/99999/life").status_code == 404


def test_a_matter_that_came_up_once_offers_linking_to_the_desk(council: Council, client: Callable[[str], Any]) -> None:
    first = item_on(council, MORNING - MONTH)
    second = item_on(council, MORNING, title="Tiếp tục: dự toán ngân sách phường năm 2027")

    desk = client("minh").get(f"/items/{second}/life").get_data(as_text=True)
    member = client("hoa").get(f"/items/{second}/life").get_data(as_text=True)

    assert "agenda.link_item" in desk
    assert "agenda.link_item" not in member
    by_words = client("minh").get(f"/items/{second}/life?find=NGAN+sach").get_data(as_text=True)
    assert by_words.count(f"&#34;earlier_id&#34;: {first}") >= 2  # suggested, and found by words


def test_the_meeting_page_leads_to_the_life_of_its_items(council: Council, client: Callable[[str], Any]) -> None:
    first, second = item_on(council, MORNING - MONTH), item_on(council, MORNING)
    address = f'href="/items/{second}/life"'
    assert address not in client("hoa").get(f"/meetings/{meeting_of(council, second)}").get_data(as_text=True)

    link(council, second, first)

    assert address in client("hoa").get(f"/meetings/{meeting_of(council, second)}").get_data(as_text=True)
