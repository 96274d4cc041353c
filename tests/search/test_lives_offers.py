"""What earlier meetings left open is offered to a new programme."""

from datetime import date, timedelta

from meeting import database
from meeting.agenda import thread_offers
from meeting.agenda.models import Meeting
from meeting.search.matters.life_views import open_matters
from tests.conftest import MORNING, Council
from tests.search.living import document_on, item_on, link, meeting_of, promise_on, task_of

MONTH = timedelta(days=30)


def offered(council: Council, who: str, meeting_id: int) -> list[thread_offers.Offer]:
    assert open_matters in thread_offers._open
    with database.reading() as session:
        return thread_offers.offers(session, council.actor(who), session.get_one(Meeting, meeting_id))


def test_open_tasks_and_promises_are_offered_the_late_ones_first(council: Council) -> None:
    calm = item_on(council, MORNING - MONTH, title="Cải cách hành chính")
    late = item_on(council, MORNING - 2 * MONTH, title="Chỉnh trang vỉa hè")
    done = item_on(council, MORNING - 3 * MONTH, title="Phòng chống dịch")
    promised = item_on(council, MORNING - 4 * MONTH, title="Cấp nước sạch")
    task_of(council, document_on(council, calm, "Giao việc một."))
    task_of(council, document_on(council, late, "Giao việc hai."), due_on=date(2026, 11, 1))
    task_of(council, document_on(council, done, "Giao việc ba."), state="accepted")
    promise_on(council, promised)
    promise_on(council, done, state="kept")
    meeting_id = council.meeting(state="draft", starts_at=MORNING + MONTH)

    found = offered(council, "minh", meeting_id)

    assert [(each.item.id, dict(each.open)) for each in found] == [
        (late, {"tasks": 1, "late": 1}),
        (calm, {"tasks": 1}),
        (promised, {"promises": 1}),
    ]
    assert not any(each.deferred for each in found)


def test_of_a_matter_the_newest_item_is_offered_once(council: Council) -> None:
    first = item_on(council, MORNING - 2 * MONTH)
    second = item_on(council, MORNING - MONTH)
    link(council, second, first)
    for item_id in (first, second):
        task_of(council, document_on(council, item_id, "Giao việc."))
    elsewhere = item_on(council, MORNING - MONTH, "HĐND")
    task_of(council, document_on(council, elsewhere, "Giao việc."))
    meeting_id = council.meeting(state="draft", starts_at=MORNING + MONTH)

    assert [each.item.id for each in offered(council, "minh", meeting_id)] == [second]
    assert offered(council, "van", meeting_id) == []  # who may not link is offered nothing

    (here,) = council.items(council.meeting(items=1, state="draft", starts_at=MORNING + 2 * MONTH))
    link(council, here, second)
    with database.reading() as session:
        meeting = session.get_one(Meeting, meeting_of(council, here))
        assert thread_offers.offers(session, council.actor("minh"), meeting) == []  # it stands there already
