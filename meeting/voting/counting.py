"""What the close reads out of the store: the ballots, hands or figures of a question, and on which side its head stood."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import column, delete, select, table

from meeting import clock
from meeting.acts import Tx
from meeting.errors import Refused
from meeting.organization.models import Membership
from meeting.permissions import Role
from meeting.voting import box, digests, figures, keys, tally
from meeting.voting.casting import paper_of
from meeting.voting.forms import Ballot, Paper
from meeting.voting.models import OpenBallot, Question, SealedBallot
from meeting.voting.tally import Count

#: Plain columns: a large close writes thousands of rows, and what they hold needs no conversion.
BARE = table("bare_ballot", *[column(name) for name in ("nonce", "question_id", "choice", "line_id")])


@dataclass(frozen=True)
class Opened:
    """What was counted, with the fingerprints by which the journal keeps hold of each ballot."""

    count: Count
    fingerprints: Sequence[str] = ()
    salt: bytes | None = None  # of the fingerprints of open ballots
    spoken: int = 0
    #: The side of the head of the body, by line id (0: of a single question), where an open vote or a show of hands tells it.
    sides: dict[int, str] = field(default_factory=dict)


def opened(tx: Tx, question: Question) -> Opened:
    """Counts what was cast. A secret vote's ballots are opened, shuffled, written bare, and the sealed ones deleted.

    Refused: `counts_missing`, `figures_missing`, `figures_unconfirmed`, `box_key_lost`.
    """
    paper = paper_of(tx.reading, question)
    if question.kind == "hand" and question.on_paper:
        figures.check_closing(question.figures, question.figures_confirmed_at)
        return Opened(tally.of_figures(paper, question.figures or {}))
    if question.kind == "hand":
        return _hands(paper, question)
    return _named(tx, question, paper) if question.kind == "open" else _box(tx, question, paper)


def _hands(paper: Paper, question: Question) -> Opened:
    if question.hand_counts is None:
        raise Refused("counts_missing")
    side = question.hand_chair
    sides = dict.fromkeys((0, *paper.lines), side) if side else {}
    return Opened(tally.of_hands(paper, question.hand_counts), sides=sides)


def _named(tx: Tx, question: Question, paper: Paper) -> Opened:
    found = list(tx.scalars(select(OpenBallot).where(OpenBallot.question_id == question.id)))
    salt = secrets.token_bytes(16)
    prints = sorted(digests.named(salt, each.person_id, each.choice, each.marks, each.text, each.spoken) for each in found)
    ballots = {each.person_id: _ballot(each) for each in found}
    head = head_of(tx, question, ballots)
    sides = {0: ballots[head].choice, **ballots[head].marks} if head else {}
    return Opened(tally.of_ballots(paper, ballots.values()), prints, salt, sum(each.spoken for each in found), sides)


def _ballot(row: OpenBallot) -> Ballot:
    return Ballot(row.choice, {int(line): mark for line, mark in (row.marks or {}).items()}, row.text)


def head_of(tx: Tx, question: Question, voted: Any) -> int | None:
    """The head of the body among those who voted, even where a deputy presides [NĐ 315 Đ25.5c, NQ 104 Đ19.2].

    Where a body has several with that role, the one who presides comes first.
    """
    meeting = question.meeting
    day = clock.local(meeting.starts_at).date()
    wanted = select(Membership.person_id).where(
        Membership.body_id == meeting.body_id,
        Membership.role == Role.CHAIR,
        Membership.starts_on <= day,
        Membership.ends_on.is_(None) | (Membership.ends_on >= day),
    )
    heads = [person for person in tx.scalars(wanted.order_by(Membership.person_id)) if person in voted]
    return meeting.chair_id if meeting.chair_id in heads else next(iter(heads), None)


def _box(tx: Tx, question: Question, paper: Paper) -> Opened:
    assert question.public_key is not None
    private = keys.read(question.public_key)
    if private is None:
        raise Refused("box_key_lost")
    mine = SealedBallot.question_id == question.id
    packed = box.open_all(private, tx.scalars(select(SealedBallot.box).where(mine)))
    rows = bared(paper, packed)
    if rows:
        number = question.id
        tx.insert_plain(BARE, [(nonce, number, mark, line) for nonce, line, mark in rows])
    tx.execute(delete(SealedBallot).where(mine))
    return Opened(tally.of_packed(paper, packed), [digests.bare(nonce, choice, line) for nonce, line, choice in rows])


Bare = tuple[bytes, int | None, str]


def bared(paper: Paper, packed: Sequence[str]) -> list[Bare]:
    """(nonce, line, mark) of every line of every ballot, all shuffled together.

    Each gets a fresh random nonce and all are put in the order of the nonces: that is a shuffle by the system's random source,
    and the order in which the table keeps them.
    """
    marks = tally.unfolded(paper, packed)
    size = box.KEY_BYTES
    noise = secrets.token_bytes(len(marks) * size)
    by_nonce = {noise[place * size : (place + 1) * size]: mark for place, mark in enumerate(marks)}
    return [(nonce, *by_nonce[nonce]) for nonce in sorted(by_nonce)]
