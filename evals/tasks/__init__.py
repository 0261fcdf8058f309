"""Tasks: what is done with a labelled call before it is scored, one stage or all of them."""
