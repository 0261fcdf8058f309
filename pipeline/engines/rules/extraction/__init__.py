"""How the rules read minutes out of a call: one module per kind of item, and what they share."""
