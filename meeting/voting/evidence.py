"""The evidence pack of one vote: what anybody needs to count it again, far from this system and without trusting it.

The same vote gives the same bytes each time, so a pack can be compared with the one whose hash stands in the journal. Of a
secret vote it holds bare choices only; entries of other matters between its own stand in it as links, without content.
"""

from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from pydantic import Field
from sqlalchemy import Text, or_, select, type_coerce
from sqlalchemy.orm import Session

from meeting.acts import Tx, act
from meeting.errors import N_, Refused, declare
from meeting.events import Event
from meeting.journal import Entry
from meeting.organization.models import Person
from meeting.permissions import Action, Role, allows
from meeting.tables import canonical
from meeting.voting import counting, digests, wording
from meeting.voting.checker import check
from meeting.voting.models import BareBallot, CountingSeat, Elector, OpenBallot, Question, Receipt, Result
from meeting.voting.rules import OVER
from meeting.voting.service import QuestionInput, asked

Files = list[tuple[str, bytes]]
CHECKER = Path(__file__).parent / "checker"
LETTERS = (("DOC-TRUOC.txt", "doc-truoc.txt"), ("README.txt", "readme.txt"))

declare(
    {
        "evidence_too_early": N_("An evidence pack can be taken once the vote has been closed or called off."),
        "evidence_unannounced": N_(
            "The result of this vote has not been announced yet. Its evidence pack can be taken afterwards."
        ),
    }
)


def data_files(session: Session, question: Question) -> Files:
    """What was put to the vote, to whom, what came in, what the journal says of it, what came out: each in its canonical text."""
    own = own_entries(session, question)
    told = {
        "question.json": _question(question, session),
        "register.json": _register(session, question, own),
        "ballots.json": _ballots(session, question),
        "journal.json": _slice(session, question, own),
        "result.json": _result(session, question),
    }
    return [(name, (canonical(value) + "\n").encode()) for name, value in told.items()]


def contents(files: Files) -> str:
    """One digest of those files: the same however often the pack is made, whatever papers go with it."""
    return digests.whole([[name, sha256(data).hexdigest()] for name, data in files])


def pack(session: Session, question: Question, papers: Files) -> tuple[bytes, str]:
    """The archive, and the SHA-256 of its manifest."""
    return bound(about(question), data_files(session, question), papers)


def about(question: Question) -> dict[str, Any]:
    """What the manifest says of the pack as a whole."""
    return {"question_id": question.id, "meeting_id": question.meeting_id, "title": question.title}


def bound(about: dict[str, Any], data: Files, papers: Files) -> tuple[bytes, str]:
    """The same of files that were read already: no store is asked, so that it can be done beside the tablets' loop."""
    files = [*data, *papers, *_companions()]
    said = check.manifest_of(files, {**about, "contents": contents(data)})
    manifest = (canonical(said) + "\n").encode()
    return check.archive([(check.MANIFEST, manifest), *files]), sha256(manifest).hexdigest()


def _companions() -> Files:
    """The checker itself and what it proves, in both languages."""
    letters = [(name, (CHECKER / source).read_bytes()) for name, source in LETTERS]
    return [*letters, ("check.py", (CHECKER / "check.py").read_bytes())]


def own_entries(session: Session, question: Question) -> list[Entry]:
    """What the journal says of this question, in order; that packs were taken is left out, or no two would be alike."""
    facts = type_coerce(Entry.facts, Text)  # as it is written: entries of other votes, with all their ballots, are not read
    mine = [facts.like(f'%"question_id":{question.id}{end}%') for end in (",", "}")]
    wanted = select(Entry).where(Entry.chain == question.meeting_id, Entry.event.like("voting.%"), or_(*mine))
    taken = Event.EVIDENCE_MADE.value
    found = session.scalars(wanted.order_by(Entry.seq))
    return [each for each in found if each.facts.get("question_id") == question.id and each.event != taken]


def _slice(session: Session, question: Question, own: list[Entry]) -> dict[str, Any]:
    """The journal from the question's first entry to its last; entries of other matters as links only."""
    mine = {each.seq: each for each in own}
    between = select(Entry.seq, Entry.previous, Entry.hash).where(
        Entry.chain == question.meeting_id, Entry.seq >= min(mine, default=0), Entry.seq <= max(mine, default=0)
    )
    entries: list[dict[str, Any]] = []
    for seq, previous, hashed in session.execute(between.order_by(Entry.seq)):
        link: dict[str, Any] = {"seq": seq, "previous": previous, "hash": hashed}
        entry = mine.get(seq)
        if entry is not None:
            at = entry.at.isoformat(timespec="microseconds")
            link |= {"at": at, "actor_id": entry.actor_id, "event": entry.event, "facts": entry.facts}
        entries.append(link)
    return {"meeting_id": question.meeting_id, "entries": entries}


def _question(question: Question, session: Session) -> dict[str, Any]:
    meeting = question.meeting
    seats = select(CountingSeat).where(CountingSeat.committee_id == question.committee_id).order_by(CountingSeat.person_id)
    moments = ("prepared_at", "ready_at", "opened_at", "closed_at", "published_at", "cancelled_at")
    return {
        "paper": digests.paper_of(question),
        "state": question.state,
        "reason": question.reason,
        "chair_id": meeting.chair_id,
        "head_id": _head(session, question),
        "hand_chair": question.hand_chair,
        "committee": [{"person_id": each.person_id, "post": each.post} for each in session.scalars(seats)],
        "item": question.item.title,
        "meeting": {
            "id": meeting.id,
            "title": meeting.title,
            "body": meeting.body.name,
            "body_kind": meeting.body.kind,
            "starts_at": meeting.starts_at.isoformat(),
        },
        **{name: moment.isoformat() if (moment := getattr(question, name)) else None for name in moments},
    }


def _head(session: Session, question: Question) -> int | None:
    """Whose side decides a tie, where the body's rules say so and an open vote tells it."""
    if question.kind != "open":
        return None
    voted = set(session.scalars(select(OpenBallot.person_id).where(OpenBallot.question_id == question.id)))
    return counting.head_of(cast(Tx, session), question, voted)  # it only asks for rows


def _register(session: Session, question: Question, own: Iterable[Entry]) -> dict[str, Any]:
    """Who could vote and whose ballot came in, in the order of people; and who else is named by number in the pack."""
    electors = set(session.scalars(select(Elector.person_id).where(Elector.question_id == question.id)))
    voted = set(session.scalars(select(Receipt.person_id).where(Receipt.question_id == question.id)))
    named = electors | {each.actor_id for each in own} | {question.meeting.chair_id}
    if question.committee_id is not None:
        named |= set(session.scalars(select(CountingSeat.person_id).where(CountingSeat.committee_id == question.committee_id)))
    names = {each.id: each.called for each in session.scalars(select(Person).where(Person.id.in_(named)))}
    return {
        "members": question.total,
        "electors": [
            {"person_id": person, "name": names.get(person, ""), "voted": person in voted} for person in sorted(electors)
        ],
        "others": [{"person_id": person, "name": names[person]} for person in sorted(set(names) - electors)],
    }


def _ballots(session: Session, question: Question) -> dict[str, Any]:
    """The ballots that were counted. Of a vote that was called off before the count there are none, and none are shown."""
    found = session.get(Result, question.id)
    if question.kind == "hand":
        figures = question.figures if question.on_paper else question.hand_counts
        return {"kind": "hand", "figures": figures if found else None, "ballots": []}
    if found is None:
        return {"kind": question.kind, "salt": "", "ballots": []}
    if question.kind == "secret":
        bare = select(BareBallot).where(BareBallot.question_id == question.id).order_by(BareBallot.nonce)
        rows = [{"nonce": each.nonce.hex(), "line_id": each.line_id, "choice": each.choice} for each in session.scalars(bare)]
        return {"kind": "secret", "salt": "", "ballots": rows}
    named = select(OpenBallot).where(OpenBallot.question_id == question.id).order_by(OpenBallot.person_id)
    return {
        "kind": "open",
        "salt": (found.salt or b"").hex(),
        "ballots": [
            {
                "person_id": each.person_id,
                "choice": each.choice,
                "marks": each.marks or {},
                "text": each.text,
                "spoken": each.spoken,
            }
            for each in session.scalars(named)
        ],
    }


def _result(session: Session, question: Question) -> dict[str, Any]:
    """What the close found, as it was then; a tie that was settled later stands beside it."""
    found = session.get(Result, question.id)
    if found is None:
        return {"closed": None, "settled": None, "sentences": {}}
    closed: dict[str, Any] = digests.result_of(found)
    settled: dict[str, Any] | None = None
    if found.settled_at is not None:
        closed["passed"] = False  # as it was before the statement
        settled = {
            "side": found.settled_side,
            "statement": found.settled_text,
            "at": found.settled_at.isoformat(),
            "by": found.settled_by_id,
        }
    return {"closed": closed, "settled": settled, "sentences": wording.sentences(question, found)}


class EvidenceInput(QuestionInput):
    """The hash of the manifest of the pack that is handed over, where one was made."""

    manifest: str = Field(default="", pattern="^([0-9a-f]{64})?$")


@act("voting.make_evidence", Action.TAKE_EVIDENCE)
def make_evidence(tx: Tx, wanted: EvidenceInput) -> dict[str, Any]:
    """Notes that somebody takes the evidence pack of a vote, with the digest of what is in it.

    The same pack by the same person again is harmless and leaves no second entry. Refused: `evidence_too_early`,
    `evidence_unannounced`. Recorded as `voting.evidence_made` with the digest of the files and the hash of the manifest.
    """
    question = asked(tx, Action.TAKE_EVIDENCE, wanted)
    check_over(question, question.hats_of(tx.actor, tx.reading))
    told = {"question_id": question.id, "contents": contents(data_files(tx.reading, question)), "manifest": wanted.manifest}
    mine = Entry.chain == question.meeting_id, Entry.event == Event.EVIDENCE_MADE.value, Entry.actor_id == tx.actor.person_id
    if any(facts == told for facts in tx.scalars(select(Entry.facts).where(*mine))):
        tx.nothing_to_record("the same pack was taken by the same person before")
    else:
        tx.record(Event.EVIDENCE_MADE, question, **told)
    return {"contents": told["contents"]}


def check_over(question: Question, hats: Collection[Role]) -> None:
    """Before the close there is nothing that may be handed out: refused as `evidence_too_early`. What is counted and
    not announced goes only to those who run the vote and know its result already: `evidence_unannounced`."""
    if question.state not in OVER:
        raise Refused("evidence_too_early")
    if question.state == "closed" and not allows(Action.SEE_DESK, hats):
        raise Refused("evidence_unannounced")
