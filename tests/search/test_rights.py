"""What one may not read appears nowhere: not in hits, counts, suggestions or spellings; and a right taken away works at once."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pyroaring import BitMap
from sqlalchemy import func, select

from meeting import clock, config
from meeting.conclusions.models import Notice
from meeting.database import database
from meeting.discussion.models import Opinion
from meeting.organization.models import Membership
from meeting.search.finding import catalogue, queries
from meeting.search.finding.answers import Asked
from meeting.search.finding.queries import Found
from meeting.search.models import Passage
from meeting.search.passages import service
from meeting.search.rights import known
from meeting.search.rights.sight import Sight
from meeting.search.rights.sight_rules import reads
from tests.conftest import CAST, MORNING, Council
from tests.search.grown import on_both
from tests.search.scenes import Scene
from tests.search.test_sight import feed_everything, one_by_one

Do = Callable[..., dict[str, Any]]
Find = Callable[..., Found]


# ---- nothing shows through --------------------------------------------------------------------------------------------------


def test_for_everybody_hits_and_every_count_hold_only_what_they_may_read(council: Council) -> None:
    scene = Scene(council, 31, meetings=3)
    feed_everything(scene)
    for actor in scene.onlookers():
        with database().reads() as session:
            allowed = one_by_one(session, actor, catalogue.current(session))
        for kind in ("", "notice", "paper", "opinion", "task"):
            with database().reads() as session:
                found = queries.search(session, actor, Asked("", kind=kind, since=date(1900, 1, 1), size=200))
            hits = {(hit.passage.kind, hit.passage.source_id) for hit in found.hits}
            wanted = {each for each in allowed if kind in ("", each[0])}
            assert (actor.name, kind, hits ^ wanted) == (actor.name, kind, set())
            assert found.total == len(wanted)
            by_kind = {facet.value: facet.count for facet in found.facets["kind"] if facet.count}
            assert sum(by_kind.values()) == len(allowed)
            assert by_kind == {each: len([1 for one, _ in allowed if one == each]) for each in {one for one, _ in allowed}}


def test_words_of_what_one_may_not_read_are_neither_found_nor_offered(council: Council) -> None:
    scene = Scene(council, 32, meetings=3)
    feed_everything(scene)
    passages = council.all(select(Passage).where(~Passage.gone))
    words = [(row, word) for row in passages for word in row.text.split() if word.startswith("từ") and "khóa" in word]
    for actor in scene.dice.sample(scene.onlookers(), 5):
        for row, word in scene.dice.sample(words, 12):
            with database().reads() as session:
                found = queries.search(session, actor, Asked(word.strip(".")))
                allowed = reads(session, actor, row.kind, row.source_id)
            assert (found.total > 0) == allowed, (actor.name, row.kind, word)
            assert found.total or word.strip(".") not in found.nearest


# ---- a right taken away works at the next search ----------------------------------------------------------------------------


@pytest.fixture
def told(council: Council, notice: Callable[..., int]) -> int:
    """An issued notice of the UBND that members read; the meeting."""
    meeting_id = council.meeting(state="held")
    notice("Xử lý lấn chiếm vỉa hè.", meeting_id=meeting_id)
    service.keep_source("notice", meeting_id)
    service.catch_up()
    return meeting_id


@on_both
def test_whoever_is_taken_off_the_list_finds_nothing_more(council: Council, told: int, do: Do, find: Find) -> None:
    issued = council.meeting(state="issued")
    service.keep_source("item", issued)
    service.catch_up()
    council.invite(issued, "khach")
    assert find("khach", "Nội dung 1", kind="item").total == 1

    do("minh", "agenda.set_participants", meeting_id=issued, remove=[council.person("khach")])

    assert find("khach", "Nội dung 1", kind="item").total == 0


@on_both
def test_an_opinion_that_was_hidden_is_found_no_more(council: Council, do: Do, find: Find) -> None:
    meeting_id = council.meeting(state="in_session")
    (opinion_id,) = council.write(
        Opinion(meeting_id=meeting_id, person_id=council.person("hoa"), text="Cần thêm kinh phí thoát nước", at=MORNING)
    )
    service.keep_source("opinion", meeting_id)
    service.catch_up()
    assert find("tuan", "kinh phí thoát nước").total == 1

    do("hung", "discussion.hide", comment_id=opinion_id, reason="Trùng lặp")

    assert find("tuan", "kinh phí thoát nước").total == 0


@on_both
def test_a_role_that_ended_today_ends_with_the_day(council: Council, told: int, find: Find, at: Callable[..., Any]) -> None:
    office = council.one(
        select(Membership.id).where(Membership.person_id == council.person("van"), Membership.body_id == council.body("UBND"))
    )
    today = clock.today()
    council.update(Membership, office, ends_on=today)
    assert find("van", "vỉa hè").total == 1

    at(clock.now() + timedelta(days=1))

    assert find("van", "vỉa hè").total == 0


def test_people_of_a_body_are_found_until_their_last_day(council: Council, find: Find, at: Callable[..., Any]) -> None:
    service.keep_source("person", 0)
    service.catch_up()
    for role in council.all(select(Membership.id).where(Membership.person_id == council.person("dung"))):
        council.update(Membership, role, ends_on=clock.today())
    assert find("hoa", "hồ tiến dũng", kind="person").total == 1

    at(clock.now() + timedelta(days=1))

    assert find("hoa", "hồ tiến dũng", kind="person").total == 0


def test_who_sits_in_the_party_only_is_found_by_the_party(council: Council) -> None:
    scene = Scene(council, 1, meetings=1)
    person = scene.party_only()
    service.keep_source("person", 0)
    found = set()
    for actor in scene.onlookers():
        with database().reads() as session:
            known_docs = catalogue.current(session)
            number = known_docs.number_of("person", person)
            if number is not None and Sight(session, actor, known_docs).readable(BitMap([number])):
                found.add(actor.name)

    names = {username: name for username, (name, *_) in CAST.items()}
    party = {f"Ông {names[username]}" for username in ("lan", "hung", "admin")}
    assert found == {*party, "đảng viên", "cán bộ đảng", "quản trị đơn vị"}


def test_what_was_fed_as_a_draft_is_held_back_until_it_is_read_anew(
    council: Council, notice: Callable[..., int], find: Find
) -> None:
    """The worker may be away for an hour: words that were struck out before the issue are nobody's to find."""
    meeting_id = council.meeting(state="held")
    notice_id = notice("Xử lý lấn chiếm vỉa hè.", meeting_id=meeting_id, state="approved")
    service.keep_source("notice", meeting_id)
    service.catch_up()
    assert (find("minh", "vỉa hè").total, find("hoa", "vỉa hè").total) == (1, 0)

    council.update(Notice, notice_id, state="issued")
    assert (find("minh", "vỉa hè").total, find("hoa", "vỉa hè").total) == (0, 0)

    service.keep_source("notice", meeting_id)
    assert (find("minh", "vỉa hè").total, find("hoa", "vỉa hè").total) == (1, 1)


def test_a_guests_link_sees_its_meeting_only_and_is_soon_asked_again(council: Council, told: int) -> None:
    other = council.meeting(state="issued")
    for meeting_id in (told, other):
        council.invite(meeting_id, "khach")
        service.keep_source("item", meeting_id)
    visitor = replace(council.actor("khach"), only_meeting=other)
    with database().reads() as session:
        found = catalogue.current(session)
        seen = Sight(session, visitor, found).readable(BitMap(found.every))
        ground = known.ground_of(found)
        ground.verdicts(visitor).born -= known.VISITOR_SECONDS + 1
        asked_again = ground.verdicts(visitor)

    assert {found.docs[number].meeting_id for number in seen} == {other}
    assert not asked_again.decided


ELSEWHERE = """
import sys
from meeting import app, config, database
from meeting.writer import perform
from tests.conftest import Council
config.use(config.Settings(data=config.Path(sys.argv[1]), database_url=sys.argv[2]))
database.use(database.Database(sys.argv[2]))
app.load_rooms()
perform(Council().actor("hung"), "discussion.hide", {"comment_id": int(sys.argv[3]), "reason": "Trùng lặp"})
"""


@on_both
def test_a_right_taken_away_in_another_process_works_here(council: Council, find: Find) -> None:
    meeting_id = council.meeting(state="in_session")
    (opinion_id,) = council.write(
        Opinion(meeting_id=meeting_id, person_id=council.person("hoa"), text="Cần thêm kinh phí thoát nước", at=MORNING)
    )
    service.keep_source("opinion", meeting_id)
    service.catch_up()
    assert find("tuan", "kinh phí thoát nước").total == 1

    command = [sys.executable, "-c", ELSEWHERE, str(config.settings().data), config.settings().database_url, str(opinion_id)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert find("tuan", "kinh phí thoát nước").total == 0


@on_both
def test_an_older_picture_of_the_store_is_asked_by_itself(council: Council, do: Do) -> None:
    """A search that began before something happened neither learns nor teaches anything that no longer holds."""
    meeting_id = council.meeting(state="in_session")
    (opinion_id,) = council.write(
        Opinion(meeting_id=meeting_id, person_id=council.person("hoa"), text="Cần thêm kinh phí", at=MORNING)
    )
    service.keep_source("opinion", meeting_id)
    actor = council.actor("tuan")
    with database().reads() as older:
        older.scalar(select(func.count()).select_from(Opinion))  # its picture is taken here
        do("hung", "discussion.hide", comment_id=opinion_id, reason="Trùng lặp")
        with database().reads() as newer:
            found = catalogue.current(newer)
            number = BitMap([found.number_of("opinion", opinion_id)])
            after = Sight(newer, actor, found).readable(number)
        before = Sight(older, actor, found).readable(number)
        with database().reads() as newest:
            later = Sight(newest, actor, found).readable(number)

    assert (before, after, later) == (number, BitMap(), BitMap())
