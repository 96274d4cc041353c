"""What each judged query reached when the record was last renewed."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.search.judged.figures import Figures

RECORD = Path(__file__).with_name("record.json")
SLACK = 0.0005  # figures are kept with three places


def kept() -> dict[str, Figures]:
    """The record."""
    return {name: Figures(*each) for name, each in json.loads(RECORD.read_text(encoding="utf-8")).items()}


def keep(reached: Mapping[str, Figures]) -> None:
    """Renews the record."""
    rows = {name: [round(each.reciprocal, 3), round(each.recall, 3)] for name, each in reached.items()}
    lines = ",\n".join(f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in rows.items())
    RECORD.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def worse(reached: Mapping[str, Figures], before: Mapping[str, Figures]) -> list[str]:
    """Every query that is answered worse than the record has it, in words."""
    found = []
    for name, was in before.items():
        now = reached.get(name)
        if now is None:
            found.append(f"{name}: no longer on the list")
        elif now.reciprocal < was.reciprocal - SLACK or now.recall < was.recall - SLACK:
            ranks = f"reciprocal rank {was.reciprocal:.3f} -> {now.reciprocal:.3f}"
            found.append(f"{name}: {ranks}, recall {was.recall:.3f} -> {now.recall:.3f}")
    return found
