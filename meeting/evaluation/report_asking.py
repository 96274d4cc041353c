"""Asking for the file of a large report: the worker makes it, the page shows how far it is."""

import secrets
from datetime import date
from typing import Any, Literal

from meeting.acts import ActInput, Tx, act
from meeting.evaluation import report_files, reports
from meeting.evaluation.scope import Asking
from meeting.jobs import enqueue
from meeting.permissions import Action


class MakeFileInput(ActInput):
    """Which report, in which form, of which body (all without one), from which day to which."""

    kind: Literal["meetings", "units", "tasks", "leaders", "people", "rounds", "procedure"]
    form: Literal["xlsx", "docx", "pdf", "csv"]
    body: str = ""
    since: date
    until: date


@act("evaluation.make_file", Action.READ_LEDGER)
def make_file(tx: Tx, wanted: MakeFileInput) -> dict[str, Any]:
    """Has a report made as a file, for whoever asks: `{key}`, by which its progress is read and the file fetched within a day.

    Refused: `forbidden` for who may not read that report, `not_found` for bodies of others. Nothing is recorded: it only reads.
    """
    tx.require(Action.READ_LEDGER)
    asking = Asking(wanted.body, "", wanted.since, wanted.until)
    reports.KINDS[wanted.kind].opened(tx.reading, tx.actor, asking)
    tx.nothing_to_record("a report only reads")
    key, account = secrets.token_urlsafe(24), tx.actor.account_id
    days = {"since": wanted.since.isoformat(), "until": wanted.until.isoformat()}
    tx.after_commit(lambda: report_files.tell(key, account, 5))
    file = {"report": wanted.kind, "form": wanted.form, "body": wanted.body}
    enqueue(tx, "evaluation.report_file", key=key, account_id=account, **file, **days)
    return {"key": key}
