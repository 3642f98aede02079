"""Benchmarks: each prints a table that compares odw with something measured in the same run. Nothing asserts a time."""
