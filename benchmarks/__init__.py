"""Timings, apart from the tests."""
