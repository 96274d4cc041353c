"""Votes on the meeting page, and an item that a question holds on the programme."""

from sqlalchemy import select

from meeting.voting.models import QuestionLine


def test_the_desk_prepares_questions_on_the_meeting_page(room, client):
    chamber = room()
    chamber.prepare(title="Thông qua nghị quyết về đất đai")

    desk = client("minh").get(f"/meetings/{chamber.meeting_id}?tab=votes").text
    member = client("hoa").get(f"/meetings/{chamber.meeting_id}?tab=votes").text

    assert "Thông qua nghị quyết về đất đai" in desk
    assert "data-new-question" in desk
    assert "Thông qua nghị quyết về đất đai" not in member
    assert "data-new-question" not in member


def test_members_read_published_results_with_names_of_open_votes_only(room, client):
    chamber = room()
    question = chamber.open()
    chamber.cast(question, hoa="for", tuan="for")
    chamber.finish(question)
    secret = chamber.open("secret", title="Bãi nhiệm kín")
    chamber.cast(secret, hoa="against")
    chamber.finish(secret)

    page = client("lan").get(f"/meetings/{chamber.meeting_id}?tab=votes").text

    assert "2/3 phiếu tán thành" in page or "2 of 3 in favour" in page
    assert "Phan Thị Hoa" in page.split("Bãi nhiệm kín")[0]
    assert "Phan Thị Hoa" not in page.split("Bãi nhiệm kín")[1]


def test_an_item_with_a_question_is_not_removed(council, ask, do):
    meeting = council.meeting("HĐND")
    item = council.items(meeting)[0]
    do("minh", "voting.prepare", item_id=item, title="Thử", kind="open")

    heard = ask("minh", "agenda.remove_item", item_id=item)

    assert (heard.status, heard.body["code"]) == (409, "item_has_vote")


def test_an_election_shows_each_person_with_what_came_out_and_the_papers_of_a_vote_are_for_the_desk(room, client, council):
    chamber = room()
    people = [{"title": "Ông Trần Văn Ứng"}, {"title": "Bà Ngô Thị Cử"}]
    question = chamber.prepare("hand", form="election", on_paper=True, seats=1, office="Phó Chủ tịch", lines=people)
    seats = [{"person_id": council.person("hoa"), "post": "head"}, {"person_id": council.person("tuan"), "post": "member"}]
    chamber.do("lan", "voting.form_committee", meeting_id=chamber.meeting_id, people=seats)
    chamber.do("lan", "voting.open", question_id=question)
    lines = [each.id for each in council.all(select(QuestionLine).where(QuestionLine.question_id == question))]
    counted = {str(lines[0]): {"for": 3, "against": 0}, str(lines[1]): {"for": 1, "against": 1}}
    chamber.do("hoa", "voting.enter_figures", question_id=question, issued=3, returned=3, lines=counted)
    chamber.do("hoa", "voting.confirm_figures", question_id=question)
    chamber.finish(question)

    desk = client("minh").get(f"/meetings/{chamber.meeting_id}?tab=votes").text
    member = client("tuan").get(f"/meetings/{chamber.meeting_id}?tab=votes").text

    assert "Ông Trần Văn Ứng" in member
    assert "Đã bầu đủ" in member
    assert f"/questions/{question}/result.pdf" in member
    assert "counting-minutes.pdf" in desk
    assert "counting-minutes.pdf" not in member


def test_whoever_prepares_is_told_what_is_lawful_and_nobody_else(room, client, api):
    chamber = room()
    address = f"/meetings/{chamber.meeting_id}/voting/offered"

    _, found = api("minh").get(address)
    forms = {each["form"]: each for each in found["forms"]}

    assert forms["election"]["ways"] == ["paper"]
    assert "Ban kiểm phiếu" in forms["election"]["why"]["vi"]
    assert forms["relief"]["ways"] == ["open", "hand", "paper"]  # on paper for a deputy's mandate: NQ 104 Đ16.4b
    assert "choose" not in forms
    assert forms["matter"]["optional"] == ["abstain"]
    assert {each["id"] for each in found["items"]} == set(chamber.items)
    assert api("hoa").get(address)[0] == 403
    assert api("khach").get(address)[0] == 404


def test_a_named_clause_lets_an_election_be_electronic_and_a_committee_has_no_elections(room, api):
    chamber = room()
    chamber.rules(electronic_votes="Điều 9 Nội quy kỳ họp", elections="choose")
    forms = {each["form"]: each for each in api("minh").get(f"/meetings/{chamber.meeting_id}/voting/offered")[1]["forms"]}
    assert forms["election"]["ways"] == ["paper", "secret"]
    assert "Điều 9" in forms["election"]["why"]["vi"]
    assert forms["choose"]["seats"]

    other = room("UBND")
    forms = {each["form"]: each for each in api("minh").get(f"/meetings/{other.meeting_id}/voting/offered")[1]["forms"]}
    assert set(forms) == {"matter", "paper", "alternatives"}
    assert forms["matter"]["optional"] == []


def test_a_guest_invited_to_one_item_sees_the_votes_on_that_item_only(room, client, council):
    chamber = room()
    for item, title in zip(chamber.items, ("Vay vốn ngân sách", "Đặt tên đường"), strict=False):
        question = chamber.open(item_id=item, title=title)
        chamber.cast(question, hoa="for")
        chamber.finish(question)
    council.invite(chamber.meeting_id, "khach", item_ids=[chamber.items[1]])

    page = client("khach").get(f"/meetings/{chamber.meeting_id}?tab=votes").text

    assert "Đặt tên đường" in page
    assert "Vay vốn ngân sách" not in page
