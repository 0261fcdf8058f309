"""Minutes and specs as documents: what is said where, before any file format."""
