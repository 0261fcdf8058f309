"""Adapters that keep things: rows in a database, recordings as content-addressed files."""
