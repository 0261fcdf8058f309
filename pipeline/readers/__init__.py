"""Adapters that read what others wrote: transcript formats and data dictionaries."""
