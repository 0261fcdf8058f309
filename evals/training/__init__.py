"""Training of the turn reader: labelled calls -> its model file, and how good it is."""
