"""How devices are called, and how packs are summed up."""

import pytest

from meeting.tablets.rules import Entry, browser_of, chunks, kept_bytes, machine_of, megabytes, settled, version_of

IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "touch", "machine", "browser"),
    [
        (IPAD, 5, "iPad", "Safari"),  # it says that it is a Mac
        (IPAD, 0, "Mac computer", "Safari"),
        (WINDOWS, 0, "Windows computer", "Edge"),
        (ANDROID, 5, "Android tablet", "Chrome"),
        (PHONE, 5, "Android phone", "Chrome"),
        ("curl/8", 0, "Device", ""),
    ],
)
def test_a_device_is_called_in_plain_words(agent: str, touch: int, machine: str, browser: str) -> None:
    assert (machine_of(agent, touch), browser_of(agent)) == (machine, browser)


def test_words_come_in_answers_of_fifty_pages() -> None:
    assert chunks(0) == []
    assert chunks(50) == [(1, 50)]
    assert chunks(101) == [(1, 50), (51, 100), (101, 150)]


def test_a_version_changes_with_content_and_not_with_what_is_always_fetched() -> None:
    image, notes = Entry("/a", 10, "x", "image"), Entry("/n", 5, "", "notes")

    version = version_of([image, notes])

    assert version_of([notes, image]) == version_of([image]) == version
    assert version_of([Entry("/a", 10, "y", "image")]) != version
    assert version_of([image, Entry("/b", 1, "z", "image")]) != version


def test_what_a_device_keeps_is_summed_up() -> None:
    kept = settled({7: {"bytes": 40, "version": "b"}, 3: {"bytes": 2, "version": "a"}})

    assert list(kept) == ["3", "7"]
    assert kept_bytes(kept) == 42


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0,0 MB"), (3_440_000, "3,4 MB"), (41_200_000, "41 MB"), (1_240_000_000, "1,2 GB")]
)
def test_a_size_is_said_in_plain_words(size: int, words: str) -> None:
    assert megabytes(size) == words
