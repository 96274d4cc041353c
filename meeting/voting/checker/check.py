#!/usr/bin/env python3
"""Kiểm tra gói bằng chứng của một cuộc biểu quyết, không cần mạng, không cần cài thêm gì ngoài Python 3.8 trở lên.
Verifies the evidence pack of one vote: offline, with nothing but Python 3.8 or newer.

    python3 -I check.py [FOLDER | PACK.zip] [--en]

Ends with status 0 when everything agrees, 1 when something was changed (each is named), 2 when there is no pack to read.
"""

from __future__ import annotations

import binascii
import hashlib
import json
import struct
import sys
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
TOLD = ("question.json", "register.json", "ballots.json", "journal.json", "result.json")
PICKED = ("alternatives", "choose")
THRESHOLDS = {
    "more_than_half": (Fraction(1, 2), True),
    "at_least_half": (Fraction(1, 2), False),
    "two_thirds": (Fraction(2, 3), False),
    "three_quarters": (Fraction(3, 4), False),
}


class Found:
    """What does not agree: the file, and what in it, in both languages."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str, str]] = []
        self.done: list[tuple[str, str]] = []

    def fault(self, file: str, vi: str, en: str) -> None:
        """Something does not agree; said once."""
        if (file, vi, en) not in self.faults:
            self.faults.append((file, vi, en))

    def demand(self, true: bool, file: str, vi: str, en: str) -> bool:
        """A fault unless it is true."""
        if not true:
            self.fault(file, vi, en)
        return true

    def passed(self, vi: str, en: str) -> None:
        """A step that was gone through."""
        self.done.append((vi, en))


# The texts and digests: the same as the system's own.


def canonical(value: Any) -> str:
    """One value, one text: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def whole(value: Any) -> str:
    """The digest of a value."""
    return digest(canonical(value).encode())


def pieces(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """A value in pieces that have a name each: `electors[3]`, `paper.title`."""
    if isinstance(value, dict) and (value or at):
        for key in sorted(value):
            yield from pieces(value[key], at + "." + key if at else key)
        return
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for number, each in enumerate(value):
            yield f"{at}[{number}]", each
        return
    yield at, value


def piece_digests(value: Any) -> dict[str, str]:
    """A short digest of each piece, so that what was changed can be named."""
    return {name: whole(piece)[:16] for name, piece in pieces(value)}


# The archive: stored, in order, with fixed dates, so that the same vote gives the same bytes.

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DAY = (1 << 5) | 1  # 1 January 1980
_UTF8 = 0x800


def archive(files: list[tuple[str, bytes]]) -> bytes:
    """A ZIP of some files that depends on nothing but them."""
    body, listed = b"", b""
    for name, data in files:
        raw, crc = name.encode(), binascii.crc32(data)
        head = (20, _UTF8, 0, 0, _DAY, crc, len(data), len(data), len(raw), 0)
        listed += _CENTRAL.pack(b"PK\1\2", 20, *head, 0, 0, 0, 0o100644 << 16 & 0xFFFFFFFF, len(body)) + raw
        body += _LOCAL.pack(b"PK\3\4", *head) + raw + data
    return body + listed + _END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(listed), len(body), 0)


def unpack(data: bytes, found: Found, name: str) -> dict[str, bytes]:
    """The files of such an archive. Any byte of it that is not as it must be is a fault."""
    files: list[tuple[str, bytes]] = []
    at = 0
    while data[at : at + 4] == b"PK\3\4" and at + _LOCAL.size <= len(data):
        parts = _LOCAL.unpack_from(data, at)
        start = at + _LOCAL.size + parts[9] + parts[10]
        label = data[at + _LOCAL.size : at + _LOCAL.size + parts[9]].decode("utf-8", "replace")
        files.append((label, data[start : start + parts[7]]))
        at = start + parts[7]
    again = archive(files)
    if again != data:
        where = next((n for n in range(min(len(again), len(data))) if again[n] != data[n]), min(len(again), len(data)))
        inside = _inside(files, where)
        vi = f"tệp nén không còn nguyên như lúc lập: khác từ byte {where} ({inside})"
        found.fault(name, vi, f"the archive is not as it was made: it differs from byte {where} on ({inside})")
    return dict(files)


def _inside(files: list[tuple[str, bytes]], where: int) -> str:
    end = 0
    for name, data in files:
        end += _LOCAL.size + len(name.encode()) + len(data)
        if where < end:
            return name
    return "ZIP"


# The manifest: every file as it was made, every piece of every file by name.


def manifest_of(files: list[tuple[str, bytes]], about: dict[str, Any]) -> dict[str, Any]:
    """What a pack says about its own files."""
    listed = []
    for name, data in files:
        each: dict[str, Any] = {"path": name, "bytes": len(data), "sha256": digest(data)}
        if name.endswith(".json"):
            each["pieces"] = piece_digests(json.loads(data.decode()))
        listed.append(each)
    said = dict(about, format=FORMAT, files=listed)
    return dict(said, self=whole(said))


def read_json(name: str, files: dict[str, bytes], found: Found) -> Any:
    """The value of a file, which must stand in its canonical text; None when it cannot be read."""
    data = files.get(name)
    if data is None:
        found.fault(name, "thiếu tệp này", "this file is missing")
        return None
    try:
        value = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        found.fault(name, f"byte {error.start} không phải chữ UTF-8", f"byte {error.start} is no UTF-8")
        return None
    except ValueError as error:
        at = getattr(error, "pos", 0)
        near = data.decode("utf-8")[max(0, at - 30) : at + 10]
        vi, en = "không đọc được ở ký tự %s, gần “%s”", "cannot be read at character %s, near “%s”"
        found.fault(name, vi % (at, near), en % (at, near))
        return None
    if (canonical(value) + "\n").encode() != data:
        found.fault(name, "cách viết không còn nguyên bản", "it is not in its canonical text")
    return value


def check_manifest(files: dict[str, bytes], found: Found) -> dict[str, Any]:
    """Compares every file with the manifest, and the manifest with itself; returns the values of the files that can be read."""
    manifest = read_json(MANIFEST, files, found)
    values = {name: read_json(name, files, found) for name in TOLD}
    if not isinstance(manifest, dict):
        return values
    said = {key: manifest[key] for key in manifest if key != "self"}
    if whole(said) != manifest.get("self"):
        found.fault(MANIFEST, "bảng kê đã bị sửa", "the manifest itself was changed")
        return values
    listed = {each["path"]: each for each in manifest["files"]}
    for name in sorted(set(files) - set(listed) - {MANIFEST}):
        if not name.startswith("__pycache__"):
            found.fault(name, "không có trong bảng kê", "it is not in the manifest")
    for name, each in listed.items():
        data = files.get(name)
        if data is None:
            found.fault(name, "thiếu tệp này", "this file is missing")
        elif digest(data) != each["sha256"] or len(data) != each["bytes"]:
            vi, en = "nội dung không còn như lúc lập gói", "its content is not as the pack was made"
            found.fault(name, vi, en)
            _name_pieces(name, each.get("pieces", {}), values.get(name), found)
    found.passed(f"Đối chiếu {len(listed)} tệp với bảng kê.", f"{len(listed)} files compared with the manifest.")
    return values


def _name_pieces(name: str, listed: dict[str, str], value: Any, found: Found) -> None:
    if value is None:
        return
    now = {key: (whole(piece)[:16], piece) for key, piece in pieces(value)}
    for key in sorted(set(listed) | set(now)):
        if key not in now:
            found.fault(name, f"mất {key}", f"{key} is gone")
        elif key not in listed:
            found.fault(name, f"thêm {key}", f"{key} was added")
        elif listed[key] != now[key][0]:
            shown = _shown(now[key][1])
            found.fault(name, f"{key} đã bị sửa: {shown}", f"{key} was changed: {shown}")


def _shown(value: Any) -> str:
    text = canonical(value)
    return text if len(text) <= 160 else text[:157] + "…"


# The journal: the chain, and this question's own entries in it.


def entry_hash(chain: int, entry: dict[str, Any]) -> str:
    """The hash of an entry over the one before it."""
    text = canonical([chain, entry["seq"], entry["at"], entry["actor_id"], entry["event"], entry["facts"]])
    return digest((entry["previous"] + text).encode())


def check_chain(journal: dict[str, Any], found: Found) -> list[dict[str, Any]]:
    """Walks the chain; returns the entries of this question. Entries of other matters are links without content."""
    file, entries = "journal.json", journal["entries"]
    own = [each for each in entries if "event" in each]
    for number, each in enumerate(entries):
        name = "bản ghi số {}".format(each["seq"]), "entry {}".format(each["seq"])
        if "event" in each and entry_hash(journal["meeting_id"], each) != each["hash"]:
            found.fault(file, name[0] + ": nội dung không khớp với mã băm", name[1] + ": its content does not fit its hash")
        if number == 0:
            continue
        before = entries[number - 1]
        if each["seq"] != before["seq"] + 1:
            found.fault(file, name[0] + ": số thứ tự không liền", name[1] + ": its number does not follow")
        if each["previous"] != before["hash"]:
            found.fault(file, name[0] + ": không nối với bản ghi trước", name[1] + ": it does not link to the one before")
    texts = len(entries), len(own)
    found.passed(
        "Chuỗi nhật ký: {} mắt xích, trong đó {} bản ghi của nội dung này.".format(*texts),
        "Journal chain: {} links, {} of them entries on this question.".format(*texts),
    )
    return own


def last(own: list[dict[str, Any]], event: str) -> dict[str, Any] | None:
    """The last entry of a kind."""
    return next((each for each in reversed(own) if each["event"] == "voting." + event), None)


def check_course(values: dict[str, Any], own: list[dict[str, Any]], found: Found) -> None:
    """What the entries say about the register, the ballot paper and who voted, held against the files."""
    question, register = values["question.json"], values["register.json"]
    opened, closed = last(own, "vote_opened"), last(own, "vote_closed")
    if opened is not None:
        facts = opened["facts"]
        same = facts.get("paper") == whole(question["paper"])
        vi, en = "nội dung phiếu không phải nội dung đã mở biểu quyết", "what stands on the paper is not what was opened"
        found.demand(same, "question.json", "paper: " + vi, "paper: " + en)
        frozen = [each["facts"]["register"] for each in own if "register" in each["facts"]]
        people = sorted(each["person_id"] for each in register["electors"])
        vi, en = "danh sách cử tri không phải danh sách đã chốt", "the register is not the one that was frozen"
        found.demand(frozen[-1:] == [whole(people)], "register.json", "electors: " + vi, "electors: " + en)
    if closed is None:
        return
    came = {each["actor_id"] for each in own if each["event"] == "voting.ballot_received"}
    came |= {each["facts"]["person_id"] for each in own if each["event"] == "voting.spoken_confirmed"}
    voted = {each["person_id"] for each in register["electors"] if each["voted"]}
    for person in sorted(came ^ voted):
        vi = f"người số {person}: nhật ký và danh sách không thống nhất về việc đã bỏ phiếu"
        en = f"person {person}: journal and register disagree on whether a ballot came in"
        found.fault("register.json", vi, en)
    found.passed(
        "Danh sách: {} người, {} phiếu đã ghi nhận.".format(len(register["electors"]), len(voted)),
        "Register: {} electors, {} ballots received.".format(len(register["electors"]), len(voted)),
    )


# The ballots: their fingerprints in the entry of the close, and the count of them.


def fingerprint(ballots: dict[str, Any], each: dict[str, Any]) -> str:
    """The fingerprint of one ballot, as the journal lists it."""
    if ballots["kind"] == "secret":
        said = each["choice"] if each["line_id"] is None else "{}:{}".format(each["line_id"], each["choice"])
        return digest(bytes.fromhex(each["nonce"]) + said.encode())
    parts = [each["person_id"], each["choice"], each["marks"], each["text"], each["spoken"]]
    return digest(bytes.fromhex(ballots["salt"]) + canonical(parts).encode())


def ballot_name(ballots: dict[str, Any], number: int, each: dict[str, Any]) -> tuple[str, str]:
    """How a ballot is called in a finding."""
    who = (
        each.get("nonce", "")[:12] if ballots["kind"] == "secret" else "{} {}".format(each.get("person_id"), each.get("name", ""))
    )
    return f"phiếu thứ {number + 1} ({who})", f"ballot {number + 1} ({who})"


def check_ballots(values: dict[str, Any], closed: dict[str, Any], found: Found) -> None:
    """Every ballot must be one that the close listed, and none may be missing."""
    ballots = values["ballots.json"]
    if ballots["kind"] == "hand":
        return
    left: dict[str, int] = {}
    for mark in closed["facts"].get("ballots", []):
        left[mark] = left.get(mark, 0) + 1
    for number, each in enumerate(ballots["ballots"]):
        try:
            mark = fingerprint(ballots, each)
        except (ValueError, TypeError, KeyError):
            mark = ""
        if left.get(mark, 0) > 0:
            left[mark] -= 1
            continue
        vi, en = ballot_name(ballots, number, each)
        vi, en = vi + ": không phải phiếu lúc kết thúc biểu quyết", en + ": it is no ballot of the close"
        found.fault("ballots.json", vi, en)
    missing = sum(left.values())
    if missing:
        vi = f"thiếu {missing} phiếu đã ghi trong nhật ký lúc kết thúc"
        found.fault("ballots.json", vi, f"{missing} ballots that the close listed are missing")
    texts = len(ballots["ballots"])
    found.passed(f"Dấu vân tay của {texts} phiếu.", f"Fingerprints of {texts} ballots.")


def counted(values: dict[str, Any]) -> tuple[dict[str, int], dict[int, dict[str, int]], int]:
    """Counts by option, counts by line, and how many ballots: added up from the ballots or from the figures."""
    paper, ballots = values["question.json"]["paper"], values["ballots.json"]
    lines: dict[int, dict[str, int]] = {each["id"]: {} for each in paper["lines"]}
    counts: dict[str, int] = {}
    if ballots["kind"] == "hand":
        return _figures(values)
    cast = sum(1 for each in values["register.json"]["electors"] if each["voted"])
    for each in ballots["ballots"]:
        if not lines:
            counts[each["choice"]] = counts.get(each["choice"], 0) + 1
            continue
        marks = each["marks"].items() if ballots["kind"] == "open" else [(each["line_id"], each["choice"])]
        for line, mark in marks:
            of = lines[int(line)]
            of[mark] = of.get(mark, 0) + 1
    if not lines:
        counts = {key: counts.get(key, 0) for key in paper["options"]}
    return counts, lines, cast


def _figures(values: dict[str, Any]) -> tuple[dict[str, int], dict[int, dict[str, int]], int]:
    """The figures of a counting committee, or of hands counted at the table."""
    paper, figures = values["question.json"]["paper"], values["ballots.json"]["figures"]
    found = figures.get("lines") or {}
    if paper["on_paper"]:
        lines = {each["id"]: dict(found[str(each["id"])]["counts"]) for each in paper["lines"]}
        counts = {} if lines else {key: figures["counts"].get(key, 0) for key in paper["options"]}
        return counts, lines, figures["returned"]
    if not paper["lines"]:
        counts = {key: figures.get(key, 0) for key in paper["options"]}
        return counts, {}, sum(counts.values())
    lines = {each["id"]: dict(found.get(str(each["id"]), {})) for each in paper["lines"]}
    raised = [sum(marks.values()) for marks in lines.values()]
    cast = sum(raised) + figures.get("abstain", 0) if paper["form"] == "alternatives" else max([*raised, 0])
    return {}, lines, cast


# The rules: exact fractions, the same law, written a second time.


def needed(rule: str, base_count: int) -> int:
    """The fewest votes in favour that are enough: more than half of 99 is 50."""
    share, exceed = THRESHOLDS[rule.partition("_of_")[0]]
    exact = share * base_count
    return max(1, floor(exact) + 1 if exceed else ceil(exact))


def elect(votes: dict[int, int], enough: dict[int, int], seats: int) -> dict[int, str]:
    """What becomes of each candidate."""
    able = sorted((line for line in votes if votes[line] >= enough[line]), key=lambda line: -votes[line])
    outcomes = dict.fromkeys(votes, "not_elected")
    for line in able:
        above = sum(1 for other in able if votes[other] > votes[line])
        level = sum(1 for other in able if votes[other] == votes[line])
        outcomes[line] = "elected" if above + level <= seats else "tied_for_seat" if above < seats else "fewer_votes"
    return outcomes


def prefer(votes: dict[int, int], enough: dict[int, int]) -> dict[int, str]:
    """Which alternative is chosen."""
    most = max([votes[line] for line in votes if votes[line] >= enough[line]], default=-1)
    leading = [line for line in votes if votes[line] == most]
    return {line: ("chosen" if len(leading) == 1 else "tied") if line in leading else "not_chosen" for line in votes}


def judge_line(paper: dict[str, Any], marks: dict[str, int], numbers: dict[str, int], side: str | None) -> dict[str, Any]:
    """What one line comes to by itself; who wins among several is decided afterwards."""
    form, rule = paper["form"], paper["rule"]
    base = numbers[rule.partition("_of_")[2] or "total"]
    decides = {"survey": "low", "confidence": "against"}.get(form, "for")
    votes = marks.get(decides, 0)
    enough = needed("more_than_half" if form == "survey" else rule, base)
    found = {"base_count": base, "votes": votes, "needed": enough, "passed": votes >= enough, "tie": ""}
    if form == "survey":
        low = "low_two_thirds" if votes >= needed("two_thirds", base) else "low_more_than_half" if votes >= enough else "none"
        return dict(found, passed=True, outcome=low)
    if form == "confidence":
        lost = votes >= enough
        return dict(found, passed=not lost, outcome="confidence_lost" if lost else "confidence_kept")
    halves = rule.partition("_of_")[0] in ("more_than_half", "at_least_half")  # a greater share knows no tie
    level = halves and marks.get("for", 0) == marks.get("against", 0) > 0
    if form in ("matter", "paper", "relief") and paper["tie"] == "chair_side" and level and not found["passed"]:
        found["tie"], found["passed"] = ("chair", side == "for") if side in ("for", "against") else ("open", False)
    words = {
        "paper": ("passed", "not_passed"),
        "relief": ("relieved", "not_relieved"),
        "dismissal": ("dismissed", "not_dismissed"),
    }
    if form in words:
        found["outcome"] = "tie_open" if found["tie"] == "open" else words[form][0 if found["passed"] else 1]
    return found


def sides_of(values: dict[str, Any]) -> dict[int, str]:
    """On which side the head of the body stood, by line (0: a single question), where that is known."""
    question, ballots = values["question.json"], values["ballots.json"]
    lines = [each["id"] for each in question["paper"]["lines"]]
    if ballots["kind"] == "hand" and not question["paper"]["on_paper"]:
        return dict.fromkeys([0, *lines], question["hand_chair"])
    for each in ballots["ballots"]:
        if ballots["kind"] == "open" and each["person_id"] == question["head_id"]:
            return {int(line): mark for line, mark in each["marks"].items()} if lines else {0: each["choice"]}
    return {}


def check_result(values: dict[str, Any], own: list[dict[str, Any]], found: Found) -> None:
    """Counts again, judges again by exact fractions, and holds the result against both and against the journal."""
    file, paper, register = "result.json", values["question.json"]["paper"], values["register.json"]
    closed, entry = values[file]["closed"], last(own, "vote_closed")
    if closed is None or entry is None:
        vi, en = "kết quả và nhật ký không thống nhất về việc đã kết thúc", "result and journal disagree on whether it was closed"
        found.demand(closed is None and entry is None, file, vi, en)
        return
    check_ballots(values, entry, found)
    for name in sorted(closed):
        same = entry["facts"].get(name, closed[name]) == closed[name]
        found.demand(same, file, name + ": khác bản ghi kết thúc biểu quyết", name + ": differs from the entry of the close")
    same = entry["facts"].get("result") == whole(closed)
    found.demand(same, file, "không phải kết quả lúc kết thúc biểu quyết", "it is not the result that the close wrote")
    counts, lines, cast = counted(values)
    _agree(found, closed, {"counts": counts, "cast": cast})
    members = closed["total"] == register["members"]
    found.demand(members, "register.json", "members: khác kết quả", "members: differs from the result")
    _check_numbers(closed, register, paper, found)
    _check_verdict(values, counts, lines, cast, found)
    _check_later(values[file], paper, own, found)
    found.passed(f"Kiểm phiếu lại: {cast} phiếu.", f"Counted again: {cast} ballots.")


def _agree(found: Found, told: dict[str, Any], again: dict[str, Any], at: str = "") -> None:
    for name in sorted(again):
        if told.get(name) != again[name]:
            texts = at + name, _shown(told.get(name)), _shown(again[name])
            vi = "{}: ghi {}, tính lại là {}".format(*texts)
            found.fault("result.json", vi, "{}: it says {}, counted again it is {}".format(*texts))


def _check_numbers(closed: dict[str, Any], register: dict[str, Any], paper: dict[str, Any], found: Found) -> None:
    """Numbers that cannot be counted again must at least be possible."""
    met = closed["here"] >= closed["quorum_need"]
    _agree(found, closed, {"quorum_met": met})
    most = len(register["electors"])
    if closed["cast"] > most or (paper["kind"] != "hand" and not closed["cast"] <= closed["present"] <= most):
        vi = "số phiếu {}, có mặt {}, danh sách {}: không thể có".format(closed["cast"], closed["present"], most)
        en = "{} ballots, {} present, {} on the register: impossible".format(closed["cast"], closed["present"], most)
        found.fault("result.json", vi, en)


def _check_verdict(
    values: dict[str, Any], counts: dict[str, int], lines: dict[int, dict[str, int]], cast: int, found: Found
) -> None:
    paper, closed = values["question.json"]["paper"], values["result.json"]["closed"]
    numbers = {"total": closed["total"], "present": closed["present"], "cast": cast, "valid": cast - closed["invalid"]}
    sides = sides_of(values)
    base = paper["rule"].partition("_of_")[2] or "total"
    if not lines:
        single = judge_line(paper, counts, numbers, sides.get(0))
        _agree(found, closed, {"base": base, **{k: single[k] for k in ("base_count", "needed", "passed", "tie")}})
        _agree(found, closed, {"invalid": cast - sum(counts.values())})
        return
    judged: dict[int, dict[str, Any]] = {}
    for line, marks in lines.items():
        if paper["form"] in PICKED:
            marks["none"] = numbers["valid"] - marks.get("for", 0)
        valid = sum(marks.values())
        judged[line] = judge_line(paper, marks, dict(numbers, valid=valid), sides.get(line))
        kept = {key: marks.get(key, 0) for key in (("for", "none") if paper["form"] in PICKED else paper["options"])}
        hands = paper["kind"] == "hand" and not paper["on_paper"]  # a hand that is not raised is no invalid ballot
        judged[line].update(counts=kept, valid=valid, invalid=0 if hands else cast - valid)
    passed = _choose(paper, judged)
    told = {each["line_id"]: each for each in closed["lines"] or []}
    for line, again in judged.items():
        _agree(
            found, told.get(line, {}), again, "{}: ".format(next(each["title"] for each in paper["lines"] if each["id"] == line))
        )
    _agree(found, closed, {"base": base, "base_count": numbers[base], "passed": passed})


def _choose(paper: dict[str, Any], judged: dict[int, dict[str, Any]]) -> bool:
    """Decides among those who compete; says whether the paper as a whole passed."""
    form = paper["form"]
    votes = {line: each["votes"] for line, each in judged.items()}
    enough = {line: each["needed"] for line, each in judged.items()}
    if form in ("election", "choose", "alternatives"):
        seats = paper["seats"] or len(judged)
        outcomes = prefer(votes, enough) if form == "alternatives" else elect(votes, enough, seats)
        for line, each in judged.items():
            each.update(outcome=outcomes[line], passed=outcomes[line] in ("elected", "chosen"))
            each["elected"] = outcomes[line] == "elected"
        won = sum(each["passed"] for each in judged.values())
        return bool(won == (1 if form == "alternatives" else seats))
    return all(each["passed"] for each in judged.values())


def _check_later(result: dict[str, Any], paper: dict[str, Any], own: list[dict[str, Any]], found: Found) -> None:
    """A tie settled by a statement, and what was announced."""
    settled, entry, published = result["settled"], last(own, "tie_settled"), last(own, "result_published")
    said = entry and {"side": entry["facts"]["side"], "statement": entry["facts"]["statement"]}
    told = settled and {"side": settled["side"], "statement": settled["statement"]}
    found.demand(said == told, "result.json", "settled: khác nhật ký", "settled: differs from the journal")
    if settled and (result["closed"]["tie"] != "open" or paper["tie"] != "chair_side"):
        found.fault("result.json", "settled: không có phiếu ngang nhau", "settled: there was no tie to settle")
    for name in ("counts", "lines", "cast") if published else ():
        same = published is not None and published["facts"].get(name) == result["closed"][name]
        found.demand(same, "result.json", name + ": khác kết quả đã công bố", name + ": differs from what was announced")


# The whole.


def load(path: Path, found: Found) -> dict[str, bytes]:
    """The files of a folder or of an archive."""
    if path.is_dir():
        return {each.name: each.read_bytes() for each in sorted(path.iterdir()) if each.is_file()}
    return unpack(path.read_bytes(), found, path.name)


def check(files: dict[str, bytes], found: Found) -> dict[str, Any] | None:
    """Goes through a pack; returns the last entry of this question and that of the close, to be compared with the minutes."""
    values = check_manifest(files, found)
    if any(values[name] is None for name in TOLD):
        return None
    step, own = "journal.json", []
    try:
        own = check_chain(values["journal.json"], found)
        step = "register.json"
        check_course(values, own, found)
        step = "result.json"
        check_result(values, own, found)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        vi, en = f"cấu trúc bên trong không còn nguyên ({error!r})", f"its inner structure is no longer whole ({error!r})"
        found.fault(step, vi, en)
    return last(own, "vote_closed") or (own[-1] if own else None)


def say(found: Found, head: dict[str, Any] | None, title: str, english: bool) -> list[str]:
    """What is said at the end, line by line."""
    lines = [title, ""]
    lines += ["  [x] " + each[english] for each in found.done]
    for file, vi, en in found.faults:
        lines.append(f"  [!] {file}: {en if english else vi}")
    lines.append("")
    if found.faults:
        count = len({file for file, _, _ in found.faults})
        vi = f"GÓI BẰNG CHỨNG ĐÃ BỊ THAY ĐỔI: {len(found.faults)} điểm không khớp, trong {count} tệp."
        en = f"THE PACK WAS CHANGED: {len(found.faults)} things do not agree, in {count} files."
        return [*lines, en if english else vi]
    lines.append("Everything agrees." if english else "Tất cả đều khớp.")
    if head is not None:
        vi = "Hãy so mã sau với mã in trên biên bản đã ký (bản ghi nhật ký số {}):".format(head["seq"])
        en = "Compare this with the hash printed on the signed minutes (journal entry {}):".format(head["seq"])
        lines += [en if english else vi, "  " + head["hash"]]
    return lines


def main(words: list[str]) -> int:
    """The command."""
    english = "--en" in words
    paths = [word for word in words if not word.startswith("-")]
    path = Path(paths[0]) if paths else Path(__file__).resolve().parent
    getattr(sys.stdout, "reconfigure", lambda **_: None)(encoding="utf-8")
    if not path.exists():
        sys.stdout.write(
            "{}: {}\n".format(path, "there is no such file or folder" if english else "không có tệp hoặc thư mục này")
        )
        return 2
    found = Found()
    head = check(load(path, found), found)
    title = "Kiểm tra gói bằng chứng biểu quyết" if not english else "Check of the evidence pack of a vote"
    sys.stdout.write("\n".join(say(found, head, title, english)) + "\n")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
