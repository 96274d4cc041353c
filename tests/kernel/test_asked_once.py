"""What a read-only session has found is not asked again; the writer's session asks each time."""

from sqlalchemy.orm import Session

from meeting.agenda.models import Meeting
from meeting.database import asked_once, database, reading
from meeting.permissions import Role


def test_one_picture_is_asked_once():
    asked = []
    with reading() as session:
        answers = [asked_once(session, ("seat", 1), lambda: asked.append(1) or len(asked)) for _ in range(3)]
        other = asked_once(session, ("seat", 2), lambda: "other")

    assert (answers, other, asked) == ([1, 1, 1], "other", [1])


def test_another_picture_is_asked_anew(council, do):
    meeting_id = council.meeting()
    tuan = council.actor("tuan")

    def hats():
        with reading() as session:
            meeting = session.get(Meeting, meeting_id)
            return [meeting.hats_of(tuan, session) for _ in range(2)]

    assert [Role.MEMBER in worn for worn in hats()] == [True, True]
    do("minh", "agenda.set_participants", meeting_id=meeting_id, remove=[council.person("tuan")])
    assert [Role.MEMBER in worn for worn in hats()] == [False, False]


def test_the_writer_asks_each_time(store):
    asked = []
    with database().writing.connect() as connection, Session(connection) as session:
        for _ in range(3):
            asked_once(session, ("seat", 1), lambda: asked.append(1))

    assert len(asked) == 3
