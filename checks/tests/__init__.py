"""Tests that prove nothing, and code that no test reaches."""
