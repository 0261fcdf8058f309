"""The call sites: what a model fills in, and drafts made of it."""
