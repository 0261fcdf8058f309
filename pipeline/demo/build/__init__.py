"""How the bundled calls and the demo speech model were made; never imported by the application."""
