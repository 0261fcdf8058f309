"""Benchmarks: how fast, how much memory, how exact."""
