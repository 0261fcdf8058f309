"""What is copied into every bundle; nothing here is imported."""
