"""A web process on another machine: it shares nothing with the first but PostgreSQL, Redis, the bucket and two keys."""

from collections.abc import Iterator

import pytest
import requests

from meeting.health.looking import Asked, look_at
from tests.browsing import House as Browsers
from tests.conftest import Council
from tests.grown.house import House
from tests.serving import Server
from tests.waiting import PATIENCE, until
from tests.walk.office import Office, paper

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def far(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Its folder is its own, and empty at first."""
    folder = tmp_path_factory.mktemp("far")
    (folder / "storage").mkdir()
    own = {"MEETING_DATA": str(folder), "MEETING_KEYS": str(folder / "keys"), "MEETING_NGINX_READS": "0"}
    shared = {
        "MEETING_SESSION_KEY_FILE": str(house.folder / "storage" / "session.key"),
        "MEETING_SECOND_STEP_KEY_FILE": str(house.folder / "secrets" / "entrance.key"),
    }
    server = Server(folder, environment={**house.environment, **own, **shared}, ready=True).start()
    yield server
    server.stop()


def get(server: Server, who: str, path: str) -> requests.Response:
    """A page or a file, past the API."""
    return requests.get(server.address + path, headers={"Authorization": f"Bearer token-{who}"}, timeout=PATIENCE)


def test_a_paper_sent_at_one_machine_is_read_at_the_other(house: House, far: Server, council: Council) -> None:
    for here, there in ((house.web[0], far), (far, house.web[0])):
        content = paper(f"Gửi ở {here.port}", "Trang hai")
        sent = Office(here).upload("hoa", content, "to-trinh.pdf").json()
        path = f"/documents/{sent['file_id']}"
        Office(there).until("hoa", path, lambda body: body["state"] == "ready")

        heard = get(far, "hoa", f"{path}/pages/2?w=800")

        assert heard.status_code == 200
        assert heard.headers["Content-Type"].startswith("image/")
        assert len(heard.content) > 1000
        assert "X-Accel-Redirect" not in heard.headers


def test_who_signed_in_at_one_machine_is_known_at_the_other(house: House, far: Server, council: Council) -> None:
    cookie = Browsers(house.front, None, council).cookie("hoa")  # type: ignore[arg-type]

    heard = requests.get(far.address + "/meetings", cookies={"session": cookie}, timeout=PATIENCE, allow_redirects=False)

    assert heard.status_code == 200


def test_a_sheet_a_report_and_cards_made_at_one_machine_are_fetched_at_the_other(
    house: House, far: Server, council: Council
) -> None:
    office, meeting_id, body = Office(far), council.meeting(), council.body("UBND")
    sheet = office.do("minh", "tasks.ask_sheet", body_id=body, month="2026-11", form="xlsx")["sheet_id"]
    report = office.do("admin", "evaluation.make_file", kind="meetings", form="csv", since="2015-01-01", until="2019-12-31")[
        "key"
    ]
    office.do("minh", "rollcall.make_cards", meeting_id=meeting_id, base="http://hop.example")

    office.until("minh", f"/tasks/sheets/{sheet}", lambda body: body["state"] == "ready")
    office.until("admin", f"/reports/files/{report}", lambda body: body["percent"] == 100)
    office.until("minh", f"/meetings/{meeting_id}/seat-cards", lambda body: body["state"] == "done")

    for who, path, begins in (
        ("minh", f"/tasks/sheets/{sheet}", b"PK"),
        ("admin", f"/reports/files/{report}", b"\xef\xbb\xbf"),
        ("minh", f"/meetings/{meeting_id}/seat-cards.pdf", b"%PDF"),
    ):
        here, there = get(far, who, path), get(house.web[0], who, path)
        assert (here.status_code, here.content[: len(begins)]) == (200, begins), path
        assert there.content == here.content


def test_the_doctor_says_that_the_machines_do_not_share_the_keys_of_ballots(far: Server, council: Council) -> None:
    def said() -> tuple[str, int]:
        (found,) = look_at(Asked(outside=False), ["ballot_keys"])
        return found.state, found.facts["count"]

    until(lambda: said() == ("warn", 2), "nobody is warned of two machines")

    far.stop()

    until(lambda: said() == ("ok", 1), "one machine is warned of two")
