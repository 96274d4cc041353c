"""A document as search knows it: what a hit shows, without its text."""

from datetime import date


class Doc:
    """One document: what a hit shows. `units` and `people` are those of all its passages."""

    __slots__ = (
        "body_id",
        "dated",
        "due_on",
        "item_id",
        "kind",
        "meeting_id",
        "number",
        "part",
        "passages",
        "people",
        "person_id",
        "seq",
        "source_id",
        "standing",
        "state",
        "symbol",
        "title",
        "unit_id",
        "units",
    )
    number: int
    kind: str
    source_id: int
    part: int
    meeting_id: int | None
    body_id: int | None
    item_id: int | None
    unit_id: int | None
    person_id: int | None
    state: str
    standing: str
    due_on: date | None
    dated: date
    symbol: str
    title: str
    seq: int
    passages: list[int]
    units: tuple[int, ...]
    people: tuple[int, ...]

    def __init__(self, number: int, kind: str, source_id: int) -> None:
        self.number, self.kind, self.source_id = number, kind, source_id
        self.part, self.seq = -1, 0
        self.passages, self.units, self.people = [], (), ()
        self.meeting_id = self.body_id = self.item_id = self.unit_id = self.person_id = self.due_on = None
        self.state = self.standing = self.symbol = self.title = ""
        self.dated = date.min
