"""Facts joined for the checks of `resilience` alone; what several areas share stands one folder up."""
