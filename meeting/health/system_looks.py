"""Checks of the system itself: worker, queue, database, journal, backups, search index."""

import json
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from meeting import clock, jobs, migrations
from meeting.database import database, reading, setting
from meeting.errors import N_, Refused
from meeting.health.beat import BEAT, SILENT_SECONDS
from meeting.health.chain import looked_through
from meeting.health.looking import Asked, look
from meeting.health.rules import Check, by_limits
from meeting.jobs import LANES, Job
from meeting.records import holding
from meeting.records import screens as keeping
from meeting.records.keeping import keys_of, plan_now
from meeting.search.engines import engine
from meeting.search.engines import keeping as index
from meeting.search.models import Passage

WAITING_SECONDS = (120.0, 1800.0)
BACKUP_HOURS = (36.0, 84.0)
DRILL_DAYS = 35
SAMPLED = 20_000  # passages up to which the whole index is compared
MOVED_SECONDS = 30


@look("worker")
def worker(_asked: Asked) -> Check:
    """When the worker was last heard of."""
    with reading() as session:
        told = json.loads(setting(session, BEAT, "{}"))
    advice = N_("Start it: systemctl restart meeting, or “meeting run”. Its log says why it ended.")
    if not told:
        return Check("worker", "bad", N_("The worker was never heard of: no mail, no reading of papers, no backups."), {}, advice)
    age = round((clock.now() - datetime.fromisoformat(told["at"])).total_seconds())
    facts = {"seconds": age, "moved": round(told.get("moved", 0))}
    if age > SILENT_SECONDS:
        return Check("worker", "bad", N_("The worker has been silent for %(seconds)s seconds."), facts, advice)
    if abs(facts["moved"]) > MOVED_SECONDS:
        sentence = N_("The worker is alive; this machine's clock was moved by %(moved)s seconds while it ran.")
        return Check("worker", "warn", sentence, facts, N_("See that one program only keeps the clock."))
    return Check("worker", "ok", N_("The worker is alive: heard %(seconds)s seconds ago."), facts)


def waiting_by_lane(session: Session) -> dict[str, tuple[int, float]]:
    """How many jobs wait in each lane, and for how many seconds the oldest has waited."""
    found = dict.fromkeys(LANES, (0, 0.0))
    rows = session.execute(
        select(Job.kind, func.count(), func.min(Job.created_at)).where(Job.state == "waiting").group_by(Job.kind)
    )
    for kind, count, oldest in rows:
        lane = jobs.LANE_OF.get(kind, "quick")
        age = (clock.now() - oldest).total_seconds() if oldest else 0.0
        found[lane] = (found[lane][0] + count, max(found[lane][1], age))
    return found


@look("queue")
def queue(_asked: Asked) -> Check:
    """How much waits in each lane, and for how long."""
    with reading() as session:
        lanes = waiting_by_lane(session)
    oldest, waiting = max(age for _, age in lanes.values()), sum(count for count, _ in lanes.values())
    facts = {
        "lanes": ", ".join(f"{lane} {count}" for lane, (count, _) in lanes.items()),
        "count": waiting,
        "minutes": round(oldest / 60),
    }
    state = by_limits(oldest, *WAITING_SECONDS)
    sentence = N_("Pieces of work that wait: %(count)s; the oldest for %(minutes)s minutes.") if waiting else N_("Nothing waits.")
    advice = N_("See the check “Worker”; large scans take minutes each, that passes by itself.") if state != "ok" else ""
    return Check("queue", state, sentence, facts, advice)


@look("failed_jobs")
def failed_jobs(_asked: Asked) -> Check:
    """Work that was given up after five tries, in the last week."""
    with reading() as session:
        since = clock.now() - timedelta(days=7)
        rows = session.execute(select(Job.kind).where(Job.state == "failed", Job.beat_at > since))
        kinds = Counter(row.kind for row in rows)
    facts = {"count": kinds.total(), "kinds": ", ".join(f"{kind} ({count})" for kind, count in kinds.most_common(5))}
    if not kinds:
        return Check("failed_jobs", "ok", N_("Nothing was given up in the last seven days."))
    advice = N_("The log of the worker says why. What a paper needed can be sent again by its unit.")
    return Check("failed_jobs", "warn", N_("Given up in the last seven days: %(count)s — %(kinds)s"), facts, advice)


@look("database")
def database_sound(asked: Asked) -> Check:
    """Whether it answers, how large it is; on full request whether SQLite finds its file sound."""
    with reading() as session:
        if database().sqlite:
            pages, size = (session.execute(text(f"PRAGMA {name}")).scalar() or 0 for name in ("page_count", "page_size"))
            bytes_, name = int(pages) * int(size), "SQLite"
            sound = session.execute(text("PRAGMA quick_check")).scalar() if asked.full else "ok"
        else:
            bytes_ = int(session.execute(text("SELECT pg_database_size(current_database())")).scalar() or 0)
            name, sound = "PostgreSQL", "ok"
    facts = {"name": name, "size": f"{bytes_ / 1e6:.0f}"}
    if sound != "ok":
        advice = N_("Stop the server, keep the file, and restore the newest backup: meeting restore.")
        return Check("database", "bad", N_("%(name)s finds its file damaged."), facts, advice)
    return Check("database", "ok", N_("%(name)s answers; %(size)s MB."), facts)


@look("migrations")
def tables(_asked: Asked) -> Check:
    """Whether the tables are those of this version."""
    here, wanted = migrations.current(), migrations.newest()
    facts = {"here": here or "—", "wanted": wanted}
    if here != wanted:
        advice = N_("Stop the server and start it again: “meeting run” brings the tables up to date.")
        return Check("migrations", "bad", N_("The tables are of %(here)s, this program needs %(wanted)s."), facts, advice)
    return Check("migrations", "ok", N_("The tables are those of this version (%(here)s)."), facts)


@look("journal")
def chain(asked: Asked) -> Check:
    """Whether the journal proves itself: what came since the last look, on request from the beginning."""
    found = looked_through(full=asked.full)
    facts = {"entries": found.entries, "new": found.new, "chain": found.chain, "seq": found.seq}
    if found.what:
        sentence = N_("The journal was changed: chain %(chain)s, entry %(seq)s.")
        advice = N_("Keep everything as it is, run “meeting journal verify”, compare with the newest backup, tell your superior.")
        return Check("journal", "bad", sentence, facts, advice)
    return Check("journal", "ok", N_("%(entries)s entries hold together; %(new)s of them were looked at now."), facts)


@look("backups")
def backups(_asked: Asked) -> Check:
    """How old the newest backup is that was read back, and whether it is encrypted."""
    with reading() as session:
        plan, newest = plan_now(session), keeping.newest(session)
        first = session.execute(text("SELECT min(at) FROM journal")).scalar()
        is_demo = setting(session, "demo") == "1"
    advice = N_("Open the page on backups: it says what failed. “Back up now” makes one at once.")
    if newest is None or newest.done_at is None:
        young = first is None or str(first) > (clock.now() - timedelta(days=2)).strftime("%Y-%m-%d %H:%M:%S")
        state = by_limits(0 if young or is_demo else 1, 1, 1) if not (young or is_demo) else "warn"
        return Check("backups", state, N_("There is no backup yet."), {}, advice)
    hours = (clock.now() - newest.done_at).total_seconds() / 3600
    facts = {"hours": round(hours, 1), "size": round(newest.size_bytes / 1e6)}
    state = by_limits(hours, *BACKUP_HOURS)
    if state == "ok" and not plan.on:
        sentence = N_("The newest backup is %(hours)s hours old; no more are made by themselves.")
        return Check("backups", "warn", sentence, facts, N_("Switch the plan on: on the page on backups."))
    if state != "ok":
        return Check("backups", state, N_("The newest backup is %(hours)s hours old."), facts, advice)
    if not newest.is_sealed:
        advice = N_("Encrypt them: “meeting backup keygen”, and its public key on the page on backups.")
        return Check("backups", "warn", N_("The newest backup is %(hours)s hours old, read back, not encrypted."), facts, advice)
    return Check("backups", "ok", N_("The newest backup is %(hours)s hours old, read back, encrypted (%(size)s MB)."), facts)


@look("drill")
def drill(_asked: Asked) -> Check:
    """When a backup was last restored beside the system."""
    with reading() as session:
        last = keeping.last_drill(session)
        try:
            keys = keys_of(plan_now(session))
        except Refused:
            keys = None
    by_hand = N_("Fetch the secret key and run “meeting drill FILE --key-file KEY” on a machine you trust.")
    advice = by_hand if keys and not keys.secret else N_("“Try out” on the page on backups does it.")
    if last is None:
        return Check("drill", "warn", N_("No backup was ever tried out."), {}, advice)
    facts = {"days": (clock.now() - last.at).days, "seconds": last.seconds}
    if not last.ok:
        return Check("drill", "bad", N_("The last drill, %(days)s days ago, found the backup wanting."), facts, advice)
    state = "warn" if facts["days"] > DRILL_DAYS else "ok"
    return Check("drill", state, N_("Last drill %(days)s days ago: all came back in %(seconds)s seconds."), facts, advice)  # type: ignore[arg-type]


@look("ballot_keys")
def ballot_keys(_asked: Asked) -> Check:
    """Whether all processes share the folder in which the keys of open ballots lie."""
    places = holding.key_places()
    facts = {"count": len(places), "names": ", ".join(places)}
    if len(places) > 1:
        advice = N_("Run all processes on one machine with the same MEETING_DATA and MEETING_KEYS, or hold no secret ballots.")
        sentence = N_("The processes keep the keys of secret ballots in %(count)s places that do not see each other: %(names)s")
        return Check("ballot_keys", "warn", sentence, facts, advice)
    return Check("ballot_keys", "ok", N_("All processes see the keys of secret ballots."), facts)


@look("index")
def search_index(asked: Asked) -> Check:
    """Whether the search engine has what the database has: compared whole while it is small or when asked fully."""
    advice = N_("Run “meeting search rebuild”; searching goes on meanwhile.")
    if not engine.current().ready():
        return Check("index", "bad", N_("The search index cannot be opened; it is rebuilt by the worker."), {}, advice)
    with reading() as session:
        total = session.scalar(select(func.count()).select_from(Passage).where(~Passage.gone)) or 0
        waiting = session.scalar(select(func.count()).select_from(Passage).where(Passage.indexed != Passage.revision)) or 0
    differing = len(index.check().differing) if asked.full or total <= SAMPLED else 0
    facts = {"total": total, "waiting": waiting, "differing": differing}
    if differing:
        return Check("index", "warn", N_("%(differing)s of %(total)s passages differ from the database."), facts, advice)
    return Check("index", "ok", N_("%(total)s passages, %(waiting)s on their way."), facts)
