"""Adapters that write for a target: documents, sheets and the trackers of others."""
