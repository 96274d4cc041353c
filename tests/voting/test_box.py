"""The sealed box and where its key lies."""

import stat
from collections import Counter

from meeting import config
from meeting.voting import box, digests, keys


def test_what_goes_in_comes_out_in_no_order():
    private, public = box.new_pair()
    choices = ["for"] * 30 + ["against"] * 20 + ["abstain"] * 10

    opened = box.open_all(private, [box.seal(public, each) for each in choices])

    assert Counter(opened) == Counter(choices)
    assert opened != choices


def test_every_ballot_has_the_same_size_and_none_looks_like_another():
    _, public = box.new_pair()

    sealed = [box.seal(public, choice) for choice in ("for", "against", "abstain", "for")]

    assert {len(each) for each in sealed} == {box.PADDED_BYTES + 48}
    assert len(set(sealed)) == 4


def test_a_fingerprint_needs_the_nonce():
    marks = [(b"a" * 16, "for", None), (b"b" * 16, "for", None), (b"a" * 16, "against", None), (b"a" * 16, "for", 7)]

    assert len({digests.bare(*each) for each in marks}) == len(marks)


def test_a_named_fingerprint_holds_all_that_was_said():
    said = [
        (1, "for", None, "", False),
        (2, "for", None, "", False),
        (1, "other", None, "ý kiến", False),
        (1, "for", None, "", True),
    ]
    said.append((1, "", {"7": "for"}, "", False))

    assert len({digests.named(salt, *each) for salt in (b"a" * 16, b"b" * 16) for each in said}) == 2 * len(said)


def test_a_key_is_readable_by_this_account_only_and_gone_after_its_end(store):
    private, public = box.new_pair()

    keys.write(public, private)

    (path,) = [each for each in config.settings().keys.rglob("*") if each.is_file()]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert keys.read(public) == private
    keys.destroy(public)
    keys.destroy(public)
    assert keys.read(public) is None
    assert not path.exists()


def test_a_key_never_lies_beside_the_ballots(store):
    _, public = box.new_pair()
    keys.write(public, b"k" * 32)

    assert [path for path in (store / "storage").rglob("*.key") if path.name != "session.key"] == []


def test_the_sweep_keeps_only_what_open_votes_need(store):
    pairs = [box.new_pair() for _ in range(3)]
    for private, public in pairs:
        keys.write(public, private)

    assert keys.sweep([pairs[0][1]]) == 2

    assert [keys.read(public) is not None for _, public in pairs] == [True, False, False]


def test_a_key_on_a_disk_is_warned_of(store, caplog):
    private, public = box.new_pair()

    keys.write(public, private)

    if not keys.in_memory(config.settings().keys):
        assert "ballot keys lie on a disk" in caplog.text
