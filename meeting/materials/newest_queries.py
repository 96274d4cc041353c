"""Reads of what is new to somebody since their last look at a meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meeting import clock
from meeting.agenda.models import Meeting, ProgrammeVersion
from meeting.agenda.queries import invitation_of
from meeting.materials.newest import Happening, Looked, new_since
from meeting.materials.newest_looks import looked_of
from meeting.materials.papers import Paper
from meeting.permissions import Actor


@dataclass(frozen=True)
class News:
    """What is new of one meeting, as counts; `papers` are the requirements that are new or have a new version."""

    invitation: bool
    programme: int | None  # the number of a programme version handed out since
    papers: frozenset[int]
    versions: int  # of those papers, how many are new versions

    @property
    def count(self) -> int:
        """How many new things there are."""
        return len(self.papers) + bool(self.programme) + self.invitation


def programme_happenings(session: Session, meeting_ids: Sequence[int]) -> dict[int, list[Happening]]:
    """The handed-out changes of programmes, by meeting; the first version comes with the invitation."""
    wanted = select(ProgrammeVersion.meeting_id, ProgrammeVersion.number, ProgrammeVersion.made_at)
    rows = session.execute(wanted.where(ProgrammeVersion.meeting_id.in_(meeting_ids), ProgrammeVersion.number > 1))
    found: dict[int, list[Happening]] = {}
    for meeting_id, number, made_at in rows:
        found.setdefault(meeting_id, []).append(Happening("programme", made_at, number))
    return found


def paper_happening(paper: Paper) -> Happening | None:
    """When a paper reached its reader; None when it has not."""
    if paper.since is None:
        return None
    first = not any(each.is_published for each in paper.requirement.submissions if each.number < paper.submission.number)
    return Happening("paper" if first else "version", paper.since, paper.requirement.id, opened=paper.seen > 0)


def news_of(session: Session, actor: Actor, papers: Mapping[Meeting, Sequence[Paper]], inside: bool = False) -> dict[int, News]:
    """What is new of several meetings, by meeting id, in two queries: seen from `inside` one, the marks of the visit stay."""
    ids = [meeting.id for meeting in papers]
    looked = looked_of(session, actor.person_id, ids)
    programmes = programme_happenings(session, ids)
    return {
        meeting.id: _news(meeting, actor.person_id, found, programmes.get(meeting.id, []), looked[meeting.id], inside)
        for meeting, found in papers.items()
    }


def _news(
    meeting: Meeting, person_id: int, papers: Sequence[Paper], programmes: Sequence[Happening], looked: Looked, inside: bool
) -> News:
    known = [happening for paper in papers if (happening := paper_happening(paper))]
    if not meeting.is_private:
        known += programmes
        invited = invitation_of(meeting, person_id)
        if invited is not None and invited.invited_at is not None:
            seen = looked.at is not None and invited.invited_at <= looked.at
            known.append(Happening("invitation", invited.invited_at, opened=seen))
    found = new_since(known, looked.since(clock.now()) if inside else looked.at)
    return News(
        any(each.kind == "invitation" for each in found),
        max((each.key for each in found if each.kind == "programme"), default=None),
        frozenset(each.key for each in found if each.kind in ("paper", "version")),
        sum(each.kind == "version" for each in found),
    )
