"""What stands in an address, read with patience: what is no number and no day is passed over. Pure."""

from datetime import date


def number_of(text: str | None) -> int | None:
    """A whole number, or nothing when it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 16 else None


def day_of(text: str | None) -> date | None:
    """A day as 2026-11-24 or as people write it, 24/11/2026."""
    parts = (text or "").replace("/", "-").split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 5 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    year, month, day = numbers if len(parts[0]) == 4 else reversed(numbers)
    try:
        return date(year, month, day)
    except ValueError:
        return None
