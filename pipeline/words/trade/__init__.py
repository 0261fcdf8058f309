"""Words of our trade, and what those hear instead who are not of it."""
