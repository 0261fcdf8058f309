"""Adapter of the Jobs port: work that survives the program that began it (DBOS Transact)."""
