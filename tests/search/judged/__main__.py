"""Tells how the judged queries are answered, and renews the record when asked to.

    python -m tests.search.judged [--whole] [--keep] [--engine whoosh|postgresql]

Without `--whole` the texts are those of the test: the ones that the list names, and some others between them. `--keep` writes
record.json: to be done on purpose, when a query got better, or when one may get worse for a reason that the commit gives.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests import postgresql
from tests.search.judged import judging, record, standing, texts
from tests.search.judged.figures import Figures
from tests.search.judged.judging import Answer, Query


def main() -> None:
    """Reads the options, asks, prints, keeps."""
    options = argparse.ArgumentParser(prog="tests.search.judged")
    options.add_argument("--whole", action="store_true")
    options.add_argument("--keep", action="store_true")
    options.add_argument("--engine", default="whoosh", choices=("whoosh", "postgresql"))
    chosen = options.parse_args()
    if not texts.there():
        raise SystemExit(texts.ABSENT)
    every = judging.queries()
    these = texts.all_texts() if chosen.whole else standing.a_slice(texts.all_texts(), every)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="meeting-judged-")))
        address = stack.enter_context(postgresql.cluster()) if chosen.engine == "postgresql" else ""
        system = stack.enter_context(standing.standing(folder, these, address, chosen.engine))
        say(f"{len(these)} texts, {system.filled.pages} pages, fed in {system.fed_seconds:.0f} s")
        answers = {query.asked: system.ask(query.asked) for query in every}
    reached = judging.run(every, answers.__getitem__)
    for query in every:
        tell(query, reached[query.name], answers[query.asked])
    for kind, each in judging.by_class(reached, every).items():
        say(f"{kind:15} reciprocal rank {each.reciprocal:.3f}, recall at 10 {each.recall:.3f}")
    if chosen.keep:
        record.keep(reached)


def say(line: str) -> None:
    """A line for whoever runs this."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def tell(query: Query, reached: Figures, answer: Answer) -> None:
    """What is wrong with an answer that is not perfect."""
    if reached == Figures(1.0, 1.0):
        return
    missing = sorted(query.relevant - set(answer.keys[:10]))
    wrong = sorted(query.never & set(answer.keys))
    say(f"{reached.reciprocal:.2f} {reached.recall:.2f} [{query.kind}] {query.name}: {answer.total} found")
    say(f"     got {' '.join(answer.keys[:10])}; missing {' '.join(missing[:10])}; wrong {' '.join(wrong)}")
    if query.offer:
        say(f"     offered {answer.offers}, wanted {query.offer}")


if __name__ == "__main__":
    main()
