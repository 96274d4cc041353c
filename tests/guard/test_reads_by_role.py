"""Every address that can be read, asked by those who may not: nobody learns a word of the council's work, and nothing breaks.

The words are taken from the demo council itself (canaries), without those that its public page shows.
"""

import pytest

from meeting.permissions import Role
from meeting.web import security
from tests.guard.addresses import filled, is_open, meetings, reads, said
from tests.guard.canaries import OWN, canaries
from tests.guard.house import ENDED, FOREIGN, ROLES, SEATED, STRANGER, Watched, token

#: All that needs nobody signed in. What stands under exchange asks for a system's key of its own.
OPEN = {
    "static", "healthz", "metrics", "source.archive",
    "web.sign_in", "web.offline", "web.manifest", "web.service_worker",
    "organization.first", "entrance.enrol", "entrance.second_step", "openid.begin", "openid.back", "openid.leave",
    "safe_line.about", "safe_line.certificate", "safe_line.profile",
    "tablets.standing", "tablet_entry.code", "tablet_entry.offered", "tablet_entry.locked",
    "invitations.by_link", "calendars.private_feed", "exchange.body_feed",
    "publicpage.bodies", "publicpage.body", "publicpage.feed", "publicpage.papers", "publicpage.paper",
    "genuine.ask", "genuine.answer",
    "opendata.system", "opendata.bodies", "opendata.of_body", "opendata.of_organization", "opendata.one", "opendata.download",
    "opendata.minutes",
    "exchange_reads.here", "exchange_reads.description", "exchange_reads.meeting", "exchange_reads.papers",
    "exchange_reads.paper_file", "exchange_reads.notices", "exchange_reads.notice", "exchange_reads.notice_file",
    "exchange_reads.tasks", "exchange_reads.task", "exchange_reads.person_past", "exchange_reads.person_upcoming",
    "exchange_reads.unit_past", "exchange_reads.unit_upcoming",
}  # fmt: skip
PUBLIC = ("publicpage.", "opendata.")
WITH_A_KEY = "exchange_reads."
Answer = tuple[str, int, str, str]  # address, status, what it says, where it leads


@pytest.fixture(scope="module")
def addresses(watched: Watched) -> list[tuple[str, str]]:
    """Endpoint and address of all that can be read, for meetings of both bodies in all states."""
    of = meetings(*OWN)
    return [(rule.endpoint, address) for rule in reads(watched) for address in filled(watched, rule, of)]


@pytest.fixture(scope="module")
def secret(watched: Watched, addresses: list[tuple[str, str]]) -> dict[str, str]:
    """The words that nobody of those asked for below may read."""
    public = ask(watched, "", [each for each in addresses if each[0].startswith(PUBLIC)])
    return canaries(" ".join(text for _, status, text, _ in public if status == 200))


def ask(watched: Watched, who: str, addresses: list[tuple[str, str]]) -> list[Answer]:
    """What each address answers; none may answer with a fault."""
    client = watched.app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {token(who)}"} if who else {}
    heard = []
    for number, (_, address) in enumerate(addresses):
        if number % 100 == 0:
            security.forget_limits()
        answer = client.get(address, headers=headers)
        heard.append((address, answer.status_code, said(answer), answer.headers.get("Location", "")))
        answer.close()
    assert [(address, status, text[:200]) for address, status, text, _ in heard if status >= 500] == []
    return heard


def told(answers: list[Answer], secret: dict[str, str]) -> list[str]:
    """Where the answers tell a word that they may not."""
    found = [(address, word, where) for address, _, text, _ in answers for word, where in secret.items() if word in text]
    return [f"{address}: {where}: {word}" for address, word, where in found]


def test_what_is_open_to_all_is_written_down(watched: Watched) -> None:
    assert {rule.endpoint for rule in reads(watched) if is_open(watched, rule)} == OPEN


def test_nobody_reads_anything_without_signing_in(watched: Watched, addresses: list[tuple[str, str]]) -> None:
    closed = [each for each in addresses if each[0] not in OPEN]

    for address, status, _, leads in ask(watched, "", closed):
        if address.startswith("/api/") and not address.startswith("/api/docs"):
            assert status == 401, address
        else:
            assert (status, leads.partition("?")[0]) == (302, "/sign-in"), address
    assert len(closed) > 900


def test_what_is_open_tells_nothing_of_the_councils_work(
    watched: Watched, addresses: list[tuple[str, str]], secret: dict[str, str]
) -> None:
    answers = ask(watched, "", [each for each in addresses if each[0] in OPEN and not each[0].startswith(PUBLIC)])

    assert told(answers, secret) == []


def test_other_systems_read_nothing_with_a_key_that_is_none(watched: Watched, addresses: list[tuple[str, str]]) -> None:
    closed = [each for each in addresses if each[0].startswith(WITH_A_KEY) and not each[0].endswith(".description")]

    for who in ("", STRANGER, "watcher-chair"):  # a person's key is no system's key
        assert {status for _, status, _, _ in ask(watched, who, closed)} == {401}


@pytest.mark.parametrize("who", [STRANGER, FOREIGN, ENDED])
def test_who_may_not_reads_nothing(watched: Watched, addresses: list[tuple[str, str]], secret: dict[str, str], who: str) -> None:
    answers = ask(watched, who, [each for each in addresses if each[0] not in OPEN])

    assert told(answers, secret) == []


def test_the_words_are_found_where_they_may_be_read(
    watched: Watched, addresses: list[tuple[str, str]], secret: dict[str, str]
) -> None:
    wanted = ("agenda.meeting", "agenda.programme", "conclusions.minutes", "api.meeting", "api.programme", "api.minutes")
    answers = ask(watched, "watcher-secretary", [each for each in addresses if each[0] in wanted])

    assert len(secret) > 100
    assert len({line.split(": ", 2)[2] for line in told(answers, secret)}) > 10


@pytest.mark.parametrize("role", [*ROLES, *SEATED, Role.ADMIN], ids=str)
def test_no_role_finds_a_fault(watched: Watched, role: Role) -> None:
    of = [watched.ids("meeting_id", "")]
    closed = [
        (rule.endpoint, address) for rule in reads(watched) if rule.endpoint not in OPEN for address in filled(watched, rule, of)
    ]

    answers = ask(watched, f"watcher-{role}", closed)

    assert sum(status == 200 for _, status, _, _ in answers) > 50
