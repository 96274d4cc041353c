"""The reports by name: who may open each, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from meeting.errors import N_, Missing
from meeting.evaluation import ledger, report_bodies, report_iso, report_people, report_units
from meeting.evaluation.scope import EVIDENCE_ROLES, Asking, Scope, of_evidence, of_reader, of_tasks
from meeting.evaluation.tables import Report
from meeting.permissions import Actor

Builder = Callable[[Session, Scope, str], Report]
Opener = Callable[[Session, Actor, Asking], Scope]


@dataclass(frozen=True)
class Kind:
    """One report: its name among the tabs, who may open it, how it is made, how its file is called."""

    label: str
    opened: Opener
    build: Builder
    file_name: str


KINDS: Mapping[str, Kind] = {
    "meetings": Kind(N_("By body"), of_reader, report_bodies.build, "bao-cao-cuoc-hop"),
    "units": Kind(N_("By unit"), of_tasks, report_units.build_units, "so-dung-han"),
    "tasks": Kind(N_("Tasks"), of_tasks, report_units.build_tasks, "bao-cao-nhiem-vu"),
    "leaders": Kind(N_("By leader"), of_evidence, report_people.build_leaders, "bao-cao-lanh-dao"),
    "people": Kind(N_("By participant"), of_evidence, report_people.build_people, "bao-cao-nguoi-du-hop"),
    "rounds": Kind(N_("Opinion rounds"), of_evidence, report_people.build_rounds, "bao-cao-lay-y-kien"),
    "procedure": Kind(N_("Procedure (ISO 9001)"), report_iso.of_one_body, report_iso.build, "bao-cao-quy-trinh"),
}


def made(session: Session, actor: Actor, kind: str, asking: Asking, language: str = "vi") -> tuple[Report, Scope]:
    """A report with the scope it is on: `not_found` for an unknown kind or a body of others, `forbidden`."""
    found = KINDS.get(kind)
    if found is None:
        raise Missing()
    scope = found.opened(session, actor, asking)
    return found.build(session, scope, language), scope


def open_to(actor: Actor) -> set[str]:
    """The reports somebody may open, without asking the store."""
    if actor.bodies_as(*EVIDENCE_ROLES):
        return set(KINDS)
    if actor.is_admin:
        return {"meetings", "units", "tasks"}
    return {"units", "tasks"} if actor.unit_id and actor.bodies_as(*ledger.UNIT_ROLES) else set()
