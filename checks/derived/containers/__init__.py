"""Facts joined for the checks of `containers` alone; what several areas share stands one folder up."""
