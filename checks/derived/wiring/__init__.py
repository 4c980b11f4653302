"""Facts joined for the checks of `wiring` alone; what several areas share stands one folder up."""
