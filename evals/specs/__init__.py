"""How good the specs are: made from labelled calls, scored, with intervals."""
