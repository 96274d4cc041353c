"""Sets of passages that were asked for last, kept in a fixed amount of memory."""

from collections import OrderedDict
from collections.abc import Hashable

from pyroaring import BitMap

MOST_BYTES = 24 * 1024 * 1024


class Remembered:
    """The sets used last, each with a number of the keeper's own; when there are too many the oldest go."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._sets: OrderedDict[Hashable, tuple[BitMap, int]] = OrderedDict()
        self._most = most
        self.bytes = 0  # as estimated

    def get(self, name: Hashable) -> tuple[BitMap, int] | None:
        """What was kept."""
        if name not in self._sets:
            return None
        self._sets.move_to_end(name)
        return self._sets[name]

    def keep(self, name: Hashable, keys: BitMap, number: int = 0) -> None:
        """Keeps a set, and lets the oldest go."""
        if name in self._sets:
            self.bytes -= _cost(self._sets.pop(name)[0])
        self._sets[name] = keys, number
        self.bytes += _cost(keys)
        while self.bytes > self._most:
            _, (oldest, _) = self._sets.popitem(last=False)
            self.bytes -= _cost(oldest)

    def clear(self) -> None:
        """Forgets all."""
        self._sets.clear()
        self.bytes = 0


def _cost(keys: BitMap) -> int:
    """About the bytes of a set: two a number, or one bit for each that there could be."""
    return 300 + min(2 * len(keys), len(keys) // 8 + 8192)
