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

    assert sections(chamber) == {"open": [], "current": None, "waiting": None, "review": None}
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
    question = chamber.open()
    chamber.cast(question, hoa="for")

    missing = [each["name"] for each in sections(chamber, "desk")["current"]["missing"]]

    assert missing == ["Ông Lê Anh Tuấn", "Ông Vũ Thị Mai Lan"]
    assert "missing" not in sections(chamber, "member")["current"]
    assert "missing" not in sections(chamber, "hall")["current"]


def test_those_who_vote_are_called_as_in_their_body(room):
    council, committee = room(), room("UBND")
    council.open()
    committee.open()

    called = [sections(each, "hall")["current"]["voters"]["vi"] for each in (council, committee)]
    council.do("lan", "voting.cancel", question_id=council.council.one(select(Question.id).limit(1)), reason="Thử")
    council.rules(tie="chair_side")  # as in the Thường trực
    council.open()

    assert [*called, sections(council, "member")["current"]["voters"]["vi"]] == ["đại biểu", "thành viên", "thành viên"]


def test_names_of_who_has_not_voted_only_in_open_votes_whose_rules_show_them(room):
    chamber = room()
    secret = chamber.open("secret")
    chamber.cast(secret, hoa="for")
    hidden = sections(chamber, "desk")["current"]
    chamber.do("lan", "voting.cancel", question_id=secret, reason="Thử")
    chamber.rules(missing_names=False)
    question = chamber.open()
    chamber.cast(question, hoa="for")
    counted = sections(chamber, "desk")["current"]

    assert ("missing" in hidden, hidden["not_cast"]) == (False, 2)
    assert ("missing" in counted, counted["not_cast"]) == (False, 2)


def test_a_paper_with_lines_has_them_on_every_screen_with_what_may_be_marked(room, council):
    chamber = room()
    chamber.rules(electronic_votes="Điều 9 Nội quy kỳ họp")
    people = [{"person_id": council.person("hoa"), "detail": "1980"}, {"person_id": council.person("tuan")}]
    chamber.open("secret", form="confidence", lines=people, office="Phó Chủ tịch")

    for audience in ("member", "hall", "desk"):
        current = sections(chamber, audience)["current"]
        assert [each["title"] for each in current["lines"]] == ["Ông Phan Thị Hoa", "Ông Lê Anh Tuấn"]
        assert current["lines"][0]["detail"] == "1980"
        assert current["marks"] == [{"key": "for", "label": "Tín nhiệm"}, {"key": "against", "label": "Không tín nhiệm"}]
        assert (current["form"], current["office"], current["basis"]) == ("confidence", "Phó Chủ tịch", "Điều 9 Nội quy kỳ họp")
        assert current["quorum"] == {"met": True, "need": 2, "present": 3, "total": 3}
        assert (current["register"], current["on_paper"], current["round"], current["again_of"]) == (3, False, 1, None)


def test_alternatives_are_picked_and_abstaining_stands_apart(room):
    chamber = room()
    chamber.open(form="alternatives", lines=[{"title": "A"}, {"title": "B"}])

    current = sections(chamber)["current"]

    assert [each["key"] for each in current["marks"]] == ["for"]
    assert [each["key"] for each in current["options"]] == ["for", "abstain"]


def test_after_a_reload_an_open_ballot_is_shown_and_a_secret_one_never(room, api):
    chamber = room()
    question = chamber.open(form="paper", lines=[{"title": "A"}, {"title": "B"}])
    lines = [str(each["id"]) for each in sections(chamber)["current"]["lines"]]
    marks = dict(zip(lines, ("for", "against"), strict=True))
    received = chamber.do("hoa", "voting.cast", question_id=question, choices=marks)
    own = mine(chamber, "hoa")
    chamber.finish(question)
    _, found = api("tuan").get(f"/questions/{question}")
    secret = chamber.open("secret", form="paper", lines=[{"title": "A"}])
    line = str(sections(chamber)["current"]["lines"][0]["id"])
    chamber.do("hoa", "voting.cast", question_id=secret, choices={line: "for"})
    hidden = mine(chamber, "hoa")

    assert (own["voted"], own["received_at"], own["choice"], own["marks"]) == (True, received["received_at"], None, marks)
    assert found["names"] == {}
    assert found["line_names"] == {lines[0]: {"for": ["Ông Phan Thị Hoa"]}, lines[1]: {"against": ["Ông Phan Thị Hoa"]}}
    assert (hidden["voted"], hidden["choice"], hidden["marks"], hidden["text"]) == (True, None, None, "")


def test_no_audience_hears_a_partial_count_in_any_form(room, council):
    chamber = room()
    chamber.rules(electronic_votes="Điều 9 Nội quy kỳ họp", elections="choose")
    forms = {"election": "for", "survey": "low", "choose": "for", "alternatives": "for", "paper": "against"}
    for form, mark in forms.items():
        way = "secret" if form not in ("alternatives", "paper") else "open"
        question = chamber.open(way, form=form, lines=[{"title": "Bà An"}, {"title": "Bà Bình"}])
        lines = [str(each["id"]) for each in sections(chamber)["current"]["lines"]]
        marks = {lines[0]: mark} if form in ("choose", "alternatives") else dict.fromkeys(lines, mark)
        chamber.do("hoa", "voting.cast", question_id=question, choices=marks)
        for audience in ("member", "hall", "guest", "desk"):
            shown = sections(chamber, audience)["current"]
            assert (shown["cast"], shown["result"]) == (1, None)
            assert "counts" not in repr(shown).replace("hand_counts", "")
        chamber.finish(question)


def test_the_section_takes_as_few_queries_with_many_electors_as_with_few(room):
    from sqlalchemy import event

    def queries(chamber, audience):
        seen = []
        with database.reading() as session:
            meeting = session.get_one(Meeting, chamber.meeting_id)
            listen = lambda *_args: seen.append(1)  # noqa: E731
            event.listen(session.get_bind(), "before_cursor_execute", listen)
            state.SECTIONS["voting"](state.View(session, meeting, audience, clock.now()))
            event.remove(session.get_bind(), "before_cursor_execute", listen)
        return len(seen)

    def counted(chamber, prepared):
        for _ in range(prepared):
            chamber.prepare(form="paper", lines=[{"title": "A"}, {"title": "B"}])
        chamber.open(form="paper", lines=[{"title": "A"}, {"title": "B"}])
        return [queries(chamber, audience) for audience in ("member", "hall", "desk")]

    few = counted(room(), 1)
    many = counted(room(crowd=20), 5)

    assert few == many
    assert many[0] <= 6


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
    assert after["sentences"]["en"].startswith("Passed: 2 of 3 in favour")


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
