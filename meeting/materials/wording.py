"""Sentences that go on file in Vietnamese whoever caused them: the reason the chair chose with one tap."""

from functools import cache

from babel.support import NullTranslations, Translations

from meeting import config
from meeting.materials.lateness import PRESETS


@cache
def _vietnamese() -> NullTranslations:
    return Translations.load(str(config.CHECKOUT / "translations"), ["vi"])


def chairs_reason(decision: str, preset: str, reason: str) -> str:
    """What the chair gave as the reason: the one offered, the words, or both."""
    offered = PRESETS.get(decision, {}).get(preset, "")
    said = [str(_vietnamese().gettext(offered)) if offered else "", reason.strip()]
    return ". ".join(part for part in said if part)
