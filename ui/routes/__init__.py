"""What the desk serves beside its pages: sound, uploads, headers."""
