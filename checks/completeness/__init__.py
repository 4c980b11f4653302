"""Stubs and half-features in shipped code."""
