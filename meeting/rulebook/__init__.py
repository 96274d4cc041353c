"""What rules hold for which kind of meeting, and which days are worked."""
