"""The checker that goes with every evidence pack: a program of its own that knows nothing of this system."""
