"""The prompts as files, one folder for each call site, and their loader."""
