"""From the tap to the sharp page, in Chromium."""

from bench.paper import Laid


def report(port: int, laid: Laid, meeting_id: int) -> None:
    """later"""
