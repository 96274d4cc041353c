"""What can be found, cut from the rooms that hold it, and which event makes it stale."""
