"""How the rules turn the talk about one ask into a spec: gather, sort, match, ask, word."""
