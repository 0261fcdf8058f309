"""The use cases, one file for each aggregate: all that a face may ask for."""
