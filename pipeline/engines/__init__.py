"""Adapters that hear, understand and specify: speech models, language models, built-in rules."""
