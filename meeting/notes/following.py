"""Finds a passage of the older version in the newer one: along the run of both texts, word for word elsewhere, then nearly."""

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from meeting.materials.compare_words import common
from meeting.notes.anchors import Document, Span, alike

KEPT_SHARE = 0.5  # of a passage's syllables at least that live on, for it to count as the same passage after an edit
GROWTH = 2  # times its length, plus a few syllables, that a passage may have grown
SPARE = 6
LONG = 6  # syllables that are hardly ever equal by chance
AROUND = 12  # syllables on either side by which equal passages are told apart
CONTEXT_ENOUGH = 0.35
NEAR_ENOUGH = 0.62  # of a rewritten passage and its surroundings
RARE = 20  # times a syllable may stand in the newer version to lead to a rewritten passage
SHORT = 4  # syllables; shorter passages are not looked for when rewritten elsewhere
SAME_PLACE = 0.5  # of the letters of words replaced in the same place
NEIGHBOUR = 30  # syllables within which a neighbour that lives on says where a passage was
PAGE_SHARE = 0.3  # of a page's syllables that stand on one page now, for it to be that page
SHINGLE = 4


class Path:
    """The way from an older version to a newer one."""

    def __init__(self, old: Document, new: Document, max_words: int = 600_000) -> None:
        """Texts longer than `max_words` together are not set side by side: passages are found by their words alone."""
        self.old, self.new = old, new
        self.homes: dict[int, int] = {}  # syllable of the older version: the same in the newer one
        for block in common(old.forms, new.forms) if len(old.forms) + len(new.forms) <= max_words else ():
            for offset in range(block.size):
                self.homes[block.old + offset] = block.new + offset

    def follow(self, span: Span) -> Span | None:
        """The passage in the newer version, or None: it is not there any more."""
        return self._alongside(span) or self._elsewhere(span) or self._rewritten(span)

    # in its place

    def _alongside(self, span: Span) -> Span | None:
        """Where the two texts run alike: kept, perhaps with a few words changed."""
        start, end = span
        living = [self.homes[at] for at in range(start, end) if at in self.homes]
        found = self._widened(span, living) if living else self._between(span)
        if found is None or found[1] - found[0] > GROWTH * (end - start) + SPARE:
            return None
        if len(living) >= KEPT_SHARE * (end - start) or self._letters_alike(span, found):
            return found
        return None

    def _widened(self, span: Span, living: Sequence[int]) -> Span:
        """From the first to the last syllable that lives on, with what was put in place of words at either end."""
        start, end = span
        first, last = living[0], living[-1] + 1
        if start not in self.homes and start - 1 in self.homes:
            first = min(first, self.homes[start - 1] + 1)
        if end - 1 not in self.homes and end in self.homes:
            last = max(last, self.homes[end])
        return first, last

    def _between(self, span: Span) -> Span | None:
        """What stands between the neighbours of a passage of which no syllable lives on."""
        start, end = span
        before = next((self.homes[at] for at in range(start - 1, max(-1, start - 1 - NEIGHBOUR), -1) if at in self.homes), None)
        after = next((self.homes[at] for at in range(end, end + NEIGHBOUR) if at in self.homes), None)
        if before is None or after is None or after - before < 2:
            return None
        return before + 1, after

    def _letters_alike(self, span: Span, found: Span) -> bool:
        was, is_now = "".join(self.old.forms[span[0] : span[1]]), "".join(self.new.forms[found[0] : found[1]])
        return SequenceMatcher(None, was, is_now, autojunk=False).ratio() >= SAME_PLACE

    # in another place

    def _elsewhere(self, span: Span) -> Span | None:
        """The same words in another place: the only ones, or those with the same words around them."""
        size = span[1] - span[0]
        found = self.new.occurrences(self.old.forms[span[0] : span[1]])
        if not found:
            return None
        near = {at: self._context(span, (at, at + size)) for at in found}
        best = max(found, key=lambda at: near[at])
        if (size >= LONG and len(found) == 1) or near[best] >= CONTEXT_ENOUGH:
            return best, best + size
        return None

    def _context(self, span: Span, found: Span) -> float:
        """How much alike what stands around the two is, 0 to 1; the better side counts double (a neighbour may be new)."""
        before = alike(self.old.forms[max(0, span[0] - AROUND) : span[0]], self.new.forms[max(0, found[0] - AROUND) : found[0]])
        after = alike(self.old.forms[span[1] : span[1] + AROUND], self.new.forms[found[1] : found[1] + AROUND])
        return (2 * max(before, after) + min(before, after)) / 3

    # rewritten

    def _rewritten(self, span: Span) -> Span | None:
        """Nearly the same words in another place: led there by its rare syllables."""
        start, end = span
        size = end - start
        if size < SHORT:
            return None
        votes: Counter[int] = Counter()
        for at in range(start, end):
            places = self.new.places.get(self.old.forms[at], [])
            if len(places) <= RARE:
                for place in places:
                    votes[max(0, place - (at - start)) // 3] += 1
        tried = [self._fitted(span, group * 3) for group, _ in votes.most_common(5)]
        found = max((each for each in tried if each), default=None, key=lambda each: each[0])
        return found[1] if found is not None and found[0] >= NEAR_ENOUGH else None

    def _fitted(self, span: Span, guess: int) -> tuple[float, Span] | None:
        """How well the passage fits near a place, and exactly where."""
        wanted = self.old.forms[span[0] : span[1]]
        low, high = max(0, guess - SPARE), min(len(self.new.forms), guess + len(wanted) + SPARE)
        matcher = SequenceMatcher(None, wanted, self.new.forms[low:high], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            return None
        found = (low + blocks[0].b, low + blocks[-1].b + blocks[-1].size)
        kept = alike(wanted, self.new.forms[found[0] : found[1]])
        if kept < KEPT_SHARE:
            return None
        return 0.75 * kept + 0.25 * self._context(span, found), found

    # words and pages

    def homes_of(self, syllables: Sequence[int]) -> dict[int, int]:
        """Where single syllables went: by the common run of the texts, else with the passage they stand in."""
        found = {at: self.homes[at] for at in syllables if at in self.homes}
        if len(found) * 5 >= len(syllables) * 4:
            return found
        span = (max(0, min(syllables) - 2), min(len(self.old.forms), max(syllables) + 3))
        there = self.follow(span)
        if there is None or there[1] - there[0] != span[1] - span[0]:
            return found
        return {at: there[0] + at - span[0] for at in syllables}

    def page(self, number: int) -> tuple[int, float] | None:
        """The page that a page became, and how much of the two is the same (0 to 1); None when it is gone."""
        start, end = self.old.span(number)
        if start == end:
            return self._picture(number)
        shared = Counter(self.new.number_at(self.homes[at]) for at in range(start, end) if at in self.homes)
        found, kept = shared.most_common(1)[0] if shared else (0, 0)
        if kept < PAGE_SHARE * (end - start):
            found, kept = self._moved(start, end)
        if kept < PAGE_SHARE * (end - start):
            return None
        new_start, new_end = self.new.span(found)
        return found, kept / max(end - start, new_end - new_start)

    def _moved(self, start: int, end: int) -> tuple[int, int]:
        """The page on which most runs of a page stand that went to another place, and how many syllables these are."""
        votes: Counter[int] = Counter()
        for at in range(start, end - SHINGLE + 1):
            run = self.old.forms[at : at + SHINGLE]
            votes.update({self.new.number_at(place) for place in self._first_places(run)})
        found, kept = votes.most_common(1)[0] if votes else (0, 0)
        return found, min(end - start, kept + SHINGLE - 1 if kept else 0)

    def _first_places(self, run: Sequence[str]) -> list[int]:
        places = self.new.places.get(min(run, key=lambda shape: len(self.new.places.get(shape, ()))), [])
        return self.new.occurrences(run) if places and len(places) <= RARE else []

    def _picture(self, number: int) -> tuple[int, float] | None:
        """A page without text is known by its picture."""
        was = self.old.page(number)
        pictures: Mapping[str, int] = {page.picture: page.number for page in reversed(self.new.pages) if page.picture}
        if was is None or not was.picture or was.picture not in pictures:
            return None
        return pictures[was.picture], 1.0
