"""A stored run -> what a person reads: a table, Markdown, a page."""
