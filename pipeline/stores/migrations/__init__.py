"""How a database comes from any earlier schema to this one.

A new version is a file in `versions`, `HEAD` in stores/schema.py names it, and a test holds that
models and migrations agree. On SQLite a table is changed by copying it (batch mode): a
migration of `edit_event` or `edit_body` makes its triggers anew.
"""
