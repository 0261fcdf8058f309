"""How good the words are: datasets, scorers, reports and baselines."""
