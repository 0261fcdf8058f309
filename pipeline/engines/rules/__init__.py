"""The built-in rules: deterministic, offline, in Chinese and in English."""
