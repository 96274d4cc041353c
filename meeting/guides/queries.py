"""Reads of guides: the text that holds now, its versions, what the shipped text has become meanwhile, and remarks."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from meeting.errors import Missing
from meeting.guides import places, rules, shipped
from meeting.guides.models import GuideFile, GuideVersion, KeyWish, Remark
from meeting.guides.rendering import Guide, Section, files_in, parsed
from meeting.organization.models import Person
from meeting.permissions import INSTALLATION, Action, Actor, allows

REMARKS_SHOWN = 200


@dataclass(frozen=True)
class Shown:
    """A guide as it is read now."""

    name: str
    language: str
    text: str
    version: GuideVersion | None  # the newest one saved here

    @property
    def revision(self) -> int:
        """What an editor names as seen; 0 for a guide that nobody touched."""
        return self.version.number if self.version else 0

    @property
    def is_shipped(self) -> bool:
        """Whether the text of the product holds."""
        return self.version is None or self.version.as_shipped

    @property
    def shipped_changed(self) -> bool:
        """Whether the product brought another text since this one was written."""
        changed = self.version is not None and self.version.shipped_sha256 != shipped.fingerprint(self.name, self.language)
        return changed and not self.is_shipped

    @property
    def parsed(self) -> Guide:
        """Taken apart."""
        return parsed(self.text)


def may(session: Session, actor: Actor, action: Action) -> bool:
    """Whether this person may do something with the guides of the installation."""
    return allows(action, INSTALLATION.hats_of(actor, session))


def known(name: str, language: str) -> str:
    """The language a guide is shown in. Missing for a guide that does not exist."""
    if name not in rules.GUIDES:
        raise Missing()
    return language if language in rules.LANGUAGES else "vi"


def newest(session: Session, name: str, language: str) -> GuideVersion | None:
    """The version saved last."""
    wanted = select(GuideVersion).where(GuideVersion.guide == name, GuideVersion.language == language)
    return session.scalar(wanted.order_by(GuideVersion.number.desc()).limit(1))


def guide(session: Session, name: str, language: str) -> Shown:
    """A guide as it holds now."""
    language = known(name, language)
    version = newest(session, name, language)
    text = shipped.text(name, language) if version is None or version.as_shipped else version.text
    return Shown(name, language, text, version)


def guides(session: Session, actor: Actor, language: str) -> tuple[list[Shown], list[Shown]]:
    """The person's own guides, then all others."""
    mine = rules.own(INSTALLATION.hats_of(actor, session))
    return [guide(session, name, language) for name in mine], [
        guide(session, name, language) for name in rules.GUIDES if name not in mine
    ]


def versions(session: Session, name: str, language: str) -> list[GuideVersion]:
    """All versions, the newest first."""
    wanted = select(GuideVersion).where(GuideVersion.guide == name, GuideVersion.language == known(name, language))
    return list(session.scalars(wanted.order_by(GuideVersion.number.desc())))


def changes_of_shipped(shown: Shown) -> list[tuple[str, str]]:
    """What changed in the shipped text since the version was written, line by line: (mark, line) with mark "+", "-" or ""."""
    if shown.version is None:
        return []
    before, after = shown.version.shipped_text.splitlines(), shipped.text(shown.name, shown.language).splitlines()
    return [(line[0].strip(), line[2:]) for line in difflib.ndiff(before, after) if line[0] != "?"]


def here(session: Session, actor: Actor, endpoint: str, language: str) -> tuple[str, Section]:
    """The part of a guide for a screen: in the guide of the person's work that speaks of it, else in any, else how to begin."""
    anchors, mine = places.anchors_of(endpoint), rules.own(INSTALLATION.hats_of(actor, session))
    for anchor in anchors:
        for name in mine:
            found = guide(session, name, language).parsed.section(anchor)
            if found is not None:
                return name, found
    parts = guide(session, mine[0], language).parsed
    return mine[0], parts.section("start") or (parts.sections[0] if parts.sections else Section("start", parts.title, parts.lead))


def files(session: Session) -> list[GuideFile]:
    """All pictures and videos, the newest first."""
    return list(session.scalars(select(GuideFile).order_by(GuideFile.id.desc())))


def file(session: Session, actor: Actor, file_id: int) -> GuideFile:
    """One of them. Missing when there is none."""
    found = session.get(GuideFile, file_id) if may(session, actor, Action.READ_GUIDES) else None
    if found is None:
        raise Missing()
    return found


def standing_in(session: Session, file_id: int) -> str:
    """The guide in whose present text a file stands; empty when in none."""
    for name in rules.GUIDES:
        for language in rules.LANGUAGES:
            if file_id in files_in(guide(session, name, language).text):
                return name
    return ""


def keys_off(session: Session, actor: Actor) -> bool:
    """Whether this person switched the keyboard shortcuts off."""
    found = session.get(KeyWish, actor.person_id)
    return found is not None and found.off


def own_remarks(session: Session, actor: Actor) -> list[Remark]:
    """What this person told, the newest first."""
    wanted = select(Remark).where(Remark.person_id == actor.person_id).order_by(Remark.id.desc())
    return list(session.scalars(wanted.limit(REMARKS_SHOWN)))


def remarks(session: Session, state: str = "", kind: str = "", words: str = "") -> list[Remark]:
    """The administrator's list: those that wait first, then the newest."""
    wanted = select(Remark).join(Person, Remark.person_id == Person.id)
    if state in rules.STATES:
        wanted = wanted.where(Remark.state == state)
    if kind in rules.KINDS:
        wanted = wanted.where(Remark.kind == kind)
    if words.strip():
        sought = f"%{words.strip()}%"
        wanted = wanted.where(or_(Remark.text.ilike(sought), Person.full_name.ilike(sought), Remark.page.ilike(sought)))
    order = list(rules.STATES)
    found: Sequence[Remark] = session.scalars(wanted.order_by(Remark.id.desc()).limit(2000)).all()
    return sorted(found, key=lambda each: order.index(each.state))


def remarks_by_state(session: Session) -> dict[str, int]:
    """How many remarks stand in each state."""
    found: dict[str, int] = {row[0]: row[1] for row in session.execute(select(Remark.state, func.count()).group_by(Remark.state))}
    return {state: found.get(state, 0) for state in rules.STATES}


def count_new(session: Session, actor: Actor) -> int:
    """How many remarks nobody has looked at."""
    wanted = select(func.count()).select_from(Remark).where(Remark.state == "new")
    return session.scalar(wanted) or 0 if may(session, actor, Action.ANSWER_FEEDBACK) else 0
