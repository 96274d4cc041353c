"""The demo council."""


def fill(members: int | None = None) -> None:
    """Fills an empty system."""
