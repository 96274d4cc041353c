"""The writer keeps what it answered, gives first answers again, and chains the journal."""

from sqlalchemy import select, text

from meeting import database, journal
from meeting.batch import StoredAnswer
from tests.kernel import saying  # noqa: F401 - registers the act kernel.say


def entries(council):
    return council.all(select(journal.Entry.facts).order_by(journal.Entry.seq))


def test_an_act_is_recorded_once_and_answered(council, do):
    heard = do("hoa", "kernel.say", word="xin chào")

    assert heard == {"said": "xin chào"}
    assert entries(council) == [{"word": "xin chào"}]


def test_a_refused_act_leaves_nothing_behind(council, ask):
    heard = ask("hoa", "kernel.say", word="refuse")

    assert (heard.status, heard.body["code"]) == (409, "forbidden")
    assert entries(council) == []


def test_a_bug_is_answered_as_a_bug_and_leaves_nothing_behind(council, ask):
    heard = ask("hoa", "kernel.say", "id-1", word="break")

    assert (heard.status, heard.body["code"]) == (500, "bug")
    assert entries(council) == []
    assert council.all(select(StoredAnswer.request_id)) == []


def test_the_same_request_gets_its_first_answer_word_for_word(council, ask):
    first = ask("hoa", "kernel.say", "id-1", word="một")
    again = ask("hoa", "kernel.say", "id-1", word="một")

    assert again == first
    assert entries(council) == [{"word": "một"}]


def test_the_same_request_id_with_another_input_is_refused(ask):
    ask("hoa", "kernel.say", "id-1", word="một")

    again = ask("hoa", "kernel.say", "id-1", word="hai")

    assert (again.status, again.body["code"]) == (409, "request_id_reused")


def test_a_refusal_is_stored_too(ask):
    first = ask("hoa", "kernel.say", "id-1", word="refuse")

    assert ask("hoa", "kernel.say", "id-1", word="refuse") == first


def test_malformed_input_names_each_field(ask):
    heard = ask("hoa", "kernel.say", word=3, colour="red")

    assert heard.status == 422
    assert sorted(heard.body["facts"]["fields"]) == ["colour", "word"]


def test_the_journal_cannot_be_changed_and_tells_when_it_was(council, do):
    do("hoa", "kernel.say", word="một")
    do("tuan", "kernel.say", word="hai")
    with database.database().writing.connect() as connection:
        assert list(journal.verify(connection)) == []
        connection.rollback()
    with database.database().writing.begin() as connection:
        connection.execute(text("DROP TRIGGER journal_no_update"))
        connection.execute(text("""UPDATE journal SET facts = '{"word":"ba"}' WHERE seq = 1"""))

    with database.database().writing.connect() as connection:
        faults = list(journal.verify(connection))

    assert faults == [journal.Fault(0, 1, "hash")]
