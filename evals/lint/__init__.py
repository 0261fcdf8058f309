"""How often the wording rules are right: well and badly written sentences, and what is found."""
