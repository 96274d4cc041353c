"""What each screen sees of a vote, and what other programs may read."""

from sqlalchemy import select

from meeting import clock, database
from meeting.agenda.models import Meeting
from meeting.live import state
from meeting.voting.models import Question


def sections(chamber, audience="member"):
    with database.reading() as session:
        meeting = session.get_one(Meeting, chamber.meeting_id)
        return state.sections(session, meeting, audience)["voting"]


def mine(chamber, username):
    with database.reading() as session:
        meeting = session.get_one(Meeting, chamber.meeting_id)
        actor = chamber.actor(username)
        return state.personal(session, meeting, [actor])[actor.person_id]["voting"]


def test_before_any_vote_there_is_nothing_to_see(room):
    chamber = room()
    chamber.prepare()

    assert sections(chamber) == {"open": [], "current": None}
    assert mine(chamber, "hoa") is None


def test_the_desk_sees_what_is_prepared(room):
    chamber = room()
    question = chamber.prepare()

    (line,) = sections(chamber, "desk")["questions"]

    assert (line["id"], line["state"], line["kind"]) == (question, "draft", "open")


def test_an_open_vote_is_on_every_screen_with_its_count_and_nothing_more(room):
    chamber = room(crowd=3)
    question = chamber.open()
    chamber.cast(question, hoa="for", tuan="against")

    for audience in ("member", "desk", "hall"):
        shown = sections(chamber, audience)
        current = shown["current"]
        assert shown["open"] == [question]
        assert (current["id"], current["state"], current["kind"]) == (question, "open", "open")
        assert [each["key"] for each in current["options"]] == ["for", "against", "abstain"]
        assert (current["cast"], current["electors"], current["total"], current["needed"]) == (2, 6, 6, 4)
        assert current["result"] is None
        assert "names" not in current


def test_the_chair_sees_who_is_missing_by_name_and_members_do_not(room):
    chamber = room()
    question = chamber.open("secret")
    chamber.cast(question, hoa="for")

    missing = [each["name"] for each in sections(chamber, "desk")["current"]["missing"]]

    assert missing == ["Ông Lê Anh Tuấn", "Ông Vũ Thị Mai Lan"]
    assert "missing" not in sections(chamber, "member")["current"]
    assert "missing" not in sections(chamber, "hall")["current"]


def test_the_result_is_the_desks_after_the_close_and_everybodys_after_its_publication(room):
    chamber = room()
    question = chamber.open()
    chamber.cast(question, hoa="for", tuan="for", lan="against")
    chamber.do("lan", "voting.close", question_id=question)

    before = sections(chamber)["current"]["result"]
    desk = sections(chamber, "desk")["current"]["result"]
    chamber.do("lan", "voting.publish", question_id=question)
    after = sections(chamber)["current"]["result"]

    assert before is None
    assert desk == after
    assert after["counts"] == {"for": 2, "against": 1, "abstain": 0}
    assert (after["base"], after["base_count"], after["needed"], after["passed"]) == ("total", 3, 2, True)
    assert after["sentences"]["en"].startswith("Passed: 2 in favour out of all delegates (3); 2 needed.")


def test_each_knows_only_their_own_vote(room):
    chamber = room()
    question = chamber.open()
    chamber.cast(question, hoa="against")

    assert (mine(chamber, "hoa")["voted"], mine(chamber, "hoa")["choice"], mine(chamber, "hoa")["may_vote"]) == (
        True,
        "against",
        True,
    )
    assert (mine(chamber, "tuan")["voted"], mine(chamber, "tuan")["choice"], mine(chamber, "tuan")["may_vote"]) == (
        False,
        None,
        True,
    )
    assert (mine(chamber, "minh")["may_vote"], mine(chamber, "minh")["why"]) == (False, "not_elector")


def test_of_a_secret_vote_nobody_is_told_a_choice_not_even_their_own(room):
    chamber = room()
    question = chamber.open("secret")
    chamber.cast(question, hoa="against")

    own = mine(chamber, "hoa")

    assert (own["voted"], own["choice"], own["may_vote"], own["why"]) == (True, None, False, "already_voted")


def test_reading_for_many_takes_no_more_queries_than_for_one(room):
    from sqlalchemy import event

    chamber = room(crowd=20)
    question = chamber.open()
    chamber.cast(question, hoa="for")

    def queries(usernames):
        actors = [chamber.actor(name) for name in usernames]
        seen = []
        with database.reading() as session:
            meeting = session.get_one(Meeting, chamber.meeting_id)
            listen = lambda *_args: seen.append(1)  # noqa: E731
            event.listen(session.get_bind(), "before_cursor_execute", listen)
            state.MINE["voting"](session, meeting, [each.person_id for each in actors], clock.now())
            event.remove(session.get_bind(), "before_cursor_execute", listen)
        return len(seen)

    assert queries(["hoa"]) == queries(["hoa", "tuan", *chamber.crowd])


def test_a_meeting_does_not_close_over_an_open_box(room):
    chamber = room()
    question = chamber.open()

    heard = chamber.ask("lan", "live.close", meeting_id=chamber.meeting_id)
    chamber.finish(question)

    assert heard.status == 409
    assert "vote_open" in repr(heard.body)
    chamber.do("lan", "live.close", meeting_id=chamber.meeting_id)


def test_a_question_is_read_over_the_api_with_names_only_of_published_open_votes(room, api):
    chamber = room()
    open_question = chamber.open()
    chamber.cast(open_question, hoa="for", tuan="against")
    before = api("hoa").get(f"/questions/{open_question}")
    chamber.finish(open_question)
    secret = chamber.open("secret")
    chamber.cast(secret, hoa="for")
    chamber.finish(secret)

    status, found = api("hoa").get(f"/questions/{open_question}")
    _, hidden = api("minh").get(f"/questions/{secret}")

    assert (before[0], before[1]["result"]) == (200, None)
    assert "names" not in before[1]
    assert status == 200
    assert found["names"] == {"for": ["Ông Phan Thị Hoa"], "against": ["Ông Lê Anh Tuấn"], "abstain": []}
    assert hidden["result"]["counts"] == {"for": 1, "against": 0, "abstain": 0}
    assert "names" not in hidden


def test_a_stranger_finds_no_question_and_a_delegate_no_draft(room, api):
    chamber = room()
    draft = chamber.prepare()
    question = chamber.open()

    assert api("khach").get(f"/questions/{question}")[0] == 404
    assert api("admin").get(f"/questions/{question}")[0] == 404
    assert api("hoa").get(f"/questions/{draft}")[0] == 404
    assert api("minh").get(f"/questions/{draft}")[0] == 200
    assert api("hoa").get("/questions/999")[0] == 404


def test_casting_over_the_api_answers_as_the_wire_says(room, api, council):
    chamber = room()
    question = chamber.open("secret")

    first = api("hoa").act("voting.cast", question_id=question, choice="for", request_id="one")
    again = api("hoa").act("voting.cast", question_id=question, choice="for", request_id="one")
    second = api("hoa").act("voting.cast", question_id=question, choice="for")
    chamber.finish(question)
    late = api("tuan").act("voting.cast", question_id=question, choice="for")

    assert (first[0], first[1]["ok"]) == (200, True)
    assert again == first
    assert (second[0], second[1]["code"]) == (409, "already_voted")
    assert (late[0], late[1]["code"]) == (409, "vote_closed")
    assert api("khach").act("voting.cast", question_id=question, choice="for")[0] == 404
    assert council.one(select(Question.state).where(Question.id == question)) == "published"


def test_the_room_stays_with_the_matter_while_its_box_is_open(room):
    chamber = room()
    chamber.open()

    heard = chamber.ask(chamber.chair, "live.go_to_item", meeting_id=chamber.meeting_id, item_id=chamber.items[-1])

    assert (heard.status, heard.body["code"]) == (409, "vote_open")
