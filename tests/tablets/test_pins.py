"""PINs that are easy to guess, codes as people type them, what the desk reads off a tablet: tables of cases."""

from datetime import UTC, datetime, timedelta

import pytest

from meeting.tablets import pins

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "pin",
    ["000000", "999999", "123456", "654321", "012345", "890123", "135791", "121212", "123123", "112233", "111222", "100000",
     "123321", "150868", "081568", "290200", "010170", "196808", "081968", "200112"],
)  # fmt: skip
def test_what_everybody_would_try_is_weak(pin: str) -> None:
    assert pins.is_weak(pin)


@pytest.mark.parametrize("pin", ["730418", "482915", "907351", "640279", "358604"])
def test_an_ordinary_pin_is_good(pin: str) -> None:
    assert not pins.is_weak(pin)


def test_hardly_one_pin_in_eight_is_refused() -> None:
    weak = sum(pins.is_weak(f"{number:06d}") for number in range(0, 1_000_000, 97))

    assert weak < 1_000_000 / 97 / 8


@pytest.mark.parametrize(
    ("pin", "again", "fault"),
    [
        ("482915", "482915", ""),
        ("48291", "48291", "pin_shape"),
        ("4829155", "4829155", "pin_shape"),
        ("48291a", "48291a", "pin_shape"),
        ("٤٨٢٩١٥", "٤٨٢٩١٥", "pin_shape"),
        ("", "", "pin_shape"),
        ("482915", "482951", "pin_differs"),
        ("123456", "123456", "pin_weak"),
    ],
)
def test_why_a_pin_cannot_be_chosen(pin: str, again: str, fault: str) -> None:
    assert pins.fault_of(pin, again) == fault


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("k7rm 2pxa", "K7RM2PXA"),
        ("K7RM-2PXA", "K7RM2PXA"),
        (" K7RM2PXA ", "K7RM2PXA"),
        ("K7RM2PX", ""),
        ("K7RM2PX0", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(raw: str, code: str) -> None:
    assert pins.typed_code(raw) == code


def test_a_new_code_can_be_typed_back() -> None:
    code = pins.new_code()

    assert pins.typed_code(pins.shown_code(code).lower()) == code
    assert code != pins.new_code()


@pytest.mark.parametrize(("kept", "minutes"), [("5", 5), ("60", 60), ("", 15), ("7", 15), ("x", 15), ("-5", 15)])
def test_a_tablet_locks_itself_after_a_known_time(kept: str, minutes: int) -> None:
    assert pins.lock_minutes(kept) == minutes


@pytest.mark.parametrize(("gone", "idle"), [(0, False), (300, False), (301, True)])
def test_nobody_there_for_longer_than_that_is_idle(gone: int, idle: bool) -> None:
    assert pins.is_idle(1000.0, 1000.0 + gone, 5) is idle


@pytest.mark.parametrize(
    ("percent", "charging", "low"),
    [(None, None, False), (21, False, False), (20, False, True), (20, None, True), (5, True, False)],
)
def test_a_low_battery_is_one_that_is_not_plugged_in(percent: int | None, charging: bool | None, low: bool) -> None:
    assert pins.battery_is_low(percent, charging) is low


def test_a_tablet_is_there_that_told_so_a_moment_ago() -> None:
    assert pins.is_heard(NOW - timedelta(seconds=100), NOW)
    assert not pins.is_heard(NOW - timedelta(seconds=200), NOW)


@pytest.mark.parametrize(
    ("wanted", "held", "kept"),
    [
        ({1, 2}, None, "none"),
        (set(), None, "none"),
        ({1, 2}, {"done": True, "files": [1, 2, 3]}, "complete"),
        ({1, 2}, {"done": True, "files": [1]}, "partly"),
        ({1, 2}, {"done": False, "files": [1, 2]}, "partly"),
        ({1}, {"done": True}, "partly"),
        (set(), {"done": True}, "complete"),
    ],
)
def test_papers_are_complete_when_all_that_may_be_read_now_are_there(
    wanted: set[int], held: dict[str, object] | None, kept: str
) -> None:
    assert pins.papers_kept(frozenset(wanted), held) == kept
