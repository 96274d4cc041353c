"""The rules of telling people."""

from datetime import UTC, datetime, timedelta

import pytest

from meeting.errors import SENTENCES
from meeting.events import Event
from meeting.notify import rules
from meeting.notify.kinds import KINDS
from meeting.notify.reactions import HANDLED, excuse_of
from meeting.notify.wording import text_of, title_of

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("event", list(Event))
def test_every_event_is_told_or_excused_but_never_both(event: Event) -> None:
    assert (event in HANDLED) != bool(excuse_of(event)), event


@pytest.mark.parametrize(
    ("attempts", "after"),
    [(1, timedelta(minutes=1)), (2, timedelta(minutes=5)), (5, timedelta(hours=4)), (6, None), (9, None)],
)
def test_a_failed_mail_waits_longer_each_time_and_is_given_up(attempts: int, after: timedelta | None) -> None:
    assert rules.next_try(attempts, NOW) == (NOW + after if after else None)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_can_be_said_whatever_facts_are_missing(kind: str, language: str) -> None:
    assert title_of(kind, {}, language)
    assert "%(" not in text_of(kind, {}, language)


def test_facts_are_written_as_people_read_them() -> None:
    facts = {"title": "Kỳ họp", "body": "HĐND phường", "starts_at": "2026-12-10T01:00:00+00:00", "place": "Hội trường"}

    assert title_of("meeting_issued", facts, "en") == "Invitation: Kỳ họp"
    assert text_of("meeting_issued", facts, "en") == (
        "HĐND phường invites you: 08:00, 10/12/2026, Hội trường. Please answer the invitation."
    )
    assert text_of("meeting_cancelled", {"reason": "Bão số 12."}, "en") == "Reason: Bão số 12."
    assert text_of("meeting_cancelled", {"reason": "reason_needed"}, "en") == f"Reason: {SENTENCES['reason_needed']}"
    assert text_of("task_overdue", {"due_on": "2026-12-10", "title": "Kỳ họp"}, "en") == "It was due on 10/12/2026. From: Kỳ họp."
    assert text_of("task_assigned", {"due_on": None, "title": "Kỳ họp"}, "en") == "Deadline: none set. From: Kỳ họp."
