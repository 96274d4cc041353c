"""What the PostgreSQL engine says: its tables, and terms in PostgreSQL's spelling."""

from collections.abc import Iterable, Sequence

from meeting.search.engines.engine import Entry

LONGEST = 2000  # bytes of a lexeme; PostgreSQL takes 2,046

SCHEMA = (
    "CREATE SCHEMA IF NOT EXISTS search_index",
    "CREATE TABLE IF NOT EXISTS search_index.state (format text NOT NULL, change bigint NOT NULL, rebuilt bigint NOT NULL)",
    "INSERT INTO search_index.state SELECT '', 0, 0 WHERE NOT EXISTS (SELECT 1 FROM search_index.state)",
    "CREATE TABLE IF NOT EXISTS search_index.passage "
    "(key integer NOT NULL, revision integer NOT NULL, change bigint NOT NULL, terms tsvector NOT NULL)",
    "CREATE TABLE IF NOT EXISTS search_index.gone (key integer NOT NULL, change bigint NOT NULL)",
    "CREATE INDEX IF NOT EXISTS gone_change ON search_index.gone (change)",
    "CREATE INDEX IF NOT EXISTS gone_key ON search_index.gone (key)",
)
STATE = "SELECT format, change, rebuilt FROM search_index.state"
RAISED = "UPDATE search_index.state SET change = change + 1 RETURNING change"

# asking
HOLDING = "SELECT string_agg(int4send(key), '') FROM search_index.passage WHERE terms @@ CAST(:q AS tsquery)"
HOLDING_EACH = """SELECT number, (SELECT string_agg(int4send(key), '') FROM search_index.passage
    WHERE terms @@ CAST(question AS tsquery))
    FROM unnest(CAST(:questions AS text[])) WITH ORDINALITY AS asked (question, number)"""
OCCUR = """SELECT term FROM unnest(CAST(:terms AS text[]), CAST(:questions AS text[])) AS asked (term, question),
    LATERAL (SELECT 1 FROM search_index.passage WHERE terms @@ CAST(question AS tsquery) LIMIT 1) AS one"""
CHANGED = """SELECT key, bool_or(holds) AS holds FROM (
    SELECT key, terms @@ CAST(:q AS tsquery) AS holds FROM search_index.passage WHERE change > :then
    UNION ALL SELECT key, false FROM search_index.gone WHERE change > :then) AS both_kinds GROUP BY key LIMIT :most"""
PAGE = "SELECT key, revision FROM search_index.passage WHERE key > :last ORDER BY key LIMIT 10000"

# writing
FORGET = (
    "DELETE FROM search_index.passage WHERE key = ANY(:keys)",
    "DELETE FROM search_index.gone WHERE key = ANY(:keys)",
    "INSERT INTO search_index.gone SELECT unnest(CAST(:keys AS integer[])), (SELECT change FROM search_index.state)",
)
PUT = """INSERT INTO search_index.passage (key, revision, change, terms) VALUES %s ON CONFLICT (key) DO UPDATE
    SET revision = excluded.revision, change = excluded.change, terms = excluded.terms"""
PUT_ROW = "(%s, %s, (SELECT change FROM search_index.state), array_to_tsvector(%s::text[]))"
BACK = "DELETE FROM search_index.gone WHERE key = ANY(:keys)"
TIDIED = (
    "DELETE FROM search_index.gone WHERE change < (SELECT change - 10000 FROM search_index.state)",
    "VACUUM ANALYZE search_index.passage",
)

# rebuilding
BEGUN = (
    "DROP TABLE IF EXISTS search_index.passage_new",
    "CREATE TABLE search_index.passage_new (LIKE search_index.passage)",
    "ALTER TABLE search_index.passage_new ALTER terms SET STORAGE EXTERNAL",
)
COPY = "COPY search_index.passage_new (key, revision, change, terms) FROM STDIN"
FINISHED = (
    "SET maintenance_work_mem = '256MB'",
    "ALTER TABLE search_index.passage_new ADD PRIMARY KEY (key)",
    "CREATE INDEX ON search_index.passage_new (change)",
    "CREATE INDEX ON search_index.passage_new USING gin (terms) WITH (fastupdate = off)",
    "ANALYZE search_index.passage_new",
    "RESET maintenance_work_mem",
)
TAKEN_ALONG = """INSERT INTO search_index.passage_new AS fresh (key, revision, change, terms)
    SELECT key, revision, change, terms FROM search_index.passage WHERE change > :start
    ON CONFLICT (key) DO UPDATE SET revision = excluded.revision, change = excluded.change, terms = excluded.terms
    WHERE excluded.revision >= fresh.revision"""
GONE_MEANWHILE = "DELETE FROM search_index.passage_new WHERE key IN (SELECT key FROM search_index.gone WHERE change > :start)"
RENAMED = ("DROP TABLE search_index.passage", "ALTER TABLE search_index.passage_new RENAME TO passage")
SWITCHED = "UPDATE search_index.state SET format = :format, rebuilt = :change"


def lexemes(terms: Iterable[str]) -> list[str]:
    """Terms that PostgreSQL can hold, each once; an overlong or empty one is nothing that anybody looks for."""
    return [term for term in dict.fromkeys(terms) if term and "\0" not in term and len(term.encode()) <= LONGEST]


def question(terms: Sequence[str]) -> str:
    """All of these terms, as a tsquery."""
    return " & ".join(_quoted(term) for term in terms)


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def copied(entry: Entry) -> str:
    """A passage as a line of COPY."""
    vector = " ".join(_quoted(term) for term in lexemes(entry.terms))
    for sign, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        vector = vector.replace(sign, written)
    return f"{entry.key}\t{entry.revision}\t0\t{vector}\n"
