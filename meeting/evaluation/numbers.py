"""Figures in writing: shares, changes, thousands and decimals as official reports have them. Pure.

Vietnamese puts a dot after thousands and a comma before decimals: 25.969 and 99,83%. A share is rounded half up to two decimals
from the exact fraction, and nothing but all is written as 100%, nothing but none as 0%: one task late among a hundred thousand
reads 99,99%.
"""

from dataclasses import dataclass
from fractions import Fraction

ALL_HUNDREDTHS = 10_000
_VIETNAMESE = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. Of nothing there is no share."""

    part: int
    whole: int

    @property
    def fraction(self) -> Fraction | None:
        """The exact value; None of nothing."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def hundredths(self) -> int | None:
        """Hundredths of a per cent, half up; None of nothing."""
        if not self.whole:
            return None
        rounded = (2 * ALL_HUNDREDTHS * self.part + self.whole) // (2 * self.whole)
        if 0 < self.part < self.whole:
            return min(max(rounded, 1), ALL_HUNDREDTHS - 1)
        return rounded

    def percent(self, language: str = "vi") -> str:
        """99,83%; without decimals where there are none: 45%. A dash of nothing."""
        found = self.hundredths
        if found is None:
            return "–"
        whole, rest = divmod(found, 100)
        decimals = f"{rest:02d}".rstrip("0")
        written = number(whole, language) + (f"{'.' if language == 'en' else ','}{decimals}" if decimals else "")
        return f"{written}%"

    def text(self, language: str = "vi") -> str:
        """25.925/25.969 (99,83%); 0/0 without a share."""
        counts = f"{number(self.part, language)}/{number(self.whole, language)}"
        return f"{counts} ({self.percent(language)})" if self.whole else counts


def number(value: int | float, language: str = "vi", decimals: int = 0) -> str:
    """1.234,5; in English 1,234.5."""
    written = f"{value:,.{decimals}f}"
    return written if language == "en" else written.translate(_VIETNAMESE)


def average(total: int, count: int) -> Fraction | None:
    """The exact mean; None of nothing."""
    return Fraction(total, count) if count else None


def tenths(value: Fraction) -> float:
    """One decimal, half up."""
    return int(value * 10 + Fraction(1, 2)) / 10


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside the same figure of another time."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        """More than before; negative when fewer."""
        return self.now - self.before

    def words(self, language: str = "vi") -> str:
        """ "tăng 12 (27,27%)", "giảm 3 (50%)", "không đổi"; without a share where there was nothing before."""
        more, fewer, same = ("up", "down", "unchanged") if language == "en" else ("tăng", "giảm", "không đổi")
        if not self.difference:
            return same
        share = f" ({Share(abs(self.difference), self.before).percent(language)})" if self.before else ""
        return f"{more if self.difference > 0 else fewer} {number(abs(self.difference), language)}{share}"
