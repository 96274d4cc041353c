"""Which part of the guides speaks of which screen: one table. A screen names anchors, the most fitting first."""

from collections.abc import Mapping

_MEETING = ("meetings", "prepare", "start")
_DESK = ("desk", "room", "speaking")
_PAPERS = ("papers", "reading")
_AFTER = ("conclusions", "minutes")
_OFFICE = ("rules", "prepare")

#: By endpoint; where a whole room has one answer, by the room's name alone.
PLACES: Mapping[str, tuple[str, ...]] = {
    "agenda": ("prepare", "meetings"),
    "agenda.home": ("start",),
    "agenda.meetings": _MEETING,
    "agenda.meeting": _MEETING,
    "agenda.programme": ("programme", "prepare", "meetings"),
    "agenda.participants": ("invitations", "prepare", "meetings"),
    "agenda.changes": ("programme", "meetings"),
    "seating": ("rules", "meetings"),
    "sittings": ("prepare", "meetings"),
    "invitations": ("invitations", "meetings"),
    "invitations.substitute": ("meetings",),
    "materials": _PAPERS,
    "materials.reading": ("reading", "papers"),
    "materials.approve": ("approve", "papers"),
    "handing_out": _PAPERS,
    "reading": ("reading",),
    "notes": ("reading",),
    "shelf": ("reading",),
    "tablets": ("tablets", "offline", "account"),
    "tablets.kept": ("offline", "reading"),
    "calendars": ("calendar", "meetings"),
    "live": _DESK,
    "live.room": ("room", "voting"),
    "live.console": ("desk",),
    "live.desk": ("desk",),
    "live.attendance": ("desk", "room"),
    "live.hall": ("hall", "desk"),
    "rollcall": ("room", "desk"),
    "runsheet": ("desk", "meetings"),
    "questioning": ("questioning", "tasks"),
    "voting": ("voting",),
    "rounds": ("rounds",),
    "conclusions": _AFTER,
    "conclusions.minutes": ("minutes", "conclusions"),
    "conclusions.minutes_history": ("minutes", "conclusions"),
    "conclusions_pages": _AFTER,
    "conclusions.paper_forms": ("conclusions", "rules"),
    "conclusions.paper_form": ("conclusions", "rules"),
    "tasks": ("tasks", "conclusions"),
    "evaluation": ("reports",),
    "ledger": ("reports",),
    "search": ("search",),
    "search.life": ("search", "meetings"),
    "search.saved": ("saved", "search"),
    "notify": ("channels", "account"),
    "notify.notifications": ("account", "start"),
    "catalogues": _OFFICE,
    "rulebook": _OFFICE,
    "organization": ("people", "start"),
    "organization.chart": ("chart", "people"),
    "organization.sign_ins": ("signins", "second", "people"),
    "organization.profile": ("account", "start"),
    "organization.groups_page": ("rules", "people"),
    "signing": ("conclusions", "account"),
    "genuine": ("conclusions",),
    "entrance": ("second", "account", "start"),
    "records": ("keeping", "archive"),
    "records.terms": ("retention", "keeping"),
    "health": ("health", "keeping"),
    "exchange": ("clients", "start"),
    "exchange.client": ("webhooks", "clients"),
    "opendata": ("opendata", "meetings", "start"),
    "guides": ("guides", "help"),
    "guides.feedback": ("feedback", "help"),
    "practice": ("practice", "help"),
    "tablet_entry": ("tablets", "account"),
    "openid": ("account", "start"),
    "safe_line": ("keeping", "account"),
    "web": ("start",),
}


def anchors_of(endpoint: str) -> tuple[str, ...]:
    """The anchors for a screen: its own line, else its room's, else how to begin."""
    return PLACES.get(endpoint) or PLACES.get(endpoint.partition(".")[0]) or ("start",)


def is_known(endpoint: str) -> bool:
    """Whether the table speaks of a screen or its room."""
    return endpoint in PLACES or endpoint.partition(".")[0] in PLACES
