"""Slices of GitHub's published API description: data for tests, made by `slice.py`."""
