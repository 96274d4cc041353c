"""What somebody, a unit or a body still has to do. The rooms that know of it say so here; retiring asks them first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from meeting.errors import N_, Refused, declare

declare(
    {
        "person_has_duties": N_(
            "%(name)s still has %(count)s open duties: %(first)s. Pass them on, or retire the person knowingly."
        ),
        "unit_has_duties": N_("%(name)s still has %(count)s open duties: %(first)s. Pass them on, or end the unit knowingly."),
        "body_has_meetings": N_("%(name)s still has %(count)s open matters: %(first)s. Hold or cancel them first."),
    }
)

SHOWN = 5


@dataclass(frozen=True)
class Duty:
    """Something open: what it is and where it is found."""

    what: str
    path: str


Source = Callable[[Session, int], Iterable[Duty]]
OF_PERSON: list[Source] = []
OF_UNIT: list[Source] = []
OF_BODY: list[Source] = []


def duties(sources: list[Source], session: Session, number: int) -> list[Duty]:
    """All that is open, in the order of the rooms."""
    return [duty for source in sources for duty in source(session, number)]


def check_none(code: str, name: str, found: list[Duty]) -> None:
    """Refused under the code, with the first few by name, while something is open."""
    if found:
        raise Refused(code, **told(name, found))


def told(name: str, found: list[Duty]) -> dict[str, Any]:
    """What a refusal says of open duties."""
    first = "; ".join(duty.what for duty in found[:SHOWN])
    return {"name": name, "count": len(found), "first": first, "duties": [[duty.what, duty.path] for duty in found[:50]]}
