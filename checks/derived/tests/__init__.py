"""Facts joined for the checks of `tests` alone; what several areas share stands one folder up."""
