"""Questions while they are drafts: in every form a body may vote in, changed, ordered, removed, and reviewed by everybody."""

import pytest
from sqlalchemy import select

from meeting.voting.models import Question, QuestionLine, VoteReview
from tests.voting.test_live import sections

CLAUSE = "Điều 9 Nội quy kỳ họp Hội đồng nhân dân"


def code(chamber, username, name, **wanted):
    heard = chamber.ask(username, name, **wanted)
    return (heard.status, heard.body.get("code"))


def draft(chamber, **wanted):
    wanted = {"item_id": chamber.items[0], "title": "Bầu Phó Chủ tịch", **wanted}
    return int(chamber.do("minh", "voting.prepare", **wanted)["question_id"])


def row(council, question):
    return council.one(select(Question).where(Question.id == question))


def lines(council, question):
    return council.all(select(QuestionLine).where(QuestionLine.question_id == question).order_by(QuestionLine.position))


def candidates(council, *usernames):
    return [{"person_id": council.person(name)} for name in usernames]


def test_an_election_is_on_paper_unless_the_rules_of_procedure_are_named(room, council):
    chamber = room()
    on_paper = draft(chamber, candidates=candidates(council, "hoa", "tuan"), seats=1, office="Phó Chủ tịch HĐND")
    wanted = {"form": "election", "lines": candidates(council, "hoa"), "item_id": chamber.items[0], "title": "Bầu"}

    refused = code(chamber, "minh", "voting.prepare", kind="secret", **wanted)
    chamber.rules(electronic_votes=CLAUSE)
    electronic = draft(chamber, kind="secret", **wanted)

    kept = row(council, on_paper)
    assert (kept.form, kept.kind, kept.on_paper, kept.seats, kept.basis) == ("election", "hand", True, 1, "")
    assert [line.title for line in lines(council, on_paper)] == ["Ông Phan Thị Hoa", "Ông Lê Anh Tuấn"]
    assert kept.options == ["for", "against"]
    assert refused == (409, "electronic_not_allowed")
    assert (row(council, electronic).kind, row(council, electronic).basis) == ("secret", CLAUSE)


def test_the_clause_stays_on_the_question_when_the_rules_change(room, council):
    chamber = room()
    chamber.rules(electronic_votes=CLAUSE)
    question = draft(chamber, form="confidence", kind="secret", lines=candidates(council, "hoa"))
    chamber.rules(electronic_votes="")

    assert row(council, question).basis == CLAUSE


def test_ubnd_has_no_votes_on_people_and_two_alternatives(room):
    chamber = room("UBND")
    wanted = {"item_id": chamber.items[0], "title": "Chọn phương án"}
    two, three = [{"title": "A"}, {"title": "B"}], [{"title": "A"}, {"title": "B"}, {"title": "C"}]

    assert code(chamber, "minh", "voting.prepare", candidates=[{"title": "Bà An"}], **wanted) == (409, "form_not_lawful")
    assert code(chamber, "minh", "voting.prepare", form="alternatives", lines=three, **wanted) == (409, "two_alternatives")
    assert code(chamber, "minh", "voting.prepare", form="alternatives", lines=two, **wanted) == (200, None)


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"form": "relief", "kind": "secret", "office": "Trưởng Ban", "lines": [{"title": "Ông Bình"}]}, "must_be_open"),
        ({"form": "relief", "kind": "secret", "lines": [{"title": "Ông Bình"}]}, "electronic_not_allowed"),
        ({"form": "dismissal", "kind": "open", "lines": [{"title": "Ông Bình"}]}, "must_be_secret"),
        ({"form": "choose", "lines": [{"title": "Ông Bình"}]}, "choose_not_allowed"),
        ({"form": "election", "lines": [{"title": "Ông Bình"}], "seats": 2}, "seats_count"),
        ({"form": "election", "lines": []}, "lines_count"),
        ({"form": "paper", "lines": [{"title": "  "}]}, "ballot_line_empty"),
        ({"form": "paper", "lines": [{"title": "A"}, {"title": "a"}]}, "line_twice"),
        ({"lines": [{"title": "A"}]}, "lines_not_here"),
        ({"kind": "hand", "seconds": 60}, "no_limit_by_hand"),
        ({"kind": "open", "on_paper": True}, "paper_by_hand"),
        ({"seats": 1}, "seats_not_here"),
        ({"options": ["for", "against", "other"]}, "options_not_lawful"),
        ({"rule": "nearly_all"}, "rule_unknown"),
        ({"rule": "more_than_half_of_present"}, "rule_too_weak"),
    ],
)
def test_what_is_not_lawful_is_refused_with_its_own_sentence(room, wanted, refusal):
    chamber = room()
    heard = chamber.ask("minh", "voting.prepare", item_id=chamber.items[0], title="Thử", **wanted)

    assert (heard.status, heard.body["code"]) == (409, refusal)


def test_an_unknown_person_is_no_candidate(room):
    chamber = room()

    found = code(
        chamber, "minh", "voting.prepare", item_id=chamber.items[0], title="Bầu", form="election", lines=[{"person_id": 9999}]
    )

    assert found == (404, "not_found")


def test_a_draft_is_changed_and_what_hangs_together_stays_lawful(room, council):
    chamber = room()
    question = draft(chamber, title="Thông qua", seconds=90)
    chamber.do("minh", "voting.edit", question_id=question, title="Thông qua nghị quyết", explanation="Căn cứ Điều 15")
    chamber.do("minh", "voting.edit", question_id=question, kind="hand")

    by_hand = row(council, question)
    chamber.do("minh", "voting.edit", question_id=question, form="alternatives", lines=[{"title": "A"}, {"title": "B"}])
    chosen = row(council, question)
    chamber.do("minh", "voting.edit", question_id=question, lines=[{"title": "B"}, {"title": "A"}, {"title": "C"}])
    chamber.do("minh", "voting.edit", question_id=question, item_id=chamber.items[1])

    assert (by_hand.title, by_hand.kind, by_hand.on_paper, by_hand.seconds) == ("Thông qua nghị quyết", "hand", False, 0)
    assert (chosen.form, chosen.kind, chosen.options) == ("alternatives", "open", ["for", "abstain"])
    assert [line.title for line in lines(council, question)] == ["B", "A", "C"]
    assert row(council, question).item_id == chamber.items[1]
    assert code(chamber, "minh", "voting.edit", question_id=question, form="election") == (200, None)
    assert code(chamber, "minh", "voting.edit", question_id=question, kind="open") == (409, "must_be_secret")
    assert code(chamber, "minh", "voting.edit", question_id=question, form="matter") == (200, None)
    assert lines(council, question) == []


def test_an_edit_says_what_changed_and_nothing_when_nothing_did(room, journal_of):
    chamber = room()
    question = draft(chamber, title="Thông qua")
    chamber.do("minh", "voting.edit", question_id=question, title="Thông qua", kind="open")
    chamber.do("minh", "voting.edit", question_id=question, kind="hand", on_paper=True)

    edited = [facts for event, facts in journal_of(chamber.meeting_id) if event == "voting.question_edited"]

    assert [sorted(each["changed"]) for each in edited] == [["kind", "on_paper"]]


def test_only_a_draft_is_changed_or_removed(room, council, journal_of):
    chamber = room()
    question, other = draft(chamber), draft(chamber, form="paper", lines=[{"title": "A"}])
    chamber.do("minh", "voting.ready", question_id=question)

    assert code(chamber, "minh", "voting.edit", question_id=question, title="Khác") == (409, "question_state")
    assert code(chamber, "minh", "voting.remove", question_id=question) == (409, "question_state")
    chamber.do("minh", "voting.remove", question_id=other)
    assert council.all(select(Question.id)) == [question]
    assert lines(council, other) == []
    assert ("voting.question_removed", ["A"]) in [(event, facts.get("lines")) for event, facts in journal_of(chamber.meeting_id)]


def test_the_order_of_what_is_to_come_is_set(room):
    chamber = room()
    done = chamber.open()
    chamber.finish(done)
    first, second, third = (draft(chamber, title=title) for title in ("Một", "Hai", "Ba"))

    chamber.do("minh", "voting.order", meeting_id=chamber.meeting_id, question_ids=[third, first, second])
    again = chamber.do("minh", "voting.order", meeting_id=chamber.meeting_id, question_ids=[third, first, second])

    assert again == {}
    assert [each["id"] for each in sections(chamber, "desk")["questions"]] == [done, third, first, second]
    wrong = {"meeting_id": chamber.meeting_id, "question_ids": [third, first]}
    assert code(chamber, "minh", "voting.order", **wrong) == (409, "questions_differ")


@pytest.mark.parametrize("name", ["edit", "remove", "ready", "repeat"])
def test_a_delegate_prepares_nothing_and_a_stranger_finds_nothing(room, name):
    chamber = room()
    question = draft(chamber)

    assert code(chamber, "hoa", f"voting.{name}", question_id=question) == (403, "forbidden")
    assert code(chamber, "khach", f"voting.{name}", question_id=question) == (404, "not_found")


def test_the_order_and_the_review_are_not_for_delegates(room):
    chamber = room()
    draft(chamber)

    assert code(chamber, "hoa", "voting.order", meeting_id=chamber.meeting_id, question_ids=[]) == (403, "forbidden")
    for name in ("start_review", "end_review"):
        assert code(chamber, "hoa", f"voting.{name}", meeting_id=chamber.meeting_id) == (403, "forbidden")
        assert code(chamber, "minh", f"voting.{name}", meeting_id=chamber.meeting_id) == (403, "forbidden")
        assert code(chamber, "khach", f"voting.{name}", meeting_id=chamber.meeting_id) == (404, "not_found")


# the review


def test_in_a_review_everybody_reads_the_drafts_and_sees_changes_at_once(room, council, api):
    chamber = room()
    question = draft(chamber, form="paper", title="Hai nghị quyết", lines=[{"title": "Đất đai"}, {"title": "Đầu tư"}])
    before = (sections(chamber)["review"], api("hoa").get(f"/questions/{question}")[0])

    chamber.do("lan", "voting.start_review", meeting_id=chamber.meeting_id)
    seen = {audience: sections(chamber, audience)["review"]["questions"] for audience in ("member", "hall", "guest", "desk")}
    chamber.do("minh", "voting.edit", question_id=question, title="Hai dự thảo nghị quyết")
    changed = sections(chamber)["review"]["questions"][0]["title"]
    during = api("hoa").get(f"/questions/{question}")[0]
    chamber.do("lan", "voting.end_review", meeting_id=chamber.meeting_id)

    assert before == (None, 404)
    assert [line["title"] for line in seen["member"][0]["lines"]] == ["Đất đai", "Đầu tư"]
    assert seen["member"] == seen["hall"] == seen["guest"] == seen["desk"]
    assert (changed, during) == ("Hai dự thảo nghị quyết", 200)
    assert sections(chamber)["review"] is None
    assert api("hoa").get(f"/questions/{question}")[0] == 404


def test_nothing_opens_while_the_list_is_reviewed(room):
    chamber = room()
    question, ready = draft(chamber, title="Một"), draft(chamber, title="Hai")
    assert code(chamber, "lan", "voting.start_review", meeting_id=chamber.meeting_id) == (200, None)

    assert code(chamber, "minh", "voting.ready", question_id=ready) == (409, "review_running")
    assert code(chamber, "lan", "voting.open", question_id=question) == (409, "review_running")
    chamber.do("lan", "voting.end_review", meeting_id=chamber.meeting_id)
    assert code(chamber, "lan", "voting.open", question_id=question) == (200, None)


def test_a_review_is_one_and_starting_or_ending_it_twice_is_harmless(room, council, journal_of):
    chamber = room()
    assert code(chamber, "lan", "voting.start_review", meeting_id=chamber.meeting_id) == (409, "review_empty")
    draft(chamber)
    for name in ("start_review", "start_review", "end_review", "end_review"):
        assert chamber.do("lan", f"voting.{name}", meeting_id=chamber.meeting_id) == {}

    told = [event for event, _ in journal_of(chamber.meeting_id) if event.startswith("voting.review")]

    assert told == ["voting.review_started", "voting.review_ended"]
    assert len(council.all(select(VoteReview))) == 1


def test_a_review_does_not_begin_over_an_open_box_nor_after_the_meeting(room, council):
    chamber = room()
    question = chamber.open()
    draft(chamber)
    assert code(chamber, "lan", "voting.start_review", meeting_id=chamber.meeting_id) == (409, "other_vote_open")
    chamber.finish(question)
    chamber.do("lan", "voting.start_review", meeting_id=chamber.meeting_id)

    chamber.do("lan", "live.close", meeting_id=chamber.meeting_id)

    assert council.one(select(VoteReview.ended_at)) is not None
    assert code(chamber, "lan", "voting.start_review", meeting_id=chamber.meeting_id) == (409, "vote_after_meeting")


def test_a_review_may_be_held_before_the_meeting_begins(council):
    from tests.voting.conftest import Chamber

    meeting_id = council.meeting("HĐND")
    chamber = Chamber(council, "HĐND", meeting_id, council.items(meeting_id))
    draft(chamber)

    chamber.do("lan", "voting.start_review", meeting_id=meeting_id)

    assert len(sections(chamber)["review"]["questions"]) == 1
