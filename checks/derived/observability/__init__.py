"""Facts joined for the checks of `observability` alone; what several areas share stands one folder up."""
