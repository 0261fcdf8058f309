"""The bundled calls: recordings, the small speech model, project files."""
