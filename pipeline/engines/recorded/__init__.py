"""Answers of a model in a folder: written while it answers, read instead of it."""
