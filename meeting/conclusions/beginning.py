"""A new document with its proposed words: as the body's form has them, else as the system proposes."""

from dataclasses import dataclass

from meeting.acts import Tx
from meeting.agenda.models import Item, Meeting
from meeting.agenda.session_models import CouncilSession
from meeting.clock import local
from meeting.conclusions import history, life_queries, proposals, wording
from meeting.conclusions.form_models import PaperForm
from meeting.conclusions.kinds import CONCLUSION, Kind
from meeting.conclusions.models import Instrument, Notice, Resolution
from meeting.conclusions.relations import REPLACES
from meeting.conclusions.signing_rules import signing_of
from meeting.conclusions.votes import vote_on
from meeting.documents.phrases import addressed, lowered, office_in
from meeting.documents.typeset import long_date
from meeting.materials.papers import papers_by_item


@dataclass(frozen=True)
class Proposal:
    """What a new document is for."""

    meeting: Meeting
    kind: Kind
    item_id: int | None = None
    question_id: int | None = None

    @property
    def held(self) -> str:
        """The day of the meeting in words, without "ngày"."""
        meeting = self.meeting
        return long_date(local(meeting.opened_at or meeting.starts_at).date()).removeprefix("ngày ")


def begun(tx: Tx, wanted: Proposal) -> Instrument:
    """A new document of its own, not yet added."""
    form = life_queries.form_of(tx.reading, wanted.meeting.body_id, wanted.kind.code)
    return _conclusion(tx, wanted, form) if wanted.kind.family == CONCLUSION else _decision(tx, wanted, form)


def about(tx: Tx, wanted: Proposal, old: Instrument, relation: str, reason: str) -> Instrument:
    """A new document about an earlier one, not yet added: it names the old by number and date."""
    party = wanted.meeting.body.is_party
    earlier = proposals.named(old.kind, *life_queries.named_in_words(old))
    whole = relation == REPLACES
    fresh = _new(tx, wanted)
    fresh.abstract = proposals.abstract_about(relation, earlier, old.abstract)
    fresh.opening = old.opening if whole else ""
    fresh.closing = proposals.closing_about(relation, wanted.kind.code, earlier, old.closing, party)
    fresh.recipients, fresh.grounds = old.recipients, old.grounds if whole else ""
    fresh.authority, fresh.signer_id = old.authority, old.signer_id
    fresh.item_id = old.item_id if wanted.item_id is None else wanted.item_id
    fresh.question_id = wanted.question_id or (old.question_id if whole else None)
    fresh.about_id, fresh.relation, fresh.relation_reason = old.id, relation, reason
    return fresh


def lines_for(tx: Tx, document: Instrument, old: Instrument | None) -> list[tuple[int | None, str]]:
    """The first lines: what was decided by vote; of a resolution its first and last article; of one about another its word."""
    meeting = document.meeting
    if old is not None:
        earlier = proposals.named(old.kind, *life_queries.named_in_words(old))
        return [(None, proposals.line_about(document.relation, earlier, document.relation_reason))]
    if document.family == CONCLUSION:
        found = history.decisions_of(tx.reading, meeting)
        return [(item, text) for item, text in found if document.item_id in (None, item)]
    last = proposals.last_article(document.kind, meeting.body.kind, _body(meeting))
    return [(document.item_id, proposals.first_article(_matter(tx, document))), (document.item_id, last)]


def _new(tx: Tx, wanted: Proposal) -> Instrument:
    family = Notice if wanted.kind.family == CONCLUSION else Resolution
    return family(
        meeting_id=wanted.meeting.id,
        meeting=wanted.meeting,
        kind=wanted.kind.code,
        item_id=wanted.item_id,
        question_id=wanted.question_id,
        grounds="",
        opening="",
        closing="",
        recipients="",
        relation="",
        drafted_at=tx.now,
        drafted_by_id=tx.actor.person_id,
    )


def _conclusion(tx: Tx, wanted: Proposal, form: PaperForm | None) -> Instrument:
    meeting, body = wanted.meeting, wanted.meeting.body
    chair = meeting.chair
    position = (office_in(chair.position, body.short_name) if chair else "") or "chủ tọa"
    named = addressed(chair.honorific, chair.full_name, body.is_party) if chair else ""
    held_on = local(meeting.opened_at or meeting.starts_at).date()
    signing = signing_of(form.signer if form else "book", None, meeting.book.signer, wanted.kind.family)
    item = tx.find(Item, wanted.item_id)
    fresh = _new(tx, wanted)
    fresh.abstract = wording.abstract_of(position, body.is_party, meeting.title)
    if item is not None:
        fresh.abstract = fresh.abstract.replace(" tại ", f" về {lowered(item.title)} tại ", 1)
    fresh.opening = wording.opening_of(body.name, held_on, meeting.place, meeting.title, named, position)
    fresh.closing = wording.closing_of(signing.by == "chief", body.is_party, position)
    fresh.recipients = "\n".join(wording.recipients_of(body.kind, body.short_name))
    _as_form(fresh, form, _facts(tx, wanted, fresh))
    return fresh


def _decision(tx: Tx, wanted: Proposal, form: PaperForm | None) -> Instrument:
    meeting, body, kind = wanted.meeting, wanted.meeting.body, wanted.kind
    fresh = _new(tx, wanted)
    vote = vote_on(tx.reading, wanted.question_id)
    if fresh.item_id is None and vote is not None:
        fresh.item_id = vote.item_id
    fresh.abstract = proposals.abstract_on(kind.code, _matter(tx, fresh))
    own = form.grounds if form else ""
    fresh.grounds = "\n".join(proposals.grounds_of(body.kind, own, _papers(tx, fresh), vote.sentence if vote else ""))
    fresh.closing = proposals.resolution_closing(kind.code, body.kind, _body(meeting), _where(tx, meeting), wanted.held)
    usual = wording.recipients_of(body.kind, body.short_name, decides=True)
    fresh.recipients = "\n".join(proposals.recipients_up(body.kind) + usual)
    _as_form(fresh, form, _facts(tx, wanted, fresh))
    return fresh


def _as_form(fresh: Instrument, form: PaperForm | None, facts: dict[str, str]) -> None:
    """The body's own words where its form has any; who signs by name is fixed on the document."""
    if form is None:
        return
    fresh.opening = proposals.filled(form.opening, facts) or fresh.opening
    fresh.closing = proposals.filled(form.closing, facts) or fresh.closing
    fresh.recipients = form.recipients or fresh.recipients
    fresh.signer_id = form.signer_id if form.signer == "person" else None
    if fresh.family == CONCLUSION and form.grounds:
        fresh.grounds = form.grounds


def _facts(tx: Tx, wanted: Proposal, fresh: Instrument) -> dict[str, str]:
    """What fills the places of a form's words."""
    meeting, chair = wanted.meeting, wanted.meeting.chair
    return {
        "ngày họp": f"ngày {wanted.held}",
        "địa điểm": meeting.place,
        "cuộc họp": lowered(meeting.title),
        "chủ trì": addressed(chair.honorific, chair.full_name, meeting.body.is_party) if chair else "",
        "chức vụ": office_in(chair.position, meeting.body.short_name) if chair else "",
        "cơ quan": meeting.body.name,
        "nội dung": lowered(_matter(tx, fresh)),
    }


def _matter(tx: Tx, document: Instrument) -> str:
    """What a document is on: its item, else its vote, else the meeting."""
    item = tx.find(Item, document.item_id)
    vote = vote_on(tx.reading, document.question_id)
    return item.title if item else vote.title if vote else document.meeting.title


def _papers(tx: Tx, document: Instrument) -> list[proposals.PaperNamed]:
    """The papers of the item as this person may read them."""
    if document.item_id is None:
        return []
    found = papers_by_item(tx.reading, tx.actor, document.meeting).get(document.item_id, [])
    return [proposals.PaperNamed(each.requirement.what, each.requirement.unit.name) for each in found]


def _body(meeting: Meeting) -> str:
    body = meeting.body
    return f"{body.name} {body.term}".strip() if body.kind == "council" else body.name


def _where(tx: Tx, meeting: Meeting) -> str:
    """Where a resolution was adopted: the session of the council, else the meeting."""
    session = tx.find(CouncilSession, meeting.session_id)
    return session.name if session is not None else meeting.title
