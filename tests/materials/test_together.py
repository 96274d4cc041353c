"""Two officers of one unit on the real server: they send at the same moment, and nothing is lost."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import requests
from sqlalchemy import select

from meeting import clock, config, database
from meeting.materials.models import Requirement, Submission
from tests.conftest import Council
from tests.documents.papers import paper
from tests.serving import serving
from tests.waiting import PATIENCE

EACH = 6


def act(server, username, name, **wanted):
    heads = {"Authorization": f"Bearer token-{username}"}
    heard = requests.post(f"{server.address}/api/v1/acts/{name}", json=wanted, headers=heads, timeout=PATIENCE)
    assert heard.ok, heard.text
    return heard.json()


def upload(server, username, number):
    files = {"file": (f"ban-{number}.pdf", paper(1, f"TỜ TRÌNH {number}"), "application/pdf")}
    heads = {"Authorization": f"Bearer token-{username}"}
    heard = requests.post(f"{server.address}/api/v1/files", files=files, headers=heads, timeout=PATIENCE)
    assert heard.ok, heard.text
    return heard.json()["file_id"]


def test_two_officers_send_at_once_and_every_version_is_kept_and_numbered(template, tmp_path):
    (tmp_path / "storage").mkdir()
    shutil.copy(template, tmp_path / "storage" / "meeting.db")
    url = f"sqlite:///{tmp_path / 'storage' / 'meeting.db'}"
    config.use(config.Settings(data=tmp_path, database_url=url, keys=tmp_path / "keys"))
    database.use(database.Database(url))
    council = Council()
    try:
        with serving(tmp_path, "--empty") as server:
            meeting_id = council.meeting(starts_at=clock.now() + timedelta(days=30))
            unit = council.unit("kinh_te")
            asked = act(server, "minh", "materials.request", meeting_id=meeting_id, unit_id=unit, what="Tờ trình dự toán")
            requirement_id = asked["requirement_id"]
            files = {who: [upload(server, who, number) for number in range(EACH)] for who in ("dung", "truong")}
            together = threading.Barrier(2 * EACH)

            def send(who_and_file):
                who, file_id = who_and_file
                together.wait()
                return act(server, who, "materials.submit", requirement_id=requirement_id, file_id=file_id)

            with ThreadPoolExecutor(2 * EACH) as pool:
                answers = list(pool.map(send, [(who, each) for who, kept in files.items() for each in kept]))

        versions = council.all(select(Submission).order_by(Submission.number))
        assert sorted(answer["number"] for answer in answers) == list(range(1, 2 * EACH + 1))
        assert [each.number for each in versions] == list(range(1, 2 * EACH + 1))
        assert {each.file_id for each in versions} == {each for kept in files.values() for each in kept}
        assert [each.state for each in versions] == ["replaced"] * (2 * EACH - 1) + ["sent"]
        row = council.one(select(Requirement))
        assert (row.first_received_at, row.state) == (versions[0].received_at, "submitted")
    finally:
        database.use(None)
