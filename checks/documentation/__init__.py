"""Documentation, examples and benchmarks: what a user needs to see, and whether it still works."""
