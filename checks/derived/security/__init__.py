"""Facts joined for the checks of `security` alone; what several areas share stands one folder up."""
