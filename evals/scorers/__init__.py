"""Scorers: pure functions from what was made and what was wanted to numbers."""
