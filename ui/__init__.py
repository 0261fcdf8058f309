"""The faces: command line and desk."""
