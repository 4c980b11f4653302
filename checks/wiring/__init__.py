"""Wiring: what is built and tested, and connected to nothing that runs."""
