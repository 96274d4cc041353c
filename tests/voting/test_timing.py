"""Votes with a time limit: closed exactly when it ends, by nobody's hand, once, also after a restart."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from meeting.permissions import SYSTEM
from meeting.voting import keys, timing
from meeting.voting.models import Question, Result
from meeting.voting.sweep import sweep
from meeting.writer import answer
from tests.voting.test_live import mine, sections
from tests.voting.test_preparing import code

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def after(seconds):
    return NOON + timedelta(seconds=seconds)


@pytest.fixture
def timed(room, at):
    """A chamber at noon, and the vote of one minute that is open there: `timed("secret")`."""

    def made(kind="open", **wanted):
        at(NOON)
        chamber = room()
        question = chamber.open(kind, seconds=60, **wanted)
        return chamber, question

    return made


def kept(council, question):
    return council.one(select(Question).where(Question.id == question))


def closed(journal_of, chamber):
    return [facts for event, facts in journal_of(chamber.meeting_id) if event == "voting.vote_closed"]


def test_the_end_is_on_every_screen(timed):
    chamber, question = timed()

    for audience in ("member", "hall", "desk", "guest"):
        current = sections(chamber, audience)["current"]
        assert (current["id"], current["ends_at"], current["left"], current["seconds"]) == (
            question,
            after(60).isoformat(),
            None,
            60,
        )


@pytest.mark.parametrize("kind", ["open", "secret"])
def test_the_box_closes_by_itself_at_its_end_and_not_before(timed, at, council, journal_of, kind):
    chamber, question = timed(kind)
    chamber.cast(question, hoa="for", tuan="against")
    at(after(59.99))
    early = (timing.close_due(), kept(council, question).state)
    at(after(60.4))

    timing.close_due()
    timing.close_due()

    row = kept(council, question)
    assert early == (pytest.approx(0.01), "open")
    assert (row.state, row.closed_at) == ("closed", after(60))
    assert council.one(select(Result.cast)) == 2
    (told,) = closed(journal_of, chamber)
    assert told["by_time"] is True
    if kind == "secret":
        assert keys.read(row.public_key) is None


def test_no_ballot_is_taken_after_the_end_even_before_the_close(timed, at, council):
    chamber, question = timed()
    at(after(59.999))
    in_time = code(chamber, "hoa", "voting.cast", question_id=question, choice="for")
    at(after(60))
    late = code(chamber, "tuan", "voting.cast", question_id=question, choice="for")
    wanted = {"person_id": council.person("tuan"), "choice": "for", "reason": "Hỏng máy"}
    spoken = code(chamber, "minh", "voting.cast_for", question_id=question, **wanted)
    timing.close_due()

    assert (in_time, late, spoken) == ((200, None), (409, "vote_closed"), (409, "vote_closed"))
    assert council.one(select(Result.cast)) == 1


def test_somebody_who_comes_in_before_the_close_votes(timed, at, council):
    from tests.voting.conftest import Chamber

    at(NOON)
    meeting_id = council.meeting("HĐND", starts_at=NOON)
    chamber = Chamber(council, "HĐND", meeting_id, council.items(meeting_id))
    for username in ("lan", "hoa"):
        chamber.do(username, "live.check_in", meeting_id=meeting_id)
    chamber.do("lan", "live.open", meeting_id=meeting_id)
    question = chamber.open(seconds=60)
    at(after(30))
    chamber.do("tuan", "live.check_in", meeting_id=meeting_id)
    chamber.cast(question, tuan="for")
    at(after(60))
    timing.close_due()

    assert council.one(select(Result.cast)) == 1


def test_a_pause_stops_the_clock(timed, at, council):
    chamber, question = timed()
    at(after(20))
    chamber.do("lan", "voting.pause", question_id=question)
    held = sections(chamber)["current"]
    at(after(500))
    timing.close_due()
    still = kept(council, question).state
    chamber.do("lan", "voting.resume", question_id=question)
    running = sections(chamber)["current"]
    at(after(539))
    timing.close_due()
    before = kept(council, question).state
    at(after(540))
    timing.close_due()

    assert (held["state"], held["ends_at"], held["left"]) == ("paused", None, 40)
    assert (still, running["ends_at"], running["left"], before) == ("paused", after(540).isoformat(), None, "open")
    assert (kept(council, question).state, kept(council, question).closed_at) == ("closed", after(540))


def test_more_time_is_given_and_told(timed, at, council, journal_of):
    chamber, question = timed()
    at(after(50))
    heard = chamber.do("lan", "voting.extend", question_id=question, seconds=30)
    at(after(60))
    timing.close_due()
    still = kept(council, question).state
    at(after(90))
    late = code(chamber, "lan", "voting.extend", question_id=question, seconds=30)
    held = code(chamber, "lan", "voting.pause", question_id=question)
    timing.close_due()

    assert heard == {"ends_at": after(90).isoformat()}
    assert still == "open"
    assert (late, held) == ((409, "vote_time_over"), (409, "vote_time_over"))
    assert kept(council, question).state == "closed"
    (told,) = [facts for event, facts in journal_of(chamber.meeting_id) if event == "voting.vote_extended"]
    assert (told["seconds"], told["ends_at"], told["limited"]) == (30, after(90).isoformat(), True)


def test_a_vote_without_a_limit_gets_one_by_giving_time(room, at, council):
    at(NOON)
    chamber = room()
    question = chamber.open()
    unlimited = sections(chamber)["current"]["ends_at"]
    at(after(10))
    chamber.do("lan", "voting.extend", question_id=question, seconds=30)

    assert unlimited is None
    assert sections(chamber)["current"]["ends_at"] == after(40).isoformat()


def test_time_given_while_paused_counts_after_the_pause(timed, at):
    chamber, question = timed()
    at(after(20))
    chamber.do("lan", "voting.pause", question_id=question)
    chamber.do("lan", "voting.extend", question_id=question, seconds=20)
    left = sections(chamber)["current"]["left"]
    at(after(100))
    chamber.do("lan", "voting.resume", question_id=question)

    assert left == 60
    assert sections(chamber)["current"]["ends_at"] == after(160).isoformat()


def test_the_chair_closes_earlier_and_the_time_changes_nothing_any_more(timed, at, council, journal_of):
    chamber, question = timed()
    chamber.cast(question, hoa="for")
    at(after(30))
    chamber.do("lan", "voting.close", question_id=question)
    at(after(61))
    timing.close_due()
    heard = answer(SYSTEM, "voting.close_by_time", {"question_id": question})

    assert heard.body == {"closed": False} or heard.body.get("closed") is False
    assert len(closed(journal_of, chamber)) == 1
    assert kept(council, question).closed_at == after(30)


def test_another_limit_may_be_chosen_at_the_opening(room, at):
    at(NOON)
    chamber = room()
    first = chamber.prepare(seconds=60)
    chamber.do("lan", "voting.open", question_id=first, seconds=90)
    longer = sections(chamber)["current"]["ends_at"]
    chamber.finish(first)
    second = chamber.prepare(seconds=60)
    chamber.do("lan", "voting.open", question_id=second, seconds=0)

    assert longer == after(90).isoformat()
    assert sections(chamber)["current"]["ends_at"] is None
    third = chamber.prepare("hand")
    chamber.finish(second)
    assert code(chamber, "lan", "voting.open", question_id=third, seconds=30) == (409, "no_limit_by_hand")
    chamber.do("lan", "voting.open", question_id=third)
    assert code(chamber, "lan", "voting.extend", question_id=third, seconds=30) == (409, "no_limit_by_hand")


def test_what_ended_while_no_server_ran_is_closed_at_the_start(timed, at, council):
    chamber, question = timed("secret")
    chamber.cast(question, hoa="for", lan="for")
    at(after(600))

    sweep()
    sweep()

    row = kept(council, question)
    assert (row.state, row.closed_at) == ("closed", after(60))
    assert council.one(select(Result.cast)) == 2


def test_an_ended_box_whose_key_is_lost_is_called_off(timed, at, council):
    _, question = timed("secret")
    keys.destroy(kept(council, question).public_key)
    at(after(61))

    timing.close_due()

    assert kept(council, question).state == "cancelled"


def test_a_meeting_that_rests_holds_the_box(timed, at, council, journal_of):
    chamber, question = timed()
    at(after(20))
    chamber.do("lan", "live.pause", meeting_id=chamber.meeting_id)
    at(after(300))
    timing.close_due()
    resting = code(chamber, "lan", "voting.resume", question_id=question)
    chamber.do("lan", "live.resume", meeting_id=chamber.meeting_id)
    chamber.do("lan", "voting.resume", question_id=question)

    assert resting == (409, "meeting_not_in_session")
    assert sections(chamber)["current"]["ends_at"] == after(340).isoformat()
    (held,) = [facts for event, facts in journal_of(chamber.meeting_id) if event == "voting.vote_paused"]
    assert held["rests"] is True
    assert mine(chamber, "hoa")["may_vote"] is True


def test_only_the_system_closes_by_time_and_only_who_presides_gives_time(timed, at):
    chamber, question = timed()
    at(after(61))

    for username, expected in (("hoa", (403, "forbidden")), ("minh", (403, "forbidden")), ("khach", (404, "not_found"))):
        assert code(chamber, username, "voting.close_by_time", question_id=question) == expected
        assert code(chamber, username, "voting.extend", question_id=question, seconds=30) == expected
    assert code(chamber, "lan", "voting.close_by_time", question_id=question) == (403, "forbidden")


@pytest.mark.parametrize("seconds", [0, 4, 7201])
def test_time_is_given_in_measure(timed, seconds):
    chamber, question = timed()

    assert code(chamber, "lan", "voting.extend", question_id=question, seconds=seconds)[0] == 422
