"""Labelled data: what is read, where it lies, and what may not be looked at yet."""
