"""The page of searching, its parts that are fetched alone, and how a question was read, for marking what answers it."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from pyroaring import BitMap
from werkzeug.wrappers import Response

from meeting.clock import today
from meeting.errors import N_
from meeting.organization.models import Person
from meeting.search.addresses import address_of
from meeting.search.beside import beside, places_of
from meeting.search.finding import catalogue, narrowing, queries
from meeting.search.finding.answers import PAGE_SIZE, Asked, Found
from meeting.search.finding.asking import asked_for
from meeting.search.finding.doc import Doc
from meeting.search.kept import recent, saved_queries
from meeting.search.language import help as helping
from meeting.search.language import wanted
from meeting.search.language.wanted import Run, Wanted
from meeting.search.language.words import marked
from meeting.search.preview import preview_of
from meeting.search.rights.sight import Sight
from meeting.search.rules import LABELS
from meeting.web.api import as_json, asked
from meeting.web.doors import actor, session
from meeting.web.doors import page as rendered

pages = Blueprint("search", __name__)
#: Filters in the order of the screen: the name of the facet, its name in the address, what it is called, its sign.
FILTERS = (
    ("kind", "kind", N_("Kind"), "file-text"),
    ("body", "body", N_("Body"), "building-community"),
    ("period", "year", N_("When"), "calendar"),
    ("unit", "unit", N_("Unit"), "users"),
    ("meeting", "meeting", N_("Meeting"), "calendar-event"),
    ("state", "state", N_("State"), "flag"),
)
PARAMETERS = {facet: parameter for facet, parameter, _, _ in FILTERS}
NARROWING = (*PARAMETERS.values(), "person", "from", "to")
KEPT = ("q", *NARROWING, "sort")
MOST_SHOWN = 200
RECENT = 6
SEEN = 500
MOST_LEFT_OUT = 8  # of a longer question no word is tried to be left out
OFFERED = 3


def address(**changes: Any) -> str:
    """This page's address with some of its parts changed; an empty one goes away. Paging and what is open begin anew."""
    kept = {name: request.args[name] for name in KEPT if request.args.get(name)}
    return url_for("search.page", **{name: value for name, value in (kept | changes).items() if value})


@pages.get("/search")
def page() -> str:
    """One box, what was found, and place for one hit beside it."""
    return rendered("search/page.html", **_shown())


@pages.get("/search/part")
def part() -> str:
    """What was found alone, as the page fetches it when the question changes."""
    return render_template("search/_results.html", **_shown())


@pages.get("/search/preview")
def preview() -> str:
    """One hit beside the others, fetched after they are shown. Whether the reader may read it is asked anew."""
    page_asked = asked("page")
    question = _question()
    shown = preview_of(session(), actor(), asked("hit"), question, int(page_asked) if _is_number(page_asked) else None)
    return render_template("search/_preview.html", preview=shown, labels=LABELS, needs=needs_of(question), said=question.said)


@pages.get("/search/marks")
def marks() -> Response:
    """How a question was read: what a page marks that was opened from a hit."""
    return as_json({"needs": needs_of(_question())})


def _question() -> Wanted:
    """What was typed, read as the search reads it."""
    return wanted.read(asked("q"), known=narrowing.known_to(session()))


def needs_of(question: Wanted) -> list[dict[str, Any]]:
    """What is to be marked, as `marks.js` reads it: each syllable folded, and exact where marks were typed."""
    return [{"strict": need.strict, "alternatives": [_said(way) for way in need.alternatives]} for need in question.needs]


def _said(way: Run) -> list[list[str]]:
    """Once a mark is typed, the syllables without one are meant as they stand there, too."""
    literal = any(marked(syllable) for syllable in way)
    return [[syllable.folded, syllable.exact if literal else ""] for syllable in way]


def _shown() -> dict[str, Any]:
    """All that the results are drawn from: the pages up to the one asked for together, so that the way back is as it was."""
    question = asked_for(session())
    pages_shown = min(max(question.page, 1), MOST_SHOWN // PAGE_SIZE)
    asks = bool(question.typed.strip()) or question.narrowed
    found = (
        queries.search(session(), actor(), replace(question, page=1, size=PAGE_SIZE * pages_shown)) if asks else Found(Wanted())
    )
    return {
        "found": found,
        "asks": asks,
        "asked": question,
        "hits": found.hits if asks else [],
        "beside": beside(session(), actor(), found.hits) if asks else {},
        "chosen": _chosen(question, found),
        "filters": FILTERS,
        "said": found.wanted.said,
        "bare": address(**dict.fromkeys(NARROWING, "")),
        "today": today(),
        "there": {} if asks else _there(),
        "kept": {name: request.args[name] for name in KEPT if request.args.get(name)},
        "labels": LABELS,
        "address": address,
        "url_of": address_of,
        "places_of": places_of,
        "life_url": lambda item_id: f"/items/{item_id}/life",
        "saved_url": url_for("search.saved") if "search.saved" in current_app.view_functions else "",
        "next_page": pages_shown + 1
        if asks and len(found.hits) < found.total and pages_shown < MOST_SHOWN // PAGE_SIZE
        else None,
        "page_size": PAGE_SIZE,
        "unfiltered": _unfiltered(question, found) if asks and not found.hits else 0,
        "shorter": _shorter(question) if asks and found.ready and not found.hits else [],
        "recent": [] if asks else recent.recent_of(session(), actor(), RECENT),
        "saved": [] if asks else saved_queries.saved_of(session(), actor()),
        "examples": helping.examples(_seen()) if not asks or request.endpoint == "search.page" else (),
    }


def _seen() -> helping.Seen:
    """What examples of asking are made of: the newest numbered document, a meeting and a speaker the reader may find."""
    shelf = catalogue.current(session())
    readable = Sight(session(), actor(), shelf).readable(shelf.every)

    def newest(*kinds: str) -> list[Doc]:
        numbers = BitMap.union(*(readable & shelf.by_kind.get(kind, BitMap()) for kind in kinds))
        return sorted((shelf.docs[number] for number in list(numbers)[-SEEN:]), key=lambda doc: doc.dated, reverse=True)

    numbered = next((doc for doc in newest("notice", "resolution", "minutes") if doc.symbol), None)
    speaker = next((doc.person_id for doc in newest("item", "opinion", "promise") if doc.person_id), None)
    person = session().get(Person, speaker) if speaker else None
    return helping.Seen(
        symbol=numbered.symbol if numbered else "",
        day=numbered.dated if numbered else None,
        meeting=next((doc.title for doc in newest("meeting")), ""),
        person=person.full_name if person else "",
    )


def _there() -> dict[str, int]:
    """How many documents of each kind the reader may find, for the page on which nothing is typed yet."""
    shelf = catalogue.current(session())
    readable = Sight(session(), actor(), shelf).readable(shelf.every)
    counts = {kind: len(readable & shelf.by_kind.get(kind, BitMap())) for kind in LABELS}
    return {kind: count for kind, count in counts.items() if count}


@dataclass(frozen=True)
class Chosen:
    """A filter that is on: its name in the address, what it is called, its value in words."""

    parameter: str
    called: str
    label: str
    translate: bool = False


def _chosen(question: Asked, found: Found) -> list[Chosen]:
    """The filters that are on, in the order of the screen."""
    on = [
        Chosen(parameter, called, facet.label, name in ("kind", "period", "state"))
        for name, parameter, called, _ in FILTERS
        for facet in found.facets.get(name, ())
        if facet.chosen and request.args.get(parameter)
    ]
    person_id = question.person_id if request.args.get("person") else None
    known = person_id is not None and narrowing.tells_of(session(), actor(), "person", person_id)
    if known and (person := session().get(Person, person_id)):
        on.append(Chosen("person", N_("Person"), person.full_name))
    for parameter, called, day in (("from", N_("From"), question.since), ("to", N_("To"), question.until)):
        if request.args.get(parameter) and day:
            on.append(Chosen(parameter, called, f"{day:%d/%m/%Y}"))
    return on


def _unfiltered(question: Asked, found: Found) -> int:
    """How many documents answer the same words without the filters, when nothing was found with them."""
    if found.hits or not question.narrowed or not question.typed.strip():
        return 0
    return queries.search(session(), actor(), Asked(question.typed, size=1)).total


@dataclass(frozen=True)
class Shorter:
    """The same question without one of its words, and how many documents answer it."""

    word: str
    typed: str
    total: int


def _shorter(question: Asked) -> list[Shorter]:
    """Where nothing answers all words: those that are best left out. A question with signs of its own is left as it is."""
    words = question.typed.split()
    if not 1 < len(words) <= MOST_LEFT_OUT or any(sign in question.typed for sign in '":'):
        return []
    tried = []
    for at, word in enumerate(words):
        fewer = replace(question, typed=" ".join(words[:at] + words[at + 1 :]), page=1, size=1)
        tried.append(Shorter(word, fewer.typed, queries.search(session(), actor(), fewer).total))
    return sorted((each for each in tried if each.total), key=lambda each: -each.total)[:OFFERED]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9
