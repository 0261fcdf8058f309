"""One file for each schema version, in order."""
