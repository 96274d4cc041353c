"""The run sheet through its act, its resource, its pages and the live state: who reads, who writes, what is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from meeting import database
from meeting.agenda.models import Item, Meeting, Participant
from meeting.journal import Entry
from meeting.live import state
from meeting.runsheet.models import Script
from tests.conftest import MORNING, Council
from tests.live.test_course import refused_as

Do = Callable[..., dict[str, Any]]
At = Callable[..., None]
Api = Callable[[str], Any]


@pytest.fixture
def meeting(council: Council, at: At) -> int:
    at(MORNING)
    found = council.meeting(items=3, starts_at=MORNING)
    first, second, third = council.items(found)
    council.update(Item, first, kind="opening", title="Khai mạc")
    council.update(Item, second, kind="report", title="Tình hình kinh tế", presenter_id=council.person("hoa"))
    council.update(Item, third, kind="closing", title="Bế mạc")
    council.invite(found, "khach")
    return found


def change(field: str, after: Any, before: Any = "") -> dict[str, Any]:
    return {"field": field, "before": before, "after": after}


def write(do: Do, item: int, *changes: dict[str, Any], by: str = "minh", version: int = 0) -> dict[str, Any]:
    return do(by, "runsheet.write", item_id=item, version=version, changes=list(changes))


def told(council: Council) -> list[dict[str, Any]]:
    return list(council.all(select(Entry.facts).where(Entry.event == "runsheet.script_written").order_by(Entry.seq)))


def test_words_are_written_and_kept_with_who_wrote(council: Council, do: Do, meeting: int) -> None:
    item = council.items(meeting)[1]
    answered = write(do, item, change("opening", "Kính thưa các đồng chí, mời Ông Hoa."), change("minutes", 15, None))

    assert answered["version"] == 1
    assert answered["written"]["opening"] == "Kính thưa các đồng chí, mời Ông Hoa."
    script = council.one(select(Script))
    assert (script.minutes, script.edited_by_id, script.edited_at) == (15, council.person("minh"), MORNING)
    assert told(council) == [{"item_id": item, "label": "2", "title": "Tình hình kinh tế", "fields": ["minutes", "opening"]}]


def test_two_people_write_in_two_fields(council: Council, do: Do, meeting: int) -> None:
    item = council.items(meeting)[1]
    write(do, item, change("opening", "của thư ký"))
    answered = write(do, item, change("closing", "của chủ tọa"), by="hung")

    assert answered["written"] == {
        "opening": "của thư ký",
        "words": "",
        "question": "",
        "closing": "của chủ tọa",
        "minutes": None,
    }
    assert answered["version"] == 2


def test_the_same_field_is_not_overwritten(council: Council, do: Do, meeting: int) -> None:
    item = council.items(meeting)[1]
    write(do, item, change("opening", "của thư ký"))

    refused = refused_as("script_changed", lambda: write(do, item, change("opening", "của chủ tọa"), by="hung"))

    assert refused.facts == {"name": "Ông Tạ Quang Minh", "field": "opening", "now": "của thư ký"}
    assert council.one(select(Script.opening)) == "của thư ký"


def test_saving_as_one_writes_is_one_entry_in_the_journal(council: Council, do: Do, meeting: int, at: At) -> None:
    item, before = council.items(meeting)[1], ""
    for number, text in enumerate(("K", "Kính", "Kính thưa")):
        at(MORNING + timedelta(seconds=number))
        write(do, item, change("opening", text, before))
        before = text
    write(do, item, change("opening", "Kính thưa"))  # an answer that was lost is asked again
    assert len(told(council)) == 1

    write(do, item, change("words", "…"), by="hung")
    at(MORNING + timedelta(minutes=20))
    write(do, item, change("words", "… …", "…"), by="hung")
    assert len(told(council)) == 3


def test_words_end_with_the_meeting(council: Council, do: Do, meeting: int) -> None:
    council.update(Meeting, meeting, state="held")

    refused_as("script_over", lambda: write(do, council.items(meeting)[0], change("opening", "…")))


@pytest.mark.parametrize(
    "wanted",
    [change("minutes", "năm", None), change("minutes", -1, None), change("opening", 5), change("title", "…"), {}],
)
def test_a_field_takes_only_what_belongs_there(council: Council, do: Do, meeting: int, wanted: dict[str, Any]) -> None:
    refused_as("malformed", lambda: write(do, council.items(meeting)[0], wanted))


READERS = {"hung": None, "minh": None, "hoa": "forbidden", "van": "forbidden", "khach": "forbidden", "dung": "forbidden"}


@pytest.mark.parametrize("who", READERS)
def test_only_those_who_preside_and_the_secretariat_read_and_write(
    council: Council, do: Do, meeting: int, api: Api, client: Callable[[str], FlaskClient], who: str
) -> None:
    code = READERS[who]
    item = council.items(meeting)[0]
    pages = [f"/meetings/{meeting}/script", f"/meetings/{meeting}/script/print", f"/meetings/{meeting}/script/print?item={item}"]
    if code is None:
        write(do, item, change("opening", "…"), by=who)
        assert api(who).get(f"/meetings/{meeting}/script")[0] == 200
        assert [client(who).get(page).status_code for page in pages] == [200, 200, 200]
    else:
        refused_as(code, lambda: write(do, item, change("opening", "…"), by=who))
        assert api(who).get(f"/meetings/{meeting}/script")[0] == 403
        assert [client(who).get(page).status_code for page in pages] == [403, 403, 403]


def test_a_stranger_learns_nothing(council: Council, do: Do, meeting: int, api: Api) -> None:
    refused_as("not_found", lambda: write(do, council.items(meeting)[0], change("opening", "…"), by="lan"))
    assert api("lan").get(f"/meetings/{meeting}/script")[0] == 404


def test_a_deputy_reads_it_while_presiding(council: Council, do: Do, meeting: int, api: Api) -> None:
    do("hoa", "live.check_in", meeting_id=meeting)
    assert api("hoa").get(f"/meetings/{meeting}/script")[0] == 403
    do("hung", "live.hand_over", meeting_id=meeting, to_id=council.person("hoa"))
    assert api("hoa").get(f"/meetings/{meeting}/script")[0] == 200
    assert api("hung").get(f"/meetings/{meeting}/script")[0] == 200
    do("hung", "live.take_back", meeting_id=meeting)
    assert api("hoa").get(f"/meetings/{meeting}/script")[0] == 403


def test_the_presidium_reads_it(council: Council, meeting: int, api: Api) -> None:
    seat = council.one(select(Participant.id).where(Participant.person_id == council.person("tuan")))
    council.update(Participant, seat, presidium=True)

    assert api("tuan").get(f"/meetings/{meeting}/script")[0] == 200


def test_the_sheet_has_what_a_chair_needs(council: Council, do: Do, meeting: int, api: Api) -> None:
    second = council.items(meeting)[1]
    do("minh", "voting.prepare", meeting_id=meeting, item_id=second, title="Thông qua báo cáo", kind="open")
    write(do, second, change("closing", "Xin kết luận."))
    write(do, second, change("minutes", 25, None), version=1)

    status, sheet = api("hung").get(f"/meetings/{meeting}/script")

    assert (status, sheet["may_write"], [line["label"] for line in sheet["items"]]) == (200, True, ["1", "2", "3"])
    assert "khai mạc" in sheet["items"][0]["usual"]["opening"]
    line = sheet["items"][1]
    assert line["presenters"][0]["name"] == "Ông Phan Thị Hoa"
    assert "ông Phan Thị Hoa, Ủy viên UBND" in line["usual"]["opening"]
    assert (line["minutes_planned"], line["minutes"], line["written"]["closing"]) == (20, 25, "Xin kết luận.")
    assert [each["title"] for each in line["questions"]] == ["Thông qua báo cáo"]
    assert sheet["minutes"] == 65


def test_the_printed_sheet_holds_the_words_item_by_item(
    council: Council, do: Do, meeting: int, client: Callable[[str], FlaskClient]
) -> None:
    second = council.items(meeting)[1]
    write(do, second, change("opening", "Xin mời <Ông Hoa> báo cáo."))
    whole = client("hung").get(f"/meetings/{meeting}/script/print").get_data(as_text=True)
    one = client("hung").get(f"/meetings/{meeting}/script/print?item={second}").get_data(as_text=True)

    assert whole.count('class="rs-sheet"') == 3
    assert one.count('class="rs-sheet"') == 1
    assert "Xin mời &lt;Ông Hoa&gt; báo cáo." in one
    assert ("tuyên bố khai mạc" in whole, "tuyên bố khai mạc" in one) == (True, False)


def test_the_way_to_it_stands_on_the_page_of_the_meeting_for_those_who_may(
    meeting: int, client: Callable[[str], FlaskClient]
) -> None:
    address = f"/meetings/{meeting}/script"

    assert address in client("hung").get(f"/meetings/{meeting}").get_data(as_text=True)
    assert address not in client("hoa").get(f"/meetings/{meeting}").get_data(as_text=True)


def test_screens_of_the_desk_hear_that_it_changed_and_nobody_else(council: Council, do: Do, meeting: int) -> None:
    def mark(audience: str) -> Any:
        with database.reading() as session:
            return state.sections(session, session.get_one(Meeting, meeting), audience)["script"]

    before = mark("desk")
    write(do, council.items(meeting)[0], change("opening", "…"))

    assert before == {"mark": 0}
    assert mark("desk") == {"mark": 1}
    assert [mark(audience) for audience in ("member", "guest", "hall")] == [None, None, None]


def test_an_item_that_is_removed_takes_its_words_along(council: Council, do: Do, meeting: int) -> None:
    first = council.items(meeting)[0]
    do("hoa", "live.check_in", meeting_id=meeting)
    write(do, first, change("opening", "…"))
    do("hung", "live.hand_over", meeting_id=meeting, to_id=council.person("hoa"), item_id=first)

    do("minh", "agenda.remove_item", item_id=first)

    assert council.all(select(Script)) == []


def test_it_is_written_through_the_api(council: Council, meeting: int, api: Api) -> None:
    item = council.items(meeting)[0]
    status, answered = api("minh").act("runsheet.write", item_id=item, changes=[change("opening", "Qua API")])
    assert (status, answered["version"]) == (200, 1)
    status, answered = api("hung").act("runsheet.write", item_id=item, changes=[change("opening", "Khác")])
    assert (status, answered["code"], answered["facts"]["now"]) == (409, "script_changed", "Qua API")


def test_it_is_kept_on_the_devices_of_those_who_preside_only(council: Council, do: Do, meeting: int, api: Api) -> None:
    first = council.items(meeting)[0]
    version = api("hung").get(f"/meetings/{meeting}/pack")[1]["version"]
    write(do, first, change("opening", "Kính thưa các đồng chí!"))

    kept = api("hung").get(f"/meetings/{meeting}/kept")[1]["script"]

    assert [line["item_id"] for line in kept] == council.items(meeting)
    assert kept[0]["opening"] == "Kính thưa các đồng chí!"
    assert api("hung").get(f"/meetings/{meeting}/pack")[1]["version"] != version
    assert "script" not in api("hoa").get(f"/meetings/{meeting}/kept")[1]
