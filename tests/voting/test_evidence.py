"""The evidence pack: whole for every kind of vote, the same each time, and a single changed byte is found and named."""

import ast
import io
import json
import random
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from meeting import database
from meeting.journal import Entry
from meeting.voting import evidence
from meeting.voting.checker import check
from meeting.voting.models import BareBallot, OpenBallot, Question, Result

FLIPS = 400  # over all files of a pack
CHECKER = Path(check.__file__)
CHOICES = ["for", "against", "abstain"]
PAPER = b"%PDF-1.7 " + bytes(range(256)) * 8  # stands for the minutes


def made(question, papers=(("minutes.pdf", PAPER),)):
    """The archive of a question, straight from the store."""
    with database.reading() as session:
        return evidence.pack(session, session.get_one(Question, question), list(papers))


def unfolded(data):
    """Name -> bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def checked(files):
    """What the checker finds in a pack: (file, sentence)."""
    found = check.Found()
    check.check(dict(files), found)
    return found.faults


def run(path, *words):
    """The checker as anybody runs it: no site packages, nothing of ours."""
    command = [sys.executable, "-I", "-S", str(CHECKER), str(path), *words]
    heard = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, cwd="/")
    return heard.returncode, heard.stdout + heard.stderr


@pytest.fixture
def voted(room):
    """A vote of twelve in a chamber, closed and published; `voted("secret")`."""

    def held(kind, publish=True):
        chamber = room(crowd=12)
        question = chamber.open(kind)
        if kind == "hand":
            chamber.do("minh", "voting.enter_counts", question_id=question, counts={"for": 9, "against": 2, "abstain": 1})
        else:
            for place, name in enumerate(chamber.crowd):
                chamber.do(name, "voting.cast", question_id=question, choice=CHOICES[place % 3 if place > 7 else 0])
        chamber.do("lan", "voting.close", question_id=question)
        if publish:
            chamber.do("lan", "voting.publish", question_id=question)
        return chamber, question

    return held


@pytest.mark.parametrize("kind", ["open", "secret", "hand"])
def test_a_pack_is_whole_and_says_what_to_compare(voted, council, tmp_path, kind):
    _, question = voted(kind)
    data, manifest = made(question)
    (tmp_path / "pack.zip").write_bytes(data)
    (tmp_path / "pack").mkdir()
    for name, content in unfolded(data).items():
        (tmp_path / "pack" / name).write_bytes(content)
    closing = council.one(select(Entry).where(Entry.event == "voting.vote_closed"))

    heard = [run(tmp_path / "pack.zip"), run(tmp_path / "pack"), run(tmp_path / "pack", "--en")]

    assert [status for status, _ in heard] == [0, 0, 0], heard
    assert all(closing.hash in said and str(closing.seq) in said for _, said in heard)
    assert "Tất cả đều khớp" in heard[0][1]
    assert "Everything agrees" in heard[2][1]
    assert sha256(unfolded(data)["manifest.json"]).hexdigest() == manifest


def test_the_same_vote_gives_the_same_bytes_whatever_happens_around_it(voted):
    chamber, question = voted("secret")
    first = made(question)

    chamber.do("lan", "voting.make_evidence", question_id=question, manifest=first[1])
    other = chamber.open("open")
    chamber.cast(other, hoa="for")

    assert made(question) == first


def test_a_pack_of_a_secret_vote_holds_no_way_from_a_name_to_a_choice(voted, council):
    _, question = voted("secret")
    files = unfolded(made(question)[0])
    ballots, journal = json.loads(files["ballots.json"]), json.loads(files["journal.json"])

    assert {frozenset(each) for each in ballots["ballots"]} == {frozenset({"nonce", "line_id", "choice"})}
    assert [each["nonce"] for each in ballots["ballots"]] == sorted(each["nonce"] for each in ballots["ballots"])
    told = [each["facts"] for each in journal["entries"] if each.get("event") == "voting.ballot_received"]
    assert {frozenset(each) for each in told} == {frozenset({"question_id", "again"})}


def test_entries_of_other_matters_are_links_without_content(room, council):
    chamber = room(crowd=6)
    first = chamber.prepare("open")
    chamber.do("hoa", "speaking.ask", meeting_id=chamber.meeting_id)
    other = chamber.open("secret", title="Việc khác")
    chamber.do("lan", "voting.cancel", question_id=other, reason="Điều riêng tư")
    chamber.do("lan", "voting.open", question_id=first)
    chamber.cast(first, hoa="for")
    chamber.finish(first)

    files = unfolded(made(first)[0])
    entries = json.loads(files["journal.json"])["entries"]

    links = [each for each in entries if "event" not in each]
    assert len(links) >= 4
    assert {frozenset(each) for each in links} == {frozenset({"seq", "previous", "hash"})}
    assert "Điều riêng tư".encode() not in b"".join(files.values())
    assert checked(files) == []


@pytest.mark.parametrize("kind", ["open", "secret"])
def test_any_flipped_byte_is_found_and_its_file_named(voted, kind):
    _, question = voted(kind)
    files, chance = unfolded(made(question)[0]), random.Random(f"flip {kind}")
    names = sorted(files)
    places = [(name, chance.randrange(len(files[name]))) for name in names * (FLIPS // len(names))]

    for name, place in places:
        damaged = bytearray(files[name])
        damaged[place] ^= 1 << chance.randrange(8)
        found = checked({**files, name: bytes(damaged)})
        assert name in {file for file, _, _ in found}, (name, place)
        if name != "manifest.json":
            assert {file for file, _, _ in found} & {"manifest.json"} == set(), (name, place, found)


def test_a_flipped_byte_of_the_archive_is_found_and_named(voted, tmp_path):
    _, question = voted("open")
    data, chance = made(question)[0], random.Random(3)
    files = unfolded(data)
    starts = {name: data.index(content) for name, content in files.items()}
    for place in chance.sample(range(len(data)), 60):
        damaged = bytearray(data)
        damaged[place] ^= 1 << chance.randrange(8)
        found = check.Found()
        check.check(check.unpack(bytes(damaged), found, "pack.zip"), found)
        assert found.faults, place
        inside = [name for name, start in starts.items() if start <= place < start + len(files[name])]
        assert {file for file, _, _ in found.faults} & {*inside, "pack.zip"}, place
    (tmp_path / "pack.zip").write_bytes(data[:-1] + b"!")
    status, said = run(tmp_path / "pack.zip")
    assert (status, "pack.zip" in said) == (1, True)


def rebuilt(files, name, change):
    """A pack whose one file was changed and whose manifest was made anew to fit, as a forger would."""
    value = json.loads(files[name])
    change(value)
    forged = {**files, name: (check.canonical(value) + "\n").encode()}
    listed = [(each, data) for each, data in forged.items() if each != "manifest.json"]
    old = json.loads(files["manifest.json"])
    about = {key: old[key] for key in old if key not in ("self", "files", "format")}
    return {**forged, "manifest.json": (check.canonical(check.manifest_of(listed, about)) + "\n").encode()}


def turn(ballots):
    """Somebody else's choice."""
    ballots["ballots"][0]["choice"] = "against" if ballots["ballots"][0]["choice"] != "against" else "for"


FORGERIES = {
    "a ballot": ("ballots.json", turn, "ballots.json", "1 ("),
    "one ballot less": ("ballots.json", lambda v: v["ballots"].pop(), "ballots.json", "1 "),
    "one ballot more": ("ballots.json", lambda v: v["ballots"].append(dict(v["ballots"][0])), "ballots.json", "13 ("),
    "a count": ("result.json", lambda v: v["closed"]["counts"].update({"for": 12}), "result.json", "counts"),
    "the verdict": ("result.json", lambda v: v["closed"].update(passed=False), "result.json", "passed"),
    "what was needed": ("result.json", lambda v: v["closed"].update(needed=1), "result.json", "needed"),
    "the quorum": ("result.json", lambda v: v["closed"].update(quorum_met=False), "result.json", "quorum_met"),
    "the number of members": ("register.json", lambda v: v.update(members=99), "register.json", "members"),
    "an elector more": (
        "register.json",
        lambda v: v["electors"].append({"person_id": 999, "name": "Ai đó", "voted": True}),
        "register.json",
        "electors",
    ),
    "who voted": ("register.json", lambda v: v["electors"][-1].update(voted=False), "register.json", "người số"),
    "the question": ("question.json", lambda v: v["paper"].update(title="Việc khác"), "question.json", "paper"),
    "the rule": ("question.json", lambda v: v["paper"].update(rule="two_thirds"), "question.json", "paper"),
    "an entry": ("journal.json", lambda v: v["entries"][0]["facts"].update(title="x"), "journal.json", "số"),
    "an entry less": ("journal.json", lambda v: v["entries"].pop(3), "journal.json", "số thứ tự"),
}


@pytest.mark.parametrize("kind", ["open", "secret"])
@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_with_a_fitting_manifest_is_found_too(voted, forgery, kind):
    _, question = voted(kind)
    name, change, file, what = FORGERIES[forgery]
    forged = rebuilt(unfolded(made(question)[0]), name, change)

    found = checked(forged)

    assert any(named == file and what in said for named, said, _ in found), found


@pytest.mark.parametrize(("kind", "model"), [("open", OpenBallot), ("secret", BareBallot)])
def test_a_ballot_changed_in_the_store_shows_in_a_pack_made_afterwards(voted, kind, model):
    _, question = voted(kind)
    table = model.__table__
    with database.database().writing.begin() as connection:
        row = connection.execute(select(table).where(table.c.question_id == question, table.c.choice == "for")).first()
        key = table.c.nonce == row.nonce if kind == "secret" else table.c.person_id == row.person_id
        connection.execute(table.update().where(table.c.question_id == question, key).values(choice="against"))

    found = checked(unfolded(made(question)[0]))

    assert {"ballots.json", "result.json"} <= {file for file, _, _ in found}


def test_the_checker_is_plain_python_3_8_of_the_standard_library():
    source = CHECKER.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 8))
    named = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    named |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names


def test_nothing_is_handed_out_before_the_close(room, client, api):
    chamber = room(crowd=6)
    question = chamber.open("open")

    heard = client("lan").get(f"/questions/{question}/evidence.zip")
    status, body = api("lan").act("voting.make_evidence", question_id=question)

    assert heard.status_code == 409
    assert (status, body["code"]) == (409, "evidence_too_early")


def test_taking_a_pack_is_noted_once_with_its_hash(voted, client, council):
    _, question = voted("secret")

    first, second = (client("lan").get(f"/questions/{question}/evidence.zip") for _ in range(2))
    third = client("minh").get(f"/questions/{question}/evidence.zip")

    assert (first.status_code, first.mimetype, first.data) == (200, "application/zip", second.data)
    assert third.data == first.data
    files = unfolded(first.data)
    assert checked(files) == []
    assert {name for name, data in files.items() if data.startswith(b"%PDF-")} == {"result.pdf", "minutes.pdf"}
    noted = council.all(select(Entry).where(Entry.event == "voting.evidence_made").order_by(Entry.seq))
    assert [each.actor_id for each in noted] == [council.person("lan"), council.person("minh")]
    assert {each.facts["manifest"] for each in noted} == {sha256(unfolded(first.data)["manifest.json"]).hexdigest()}
    assert {each.facts["contents"] for each in noted} == {json.loads(unfolded(first.data)["manifest.json"])["contents"]}


@pytest.mark.parametrize(("who", "status"), [("hoa", 403), ("dung", 403), ("khach", 404), ("lan", 200), ("van", 403)])
def test_only_the_chair_the_desk_and_inspectors_take_it(voted, client, api, who, status):
    _, question = voted("open")

    assert client(who).get(f"/questions/{question}/evidence.zip").status_code == status
    assert api(who).act("voting.make_evidence", question_id=question)[0] == status


def test_of_a_vote_called_off_no_ballot_is_shown(room, council):
    chamber = room(crowd=6)
    question = chamber.open("open")
    chamber.cast(question, hoa="for", tuan="against")
    chamber.do("lan", "voting.cancel", question_id=question, reason="Nhầm nội dung")

    files = unfolded(made(question)[0])

    assert json.loads(files["ballots.json"])["ballots"] == []
    assert json.loads(files["result.json"])["closed"] is None
    assert checked(files) == []
    assert council.all(select(Result.question_id)) == []
