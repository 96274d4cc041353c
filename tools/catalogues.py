"""Put the words of all rooms together: one catalogue for the server, one for the scripts of each language.

    python tools/catalogues.py            write translations/vi/LC_MESSAGES/messages.mo and static/vendor/i18n/{vi,en}.js
    python tools/catalogues.py --check    also fail on a sentence without a translation, or one that nobody says any more
    python tools/catalogues.py --missing  print the missing entries as PO text, to be filled in

Each room writes its Vietnamese in translations/vi/<room>.po; message ids are English and are the English text too.
What is written stays out of the repository; `make setup` makes it.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

sys.path.insert(0, str(Path(__file__).resolve().parent))
from sentences import Sentence, spoken

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Words:
    """The translations of all rooms, and what is wrong with them."""

    texts: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, room: str, message_id: str, text: str, fuzzy: bool) -> None:
        """Take one entry. Two rooms may say the same sentence, but only with the same words."""
        if not text or fuzzy:
            self.wrong.append(f"{room}: not translated: {message_id!r}")
            return
        before = self.texts.setdefault(message_id, text)
        if before != text:
            self.wrong.append(f"{room}: {message_id!r} is {text!r} here and {before!r} in {self.rooms[message_id]}")
        self.rooms.setdefault(message_id, room)


def read_rooms(folder: Path) -> Words:
    """All PO files of one language."""
    words = Words()
    for path in sorted(folder.glob("*.po")):
        with path.open(encoding="utf-8") as file:
            catalogue = read_po(file, locale=folder.name, domain=path.stem)
        for message in catalogue:
            if not message.id:
                continue
            message_id = message.id if isinstance(message.id, str) else message.id[0]
            text = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
            words.add(path.name, message_id, text, message.fuzzy)
    return words


def facts(text: str) -> set[str]:
    """The names in %(…)s."""
    return {part.split(")", 1)[0] for part in text.split("%(")[1:]}


def faults(words: Words, said: dict[str, Sentence]) -> list[str]:
    """Everything that keeps the Vietnamese from being complete and true, a line each."""
    lines = list(words.wrong)
    for message_id, sentence in said.items():
        if message_id not in words.texts:
            lines.append(f"{sentence.place}: no translation: {message_id!r}")
        elif unknown := facts(words.texts[message_id]) - facts(message_id) - facts(sentence.many or ""):
            lines.append(f"{words.rooms[message_id]}: {message_id!r} has unknown facts: {', '.join(sorted(unknown))}")
    lines.extend(f"{words.rooms[stale]}: nobody says this any more: {stale!r}" for stale in words.texts if stale not in said)
    return lines


def write(words: Words, said: dict[str, Sentence]) -> None:
    """The compiled catalogue for Flask-Babel and the scripts' catalogues as modules."""
    catalogue = Catalog(locale="vi", fuzzy=False)
    for message_id, text in words.texts.items():
        many = said[message_id].many if message_id in said else None
        catalogue.add((message_id, many) if many else message_id, (text,) if many else text)
    target = ROOT / "translations" / "vi" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    write_mo(packed, catalogue)
    replace(target, packed.getvalue())
    scripts = {key for key, sentence in said.items() if sentence.in_script}
    vietnamese = {key: words.texts[key] for key in sorted(scripts) if key in words.texts}
    for language, messages in (("vi", vietnamese), ("en", {})):
        module = ROOT / "static" / "vendor" / "i18n" / f"{language}.js"
        module.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(messages, ensure_ascii=False, indent=1)
        replace(module, f"export default {text};\n".encode())


def replace(target: Path, content: bytes) -> None:
    """Put a whole file in the place of the old one, so that a running server never hands out half of it."""
    fresh = target.with_suffix(target.suffix + ".fresh")
    fresh.write_bytes(content)
    fresh.replace(target)


def quoted(text: str) -> str:
    """One PO string."""
    return json.dumps(text, ensure_ascii=False)


def main() -> int:
    """Write the catalogues; with --check answer 1 when a word is missing or left over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--missing", action="store_true")
    chosen = parser.parse_args()
    words = read_rooms(ROOT / "translations" / "vi")
    said = spoken(ROOT)
    write(words, said)
    if chosen.missing:
        for message_id, sentence in said.items():
            if message_id not in words.texts:
                print(f'#: {sentence.place}\nmsgid {quoted(message_id)}\nmsgstr ""\n')
        return 0
    lines = faults(words, said) if chosen.check else []
    for line in lines:
        print(line, file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
