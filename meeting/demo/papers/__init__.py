"""The texts of the demo papers, written for this project. All figures are invented."""
