"""A language model as an engine: one question at a time, every fault with its remedy."""
